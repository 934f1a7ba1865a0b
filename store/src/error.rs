use std::io;
use std::path::PathBuf;

/// What went wrong.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address of the store cannot be read.
    #[error("`{written}` is no address of a store: {why}")]
    Url {
        /// As it was written.
        written: String,
        /// What is wrong, and what to write.
        why: String,
    },
    /// An option has a value that cannot work.
    #[error("option `{option}` of the store is {value}: {why}")]
    Option {
        /// The option.
        option: &'static str,
        /// Its value.
        value: u64,
        /// What to write.
        why: &'static str,
    },
    /// A file or folder could not be used.
    #[error(
        "cannot {action} `{path}`: check that the folder exists and that this user may write there"
    )]
    File {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Another process writes to the database.
    #[error(
        "`{database}` is in use by another process, which holds `{lock}`: stop that one, or let one process do all with `waaklicht run`, or give this one a database of its own"
    )]
    InUse {
        /// The database.
        database: PathBuf,
        /// The lock file.
        lock: PathBuf,
    },
    /// The database was written by a newer program.
    #[error(
        "`{database}` has version {found} and this program knows versions up to {known}: use the program that wrote it, or a newer one; nothing was changed"
    )]
    Newer {
        /// The database.
        database: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file is something else.
    #[error("`{path}` is no database of waaklicht: give another path; nothing was changed")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The keys folder is gone, or is that of another database.
    #[error(
        "the keys of `{database}` are not in `{folder}` ({why}): bring that folder back from where it was moved or saved, without it no text can be opened; or begin with a new database"
    )]
    KeysLost {
        /// The database.
        database: PathBuf,
        /// Where its keys should be.
        folder: PathBuf,
        /// What was found instead.
        why: String,
    },
    /// The folder that was given for keys holds something else.
    #[error(
        "`{folder}` holds other files, or the keys of another database, and is not taken over as a keys folder: give an empty or a new one, `sqlite:PATH?keys=FOLDER`"
    )]
    KeysFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// A data key is neither there nor destroyed by the program.
    #[error(
        "the key file `{path}` is missing and was not destroyed by this program: bring it back, without it what was sealed on that day cannot be opened"
    )]
    KeyMissing {
        /// The file.
        path: PathBuf,
    },
    /// A key file does not hold a key.
    #[error("the key file `{path}` is damaged: {why}; bring back an undamaged copy")]
    KeyDamaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Sealed bytes do not open under their key at their place.
    #[error(
        "`{table}` row `{row}` does not open: its bytes were changed or moved, or its key is that of another database; restore the row from a backup"
    )]
    Damaged {
        /// The table.
        table: &'static str,
        /// The row's identity.
        row: String,
    },
    /// A row holds something that this program does not know.
    #[error(
        "`{table}` holds what this program cannot read: {why}; restore the database from a backup"
    )]
    Unreadable {
        /// The table.
        table: &'static str,
        /// What is wrong.
        why: String,
    },
    /// The database cannot grow.
    #[error(
        "no room for `{database}`: the disk is full, or the database reached `size_limit_bytes`; make room and start again, everything that was acknowledged is kept"
    )]
    Full {
        /// The database.
        database: PathBuf,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes for {purpose}: {why}")]
    Entropy {
        /// For what.
        purpose: &'static str,
        /// The system's answer.
        why: String,
    },
    /// Somebody else was writing, time and again.
    #[error(
        "the database was busy each time this was tried; if another program has it open, close that one and try again"
    )]
    Busy,
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
    /// What was named is not there.
    #[error("{what} `{id}` is not known to the store; keep it first")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// What was to be kept lacks something, or is too large.
    #[error("{what} cannot be kept: {why}")]
    Invalid {
        /// What.
        what: &'static str,
        /// What is missing, and what to do.
        why: String,
    },
    /// A write inside [`crate::Handle::read`].
    #[error("{0} writes, so it is done with `Handle::write`, not with `Handle::read`")]
    ReadOnly(&'static str),
    /// A closure waited for the store that runs it.
    #[error("a closure of the store waited for the store itself: use the transaction it was given")]
    Nested,
    /// The closure panicked; what it did was undone.
    #[error("the work inside a transaction panicked and was undone: {message}")]
    Panicked {
        /// What the panic said.
        message: String,
    },
    /// The store was shut down.
    #[error("the store was shut down before this could be done")]
    Closed,
    /// A step to a newer version of the database failed; it was undone.
    #[error("`{database}` could not be brought to version {number}; it is as it was before")]
    Migration {
        /// The database.
        database: PathBuf,
        /// The version.
        number: i64,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database file is damaged.
    #[error("`{database}` is damaged; restore it from a backup, with its keys folder")]
    Corrupt {
        /// The database.
        database: PathBuf,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database said no.
    #[error("the database gave an error")]
    Database {
        /// What it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether doing the same again may succeed: the closure is run again.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Busy)
    }

    pub(crate) fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
