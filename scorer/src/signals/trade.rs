//! Listings about something else that use the same words: flats, cars, salons, schools, jobs.

use std::collections::BTreeMap;

use model::{Observed, Signal};

use super::Detector;
use super::lexicon::Kind;
use super::reading::Reading;

/// Different words of ordinary trade that settle it, whatever else is said.
const SETTLING_WORDS: usize = 2;

pub(super) const DETECTOR: Detector = Detector {
    name: "other-trade",
    detect,
    examples,
};

/// Whether two words of ordinary trade are there, or one and nobody who speaks of themselves.
pub(super) fn is_other_trade(reading: &Reading<'_>) -> bool {
    let mut words: Vec<&str> = Vec::new();
    let mut speaks = false;
    for passage in &reading.passages {
        for hit in &passage.hits {
            match hit.kind {
                Kind::Trade => words.push(&passage.flat[hit.start..hit.end]),
                Kind::Copula
                | Kind::AgeI
                | Kind::AnswersSelf
                | Kind::AnswersOther
                | Kind::Seeks => speaks = true,
                _ => {}
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words.len() >= SETTLING_WORDS || words.len() == 1 && !speaks
}

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if !reading.is_other_trade() {
        return;
    }
    for passage in &reading.passages {
        let mut first: BTreeMap<&str, std::ops::Range<usize>> = BTreeMap::new();
        for hit in passage.hits_of(Kind::Trade) {
            first.entry(hit.note).or_insert(hit.start..hit.end);
        }
        for (trade, range) in first {
            found.push(passage.signal(Observed::OtherTrade(trade.to_owned()), range));
        }
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Kapsalon zoekt kapster", "trade=salon @0..8"),
        (
            "Te koop: auto, bouwjaar 2009, apk",
            "trade=goods @0..7; trade=vehicle @0..13",
        ),
        ("Ik ben kapster, 23 jaar", ""),
        ("Anna, Utrecht", ""),
    ]
}
