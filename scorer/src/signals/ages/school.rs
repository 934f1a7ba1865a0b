//! Ages that follow from a school year: the greatest usual age in it.

use std::ops::Range;

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::candidates::Candidate;
use super::names::is_given_name;
use super::subject::Clause;
use super::words::Class;

/// School years that are counted.
const SCHOOL_YEARS: std::ops::RangeInclusive<u32> = 1..=13;

/// The greatest age that a school year tells: above it the class is full of adults too.
const OLDEST: u32 = 17;

/// Years by which a stated age may differ from the one of the class.
const STATED_YEARS: u32 = 2;

pub(super) fn from_school(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    found: &mut Vec<Signal>,
) {
    let numbered = candidates
        .iter()
        .filter(|candidate| SCHOOL_YEARS.contains(&candidate.value))
        .filter_map(|candidate| year_of(passage, candidate));
    let named = passage
        .hits_of(Kind::SchoolYear)
        .filter_map(|hit| Some((hit.note.parse().ok()?, hit.start..hit.end)));
    let mut years: Vec<(u32, Range<usize>)> = numbered.chain(named).collect();
    years.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    years.dedup_by(|next, kept| next.1.start < kept.1.end);
    for (value, range) in years {
        if value > OLDEST {
            continue;
        }
        let Some(about) = about(reading, passage, &range) else {
            continue;
        };
        // "In year 11, 16": the number says more than the class.
        let is_narrowed = found.iter().any(|signal| match signal.observed {
            Observed::Age(seen) => {
                seen.about == about
                    && seen.how != How::Field
                    && u32::from(seen.value).abs_diff(value) <= STATED_YEARS
            }
            _ => false,
        });
        if is_narrowed {
            continue;
        }
        found.push(passage.signal(
            Observed::Age(AgeSeen {
                value: u8::try_from(value).unwrap_or(u8::MAX),
                about,
                how: How::School,
            }),
            range,
        ));
    }
}

/// "4 havo", "year 10": the age and where it stands.
fn year_of(passage: &Passage<'_>, candidate: &Candidate) -> Option<(u32, Range<usize>)> {
    let range = candidate.range.clone();
    let gap = |sign: char| matches!(sign, ' ' | '-' | '.');
    let longest = |hit: &&Hit| hit.end - hit.start;
    let behind = passage
        .hits_after(range.end, 2, gap)
        .filter(|hit| hit.kind == Kind::SchoolAfter)
        .max_by_key(longest);
    let before = passage
        .hits_before(range.start, 2, gap)
        .filter(|hit| hit.kind == Kind::SchoolBefore)
        .max_by_key(longest);
    let (hit, whole) = match (behind, before) {
        (Some(hit), _) => (hit, range.start..hit.end),
        (None, Some(hit)) => (hit, hit.start..range.end),
        (None, None) => return None,
    };
    Some((candidate.value + hit.note.parse::<u32>().ok()?, whole))
}

/// Who sits in that year, if somebody does.
fn about(reading: &Reading<'_>, passage: &Passage<'_>, whole: &Range<usize>) -> Option<About> {
    let clause = passage.clause(whole.clone());
    let sentence = passage.sentence(whole.clone());
    let says =
        |range: Range<usize>, kind: Kind| passage.hits_in(range).iter().any(|hit| hit.kind == kind);
    let is_taught = reading.is_other_trade() || says(sentence.clone(), Kind::NotPupil);
    if says(sentence.clone(), Kind::Aside) || says(clause.start..whole.start, Kind::Once) {
        return None;
    }
    let reader = Clause::of(passage, reading.language);
    let before = reader.tokens(sentence.start, whole.start);
    let is_enrolled = passage
        .hits_in(clause.start..whole.start + 1)
        .iter()
        .any(|hit| hit.kind == Kind::Enrolled && hit.end <= whole.end && hit.start <= whole.start)
        || passage
            .hits_after(whole.end, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::Enrolled);
    let is_possessive = |range: &Range<usize>| {
        passage
            .hits_in(range.start..range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Det && hit.end == range.end)
    };
    for token in before.iter().rev() {
        match token.class {
            Class::Relative if token.note.is_empty() => return Some(About::Other),
            _ if is_taught => {}
            Class::Relative | Class::Thing | Class::Firm => return None,
            Class::I if !is_possessive(&token.range) => return Some(About::Advertised),
            Class::Third if !is_possessive(&token.range) => return Some(About::Advertised),
            Class::Person | Class::Name => return Some(About::Advertised),
            _ if is_given_name(&passage.flat[token.range.clone()]) => {
                return Some(About::Advertised);
            }
            Class::Verb => return None,
            _ => {}
        }
    }
    if is_taught {
        return None;
    }
    let addressed = says(clause.clone(), Kind::You);
    if is_enrolled && !addressed {
        return Some(About::Advertised);
    }
    // "4º de la ESO, libre después de clase": the text begins with it and says when school is out.
    let opens = passage.flat[sentence.start..whole.start]
        .split_whitespace()
        .count()
        <= 1;
    if opens && !addressed && says(sentence.clone(), Kind::SchoolDay) {
        return Some(About::Advertised);
    }
    // "Year 10 girl"
    let person_follows = passage
        .hits_after(whole.end, 2, |sign| matches!(sign, ' ' | '-'))
        .any(|hit| matches!(hit.kind, Kind::Person | Kind::PersonAfter));
    // "Élève de seconde": all that stands before is who.
    let pupil_before = passage
        .hits_in(clause.start..whole.start + 1)
        .iter()
        .any(|hit| hit.kind == Kind::PersonAfter && passage.begins_clause(hit.start));
    ((person_follows || pupil_before) && before.iter().all(|token| token.class != Class::Prep))
        .then_some(About::Advertised)
}
