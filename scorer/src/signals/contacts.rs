//! What handles, e-mail and web addresses have in common: patterns over the folded text, and the
//! signs without which there is nothing for them to find.

use aho_corasick::AhoCorasick;
use model::Span;
use regex::Regex;

/// Compiles a pattern that is part of the program.
pub(super) fn pattern(written: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "the patterns are part of the program; their examples run"
    )]
    Regex::new(written).expect("the pattern is well formed")
}

/// Short stretches of text of which one stands in everything that a pattern finds.
pub(super) struct Signs(AhoCorasick);

/// These signs.
pub(super) fn signs(written: &[&str]) -> Signs {
    #[expect(
        clippy::expect_used,
        reason = "the signs are part of the program; examples use them"
    )]
    Signs(AhoCorasick::new(written).expect("a few short signs make an automaton"))
}

impl Signs {
    /// Whether one of them stands in a text.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// The spans of the entries of a list field, which are joined by a line feed.
pub(super) fn entry_spans(field: model::Field, entries: &[String]) -> Vec<Span> {
    let mut start = 0;
    entries
        .iter()
        .map(|entry| {
            let span = Span::new(field, start, start + entry.len());
            start += entry.len() + 1;
            span
        })
        .collect()
}
