//! Every bound of a crawl, with its default.

use serde::{Deserialize, Serialize};

/// Bounds of a crawl. What depends on the site stands in its profile instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Requests a second over all hosts together.
    pub requests_per_second: u32,
    /// Hosts that are visited at the same time.
    pub hosts_at_once: usize,
    /// Name of this worker, for leases; two processes on one store need two names.
    pub worker: String,
    /// How long a host is leased at a time; renewed at half of it.
    pub lease_ms: i64,
    /// A host that may only be asked later than this from now is left for another round.
    pub patience_ms: i64,
    /// Time between two attempts at an address that failed in passing; doubles with each.
    pub retry_wait_ms: i64,
    /// Attempts at a failed address within one round.
    pub attempts_per_round: u16,
    /// Failures in a row after which an address is given up.
    pub failures_until_given_up: u16,
    /// Server errors in a row after which a host is left alone for this round.
    pub server_errors_in_a_row: u32,
    /// Longest wait that a host can ask for with `Retry-After`: 24 h; above it the operator looks.
    pub retry_after_max_ms: i64,
    /// Steps from a start page that are followed.
    pub steps: u16,
    /// Redirects in a row.
    pub redirects: usize,
    /// Photos of one listing.
    pub photos_per_listing: usize,
    /// Addresses visited in one round at one site, whatever its daily cap.
    pub visits_per_round: u64,
    /// Of one request.
    pub fetch: FetchLimits,
}

/// Bounds of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchLimits {
    /// For resolving a name.
    pub resolve_ms: u64,
    /// From connecting to the end of the head.
    pub head_ms: u64,
    /// For the whole body.
    pub body_ms: u64,
    /// Bytes a second below which a body is given up.
    pub body_bytes_per_second: u64,
    /// Time over which that rate is taken.
    pub rate_window_ms: u64,
    /// Body, as it comes over the wire.
    pub body_bytes: usize,
    /// Body, unpacked.
    pub unpacked_bytes: usize,
    /// Headers of an answer.
    pub headers: usize,
    /// All headers of an answer together.
    pub header_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_second: 50,
            hosts_at_once: 200,
            worker: "process:crawler".to_owned(),
            lease_ms: 60_000,
            patience_ms: 120_000,
            retry_wait_ms: 60_000,
            attempts_per_round: 2,
            failures_until_given_up: 5,
            server_errors_in_a_row: 5,
            retry_after_max_ms: 24 * 3_600_000,
            steps: 500,
            redirects: 5,
            photos_per_listing: 20,
            visits_per_round: 100_000,
            fetch: FetchLimits::default(),
        }
    }
}

/// 15 s for the head, 60 s and 1 kB/s for the body, 5 MB packed and 10 MB unpacked: our own choices,
/// far above what an advertisement needs and far below what harms. The hostile answers that each of
/// them meets are played in `tests/rounds/hostile.rs`.
impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            resolve_ms: 5_000,
            head_ms: 15_000,
            body_ms: 60_000,
            body_bytes_per_second: 1_000,
            rate_window_ms: 10_000,
            body_bytes: 5_000_000,
            unpacked_bytes: 10_000_000,
            headers: 200,
            header_bytes: 64 * 1024,
        }
    }
}
