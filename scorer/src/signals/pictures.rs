//! What a listing says of its own pictures: that the phone number, or the text, stands in one.
//!
//! Only the words of the page are read, never a picture. Both are labels without points.

use std::ops::Range;

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::Is;
use super::clauses::{self, Frame, SENTENCE};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::{Passage, Reading};
use super::statements::Cued;

pub(super) const DETECTOR: Detector = Detector {
    name: "pictures",
    about: "`number-in-picture` and `text-in-picture`, where the listing says so itself; pictures are \
            not read.",
    detect,
    examples,
};

/// Digits of a sentence in which the number itself is written, so that no picture holds it.
const NUMBER_DIGITS: usize = 7;

/// Where something stands beside what it is, whichever comes first.
const NUMBER: &[Frame] = &[Frame {
    needs: &[Is(&[Kind::PicPlace]), Is(&[Kind::PicNumber])],
    unless: &[Kind::PicPerson],
    reach: 70,
    ..SENTENCE
}];

const TEXT: &[Frame] = &[Frame {
    needs: &[Is(&[Kind::PicPlace]), Is(&[Kind::PicInfo])],
    unless: &[Kind::PicPerson],
    reach: 60,
    ..SENTENCE
}];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for cued in [
        Cued {
            statement: Statement::NumberInPicture,
            cue: Kind::NumberPicture,
            near_miss: Kind::PictureNot,
        },
        Cued {
            statement: Statement::TextInPicture,
            cue: Kind::TextPicture,
            near_miss: Kind::PictureNot,
        },
    ] {
        cued.detect(reading, found);
    }
    let refused = ordinary::refusal(reading);
    for (statement, frames) in [
        (Statement::NumberInPicture, NUMBER),
        (Statement::TextInPicture, TEXT),
    ] {
        for passage in &reading.passages {
            let mut ranges = clauses::all_found(passage, frames);
            ranges.retain(|range| {
                let is_known = found.iter().any(|signal| {
                    signal
                        .span
                        .is_some_and(|span| passage.span(range.clone()).overlaps(&span))
                        && is_of_pictures(signal)
                });
                !is_known && !is_refuted(passage, range)
            });
            let observed = Observed::Statement(statement);
            clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
        }
    }
}

/// Whether a cue has told or refused this already.
fn is_of_pictures(signal: &Signal) -> bool {
    match &signal.observed {
        Observed::Statement(statement) => matches!(
            statement,
            Statement::NumberInPicture | Statement::TextInPicture
        ),
        _ => false,
    }
}

/// Whether the number itself stands beside it, or the cue is one for something else about pictures.
fn is_refuted(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let sentence = passage.sentence(range.clone());
    let n_digits = passage
        .flat
        .get(sentence.clone())
        .map_or(0, |text| text.bytes().filter(u8::is_ascii_digit).count());
    n_digits >= NUMBER_DIGITS
        || passage
            .hits_in(sentence)
            .iter()
            .any(|hit| hit.kind == Kind::PictureNot)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Mijn nummer staat op de foto", "number-in-picture @5..28"),
        ("See pics for rates", "text-in-picture @0..18"),
        (
            "Het 06-nr heb ik op de tweede foto gezet",
            "number-in-picture @7..34",
        ),
        ("Mijn nummer is 06 1234 4412, op de foto zie je mij", ""),
        (
            "The plate is covered in the photos, serial number later",
            "",
        ),
        ("Number of pictures: 12", ""),
        ("Foto's zijn echt, meer foto's op verzoek", ""),
    ]
}
