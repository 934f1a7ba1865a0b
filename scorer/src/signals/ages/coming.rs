//! Coming of age without a number that could be read: "over vijf maanden ben ik meerderjarig",
//! "my 18th birthday was last week".
//!
//! A word for being of age says nothing by itself. With a moment to come or a denial it says 17 at
//! most, with a moment just past 18.

use std::ops::Range;

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::subject::{Clause, Owner};

/// Bytes around a word for being of age in which its moment is looked for.
const MOMENT_WITHIN_BYTES: usize = 72;

/// The age of majority.
const OF_AGE: u8 = 18;

/// Bytes of an article with its spaces: nobody is named in front of it.
const ARTICLE_BYTES: usize = 5;

/// Bytes of the shortest word that puts a span of time behind.
const SINCE_BYTES: usize = 4;

/// Words that may stand between "not" and a word for being of age.
const WORDS_BEHIND_NOT: usize = 3;

/// Adds what is said of coming of age.
pub(super) fn from_coming_of_age(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    found: &mut Vec<Signal>,
) {
    let told: Vec<u8> = found
        .iter()
        .filter(|signal| signal.span.is_some_and(|span| span.field == passage.field))
        .filter_map(|signal| match signal.observed {
            Observed::Age(seen) if matches!(seen.value, 17 | 18) => Some(seen.value),
            _ => None,
        })
        .collect();
    let (tells_17, tells_18) = (told.contains(&17), told.contains(&18));
    let mut free_from = 0;
    let mut hits: Vec<&Hit> = passage
        .hits_of(Kind::Majority)
        .chain(passage.hits_of(Kind::BirthdayOf))
        .collect();
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    for hit in hits {
        if hit.start < free_from || passage.flat[hit.end..].trim_start().starts_with('?') {
            continue;
        }
        let Some(value) = value(passage, hit) else {
            continue;
        };
        // What holds of the 18th birthday holds of one before it.
        let younger = hit.note.parse().map_or(0, |years: u8| OF_AGE - years);
        let value = value - younger;
        free_from = hit.end;
        let range = hit.start..hit.end;
        // A number has said so already.
        if tells_17 || value == 18 && tells_18 {
            continue;
        }
        match about(reading, passage, hit) {
            Ok(about) => found.push(passage.signal(
                Observed::Age(AgeSeen {
                    value,
                    about,
                    how: How::Limit,
                }),
                range,
            )),
            Err(reason) => {
                found.push(passage.refusal("age", &passage.flat[range.clone()], reason, range));
            }
        }
    }
}

/// What the words around say: 17 for something to come or denied, 18 for something just past.
fn value(passage: &Passage<'_>, hit: &Hit) -> Option<u8> {
    let sentence = passage.sentence(hit.start..hit.end);
    let near = sentence
        .start
        .max(hit.start.saturating_sub(MOMENT_WITHIN_BYTES))
        ..sentence.end.min(hit.end + MOMENT_WITHIN_BYTES);
    let near = floor_range(passage, near);
    let has = |kind: Kind, range: Range<usize>| {
        passage
            .hits_in(range)
            .iter()
            .any(|other| other.kind == kind)
    };
    if has(Kind::LongAgo, near.clone()) {
        return None;
    }
    let clause = passage.clause(hit.start..hit.end);
    let denied = passage.hits_in(clause.start..hit.start).iter().any(|not| {
        not.kind == Kind::Not
            && not.note.is_empty()
            && not.end <= hit.start
            && passage.flat[not.end..hit.start].split_whitespace().count() <= WORDS_BEHIND_NOT
    });
    // Its own row: "not yet of age".
    let is_minor = passage
        .hits_in(clause.start..hit.end)
        .iter()
        .any(|other| other.kind == Kind::Minor && hit.start < other.end);
    if is_minor {
        return None;
    }
    if denied {
        return Some(17);
    }
    let longest = |kind: Kind, range: &Range<usize>| {
        passage
            .hits_in(range.clone())
            .iter()
            .filter(|other| other.kind == kind)
            .map(|other| other.end - other.start)
            .max()
    };
    if is_span_to_come(passage, &clause) {
        return Some(17);
    }
    // The clause says more than the words around it, and "in ten weeks" more than "only".
    [clause, near].into_iter().find_map(|range| {
        let (to_come, past) = (
            longest(Kind::Future, &range),
            longest(Kind::JustPast, &range),
        );
        (to_come.is_some() || past.is_some()).then(|| if to_come > past { 17 } else { 18 })
    })
}

/// "Half a year to wait for my 18th": a span of weeks, months or half a year beside it, and no word
/// that puts it behind.
fn is_span_to_come(passage: &Passage<'_>, clause: &Range<usize>) -> bool {
    let hits = passage.hits_in(clause.clone());
    let is_gone = hits.iter().any(|hit| {
        (matches!(
            hit.kind,
            Kind::LongAgo | Kind::JustPast | Kind::RecentTime | Kind::Past
        ) || hit.kind == Kind::Once && hit.note.is_empty())
            && SINCE_BYTES <= hit.end - hit.start
    });
    !is_gone && hits.iter().any(|hit| hit.kind == Kind::Wait)
}

fn about(reading: &Reading<'_>, passage: &Passage<'_>, hit: &Hit) -> Result<About, &'static str> {
    let clause = passage.clause(hit.start..hit.end);
    let sentence = passage.sentence(hit.start..hit.end);
    let before = passage.hits_in(sentence.start..hit.start);
    let whole = passage.hits_in(sentence.clone());
    let speaks_i = whole
        .iter()
        .any(|other| matches!(other.kind, Kind::I | Kind::Copula | Kind::AgeI));
    if reading.is_other_trade() && !speaks_i {
        return Err("listing about something else");
    }
    // "Si aún no puedes votar, no me escribas"
    let is_supposed =
        passage.hits_in(clause.clone()).iter().any(|other| {
            other.kind == Kind::Suppose && other.start <= clause.start + ARTICLE_BYTES
        }) && !passage
            .hits_in(clause.clone())
            .iter()
            .any(|other| matches!(other.kind, Kind::I | Kind::Copula | Kind::AgeI));
    if is_supposed {
        return Err(super::verdict::VISITOR_RULE);
    }
    let addressed = passage
        .hits_in(clause.clone())
        .iter()
        .any(|other| other.kind == Kind::You);
    if addressed && !speaks_i {
        return Err(super::verdict::VISITOR_RULE);
    }
    let is_other = before.iter().any(|other| other.kind == Kind::Relative)
        || whole.iter().any(|other| other.kind == Kind::Aside)
        || !speaks_i
            && hit.start - clause.start > ARTICLE_BYTES
            && Clause::of(passage, reading.language).noun_before(clause.start, hit.start)
                == Some(Owner::Other);
    Ok(if is_other {
        About::Other
    } else {
        About::Advertised
    })
}

fn floor_range(passage: &Passage<'_>, range: Range<usize>) -> Range<usize> {
    let flat = passage.flat.as_str();
    super::words::floor(flat, range.start)..super::words::floor(flat, range.end)
}
