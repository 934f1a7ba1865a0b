//! The local pictures that listings of a scan name.
//!
//! Only local paths are read, and only plain files under a limit; an address is never asked for.
//!
//! Invariant: a picture's bytes are dropped once it is hashed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use model::PhotoHashes;
use rayon::prelude::*;

use super::{Held, Limits};

/// Pictures hashed so far, by path, or why not.
#[derive(Default)]
pub(super) struct Hashed(BTreeMap<PathBuf, Result<PhotoHashes, String>>);

impl Hashed {
    /// Reads and hashes the pictures at these paths.
    pub(super) fn add(&mut self, paths: &[PathBuf], limits: &photo::Limits) {
        let hashed: Vec<_> = paths.par_iter().map(|path| hash(path, limits)).collect();
        self.0.extend(paths.iter().cloned().zip(hashed));
    }

    pub(super) fn n_looked_at(&self) -> u64 {
        self.0.len() as u64
    }

    pub(super) fn n_hashed(&self) -> u64 {
        self.0.values().filter(|hashed| hashed.is_ok()).count() as u64
    }
}

/// The paths to look at, each once, in order.
pub(super) fn wanted(held: &[Held], folders: &[PathBuf], limits: &Limits) -> Vec<PathBuf> {
    let paths: BTreeSet<PathBuf> = held
        .iter()
        .flat_map(|listing| local(listing, folders, limits).map(|(_, path)| path))
        .collect();
    paths.into_iter().collect()
}

/// Gives a listing its pictures' hashes, and a problem for each that could not be read.
pub(super) fn attach(held: &mut Held, folders: &[PathBuf], hashed: &Hashed, limits: &Limits) {
    let mut problems = Vec::new();
    let mut photos = Vec::new();
    for (image, path) in local(held, folders, limits) {
        match hashed.0.get(&path) {
            Some(Ok(hashes)) => photos.push(*hashes),
            Some(Err(why)) => problems.push(format!("`images`: `{image}` {why}")),
            None => {}
        }
    }
    let n_images = held.version.images.len();
    if n_images > limits.max_images {
        problems.push(format!(
            "`images`: {n_images} pictures, of which the first {} were looked at",
            limits.max_images
        ));
    }
    held.photos = photos;
    held.problems.extend(problems);
}

fn local<'a>(
    held: &'a Held,
    folders: &'a [PathBuf],
    limits: &Limits,
) -> impl Iterator<Item = (&'a str, PathBuf)> {
    held.version
        .images
        .iter()
        .take(limits.max_images)
        .filter(|image| !is_address(image))
        .map(|image| (image.as_str(), folders[held.input].join(image.trim())))
}

/// Whether this is an address (`scheme:…`) and no path.
fn is_address(image: &str) -> bool {
    let Some((scheme, rest)) = image.trim().split_once(':') else {
        return image.trim().starts_with("//");
    };
    // A single letter is a drive, as in `C:\pictures`.
    scheme.len() > 1
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && (rest.starts_with("//") || ["data", "cid", "blob"].contains(&scheme))
}

fn hash(path: &Path, limits: &photo::Limits) -> Result<PhotoHashes, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    // A folder, a pipe or a device could hold this up for ever.
    let kind = std::fs::metadata(path).map_err(unreadable)?;
    if !kind.is_file() {
        return Err("cannot be read: not a plain file".to_owned());
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // One byte beyond the limit, so that `photo` sees that it is passed.
    file.take(limits.max_bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    photo::hash(&bytes, limits).map_err(|error| format!("cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for (image, expected) in [
            ("https://example.org/a.jpg", true),
            ("HTTP://example.org/a.jpg", true),
            ("//example.org/a.jpg", true),
            ("data:image/png;base64,", true),
            ("a.jpg", false),
            ("/var/a.jpg", false),
            ("pictures/a:b.jpg", false),
            ("C:\\pictures\\a.jpg", false),
            ("../a.jpg", false),
        ] {
            assert_eq!(is_address(image), expected, "{image}");
        }
    }
}
