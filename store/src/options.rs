use crate::{Result, StoreError};

/// The limits of a store. Every one has a default that suits a machine of two cores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Writes of people that wait at most; whoever asks for one more waits for room.
    pub interactive_queue_max: usize,
    /// Bulk writes that wait at most.
    pub bulk_queue_max: usize,
    /// Reads that wait at most.
    pub read_queue_max: usize,
    /// Threads that read.
    pub reader_threads: usize,
    /// A batch of bulk writes that is committed together ends after so many milliseconds, so that
    /// an interactive write does not wait longer. 20 ms, our own choice: nobody notices it.
    pub batch_ms: u64,
    /// And after so many writes.
    pub batch_writes_max: usize,
    /// How often a closure is run again after a passing failure, such as a busy database.
    pub reruns_max: u32,
    /// How long SQLite waits for another program that holds the database, in milliseconds.
    pub busy_timeout_ms: u32,
    /// The longest page that a method with a `limit` gives.
    pub page_rows_max: u32,
    /// Versions of one listing that [`crate::ListingStore::versions`] gives, the newest.
    pub versions_max: u32,
    /// Members that a case file shows in full, those first that raised it.
    pub case_members_max: usize,
    /// Data keys held in memory.
    pub key_cache_max: usize,
    /// Memory for pages of the database, in KiB for each connection.
    pub page_cache_kib: u32,
    /// Bytes that the journal is cut back to.
    pub journal_limit_bytes: u64,
    /// Bytes that the database may grow to; `None`: as far as the disk goes.
    pub size_limit_bytes: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            interactive_queue_max: 1_024,
            bulk_queue_max: 1_024,
            read_queue_max: 1_024,
            reader_threads: 2,
            batch_ms: 20,
            batch_writes_max: 256,
            reruns_max: 8,
            busy_timeout_ms: 5_000,
            page_rows_max: 10_000,
            versions_max: 1_000,
            case_members_max: 500,
            key_cache_max: 1_024,
            page_cache_kib: 16 * 1_024,
            journal_limit_bytes: 64 * 1_024 * 1_024,
            size_limit_bytes: None,
        }
    }
}

impl Options {
    pub(crate) fn check(&self) -> Result<()> {
        let counts = [
            ("interactive_queue_max", self.interactive_queue_max),
            ("bulk_queue_max", self.bulk_queue_max),
            ("read_queue_max", self.read_queue_max),
            ("reader_threads", self.reader_threads),
            ("batch_writes_max", self.batch_writes_max),
            ("page_rows_max", self.page_rows_max as usize),
            ("versions_max", self.versions_max as usize),
            ("case_members_max", self.case_members_max),
            ("key_cache_max", self.key_cache_max),
        ];
        for (option, value) in counts {
            if value == 0 {
                return Err(StoreError::Option {
                    option,
                    value: 0,
                    why: "write 1 or more",
                });
            }
        }
        if self.reader_threads > 64 {
            return Err(StoreError::Option {
                option: "reader_threads",
                value: self.reader_threads as u64,
                why: "write at most 64; more readers than cores gain nothing",
            });
        }
        Ok(())
    }

    /// Refuses a page that is longer than `page_rows_max`.
    pub(crate) fn page(&self, limit: u32) -> Result<i64> {
        if limit > self.page_rows_max {
            return Err(StoreError::Option {
                option: "page_rows_max",
                value: self.page_rows_max.into(),
                why: "a longer page was asked for; ask for shorter ones, one after the other",
            });
        }
        Ok(limit.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_works_and_zero_is_refused_by_name() {
        assert!(Options::default().check().is_ok());
        let none = Options {
            bulk_queue_max: 0,
            ..Options::default()
        };
        let error = none.check().unwrap_err().to_string();
        assert_eq!(
            error,
            "option `bulk_queue_max` of the store is 0: write 1 or more"
        );
    }

    #[test]
    fn a_page_beyond_the_limit_is_refused_not_cut() {
        let options = Options::default();
        assert!(options.page(options.page_rows_max).is_ok());
        assert!(options.page(options.page_rows_max + 1).is_err());
    }
}
