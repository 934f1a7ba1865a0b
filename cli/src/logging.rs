//! Log lines on standard error, for those who run the program for long.
//!
//! Invariant: a log line holds ids, counts and durations, never a text, a phone number or a name.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::CliError;
use crate::args::{Global, LogFormat};
use crate::message;

/// Starts logging as the arguments say.
pub(crate) fn start(global: &Global) -> Result<(), CliError> {
    let filter = EnvFilter::builder().parse(&global.log).map_err(|error| {
        CliError::usage(format!(
            "`--log {}` is no level: {error}; write error, warn, info, debug or trace",
            global.log
        ))
    })?;
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match global.log_format {
        LogFormat::Text => lines
            .with_ansi(message::is_coloured(
                global.color,
                std::io::stderr().is_terminal(),
            ))
            .try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    // A second start in one process, as in tests, keeps the first.
    let _ = started;
    Ok(())
}
