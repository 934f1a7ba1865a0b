//! The `waaklicht` binary: configuration, subcommands, messages.
//!
//! Place in the flow: the outside. Time, randomness, the environment and the configuration enter
//! here and travel on as arguments (invariant 10). A subcommand is one file in `commands` and one
//! line in its list; everything it needs comes with [`Context`].
//!
//! Data go to standard output or a file, messages to standard error, and the exit code is one of
//! [`ExitCode`]. There is no telemetry: the program speaks to no address but those of the sites it
//! is told to visit.
//!
//! Invariant: an error is printed once, as `waaklicht: what: why`, and a reader who closes the
//! pipe ends the program quietly (tests in `tests/cli.rs` of the suite).

mod args;
mod commands;
mod config;
mod context;
mod demo_summary;
mod error;
mod exit;
mod interrupt;
mod listing_source;
mod logging;
mod message;
mod output;
mod packs;
mod pages;
mod progress;
mod scoring_args;
mod stages;
mod system;
mod table;

use std::ffi::OsString;

use clap::Parser;

pub use config::Config;
pub use context::Context;
pub use error::CliError;
pub use exit::ExitCode;
pub use message::Messages;
pub use system::{SystemClock, SystemEntropy};

/// Runs the program with these arguments, the program's own name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match args::Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(told) => return args::tell(&told),
    };
    let messages = Messages::new(args.global.color, args.global.quiet);
    let result = logging::start(&args.global)
        .and_then(|()| Context::new(args.global, messages))
        .and_then(|context| args.command.run(&context));
    match result {
        Ok(code) => code,
        Err(error) if error.is_closed_pipe() => ExitCode::Done,
        Err(error) => {
            messages.error(&error);
            error.exit()
        }
    }
}
