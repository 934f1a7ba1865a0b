//! Files for their owner only, written whole or not at all, and onto the disk before anything
//! rests on them.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::{Result, StoreError};

/// Bytes of a key.
pub(super) const KEY_BYTES: usize = 32;

const UNFINISHED_ENDING: &str = ".unfinished";

/// Zeros over the key before its file goes. A disk that copies on write keeps the old bytes for a
/// while all the same: whoever needs more keeps the keys folder on an encrypted volume.
pub(super) fn overwrite(path: &Path, n_bytes: usize) -> Result<()> {
    let error = || StoreError::file("overwrite the key file", path);
    let mut file = OpenOptions::new().write(true).open(path).map_err(error())?;
    file.write_all(&vec![0; n_bytes]).map_err(error())?;
    file.sync_all().map_err(error())
}

pub(super) fn read_key(path: &Path) -> Result<Option<[u8; KEY_BYTES]>> {
    match fs::read(path) {
        Ok(bytes) => bytes
            .as_slice()
            .try_into()
            .map(Some)
            .map_err(|_| StoreError::KeyDamaged {
                path: path.to_owned(),
                why: format!("it has {} bytes and not {KEY_BYTES}", bytes.len()),
            }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::file("read the key file", path)(error)),
    }
}

pub(super) fn read_text(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::file("read", path)(error)),
    }
}

/// Writes a file whole or not at all, and onto the disk before anything rests on it.
pub(super) fn write_private(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    let unfinished = folder.join(format!("{name}{UNFINISHED_ENDING}"));
    let error = || StoreError::file("write", &path);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&unfinished).map_err(error())?;
    file.write_all(bytes).map_err(error())?;
    file.sync_all().map_err(error())?;
    drop(file);
    fs::rename(&unfinished, &path).map_err(error())?;
    sync_folder(folder)
}

pub(super) fn remove_unfinished(folder: &Path) -> Result<()> {
    for name in names_in(folder)? {
        if name.ends_with(UNFINISHED_ENDING) {
            let path = folder.join(name);
            fs::remove_file(&path).map_err(StoreError::file("remove", &path))?;
        }
    }
    Ok(())
}

pub(super) fn names_in(folder: &Path) -> Result<Vec<String>> {
    let error = || StoreError::file("list the keys folder", folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(error())? {
        names.extend(entry.map_err(error())?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

pub(super) fn make_private_folder(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
        .create(folder)
        .map_err(StoreError::file("make the keys folder", folder))?;
    // The new folder's own name must be on disk before a database rests on what it holds.
    match folder.canonicalize().ok().as_deref().and_then(Path::parent) {
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

pub(super) fn restrict_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let error = || StoreError::file("restrict the keys folder to its owner", folder);
        let metadata = fs::metadata(folder).map_err(error())?;
        if metadata.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(error())?;
        }
    }
    Ok(())
}

/// On Unix a new or removed name is on disk only when its folder is.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::file("flush the keys folder", folder))?;
    Ok(())
}
