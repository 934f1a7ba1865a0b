//! Limits and rules of the person's own, which protect (P1), and the claim to have none (C14).

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::{Any, Is};
use super::clauses::{self, CLAUSE, Frame};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "boundaries",
    about: "Limits and rules of the person's own (`boundaries`, which protect), and the claim to \
            have none (`no-boundaries`).",
    detect,
    examples,
};

const OWN: &[Frame] = &[Frame {
    needs: &[Is(&[Kind::OwnLimits])],
    unless: &[Kind::LimitsNot],
    ..CLAUSE
}];

const NONE: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::AllGoes])],
        unless: &[Kind::LimitsNot],
        ..CLAUSE
    },
    Frame {
        needs: &[Any(&[Kind::Limits]), Is(&[Kind::Neg])],
        unless: &[Kind::LimitsNot],
        reach: 40,
        ..CLAUSE
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    for passage in &reading.passages {
        let own = clauses::all_found(passage, OWN);
        let none = clauses::all_found(passage, NONE);
        // "'No limits'? I have mine": who states limits has some.
        let denied = refused
            .or_else(|| (!own.is_empty()).then_some("limits are stated in the same listing"));
        for (statement, ranges, refused) in [
            (Statement::Boundaries, own, refused),
            (Statement::NoBoundaries, none, denied),
        ] {
            let observed = Observed::Statement(statement);
            clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
        }
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Respecteer mijn grenzen", "boundaries @0..15"),
        ("Nee is nee", "boundaries @0..10"),
        ("Ik heb geen grenzen", "no-boundaries @7..19"),
        ("Binnen de grenzen van Utrecht", ""),
    ]
}
