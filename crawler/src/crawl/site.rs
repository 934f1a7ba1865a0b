//! One site's part of a round: its hosts, its caps, its report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{Actor, Clock, SiteId, Timestamp};
use store::{Handle, OfferedUrl, Priority, Traffic, UrlKind};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::event::{CrawlEvent, Judge, Observer};
use super::report::{NotCrawled, SiteReport};
use crate::address::host_key;
use crate::error::CrawlError;
use crate::fetch::Fetcher;
use crate::limits::Limits;
use crate::politeness::Politeness;
use crate::profile::SiteProfile;

/// Chains of redirects that are remembered; beyond, one of them begins anew.
const CHAINS_LIMIT: usize = 10_000;
/// Addresses of photos that are remembered until the photo they led to is here; beyond, one of them
/// stays without its hash.
const MOVED_PHOTOS_LIMIT: usize = 10_000;

/// What all sites of a round share.
pub(super) struct Round {
    pub(super) store: Handle,
    pub(super) judge: Arc<dyn Judge>,
    pub(super) observer: Arc<dyn Observer>,
    pub(super) politeness: Politeness,
    pub(super) fetcher: Fetcher,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limits: Limits,
    pub(super) stop: watch::Receiver<bool>,
    pub(super) hosts_at_once: Arc<Semaphore>,
    pub(super) begin: Timestamp,
}

impl Round {
    pub(super) fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// Returns once the round is to stop; never when nobody can stop it any more.
    pub(super) async fn stopped(&self) {
        if self.stop.clone().wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// When a visited address may come back at the earliest, so that it is not due again within
    /// this round.
    pub(super) fn after_this_round(&self) -> Timestamp {
        self.begin
            .plus_ms(i64::from(self.limits.attempts_per_round) + 1)
    }
}

/// One site's part of a round.
pub(super) struct SiteRun {
    pub(super) round: Arc<Round>,
    pub(super) profile: SiteProfile,
    pub(super) worker: Actor,
    state: Mutex<SiteState>,
}

#[derive(Default)]
struct SiteState {
    report: SiteReport,
    today: Traffic,
    n_visits: u64,
    /// Hosts that have no further turn in this round.
    left: BTreeSet<String>,
    /// For the target of a redirect, the addresses that led there.
    chains: BTreeMap<String, Vec<String>>,
    /// Target and origin of redirects of photos.
    moved_photos: BTreeSet<(String, String)>,
}

/// The start pages, as they are offered.
pub(super) fn start_pages(profile: &SiteProfile) -> Vec<OfferedUrl> {
    let mut offered = Vec::new();
    for start in &profile.visit.start {
        let kind = profile.links.kind(start).unwrap_or(UrlKind::List);
        offered.extend(offer_of(start, kind, 0));
    }
    offered
}

/// An address as it is offered; `None` for what has no host.
pub(super) fn offer_of(url: &url::Url, kind: UrlKind, depth: u16) -> Option<OfferedUrl> {
    let url = crate::address::normalised(url)?;
    Some(OfferedUrl {
        host: host_key(&url)?,
        url: url.to_string(),
        kind,
        depth,
    })
}

impl SiteRun {
    pub(super) fn new(round: Arc<Round>, profile: SiteProfile, worker: Actor) -> Self {
        Self {
            round,
            profile,
            worker,
            state: Mutex::default(),
        }
    }

    /// Turns at all hosts, until none has anything left: a page of one may offer addresses of
    /// another.
    pub(super) async fn go(self) -> Result<(SiteId, SiteReport), CrawlError> {
        let run = Arc::new(self);
        let site = run.site().clone();
        run.tell(CrawlEvent::SiteStarted { site: site.clone() });
        run.count(Traffic::default()).await?;
        loop {
            let mut turns = JoinSet::new();
            let mut hosts = run.profile.leased_hosts();
            hosts.retain(|host| !run.state().left.contains(host));
            for host in hosts {
                turns.spawn(super::host::turn(Arc::clone(&run), host));
            }
            let mut n_visits = 0;
            while let Some(turn) = turns.join_next().await {
                n_visits += turn.map_err(|error| CrawlError::Broken(error.to_string()))??;
            }
            if n_visits == 0 || run.round.is_stopped() {
                break;
            }
        }
        run.tell(CrawlEvent::SiteFinished { site: site.clone() });
        let mut report = std::mem::take(&mut run.state().report);
        report.not_crawled.sort();
        report.not_crawled.dedup();
        report.failures.sort_by(|a, b| a.url.cmp(&b.url));
        Ok((site, report))
    }

