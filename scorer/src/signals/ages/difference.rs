//! Ages told by how far they are from another one: "my sister is 15 and I'm two years older".

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::PLAUSIBLE_YEARS;
use super::candidates::Candidate;

/// Years between two who are told apart in this way.
const MOST_YEARS: u32 = 9;

/// Bytes before the difference in which the other age must stand.
const WITHIN_BYTES: usize = 72;

/// Ages of somebody of whom the writer has twice or half the years.
const OTHER_YEARS: std::ops::Range<u32> = 7..80;

/// Bytes between a number of years and "older".
const NUMBER_WITHIN_BYTES: usize = 12;

/// What the first word of a cue says of the difference, folded, where no number stands before it:
/// "a year older", Hungarian "kettővel több".
const IN_CUES: &[(&str, u32)] = &[
    ("eggyel", 1),
    ("kettovel", 2),
    ("harommal", 3),
    ("year", 1),
    ("yr", 1),
    ("jahr ", 1),
    ("an ", 1),
    ("rok ", 1),
    ("ano ", 1),
    ("година", 1),
];

/// Adds the ages that differences tell.
pub(super) fn from_differences(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    found: &mut Vec<Signal>,
) {
    if reading.is_other_trade() || !passage.holds(Kind::Older) {
        return;
    }
    let mut told = Vec::new();
    let mut free_from = 0;
    let mut hits: Vec<&Hit> = passage.hits_of(Kind::Older).collect();
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    for hit in hits {
        if hit.start < free_from || !speaks_i(passage, hit) {
            continue;
        }
        let Some(value) = value(passage, candidates, found, hit) else {
            continue;
        };
        free_from = hit.end;
        if !PLAUSIBLE_YEARS.contains(&value) {
            continue;
        }
        let seen = AgeSeen {
            value: u8::try_from(value).unwrap_or(u8::MAX),
            about: About::Advertised,
            how: How::Puzzle,
        };
        told.push(passage.signal(Observed::Age(seen), hit.start..hit.end));
    }
    found.extend(told);
}

/// The age that the other one and the difference make.
fn value(
    passage: &Passage<'_>,
    candidates: &[Candidate],
    found: &[Signal],
    hit: &Hit,
) -> Option<u32> {
    if matches!(hit.note, "twice" | "half") {
        let other = age_beside(passage, candidates, hit)?;
        return match hit.note {
            "twice" => Some(other * 2),
            _ => (other % 2 == 0).then_some(other / 2),
        };
    }
    let years = years(passage, candidates, hit)?;
    let other = age_before(passage, candidates, found, hit)?;
    Some(if hit.note == "younger" {
        other.saturating_sub(years)
    } else {
        other + years
    })
}

/// "My brother is eight and I'm twice as old", "half as old as my aunt of 34": the nearest number of
/// the sentence.
fn age_beside(passage: &Passage<'_>, candidates: &[Candidate], hit: &Hit) -> Option<u32> {
    let sentence = passage.sentence(hit.start..hit.end);
    candidates
        .iter()
        .filter(|other| {
            sentence.contains(&other.range.start)
                && OTHER_YEARS.contains(&other.value)
                && (other.range.end <= hit.start || hit.end <= other.range.start)
        })
        .min_by_key(|other| {
            hit.start
                .abs_diff(other.range.end)
                .min(hit.end.abs_diff(other.range.start))
        })
        .filter(|other| hit.start.abs_diff(other.range.end) <= WITHIN_BYTES)
        .map(|other| other.value)
}

/// Whether the writer is the one who is older: "I" in the clause, nobody else in front of it.
fn speaks_i(passage: &Passage<'_>, hit: &Hit) -> bool {
    let clause = passage.clause(hit.start..hit.end);
    let sentence = passage.sentence(hit.start..hit.end);
    let own = passage
        .hits_in(clause.start..hit.start)
        .iter()
        .rev()
        .find(|other| {
            matches!(
                other.kind,
                Kind::I | Kind::Copula | Kind::AgeI | Kind::Relative | Kind::You
            ) && !is_possessive(passage, other)
        });
    let refuses = passage.hits_in(sentence).iter().any(|other| {
        matches!(other.kind, Kind::Not | Kind::Unreal)
            || other.kind == Kind::Once && other.note.is_empty()
    });
    !refuses && own.is_some_and(|own| matches!(own.kind, Kind::I | Kind::Copula | Kind::AgeI))
}

fn is_possessive(passage: &Passage<'_>, hit: &Hit) -> bool {
    passage
        .hits_in(hit.start..hit.start + 1)
        .iter()
        .any(|other| other.kind == Kind::Det && other.end == hit.end)
}

/// The number of years right before "older", or inside of it: "a year older".
fn years(passage: &Passage<'_>, candidates: &[Candidate], hit: &Hit) -> Option<u32> {
    let number = candidates
        .iter()
        .rev()
        .find(|number| {
            number.value <= MOST_YEARS
                && number.range.end <= hit.end
                && number.range.end + NUMBER_WITHIN_BYTES >= hit.start
        })
        .map(|number| number.value)
        .or_else(|| spoken(passage, hit))?;
    (1..=MOST_YEARS).contains(&number).then_some(number)
}

/// A count that is no candidate by itself: "two", Hungarian "kettővel", or the single year.
fn spoken(passage: &Passage<'_>, hit: &Hit) -> Option<u32> {
    let from = super::words::floor(&passage.flat, hit.start.saturating_sub(NUMBER_WITHIN_BYTES));
    passage
        .hits_in(from..hit.end)
        .iter()
        .filter(|other| other.kind == Kind::Number)
        .find_map(|other| other.note.parse().ok())
        .or_else(|| {
            let written = &passage.flat[hit.start..hit.end];
            IN_CUES
                .iter()
                .find(|(word, _)| written.starts_with(word))
                .map(|&(_, years)| years)
        })
}

/// The age that stands before it: the last number that is one, whoever has it.
fn age_before(
    passage: &Passage<'_>,
    candidates: &[Candidate],
    found: &[Signal],
    hit: &Hit,
) -> Option<u32> {
    let near = candidates.iter().rev().find(|other| {
        other.range.end <= hit.start
            && hit.start - other.range.end <= WITHIN_BYTES
            && PLAUSIBLE_YEARS.contains(&other.value)
    })?;
    let span = passage.span(near.range.clone());
    found
        .iter()
        .find_map(|signal| match (&signal.observed, signal.span) {
            (Observed::Age(seen), Some(at))
                if at.field == span.field && at.start <= span.start && span.end <= at.end =>
            {
                Some(u32::from(seen.value))
            }
            _ => None,
        })
}
