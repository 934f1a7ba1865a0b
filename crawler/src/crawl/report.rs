//! What came of a round.

use std::collections::BTreeMap;

use model::SiteId;

/// Failures of one site that are listed; all are counted.
const LISTED: usize = 1_000;

/// What came of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrawlReport {
    /// By site.
    pub sites: BTreeMap<SiteId, SiteReport>,
    /// Whether the round was stopped before its end.
    pub stopped: bool,
}

/// What came of a round at one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteReport {
    /// Requests sent, counting everything.
    pub requests: u64,
    /// Body bytes received, as they came over the wire.
    pub bytes: u64,
    /// Addresses that robots.txt forbids.
    pub refused_by_robots: u64,
    /// Pages that list listings, and sitemaps.
    pub lists: u64,
    /// Listings that were not known.
    pub listings_new: u64,
    /// Known listings that changed.
    pub listings_changed: u64,
    /// Known listings that did not change.
    pub listings_unchanged: u64,
    /// Listings that are there no more.
    pub listings_gone: u64,
    /// Photos hashed and dropped.
    pub photos: u64,
    /// Redirects followed.
    pub redirects: u64,
    /// Addresses that failed or were not usable.
    pub n_failures: u64,
    /// The first thousand of them.
    pub failures: Vec<CrawlFailure>,
    /// Hosts that were left alone, and why.
    pub not_crawled: Vec<NotCrawled>,
    /// What was wrong on pages that were read, with how often.
    pub problems: BTreeMap<String, u64>,
}

/// An address that failed or was not usable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrawlFailure {
    /// The address.
    pub url: String,
    /// Why, for people.
    pub reason: String,
}

/// A host that was left alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotCrawled {
    /// Host and port.
    pub host: String,
    /// Why, for people.
    pub reason: String,
}

impl CrawlReport {
    /// All sites together; failures and reasons stay with their sites.
    pub fn total(&self) -> SiteReport {
        let mut total = SiteReport::default();
        for site in self.sites.values() {
            total.requests += site.requests;
            total.bytes += site.bytes;
            total.refused_by_robots += site.refused_by_robots;
            total.lists += site.lists;
            total.listings_new += site.listings_new;
            total.listings_changed += site.listings_changed;
            total.listings_unchanged += site.listings_unchanged;
            total.listings_gone += site.listings_gone;
            total.photos += site.photos;
            total.redirects += site.redirects;
            total.n_failures += site.n_failures;
        }
        total
    }
}

impl SiteReport {
    pub(super) fn fail(&mut self, url: &str, reason: &str) {
        self.n_failures += 1;
        if self.failures.len() < LISTED {
            self.failures.push(CrawlFailure {
                url: url.to_owned(),
                reason: reason.to_owned(),
            });
        }
    }

    pub(super) fn problem(&mut self, problem: &str) {
        if self.problems.len() < LISTED || self.problems.contains_key(problem) {
            *self.problems.entry(problem.to_owned()).or_default() += 1;
        }
    }
}
