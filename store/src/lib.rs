//! Keeps everything: narrow traits joined in a unit of work, SQLite behind them.
mod traits;
pub use traits::*;
/// What went wrong.
pub type Result<T> = std::result::Result<T, StoreError>;
/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another worker holds the host by now.
    #[error(
        "host `{host}` was taken over by another worker; this worker's results for it are dropped"
    )]
    Fenced {
        /// The host.
        host: String,
    },
    /// What was to be changed is no longer what was seen.
    #[error("{0}")]
    Conflict(String),
}
