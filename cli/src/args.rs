//! The command line: what stands before and beside every subcommand.

use std::path::PathBuf;

use clap::{Args as ClapArgs, CommandFactory, Parser, ValueEnum};
use model::Timestamp;

use crate::ExitCode;
use crate::commands::Command;

/// Scans public advertisements for signs of minors and of control by others, so that people who
/// can help look at the right ones first.
///
/// It proves nothing and decides nothing: what it finds is a reason for a person to look.
#[derive(Debug, Parser)]
#[command(name = "waaklicht", version, after_long_help = exit_codes(), max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every subcommand understands.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The configuration file, instead of the one in the user's folder.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "WAAKLICHT_CONFIG",
        hide_env_values = true
    )]
    pub(crate) config: Option<PathBuf>,

    /// The folder of the database and its keys, instead of the user's.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "WAAKLICHT_DATA",
        hide_env_values = true
    )]
    pub(crate) data: Option<PathBuf>,

    /// The moment it is taken to be: `2026-03-03` or `2026-03-03T09:30:00+01:00`.
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) as_of: Option<Timestamp>,

    /// How much is logged: error, warn, info, debug or trace, or a filter such as `crawler=debug`.
    #[arg(
        long,
        global = true,
        value_name = "LEVEL",
        env = "WAAKLICHT_LOG",
        hide_env_values = true,
        default_value = "warn"
    )]
    pub(crate) log: String,

    /// How log lines are written.
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log_format: LogFormat,

    /// Print errors and refused lines only.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// When messages are coloured.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// When messages are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The whole command line as `clap` knows it: help, man page and completions come from here.
pub(crate) fn command() -> clap::Command {
    Args::command()
}

/// Prints what `clap` has to say: help on standard output, or what is wrong on standard error.
pub(crate) fn tell(told: &clap::Error) -> ExitCode {
    // When even this cannot be printed there is nobody left to tell.
    let _ = told.print();
    if told.use_stderr() {
        ExitCode::Usage
    } else {
        ExitCode::Done
    }
}

fn exit_codes() -> String {
    let mut text = String::from("Exit codes:\n");
    for code in ExitCode::ALL {
        text.push_str(&format!("  {}  {}\n", code.number(), code.meaning()));
    }
    text.push_str(
        "\nEvidence is about advertisements, never about persons. See `waaklicht demo` for a first \
         look\nand `waaklicht scan --help` for files of your own.",
    );
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definitions_hold_together() {
        super::command().debug_assert();
    }
}
