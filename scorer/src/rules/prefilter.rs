//! Which patterns can hit in a text at all, told in one pass over it.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::pattern::Pattern;

/// A set of patterns, by their number in the pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct PatternSet(Vec<u64>);

impl PatternSet {
    fn insert(&mut self, pattern: usize) {
        if let Some(word) = self.0.get_mut(pattern / 64) {
            *word |= 1 << (pattern % 64);
        }
    }

    pub(crate) fn contains(&self, pattern: usize) -> bool {
        self.0
            .get(pattern / 64)
            .is_some_and(|word| word & (1 << (pattern % 64)) != 0)
    }
}

/// All needles of a pack in one automaton.
#[derive(Clone, Debug)]
pub(crate) struct Prefilter {
    automaton: AhoCorasick,
    /// For each needle the patterns that it may announce.
    announced: Vec<Vec<usize>>,
    /// Patterns without needles.
    always: PatternSet,
}

impl Prefilter {
    /// `patterns` in the order of their numbers.
    pub(crate) fn new<'p>(
        patterns: impl Iterator<Item = &'p Pattern>,
    ) -> Result<Self, aho_corasick::BuildError> {
        let mut needles: std::collections::BTreeMap<&[u8], Vec<usize>> =
            std::collections::BTreeMap::new();
        let mut unannounced = Vec::new();
        let mut n_patterns = 0;
        for (number, pattern) in patterns.enumerate() {
            n_patterns = number + 1;
            match &pattern.needles {
                None => unannounced.push(number),
                Some(found) => {
                    for needle in found {
                        needles.entry(needle).or_default().push(number);
                    }
                }
            }
        }
        let mut always = PatternSet(vec![0; n_patterns.div_ceil(64)]);
        for number in unannounced {
            always.insert(number);
        }
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(needles.keys())?;
        Ok(Self {
            automaton,
            announced: needles.into_values().collect(),
            always,
        })
    }

    /// The patterns that can hit in this folded text.
    pub(crate) fn candidates(&self, folded: &str) -> PatternSet {
        let mut set = self.always.clone();
        for found in self.automaton.find_overlapping_iter(folded) {
            for pattern in &self.announced[found.pattern().as_usize()] {
                set.insert(*pattern);
            }
        }
        set
    }
}
