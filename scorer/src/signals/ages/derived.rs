//! Ages that follow from something else than a number of years: a school year, a statement of being
//! a minor. Years of birth are in `ages/birth.rs`.

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::candidates::Candidate;

/// School years that are counted.
const SCHOOL_YEARS: std::ops::RangeInclusive<u32> = 1..=13;

/// "I am in 4 havo": the greatest usual age in that year.
pub(super) fn from_school(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    found: &mut Vec<Signal>,
) {
    for candidate in candidates
        .iter()
        .filter(|candidate| SCHOOL_YEARS.contains(&candidate.value))
    {
        let range = candidate.range.clone();
        let gap = |sign: char| matches!(sign, ' ' | '-' | '.');
        let behind = passage
            .hits_after(range.end, 2, gap)
            .find(|hit| hit.kind == Kind::SchoolAfter);
        let before = passage
            .hits_before(range.start, 2, gap)
            .find(|hit| hit.kind == Kind::SchoolBefore);
        let (Some(hit), whole) = (match (behind, before) {
            (Some(hit), _) => (Some(hit), range.start..hit.end),
            (None, Some(hit)) => (Some(hit), hit.start..range.end),
            (None, None) => (None, range.clone()),
        }) else {
            continue;
        };
        let clause = passage.clause(whole.clone());
        // "My" is no subject: "my daughter is in 4 havo".
        let is_possessive = |hit: &Hit| {
            hit.kind == Kind::I
                && passage
                    .hits_in(hit.start..hit.start + 1)
                    .iter()
                    .any(|other| other.kind == Kind::Det && other.end == hit.end)
        };
        let subject = passage.hits_in(clause).iter().find(|hit| {
            hit.start < whole.start
                && matches!(hit.kind, Kind::I | Kind::Third | Kind::Relative | Kind::You)
                && !is_possessive(hit)
        });
        let about = match subject.map(|hit| hit.kind) {
            Some(Kind::Relative) => About::Other,
            Some(Kind::I | Kind::Third) if !reading.is_other_trade() => About::Advertised,
            _ => continue,
        };
        let Some(value) = hit
            .note
            .parse::<u32>()
            .ok()
            .and_then(|add| u8::try_from(candidate.value + add).ok())
        else {
            continue;
        };
        // Above that the class is full of adults too, and says nothing.
        if value <= 17 {
            found.push(passage.signal(
                Observed::Age(AgeSeen {
                    value,
                    about,
                    how: How::School,
                }),
                whole,
            ));
        }
    }
}

/// "I am still a minor": 17 at most.
pub(super) fn from_statement(passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let mut last_end = 0;
    for hit in passage.hits_of(Kind::Minor) {
        if hit.start < last_end || passage.flat[hit.end..].trim_start().starts_with('?') {
            continue;
        }
        // "A minor repair": the word goes on as something else.
        if passage.flat[hit.end..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '-') {
            continue;
        }
        let sentence = passage.sentence(hit.start..hit.end);
        let is_other = passage
            .hits_in(sentence.start..hit.start)
            .iter()
            .any(|hit| hit.kind == Kind::Relative && hit.note.is_empty());
        let about = if is_other {
            About::Other
        } else {
            About::Advertised
        };
        last_end = hit.end;
        found.push(passage.signal(
            Observed::Age(AgeSeen {
                value: 17,
                about,
                how: How::Limit,
            }),
            hit.start..hit.end,
        ));
    }
}
