//! Premises that other advertised persons use too: a house, a club, a shared flat (C19).

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::Is;
use super::clauses::{self, CLAUSE, Frame, NEARBY, SENTENCE};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "premises",
    about: "premises that other advertised persons use too",
    detect,
    examples,
};

const FRAMES: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::Venue])],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::OurPlace])],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::Club]), Is(&[Kind::FindMe])],
        reach: 70,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Flat]), Is(&[Kind::Colleague])],
        unless: &[Kind::Family],
        reach: 110,
        ..SENTENCE
    },
    Frame {
        needs: &[
            Is(&[Kind::Flat]),
            Is(&[Kind::Share]),
            Is(&[Kind::Work, Kind::People]),
        ],
        unless: &[Kind::Family],
        reach: 110,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Flat]), Is(&[Kind::FirmPlace])],
        reach: 60,
        ..CLAUSE
    },
];

/// A house where one chooses among those who are there, said by those who run it.
const HOUSES: &[Frame] = &[
    Frame {
        needs: &[
            Is(&[Kind::Flat, Kind::Club]),
            Is(&[Kind::People]),
            Is(&[Kind::Choice]),
        ],
        unless: &[Kind::Family, Kind::Page],
        reach: 180,
        ..NEARBY
    },
    Frame {
        needs: &[
            Is(&[Kind::Flat, Kind::Club]),
            Is(&[Kind::People, Kind::Crew]),
            Is(&[Kind::Every]),
            Is(&[Kind::Fresh]),
        ],
        unless: &[Kind::Family, Kind::Page],
        reach: 200,
        ..NEARBY
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    let statement = Statement::SharedPremises;
    for passage in &reading.passages {
        let mut ranges = clauses::all_found(passage, FRAMES);
        if !reading.has_own_voice() {
            ranges.extend(clauses::all_found(passage, HOUSES));
        }
        let ranges = clauses::apart(ranges);
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "Ik deel een appartement met twee collega's",
            "shared-premises @12..42",
        ),
        ("Te vinden in club De Parasol", "shared-premises @3..17"),
        ("Geen privéhuis, ik woon hier", ""),
        (
            "Kamer te huur in ons huis, huisgenoot gezocht",
            "refused shared-premises ons huis: listing about something else @17..25",
        ),
    ]
}
