//! What can fail where the stages meet.

use std::io;
use std::path::PathBuf;

/// Why a run of joined stages stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The crawl could not begin or go on.
    #[error(transparent)]
    Crawl(#[from] crawler::CrawlError),
    /// An input could not be opened.
    #[error("cannot open `{}`", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// An input could not be read as listings.
    #[error("cannot read `{input}`")]
    Read {
        /// The input, as it was named.
        input: String,
        /// Why.
        source: wire::WireError,
    },
    /// More listings than one scan may hold in memory.
    #[error(
        "more than {max_listings} listings; scan fewer at a time, or raise \
         `scan.max_listings` in the config file"
    )]
    TooManyListings {
        /// The limit.
        max_listings: usize,
    },
    /// The answers could not be written.
    #[error("cannot write the answers")]
    Write(#[source] io::Error),
    /// Somebody asked to stop.
    #[error("stopped; nothing was kept")]
    Stopped,
    /// The threads could not be started.
    #[error("cannot start {n_threads} threads")]
    Threads {
        /// How many were asked for.
        n_threads: usize,
        /// The system's reason.
        source: rayon::ThreadPoolBuildError,
    },
}
