//! `waaklicht completions`: what a shell needs to complete command lines.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::Run;
use crate::output::Output;
use crate::{CliError, Context, ExitCode, args};

/// Print the completions for a shell.
///
/// For bash: `waaklicht completions bash > ~/.local/share/bash-completion/completions/waaklicht`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Run for Completions {
    fn run(self, _: &Context) -> Result<ExitCode, CliError> {
        let mut written = Vec::new();
        clap_complete::generate(self.shell, &mut args::command(), "waaklicht", &mut written);
        let mut output = Output::open(None)?;
        output.write_all(&written)?;
        output.finish()?;
        Ok(ExitCode::Done)
    }
}
