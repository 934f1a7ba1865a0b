//! `waaklicht rules`: what is wrong with a rule pack, and whether its rules do what they say.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use scorer::RulePack;

use super::Run;
use crate::message::counted;
use crate::output::Output;
use crate::{CliError, Context, ExitCode, packs};

/// Work on rule packs.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read a rule pack and name everything that is wrong with it, by file and line.
    Lint {
        /// The folder of the pack; without one the rules in the program.
        folder: Option<PathBuf>,
    },
    /// Run the examples that stand in the rules' own files.
    Test {
        /// The folder of the pack; without one the rules in the program.
        folder: Option<PathBuf>,
    },
}

impl Run for Rules {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        match self.action {
            Action::Lint { folder } => lint(context, folder),
            Action::Test { folder } => test(context, folder),
        }
    }
}

fn pack(folder: Option<PathBuf>) -> Result<RulePack, CliError> {
    folder.map_or_else(|| Ok(RulePack::core()), |folder| packs::pack(&folder))
}

fn lint(context: &Context, folder: Option<PathBuf>) -> Result<ExitCode, CliError> {
    let pack = pack(folder)?;
    context.messages.note(format!(
        "{} in pack `{}` {}: nothing is wrong",
        counted(pack.rules().len() as u64, "rule", "rules"),
        pack.reference().name,
        pack.reference().version,
    ));
    Ok(ExitCode::Done)
}

fn test(context: &Context, folder: Option<PathBuf>) -> Result<ExitCode, CliError> {
    let pack = pack(folder)?;
    let failures = pack.verify();
    let mut output = Output::open(None)?;
    for failure in &failures {
        writeln!(output, "{failure}")?;
    }
    output.finish()?;
    let n_failures = failures.len() as u64;
    if n_failures > 0 {
        return Err(CliError::failed(format!(
            "{} of pack `{}` {} not hold",
            counted(n_failures, "example", "examples"),
            pack.reference().name,
            if n_failures == 1 { "does" } else { "do" },
        )));
    }
    context.messages.note(format!(
        "every example of {} in pack `{}` holds",
        counted(pack.rules().len() as u64, "rule", "rules"),
        pack.reference().name,
    ));
    Ok(ExitCode::Done)
}
