//! Limits and rules of the person's own, which protect (P1), and the claim to have none (C14).

use model::{Signal, Statement};

use super::Detector;
use super::lexicon::Kind;
use super::reading::Reading;
use super::statements::Cued;

pub(super) const DETECTOR: Detector = Detector {
    name: "boundaries",
    about: "Limits and rules of the person's own (`boundaries`, which protect), and the claim to \
            have none (`no-boundaries`).",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for cued in [
        Cued {
            statement: Statement::Boundaries,
            cue: Kind::Boundary,
            near_miss: Kind::BoundaryNot,
        },
        Cued {
            statement: Statement::NoBoundaries,
            cue: Kind::NoBoundary,
            near_miss: Kind::BoundaryNot,
        },
    ] {
        cued.detect(reading, found);
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Respecteer mijn grenzen", "boundaries @11..23"),
        ("Nee is nee", "boundaries @0..10"),
        ("Ik heb geen grenzen", "no-boundaries @7..19"),
        ("Binnen de grenzen van Utrecht", ""),
    ]
}
