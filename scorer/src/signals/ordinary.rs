//! Whether a listing is of an ordinary firm, job, home or club, so that words for persons say
//! nothing in it.
//!
//! Place in the flow: asked by the detectors of who answers, offers, decides and seeks. It is
//! stricter than `trade.rs`, which speaks for ages too: one plain word settles it here.

use super::clauses::{self, Word};
use super::lexicon::Kind;
use super::name_shapes;
use super::reading::{Passage, Reading};
use super::statements::OTHER_TRADE;

/// Different weak words that settle it: each alone may be an interest or a way to get there.
const SETTLING_WEAK_WORDS: usize = 2;

/// Why a statement about persons is refused here, if it is.
pub(super) fn refusal(reading: &Reading<'_>) -> Option<&'static str> {
    (reading.is_other_trade() || reading.is_ordinary()).then_some(OTHER_TRADE)
}

/// Whether a plain word of an ordinary firm is there, or two weak ones, and no word of the other
/// kind.
pub(super) fn is_ordinary(reading: &Reading<'_>) -> bool {
    let mut strong: Vec<&str> = Vec::new();
    let mut counter = offers_visits(reading);
    let mut weak: Vec<&str> = Vec::new();
    let passages = reading.passages.iter();
    for passage in passages
        .filter(|passage| passage.holds(Kind::Ordinary) || passage.holds(Kind::CounterOffer))
    {
        for word in &passage.words {
            let Word {
                start, end, kind, ..
            } = *word;
            let text = &passage.flat[start..end];
            match kind {
                // "Restaurant De Hoek": the name of the firm stands first.
                Kind::Ordinary if word.is_weak && !names_firm(passage, word) => weak.push(text),
                Kind::Ordinary if !word.negated => strong.push(text),
                Kind::CounterOffer if !word.negated => counter = true,
                _ => {}
            }
        }
    }
    weak.sort_unstable();
    weak.dedup();
    strong.sort_unstable();
    strong.dedup();
    let weight = strong.len() * SETTLING_WEAK_WORDS + weak.len();
    weight >= SETTLING_WEAK_WORDS * if counter { 2 } else { 1 }
}

/// Whether a word is the first of its field, and a name stands behind it.
fn names_firm(passage: &Passage<'_>, word: &Word) -> bool {
    let head = passage.flat.get(..word.start).unwrap_or("");
    head.trim().is_empty() && name_shapes::behind(passage, word.end).is_some()
}

/// Whether somebody who says "I" can be visited or answers in person: then one word of a trade may
/// be the day's work, or what stands next door.
fn offers_visits(reading: &Reading<'_>) -> bool {
    let has = |kinds: &[Kind]| reading.passages.iter().any(|p| clauses::has(p, kinds));
    has(&[Kind::Voice]) && has(&[Kind::SpeakMe, Kind::FindMe, Kind::ForSelf])
}
