use model::{AuditEntry, Digest};

use crate::Result;

/// The append-only audit, hash-chained.
pub trait AuditStore {
    /// Appends a row; numbers and chains it.
    ///
    /// # Errors
    /// [`crate::StoreError::Invalid`] when the purpose is more than a word of the program's own:
    /// 1 to 64 of `a-z`, `0-9` and `-_.:,/`, at most 4 digits in a row.
    fn append_audit(&mut self, entry: &AuditEntry) -> Result<()>;

    /// Rows from the one after `after` (a row number), at most `limit`.
    fn audit(&mut self, after: Option<i64>, limit: u32) -> Result<Vec<AuditRow>>;

    /// Recomputes every chain. Returns the first row that does not fit, or how many rows fit.
    fn verify_audit(&mut self) -> Result<AuditVerdict>;
}

/// A row of the audit as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number in the database.
    pub number: i64,
    /// The writing process's chain.
    pub chain: String,
    /// Its place in that chain, from 1.
    pub position: i64,
    /// What happened.
    pub entry: AuditEntry,
    /// Digest of the row before it in the chain.
    pub previous: Digest,
    /// Digest of this row with the one before it.
    pub digest: Digest,
}

/// Whether the audit is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// All rows fit.
    Whole {
        /// How many.
        rows: u64,
    },
    /// A row does not fit the one before it, or its own content.
    Broken {
        /// The row's number.
        number: i64,
        /// What is wrong.
        reason: String,
    },
}
