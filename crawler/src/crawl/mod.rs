//! One round over everything that is due.
//!
//! Order of things for one address: host lease -> robots verdict -> permit -> request -> archive
//! record -> extract -> judge the text -> one transaction that keeps all of it -> offer what was
//! found. A row of the frontier is changed only in that transaction, so a run that is killed goes
//! on where it was: what was acknowledged is not fetched again, what was not is fetched again.
//!
//! Within a round an address is visited once, plus the retries of [`Limits::attempts_per_round`]:
//! what is found in it is offered as due at the round's begin, what was visited comes back later.
//! List pages come before listings, listings before photos (the store's order).
//!
//! Invariant: a listing's text is judged before its photos are offered.
//! Invariant: one request at a time per host, whatever the number of rounds and workers: hosts are
//! leased, and a worker that was fenced off keeps nothing.

mod event;
mod host;
mod page;
mod report;
mod robots_copy;
mod settle;
mod site;
mod visit;
mod waiting;

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Actor, AuditAction, AuditEntry, AuditObject, Clock};
use store::{Handle, Priority};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::error::CrawlError;
use crate::fetch::Fetcher;
use crate::limits::Limits;
use crate::politeness::{Names, Politeness, SystemNames};
use crate::profile::SiteProfile;
use site::{Round, SiteRun};

pub use event::{CrawlEvent, Judge, Judgement, Observer};
pub use report::{CrawlFailure, CrawlReport, NotCrawled, SiteReport};

/// Visits what is due at these sites, once. Sites go in parallel, each host one request at a time.
///
/// `stop` turned true ends the round after what is under way; the report says so.
///
/// # Errors
/// When a profile is refused, two profiles share a host, or the store fails. What goes wrong at an
/// address or a site is in the report.
pub async fn crawl(
    profiles: &[SiteProfile],
    store: &Handle,
    judge: Arc<dyn Judge>,
    observer: Arc<dyn Observer>,
    clock: Arc<dyn Clock>,
    limits: &Limits,
    stop: watch::Receiver<bool>,
) -> Result<CrawlReport, CrawlError> {
    let names = Arc::new(SystemNames {
        deadline_ms: limits.fetch.resolve_ms,
    });
    crawl_with_names(profiles, store, judge, observer, clock, limits, stop, names).await
}

/// [`crawl`] with a resolver of one's own: for tests, which have no name server.
///
/// # Errors
/// As [`crawl`].
#[expect(
    clippy::too_many_arguments,
    reason = "the seven of `crawl`, which are its seam, and the resolver"
)]
pub async fn crawl_with_names(
    profiles: &[SiteProfile],
    store: &Handle,
    judge: Arc<dyn Judge>,
    observer: Arc<dyn Observer>,
    clock: Arc<dyn Clock>,
    limits: &Limits,
    stop: watch::Receiver<bool>,
    names: Arc<dyn Names>,
) -> Result<CrawlReport, CrawlError> {
    let begin = clock.now();
    refuse_unfit(profiles, begin)?;
    let round = Arc::new(Round {
        store: store.clone(),
        judge,
        observer,
        politeness: Politeness::new(names, Arc::clone(&clock), limits),
        fetcher: Fetcher::new(Arc::clone(&clock), limits)?,
        clock,
        limits: limits.clone(),
        stop: stop.clone(),
        hosts_at_once: Arc::new(Semaphore::new(limits.hosts_at_once.max(1))),
        begin,
    });
    let mut runs = JoinSet::new();
    for profile in profiles {
        let worker = format!("{}:{}", limits.worker, profile.id);
        let worker = Actor::new(worker.clone()).map_err(|_| CrawlError::Worker(worker))?;
        begin_site(&round, profile, &worker).await?;
        let run = SiteRun::new(Arc::clone(&round), profile.clone(), worker);
        runs.spawn(run.go());
    }
    let mut report = CrawlReport::default();
    while let Some(run) = runs.join_next().await {
        let (site, found) = run.map_err(|error| CrawlError::Broken(error.to_string()))??;
        report.sites.insert(site, found);
    }
    report.stopped = *stop.borrow();
    Ok(report)
}

fn refuse_unfit(profiles: &[SiteProfile], now: model::Timestamp) -> Result<(), CrawlError> {
    let mut owners: BTreeMap<String, &SiteProfile> = BTreeMap::new();
    for profile in profiles {
        profile.check(now)?;
        for host in profile.leased_hosts() {
            if let Some(first) = owners.insert(host.clone(), profile) {
                return Err(CrawlError::SharedHost {
                    host,
                    first: first.id.to_string(),
                    second: profile.id.to_string(),
                });
            }
        }
    }
    Ok(())
}

/// Keeps the site with its legal ground, leaves the audit row of the round and offers the start
/// pages.
async fn begin_site(
    round: &Round,
    profile: &SiteProfile,
    worker: &Actor,
) -> Result<(), CrawlError> {
    let site = profile.site();
    let audit = AuditEntry {
        at: round.begin,
        by: worker.clone(),
        action: AuditAction::Collect,
        object: AuditObject::Site(site.id.clone()),
        purpose: "crawl".to_owned(),
    };
    let start = site::start_pages(profile);
    let begin = round.begin;
    let kept = round.store.write(Priority::Bulk, move |tx| {
        tx.save_site(&site)?;
        tx.append_audit(&audit)?;
        tx.offer(&site.id, &start, begin)?;
        Ok(())
    });
    Ok(kept.await?)
}
