//! Money of the person that others take, or lend to be worked off (R7).

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::{Any, Is};
use super::clauses::{self, CLAUSE, Frame, NEARBY, SENTENCE};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "money",
    about: "money that others take or lend",
    detect,
    examples,
};

/// Who else may keep the money.
const KEEPERS: &[Kind] = &[
    Kind::Taker,
    Kind::Pronoun,
    Kind::Boss,
    Kind::Agent,
    Kind::Kin,
    Kind::Title,
    Kind::BroughtMe,
];

/// The person pays by choice, or the visitor is spoken of.
const OWN_MONEY: &[Kind] = &[Kind::OwnChoice, Kind::VisitorIf, Kind::VisitorThey];

const FRAMES: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::Cash]), Is(&[Kind::Keeps]), Is(KEEPERS)],
        unless: OWN_MONEY,
        reach: 80,
        ..CLAUSE
    },
    Frame {
        needs: &[
            Is(&[Kind::MyShare]),
            Is(&[
                Kind::Cash,
                Kind::Keeps,
                Kind::Taker,
                Kind::Boss,
                Kind::Agent,
            ]),
        ],
        unless: OWN_MONEY,
        reach: 150,
        ..NEARBY
    },
    Frame {
        needs: &[Is(&[Kind::PaidOff]), Is(&[Kind::Journey, Kind::BroughtMe])],
        unless: OWN_MONEY,
        reach: 90,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::BroughtMe]), Is(&[Kind::Cash, Kind::HandOver])],
        reach: 110,
        ..SENTENCE
    },
    Frame {
        needs: &[
            Is(&[Kind::Deducted]),
            Is(&[
                Kind::Journey,
                Kind::TravelPaid,
                Kind::Advance,
                Kind::Lodging,
            ]),
        ],
        reach: 130,
        ..NEARBY
    },
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
