//! Who answers the contact of a listing.

use model::{Answers, Observed, Signal};

use super::Detector;
use super::claims::Stretches;
use super::lexicon::Kind;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "answers",
    about: "Who answers the contact of the listing: `self`, the person who is advertised, or \
            `other`.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let is_other_trade = reading.is_other_trade();
    for passage in &reading.passages {
        let stretches = |kind| Stretches::of(passage.hits_of(kind).map(|hit| hit.start..hit.end));
        let selves = stretches(Kind::AnswersSelf);
        let sought = stretches(Kind::SeeksNot);
        let mut free_from = 0;
        for hit in passage.hits_of(Kind::AnswersSelf) {
            if hit.start >= free_from {
                free_from = hit.end;
                found.push(passage.signal(Observed::Answers(Answers::Self_), hit.start..hit.end));
            }
        }
        let mut free_from = 0;
        for hit in passage.hits_of(Kind::AnswersOther) {
            let range = hit.start..hit.end;
            // "No receptionist" speaks for the opposite; "receptionist wanted" of a job.
            if hit.start < free_from || selves.overlap(&range) {
                continue;
            }
            free_from = hit.end;
            if is_other_trade || sought.go_beyond(&range) {
                let reason = "listing about something else";
                found.push(passage.refusal(
                    "answers",
                    &passage.flat[hit.start..hit.end],
                    reason,
                    hit.start..hit.end,
                ));
            } else {
                found.push(passage.signal(Observed::Answers(Answers::Other), hit.start..hit.end));
            }
        }
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Onze telefoniste neemt op", "answers=other @5..16"),
        (
            "De receptioniste neemt de telefoon op",
            "answers=other @3..37",
        ),
        (
            "Geen telefoniste, ik neem zelf op",
            "answers=self @0..16; answers=self @18..33",
        ),
        ("Our receptionist answers", "answers=other @0..24"),
        (
            "Telefoniste gezocht, sollicitatie met cv",
            "refused answers telefoniste: listing about something else @0..11",
        ),
    ]
}
