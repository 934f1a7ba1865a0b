//! What SQLite leaves on the disk: nothing in plain, nothing lost, nothing taken for its own that
//! is not.

mod audit;
mod keys;
mod kill;
mod opening;
mod plain;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::support::Fresh;

/// The database behind the handle's back.
fn raw(store: &Fresh) -> Connection {
    Connection::open(database(store)).unwrap()
}

fn database(store: &Fresh) -> PathBuf {
    store.folder.path().join("store.db")
}

fn keys(store: &Fresh) -> PathBuf {
    store.folder.path().join("store.keys")
}

/// All files of a folder and the folders in it, with their bytes.
fn all_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(all_files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            files.push((path, bytes));
        }
    }
    files
}
