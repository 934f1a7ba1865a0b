//! Where the one listing of a command comes from: a line of a file, standard input, a bare text, or
//! the store.
//!
//! Invariant: a look into the store writes its audit row in the transaction that reads (test
//! `a_look_into_the_store_is_recorded` in `tests/explain.rs` of the suite).

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use model::{Actor, AuditAction, AuditEntry, AuditObject, ListingId, ListingVersion};
use store::{Priority, StoreUrl};
use wire::{Limits, ListingReader, Row};

use crate::error::ErrorContext;
use crate::{CliError, Config, Context};

/// So many ids of a file are named to somebody who asked for another.
const MAX_IDS_TOLD: usize = 12;

/// The id of a bare text.
const TEXT_ID: &str = "text";

/// Which listing is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListingSource {
    /// The listing of this id in a file.
    Id(String, PathBuf),
    /// What stands on this line of a file.
    Line(PathBuf, u64),
    /// The only listing of a file.
    Only(PathBuf),
    /// A bare text.
    Text(PathBuf),
    /// The newest version in the store.
    Stored(String),
}

/// A listing, and where it stood.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) version: ListingVersion,
    /// `listings.csv:3`.
    pub(crate) place: String,
    /// What could not be read of it.
    pub(crate) problems: Vec<String>,
}

impl ListingSource {
    /// What somebody means who wrote this. `-` is standard input; `FILE:LINE` and `FILE` count
    /// where there is such a file.
    pub(crate) fn of(written: &str, within: Option<&Path>, is_text: bool) -> Self {
        if let Some(file) = within {
            return Self::Id(written.to_owned(), file.to_owned());
        }
        let path = Path::new(written);
        if is_text {
            return Self::Text(path.to_owned());
        }
        if written == "-" || path.exists() {
            return Self::Only(path.to_owned());
        }
        if let Some((file, line)) = written.rsplit_once(':')
            && let Ok(line) = line.parse()
            && Path::new(file).is_file()
        {
            return Self::Line(PathBuf::from(file), line);
        }
        Self::Stored(written.to_owned())
    }

    /// Reads it. `by` stands in the audit when it comes out of the store.
    ///
    /// # Errors
    /// When there is no such listing, with what there is instead.
    pub(crate) fn read(
        &self,
        context: &Context,
        config: &Config,
        format: Option<wire::Format>,
        by: Actor,
    ) -> Result<Found, CliError> {
        let limits = config.lines.limits();
        match self {
            Self::Id(id, file) => {
                let wanted = |row: &Row| row.version.id.as_str() == id;
                match search(file, format, limits, &wanted)? {
                    Ok(found) => Ok(found),
                    Err(missed) => Err(CliError::failed(format!(
                        "no listing `{id}` in `{}`; {}",
                        file.display(),
                        missed.told(file)
                    ))),
                }
            }
            Self::Line(file, line) => {
                let wanted = |row: &Row| row.line == *line;
                match search(file, format, limits, &wanted)? {
                    Ok(found) => Ok(found),
                    Err(missed) => {
                        let why = missed.refused.iter().find(|refused| refused.line == *line);
                        Err(CliError::failed(match why {
                            Some(refused) => format!("{}:{refused}", file.display()),
                            None => format!(
                                "no listing begins on line {line} of `{}`; {}",
                                file.display(),
                                missed.told(file)
                            ),
                        }))
                    }
                }
            }
            Self::Only(file) => only(file, format, limits),
            Self::Text(file) => text(file, limits),
            Self::Stored(id) => stored(id, context, config, by),
        }
    }
}

/// What there was instead of the listing that was looked for.
#[derive(Default)]
struct Missed {
    ids: Vec<ListingId>,
    n_listings: usize,
    refused: Vec<wire::LineError>,
}

impl Missed {
    /// `it has: `a1`, `a2` and 3 more`.
    fn told(&self, file: &Path) -> String {
        let mut told: Vec<String> = self.ids.iter().map(|id| format!("`{id}`")).collect();
        let more = self.n_listings - self.ids.len();
        if more > 0 {
            told.push(format!("{more} more"));
        }
        let mut told = if told.is_empty() {
            "it has no listing".to_owned()
        } else {
            format!("it has {}", told.join(", "))
        };
        if let Some(first) = self.refused.first() {
            let n_refused = self.refused.len();
            told.push_str(&format!(
                ", and {n_refused} that cannot be read, the first {}:{first}",
                file.display()
            ));
        }
        told
    }
}

fn search(
    file: &Path,
    format: Option<wire::Format>,
    limits: Limits,
    wanted: &dyn Fn(&Row) -> bool,
) -> Result<Result<Found, Missed>, CliError> {
    let mut missed = Missed::default();
    let mut reader = open(file, format, limits)?;
    while let Some(row) = next(&mut reader, file)? {
        match row {
            Ok(row) if wanted(&row) => return Ok(Ok(found(file, row))),
            Ok(row) => {
                missed.n_listings += 1;
                if missed.ids.len() < MAX_IDS_TOLD {
                    missed.ids.push(row.version.id);
                }
            }
            Err(refused) => missed.refused.push(refused),
        }
    }
    Ok(Err(missed))
}

