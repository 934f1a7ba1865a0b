//! `waaklicht config`: makes and checks the configuration file.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::{Args, Subcommand};

use super::Run;
use crate::error::ErrorContext;
use crate::output::Output;
use crate::{CliError, Context, ExitCode};

/// Make or check the configuration file.
#[derive(Debug, Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write a configuration file with every setting, its default and what it means.
    ///
    /// It goes to the user's folder, or to the file that `--config` names. A file that is there
    /// already is left alone.
    Init {
        /// Print it instead.
        #[arg(long)]
        stdout: bool,
        /// Replace the file that is there.
        #[arg(long, conflicts_with = "stdout")]
        force: bool,
    },
    /// Read the configuration file and say what is wrong with it.
    Check,
}

impl Run for Config {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        match self.action {
            Action::Init { stdout, force } => init(context, stdout, force),
            Action::Check => check(context),
        }
    }
}

fn init(context: &Context, stdout: bool, force: bool) -> Result<ExitCode, CliError> {
    let text = crate::Config::default().to_toml();
    if stdout {
        let mut output = Output::open(None)?;
        output.write_all(text.as_bytes())?;
        output.finish()?;
        return Ok(ExitCode::Done);
    }
    let path = context.config_path()?;
    if path.exists() && !force {
        return Err(CliError::failed(format!(
            "`{}` is there already; replace it with `--force`, or print the defaults with `--stdout`",
            path.display()
        )));
    }
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        fs::create_dir_all(folder)
            .context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    let mut output = Output::open(Some(path))?;
    output.write_all(text.as_bytes())?;
    output.finish()?;
    context.messages.note(format!(
        "wrote `{}`: every setting with its default; change what you need and run `waaklicht config check`",
        path.display()
    ));
    Ok(ExitCode::Done)
}

fn check(context: &Context) -> Result<ExitCode, CliError> {
    let config = context.config()?;
    context.store_url(&config)?;
    let path = context.config_path()?;
    context.messages.note(if path.exists() {
        format!("`{}` is in order", path.display())
    } else {
        format!(
            "`{}` is not there: the defaults hold; `waaklicht config init` writes them down",
            path.display()
        )
    });
    Ok(ExitCode::Done)
}
