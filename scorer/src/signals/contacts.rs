//! What handles, e-mail and web addresses have in common: patterns over the folded text.

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
