//! `waaklicht audit`: whether the record of who looked and decided is whole.

use clap::{Args, Subcommand};
use store::{AuditVerdict, Tx};

use super::Run;
use crate::message::counted;
use crate::{CliError, Context, ExitCode};

/// Check the audit.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Compute every chain of the audit anew; a row that was changed or removed is named.
    Verify,
}

impl Run for Audit {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let Action::Verify = self.action;
        let config = context.config()?;
        let store = context.store(&config)?;
        match store.read(|tx: &mut dyn Tx| tx.verify_audit()).wait()? {
            AuditVerdict::Whole { rows } => {
                let rows = counted(rows, "row", "rows");
                context.messages.note(format!("the audit is whole: {rows}"));
                Ok(ExitCode::Done)
            }
            AuditVerdict::Broken { number, reason } => Err(CliError::failed(format!(
                "the audit is not whole: row {number}: {reason}; keep the database as it is and \
                 compare it with a backup"
            ))),
        }
    }
}
