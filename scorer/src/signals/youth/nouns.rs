//! Words for somebody of that age (M6): "teenager", and those who go to a school for minors.

use model::Statement;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::super::statements::OTHER_TRADE;
use super::super::whom::{self, Around, Said as How};
use super::{Said, add, school};

/// The note of statements on parents: "my parents let me".
const HOME: &str = "home";

/// Why a noun between quotation marks says nothing: a title, a word that is spoken of.
const QUOTED: &str = "quoted";

/// Adds the statements of a passage.
pub(super) fn find(reading: &Reading<'_>, passage: &Passage<'_>, statements: &mut Vec<Said>) {
    let mut free_from = 0;
    let mut nouns: Vec<_> = passage
        .hits
        .iter()
        .filter(|hit| matches!(hit.kind, Kind::YouthNoun | Kind::Pupil))
        .collect();
    nouns.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    for hit in nouns {
        if hit.start < free_from {
            continue;
        }
        free_from = hit.end;
        let range = hit.start..hit.end;
        // A note says that the words speak of the person by themselves: "still in my teens".
        let refused = match hit.note {
            HOME => at_home(reading, passage, hit),
            "self" => whom::refused(reading, passage, &range, How::BySelf),
            _ => noun(reading, passage, hit),
        };
        // "I am a pupil" says more than the bare word, which may be a pose.
        let is_pupil =
            hit.kind == Kind::Pupil && Around::of(reading, passage, &range).is_said_by_verb();
        let statement = if is_pupil {
            Statement::AtSchool
        } else {
            Statement::YouthWord
        };
        add(
            statements,
            Said {
                statement,
                range,
                refused,
            },
        );
    }
}

/// Why a statement on parents does not count. They are in it themselves, and a "not" is part of it.
fn at_home(reading: &Reading<'_>, passage: &Passage<'_>, hit: &Hit) -> Option<&'static str> {
    if reading.is_other_trade() {
        return Some(OTHER_TRADE);
    }
    let around = Around::of(reading, passage, &(hit.start..hit.end));
    around
        .near_miss()
        .or_else(|| around.frame(How::BySelf))
        .or_else(|| around.somebody_else())
}

/// Why a noun does not count.
fn noun(reading: &Reading<'_>, passage: &Passage<'_>, hit: &Hit) -> Option<&'static str> {
    let range = hit.start..hit.end;
    let rest = &passage.flat[hit.end..];
    // "Teen-look", "teen girl's bedroom"
    if rest.starts_with(|sign: char| sign == '-' || sign.is_alphanumeric())
        || rest.starts_with("'s ")
    {
        return Some(whom::THING);
    }
    if is_quoted(passage, hit) {
        return Some(QUOTED);
    }
    if school::is_work_or_reunion(passage, &range) {
        return Some(school::WORKPLACE);
    }
    whom::refused(reading, passage, &range, How::ByNoun)
}

/// Whether a noun stands right behind a quotation mark that is closed in its sentence.
fn is_quoted(passage: &Passage<'_>, hit: &Hit) -> bool {
    let sentence = passage.sentence(hit.start..hit.end);
    passage.flat[..hit.start].ends_with('"')
        && passage.flat[hit.end..sentence.end.max(hit.end)].contains('"')
}
