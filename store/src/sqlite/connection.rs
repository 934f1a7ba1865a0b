use std::io;
use std::path::Path;

use rusqlite::{Connection as Raw, ErrorCode, OpenFlags};

use super::Shared;
use super::lock::Lock;
use super::tx::SqliteTx;
use crate::run::Connection;
use crate::{Options, Result, StoreError, Tx};

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Read,
    Write,
}

/// A connection with what a transaction needs beside it.
pub(crate) struct SqliteConnection {
    raw: Raw,
    shared: Shared,
    mode: Mode,
    /// Held until the connection is gone.
    _lock: Option<Lock>,
}

/// Prepared statements that a connection keeps: more than the store has.
const STATEMENTS_MAX: usize = 128;

pub(super) fn connect(database: &Path, options: &Options, mode: Mode) -> Result<Raw> {
    // Without a mutex: each connection belongs to one thread.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let raw = Raw::open_with_flags(database, flags).map_err(|error| located(error, database))?;
    set_up(&raw, options, mode).map_err(|error| located(error, database))?;
    Ok(raw)
}

fn set_up(raw: &Raw, options: &Options, mode: Mode) -> rusqlite::Result<()> {
    raw.busy_timeout(std::time::Duration::from_millis(
        options.busy_timeout_ms.into(),
    ))?;
    raw.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // Answers are given after the flush to disk (`synchronous = FULL`), what is removed is
    // overwritten with zeros, nothing sorted is put into files.
    raw.execute_batch(&format!(
        "PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA synchronous = FULL;
         PRAGMA cache_size = -{};",
        options.page_cache_kib
    ))?;
    match mode {
        Mode::Read => raw.execute_batch("PRAGMA query_only = ON;"),
        Mode::Write => limit_size(raw, options),
    }
}

/// Settings that are written into the file; made once it is known to be ours.
pub(super) fn begin_journal(raw: &Raw, options: &Options) -> rusqlite::Result<()> {
    raw.pragma_update(None, "journal_mode", "WAL")?;
    raw.pragma_update(
        None,
        "journal_size_limit",
        options.journal_limit_bytes.min(i64::MAX as u64) as i64,
    )
}

fn limit_size(raw: &Raw, options: &Options) -> rusqlite::Result<()> {
    let Some(limit_bytes) = options.size_limit_bytes else {
        return Ok(());
    };
    let page_bytes: i64 = raw.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let pages = i64::try_from(limit_bytes).unwrap_or(i64::MAX) / page_bytes.max(1);
    raw.query_row(
        &format!("PRAGMA max_page_count = {}", pages.max(1)),
        [],
        |_| Ok(()),
    )
}

impl SqliteConnection {
    pub(super) fn new(raw: Raw, shared: Shared, mode: Mode, lock: Option<Lock>) -> Self {
        Self {
            raw,
            shared,
            mode,
            _lock: lock,
        }
    }

    fn execute(&self, sql: &str) -> Result<()> {
        self.raw
            .execute_batch(sql)
            .map_err(|error| located(error, &self.shared.database))
    }
}

impl Connection for SqliteConnection {
    fn begin(&mut self) -> Result<()> {
        self.execute(match self.mode {
            Mode::Read => "BEGIN",
            Mode::Write => "BEGIN IMMEDIATE",
        })
    }

    fn run(&mut self, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()> {
        if self.mode == Mode::Write {
            self.execute("SAVEPOINT work")?;
        }
        let mut tx = SqliteTx {
            raw: &self.raw,
            sealer: &self.shared.sealer,
            options: &self.shared.options,
            chain: &self.shared.chain,
            may_write: self.mode == Mode::Write,
        };
        let outcome = work(&mut tx).map_err(|error| relocated(error, &self.shared.database));
        if self.mode == Mode::Write && self.in_transaction() {
            let ended = match &outcome {
                Ok(()) => self.execute("RELEASE work"),
                Err(_) => self.execute("ROLLBACK TO work; RELEASE work"),
            };
            if let Err(error) = ended {
                // What the work did may stand half: nothing of the transaction may be kept.
                self.roll_back();
                return outcome.and(Err(error));
            }
        }
        outcome
    }

    fn in_transaction(&self) -> bool {
        !self.raw.is_autocommit()
    }

    fn commit(&mut self) -> Result<()> {
        self.execute("COMMIT")
    }

    fn roll_back(&mut self) {
        if self.in_transaction()
            && let Err(error) = self.execute("ROLLBACK")
        {
            tracing::error!(%error, "the store could not undo a transaction");
        }
    }

    fn close(&mut self) {
        if self.mode == Mode::Write
            && let Err(error) =
                self.raw
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        {
            // Nothing is lost: the journal stays and is read at the next start.
            tracing::warn!(%error, "the store could not empty its journal");
        }
    }
}

/// What SQLite says, with the file that it says it of.
fn located(error: rusqlite::Error, database: &Path) -> StoreError {
    relocated(error.into(), database)
}

fn relocated(error: StoreError, database: &Path) -> StoreError {
    let StoreError::Database { source } = error else {
        return error;
    };
    let code = source
        .downcast_ref::<rusqlite::Error>()
        .and_then(rusqlite::Error::sqlite_error_code);
    match code {
        Some(ErrorCode::DiskFull) => StoreError::Full {
            database: database.to_owned(),
        },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => {
            StoreError::File {
                action: "read or write the database",
                path: database.to_owned(),
                source: io::Error::other(source),
            }
        }
        Some(ErrorCode::NotADatabase) => StoreError::Foreign {
            path: database.to_owned(),
        },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt {
            database: database.to_owned(),
            source,
        },
        _ => StoreError::Database { source },
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Database {
                source: Box::new(error),
            },
        }
    }
}
