//! The expressions of one numbering plan, compiled.

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::table::Row;

/// What is compiled of a plan.
pub(super) struct Expressions {
    /// Of all numbers, of fixed and mobile ones, then of those of any other kind.
    pub(super) kinds: RegexSet,
    /// The lengths that each of them allows, as bits.
    pub(super) lengths: Vec<u32>,
    pub(super) leading_digits: Option<Regex>,
    pub(super) international_prefix: Option<Regex>,
    pub(super) national_prefix: Option<Regex>,
}

/// Places in `Expressions::kinds`.
pub(super) const GENERAL: usize = 0;
pub(super) const FIXED: usize = 1;
pub(super) const MOBILE: usize = 2;
pub(super) const FIRST_OTHER: usize = 3;

/// An expression that matches nothing, for kinds that a plan does not have.
const NEVER: &str = "[a&&b]";

impl Expressions {
    pub(super) fn of(row: &Row) -> Self {
        let lengths = row.kinds.iter().map(|kind| match kind {
            Some(kind) => bits(&kind.lengths),
            None => 0,
        });
        let patterns = row.kinds.iter().map(|kind| match kind {
            Some(kind) => at_start(kind.expression),
            None => NEVER.to_owned(),
        });
        #[expect(
            clippy::expect_used,
            reason = "the crate compiles the same expressions; a test reads all plans"
        )]
        let set = RegexSetBuilder::new(patterns)
            .unicode(false)
            .ignore_whitespace(true)
            .build()
            .expect("the plan's expressions are well formed");
        Self {
            kinds: set,
            lengths: lengths.collect(),
            leading_digits: row.leading_digits.map(compile),
            international_prefix: row.international_prefix.map(compile),
            national_prefix: row.national_prefix_for_parsing.map(compile),
        }
    }
}

/// Lengths as bits; all of them where none is named.
fn bits(lengths: &[u16]) -> u32 {
    if lengths.is_empty() {
        return u32::MAX;
    }
    lengths.iter().fold(0, |bits, &len| bits | 1 << len.min(31))
}

fn at_start(pattern: &str) -> String {
    format!("^(?:{pattern})")
}

fn compile(pattern: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "the crate compiles the same expressions; a test reads all plans"
    )]
    RegexBuilder::new(&at_start(pattern))
        .unicode(false)
        .ignore_whitespace(true)
        .build()
        .expect("the plan's expression is well formed")
}
