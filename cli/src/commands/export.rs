//! `waaklicht export`: data out of the store, in the formats of the contract.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use model::Actor;
use report::{ExportSummary, Request};

use super::Run;
use crate::message::counted;
use crate::output::Output;
use crate::{CliError, Context, ExitCode};

/// Write data out of the store as JSON Lines.
///
/// The legal ground on which each site's data were collected is printed with every export and, with
/// `--out FILE`, written beside it as `FILE.ground.json`. The export leaves a row in the audit.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write.
    #[arg(value_name = "WHAT", value_parser = PossibleValuesParser::new(names()))]
    what: String,

    /// Write to this file; it is there whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Who gets it; stands in the audit.
    #[arg(long, value_name = "NAME", value_parser = actor)]
    by: Option<Actor>,
}

fn names() -> Vec<&'static str> {
    report::Export::ALL
        .iter()
        .map(|export| export.name)
        .collect()
}

fn actor(name: &str) -> Result<Actor, String> {
    Actor::new(name).map_err(|error| error.to_string())
}

impl Run for Export {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let export = report::Export::named(&self.what)?;
        let request = Request {
            by: self.by.unwrap_or_else(|| Actor::process("cli")),
            at: context.clock.now(),
            page_rows: config.export.page_rows,
        };
        let mut output = Output::open(self.out.as_deref())?;
        let store = context.store(&config)?;
        let summary = export.write(&store, &request, &mut output)?;
        output.finish()?;
        if let Some(path) = self.out.as_deref().filter(|path| *path != Path::new("-")) {
            write_ground(path, &summary)?;
        }
        tell(context, &summary);
        Ok(ExitCode::Done)
    }
}

fn write_ground(path: &Path, summary: &ExportSummary) -> Result<(), CliError> {
    let mut name = OsString::from(path);
    name.push(".ground.json");
    let mut beside = Output::open(Some(Path::new(&name)))?;
    beside.write_all(summary.ground_json()?.as_bytes())?;
    beside.finish()
}

fn tell(context: &Context, summary: &ExportSummary) {
    let mut lines = vec![format!(
        "{} of {} ({})",
        counted(summary.rows, "row", "rows"),
        summary.export,
        summary.format,
    )];
    if summary.left_out > 0 {
        lines.push(format!(
            "{} left out, as what they said has expired",
            counted(summary.left_out, "row", "rows")
        ));
    }
    if !summary.sites.is_empty() {
        lines.push("collected on these grounds:".to_owned());
        lines.extend(
            summary
                .ground_lines()
                .into_iter()
                .map(|line| format!("  {line}")),
        );
    }
    context.messages.note(lines.join("\n"));
}
