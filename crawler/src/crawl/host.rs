//! A turn at one host: lease it, visit what is due, give it back.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use model::Timestamp;
use store::{FrontierUrl, HostLease, Priority, StoreError, Traffic, Visit};
use tokio::time::Instant;
use url::Url;

use super::robots_copy::HostRobots;
use super::site::SiteRun;
use super::visit::{Attempt, Next};
use super::waiting::in_ms;
use crate::error::CrawlError;
use crate::politeness::{AccessLog, Pace};
use crate::robots::{RobotsPass, RobotsVerdict};

/// Walls (401, 403, …) in a row after which the host is left alone.
const WALLS_IN_A_ROW: u32 = 3;

/// A host that this worker may visit.
pub(super) struct HostTurn {
    pub(super) run: Arc<SiteRun>,
    pub(super) host: String,
    pub(super) lease: HostLease,
    pub(super) leased_until: Timestamp,
    /// Which pass over the failed addresses this is.
    pub(super) pass: u16,
    pub(super) retry_at: Option<Instant>,
    n_server_errors: u32,
    pub(super) n_busy: u32,
    n_walls: u32,
}

/// Visits what is due at the host. Returns how many addresses were settled.
pub(super) async fn turn(run: Arc<SiteRun>, host: String) -> Result<u64, CrawlError> {
    let places = Arc::clone(&run.round.hosts_at_once);
    let _place = places
        .acquire_owned()
        .await
        .map_err(|error| CrawlError::Broken(error.to_string()))?;
    let Some(mut turn) = HostTurn::lease(Arc::clone(&run), host.clone()).await? else {
        return Ok(0);
    };
    let visited = turn.visit_all().await;
    let given_back = turn.give_back().await;
    match visited.and_then(|n_visits| given_back.map(|()| n_visits)) {
        Err(CrawlError::Store(StoreError::Fenced { .. })) => {
            run.leave(&host, "taken over by another worker".to_owned());
            Ok(0)
        }
        other => other,
    }
}

impl HostTurn {
    async fn lease(run: Arc<SiteRun>, host: String) -> Result<Option<Self>, CrawlError> {
        let now = run.round.clock.now();
        let until = now.plus_ms(run.round.limits.lease_ms);
        let (wanted, worker) = (host.clone(), run.worker.clone());
        let leased = run.round.store.write(Priority::Bulk, move |tx| {
            let lease = tx.lease_host(&wanted, &worker, now, until)?;
            Ok((lease, tx.host(&wanted)?))
        });
        let (Some(lease), known) = leased.await? else {
            run.leave(&host, "visited by another worker".to_owned());
            return Ok(None);
        };
        let turn = Self {
            run,
            host,
            lease,
            leased_until: until,
            pass: 0,
            retry_at: None,
            n_server_errors: 0,
            n_busy: 0,
            n_walls: 0,
        };
        let next = known.and_then(|known| known.next_permitted);
        let wait_ms = next.map_or(0, |next| next.as_ms() - now.as_ms());
        if wait_ms > turn.patience_ms() {
            turn.leave(format!(
                "asked to be left alone until {}",
                now.plus_ms(wait_ms)
            ));
            turn.release().await?;
            return Ok(None);
        }
        if wait_ms > 0 {
            turn.run.round.politeness.hold(&turn.host, wait_ms).await;
        }
        Ok(Some(turn))
    }

