//! New to the work: a weak sign, which alone says nothing.

use std::ops::Range;

use model::Statement;

use super::super::lexicon::{Hit, Kind};
use super::super::places;
use super::super::reading::{Passage, Reading};
use super::super::statements::{Cued, OTHER_TRADE};
use super::super::whom::{self, Around, Said as How};
use super::{Said, add};

/// Words between "started" and "last week".
const BEGUN_WORDS: usize = 3;

/// Why "new in" says nothing of the work.
const PLACE: &str = "new in a place";

const BEGINNER: Cued = Cued {
    statement: Statement::Beginner,
    cue: Kind::Beginner,
    near_miss: Kind::BeginnerNot,
};

/// Adds the statements of a passage.
pub(super) fn find(reading: &Reading<'_>, passage: &Passage<'_>, statements: &mut Vec<Said>) {
    let begun = passage
        .hits_of(Kind::Begin)
        .filter_map(|hit| Some((hit, lately(passage, hit)?)));
    let cues = BEGINNER.hits(passage).into_iter();
    for (hit, range) in cues.map(|hit| (hit, hit.start..hit.end)).chain(begun) {
        let around = Around::of(reading, passage, &range);
        let is_said = hit.note == "never";
        let refused = if reading.is_other_trade() {
            Some(OTHER_TRADE)
        } else {
            BEGINNER
                .near_miss(passage, hit)
                .or_else(|| around.frame(How::Turned))
                .or_else(|| (!is_said).then(|| around.denial()).flatten())
                .or_else(|| around.subject(How::ByVerb))
                .or_else(|| wanted(passage, &around))
                .or_else(|| in_a_place(passage, range.end))
        };
        add(
            statements,
            Said {
                statement: Statement::Beginner,
                range,
                refused,
            },
        );
    }
}

/// "Started last Monday": the verb and the time beside it.
fn lately(passage: &Passage<'_>, begin: &Hit) -> Option<Range<usize>> {
    let clause = passage.clause(begin.start..begin.end);
    passage
        .hits_in(clause)
        .iter()
        .filter(|hit| hit.kind == Kind::RecentTime && hit.language == begin.language)
        .find_map(|hit| {
            let gap = if hit.end <= begin.start {
                hit.end..begin.start
            } else {
                begin.end..hit.start
            };
            (whom::n_words(passage, gap) <= BEGUN_WORDS)
                .then(|| hit.start.min(begin.start)..hit.end.max(begin.end))
        })
}

/// "First time in Leeds" says where somebody is new.
fn in_a_place(passage: &Passage<'_>, at: usize) -> Option<&'static str> {
    const IN: [&str; 10] = ["in", "en", "a", "im", "la", "w", "we", "в", "във", "au"];
    let rest = passage.flat[at..].strip_prefix(' ')?;
    let (of, place) = rest.split_once(' ')?;
    if !IN.contains(&of) {
        return None;
    }
    let len = place
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(place.len());
    let begin = passage.flat.len() - place.len();
    let is_capital = passage
        .written(begin..begin + len)
        .starts_with(char::is_uppercase);
    (is_capital || places::is_town(&place[..len])).then_some(PLACE)
}

/// "No experience needed" in a listing that seeks persons.
fn wanted(passage: &Passage<'_>, around: &Around<'_, '_>) -> Option<&'static str> {
    passage
        .hits_in(around.sentence())
        .iter()
        .any(|hit| matches!(hit.kind, Kind::Wants | Kind::Seeks))
        .then_some(whom::SOUGHT)
}
