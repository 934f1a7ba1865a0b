//! The expressions of one numbering plan, compiled.

use phonenumber::Metadata;
use phonenumber::metadata::Descriptor;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

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
    pub(super) fn of(metadata: &'static Metadata) -> Self {
        let descriptors = metadata.descriptors();
        let kinds: Vec<Option<&Descriptor>> = vec![
            Some(descriptors.general()),
            descriptors.fixed_line(),
            descriptors.mobile(),
            descriptors.premium_rate(),
            descriptors.toll_free(),
            descriptors.shared_cost(),
            descriptors.voip(),
            descriptors.personal_number(),
            descriptors.pager(),
            descriptors.uan(),
            descriptors.voicemail(),
        ];
        let lengths = kinds
            .iter()
            .map(|kind| kind.map_or(0, |descriptor| bits(descriptor.possible_length())));
        let patterns = kinds.iter().map(|kind| match kind {
            Some(descriptor) => at_start(descriptor.national_number().as_str()),
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
            leading_digits: metadata
                .leading_digits()
                .map(|known| compile(known.as_str())),
            international_prefix: metadata
                .international_prefix()
                .map(|known| compile(known.as_str())),
            national_prefix: metadata
                .national_prefix_for_parsing()
                .map(|known| compile(known.as_str())),
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
