//! What came of a request: always a value, never an error to be lost.

use std::net::SocketAddr;

use model::Timestamp;
use store::{Traffic, Validators};
use url::Url;

use super::RetryAfter;
use crate::warc::Truncated;

/// What came of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// What it means.
    pub outcome: FetchOutcome,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// What is counted against the site's caps.
    pub traffic: Traffic,
    /// When the head arrived, or the request failed.
    pub at: Timestamp,
    /// What went over the wire, where there was an answer.
    pub exchange: Option<Exchange>,
}

/// What an answer means for the crawl.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchOutcome {
    /// An answer with a body.
    Body(Answer),
    /// As it was when the validators were given.
    Unchanged,
    /// It stands elsewhere.
    Redirect {
        /// Where, resolved against the address; the reason where it leads nowhere.
        to: Result<Url, &'static str>,
    },
    /// It is gone: 410, or 404.
    Gone,
    /// The host is busy: 429, or 503 that says when to come back.
    Busy(RetryAfter),
    /// The host does not want to be asked: 401, 402, 403, 407, 451.
    Walled,
    /// Some other answer that is no page, and asking again will not help.
    Unusable {
        /// Why, for people.
        reason: String,
    },
    /// It failed, and may work later.
    Failed(Failure),
}

/// An answer's body, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// What to ask with the next time.
    pub validators: Validators,
}

/// Why a request failed in passing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection, or none that TLS trusts.
    #[error("no connection")]
    Connect,
    /// No head in time.
    #[error("no answer in time")]
    HeadTimeout,
    /// The body took too long.
    #[error("body not complete in time")]
    BodyTimeout,
    /// The body came too slowly.
    #[error("body too slow")]
    TooSlow,
    /// The connection broke, or the answer was no HTTP.
    #[error("connection broke or answer is not HTTP")]
    Broken,
    /// 5xx.
    #[error("server error {0}")]
    Server(u16),
    /// 304, though nothing was asked.
    #[error("304 without a question")]
    UnaskedNotModified,
    /// Connected to an address that was not checked.
    #[error("connected to an address that is not allowed")]
    WrongPeer,
}

/// What went over the wire, for the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Request line and headers.
    pub request_head: String,
    /// Status line and headers.
    pub response_head: Vec<u8>,
    /// The body after transfer-decoding.
    pub body: Vec<u8>,
    /// Why it is not whole.
    pub truncated: Option<Truncated>,
    /// The address connected to.
    pub peer: Option<SocketAddr>,
    /// How long it took.
    pub duration_ms: u64,
}
