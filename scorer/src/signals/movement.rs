//! New in town, here for some days: a label for research, never points (H2).

use std::ops::Range;

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::Is;
use super::clauses::{self, CLAUSE, Frame, NEARBY, SENTENCE};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "movement",
    about: "new in town, here for some days",
    detect,
    examples,
};

/// The visitor moves, or something else lasts some days.
const OTHERS: &[Kind] = &[
    Kind::VisitorIf,
    Kind::NotMoving,
    Kind::YourMedia,
    Kind::YourPeople,
    Kind::Deducted,
];

/// Towns of a list of dates.
const LEAST_TOWNS: usize = 2;

const FRAMES: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::Moved])],
        unless: OTHERS,
        around: 60,
        ..CLAUSE
    },
    Frame {
        needs: &[
            Is(&[Kind::StayEnd, Kind::FewDays, Kind::TourMonth]),
            Is(&[Kind::MovesOn]),
        ],
        unless: OTHERS,
        around: 60,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::FewDays]), Is(&[Kind::Leaving])],
        unless: OTHERS,
        around: 60,
        reach: 90,
        ..SENTENCE
    },
];

/// What counts where a town is named beside it: shops have hours until a day, and anybody goes
/// away on a Saturday.
const STAYS: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::StayEnd]), Is(&[Kind::StayHere])],
        unless: OTHERS,
        around: 60,
        reach: 70,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Arrived]), Is(&[Kind::NotLongAgo])],
        unless: OTHERS,
        around: 60,
        reach: 60,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::LeaveOn]), Is(&[Kind::DayWord, Kind::NextWeek])],
        unless: OTHERS,
        around: 60,
        reach: 60,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::TourMonth]), Is(&[Kind::ThenTo])],
        unless: OTHERS,
        around: 60,
        reach: 60,
        ..NEARBY
    },
    Frame {
        needs: &[Is(&[Kind::ThisWeek]), Is(&[Kind::NextWeek, Kind::ThenTo])],
        unless: OTHERS,
        around: 60,
        reach: 60,
        ..SENTENCE
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    let statement = Statement::Movement;
    for passage in &reading.passages {
        let mut ranges = clauses::all_found(passage, FRAMES);
        let mut stays = clauses::all_found(passage, STAYS);
        stays.retain(|range| is_in_town(passage, range, found));
        ranges.extend(stays);
        ranges.extend(dates_of_towns(passage, found));
        ranges.retain(|range| !is_question(passage, range));
        let observed = Observed::Statement(statement);
        clauses::tell(
            passage,
            clauses::apart(ranges),
            &observed,
            statement.name(),
            refused,
            found,
        );
    }
}

/// Whether a town stands in the sentence of a stretch.
fn is_in_town(passage: &Passage<'_>, range: &Range<usize>, found: &[Signal]) -> bool {
    let sentence = passage.span(passage.sentence(range.clone()));
    found.iter().any(|signal| {
        matches!(signal.observed, Observed::Place { .. })
            && signal.span.is_some_and(|span| span.overlaps(&sentence))
    })
}

/// "New in town?" asks the reader.
fn is_question(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let sentence = passage.sentence(range.clone());
    passage
        .text()
        .get(sentence.end..)
        .is_some_and(|rest| rest.starts_with('?'))
}

/// "4 maart Utrecht, 6 maart Breda": months beside several towns.
fn dates_of_towns(passage: &Passage<'_>, found: &[Signal]) -> Option<Range<usize>> {
    let month = passage
        .words
        .iter()
        .find(|word| word.kind == Kind::TourMonth)?;
    let sentence = passage.sentence(month.start..month.end);
    let mut towns: Vec<&str> = found
        .iter()
        .filter_map(|signal| match (&signal.observed, signal.span) {
            (Observed::Place { town, .. }, Some(span)) if span.field == passage.field => {
                let at = passage.folded.folded(span.range()).start;
                sentence.contains(&at).then_some(town.as_str())
            }
            _ => None,
        })
        .collect();
    towns.sort_unstable();
    towns.dedup();
    (towns.len() >= LEAST_TOWNS).then_some(sentence)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Nieuw in de stad", "movement @0..16"),
        ("Nog twee dagen hier, dan vertrek ik", "movement @0..14"),
        ("Ben je nieuw in de stad, bel dan", ""),
    ]
}
