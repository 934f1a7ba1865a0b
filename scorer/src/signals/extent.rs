//! How much of a field is read: all of a listing, and of a text that was made to keep a reader busy
//! its beginning and its end.
//!
//! Place in the flow: between folding and everything else (`reading.rs`). What is left out is no
//! secret: it is refused with the bytes that nobody looked at, and `waaklicht explain` shows it.
//!
//! Invariant: what is read of a field costs `MOST_COST` and the word that is cut at most, so that time and memory behind
//! folding are bounded whatever a text holds.

use std::ops::Range;

use model::{Observed, Refused, Signal, Span};

use super::reading::Passage;
use crate::Folded;
use crate::fold::ceil_border;

/// What a byte of a long word costs is one. A word costs more, a number most: it may be an age, a
/// price, a time or a part of a phone number, and each of them looks at the words around it. Measured
/// with `cargo bench -p benches --bench signals` (`megabyte_*`): some 0.1, 0.6 and 5 us.
const WORD_COST: usize = 5;
const NUMBER_COST: usize = 40;

/// What is read of a field: 25,000 words of running text, a third of a novel, where listings have
/// some hundred; or 6,000 numbers, where listings have some ten. It is what keeps each unit of
/// `tests/hard.tsv`, repeated to a megabyte, below 100 ms.
const MOST_COST: usize = 300_000;

/// How much of that goes to the end of a longer text: what follows a megabyte of something else is
/// read as well as what stands before it.
const TAIL_COST: usize = MOST_COST / 4;

/// Bytes of a word that may be cut: the longest of any dictionary have some hundred letters.
const LONG_WORD_BYTES: usize = 1_000;

const REASON: &str = "more than a listing holds, not looked at";

/// The plain form of a field as far as it is read, and the bytes of the original that are left out.
pub(super) fn bounded(folded: Folded) -> (Folded, Option<Range<usize>>) {
    match middle(folded.text()) {
        Some(middle) => {
            let original = folded.original(middle.clone());
            (folded.without(middle), Some(original))
        }
        None => (folded, None),
    }
}

/// What was left out of a passage, for people.
pub(super) fn refusal(passage: &Passage<'_>) -> Option<Signal> {
    let range = passage.left_out.clone()?;
    Some(Signal {
        observed: Observed::Refused(Refused {
            candidate: "text".to_owned(),
            read_as: format!("{} bytes", range.len()),
            reason: REASON.to_owned(),
        }),
        span: Some(Span::new(passage.field, range.start, range.end)),
    })
}

/// The middle of a text that costs too much, from one word to another.
fn middle(text: &str) -> Option<Range<usize>> {
    // No text costs more than one in which every second byte begins a number.
    if text.len() <= MOST_COST / (NUMBER_COST + WORD_COST) {
        return None;
    }
    let places = places(text);
    let &(_, total) = places.last()?;
    if total <= MOST_COST {
        return None;
    }
    let most = MOST_COST - TAIL_COST;
    let least = total - TAIL_COST;
    let behind_head = places.partition_point(|&(_, cost)| cost <= most);
    let &(start, cost) = places.get(behind_head.checked_sub(1)?)?;
    let start = start + room(most - cost);
    let &(end, cost) = places.get(places.partition_point(|&(_, cost)| cost < least))?;
    let end = end - room(cost - least);
    let range = ceil_border(text, start)..ceil_border(text, end);
    (range.start < range.end).then_some(range)
}

/// Where words begin, with what the text costs up to there; at last its end.
fn places(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut dearer = 0;
    let mut before = Class::Space;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let class = Class::of(byte);
        if class != Class::Space && (class == Class::Sign || class != before) {
            places.push((at, at + dearer));
            dearer += WORD_COST;
            if class == Class::Digit {
                dearer += NUMBER_COST;
            }
        }
        before = class;
    }
    places.push((text.len(), text.len() + dearer));
    places
}

/// What a byte is: letters and digits are words of their own, as in the lexicon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Space,
    Sign,
}

impl Class {
    const fn of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' | 128.. => Self::Letter,
            b'0'..=b'9' => Self::Digit,
            b' ' | b'\n' => Self::Space,
            _ => Self::Sign,
        }
    }
}

/// Bytes by which a cut may be moved into a word: only one that is no word of any language.
const fn room(cost: usize) -> usize {
    if cost > LONG_WORD_BYTES { cost } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::{signals_of_text, tests::render};
    use super::*;
    use crate::fold;

    #[track_caller]
    fn check(text: &str, n_left_out: usize) {
        let (read, left_out) = bounded(fold(text));
        assert_eq!(left_out.map_or(0, |range| range.len()), n_left_out);
        let (_, cost) = *places(read.text()).last().unwrap();
        // A word that is cut is two, and a line feed stands between them.
        assert!(cost <= MOST_COST + 2 * WORD_COST + 1, "{cost}");
    }

    #[test]
    fn a_listing_is_read_whole() {
        check("Ik ben 23 jaar, bel 06 1234 0001. ", 0);
        check(&"Ik ben 23 jaar, bel 06 1234 0001. ".repeat(1_000), 0);
        check(&"beschikbaar vandaag ".repeat(9_000), 0);
    }

    #[test]
    fn of_a_longer_text_both_ends_are_read() {
        check(&"a".repeat(1_000_000), 700_000);
        check(&"é".repeat(500_000), 400_000);
        check(&"0 ".repeat(500_000), 987_236);
    }

    #[test]
    fn what_stands_at_an_end_is_found() {
        let filler = "op en neer ".repeat(100_000);
        let found = signals_of_text(&format!("Bel 06 1234 0001. {filler} 23 jaar. 06 1234 0002"));
        let found = render(&found);
        assert!(found.contains("phone=+31612340001 @4..16"), "{found}");
        assert!(found.contains("phone=+31612340002 @1100028"), "{found}");
        assert!(found.contains("refused text"), "{found}");
    }
}
