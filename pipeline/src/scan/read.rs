//! Reads the inputs of a scan, and gives each listing a name that is its own over all of them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use model::{Digest, ListingId};
use wire::ListingReader;

use super::{Event, Held, Input, Setup, Source, Stage, Summary};
use crate::PipelineError;

/// All listings of all inputs.
pub(super) struct Inputs {
    pub(super) held: Vec<Held>,
    /// For each input, the folder that its relative pictures stand in.
    pub(super) folders: Vec<PathBuf>,
    pub(super) summary: Summary,
}

pub(super) fn read_all(
    inputs: Vec<Input>,
    setup: &Setup<'_>,
    tell: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Inputs, PipelineError> {
    let mut all = Inputs {
        held: Vec::new(),
        folders: Vec::new(),
        summary: Summary::default(),
    };
    for (number, input) in inputs.into_iter().enumerate() {
        let by_name = wire::Format::of_name(&input.name);
        let format = input.format.or(by_name);
        let bytes: Box<dyn BufRead> = match input.source {
            Source::File(path) => {
                let file = File::open(&path).map_err(|source| PipelineError::Open {
                    path: path.clone(),
                    source,
                })?;
                let folder = path.parent().map(Path::to_path_buf);
                all.folders.push(folder.unwrap_or_default());
                Box::new(BufReader::with_capacity(1 << 16, file))
            }
            Source::Stream(stream) => {
                all.folders.push(PathBuf::new());
                Box::new(BufReader::with_capacity(1 << 16, stream))
            }
        };
        let failed = |source| PipelineError::Read {
            input: input.name.clone(),
            source,
        };
        let mut reader = ListingReader::open(bytes, format, setup.line_limits).map_err(failed)?;
        if !reader.holds_words() {
            tell(Event::NoWords { input: &input.name });
        }
        let columns = reader.attribute_columns();
        if !columns.is_empty() {
            tell(Event::Attributes {
                input: &input.name,
                columns: &columns,
            });
        }
        while let Some(row) = reader.next_row().map_err(failed)? {
            match row {
                Ok(row) => {
                    if all.held.len() >= setup.limits.max_listings {
                        return Err(PipelineError::TooManyListings {
                            max_listings: setup.limits.max_listings,
                        });
                    }
                    all.held.push(held(number, row, setup));
                }
                Err(refused) => {
                    all.summary.n_refused += 1;
                    tell(Event::Refused {
                        input: &input.name,
                        line: refused.line,
                        why: &refused.why,
                    });
                }
            }
            if all.held.len().is_multiple_of(super::CHUNK) {
                super::go_on(setup.stop)?;
                tell(Event::Progress {
                    stage: Stage::Read,
                    n_done: all.held.len() as u64,
                    n_total: None,
                });
            }
        }
    }
    Ok(all)
}

fn held(input: usize, row: wire::Row, setup: &Setup<'_>) -> Held {
    let mut version = row.version;
    if version.language.is_none() {
        version.language.clone_from(&setup.language);
    }
    if version.country.is_none() {
        version.country.clone_from(&setup.country);
    }
    Held {
        input,
        line: row.line,
        version,
        problems: row.problems,
        photos: Vec::new(),
    }
}

/// For a listing whose id stood in an earlier input already, the name by which linking and the
/// `members` of other listings' evidence call it: `FILE#ID`, where `FILE` is the file's name
/// without its folder. Its own answer bears its own id.
pub(super) fn link_keys(held: &[Held], names: &[String]) -> Vec<Option<ListingId>> {
    let mut taken: BTreeSet<ListingId> = BTreeSet::new();
    let mut again: Vec<bool> = Vec::with_capacity(held.len());
    for listing in held {
        again.push(!taken.insert(listing.version.id.clone()));
    }
    held.iter()
        .zip(again)
        .map(|(listing, again)| {
            if !again {
                return None;
            }
            let key = free_key(listing, &names[listing.input], &taken);
            taken.insert(key.clone());
            Some(key)
        })
        .collect()
}

fn free_key(listing: &Held, input: &str, taken: &BTreeSet<ListingId>) -> ListingId {
    let id = &listing.version.id;
    let file = Path::new(input)
        .file_name()
        .map_or_else(|| input.into(), |name| name.to_string_lossy());
    let number = listing.input + 1;
    let plain = [format!("{file}#{id}"), format!("{number}:{file}#{id}")];
    // A name that is too long, or taken by chance, is replaced by a digest; the last of these
    // cannot all be taken.
    let digest = Digest::of(id.as_str().as_bytes()).short();
    let short = (0_u64..).map(|again| format!("{number}:{again}#{digest}"));
    plain
        .into_iter()
        .chain(short)
        .filter_map(|key| ListingId::new(key).ok())
        .find(|key| !taken.contains(key))
        .unwrap_or_else(|| id.clone())
}

#[cfg(test)]
mod tests {
    use model::ListingVersion;

    use super::*;

    /// The keys of listings given as `input/id`.
    #[track_caller]
    fn check(listings: &[(usize, &str)], expected: &[Option<&str>]) {
        let held: Vec<Held> = listings
            .iter()
            .map(|(input, id)| Held {
                input: *input,
                line: 1,
                version: ListingVersion::empty(ListingId::new(*id).unwrap()),
                problems: Vec::new(),
                photos: Vec::new(),
            })
            .collect();
        let names = ["x/a.csv", "x/b.csv", "y/b.csv", "-"].map(str::to_owned);
        let keys = link_keys(&held, &names);
        let keys: Vec<Option<&str>> = keys
            .iter()
            .map(|key| key.as_ref().map(ListingId::as_str))
            .collect();
        assert_eq!(keys, expected);
    }

    #[test]
    fn an_id_of_an_earlier_input_is_told_apart_by_its_file() {
        check(
            &[(0, "1"), (0, "2"), (1, "1")],
            &[None, None, Some("b.csv#1")],
        );
        check(
            &[(0, "1"), (1, "1"), (2, "1"), (3, "1")],
            &[None, Some("b.csv#1"), Some("3:b.csv#1"), Some("-#1")],
        );
    }

    #[test]
    fn a_key_never_meets_an_id() {
        check(
            &[(0, "1"), (0, "b.csv#1"), (1, "1")],
            &[None, None, Some("2:b.csv#1")],
        );
        let long = "x".repeat(512);
        check(
            &[(0, &long), (1, &long)],
            &[
                None,
                Some(&format!("2:0#{}", Digest::of(long.as_bytes()).short())),
            ],
        );
    }
}
