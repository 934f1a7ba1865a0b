//! Numbers in the links of left-over markup: `<a href="tel:+31…">Call</a>`. Folding takes the tags
//! away, so these are looked for in the text as it was written.
//!
//! Invariant: a text with more links than `MOST_LINKS` gives the numbers of the first ones.

use std::ops::Range;

use super::super::reading::Passage;
use super::groups::LINKS;
use super::plan::{Candidate, Plans};

/// Bytes of the longest link that is read.
const LINK_BYTES: usize = 200;

/// Links of one text.
const MOST_LINKS: usize = 50;

/// The numbers, with their place in the original text.
pub(super) fn in_markup(
    passage: &Passage<'_>,
    plans: &mut Plans,
) -> Vec<(model::Phone, Range<usize>)> {
    let original = passage.original;
    let mut numbers = Vec::new();
    if !original.contains('<') {
        return numbers;
    }
    let attributes = original.match_indices(['h', 'H']).filter(|(at, _)| {
        original
            .get(*at..at + 4)
            .is_some_and(|name| name.eq_ignore_ascii_case("href"))
    });
    for (at, _) in attributes.take(MOST_LINKS) {
        let Some(digits) = number_of_link(original, at + 4) else {
            continue;
        };
        // What folding kept is read with the rest of the text.
        if !passage.folded.folded(digits.clone()).is_empty() {
            continue;
        }
        let written = original[digits.clone()]
            .replace("%2B", "+")
            .replace("%2b", "+");
        let candidate = Candidate {
            digits: written.chars().filter(char::is_ascii_digit).collect(),
            has_plus: written.starts_with('+'),
            has_cue: true,
            is_link: true,
            is_one_group: true,
            named: None,
        };
        if let Some(answer) = plans.validate(&candidate) {
            numbers.push((answer.phone, digits));
        }
    }
    numbers
}

/// Where the number stands in the value that follows an attribute's name.
fn number_of_link(original: &str, from: usize) -> Option<Range<usize>> {
    let rest = original[from..].trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let start = original.len() - rest.len();
    let value = rest.split(['"', '\'', '>', '<', '\n']).next()?;
    let value = value.get(..value.len().min(LINK_BYTES))?;
    let lower = value.to_ascii_lowercase();
    let prefix = LINKS
        .iter()
        .chain(&["tel:", "tel://"])
        .filter_map(|link| Some(lower.find(link)? + link.trim_end_matches('+').len()))
        .max()?;
    let number = &value[prefix..];
    let n_bytes = number
        .find(|sign: char| !(sign.is_ascii_digit() || " +-.()%Bb".contains(sign)))
        .unwrap_or(number.len());
    let number = number[..n_bytes].trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let start = start + prefix;
    (!number.is_empty()).then_some(start..start + number.len())
}
