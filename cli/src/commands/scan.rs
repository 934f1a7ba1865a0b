//! `waaklicht scan`: files in, assessments out; no database.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use model::{Band, Lane};
use pipeline::scan::{Event, Input, Setup, Source, Stage, Summary};

use super::Run;
use crate::message::{counted, grouped};
use crate::output::Output;
use crate::scoring_args::ScoringArgs;
use crate::{CliError, Context, ExitCode, Messages, interrupt};

/// Score advertisements from files, with links across all of them. Needs no database.
///
/// An input is JSON Lines (one object a line) or CSV with a header (`,`, `;` or tab between cells). Only
/// `id` must be there; `title`, `text`, `age`, `city`, `country`, `phones`, `emails`, `handles`,
/// `price.amount`, `author.id`, `author.name`, `images`, `posted_at`, `seen_at`, `site` and `url`
/// are understood, and anything else is kept as an attribute.
///
/// Out comes one line of JSON (assessment/v1) for each listing, in the order of the input. The same
/// input gives the same bytes, on any day and with any number of threads: the moment it is taken to
/// be is the newest date in the input, unless `--as-of` names another. A listing that stands in two
/// files under one id is called `FILE#ID` where other listings refer to the second.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Scan {
    /// Files with advertisements: `.jsonl`, `.ndjson`, `.json`, `.csv`, `.tsv`, or `-` for
    /// standard input.
    #[arg(required = true, value_name = "IN")]
    inputs: Vec<PathBuf>,

    /// Write the answers to this file; it is there whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    scoring: ScoringArgs,

    /// How many threads; 0 for one on each core. The answers are the same.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

const EXAMPLES: &str = "\
Examples:
  waaklicht scan listings.csv -o found.jsonl
  waaklicht scan january.jsonl february.jsonl --as-of 2026-03-01 > found.jsonl
  export-listings | waaklicht scan - --format csv --country NL > found.jsonl";

impl Run for Scan {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let inputs = inputs(&self.inputs, self.scoring.format())?;
        let scorer = self.scoring.scorer(&config)?;
        let mut output = Output::open(self.out.as_deref())?;
        let stop = interrupt::flag(output.half(), context.messages)?;
        let setup = Setup {
            scorer: &scorer,
            linking: &config.linking.limits(),
            photo_limits: &config.photos.limits(),
            line_limits: config.lines.limits(),
            limits: config.scan.limits(),
            as_of: context.as_of,
            language: self.scoring.language,
            country: self.scoring.country,
            n_threads: self.threads.unwrap_or(config.scan.threads),
            stop: &stop,
        };
        let n_inputs = inputs.len() as u64;
        let mut teller = Teller::new(context.messages);
        let summary = pipeline::scan::scan(inputs, &setup, &mut output, &mut |event| {
            teller.tell(&event);
        });
        teller.end();
        let summary = summary?;
        output.finish()?;
        tracing::info!(
            listings = summary.n_listings,
            refused = summary.n_refused,
            with_problems = summary.n_with_problems,
            photos = summary.n_photos,
            links = summary.n_links,
            "scanned"
        );
        if summary
            .as_of
            .is_some_and(|newest| newest > context.clock.now())
        {
            context.messages.warn(
                "the newest date in the input lies in the future; it is taken for the present \
                 moment unless `--as-of TIME` names another",
            );
        }
        let place = match self.out.as_deref() {
            Some(path) if path != Path::new("-") => Place::File(path),
            _ if std::io::stdout().is_terminal() => Place::Terminal,
            _ => Place::Stdout,
        };
        context.messages.note(told(&summary, n_inputs, place));
        Ok(if summary.is_complete() {
            ExitCode::Done
        } else {
            ExitCode::Refused
        })
    }
}

/// The inputs by their paths, each once.
fn inputs(paths: &[PathBuf], format: Option<wire::Format>) -> Result<Vec<Input>, CliError> {
    let mut seen = BTreeSet::new();
    let mut inputs = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.display().to_string();
        if !seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            return Err(CliError::usage(format!(
                "`{name}` is named twice; each of its listings would be linked to itself"
            )));
        }
        let source = if name == "-" {
            Source::Stream(Box::new(std::io::stdin()))
        } else {
            Source::File(path.clone())
        };
        inputs.push(Input {
            name,
            source,
            format,
        });
    }
    Ok(inputs)
}

