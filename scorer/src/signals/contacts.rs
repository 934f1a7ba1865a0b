//! What handles, e-mail and web addresses have in common: patterns over the folded text.

use std::ops::Range;

use model::{Signal, Span};
use regex::Regex;

use super::reading::Passage;

/// Compiles a pattern that is part of the program.
pub(super) fn pattern(written: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "the patterns are part of the program; their examples run"
    )]
    Regex::new(written).expect("the pattern is well formed")
}

/// Whether something found before lies over this stretch.
pub(super) fn is_taken(passage: &Passage<'_>, found: &[Signal], range: Range<usize>) -> bool {
    let span = passage.span(range);
    found
        .iter()
        .filter_map(|signal| signal.span)
        .any(|taken| taken.overlaps(&span))
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
