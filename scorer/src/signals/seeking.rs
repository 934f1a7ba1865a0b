//! Whether a listing seeks persons for work.

use model::{Observed, Signal};

use super::Detector;
use super::lexicon::Kind;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "seeks-persons",
    about: "The listing seeks persons for work, whether or not it promises anything.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for passage in &reading.passages {
        let mut free_from = 0;
        for hit in passage.hits_of(Kind::Seeks) {
            if hit.start < free_from {
                continue;
            }
            free_from = hit.end;
            let range = hit.start..hit.end;
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
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Dames gezocht, snel geld", "seeks @0..13"),
        ("Wij zoeken jongens", "seeks @0..18"),
        (
            "Dames gezocht voor koor",
            "refused seeks-persons dames gezocht: ordinary trade or company sought @0..13",
        ),
        ("Kamer gezocht", ""),
    ]
}
