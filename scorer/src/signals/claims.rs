//! Which stretches of a text something was found in.

use std::ops::Range;

use model::{Field, Observed, Signal, Span};

/// Stretches of a text, for questions about what they cover.
pub(crate) struct Stretches {
    /// Start, and the greatest end of this one and those before it; by start.
    reach: Vec<(usize, usize)>,
}

impl Stretches {
    /// These stretches, in any order.
    pub(crate) fn of(stretches: impl Iterator<Item = Range<usize>>) -> Self {
        let mut reach: Vec<(usize, usize)> = stretches
            .map(|stretch| (stretch.start, stretch.end))
            .collect();
        reach.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut reach {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { reach }
    }

    /// Whether one of them shares a byte with this one.
    pub(crate) fn overlap(&self, stretch: &Range<usize>) -> bool {
        self.furthest_before(stretch.end) > stretch.start
    }

    /// The greatest end of those that begin before a place.
    fn furthest_before(&self, at: usize) -> usize {
        let before = self.reach.partition_point(|(start, _)| *start < at);
        before.checked_sub(1).map_or(0, |last| self.reach[last].1)
    }
}

/// Stretches of one field that earlier detectors found something in.
pub(crate) struct Claims(Stretches);

impl Claims {
    /// All stretches of a field that carry one of these signals.
    pub(crate) fn of(field: Field, found: &[Signal], counts: impl Fn(&Observed) -> bool) -> Self {
        Self(Stretches::of(
            found
                .iter()
                .filter(|signal| counts(&signal.observed))
                .filter_map(|signal| signal.span)
                .filter(|span| span.field == field)
                .map(|span| span.range()),
        ))
    }

    /// Whether one of them shares a byte with this span.
    pub(crate) fn overlap(&self, span: Span) -> bool {
        self.0.overlap(&span.range())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn answers_as_a_list_does(
            many in prop::collection::vec((0usize..40, 1usize..9), 0..12),
            start in 0usize..40,
            len in 1usize..9,
        ) {
            let many: Vec<Range<usize>> =
                many.into_iter().map(|(start, len)| start..start + len).collect();
            let asked = start..start + len;
            let stretches = Stretches::of(many.iter().cloned());
            let overlap = |one: &Range<usize>| one.start < asked.end && asked.start < one.end;
            prop_assert_eq!(stretches.overlap(&asked), many.iter().any(overlap));
        }
    }
}
