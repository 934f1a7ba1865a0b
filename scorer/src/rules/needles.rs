//! Words that every hit of a pattern contains, read off the pattern itself.
//!
//! One pass of an Aho-Corasick automaton over the listing tells which patterns can hit at all;
//! only their expressions run.
//!
//! Invariant: a pattern without its needles in a text has no hit there. A test compares the two.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

/// Shortest useful needle, in bytes: two letters occur in every text.
const NEEDLE_MIN_BYTES: usize = 3;
/// Longer needles are not more selective; fewer are better then.
const NEEDLE_ENOUGH_BYTES: usize = 6;
/// Most needles for one pattern; beyond, the pattern always runs.
const NEEDLES_LIMIT: usize = 64;

/// The needles of a pattern: one of them is in every hit. `None` when nothing certain can be said;
/// such a pattern is tried on every listing.
pub(crate) fn needles(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut best: Option<Vec<Vec<u8>>> = None;
    consider(&mut best, prefixes(hir));
    consider(&mut best, suffixes(hir));
    // What a repetition or a class gives is never better than a word, and costs as much to ask.
    for part in parts(hir) {
        match part.kind() {
            HirKind::Literal(literal) => {
                consider_words(&mut best, vec![literal.0.to_vec()]);
            }
            HirKind::Alternation(_) => {
                consider(&mut best, prefixes(part));
                consider(&mut best, suffixes(part));
            }
            _ => {}
        }
    }
    best
}

/// The pieces that every hit passes through, one after the other.
fn parts(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().flat_map(parts_of_part).collect(),
        HirKind::Capture(capture) => parts(&capture.sub),
        _ => Vec::new(),
    }
}

fn parts_of_part(part: &Hir) -> Vec<&Hir> {
    let inner = parts(part);
    if inner.is_empty() { vec![part] } else { inner }
}

fn prefixes(hir: &Hir) -> Seq {
    Extractor::new().kind(ExtractKind::Prefix).extract(hir)
}

fn suffixes(hir: &Hir) -> Seq {
    Extractor::new().kind(ExtractKind::Suffix).extract(hir)
}

/// Keeps the more selective of two sets: longer shortest needle first, then fewer needles.
fn consider(best: &mut Option<Vec<Vec<u8>>>, seq: Seq) {
    let Some(literals) = seq.literals() else {
        return;
    };
    let words = literals.iter().map(|literal| literal.as_bytes().to_vec());
    consider_words(best, words.collect());
}

fn consider_words(best: &mut Option<Vec<Vec<u8>>>, mut found: Vec<Vec<u8>>) {
    found.sort();
    found.dedup();
    let shortest = found.iter().map(Vec::len).min().unwrap_or(0);
    if shortest < NEEDLE_MIN_BYTES || found.len() > NEEDLES_LIMIT {
        return;
    }
    let rank = |set: &Vec<Vec<u8>>| {
        let shortest = set
            .iter()
            .map(Vec::len)
            .min()
            .unwrap_or(0)
            .min(NEEDLE_ENOUGH_BYTES);
        (shortest, usize::MAX - set.len())
    };
    if best.as_ref().is_none_or(|kept| rank(kept) < rank(&found)) {
        *best = Some(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(regex: &str, expected: Option<&[&str]>) {
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(regex)
            .unwrap();
        let found = needles(&hir).map(|needles| {
            needles
                .into_iter()
                .map(|needle| String::from_utf8(needle).unwrap())
                .collect::<Vec<_>>()
        });
        let expected = expected.map(|words| words.iter().map(|w| (*w).to_owned()).collect());
        assert_eq!(found, expected, "{regex}");
    }

    #[test]
    fn the_longest_certain_words_are_taken() {
        check(r"\bonze[^a-z]{1,3}dames\b", Some(&["dames"]));
        check(r"\b(?:onze|wij)\b", Some(&["onze", "wij"]));
        check(r"[0-9]{1,3} dames\b", Some(&[" dames"]));
        check(r"\b[a-z]+\b", None);
        check(r"(?:onze)?x", None);
    }
}
