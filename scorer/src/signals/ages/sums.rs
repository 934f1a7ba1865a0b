//! Sums and riddles in numbers: "20 min 3", "take three off twenty", "half of thirty-two", "a dozen
//! and five".
//!
//! A sum makes a candidate, not an age: that an age is spoken of is asked where it is judged.
//!
//! Invariant: each number is joined with the next one only.

use std::ops::Range;

use model::How;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::Passage;
use super::AND;
use super::candidates::Candidate;
use super::words::floor;

/// Words and signs for a sum that all languages share, folded; the tables have the others.
const MINUS: &[&str] = &["-", "min", "minus"];
const PLUS: &[&str] = &["+", "plus"];
const TIMES: &[&str] = &["x", "*", "maal"];

/// Bytes between the two numbers of a sum that a verb announces: "tel 9 en 8", "zieh drei von".
const GAP_BYTES: usize = 24;

/// Bytes between such a verb and the nearer number.
const VERB_WITHIN_BYTES: usize = 14;

/// Bytes between a word for half and its number.
const HALF_WITHIN_BYTES: usize = 8;

/// The greatest number that something is taken from, and the greatest sum.
const MOST_YEARS: u32 = 60;

/// Joins `20 min 3` into one candidate; the numbers of a sum are none of their own.
pub(super) fn joined(passage: &Passage<'_>, found: &[Candidate]) -> Vec<Candidate> {
    if !passage.holds(Kind::Sum) && !found.iter().any(|one| has_sign(passage, one)) {
        return found.to_vec();
    }
    let (found, dozens) = with_dozens(passage, found);
    let mut joined: Vec<Candidate> = Vec::with_capacity(found.len());
    let mut at = 0;
    while at < found.len() {
        let one = &twice(passage, &found[at])
            .or_else(|| half(passage, &found[at]))
            .unwrap_or_else(|| found[at].clone());
        at += 1;
        if let Some(two) = found.get(at)
            && let Some(value) = sum(passage, one, two).or_else(|| announced(passage, one, two))
        {
            joined.push(Candidate {
                range: one.range.start..two.range.end,
                value,
                how: How::Puzzle,
            });
            at += 1;
            continue;
        }
        // Number words below ten are articles and counts: only sums and school years need them; a
        // dozen outside of a sum counts eggs.
        if !dozens.contains(&one.range.start) {
            joined.push(one.clone());
        }
    }
    joined
}

/// A sign of a sum right behind a number.
fn has_sign(passage: &Passage<'_>, one: &Candidate) -> bool {
    let rest = passage.flat[one.range.end..].trim_start();
    MINUS
        .iter()
        .chain(PLUS)
        .chain(TIMES)
        .any(|sign| rest.starts_with(sign))
}

/// The candidates with dozens and scores between them, and where those begin: "two dozen" is 24.
fn with_dozens(passage: &Passage<'_>, found: &[Candidate]) -> (Vec<Candidate>, Vec<usize>) {
    let mut all = found.to_vec();
    let mut starts = Vec::new();
    for hit in passage.hits_of(Kind::Sum) {
        let Ok(size) = hit.note.parse::<u32>() else {
            continue;
        };
        let times = found
            .iter()
            .find(|one| one.value < 4 && passage.flat.get(one.range.end..hit.start) == Some(" "));
        let start = times.map_or(hit.start, |one| one.range.start);
        starts.push(start);
        all.push(Candidate {
            range: start..hit.end,
            value: size * times.map_or(1, |one| one.value.max(1)),
            how: How::Puzzle,
        });
    }
    // The dozen, which reaches further, stays where a number begins with it.
    all.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end)));
    all.dedup_by_key(|one| one.range.start);
    (all, starts)
}

