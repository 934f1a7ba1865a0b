//! `waaklicht store`: the database.

use std::io::Write;

use clap::{Args, Subcommand};
use store::StoreUrl;

use super::Run;
use crate::output::Output;
use crate::{CliError, Context, ExitCode};

/// Look after the database.
#[derive(Debug, Args)]
pub(crate) struct Store {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Bring the database up to date with this program; a new one is made where there is none.
    Migrate,
    /// Print how much is kept: rows in each table, and bytes.
    Stats,
}

impl Run for Store {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let url = context.store_url(&config)?;
        match self.action {
            Action::Migrate => {
                context.store(&config)?.shutdown();
                context.messages.note(format!("`{url}` is up to date"));
            }
            Action::Stats => {
                let StoreUrl::Sqlite { database, .. } = &url;
                if !database.exists() {
                    return Err(CliError::failed(format!(
                        "there is no store `{url}`; make one with `waaklicht store migrate`"
                    )));
                }
                let stats = context.store(&config)?.stats().wait()?;
                let mut output = Output::open(None)?;
                for (table, rows) in &stats.rows {
                    writeln!(output, "{table} {rows} rows")?;
                }
                writeln!(output, "database {} bytes", stats.database_bytes)?;
                writeln!(output, "free {} bytes", stats.free_bytes)?;
                output.finish()?;
            }
        }
        Ok(ExitCode::Done)
    }
}
