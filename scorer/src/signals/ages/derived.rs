//! Ages that follow from something else: a year of birth, a school year, a statement of being a
//! minor.

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::numbers::digit_runs;
use super::super::reading::{Passage, Reading};
use super::PLAUSIBLE_YEARS;
use super::candidates::Candidate;
use super::subject::{Clause, Owner};

/// Bytes behind "born" in which the year may stand: a day and a month come first.
const YEAR_WITHIN_BYTES: usize = 28;

/// School years that are counted.
const SCHOOL_YEARS: std::ops::RangeInclusive<u32> = 1..=13;

/// A year or date of birth, against the date of the listing.
pub(super) fn from_birth(reading: &Reading<'_>, passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let text = passage.text();
    let mut free_from = 0;
    for born in passage.hits_of(Kind::Born) {
        let mut reach = (born.end + YEAR_WITHIN_BYTES).min(text.len());
        while !text.is_char_boundary(reach) {
            reach -= 1;
        }
        let runs = digit_runs(&text[born.end..reach]);
        let Some((at, run)) = runs.iter().enumerate().find(|(_, run)| run.len() == 4) else {
            continue;
        };
        let range = born.end + run.start..born.end + run.end;
        if range.start < free_from {
            continue;
        }
        free_from = range.end;
        if text[range.end..].starts_with(|sign: char| sign.is_ascii_digit())
            || !text[born.end..range.start].chars().all(|sign| {
                sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '.' | '/' | ':' | ',' | '\'')
            })
        {
            continue;
        }
        let year: i32 = text[range.clone()].parse().unwrap_or(0);
        if !(1930..2100).contains(&year) {
            continue;
        }
        let clause = passage.clause(born.start..range.end);
        let subject = passage
            .hits_in(clause.start..born.start + 1)
            .iter()
            .rev()
            .find(|hit| {
                matches!(
                    hit.kind,
                    Kind::I | Kind::Third | Kind::Person | Kind::Thing | Kind::Relative
                )
            });
        let about = match subject.map(|hit| hit.kind) {
            Some(Kind::Thing) => {
                found.push(passage.refusal("age", year.to_string(), "age of a thing", range));
                continue;
            }
            Some(Kind::Relative) => About::Other,
            _ if Clause::of(passage, reading.language).noun_before(clause.start, born.start)
                == Some(Owner::Other) =>
            {
                About::Other
            }
            _ if reading.is_other_trade() && subject.is_none() => {
                found.push(passage.refusal(
                    "age",
                    year.to_string(),
                    "listing about something else",
                    range,
                ));
                continue;
            }
            _ => About::Advertised,
        };
        let Some(moment) = reading.version.moment() else {
            found.push(passage.refusal(
                "age",
                year.to_string(),
                "no date of the listing to count from",
                range,
            ));
            continue;
        };
        let day_month = (at >= 2).then(|| {
            let number = |run: &std::ops::Range<usize>| {
                text[born.end + run.start..born.end + run.end]
                    .parse::<u32>()
                    .unwrap_or(0)
            };
            (number(&runs[at - 2]), number(&runs[at - 1]))
        });
        let years = years_at(&moment.date(), year, day_month);
        let value = u32::try_from(years)
            .ok()
            .filter(|years| PLAUSIBLE_YEARS.contains(years))
            .and_then(|years| u8::try_from(years).ok());
        match value {
            Some(value) => found.push(passage.signal(
                Observed::Age(AgeSeen {
                    value,
                    about,
                    how: How::Birth,
                }),
                range,
            )),
            None => {
                found.push(passage.refusal("age", year.to_string(), "no age of a person", range))
            }
        }
    }
}

/// Full years on a date; with the year alone the greatest number possible.
fn years_at(date: &str, born_year: i32, day_month: Option<(u32, u32)>) -> i32 {
    let mut parts = date.split('-').map(|part| part.parse::<i32>().unwrap_or(0));
    let (year, month, day) = (
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
    );
    let years = year - born_year;
    match day_month {
        Some((born_day, born_month))
            if (1..=31).contains(&born_day) && (1..=12).contains(&born_month) =>
        {
            let birthday_to_come =
                (i64::from(month), i64::from(day)) < (i64::from(born_month), i64::from(born_day));
            years - i32::from(birthday_to_come)
        }
        _ => years,
    }
}

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
