//! Money of the person that others take, or lend to be worked off (R7).

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::{Any, Is};
use super::clauses::{self, Frame, NEARBY, SENTENCE};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "money",
    about: "money that others take or lend",
    detect,
    examples,
};

const FRAMES: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::Cash]), Is(&[Kind::HandOver]), Is(&[Kind::Taker])],
        reach: 110,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Cash]), Any(&[Kind::NotMe]), Is(&[Kind::Taker])],
        reach: 120,
        ..NEARBY
    },
    Frame {
        needs: &[Is(&[Kind::Debt]), Is(&[Kind::WorkOff])],
        reach: 90,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Advance]), Is(&[Kind::Debt, Kind::WorkOff])],
        reach: 120,
        ..NEARBY
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    let statement = Statement::MoneyToOthers;
    for passage in &reading.passages {
        let ranges = clauses::all_found(passage, FRAMES);
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Het geld gaat naar mijn manager", "money-to-others @4..31"),
        (
            "Ik werk om mijn schulden terug te betalen aan mijn baas",
            "money-to-others @3..24; money-to-others @34..55",
        ),
        ("Je betaalt contant aan mij", ""),
    ]
}
