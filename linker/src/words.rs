//! Texts as lists of word numbers, without what was masked and without the lines of the site.
//!
//! Boilerplate is learned, not listed: a line that stands on a large share of one site's listings
//! from many unrelated sources is the site's own.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::corpus::Corpus;
use crate::params::Params;

/// The words of every item that are compared; empty where too few are left.
///
/// `sources` says for each item who it comes from, to tell a site's line from a ring's.
pub(crate) fn of_all(corpus: &Corpus<'_>, sources: &[u32], params: &Params) -> Vec<Vec<u32>> {
    let mut numbers = WordNumbers::default();
    let texts: Vec<Lines> = corpus
        .items
        .iter()
        .map(|item| Lines::read(&item.text, &item.masks, params.text_max_words, &mut numbers))
        .collect();
    let boilerplate = boilerplate(corpus, &texts, sources, params);
    texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let site = corpus.features[at].site;
            let kept: Vec<u32> = text
                .lines
                .iter()
                .filter(|line| boilerplate.binary_search(&(site, line.hash)).is_err())
                .flat_map(|line| text.words[line.words.clone()].iter().copied())
                .collect();
            if kept.len() < params.text_min_words {
                Vec::new()
            } else {
                kept
            }
        })
        .collect()
}

/// Lines that are a site's own, ascending.
fn boilerplate(
    corpus: &Corpus<'_>,
    texts: &[Lines],
    sources: &[u32],
    params: &Params,
) -> Vec<(u32, u64)> {
    let mut n_listings: HashMap<u32, usize> = HashMap::new();
    for features in &corpus.features {
        *n_listings.entry(features.site).or_default() += 1;
    }
    let mut uses: Vec<(u32, u64, u32)> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let site = corpus.features[at].site;
        let mut hashes: Vec<u64> = text.lines.iter().map(|line| line.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        uses.extend(hashes.into_iter().map(|hash| (site, hash, sources[at])));
    }
    uses.sort_unstable();
    uses.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1))
        .filter(|same| {
            let least = n_listings[&same[0].0].saturating_mul(params.boilerplate_percent) / 100;
            let n_sources = same.chunk_by(|one, other| one.2 == other.2).count();
            same.len() >= least.max(params.boilerplate_listings)
                && n_sources >= params.boilerplate_sources
        })
        .map(|same| (same[0].0, same[0].1))
        .collect()
}

/// A text's words, and which of them make a line or sentence.
struct Lines {
    words: Vec<u32>,
    lines: Vec<Line>,
}

struct Line {
    hash: u64,
    words: Range<usize>,
}

/// Stands for every word with a digit: hours and counts differ between copies.
const NUMBER_WORD: &str = "#";

impl Lines {
    fn read(
        text: &str,
        masks: &[Range<usize>],
        max_words: usize,
        numbers: &mut WordNumbers,
    ) -> Self {
        let mut masks: Vec<&Range<usize>> = masks.iter().collect();
        masks.sort_unstable_by_key(|mask| (mask.start, mask.end));
        let mut masks = masks.into_iter().peekable();
        let mut hidden_to = 0;
        let mut lines = Self {
            words: Vec::new(),
            lines: Vec::new(),
        };
        let mut begin = 0;
        let mut word = String::new();
        let mut ends_line_at_space = false;
        for (at, sign) in text.char_indices() {
            while let Some(mask) = masks.next_if(|mask| mask.start <= at) {
                hidden_to = hidden_to.max(mask.end);
            }
            if at >= hidden_to && sign.is_alphanumeric() {
                word.extend(sign.to_lowercase());
                ends_line_at_space = false;
                continue;
            }
            lines.end_word(&mut word, numbers);
            if lines.words.len() >= max_words {
                break;
            }
            if sign == '\n' || (ends_line_at_space && sign.is_whitespace()) {
                lines.end_line(&mut begin);
            }
            ends_line_at_space = at >= hidden_to && matches!(sign, '.' | '!' | '?' | ';' | '|');
        }
        lines.end_word(&mut word, numbers);
        lines.words.truncate(max_words);
        lines.end_line(&mut begin);
        lines
    }

    fn end_word(&mut self, word: &mut String, numbers: &mut WordNumbers) {
        if word.is_empty() {
            return;
        }
        let counted = word.chars().any(|sign| sign.is_ascii_digit());
        self.words
            .push(numbers.number(if counted { NUMBER_WORD } else { word }));
        word.clear();
    }

    fn end_line(&mut self, begin: &mut usize) {
        let words = *begin..self.words.len();
        if words.is_empty() {
            return;
        }
        let hash = self.words[words.clone()]
            .iter()
            .fold(0, |hash, word| mixed(hash ^ u64::from(*word)));
        *begin = words.end;
        self.lines.push(Line { hash, words });
    }
}

/// Numbers for words by their hash. Two words with one hash of 64 bits would count as equal.
#[derive(Default)]
struct WordNumbers(HashMap<u64, u32, BuildHasherDefault<Ready>>);

impl WordNumbers {
    fn number(&mut self, word: &str) -> u32 {
        // FNV-1a over the bytes, then mixed.
        let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let next = self.0.len() as u32;
        *self.0.entry(mixed(hash)).or_insert(next)
    }
}

/// Spreads the bits of a number over all of it (the finaliser of SplitMix64, S. Vigna 2015).
pub(crate) const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A hasher for numbers that are hashes already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, masks: &[(usize, usize)], expected_lines: &[&str]) {
        let mut numbers = WordNumbers::default();
        let masks: Vec<Range<usize>> = masks.iter().map(|(start, end)| *start..*end).collect();
        let read = Lines::read(text, &masks, 100, &mut numbers);
        let found: Vec<Vec<u32>> = read
            .lines
            .iter()
            .map(|line| read.words[line.words.clone()].to_vec())
            .collect();
        let expected: Vec<Vec<u32>> = expected_lines
            .iter()
            .map(|line| line.split(' ').map(|word| numbers.number(word)).collect())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_lines() {
        check("Bel of app.", &[], &["bel of app"]);
        check(
            "Utrecht. Elke dag!\nTot 22u",
            &[],
            &["utrecht", "elke dag", "tot #"],
        );
        check("", &[], &[]);
        check("om 10.30 uur", &[], &["om # # uur"]);
        check("ÉÉN woord", &[], &["één woord"]);
    }

    #[test]
    fn masked_stretches_are_gone() {
        check("Anna uit Breda belt", &[(0, 4), (9, 14)], &["uit belt"]);
        check(
            "Anna uit Breda belt",
            &[(9, 14), (0, 4), (10, 12)],
            &["uit belt"],
        );
        check("abcdef", &[(2, 4)], &["ab ef"]);
        check("één", &[(0, 2)], &["én"]);
        check("kort", &[(3, 900)], &["kor"]);
    }
}
