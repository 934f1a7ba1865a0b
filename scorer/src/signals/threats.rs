//! Threats to spread somebody's pictures or data (R5), and trade in verified accounts (R6).

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::Is;
use super::clauses::{self, Frame, NEARBY};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "threats",
    about: "threats to publish, and trade in verified accounts",
    detect,
    examples,
};

const THREAT: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::ThreatAlone])],
        unless: &[Kind::Deal],
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::YourMedia]),
            Is(&[Kind::Publish]),
            Is(&[Kind::PayUp]),
        ],
        reach: 150,
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::YourPeople]),
            Is(&[Kind::Publish]),
            Is(&[Kind::PayUp, Kind::YourMedia]),
        ],
        reach: 150,
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::PayUp, Kind::OrElse]),
            Is(&[Kind::Publish]),
            Is(&[Kind::YourPeople]),
        ],
        reach: 110,
        ..NEARBY
    },
    Frame {
        needs: &[Is(&[Kind::YourMedia]), Is(&[Kind::YourPeople])],
        reach: 110,
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::YourMedia]),
            Is(&[Kind::OrElse]),
            Is(&[Kind::Publish]),
        ],
        reach: 110,
        ..NEARBY
    },
];

const ACCOUNTS: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::IdSelfie]), Is(&[Kind::Lends])],
        reach: 130,
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::Account]),
            Is(&[Kind::Verified]),
            Is(&[Kind::Deal]),
        ],
        reach: 130,
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::IdSelfie]),
            Is(&[Kind::Deal, Kind::Account, Kind::Verified]),
        ],
        reach: 130,
        ..NEARBY
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let has = |kinds: &[Kind]| reading.passages.iter().any(|p| clauses::has_any(p, kinds));
    let warns = has(&[Kind::Warning]);
    for passage in &reading.passages {
        let refused = if warns {
            Some("a warning or report")
        } else {
            ordinary::refusal(reading)
        };
        let statement = Statement::Threat;
        let ranges = clauses::all_found(passage, THREAT);
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);

        let refused = if warns {
            Some("a warning or report")
        } else if has(&[Kind::AccountNot]) {
            Some("an account of another kind")
        } else {
            None
        };
        let statement = Statement::AccountTrade;
        let ranges = clauses::all_found(passage, ACCOUNTS);
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Betaal of ik stuur alles naar je ouders", "threat @0..39"),
        ("Geverifieerd account te koop", "account-trade @0..28"),
        ("Foto's stuur ik op verzoek", ""),
        (
            "Pas op: 'betaal of ik stuur je foto's naar je ouders'",
            "refused threat betaal of ik stuur je foto's: a warning or report @9..37",
        ),
    ]
}
