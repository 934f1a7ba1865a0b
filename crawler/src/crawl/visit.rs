//! One visit to one address: permit, request, and what its answer means.

use model::Timestamp;
use store::{FrontierUrl, Traffic, UrlKind, UrlStatus, Validators, Visit};
use url::Url;

use super::CrawlEvent;
use super::host::HostTurn;
use super::settle::Settled;
use crate::error::CrawlError;
use crate::fetch::{FetchOutcome, Fetched, Request, RetryAfter};
use crate::politeness::{Pace, PermitError};
use crate::robots::RobotsPass;

/// Longest back-off between rounds for an address that fails: a day.
const BACKOFF_MAX_MS: i64 = 24 * 3_600_000;

/// Least time between the two 404 that make a listing gone: a day (`crawler.md`, Freshness).
const GONE_AGAIN_MS: i64 = 24 * 3_600_000;

/// What an attempt means for the host's turn.
pub(super) enum Attempt {
    /// Answered and kept.
    Done,
    /// Failed in passing; kept, comes back.
    Failed,
    /// The host does not want to be asked.
    Walled,
    /// The host is busy; nothing kept, the address stays due.
    Busy(RetryAfter),
    /// The round is to stop; nothing kept.
    Stopped,
}

/// How the turn goes on.
pub(super) enum Next {
    /// The address is settled.
    Settled,
    /// The address stays due.
    Again,
    /// The host is left for this round.
    Leave,
}

pub(super) async fn visit(
    turn: &HostTurn,
    row: &FrontierUrl,
    pass: RobotsPass,
    pace: Pace,
    attempt: u16,
) -> Result<Attempt, CrawlError> {
    let round = &turn.run.round;
    let url = pass.url().clone();
    let permit = tokio::select! {
        permit = round.politeness.permit(pass, pace, turn) => permit,
        () = round.stopped() => return Ok(Attempt::Stopped),
    };
    let permit = match permit {
        Ok(permit) => permit,
        Err(PermitError::NotStored(_)) => {
            // Fenced off or a store in trouble: the next write to it says which.
            turn.check_lease().await?;
            return Ok(Attempt::Stopped);
        }
        Err(error) => {
            let at = round.clock.now();
            return failed(
                turn,
                row,
                at,
                None,
                Traffic::default(),
                &error.to_string(),
                attempt,
            )
            .await;
        }
    };
    // Photos do not come back; what was not read before cannot be "not modified".
    let validators = match row.content {
        Some(_) => row.validators.clone(),
        None => Validators::default(),
    };
    let request = match row.kind {
        UrlKind::Photo => Request::photo(&turn.run.profile, Validators::default()),
        UrlKind::List | UrlKind::Listing => Request::page(&turn.run.profile, validators),
    };
    let fetched = tokio::select! {
        fetched = round.fetcher.fetch(permit, request) => fetched,
        () = round.stopped() => {
            turn.run.count(Traffic { requests: 1, bytes: 0 }).await?;
            return Ok(Attempt::Stopped);
        }
    };
    turn.run.tell(CrawlEvent::Visited {
        site: turn.run.site().clone(),
        kind: row.kind,
        status: fetched.status,
    });
    answered(turn, row, &url, fetched, attempt).await
}

async fn answered(
    turn: &HostTurn,
    row: &FrontierUrl,
    url: &Url,
    fetched: Fetched,
    attempt: u16,
) -> Result<Attempt, CrawlError> {
    let (at, status, traffic) = (fetched.at, fetched.status, fetched.traffic);
    match fetched.outcome {
        FetchOutcome::Body(answer) => {
            let settled = match row.kind {
                UrlKind::Photo => turn.photo(row, at, status, answer).await?,
                UrlKind::List | UrlKind::Listing => {
                    turn.page(row, url, at, status, answer, fetched.exchange)
                        .await?
                }
            };
            turn.settle(row, settled, traffic).await?;
            Ok(Attempt::Done)
        }
        FetchOutcome::Unchanged => {
            let visit = Visit {
                due_at: Some(turn.revisit_at(at)),
                ..outcome(UrlStatus::Live, at, status, "")
            };
            turn.settle(row, Settled::unchanged(visit), traffic).await?;
            Ok(Attempt::Done)
        }
        FetchOutcome::Redirect { to } => {
            let settled = redirected(turn, row, at, status, to);
            turn.settle(row, settled, traffic).await?;
            Ok(Attempt::Done)
        }
        FetchOutcome::Gone => {
            let settled = gone(turn, row, at, status);
            turn.settle(row, settled, traffic).await?;
            Ok(Attempt::Done)
        }
        FetchOutcome::Busy(asked) => {
            turn.run.count(traffic).await?;
            Ok(Attempt::Busy(asked))
        }
        FetchOutcome::Walled => {
            let reason = format!("access refused with {}", status.unwrap_or_default());
            let settled = unusable(turn, row, at, status, &reason);
            turn.settle(row, settled, traffic).await?;
            Ok(Attempt::Walled)
        }
        FetchOutcome::Unusable { reason } => {
            let settled = unusable(turn, row, at, status, &reason);
            turn.settle(row, settled, traffic).await?;
            Ok(Attempt::Done)
        }
        FetchOutcome::Failed(failure) => {
            let reason = failure.to_string();
            failed(turn, row, at, status, traffic, &reason, attempt).await
        }
    }
}

