//! Which country's numbers are meant, where words beside a number say so: "NL: 06 …", "my Dutch
//! mobile", "Hollandia: 06 …". A country that is only travelled to says nothing.

use std::ops::Range;

use phonenumber::country::Id as Region;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::Passage;

/// Bytes before a number in which its country may be named.
const WITHIN_BYTES: usize = 70;

/// Bytes between a country and the number it labels, or the word for a phone it belongs to.
const LABEL_BYTES: usize = 4;
const PHONE_WORD_BYTES: usize = 8;

/// Codes before a number, as people write them.
const CODES: &[(&str, Region)] = &[
    ("nl", Region::NL),
    ("be", Region::BE),
    ("b", Region::BE),
    ("de", Region::DE),
    ("d", Region::DE),
    ("uk", Region::GB),
    ("gb", Region::GB),
    ("fr", Region::FR),
    ("es", Region::ES),
    ("ro", Region::RO),
    ("hu", Region::HU),
    ("pl", Region::PL),
    ("bg", Region::BG),
    ("it", Region::IT),
    ("lu", Region::LU),
    ("at", Region::AT),
    ("a", Region::AT),
    ("ch", Region::CH),
    ("ie", Region::IE),
    ("pt", Region::PT),
];

/// The country that words name for the number at a stretch; `from` is where the number before it
/// ended.
pub(super) fn named(passage: &Passage<'_>, range: &Range<usize>, from: usize) -> Option<Region> {
    coded(passage, range.start)
        .or_else(|| named_before(passage, range, from))
        .or_else(|| named_behind(passage, range.end))
}

/// `NL: 06 …`, `(NL) 06 …`, or a line that begins with the code.
fn coded(passage: &Passage<'_>, start: usize) -> Option<Region> {
    let head = passage.text()[..start].trim_end_matches(' ');
    let word = head.trim_end_matches([':', ')', '-', ' ', '=']);
    let is_marked = word.len() < head.len();
    let code_start = word
        .char_indices()
        .rev()
        .take(3)
        .take_while(|(_, sign)| sign.is_ascii_lowercase())
        .last()
        .map(|(at, _)| at)?;
    let (before, code) = word.split_at(code_start);
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let region = CODES.iter().find(|(known, _)| *known == code)?.1;
    let begins_line = before.is_empty() || before.ends_with('\n');
    // "De seis a doce" begins with a word, "DE 0171" with a code.
    let is_written = passage
        .written(code_start..word.len())
        .chars()
        .all(char::is_uppercase);
    (is_marked || begins_line && code.len() > 1 && is_written).then_some(region)
}

fn named_before(passage: &Passage<'_>, range: &Range<usize>, from: usize) -> Option<Region> {
    let sentence = passage.sentence(range.clone());
    let from = from
        .max(sentence.start)
        .max(range.start.saturating_sub(WITHIN_BYTES));
    if from >= range.start {
        return None;
    }
    let hits = passage.hits_in(from..range.start);
    let is_label = |hit: &Hit| {
        let gap = passage.text().get(hit.end..range.start);
        gap.is_some_and(|gap| {
            gap.len() <= LABEL_BYTES
                && gap
                    .chars()
                    .all(|sign| matches!(sign, ' ' | ':' | '(' | ')' | '-' | '='))
        })
    };
    let is_near = |from: usize, to: usize| {
        passage.text().get(from..to).is_some_and(|gap| {
            gap.len() <= PHONE_WORD_BYTES && !gap.contains([',', '.', '\n', '!'])
        })
    };
    let is_of_phone = |hit: &Hit| {
        hits.iter().any(|other| {
            other.kind == Kind::Phone
                && (other.start >= hit.start && other.start <= hit.end
                    || is_near(other.end, hit.start)
                    || is_near(hit.end, other.start))
        })
    };
    hits.iter()
        .rev()
        .filter(|hit| hit.kind == Kind::PhoneCountry && hit.end <= range.start)
        .find(|hit| is_label(hit) || is_of_phone(hit))
        .and_then(region)
}

/// `06 … (Nederland)`.
fn named_behind(passage: &Passage<'_>, end: usize) -> Option<Region> {
    passage
        .hits_after(end, 3, |sign| matches!(sign, ' ' | '('))
        .find(|hit| hit.kind == Kind::PhoneCountry && passage.text()[end..hit.start].contains('('))
        .and_then(region)
}

fn region(hit: &Hit) -> Option<Region> {
    hit.note.parse().ok()
}