/// "Half of thirty-two", "a 32 fele".
fn half(passage: &Passage<'_>, one: &Candidate) -> Option<Candidate> {
    if one.value % 2 == 1 || !(20..=MOST_YEARS).contains(&one.value) {
        return None;
    }
    let is_half = |hit: &&Hit| hit.kind == Kind::Sum && hit.note == "half";
    let between = |sign: char| sign == ' ' || sign.is_alphabetic();
    let hit = passage
        .hits_before(one.range.start, HALF_WITHIN_BYTES, between)
        .chain(
            passage.hits_after(one.range.end, HALF_WITHIN_BYTES, |sign| {
                sign == ' ' || sign == '-' || sign.is_alphabetic()
            }),
        )
        .find(is_half)?;
    Some(Candidate {
        range: hit.start.min(one.range.start)..hit.end.max(one.range.end),
        value: one.value / 2,
        how: How::Puzzle,
    })
}

/// "Take three off twenty", "tel negen en acht bij elkaar op": a verb before both numbers, between
/// them or behind them.
fn announced(passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> Option<u32> {
    let gap = one.range.end..two.range.start;
    let written = passage.flat.get(gap.clone())?;
    let is_gap = gap.len() <= GAP_BYTES
        && written.contains(' ')
        && written
            .chars()
            .all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '-' | '\''));
    if !is_gap {
        return None;
    }
    let from = floor(
        &passage.flat,
        one.range.start.saturating_sub(2 * VERB_WITHIN_BYTES),
    );
    let to = floor(&passage.flat, two.range.end + VERB_WITHIN_BYTES);
    let clause = passage.clause(one.range.start..two.range.end);
    let verb = passage
        .hits_in(from.max(clause.start)..to.min(clause.end))
        .iter()
        .find(|hit| {
            hit.kind == Kind::Sum
                && matches!(hit.note, "take" | "put")
                && (hit.end > one.range.start || hit.end + VERB_WITHIN_BYTES >= one.range.start)
        })?;
    let (less, more) = (one.value.min(two.value), one.value.max(two.value));
    let value = match verb.note {
        "take" if less < 10 && more > 10 => more - less,
        "put" => more + less,
        _ => return None,
    };
    (less > 0 && more < MOST_YEARS && (10..MOST_YEARS).contains(&value)).then_some(value)
}

/// `kétszer kilenc`: a word in front of a number that doubles it.
fn twice(passage: &Passage<'_>, one: &Candidate) -> Option<Candidate> {
    if !(7..20).contains(&one.value) {
        return None;
    }
    let hit = passage
        .hits_before(one.range.start, 1, |sign| sign == ' ')
        .find(|hit| hit.kind == Kind::Sum && hit.note == "twice")?;
    Some(Candidate {
        range: hit.start..one.range.end,
        value: one.value * 2,
        how: How::Puzzle,
    })
}

/// What the words between two numbers do with them.
fn operation(passage: &Passage<'_>, gap: Range<usize>) -> Option<&'static str> {
    let written = passage.flat.get(gap.clone())?.trim();
    let spoken = passage
        .hits_in(gap)
        .iter()
        .find(|hit| hit.kind == Kind::Sum && &passage.flat[hit.start..hit.end] == written)
        .map(|hit| hit.note);
    spoken.or(if MINUS.contains(&written) {
        Some("minus")
    } else if PLUS.contains(&written) {
        Some("plus")
    } else if TIMES.contains(&written) {
        Some("times")
    } else {
        None
    })
}

fn sum(passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> Option<u32> {
    let written = passage.flat.get(one.range.end..two.range.start)?.trim();
    // "A dozen and five": only a dozen is added to in that way.
    let is_dozen = one.how == How::Puzzle && AND.contains(&written);
    let operation = if is_dozen {
        "plus"
    } else {
        operation(passage, one.range.end..two.range.start)?
    };
    let small = two.value < 10;
    let product = one.value * two.value;
    match operation {
        "minus" => (small && two.value > 0 && one.value > 10).then(|| one.value - two.value),
        "plus" => ((small && two.value > 0 || written == "+")
            && one.value >= 5
            && one.value + two.value < 40)
            .then(|| one.value + two.value),
        "times" => {
            (one.value < 10 && two.value < 20 && (14..40).contains(&product)).then_some(product)
        }
        _ => None,
    }
}
