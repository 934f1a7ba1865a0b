//! Why a crawl as a whole cannot go on. What happens at one address is never an error of the
//! crawl: it is an outcome, and it is in the report.

use crate::profile::ProfileError;

/// Why a crawl cannot begin or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CrawlError {
    /// A profile is refused.
    #[error("{0}")]
    Profile(#[from] ProfileError),
    /// Two profiles name the same host: whose rules hold there?
    #[error("host `{host}` is in the scope of both `{first}` and `{second}`: leave it to one")]
    SharedHost {
        /// The host.
        host: String,
        /// A site.
        first: String,
        /// Another.
        second: String,
    },
    /// The worker's name is no actor.
    #[error("worker name `{0}` cannot be used: write visible ASCII characters without spaces")]
    Worker(String),
    /// The HTTP client could not be set up.
    #[error("cannot set up the HTTP client: {0}")]
    Client(String),
    /// The store failed.
    #[error("cannot keep what was crawled")]
    Store(#[from] store::StoreError),
    /// A task of the crawl broke off.
    #[error("a part of the crawl broke off: {0}")]
    Broken(String),
}
