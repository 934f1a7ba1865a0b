//! Several persons who are offered, by choice, presence or turnover (C10), and two who know each
//! other, which is a label.

use std::ops::Range;

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::Is;
use super::clauses::{self, CLAUSE, Frame, SENTENCE, Word};
use super::lexicon::Kind;
use super::name_shapes;
use super::ordinary;
use super::persons::count_before;
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "several",
    about: "several persons offered, or two together",
    detect,
    examples,
};

/// Children, players, and those whom the visitor brings.
const OTHERS: &[Kind] = &[Kind::Family, Kind::VisitorThey];

const SEVERAL: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::OurPeople])],
        unless: OTHERS,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::People]), Is(&[Kind::Choice])],
        unless: &[Kind::Family, Kind::VisitorThey, Kind::Seek],
        reach: 60,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Every]), Is(&[Kind::Fresh]), Is(&[Kind::Crew])],
        unless: OTHERS,
        reach: 80,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Page]), Is(&[Kind::Fresh]), Is(&[Kind::Crew])],
        unless: OTHERS,
        reach: 100,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::SameNumber]), Is(&[Kind::People])],
        unless: OTHERS,
        ..SENTENCE
    },
];

const TWO: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::Duo])],
        unless: &[Kind::VisitorThey],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::Two]), Is(&[Kind::Friends]), Is(&[Kind::WeTwo])],
        unless: &[Kind::VisitorThey, Kind::Near],
        reach: 90,
        ..SENTENCE
    },
];

/// Names in a row that are several persons rather than one with a middle name.
const LEAST_NAMES: usize = 3;

/// Letters behind "our girls" in which the ages of children stand.
const AGES_CHARS: usize = 12;

/// Children are younger.
const MOST_CHILD_AGE: u8 = 12;

/// Fewer persons may be two friends.
const LEAST_COUNT: u16 = 3;

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    let has = |kinds: &[Kind]| reading.passages.iter().any(|p| clauses::has(p, kinds));
    let mut is_two = false;
    for passage in &reading.passages {
        let ranges = clauses::all_found(passage, TWO);
        is_two |= !ranges.is_empty();
        let statement = Statement::TwoTogether;
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
    let refused = refused
        .or_else(|| (is_two && !has(&[Kind::OurPeople])).then_some("two who know each other"));
    for passage in &reading.passages {
        let mut ranges = clauses::all_found(passage, SEVERAL);
        ranges.retain(|range| !are_children(passage, range.end));
        ranges.extend(counted(passage));
        ranges.extend(named(passage, found));
        let statement = Statement::SeveralPersons;
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

/// "Our girls of 6 and 8": an age of a child stands behind.
fn are_children(passage: &Passage<'_>, at: usize) -> bool {
    let rest = passage.flat.get(at..).unwrap_or("");
    let near: String = rest.chars().take(AGES_CHARS).collect();
    let words = near.split(|sign: char| !sign.is_ascii_digit());
    let in_digits = words
        .filter_map(|word| word.parse::<u8>().ok())
        .any(|age| (1..=MOST_CHILD_AGE).contains(&age));
    let in_words = passage
        .hits_in(at..at + near.len())
        .iter()
        .filter(|hit| hit.kind == Kind::Number)
        .filter_map(|hit| hit.note.parse::<u8>().ok())
        .any(|age| (2..=MOST_CHILD_AGE).contains(&age));
    let is_clock = near.contains(':') || near.contains("uur") || near.contains("uhr");
    (in_digits || in_words) && !is_clock
}

/// "Five ladies" beside a word of choice or presence.
fn counted(passage: &Passage<'_>) -> Vec<Range<usize>> {
    passage
        .words
        .iter()
        .filter(|word| matches!(word.kind, Kind::People | Kind::Heads))
        .filter_map(|people| {
            let (n_persons, start) = count_before(passage, people.start)?;
            let nearby = clauses::near(passage, people);
            let context = nearby.iter().find(|word| {
                let is_context = match word.kind {
                    Kind::Page => true,
                    // "Three people" are anybody, but on a page or to choose from.
                    Kind::Choice => true,
                    Kind::OnDuty | Kind::Fresh => people.kind == Kind::People,
                    _ => false,
                };
                is_context
                    && !word.negated
                    && word.is_beside(people)
                    && (word.end, word.start) != (people.end, people.start)
            })?;
            // Colleagues in a shared flat are not offered.
            let is_taken_back = nearby.iter().any(|word| {
                OTHERS.contains(&word.kind) && word.is_beside(people)
                    || word.kind == Kind::Colleague
                        && word.start <= people.start
                        && people.start <= word.end + 1
            });
            (n_persons >= LEAST_COUNT && !is_taken_back)
                .then_some(start.min(context.start)..people.end.max(context.end))
        })
        .collect()
}

/// Words beside a row of names that make them several persons.
const WITH_NAMES: &[Kind] = &[
    Kind::Choice,
    Kind::OnDuty,
    Kind::Today,
    Kind::People,
    Kind::AllProfiles,
    Kind::AskFor,
    Kind::Page,
    Kind::SameNumber,
];

/// "Fleur, Xenia of Mo" beside a word of choice, presence or time.
fn named(passage: &Passage<'_>, found: &[Signal]) -> Vec<Range<usize>> {
    if !WITH_NAMES.iter().any(|&kind| passage.holds(kind)) {
        return Vec::new();
    }
    name_shapes::rows(passage)
        .into_iter()
        .filter(|row| row.len() + 1 >= LEAST_NAMES)
        .filter_map(|row| {
            let range = row.first()?.start..row.last()?.end;
            let n_towns = found
                .iter()
                .filter(|signal| matches!(signal.observed, Observed::Place { .. }))
                .filter_map(|signal| signal.span)
                .filter(|span| passage.span(range.clone()).overlaps(span))
                .count();
            let sentence = passage.sentence(range.clone());
            let first = passage
                .words
                .partition_point(|word| word.start < sentence.start);
            let mut nearby = passage.words[first..]
                .iter()
                .take_while(|word| word.start < sentence.end);
            let context =
                nearby.any(|word: &Word| WITH_NAMES.contains(&word.kind) && !word.negated);
            let on_duty = passage.words[first..]
                .iter()
                .take_while(|word| word.start < sentence.end)
                .any(|word| matches!(word.kind, Kind::OnDuty | Kind::Choice | Kind::Page));
            let least = if on_duty {
                LEAST_NAMES - 1
            } else {
                LEAST_NAMES
            };
            (context && n_towns <= 1 && row.len() >= least + n_towns).then_some(range)
        })
        .collect()
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Onze dames staan klaar", "several-persons @0..22"),
        ("Keuze uit vijf dames", "several-persons @0..20"),
        ("Elke week nieuwe gezichten", "several-persons @0..26"),
        ("Vandaag Fleur, Xenia of Mo", "several-persons @8..26"),
        ("Wij zijn twee vriendinnen", "two-together @0..25"),
        ("Onze dochters zijn in huis", ""),
    ]
}
