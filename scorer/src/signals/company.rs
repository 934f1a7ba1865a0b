//! Who comes along, and whether the person may come and go (C20): somebody present by the person's
//! own choice is a label, somebody who decides for the person is a finding.

use std::ops::Range;

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::{Any, Is};
use super::clauses::{self, CLAUSE, Frame, NEARBY, SENTENCE, Word};
use super::lexicon::Kind;
use super::name_shapes;
use super::ordinary;
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "company",
    about: "who comes along, and who decides",
    detect,
    examples,
};

/// Rules for animals, children and visitors, and what visitors do.
const OTHERS: &[Kind] = &[Kind::CatChild, Kind::VisitorIf];

/// Bytes around a rule in which those whom it is for may stand.
const RULE_BYTES: usize = 50;

const RESTRICTED: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::AskLeave])],
        unless: OTHERS,
        around: RULE_BYTES,
        ..CLAUSE
    },
    Frame {
        needs: &[Any(&[Kind::GoOut, Kind::MayNot]), Is(&[Kind::BroughtMe])],
        unless: OTHERS,
        around: RULE_BYTES,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Restricted])],
        unless: OTHERS,
        around: RULE_BYTES,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::MayNot]), Any(&[Kind::GoOut])],
        unless: OTHERS,
        reach: 60,
        around: RULE_BYTES,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::OnlyWith]), Any(&[Kind::Companion])],
        unless: &[Kind::CatChild, Kind::VisitorIf, Kind::OwnChoice],
        around: RULE_BYTES,
        reach: 60,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::OnlyWith]), Is(&[Kind::TakesMe])],
        unless: &[Kind::CatChild, Kind::VisitorIf, Kind::OwnChoice],
        around: RULE_BYTES,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::MayNot]), Any(&[Kind::TakesMe])],
        unless: OTHERS,
        around: RULE_BYTES,
        ..SENTENCE
    },
    Frame {
        needs: &[
            Is(&[Kind::Boss]),
            Is(&[Kind::Decides]),
            Is(&[Kind::OverWhat]),
        ],
        unless: &[Kind::CatChild, Kind::VisitorIf, Kind::SelfWord, Kind::Neg],
        reach: 70,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::Agent]), Is(&[Kind::Decides])],
        unless: &[Kind::CatChild, Kind::VisitorIf, Kind::SelfWord, Kind::Neg],
        reach: 50,
        ..CLAUSE
    },
];

/// Brought and collected by those who write the listing.
const BROUGHT: &[Frame] = &[Frame {
    needs: &[Is(&[Kind::TakesMe]), Is(&[Kind::Companion])],
    unless: OTHERS,
    ..SENTENCE
}];

/// Somebody presented who comes with another, and that other decides.
const LED: &[Frame] = &[
    Frame {
        needs: &[
            Is(&[Kind::OnlyWith, Kind::TakesMe, Kind::Companion]),
            Is(&[Kind::Decides]),
        ],
        unless: &[
            Kind::CatChild,
            Kind::VisitorIf,
            Kind::SelfWord,
            Kind::OwnChoice,
        ],
        reach: 150,
        ..NEARBY
    },
    Frame {
        needs: &[Is(&[Kind::OnlyWith]), Is(&[Kind::TakesMe, Kind::Near])],
        unless: &[
            Kind::CatChild,
            Kind::VisitorIf,
            Kind::SelfWord,
            Kind::OwnChoice,
        ],
        reach: 80,
        ..SENTENCE
    },
];

/// Bytes between "brings her" and "collects her".
const WAYS_BYTES: usize = 80;

const ACCOMPANIED: &[Frame] = &[
    Frame {
        needs: &[
            Is(&[Kind::Companion, Kind::NearFriend]),
            Is(&[Kind::Near]),
            Is(&[Kind::OwnChoice]),
        ],
        unless: &[Kind::VisitorIf],
        ..NEARBY
    },
    Frame {
        needs: &[Is(&[Kind::Companion]), Is(&[Kind::OwnChoice])],
        unless: &[Kind::VisitorIf],
        reach: 90,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Companion]), Is(&[Kind::Near])],
        unless: &[Kind::VisitorIf, Kind::TakesMe],
        reach: 60,
        ..CLAUSE
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    let mut is_restricted = false;
    for passage in &reading.passages {
        let mut ranges = clauses::all_found(passage, RESTRICTED);
        ranges.extend(named(passage));
        if !reading.has_own_voice() {
            ranges.extend(brought(passage));
            ranges.extend(clauses::all_found(passage, LED));
        }
        let ranges = clauses::apart(ranges);
        is_restricted |= !ranges.is_empty();
        let statement = Statement::Restricted;
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
    if is_restricted {
        return;
    }
    for passage in &reading.passages {
        let ranges = clauses::all_found(passage, ACCOMPANIED);
        let statement = Statement::Accompanied;
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
}

/// "Frank decides where I go", "only with Frank": somebody who is named.
fn named(passage: &Passage<'_>) -> Vec<Range<usize>> {
    passage
        .words
        .iter()
        .filter(|word| !word.negated)
        .filter_map(|word| {
            let name = match word.kind {
                Kind::Decides => name_shapes::beside(passage, &(word.start..word.end))?,
                Kind::OnlyWith => name_shapes::behind(passage, word.end)?,
                _ => return None,
            };
            let near = clauses::near(passage, word);
            let says_what = near.iter().any(|other| match word.kind {
                Kind::Decides => matches!(other.kind, Kind::OverWhat | Kind::GoOut | Kind::TakesMe),
                _ => matches!(other.kind, Kind::TakesMe | Kind::Near | Kind::AskLeave),
            });
            let is_own = near.iter().any(|other| {
                matches!(
                    other.kind,
                    Kind::SelfWord | Kind::OwnChoice | Kind::VisitorIf | Kind::CatChild
                )
            });
            (says_what && !is_own).then_some(name.start.min(word.start)..name.end.max(word.end))
        })
        .collect()
}

fn brought(passage: &Passage<'_>) -> Vec<Range<usize>> {
    if clauses::has(passage, &[Kind::OwnChoice]) {
        return Vec::new();
    }
    let mut ranges = clauses::all_found(passage, BROUGHT);
    let ways: Vec<&Word> = passage
        .words
        .iter()
        .filter(|word| word.kind == Kind::TakesMe && !word.negated)
        .collect();
    ranges.extend(
        ways.windows(2)
            .filter(|pair| pair[0].end <= pair[1].start && pair[1].start - pair[0].end < WAYS_BYTES)
            .map(|pair| pair[0].start..pair[1].end),
    );
    ranges
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Ik mag niet alleen naar buiten", "restricted @3..30"),
        ("Mijn baas bepaalt de uren", "restricted @5..25"),
        ("Ik kom met mijn eigen chauffeur", "accompanied @16..31"),
        ("De kat mag niet naar buiten", ""),
        ("Ik ben mijn eigen baas", ""),
    ]
}
