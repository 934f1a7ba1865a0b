//! Words for somebody of that age (M6): "teenager", and those who go to a school for minors.

use model::Statement;

use super::super::lexicon::Kind;
use super::super::reading::{Passage, Reading};
use super::super::whom::{self, Around, Said as How};
use super::{Said, add};

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
        let how = if hit.note == "self" {
            How::BySelf
        } else {
            How::ByNoun
        };
        let is_compound =
            passage.flat[hit.end..].starts_with(|sign: char| sign == '-' || sign.is_alphanumeric());
        let refused = if is_compound {
            Some(whom::THING)
        } else {
            whom::refused(reading, passage, &range, how)
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