/// A visit without anything to ask the next time with.
pub(super) fn outcome(
    status: UrlStatus,
    at: Timestamp,
    http_status: Option<u16>,
    reason: &str,
) -> Visit {
    Visit {
        status,
        at,
        http_status,
        due_at: None,
        validators: Validators::default(),
        content: None,
        reason: reason.to_owned(),
    }
}

pub(super) fn unusable(
    turn: &HostTurn,
    row: &FrontierUrl,
    at: Timestamp,
    status: Option<u16>,
    reason: &str,
) -> Settled {
    turn.run.fail(&row.url, reason);
    // A photo that cannot be read will not get better; a page may.
    let due_at = (row.kind != UrlKind::Photo).then(|| turn.revisit_at(at));
    Settled::only(Visit {
        due_at,
        ..outcome(UrlStatus::Unusable, at, status, reason)
    })
}

/// Each hop is an address of its own, with lease, verdict and permit; chains are cut at five.
fn redirected(
    turn: &HostTurn,
    row: &FrontierUrl,
    at: Timestamp,
    status: Option<u16>,
    to: Result<Url, &'static str>,
) -> Settled {
    let run = &turn.run;
    let kind_there = |to: &Url| match row.kind {
        UrlKind::Listing => run.profile.links.kind(to),
        other => Some(other),
    };
    let followed = to.map_err(str::to_owned).and_then(|to| {
        if !run.profile.covers(&to) {
            return Err("redirect out of the scope of the profile".to_owned());
        }
        if let Some(trap) = crate::address::trap(&to, at) {
            return Err(format!("redirect not followed: {}", trap.reason()));
        }
        let kind = kind_there(&to).ok_or("redirect to what is no listing")?;
        run.follow(&row.url, to.as_str())?;
        Ok((to, kind))
    });
    let (to, kind) = match followed {
        Ok(followed) => followed,
        Err(reason) => return unusable(turn, row, at, status, &reason),
    };
    let due_at = (row.kind != UrlKind::Photo).then(|| turn.revisit_at(at));
    let mut settled = Settled::only(Visit {
        due_at,
        ..outcome(UrlStatus::Redirected, at, status, "")
    });
    if kind == UrlKind::Photo {
        settled.photo_moved_to = Some(to.to_string());
        run.photo_moved(&row.url, to.as_str());
    }
    settled.offers = super::site::offer_of(&to, kind, row.depth)
        .into_iter()
        .collect();
    settled
}

/// 410 is gone at once; 404 only when the visit before said 404 too, a day or more earlier: a site
/// in trouble answers 404 for hours.
fn gone(turn: &HostTurn, row: &FrontierUrl, at: Timestamp, status: Option<u16>) -> Settled {
    let again = Some(turn.revisit_at(at));
    let reason = format!("answered with {}", status.unwrap_or_default());
    let is_gone = status == Some(410) || row.last_http_status == Some(404);
    match row.kind {
        UrlKind::Listing if is_gone => {
            let mut settled = Settled::only(outcome(UrlStatus::Gone, at, status, &reason));
            settled.listing_is_gone = true;
            settled
        }
        UrlKind::Listing => {
            turn.run
                .fail(&row.url, "404 for the first time: asked again after a day");
            let after_a_day = at.plus_ms(GONE_AGAIN_MS);
            Settled::only(Visit {
                due_at: Some(turn.revisit_at(at).max(after_a_day)),
                ..outcome(UrlStatus::Failed, at, status, &reason)
            })
        }
        UrlKind::Photo => {
            turn.run.fail(&row.url, &reason);
            Settled::only(outcome(UrlStatus::Gone, at, status, &reason))
        }
        UrlKind::List => {
            turn.run.fail(&row.url, &reason);
            Settled::only(Visit {
                due_at: again,
                ..outcome(UrlStatus::Gone, at, status, &reason)
            })
        }
    }
}

/// Comes back in the next pass of this round, then with a doubling back-off in later rounds, until
/// it is given up.
async fn failed(
    turn: &HostTurn,
    row: &FrontierUrl,
    at: Timestamp,
    status: Option<u16>,
    traffic: Traffic,
    reason: &str,
    attempt: u16,
) -> Result<Attempt, CrawlError> {
    let limits = &turn.run.round.limits;
    let n_failures = row.n_failures.saturating_add(1);
    let next_attempt = attempt + 1;
    let due_at = if n_failures >= limits.failures_until_given_up {
        None
    } else if next_attempt < limits.attempts_per_round {
        Some(turn.run.round.begin.plus_ms(i64::from(next_attempt)))
    } else {
        let doubled = limits.retry_wait_ms.saturating_mul(1 << n_failures.min(20));
        let later = at.plus_ms(doubled.min(BACKOFF_MAX_MS));
        Some(later.max(turn.run.round.after_this_round()))
    };
    let reason = match due_at {
        None => format!("given up after {n_failures} failures: {reason}"),
        Some(_) => reason.to_owned(),
    };
    turn.run.fail(&row.url, &reason);
    let visit = Visit {
        due_at,
        ..outcome(UrlStatus::Failed, at, status, &reason)
    };
    turn.record(row, visit, traffic).await?;
    Ok(Attempt::Failed)
}

impl HostTurn {
    /// When a page is looked at again.
    pub(super) fn revisit_at(&self, at: Timestamp) -> Timestamp {
        at.plus_ms(self.run.profile.visit.revisit_ms)
            .max(self.run.round.after_this_round())
    }
}
