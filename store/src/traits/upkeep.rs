use std::collections::BTreeMap;

use crate::Result;

/// What the one who runs the store wants to know of it.
pub trait UpkeepStore {
    /// Rows and bytes as they are now. Counts every table: seconds on a database of millions.
    fn stats(&mut self) -> Result<Stats>;
}

/// How much is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Rows in each table, by its name.
    pub rows: BTreeMap<String, u64>,
    /// Bytes of the database, its journal left out.
    pub database_bytes: u64,
    /// Bytes inside the database that hold nothing.
    pub free_bytes: u64,
}
