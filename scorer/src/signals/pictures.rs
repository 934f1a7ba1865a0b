//! What a listing says of its own pictures: that the phone number, or the text, stands in one.
//!
//! Only the words of the page are read, never a picture. Both are labels without points.

use model::{Signal, Statement};

use super::Detector;
use super::lexicon::Kind;
use super::reading::Reading;
use super::statements::Cued;

pub(super) const DETECTOR: Detector = Detector {
    name: "pictures",
    about: "`number-in-picture` and `text-in-picture`, where the listing says so itself; pictures are \
            not read.",
    detect,
    examples,
};

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
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Mijn nummer staat op de foto", "number-in-picture @5..28"),
        ("See pics for rates", "text-in-picture @0..18"),
        ("Number of pictures: 12", ""),
        ("Foto's zijn echt, meer foto's op verzoek", ""),
    ]
}
