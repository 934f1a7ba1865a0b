//! Files in, assessments out; no database.
//!
//! Place in the flow: `wire` reads the inputs, `photo` hashes the local pictures they name,
//! `scorer` observes, `linker` joins over all inputs, `scorer` assesses, `wire` writes, in the
//! order of the input.
//!
//! Everything is read before anything is written, as links run across all inputs; texts are held
//! once, pictures one at a time per thread.
//!
//! Invariant: the same inputs give the same bytes, whatever the clock and the number of threads
//! (test `threads_do_not_change_the_bytes` in `tests/scan.rs` of the suite). The moment that
//! windows count back from is the newest date in the inputs unless the caller names one; it stands
//! nowhere in the output.

mod photos;
mod read;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use model::{
    Assessment, Band, FingerprintKey, Lane, LinkContext, ListingId, ListingVersion, PhotoHashes,
    Signal, Timestamp,
};
use rayon::prelude::*;
use scorer::Scorer;
use wire::AssessmentRow;

use crate::{PipelineError, item};

/// One input of a scan.
pub struct Input {
    /// How messages call it: the path as it was given, or `-`.
    pub name: String,
    /// Where its bytes come from.
    pub source: Source,
    /// How it is written; `None`: by its name, else by its first sign.
    pub format: Option<wire::Format>,
}

/// Where the bytes of an input come from.
pub enum Source {
    /// A file. Relative pictures stand beside it.
    File(PathBuf),
    /// Anything else, such as standard input. Relative pictures stand in the working folder.
    Stream(Box<dyn Read>),
}

/// What a scan does its work with.
pub struct Setup<'a> {
    /// The rules and the policy.
    pub scorer: &'a Scorer,
    /// How listings are linked.
    pub linking: &'a linker::Params,
    /// Upper bounds on pictures.
    pub photo_limits: &'a photo::Limits,
    /// Upper bounds on lines.
    pub line_limits: wire::Limits,
    /// Upper bounds of the scan itself.
    pub limits: Limits,
    /// The moment that windows count back from; `None`: the newest date in the inputs.
    pub as_of: Option<Timestamp>,
    /// Taken for listings that state no language, instead of detecting it. BCP 47.
    pub language: Option<String>,
    /// Taken for listings that state no country. ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// How many threads; 0: one for each core.
    pub n_threads: usize,
    /// Set from another thread to end the scan with [`PipelineError::Stopped`] soon.
    pub stop: &'a AtomicBool,
}

/// Upper bounds of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Listings of all inputs together, which are held in memory. Default: 2,000,000, some 6 GiB
    /// at 500 characters a text.
    pub max_listings: usize,
    /// Pictures read for one listing; those beyond are named as a problem. Default: 64.
    pub max_images: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_listings: 2_000_000,
            max_images: 64,
        }
    }
}

/// What a scan tells while it runs, in the order of the input.
#[derive(Debug)]
pub enum Event<'a> {
    /// A line was refused.
    Refused {
        /// The input, as it was named.
        input: &'a str,
        /// The line, from 1.
        line: u64,
        /// Why.
        why: &'a str,
    },
    /// A line was read, but not all that stood in it. The same text stands in its answer.
    Problem {
        /// The input, as it was named.
        input: &'a str,
        /// The line, from 1.
        line: u64,
        /// What.
        why: &'a str,
    },
    /// A CSV input has neither a title nor a text column.
    NoWords {
        /// The input, as it was named.
        input: &'a str,
    },
    /// A CSV input has columns that are no field of a listing and are kept as attributes.
    Attributes {
        /// The input, as it was named.
        input: &'a str,
        /// The columns, as the header names them.
        columns: &'a [&'a str],
    },
    /// How far a stage is.
    Progress {
        /// The stage.
        stage: Stage,
        /// Done so far.
        n_done: u64,
        /// Of how many; `None` while that is not known.
        n_total: Option<u64>,
    },
}

/// The stages that a scan goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Listings are read.
    Read,
    /// Pictures are hashed.
    Photos,
    /// Signals are looked for.
    Signals,
    /// Listings are joined.
    Link,
    /// Listings are assessed and written.
    Assess,
}

