//! How many persons a listing offers, where it says so.

use model::{Observed, Signal};

use super::Detector;
use super::lexicon::Kind;
use super::reading::Reading;

/// More are a figure of speech, or clients.
const MOST_PERSONS: u16 = 99;

pub(super) const DETECTOR: Detector = Detector {
    name: "persons",
    about: "How many persons are offered, 2 to 99, where the listing says so.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if reading.is_other_trade() {
        return;
    }
    for passage in &reading.passages {
        let mut free_from = 0;
        for hit in &passage.hits {
            if hit.start < free_from {
                continue;
            }
            let seen = match hit.kind {
                Kind::PersonsTwo => Some((2, hit.start..hit.end)),
                Kind::PersonsAfter => {
                    count_before(passage, hit.start).map(|(n, start)| (n, start..hit.end))
                }
                _ => None,
            };
            if let Some((n_persons, range)) = seen
                && range.start >= free_from
            {
                free_from = range.end;
                found.push(passage.signal(Observed::Persons(n_persons), range));
            }
        }
    }
}

/// The number directly before "ladies", in digits or words.
pub(super) fn count_before(
    passage: &super::reading::Passage<'_>,
    at: usize,
) -> Option<(u16, usize)> {
    let head = passage.flat[..at].trim_end_matches(' ');
    let digits = head.len()
        - head
            .trim_end_matches(|sign: char| sign.is_ascii_digit())
            .len();
    let (n_persons, start) = if digits > 0 {
        (
            head[head.len() - digits..].parse().ok()?,
            head.len() - digits,
        )
    } else {
        let word = passage
            .hits_before(at, 1, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Number)?;
        (word.note.parse().ok()?, word.start)
    };
    // "06 1234 0001 dames", "van 10 tot 22 dames"
    let follows_digits = passage.flat[..start]
        .trim_end()
        .ends_with(|sign: char| sign.is_ascii_digit());
    ((2..=MOST_PERSONS).contains(&n_persons) && !follows_digits).then_some((n_persons, start))
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Vandaag 4 dames aanwezig", "persons=4 @8..15"),
        ("drie meiden", "persons=3 @0..11"),
        ("Wij zijn twee vriendinnen", "persons=2 @0..13"),
        ("1 dame", ""),
        ("dames- en herenkapper, nagelstudio, 4 dames", ""),
    ]
}
