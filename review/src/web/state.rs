//! What the pages work with, and every limit they keep.

use std::sync::{Arc, Mutex};

use model::{Actor, AuditAction, AuditEntry, AuditObject, Clock, Entropy, Timestamp};
use store::Handle;
use tokio::sync::Semaphore;

use super::attempts::Attempts;
use crate::ReviewError;
use crate::users::{self, PasswordCost};

/// How people reach the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `http://` on this machine only: `localhost`, `127.0.0.1` or `[::1]`, any port. Requests for
    /// another host are refused, so that no foreign name can be pointed here (DNS rebinding).
    Loopback,
    /// `https://` at this origin, `https://review.example.org`, behind a proxy that speaks TLS.
    Public {
        /// Scheme and host, with a port when it is not 443; no path, lower case.
        origin: String,
    },
}

/// Every limit of the pages.
#[derive(Clone, Debug)]
pub struct Options {
    /// How people reach the pages. Default: loopback.
    pub address: Address,
    /// What a password hash costs.
    pub password_cost: PasswordCost,
    /// A session ends after so many minutes without a request. Default 30: NIST SP 800-63B-4, 2.2.3,
    /// reauthentication at assurance level 2.
    pub session_idle_minutes: u32,
    /// A session ends after so many minutes in any case. Default 720: same source.
    pub session_absolute_minutes: u32,
    /// Sign-in attempts for one name in a minute. Default 5.
    pub attempts_per_user_per_minute: usize,
    /// Sign-in attempts for all names in a minute. Default 60.
    pub attempts_per_minute: usize,
    /// Password checks at a time, each with its own memory. Default 2; others wait.
    pub parallel_password_checks: usize,
    /// Rows on a page of the queue and the audit. Default 50.
    pub page_rows: u32,
    /// Listings on a page of a case. Default 20.
    pub members_per_page: usize,
    /// Pairs of linked listings shown for a case, by id. Default 200.
    pub links_shown: usize,
    /// Observations shown for a listing. Default 200.
    pub signals_shown: usize,
    /// Longest note of a decision, in characters. Default 2,000.
    pub note_limit_chars: usize,
    /// Largest request body. Default 64 KiB: a note and what a form adds.
    pub body_limit_bytes: usize,
    /// Largest head of a request. Default 16 KiB.
    pub header_limit_bytes: usize,
    /// How long a client may take to send the head. Default 10,000.
    pub header_timeout_ms: u64,
    /// How long a whole request may take. Default 30,000.
    pub request_timeout_ms: u64,
    /// Connections at a time; others wait in the system's queue. Default 256.
    pub connections: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: Address::Loopback,
            password_cost: PasswordCost::default(),
            session_idle_minutes: 30,
            session_absolute_minutes: 720,
            attempts_per_user_per_minute: 5,
            attempts_per_minute: 60,
            parallel_password_checks: 2,
            page_rows: 50,
            members_per_page: 20,
            links_shown: 200,
            signals_shown: 200,
            note_limit_chars: 2_000,
            body_limit_bytes: 64 * 1024,
            header_limit_bytes: 16 * 1024,
            header_timeout_ms: 10_000,
            request_timeout_ms: 30_000,
            connections: 256,
        }
    }
}

/// What every page works with.
pub struct ReviewState {
    /// Where cases, users and the audit are.
    pub store: Handle,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Session tokens come from here.
    pub entropy: Arc<dyn Entropy>,
    /// The limits.
    pub options: Options,
    /// Recent sign-in attempts.
    pub(super) attempts: Mutex<Attempts>,
    /// Password checks at a time.
    pub(super) hashing: Semaphore,
    /// The hash that is checked for a name nobody has, so that it costs the same.
    pub(super) decoy_hash: String,
}

impl ReviewState {
    /// Checks the options and draws the decoy password; takes as long as one password hash.
    ///
    /// # Errors
    /// A public origin that is none, a password cost that argon2 does not allow, or no randomness.
    pub fn new(
        store: Handle,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        options: Options,
    ) -> Result<Self, ReviewError> {
        if let Address::Public { origin } = &options.address {
            check_origin(origin)?;
        }
        let decoy = users::one_time_password(entropy.as_ref())?;
        let decoy_hash = users::hash_password(&decoy, entropy.as_ref(), options.password_cost)?;
        Ok(Self {
            store,
            clock,
            entropy,
            attempts: Mutex::new(Attempts::new(
                options.attempts_per_user_per_minute,
                options.attempts_per_minute,
            )),
            hashing: Semaphore::new(options.parallel_password_checks.max(1)),
            decoy_hash,
            options,
        })
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// An audit row of this moment. `purpose` is a word of the program's own.
    pub(super) fn audit(
        &self,
        by: &Actor,
        action: AuditAction,
        object: AuditObject,
        purpose: &str,
    ) -> AuditEntry {
        AuditEntry {
            at: self.now(),
            by: by.clone(),
            action,
            object,
            purpose: purpose.to_owned(),
        }
    }
}

fn check_origin(origin: &str) -> Result<(), ReviewError> {
    let host = origin.strip_prefix("https://").unwrap_or_default();
    let plain =
        |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || b"-.:[]".contains(&sign);
    if host.is_empty() || !host.bytes().all(plain) {
        return Err(ReviewError::PublicOrigin {
            written: origin.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn a_public_origin_is_https_and_a_host() {
        for good in [
            "https://review.example.org",
            "https://10.0.0.7:8443",
            "https://[::1]",
        ] {
            assert!(check_origin(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "https://",
            "http://review.example.org",
            "https://review.example.org/",
            "https://Review.example.org",
            "review.example.org",
        ] {
            assert!(check_origin(bad).is_err(), "{bad}");
        }
    }
}