/// What a scan did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Listings assessed and written.
    pub n_listings: u64,
    /// Lines refused.
    pub n_refused: u64,
    /// Listings of which not all could be read: a field, or a picture.
    pub n_with_problems: u64,
    /// Pictures hashed; a picture that several listings name counts once.
    pub n_photos: u64,
    /// Edges between listings.
    pub n_links: u64,
    /// Listings without any date, taken as seen at `as_of`.
    pub n_undated: u64,
    /// Listings in each band and lane.
    pub bands: BTreeMap<(Band, Lane), u64>,
    /// The listings to look at first: the most urgent lane, then the highest score, then the
    /// order of the input. At most [`N_FIRST`], and none without points in a lane.
    pub first: Vec<Pointer>,
    /// The moment that windows counted back from; `None` when there was no date at all.
    pub as_of: Option<Timestamp>,
}

/// How many listings a summary points at.
pub const N_FIRST: usize = 10;

/// Where a listing stands and how it was assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The input, as it was named.
    pub input: String,
    /// The line, from 1.
    pub line: u64,
    /// The listing.
    pub id: ListingId,
    /// How much there is to look at.
    pub band: Band,
    /// Who should look.
    pub lane: Lane,
    /// The score.
    pub points: i32,
}

impl Summary {
    /// Whether every line and picture was read.
    pub const fn is_complete(&self) -> bool {
        self.n_refused == 0 && self.n_with_problems == 0
    }
}

/// The key of the fingerprints in a scan. They never leave the process, so a secret would protect
/// nothing; a fixed key keeps chance out of the result.
const KEY: FingerprintKey = FingerprintKey::new(*b"waaklicht: one scan, in memory..");

/// Listings done between two progress events; also what is held of the output at a time.
const CHUNK: usize = 1024;

/// A listing on its way through a scan.
struct Held {
    /// Number of its input.
    input: usize,
    line: u64,
    version: ListingVersion,
    problems: Vec<String>,
    photos: Vec<PhotoHashes>,
}

/// Scans the inputs and writes a line of `assessment/v1` for each listing, in the order of the
/// inputs.
///
/// # Errors
/// When an input cannot be read as a whole, or the output cannot be written. Lines, fields and
/// pictures that cannot be read are no errors: they are told as events.
pub fn scan(
    inputs: Vec<Input>,
    setup: &Setup<'_>,
    output: &mut (dyn Write + Send),
    tell: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Summary, PipelineError> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(setup.n_threads)
        .build()
        .map_err(|source| PipelineError::Threads {
            n_threads: setup.n_threads,
            source,
        })?;
    let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let read = read::read_all(inputs, setup, tell)?;
    threads.install(|| {
        let run = Run {
            setup,
            names: &names,
            summary: read.summary,
            tell,
        };
        run.all(read.held, &read.folders, output)
    })
}

struct Run<'a> {
    setup: &'a Setup<'a>,
    names: &'a [String],
    summary: Summary,
    tell: &'a mut (dyn FnMut(Event<'_>) + Send),
}

