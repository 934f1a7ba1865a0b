//! Where data go: standard output, or a file that is there whole or not at all.
//!
//! Invariant: a run that fails leaves the file as it was (test `a_failed_scan_leaves_no_output` in
//! `tests/scan.rs` of the suite).

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::CliError;
use crate::error::{ClosedPipe, ErrorContext};

/// Where data go.
pub(crate) struct Output {
    to: BufWriter<To>,
    path: Option<PathBuf>,
}

enum To {
    Stdout(Stdout),
    /// A new file beside the one that it will replace. Readable by its owner only: what is found
    /// in advertisements is nobody else's business.
    Beside(NamedTempFile),
    /// What cannot be replaced: a pipe or a device.
    Special(File),
}

impl Output {
    /// Opens a file, or standard output for `None` and `-`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, CliError> {
        let path = path.filter(|path| *path != Path::new("-"));
        let Some(path) = path else {
            return Ok(Self {
                to: BufWriter::new(To::Stdout(io::stdout())),
                path: None,
            });
        };
        let to = open_file(path).context(|| format!("cannot write `{}`", path.display()))?;
        Ok(Self {
            to: BufWriter::with_capacity(1 << 16, to),
            path: Some(path.to_path_buf()),
        })
    }

    /// The file that is being written, until it is put in its place.
    pub(crate) fn half(&self) -> Option<PathBuf> {
        match self.to.get_ref() {
            To::Beside(file) => Some(file.path().to_path_buf()),
            To::Stdout(_) | To::Special(_) => None,
        }
    }

    /// Puts the file in its place. Without this nothing of it stays.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub(crate) fn finish(self) -> Result<(), CliError> {
        let Self { to, path } = self;
        let finished = to
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|to| match to {
                To::Stdout(mut stdout) => stdout.flush().map_err(name_closed_pipe),
                To::Special(mut file) => file.flush(),
                To::Beside(file) => {
                    file.as_file().sync_all()?;
                    let path = path.as_deref().unwrap_or(Path::new(""));
                    file.persist(path).map(drop).map_err(|error| error.error)
                }
            });
        match path {
            Some(path) => finished.context(|| format!("cannot write `{}`", path.display())),
            None => Ok(finished?),
        }
    }
}

fn open_file(path: &Path) -> io::Result<To> {
    match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(io::Error::other("it is a folder; name a file in it")),
        Ok(there) if !there.is_file() => {
            Ok(To::Special(OpenOptions::new().write(true).open(path)?))
        }
        _ => {
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            let mut prefix = std::ffi::OsString::from(".");
            prefix.push(path.file_name().unwrap_or_default());
            tempfile::Builder::new()
                .prefix(&prefix)
                .suffix(".part")
                .tempfile_in(folder.unwrap_or(Path::new(".")))
                .map(To::Beside)
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Write for To {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes).map_err(name_closed_pipe),
            Self::Beside(file) => file.write(bytes),
            Self::Special(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush().map_err(name_closed_pipe),
            Self::Beside(file) => file.flush(),
            Self::Special(file) => file.flush(),
        }
    }
}

fn name_closed_pipe(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::BrokenPipe {
        io::Error::other(ClosedPipe)
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let names = || std::fs::read_dir(folder.path()).unwrap().count();

        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"half").unwrap();
        output.flush().unwrap();
        assert!(!path.exists());
        drop(output);
        assert_eq!(names(), 0, "a run that fails leaves nothing");

        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"whole").unwrap();
        output.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "whole");

        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"half").unwrap();
        drop(output);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(names(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing/out.jsonl");
        let error = Output::open(Some(&missing)).err().unwrap().to_string();
        assert!(error.contains("missing/out.jsonl"), "{error}");
        let error = Output::open(Some(folder.path())).err().unwrap().to_string();
        assert!(
            error.ends_with("it is a folder; name a file in it"),
            "{error}"
        );
    }
}