/// Speaks to a person while a scan runs.
struct Teller {
    messages: Messages,
    bar: Option<ProgressBar>,
    stage: Option<Stage>,
    n_problems: u64,
}

/// So many problems are named; each stands in the answer of its listing too. A column of dates in
/// another notation would otherwise fill the screen.
const MAX_PROBLEMS_TOLD: u64 = 20;

impl Teller {
    const fn new(messages: Messages) -> Self {
        Self {
            messages,
            bar: None,
            stage: None,
            n_problems: 0,
        }
    }

    fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Refused { input, line, why } => self.say(&format!("{input}:{line}: {why}")),
            Event::Problem { input, line, why } => {
                self.n_problems += 1;
                if self.n_problems <= MAX_PROBLEMS_TOLD {
                    self.say(&format!("{input}:{line}: {why}"));
                }
            }
            Event::NoWords { input } => self.messages.warn(format!(
                "`{input}` has neither a column `title` nor a column `text`: rename the columns \
                 that hold the words of the listings"
            )),
            Event::Attributes { input, columns } => self.messages.note(format!(
                "`{input}`: no field of a listing, so kept as attributes: `{}`",
                columns.join("`, `")
            )),
            Event::Progress {
                stage,
                n_done,
                n_total,
            } => self.progress(*stage, *n_done, *n_total),
        }
    }

    /// What is refused stands above the bar, not in it.
    fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.messages.refused(line)),
            None => self.messages.refused(line),
        }
    }

    fn progress(&mut self, stage: Stage, n_done: u64, n_total: Option<u64>) {
        if !self.messages.may_move() {
            return;
        }
        if self.stage != Some(stage) {
            self.stage = Some(stage);
            let bar = self.bar.get_or_insert_with(ProgressBar::no_length);
            let form = if n_total.is_some() {
                "{msg:<18} {bar:30} {human_pos} of {human_len}"
            } else {
                "{msg:<18} {spinner} {human_pos}"
            };
            if let Ok(style) = ProgressStyle::with_template(form) {
                bar.set_style(style);
            }
            bar.reset();
            bar.set_message(match stage {
                Stage::Read => "reading",
                Stage::Photos => "pictures",
                Stage::Signals => "looking for signals",
                Stage::Link => "linking",
                Stage::Assess => "assessing",
            });
        }
        if let Some(bar) = &self.bar {
            if let Some(n_total) = n_total {
                bar.set_length(n_total);
            }
            bar.set_position(n_done);
        }
    }

    fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if self.n_problems > MAX_PROBLEMS_TOLD {
            self.messages.refused(format!(
                "{} more like these; each stands in `problems` of its answer",
                grouped(self.n_problems - MAX_PROBLEMS_TOLD)
            ));
        }
    }
}

/// Where the answers went.
#[derive(Clone, Copy)]
enum Place<'a> {
    File(&'a Path),
    Stdout,
    Terminal,
}

/// What a scan did, for a person.
fn told(summary: &Summary, n_inputs: u64, place: Place<'_>) -> String {
    let mut lines = vec![format!(
        "{} from {}: {} refused, {} not read as a whole",
        counted(summary.n_listings, "listing", "listings"),
        counted(n_inputs, "input", "inputs"),
        counted(summary.n_refused, "line", "lines"),
        counted(summary.n_with_problems, "listing", "listings"),
    )];
    for band in Band::ALL.iter().rev() {
        for lane in Lane::BY_URGENCY {
            if let Some(n_listings) = summary.bands.get(&(*band, lane)) {
                let lane = if lane == Lane::None {
                    "no lane"
                } else {
                    lane.name()
                };
                lines.push(format!(
                    "  {:<7} {lane:<12} {:>9}",
                    band.name(),
                    grouped(*n_listings)
                ));
            }
        }
    }
    if !summary.first.is_empty() {
        lines.push("look first at".to_owned());
        for first in &summary.first {
            lines.push(format!(
                "  {}:{}  {}  {}, {}, {} points",
                first.input, first.line, first.id, first.lane, first.band, first.points
            ));
        }
        lines.push("each is a reason for a person to look, and no proof of anything".to_owned());
    }
    match place {
        Place::File(path) => lines.push(format!("answers: {}", path.display())),
        Place::Terminal => {
            lines.push("the answers stand above; `-o FILE` keeps them in a file".to_owned());
        }
        Place::Stdout => {}
    }
    lines.join("\n")
}
