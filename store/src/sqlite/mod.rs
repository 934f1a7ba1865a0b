//! The SQLite backend: one file, one writing thread, readers beside it (WAL).
//!
//! Invariant: one process at a time. A second one is refused by a lock that the first holds for
//! its life and that the system takes back when it is killed.

mod assessment;
mod audit;
mod capture;
mod case;
mod connection;
mod frontier;
mod link;
mod listing;
mod lock;
mod migrate;
mod photo;
#[cfg(test)]
mod plans;
mod row;
mod site;
mod tx;
mod upkeep;
mod user;

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::Entropy;

use crate::seal::{Folder, Keys, Sealer};
use crate::{Options, Result, StoreError};
use connection::{Mode, SqliteConnection};
use lock::Lock;

/// A backend ready to be put on threads.
pub(crate) struct Opened<C> {
    pub(crate) writer: C,
    pub(crate) readers: Vec<C>,
    pub(crate) keys: Arc<Keys>,
}

/// What all connections of one opening share.
#[derive(Clone)]
struct Shared {
    database: PathBuf,
    options: Options,
    sealer: Sealer,
    /// The name of this process's audit chain.
    chain: String,
}

pub(crate) fn open(
    database: &Path,
    keys_folder: &Path,
    options: &Options,
    entropy: Arc<dyn Entropy>,
) -> Result<Opened<SqliteConnection>> {
    if let Some(parent) = database
        .parent()
        .filter(|path| !path.as_os_str().is_empty())
    {
        fs::create_dir_all(parent).map_err(StoreError::file("make the folder", parent))?;
    }
    make_private_file(database)?;
    // Two names of one file must meet in one lock.
    let database = fs::canonicalize(database).map_err(StoreError::file("open", database))?;
    let lock = Lock::take(&database)?;

    let mut writer = connection::connect(&database, options, Mode::Write)?;
    let known = migrate::look(&writer, &database)?;
    let folder = match known.version {
        0 => Folder::MayBegin,
        _ => Folder::Has,
    };
    let keys = Keys::open(
        keys_folder,
        folder,
        options.key_cache_max,
        Arc::clone(&entropy),
        |why| StoreError::KeysLost {
            database: database.clone(),
            folder: keys_folder.to_owned(),
            why,
        },
    )?;
    connection::begin_journal(&writer, options)?;
    migrate::run(&mut writer, &database, known, keys.id())?;
    let id = migrate::keys_id(&writer)?;
    if id != keys.id() {
        return Err(StoreError::KeysLost {
            database,
            folder: keys_folder.to_owned(),
            why: "that folder belongs to another database".to_owned(),
        });
    }

    let keys = Arc::new(keys);
    let mut chain = [0; 16];
    entropy
        .fill(&mut chain)
        .map_err(|why| StoreError::Entropy {
            purpose: "the name of an audit chain",
            why,
        })?;
    let shared = Shared {
        database: database.clone(),
        options: options.clone(),
        sealer: Sealer::new(Arc::clone(&keys), entropy),
        chain: chain.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let readers = (0..options.reader_threads)
        .map(|_| {
            let connection = connection::connect(&database, options, Mode::Read)?;
            Ok(SqliteConnection::new(
                connection,
                shared.clone(),
                Mode::Read,
                None,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Opened {
        writer: SqliteConnection::new(writer, shared, Mode::Write, Some(lock)),
        readers,
        keys,
    })
}

/// Makes the database file for its owner only, where there is none; the journal gets the same
/// permissions from SQLite.
fn make_private_file(database: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
        .open(database)
        .map(drop)
        .map_err(StoreError::file("open for writing", database))
}
