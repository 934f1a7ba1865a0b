//! Whether a listing seeks persons for work, and with what promise (R1).

use std::ops::Range;

use model::{Observed, Signal, Statement};

use super::Detector;
use super::clauses::Need::Is;
use super::clauses::{self, Frame, SENTENCE};
use super::lexicon::Kind;
use super::ordinary;
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "seeks-persons",
    about: "The listing seeks persons for work, whether or not it promises anything.",
    detect,
    examples,
};

/// What is promised, each a class of its own.
const PROMISES: [Kind; 5] = [
    Kind::PromiseMoney,
    Kind::NoSkill,
    Kind::Lodging,
    Kind::TravelPaid,
    Kind::Advance,
];

/// Promises that are enough where the reader is asked and no persons are named.
const LEAST_PROMISES: usize = 2;

const SOUGHT: &[Frame] = &[Frame {
    needs: &[Is(&[Kind::Seek]), Is(&[Kind::RecruitPeople])],
    reach: 100,
    ..SENTENCE
}];

const ASKED: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::YouWant]), Is(&PROMISES)],
        reach: 110,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::RecruitPeople]), Is(&PROMISES)],
        reach: 110,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Seek]), Is(&PROMISES)],
        reach: 110,
        ..SENTENCE
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let has = |kinds: &[Kind]| reading.passages.iter().any(|p| clauses::has_any(p, kinds));
    let n_promises = PROMISES
        .into_iter()
        .filter(|promise| has(&[*promise]))
        .count();
    let is_named = has(&[Kind::NamedJob]);
    for passage in &reading.passages {
        seeks(passage, found);
        let ranges = if n_promises == 0 {
            Vec::new()
        } else {
            let mut ranges = clauses::all_found(passage, SOUGHT);
            if n_promises >= LEAST_PROMISES {
                ranges.extend(clauses::all_found(passage, ASKED));
            }
            clauses::apart(ranges)
        };
        let refused = if is_named {
            Some("an ordinary trade is named")
        } else {
            ordinary::refusal(reading)
        };
        let statement = Statement::Recruiting;
        let observed = Observed::Statement(statement);
        clauses::tell(passage, ranges, &observed, statement.name(), refused, found);
    }
}

/// Persons sought, whatever is promised.
fn seeks(passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let ranges: Vec<Range<usize>> = passage
        .hits_of(Kind::Seeks)
        .map(|hit| hit.start..hit.end)
        .collect();
    for range in clauses::apart(ranges) {
        let sentence = passage.sentence(range.clone());
        let is_ordinary = passage
            .hits_in(sentence)
            .iter()
            .any(|hit| hit.kind == Kind::SeeksNot);
        found.push(if is_ordinary {
            passage.refusal(
                "seeks-persons",
                &passage.flat[range.clone()],
                "ordinary trade or company sought",
                range,
            )
        } else {
            passage.signal(Observed::SeeksPersons, range)
        });
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "Dames gezocht, snel geld",
            "seeks @0..13; recruiting @0..13",
        ),
        ("Wij zoeken jongens", "seeks @0..18"),
        (
            "Dames gezocht voor koor",
            "refused seeks-persons dames gezocht: ordinary trade or company sought @0..13",
        ),
        ("Kamer gezocht", ""),
    ]
}
