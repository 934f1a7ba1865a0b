//! Errors as a person reads them: what was tried, then why it failed.

use std::error::Error;
use std::fmt;

use crate::ExitCode;

/// What ended a command. It is printed once, by [`crate::run`].
///
/// It takes any error by `?`; [`ErrorContext::context`] puts what was tried in front.
#[derive(Debug)]
pub struct CliError {
    exit: ExitCode,
    /// What was tried, outermost first.
    tried: Vec<String>,
    why: Option<Box<dyn Error + Send + Sync>>,
}

/// A reader closed the pipe that the program writes to. No failure of ours.
#[derive(Debug, thiserror::Error)]
#[error("the reader of the output closed it")]
pub(crate) struct ClosedPipe;

impl CliError {
    /// A failure with words of its own.
    pub fn failed(what: impl Into<String>) -> Self {
        Self {
            exit: ExitCode::Failed,
            tried: vec![what.into()],
            why: None,
        }
    }

    /// A command line that cannot be followed.
    pub fn usage(what: impl Into<String>) -> Self {
        Self {
            exit: ExitCode::Usage,
            ..Self::failed(what)
        }
    }

    /// The exit code that it ends with.
    pub const fn exit(&self) -> ExitCode {
        self.exit
    }

    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.chain().any(|error| error.is::<ClosedPipe>())
    }

    fn chain(&self) -> impl Iterator<Item = &(dyn Error + 'static)> {
        let first: Option<&(dyn Error + 'static)> = match &self.why {
            Some(why) => Some(why.as_ref()),
            None => None,
        };
        std::iter::successors(first, |error| below(*error))
    }
}

/// The error that this one rests on. An I/O error hides the one that it carries from `source`.
fn below<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    let carried = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    match carried {
        Some(carried) => Some(carried),
        None => error.source(),
    }
}

/// `what: why: because`, each part once: an error that repeats its source is cut short.
impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = self.tried.join(": ");
        for error in self.chain() {
            let part = error.to_string();
            if written.ends_with(&part) {
                continue;
            }
            if !written.is_empty() {
                written.push_str(": ");
            }
            written.push_str(&part);
        }
        f.write_str(&written)
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for CliError {
    fn from(why: E) -> Self {
        Self {
            exit: ExitCode::Failed,
            tried: Vec::new(),
            why: Some(Box::new(why)),
        }
    }
}

/// Puts what was tried in front of an error.
pub(crate) trait ErrorContext<T> {
    /// The same, with what was tried in front.
    ///
    /// # Errors
    /// The error that was there, with more words.
    fn context(self, tried: impl FnOnce() -> String) -> Result<T, CliError>;
}

impl<T, E: Into<CliError>> ErrorContext<T> for Result<T, E> {
    fn context(self, tried: impl FnOnce() -> String) -> Result<T, CliError> {
        self.map_err(|error| {
            let mut error = error.into();
            error.tried.insert(0, tried());
            error
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read `a`")]
    struct Outer(#[source] std::io::Error);

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read `a`: {0}")]
    struct Repeats(#[source] std::io::Error);

    fn missing() -> std::io::Error {
        std::io::Error::other("no such file")
    }

    #[test]
    fn a_chain_is_one_line() {
        let error = Err::<(), _>(Outer(missing()))
            .context(|| "scan".to_owned())
            .unwrap_err();
        assert_eq!(error.to_string(), "scan: cannot read `a`: no such file");
        assert_eq!(error.exit(), ExitCode::Failed);
    }

    #[test]
    fn a_source_that_is_repeated_stands_once() {
        let error = CliError::from(Repeats(missing()));
        assert_eq!(error.to_string(), "cannot read `a`: no such file");
    }

    #[test]
    fn a_closed_pipe_is_seen_through_what_wraps_it() {
        let error = CliError::from(Outer(std::io::Error::other(ClosedPipe)));
        assert!(error.is_closed_pipe());
        assert!(!CliError::from(Outer(missing())).is_closed_pipe());
        let other_pipe = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert!(!CliError::from(Outer(other_pipe)).is_closed_pipe());
    }
}