impl Run<'_> {
    fn all(
        mut self,
        mut held: Vec<Held>,
        folders: &[PathBuf],
        output: &mut (dyn Write + Send),
    ) -> Result<Summary, PipelineError> {
        self.photos(&mut held, folders)?;
        self.tell_problems(&held);
        let mut signals = self.signals(&held)?;
        let contexts = self.link(&held, &signals)?;
        let (scorer, n_total) = (self.setup.scorer, held.len() as u64);
        for (at, chunk) in held.chunks(CHUNK).enumerate() {
            let start = at * CHUNK;
            let taken: Vec<Vec<Signal>> = signals[start..start + chunk.len()]
                .iter_mut()
                .map(std::mem::take)
                .collect();
            let answers: Vec<(Assessment, String)> = chunk
                .par_iter()
                .zip(taken)
                .zip(&contexts[start..start + chunk.len()])
                .map(|((held, signals), context)| assess(scorer, held, signals, context))
                .collect();
            for (held, (assessment, line)) in chunk.iter().zip(answers) {
                self.count(held, &assessment);
                output
                    .write_all(line.as_bytes())
                    .map_err(PipelineError::Write)?;
            }
            self.progress(Stage::Assess, (start + chunk.len()) as u64, Some(n_total))?;
        }
        output.flush().map_err(PipelineError::Write)?;
        self.summary.n_listings = n_total;
        Ok(self.summary)
    }

    fn photos(&mut self, held: &mut [Held], folders: &[PathBuf]) -> Result<(), PipelineError> {
        let wanted = photos::wanted(held, folders, &self.setup.limits);
        let mut hashed = photos::Hashed::default();
        let n_total = wanted.len() as u64;
        for chunk in wanted.chunks(64) {
            hashed.add(chunk, self.setup.photo_limits);
            self.progress(Stage::Photos, hashed.n_looked_at(), Some(n_total))?;
        }
        self.summary.n_photos = hashed.n_hashed();
        for listing in held {
            photos::attach(listing, folders, &hashed, &self.setup.limits);
        }
        Ok(())
    }

    fn tell_problems(&mut self, held: &[Held]) {
        for listing in held {
            self.summary.n_with_problems += u64::from(!listing.problems.is_empty());
            for why in &listing.problems {
                (self.tell)(Event::Problem {
                    input: &self.names[listing.input],
                    line: listing.line,
                    why,
                });
            }
        }
    }

    fn signals(&mut self, held: &[Held]) -> Result<Vec<Vec<Signal>>, PipelineError> {
        let mut signals = Vec::with_capacity(held.len());
        for chunk in held.chunks(CHUNK) {
            signals.par_extend(chunk.par_iter().map(|held| scorer::signals(&held.version)));
            self.progress(
                Stage::Signals,
                signals.len() as u64,
                Some(held.len() as u64),
            )?;
        }
        Ok(signals)
    }

    fn link(
        &mut self,
        held: &[Held],
        signals: &[Vec<Signal>],
    ) -> Result<Vec<LinkContext>, PipelineError> {
        self.progress(Stage::Link, 0, None)?;
        let moments = |version: &ListingVersion| version.posted_at.max(version.seen_at);
        let newest = held.iter().filter_map(|held| moments(&held.version)).max();
        self.summary.as_of = self.setup.as_of.or(newest);
        self.summary.n_undated = held
            .iter()
            .filter(|held| moments(&held.version).is_none())
            .count() as u64;
        let as_of = self.summary.as_of.unwrap_or(Timestamp::from_ms(0));
        let mut items: Vec<linker::Item> = held
            .par_iter()
            .zip(signals)
            .map(|(held, signals)| item(&held.version, signals, &held.photos, &KEY, as_of))
            .collect();
        let keys = read::link_keys(held, self.names);
        for (item, key) in items.iter_mut().zip(keys) {
            if let Some(key) = key {
                item.id = key;
            }
        }
        let linked = linker::link(&items, as_of, self.setup.linking);
        self.summary.n_links = linked.links.len() as u64;
        Ok(linked.contexts)
    }

    fn count(&mut self, held: &Held, assessment: &Assessment) {
        let score = &assessment.score;
        *self
            .summary
            .bands
            .entry((score.band, score.lane))
            .or_default() += 1;
        if score.lane == Lane::None || score.lane == Lane::Spam || score.total == 0 {
            return;
        }
        let first = &mut self.summary.first;
        let urgency = |lane: Lane, points: i32| {
            let place = Lane::BY_URGENCY.iter().position(|known| *known == lane);
            (place, std::cmp::Reverse(points))
        };
        let mine = urgency(score.lane, score.total);
        let place = first.partition_point(|known| urgency(known.lane, known.points) <= mine);
        if place < N_FIRST {
            first.insert(
                place,
                Pointer {
                    input: self.names[held.input].clone(),
                    line: held.line,
                    id: held.version.id.clone(),
                    band: score.band,
                    lane: score.lane,
                    points: score.total,
                },
            );
            first.truncate(N_FIRST);
        }
    }

    /// Tells how far a stage is, and looks whether to stop.
    fn progress(
        &mut self,
        stage: Stage,
        n_done: u64,
        n_total: Option<u64>,
    ) -> Result<(), PipelineError> {
        (self.tell)(Event::Progress {
            stage,
            n_done,
            n_total,
        });
        go_on(self.setup.stop)
    }
}

fn assess(
    scorer: &Scorer,
    held: &Held,
    signals: Vec<Signal>,
    context: &LinkContext,
) -> (Assessment, String) {
    let mut assessment = scorer.assess(&held.version, signals, context);
    assessment.problems.extend_from_slice(&held.problems);
    let line = AssessmentRow::of(&assessment, &held.version).to_line();
    (assessment, line)
}

fn go_on(stop: &AtomicBool) -> Result<(), PipelineError> {
    if stop.load(Ordering::Relaxed) {
        return Err(PipelineError::Stopped);
    }
    Ok(())
}