    async fn visit_all(&mut self) -> Result<u64, CrawlError> {
        let mut robots: Option<HostRobots> = None;
        let mut n_settled = 0;
        while !self.run.round.is_stopped() {
            if self.leaves_at_cap() {
                break;
            }
            self.renew().await?;
            let Some(row) = self.next_due().await? else {
                if self.wait_for_next_pass().await? {
                    continue;
                }
                break;
            };
            let Some(url) = self.usable(&row).await? else {
                n_settled += 1;
                continue;
            };
            let now = self.run.round.clock.now();
            let counts = robots.take().filter(|robots| now < robots.good_until);
            let rules = match counts {
                Some(known) => Some(known),
                None => self.robots(&url).await?,
            };
            let Some(rules) = rules.filter(|_| !self.run.round.is_stopped()) else {
                break;
            };
            let robots = robots.insert(rules);
            // Asking for robots.txt may have been the last request of the day.
            if self.leaves_at_cap() {
                break;
            }
            let delay_ms = self.run.profile.visit.delay_ms.max(robots.delay_ms());
            if delay_ms > self.run.profile.visit.max_delay_ms {
                self.leave(format!(
                    "delay too long: robots.txt asks for {delay_ms} ms, the profile allows {}",
                    self.run.profile.visit.max_delay_ms
                ));
                break;
            }
            let pass = match robots.policy.verdict(&url) {
                RobotsVerdict::Allowed(pass) => pass,
                RobotsVerdict::Forbidden { line } => {
                    self.refuse(&row, line, robots.good_until).await?;
                    n_settled += 1;
                    continue;
                }
                RobotsVerdict::Closed { reason } => {
                    self.leave(reason);
                    break;
                }
            };
            match self.attempt(&row, pass, delay_ms).await? {
                Next::Settled => n_settled += 1,
                Next::Again => {}
                Next::Leave => break,
            }
        }
        Ok(n_settled)
    }

    fn leaves_at_cap(&self) -> bool {
        let Some(cap) = self.run.cap_reached() else {
            return false;
        };
        self.leave(cap);
        true
    }

    /// One attempt at an address, and what follows from it for the host.
    async fn attempt(
        &mut self,
        row: &FrontierUrl,
        pass: RobotsPass,
        delay_ms: u64,
    ) -> Result<Next, CrawlError> {
        self.run.count_visit();
        match super::visit::visit(self, row, pass, self.pace(delay_ms), self.pass).await? {
            Attempt::Done => {
                (self.n_server_errors, self.n_busy, self.n_walls) = (0, 0, 0);
                Ok(Next::Settled)
            }
            Attempt::Stopped => Ok(Next::Leave),
            Attempt::Failed => {
                self.note_retry();
                self.n_server_errors += 1;
                let most = self.run.round.limits.server_errors_in_a_row;
                if self.n_server_errors < most {
                    return Ok(Next::Settled);
                }
                self.leave(format!("{most} failures in a row"));
                Ok(Next::Leave)
            }
            Attempt::Walled => {
                self.n_walls += 1;
                if self.n_walls < WALLS_IN_A_ROW {
                    return Ok(Next::Settled);
                }
                self.leave(
                    "access refused three times in a row: the operator must ask the site"
                        .to_owned(),
                );
                Ok(Next::Leave)
            }
            Attempt::Busy(asked) => self.wait_for_busy(asked).await,
        }
    }

    pub(super) fn pace(&self, delay_ms: u64) -> Pace {
        Pace {
            delay_ms,
            allow_loopback: self.run.profile.visit.allow_loopback,
        }
    }

    pub(super) fn leave(&self, reason: String) {
        self.run.leave(&self.host, reason);
    }

    async fn next_due(&self) -> Result<Option<FrontierUrl>, CrawlError> {
        let lease = self.lease.clone();
        let before = self.run.round.begin.plus_ms(i64::from(self.pass) + 1);
        let found = self
            .run
            .round
            .store
            .read(move |tx| tx.next_due(&lease, before));
        Ok(found.await?)
    }

    /// The row's address, if this profile still covers it; otherwise the row is put away.
    async fn usable(&self, row: &FrontierUrl) -> Result<Option<Url>, CrawlError> {
        let url = Url::parse(&row.url)
            .ok()
            .filter(|url| row.site == *self.run.site() && self.run.profile.covers(url));
        if url.is_none() {
            let reason = "no longer in the scope of the profile";
            let visit = self.put_away(store::UrlStatus::Unusable, None, reason);
            self.record(row, visit, Traffic::default()).await?;
        }
        Ok(url)
    }

