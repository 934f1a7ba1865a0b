//! `waaklicht man`: the manual, from the same definitions as the help.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::error::ErrorContext;
use crate::output::Output;
use crate::{CliError, Context, ExitCode, args};

/// Print the manual page, or write one for every subcommand.
///
/// To read it: `waaklicht man | man -l -`
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write a page for the program and one for each subcommand into this folder.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Run for Man {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let Some(dir) = self.dir else {
            let mut page = Vec::new();
            clap_mangen::Man::new(args::command()).render(&mut page)?;
            let mut output = Output::open(None)?;
            output.write_all(&page)?;
            output.finish()?;
            return Ok(ExitCode::Done);
        };
        fs::create_dir_all(&dir)
            .and_then(|()| clap_mangen::generate_to(args::command(), &dir))
            .context(|| format!("cannot write manual pages into `{}`", dir.display()))?;
        context
            .messages
            .note(format!("wrote manual pages into `{}`", dir.display()));
        Ok(ExitCode::Done)
    }
}