    pub(super) const fn site(&self) -> &SiteId {
        &self.profile.id
    }

    pub(super) fn tell(&self, event: CrawlEvent) {
        self.round.observer.event(&event);
    }

    /// Changes the report.
    pub(super) fn note<T>(&self, change: impl FnOnce(&mut SiteReport) -> T) -> T {
        change(&mut self.state().report)
    }

    pub(super) fn fail(&self, url: &str, reason: &str) {
        self.note(|report| report.fail(url, reason));
        self.tell(CrawlEvent::Failed {
            site: self.site().clone(),
            reason: reason.to_owned(),
        });
    }

    /// Has no further turn at the host in this round.
    pub(super) fn leave(&self, host: &str, reason: String) {
        tracing::info!(site.id = %self.site(), host, reason, "host left alone");
        let left = NotCrawled {
            host: host.to_owned(),
            reason: reason.clone(),
        };
        self.state().left.insert(host.to_owned());
        let is_new = self.note(|report| {
            let is_new = !report.not_crawled.contains(&left);
            if is_new {
                report.not_crawled.push(left);
            }
            is_new
        });
        if is_new {
            self.tell(CrawlEvent::NotCrawled {
                site: self.site().clone(),
                host: host.to_owned(),
                reason,
            });
        }
    }

    /// Counts what was sent and received against the day's caps, in a transaction of its own: for
    /// what changes no address.
    pub(super) async fn count(&self, traffic: Traffic) -> Result<(), CrawlError> {
        let (site, day) = (self.site().clone(), self.round.clock.now().day());
        let counted = self.round.store.write(Priority::Bulk, move |tx| {
            tx.add_traffic(&site, day, traffic)
        });
        let today = counted.await?;
        self.counted(traffic, today);
        Ok(())
    }

    /// Takes over the day's total that a transaction gave.
    pub(super) fn counted(&self, traffic: Traffic, today: Traffic) {
        let mut state = self.state();
        state.report.requests += traffic.requests;
        state.report.bytes += traffic.bytes;
        state.today = today;
    }

    /// Which cap is reached, in words for people.
    pub(super) fn cap_reached(&self) -> Option<String> {
        let visit = &self.profile.visit;
        let state = self.state();
        if state.today.requests >= visit.requests_per_day {
            return Some(format!(
                "cap of {} requests a day reached",
                visit.requests_per_day
            ));
        }
        if state.today.bytes >= visit.bytes_per_day {
            return Some(format!(
                "cap of {} bytes a day reached",
                visit.bytes_per_day
            ));
        }
        let most = self.round.limits.visits_per_round;
        (state.n_visits >= most).then(|| format!("cap of {most} addresses a round reached"))
    }

    pub(super) fn count_visit(&self) {
        self.state().n_visits += 1;
    }

    /// Continues the chain of redirects that led to `from` with one to `to`.
    ///
    /// The error says why it is not followed.
    pub(super) fn follow(&self, from: &str, to: &str) -> Result<(), String> {
        let mut state = self.state();
        let mut chain = state.chains.remove(from).unwrap_or_default();
        chain.push(from.to_owned());
        if chain.iter().any(|seen| seen == to) {
            return Err("redirect loop".to_owned());
        }
        if chain.len() > self.round.limits.redirects {
            return Err(format!(
                "more than {} redirects in a row",
                self.round.limits.redirects
            ));
        }
        if state.chains.len() >= CHAINS_LIMIT {
            state.chains.pop_first();
        }
        state.chains.insert(to.to_owned(), chain);
        state.report.redirects += 1;
        Ok(())
    }

    /// Remembers that the photo of one address stands at another.
    pub(super) fn photo_moved(&self, from: &str, to: &str) {
        let mut origins = self.photos_moved_to(from);
        origins.push(from.to_owned());
        let moved = &mut self.state().moved_photos;
        for origin in origins {
            if moved.len() >= MOVED_PHOTOS_LIMIT {
                moved.pop_first();
            }
            moved.insert((to.to_owned(), origin));
        }
    }

    /// The addresses that led to a photo in this round.
    pub(super) fn photos_moved_to(&self, url: &str) -> Vec<String> {
        let from = (url.to_owned(), String::new());
        self.state()
            .moved_photos
            .range(from..)
            .take_while(|(target, _)| target == url)
            .map(|(_, origin)| origin.clone())
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, SiteState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
