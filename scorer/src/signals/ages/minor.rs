//! Statements of being a minor without a number: "I am a minor", "our Kim is underage".
//!
//! A phrase with its own verb (kind `minor`) speaks of whoever it names; a bare word (kind
//! `minor-word`) is a statement where a verb says it of somebody. Of whom is asked in `whom.rs`.

use std::ops::Range;

use model::{About, AgeSeen, How, Language, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::super::whom::{self, Said};
use super::names::is_given_name;

/// What such a statement says at most.
const MINOR: u8 = 17;

/// Words between a denial and what it denies.
const DENIAL_WORDS: usize = 3;

/// Verbs of being that are no cues for ages, folded; Hungarian needs none.
const BE: &[&str] = &["est", "es", "jest", "e", "este", "е", "is", "ist", "sunt"];

/// Adds the statements of a passage.
pub(super) fn from_statement(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    found: &mut Vec<Signal>,
) {
    let mut hits: Vec<&Hit> = passage
        .hits_of(Kind::Minor)
        .chain(passage.hits_of(Kind::MinorWord))
        .collect();
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut free_from = 0;
    for hit in hits {
        let range = hit.start..hit.end;
        if hit.start < free_from || goes_on(passage, &range) || is_asked(passage, &range) {
            continue;
        }
        let about = if hit.kind == Kind::Minor {
            if is_rumour(passage, &range, found) {
                continue;
            }
            about_phrase(reading, passage, &range)
        } else {
            about_word(reading, passage, &range)
        };
        let Some(about) = about else {
            continue;
        };
        // "I'm a minor, 16": the number says more.
        let is_narrowed = found.iter().any(|signal| match signal.observed {
            Observed::Age(seen) => {
                seen.about == about && seen.value <= MINOR && seen.how != How::Field
            }
            _ => false,
        });
        if is_narrowed {
            continue;
        }
        free_from = hit.end;
        let seen = AgeSeen {
            value: MINOR,
            about,
            how: How::Limit,
        };
        found.push(passage.signal(Observed::Age(seen), range));
    }
}

/// "A minor repair": the word goes on as something else.
fn goes_on(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage.flat[range.end..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '-')
}

fn is_asked(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage.flat[range.end..].trim_start().starts_with('?')
}

/// "A forum says that I am a minor; nonsense, 26": who tells it stands in front, and the listing
/// states an adult's age.
fn is_rumour(passage: &Passage<'_>, range: &Range<usize>, found: &[Signal]) -> bool {
    let sentence = passage.sentence(range.clone());
    has(passage, sentence.start..range.start, &[Kind::Aside])
        && found.iter().any(|signal| {
            matches!(
                signal.observed,
                Observed::Age(AgeSeen {
                    value,
                    about: About::Advertised,
                    how,
                }) if value > MINOR && how != How::Field
            )
        })
}

/// Of whom a phrase with its own verb speaks; `None` for the reader.
fn about_phrase(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    range: &Range<usize>,
) -> Option<About> {
    let speaks_i = has(passage, range.clone(), &[Kind::I, Kind::Copula]);
    let around = whom::Around::of(reading, passage, range);
    let refused = if speaks_i {
        // "Ben je nog minderjarig, ga dan weg" is said to the reader.
        around
            .frame(Said::BySelf)
            .or_else(|| around.addressee())
            .or_else(|| {
                let sentence = passage.sentence(range.clone());
                has(passage, sentence.start..range.start + 1, &[Kind::Unreal])
                    .then_some(whom::UNREAL)
            })
    } else {
        around
            .frame(Said::ByVerb)
            .or_else(|| around.subject(Said::ByVerb))
    };
    let is_aside = has(passage, passage.sentence(range.clone()), &[Kind::Aside]);
    match refused {
        Some(whom::SOMEBODY_ELSE) => Some(About::Other),
        Some(_) => None,
        None if is_aside && !speaks_i => Some(About::Other),
        None => Some(About::Advertised),
    }
}

/// Of whom a bare word is said: by a verb of its clause, and of somebody who is named there.
fn about_word(reading: &Reading<'_>, passage: &Passage<'_>, range: &Range<usize>) -> Option<About> {
    let clause = passage.clause(range.clone());
    let is_said = whom::Around::of(reading, passage, range).is_said_by_verb()
        || passage.flat[clause.start..range.start]
            .split_whitespace()
            .any(|word| BE.contains(&word))
        || reading.language == Some(Language::Hu);
    if !is_said {
        return None;
    }
    if has(passage, passage.sentence(range.clone()), &[Kind::Aside]) {
        return None;
    }
    let around = whom::Around::of(reading, passage, range);
    let refused = around
        .near_miss()
        .or_else(|| around.frame(Said::ByVerb))
        .or_else(|| around.subject(Said::ByVerb));
    if reading.is_other_trade() || is_denied(passage, &clause, range) {
        return None;
    }
    match refused {
        Some(whom::SOMEBODY_ELSE) => Some(About::Other),
        Some(_) => None,
        None => names_somebody(passage, &clause).then_some(About::Advertised),
    }
}

/// A denial in front of the word, at most three words away; what follows behind "but" denies nothing.
fn is_denied(passage: &Passage<'_>, clause: &Range<usize>, range: &Range<usize>) -> bool {
    passage
        .hits_in(clause.start..range.start)
        .iter()
        .filter(|hit| {
            matches!(hit.kind, Kind::Negation | Kind::Not | Kind::Neg) && hit.end <= range.start
        })
        .any(|hit| {
            passage.flat[hit.end..range.start]
                .split_whitespace()
                .count()
                <= DENIAL_WORDS
        })
}

/// Whether the writer, a person or a name stands in a clause.
fn names_somebody(passage: &Passage<'_>, clause: &Range<usize>) -> bool {
    const SOMEBODY: &[Kind] = &[Kind::I, Kind::Third, Kind::Person, Kind::PersonAfter];
    has(passage, clause.clone(), SOMEBODY)
        || passage.flat[clause.clone()]
            .split(|sign: char| !sign.is_alphanumeric())
            .any(is_given_name)
}

fn has(passage: &Passage<'_>, range: Range<usize>, kinds: &[Kind]) -> bool {
    let end = range.end;
    passage
        .hits_in(range)
        .iter()
        .any(|hit| kinds.contains(&hit.kind) && hit.end <= end)
}