/// The listing of a file that has one.
fn only(file: &Path, format: Option<wire::Format>, limits: Limits) -> Result<Found, CliError> {
    let mut reader = open(file, format, limits)?;
    let Some(first) = next(&mut reader, file)? else {
        return Err(CliError::failed(format!(
            "no listing in `{}`; with `--text` what stands there is taken for the text of one",
            file.display()
        )));
    };
    let first = first.map_err(|refused| {
        CliError::failed(format!(
            "{}:{refused}; with `--text` what stands there is taken for the text of a listing",
            file.display()
        ))
    })?;
    if next(&mut reader, file)?.is_some() {
        let name = file.display();
        let way_out = if is_stdin(file) {
            "give it one line".to_owned()
        } else {
            format!(
                "name one: `waaklicht explain {} --in {name}` or `waaklicht explain {name}:{}`",
                first.version.id, first.line
            )
        };
        return Err(CliError::failed(format!(
            "more than one listing in `{name}`; {way_out}"
        )));
    }
    Ok(found(file, first))
}

/// A bare text, without the line feed that an editor puts at its end.
fn text(file: &Path, limits: Limits) -> Result<Found, CliError> {
    let cannot = || format!("cannot read `{}`", file.display());
    let mut bytes = Vec::new();
    let n_bytes = limits.max_line_bytes as u64;
    bytes_of(file)?
        .take(n_bytes + 1)
        .read_to_end(&mut bytes)
        .context(cannot)?;
    if bytes.len() as u64 > n_bytes {
        return Err(CliError::failed(format!(
            "`{}` is longer than {n_bytes} bytes, the longest listing that is read",
            file.display()
        )));
    }
    let mut text = String::from_utf8(bytes).context(cannot)?;
    text.truncate(text.trim_end_matches(['\n', '\r']).len());
    let mut version = ListingVersion::empty(ListingId::new(TEXT_ID)?);
    version.text = text;
    Ok(Found {
        version,
        place: file.display().to_string(),
        problems: Vec::new(),
    })
}

fn stored(id: &str, context: &Context, config: &Config, by: Actor) -> Result<Found, CliError> {
    let url = context.store_url(config)?;
    let StoreUrl::Sqlite { database, .. } = &url;
    let way_out = "name a file with `--in FILE`, or write `FILE:LINE`";
    if !database.exists() {
        return Err(CliError::failed(format!(
            "`{id}` is no file, and there is no store `{url}` with such a listing; {way_out}"
        )));
    }
    let wanted = ListingId::new(id).context(|| format!("no file and no listing; {way_out}"))?;
    let row = AuditEntry {
        at: context.clock.now(),
        by,
        action: AuditAction::Consult,
        object: AuditObject::Listing(wanted.clone()),
        purpose: "explain".to_owned(),
    };
    let handle = context.store(config)?;
    let looked = handle
        .write(Priority::Interactive, move |tx| {
            if tx.listing(&wanted)?.is_none() {
                return Ok(None);
            }
            tx.append_audit(&row)?;
            Ok(Some(tx.latest_version(&wanted)?))
        })
        .wait();
    handle.shutdown();
    match looked? {
        None => Err(CliError::failed(format!(
            "`{id}` is no file, and no listing in the store `{url}`; {way_out}"
        ))),
        Some(Some(version)) if !version.title.is_empty() || !version.text.is_empty() => Ok(Found {
            version,
            place: url.to_string(),
            problems: Vec::new(),
        }),
        Some(_) => Err(CliError::failed(format!(
            "the text of `{id}` is not kept, or has expired; what was found in it is in \
             `waaklicht export assessments`"
        ))),
    }
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

fn bytes_of(file: &Path) -> Result<Box<dyn BufRead>, CliError> {
    if is_stdin(file) {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let file_bytes = File::open(file).context(|| format!("cannot open `{}`", file.display()))?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file_bytes)))
}

fn open(
    file: &Path,
    format: Option<wire::Format>,
    limits: Limits,
) -> Result<ListingReader<Box<dyn BufRead>>, CliError> {
    let by_name = wire::Format::of_name(&file.display().to_string());
    ListingReader::open(bytes_of(file)?, format.or(by_name), limits)
        .context(|| format!("cannot read `{}`", file.display()))
}

fn next(
    reader: &mut ListingReader<Box<dyn BufRead>>,
    file: &Path,
) -> Result<Option<Result<Row, wire::LineError>>, CliError> {
    reader
        .next_row()
        .context(|| format!("cannot read `{}`", file.display()))
}

fn found(file: &Path, row: Row) -> Found {
    let place = if is_stdin(file) {
        "-".to_owned()
    } else {
        format!("{}:{}", file.display(), row.line)
    };
    Found {
        version: row.version,
        place,
        problems: row.problems,
    }
}
