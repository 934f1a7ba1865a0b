//! `waaklicht explain`: one listing with every signal lit.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use model::{Actor, LinkContext, Timestamp};
use report::explain::{Explanation, Ink};
use report::words::Tongue;

use super::Run;
use crate::args::Color;
use crate::listing_source::ListingSource;
use crate::message::is_coloured;
use crate::output::Output;
use crate::scoring_args::ScoringArgs;
use crate::{CliError, Context, ExitCode};

/// Show one listing with every signal lit, and what was looked at and refused, with the reason.
///
/// Below each part of the listing stand the signals in it: the words, what was read from them, and
/// what was looked at and refused. Then follow what the rules found, what speaks against concern,
/// and the points. Links with other listings are not looked at: `waaklicht scan` and the review
/// pages do that.
///
/// What it prints holds phone numbers and names as the listing has them. A look into the store
/// leaves a row in the audit.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// An id in the file of `--in`, a line of a file (`FILE:LINE`), a file with one listing, `-`
    /// for standard input, or an id in the store.
    listing: String,

    /// The file that the listing stands in: JSON Lines or CSV, as for `waaklicht scan`.
    #[arg(long = "in", value_name = "FILE")]
    within: Option<PathBuf>,

    /// LISTING is a file (or `-`) that holds the bare text of a listing.
    #[arg(long, conflicts_with_all = ["within", "format"])]
    text: bool,

    /// Write a web page that needs nothing else: no script, no picture.
    #[arg(long)]
    html: bool,

    /// The language of the words around the listing.
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = ["en", "nl"])]
    lang: String,

    /// Write to this file; it is there whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Who looks; stands in the audit of the store.
    #[arg(long, value_name = "NAME", value_parser = actor)]
    by: Option<Actor>,

    #[command(flatten)]
    scoring: ScoringArgs,
}

const EXAMPLES: &str = "\
Examples:
  waaklicht explain a17 --in listings.csv
  waaklicht explain listings.jsonl:3 --lang nl
  waaklicht explain marktplein:1042 --html -o listing.html
  echo 'Ik ben l7, bel nul zes 1234 0001' | waaklicht explain - --text";

fn actor(name: &str) -> Result<Actor, String> {
    Actor::new(name).map_err(|error| error.to_string())
}

impl Run for Explain {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let scorer = self.scoring.scorer(&config)?;
        let source = ListingSource::of(&self.listing, self.within.as_deref(), self.text);
        let by = self.by.unwrap_or_else(|| Actor::process("cli"));
        let found = source.read(context, &config, self.scoring.format(), by)?;
        let mut version = found.version;
        self.scoring.complete(&mut version);
        if version.moment().is_none() {
            version.seen_at = context.as_of;
        }

        // Without links no window is counted back from any moment.
        let alone = LinkContext::alone(version.moment().unwrap_or(Timestamp::from_ms(0)));
        let mut assessment = scorer.assess(&version, scorer::signals(&version), &alone);
        let is_whole = found.problems.is_empty();
        for problem in found.problems {
            context
                .messages
                .refused(format!("{}: {problem}", found.place));
            assessment.problems.push(problem);
        }
        let tongue = Tongue::from_code(&self.lang).unwrap_or(Tongue::English);
        let explanation = Explanation::of(&version, &assessment, &found.place, tongue);

        let written = if self.html {
            explanation.page()
        } else {
            let to_stdout = self.out.as_deref().is_none_or(|out| out == Path::new("-"));
            let terminal = to_stdout && std::io::stdout().is_terminal();
            explanation.terminal(ink(context.color, terminal))
        };
        let mut output = Output::open(self.out.as_deref())?;
        output.write_all(written.as_bytes())?;
        output.finish()?;
        Ok(if is_whole {
            ExitCode::Done
        } else {
            ExitCode::Refused
        })
    }
}

fn ink(color: Color, terminal: bool) -> Ink {
    if is_coloured(color, terminal) {
        Ink::Colour
    } else {
        Ink::Marks
    }
}
