//! A host's robots.txt: the stored copy while it counts, else a fresh one through the gate.

use model::Timestamp;
use store::{OfferedUrl, Priority, StoredRobots, Traffic, UrlKind, Validators};
use url::Url;

use super::CrawlEvent;
use super::host::HostTurn;
use super::site::offer_of;
use crate::error::CrawlError;
use crate::fetch::{FetchOutcome, Fetched, Request};
use crate::politeness::PermitError;
use crate::robots::{ROBOTS_LIMIT_BYTES, RobotsPass, RobotsPolicy};
use crate::warc::Truncated;

/// Redirects that are followed on the way to a robots.txt (RFC 9309 section 2.3.1.2).
const HOPS_LIMIT: usize = 5;
/// Sitemaps of one robots.txt that are read.
const SITEMAPS_LIMIT: usize = 100;

/// What a host's robots.txt says, and until when that counts.
pub(super) struct HostRobots {
    pub(super) policy: RobotsPolicy,
    pub(super) good_until: Timestamp,
}

impl HostRobots {
    fn of(stored: &StoredRobots) -> Self {
        Self {
            policy: RobotsPolicy::of(stored),
            good_until: RobotsPolicy::good_until(stored),
        }
    }

    pub(super) fn delay_ms(&self) -> u64 {
        self.policy.crawl_delay_ms().unwrap_or_default()
    }
}

impl HostTurn {
    /// The rules for the host of this address; `None` when the round is to stop.
    pub(super) async fn robots(&self, url: &Url) -> Result<Option<HostRobots>, CrawlError> {
        let host = self.host.clone();
        let known = self.run.round.store.read(move |tx| tx.host(&host)).await?;
        let now = self.run.round.clock.now();
        let stored = known
            .and_then(|known| known.robots)
            .filter(|stored| now < RobotsPolicy::good_until(stored));
        let robots = match stored {
            Some(stored) => HostRobots::of(&stored),
            None => {
                let Some(fetched) = self.fetch_robots(url).await? else {
                    return Ok(None);
                };
                let (lease, kept) = (self.lease.clone(), fetched.clone());
                let saved = self
                    .run
                    .round
                    .store
                    .write(Priority::Bulk, move |tx| tx.save_robots(&lease, &kept));
                saved.await?;
                HostRobots::of(&fetched)
            }
        };
        self.offer_sitemaps(url, &robots.policy).await?;
        Ok(Some(robots))
    }

    /// Follows redirects to other hosts too; what is found counts for the first host. `None` when
    /// the round is to stop: that says nothing about the site, and must not be kept as if it did.
    async fn fetch_robots(&self, url: &Url) -> Result<Option<StoredRobots>, CrawlError> {
        let mut stored = StoredRobots {
            fetched_at: self.run.round.clock.now(),
            http_status: None,
            body: Vec::new(),
        };
        let Ok(mut target) = url.join("/robots.txt") else {
            return Ok(Some(stored));
        };
        for _ in 0..=HOPS_LIMIT {
            let pass = RobotsPass::for_robots_txt(target);
            let pace = self.pace(self.run.profile.visit.delay_ms);
            let permit = tokio::select! {
                permit = self.run.round.politeness.permit(pass, pace, self) => permit,
                () = self.run.round.stopped() => return Ok(None),
            };
            let permit = match permit {
                Ok(permit) => permit,
                Err(PermitError::NotStored(_)) => {
                    self.check_lease().await?;
                    return Ok(None);
                }
                Err(error) => {
                    tracing::info!(site.id = %self.run.site(), host = self.host, %error, "no robots.txt");
                    return Ok(Some(stored));
                }
            };
            let request = Request::page(&self.run.profile, Validators::default());
            let fetched = tokio::select! {
                fetched = self.run.round.fetcher.fetch(permit, request) => fetched,
                () = self.run.round.stopped() => {
                    self.run.count(Traffic { requests: 1, bytes: 0 }).await?;
                    return Ok(None);
                }
            };
            self.run.count(fetched.traffic).await?;
            stored.fetched_at = fetched.at;
            if let FetchOutcome::Busy(asked) = fetched.outcome {
                self.heed(asked).await?;
            }
            match read(fetched) {
                Read::Elsewhere(to) => target = to,
                Read::Answer(status, body) => {
                    stored.http_status = status;
                    stored.body = body;
                    break;
                }
            }
        }
        Ok(Some(stored))
    }

    async fn offer_sitemaps(&self, url: &Url, policy: &RobotsPolicy) -> Result<(), CrawlError> {
        if !self.run.profile.visit.sitemaps {
            return Ok(());
        }
        let offered: Vec<OfferedUrl> = policy
            .sitemaps()
            .iter()
            .take(SITEMAPS_LIMIT)
            .filter_map(|written| url.join(written.trim()).ok())
            .filter(|sitemap| self.run.profile.covers(sitemap))
            .filter_map(|sitemap| offer_of(&sitemap, UrlKind::List, 0))
            .collect();
        if offered.is_empty() {
            return Ok(());
        }
        let (site, begin) = (self.run.site().clone(), self.run.round.begin);
        let kept = self
            .run
            .round
            .store
            .write(Priority::Bulk, move |tx| tx.offer(&site, &offered, begin));
        let n_new = kept.await?;
        if n_new > 0 {
            self.run.tell(CrawlEvent::Offered {
                site: self.run.site().clone(),
                n_new,
            });
        }
        Ok(())
    }
}

enum Read {
    Elsewhere(Url),
    Answer(Option<u16>, Vec<u8>),
}

fn read(fetched: Fetched) -> Read {
    let status = fetched.status;
    match fetched.outcome {
        FetchOutcome::Redirect { to: Ok(to) } => Read::Elsewhere(to),
        FetchOutcome::Body(answer) => {
            let mut body = answer.body;
            body.truncate(ROBOTS_LIMIT_BYTES);
            Read::Answer(status, body)
        }
        FetchOutcome::Gone | FetchOutcome::Walled | FetchOutcome::Busy(_) => {
            Read::Answer(status, Vec::new())
        }
        FetchOutcome::Unusable { .. } => match (status, fetched.exchange) {
            // Larger than any body that we read whole: its beginning counts all the same.
            (Some(200..=299), Some(exchange))
                if exchange.truncated == Some(Truncated::Length) && !exchange.body.is_empty() =>
            {
                let mut body = exchange.body;
                body.truncate(ROBOTS_LIMIT_BYTES);
                Read::Answer(status, body)
            }
            (Some(400..=499), _) => Read::Answer(status, Vec::new()),
            _ => Read::Answer(None, Vec::new()),
        },
        FetchOutcome::Failed(crate::fetch::Failure::Server(_)) => Read::Answer(status, Vec::new()),
        FetchOutcome::Failed(_) | FetchOutcome::Unchanged | FetchOutcome::Redirect { .. } => {
            Read::Answer(None, Vec::new())
        }
    }
}
