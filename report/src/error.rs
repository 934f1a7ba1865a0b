//! What can go wrong in an export.

use std::io;

use store::StoreError;

/// Why an export ended early. What was written before stays written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// There is no export of this name.
    #[error("no export is called `{name}`; known: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The store failed.
    #[error("cannot read `{export}` out of the store after {rows} rows")]
    Store {
        /// The export.
        export: &'static str,
        /// Rows written before.
        rows: u64,
        /// What the store said.
        #[source]
        source: StoreError,
    },
    /// The writer failed.
    #[error("cannot write `{export}` after {rows} rows")]
    Write {
        /// The export.
        export: &'static str,
        /// Rows written before.
        rows: u64,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Rows of a site whose legal ground is not in the store.
    #[error(
        "the legal ground of site `{site}` is not in the store, so its rows stay here; crawl it once with its profile, which keeps the ground"
    )]
    NoGround {
        /// The site.
        site: String,
    },
    /// The summary cannot be written as JSON.
    #[error("cannot write the legal grounds of `{export}` as json")]
    Ground {
        /// The export.
        export: &'static str,
        /// What serde said.
        #[source]
        source: serde_json::Error,
    },
}
