//! `waaklicht site`: checks site profiles.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use crawler::SiteProfile;
use model::Timestamp;

use super::Run;
use crate::message::counted;
use crate::{CliError, Context, ExitCode};

/// Work on site profiles.
#[derive(Debug, Args)]
pub(crate) struct Site {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read site profiles and name everything that is wrong with them, by file and line.
    ///
    /// A profile without a legal ground, purpose, approver or contact address is refused, and so is
    /// one past its review date.
    Check {
        /// Profiles (TOML).
        #[arg(required = true, value_name = "FILE")]
        profiles: Vec<PathBuf>,
    },
}

impl Run for Site {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let Action::Check { profiles } = self.action;
        let now = context.clock.now();
        let mut n_refused = 0;
        for path in &profiles {
            match check(path, now) {
                Ok(note) => context.messages.note(note),
                Err(problems) => {
                    n_refused += 1;
                    for problem in problems {
                        context.messages.refused(problem);
                    }
                }
            }
        }
        if n_refused > 0 {
            return Err(CliError::failed(format!(
                "{} refused",
                counted(n_refused, "profile is", "profiles are")
            )));
        }
        Ok(ExitCode::Done)
    }
}

fn check(path: &Path, now: Timestamp) -> Result<String, Vec<String>> {
    let name = path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|error| vec![format!("cannot read `{name}`: {error}")])?;
    let profile = SiteProfile::parse(&name, &text).map_err(|error| error.0)?;
    profile.check(now).map_err(|error| error.0)?;
    Ok(format!(
        "`{name}` is in order: site `{}`, to be reviewed by {}",
        profile.id,
        profile.legal.review_by.date()
    ))
}
