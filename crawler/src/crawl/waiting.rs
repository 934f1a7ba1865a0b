//! What a turn waits for: a host that is busy, and addresses that failed and may work later.
//!
//! Invariant: a wait that a host asked for is stored before it begins, so that it holds across a
//! kill and a hand-over; the lease outlasts every wait that a turn sits out.

use std::time::Duration;

use model::Timestamp;
use store::Priority;
use tokio::time::{Instant, sleep_until};

use super::host::HostTurn;
use super::visit::Next;
use crate::error::CrawlError;
use crate::fetch::RetryAfter;

impl HostTurn {
    /// 429 is about the host, not the address: the address stays due, the host waits.
    pub(super) async fn wait_for_busy(&mut self, asked: RetryAfter) -> Result<Next, CrawlError> {
        let limits = &self.run.round.limits;
        self.n_busy += 1;
        let own_ms = limits
            .retry_wait_ms
            .saturating_mul(1 << (self.n_busy - 1).min(10));
        let (wait_ms, said) = match asked {
            RetryAfter::Wait { ms } => (ms, format!("busy: asks to wait {ms} ms")),
            RetryAfter::TooLong { ms } => (
                limits.retry_after_max_ms,
                format!("busy: asks to wait {ms} ms, longer than is waited; ask the site"),
            ),
            RetryAfter::Absent | RetryAfter::Past | RetryAfter::Garbage => {
                (own_ms, format!("busy: our own wait of {own_ms} ms"))
            }
        };
        let gives_up = wait_ms > self.patience_ms() || self.n_busy >= limits.server_errors_in_a_row;
        self.hold(wait_ms).await?;
        if gives_up {
            self.leave(said);
            return Ok(Next::Leave);
        }
        Ok(Next::Again)
    }

    /// Leaves the host alone for so long, in this process and, stored at once, in any that comes
    /// after it. The lease outlasts a wait that this turn sits out.
    async fn hold(&self, wait_ms: i64) -> Result<(), CrawlError> {
        let round = &self.run.round;
        round.politeness.hold(&self.host, wait_ms).await;
        let next = round.clock.now().plus_ms(wait_ms);
        let until = self.leased_until.max(self.lease_over(wait_ms));
        let lease = self.lease.clone();
        let held = round.store.write(Priority::Bulk, move |tx| {
            tx.renew_host(&lease, until)?;
            tx.note_access(&lease, next)
        });
        Ok(held.await?)
    }

    /// Until when the lease must run so that a wait of this turn ends within it.
    pub(super) fn lease_over(&self, wait_ms: i64) -> Timestamp {
        let limits = &self.run.round.limits;
        let sat_out_ms = wait_ms.clamp(0, self.patience_ms());
        let span_ms = sat_out_ms.saturating_add(limits.lease_ms);
        self.run.round.clock.now().plus_ms(span_ms)
    }

    /// A host that is too busy for its robots.txt is too busy for everything.
    pub(super) async fn heed(&self, asked: RetryAfter) -> Result<(), CrawlError> {
        match asked {
            RetryAfter::Wait { ms } => self.hold(ms).await,
            RetryAfter::TooLong { .. } => self.hold(self.run.round.limits.retry_after_max_ms).await,
            // The failed attempt is remembered for some minutes anyway.
            RetryAfter::Absent | RetryAfter::Past | RetryAfter::Garbage => Ok(()),
        }
    }

    /// How long this turn waits for the host.
    pub(super) fn patience_ms(&self) -> i64 {
        self.run.round.limits.patience_ms
    }

    pub(super) fn note_retry(&mut self) {
        let limits = &self.run.round.limits;
        let wait_ms = limits.retry_wait_ms.saturating_mul(1 << self.pass.min(10));
        let wait = Duration::from_millis(u64::try_from(wait_ms).unwrap_or_default());
        self.retry_at = self.retry_at.max(Some(Instant::now() + wait));
    }

    /// Waits until the addresses that failed may be tried again. `false`: not in this round.
    pub(super) async fn wait_for_next_pass(&mut self) -> Result<bool, CrawlError> {
        let Some(at) = self.retry_at.take() else {
            return Ok(false);
        };
        let left = at.saturating_duration_since(Instant::now());
        let patience = u64::try_from(self.patience_ms()).unwrap_or_default();
        let is_last = self.pass + 1 >= self.run.round.limits.attempts_per_round;
        if is_last || left > Duration::from_millis(patience) {
            return Ok(false);
        }
        let (lease, until) = (self.lease.clone(), self.lease_over(in_ms(left)));
        let renewed = self
            .run
            .round
            .store
            .write(Priority::Bulk, move |tx| tx.renew_host(&lease, until));
        renewed.await?;
        tokio::select! {
            () = sleep_until(at) => {}
            () = self.run.round.stopped() => return Ok(false),
        }
        self.pass += 1;
        Ok(true)
    }
}

pub(super) fn in_ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