    async fn refuse(
        &self,
        row: &FrontierUrl,
        line: usize,
        due_at: Timestamp,
    ) -> Result<(), CrawlError> {
        let due_at = due_at.max(self.run.round.after_this_round());
        let reason = format!("forbidden by line {line} of robots.txt");
        let visit = self.put_away(store::UrlStatus::Refused, Some(due_at), &reason);
        self.record(row, visit, Traffic::default()).await?;
        self.run.note(|report| report.refused_by_robots += 1);
        self.run.tell(super::CrawlEvent::RefusedByRobots {
            site: self.run.site().clone(),
        });
        Ok(())
    }

    /// A visit that is none: nothing was asked.
    fn put_away(&self, status: store::UrlStatus, due_at: Option<Timestamp>, reason: &str) -> Visit {
        Visit {
            status,
            at: self.run.round.clock.now(),
            http_status: None,
            due_at,
            validators: store::Validators::default(),
            content: None,
            reason: reason.to_owned(),
        }
    }

    /// Keeps a visit that brought nothing but its outcome.
    pub(super) async fn record(
        &self,
        row: &FrontierUrl,
        visit: Visit,
        traffic: Traffic,
    ) -> Result<(), CrawlError> {
        let (lease, id, site) = (self.lease.clone(), row.id, self.run.site().clone());
        let day = visit.at.day();
        let kept = self.run.round.store.write(Priority::Bulk, move |tx| {
            tx.record_visit(&lease, id, &visit)?;
            tx.add_traffic(&site, day, traffic)
        });
        let today = kept.await?;
        self.run.counted(traffic, today);
        Ok(())
    }

    /// Prolongs the lease at half of its time.
    async fn renew(&mut self) -> Result<(), CrawlError> {
        let round = &self.run.round;
        let (now, lease_ms) = (round.clock.now(), round.limits.lease_ms);
        if self.leased_until.as_ms() - now.as_ms() > lease_ms / 2 {
            return Ok(());
        }
        let (lease, until) = (self.lease.clone(), now.plus_ms(lease_ms));
        let renewed = round
            .store
            .write(Priority::Bulk, move |tx| tx.renew_host(&lease, until));
        renewed.await?;
        self.leased_until = until;
        Ok(())
    }

    /// Keeps when the host may next be asked, exactly now that nothing is under way, and gives it
    /// back.
    async fn give_back(&self) -> Result<(), CrawlError> {
        let round = &self.run.round;
        let wait_ms = round.politeness.wait_ms(&self.host);
        let next = wait_ms.map(|wait_ms| round.clock.now().plus_ms(wait_ms));
        let lease = self.lease.clone();
        let released = round.store.write(Priority::Bulk, move |tx| {
            if let Some(next) = next {
                tx.note_access(&lease, next)?;
            }
            tx.release_host(&lease)
        });
        Ok(released.await?)
    }

    async fn release(&self) -> Result<(), CrawlError> {
        let lease = self.lease.clone();
        let released = self
            .run
            .round
            .store
            .write(Priority::Bulk, move |tx| tx.release_host(&lease));
        Ok(released.await?)
    }
}

/// The store as the gate's log: a worker that was fenced off gets no permit.
impl AccessLog for HostTurn {
    fn note<'a>(
        &'a self,
        next_permitted: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async move {
            let lease = self.lease.clone();
            // The answer's body may come in for as long as its cap, and its page is kept after.
            let body_ms = in_ms(Duration::from_millis(self.run.round.limits.fetch.body_ms));
            let until = next_permitted.plus_ms(body_ms).max(self.lease_over(0));
            let noted = self.run.round.store.write(Priority::Bulk, move |tx| {
                tx.renew_host(&lease, until)?;
                tx.note_access(&lease, next_permitted)
            });
            noted.await.map_err(|error| error.to_string())
        })
    }
}
