//! Which stretches of a field earlier detectors found something in.

use model::{Field, Observed, Signal, Span};

/// Stretches of one field that something was found in.
pub(crate) struct Claims {
    /// Start, and the greatest end of this one and those before it; by start.
    stretches: Vec<(u32, u32)>,
}

impl Claims {
    /// All stretches of a field that carry one of these signals.
    pub(crate) fn of(field: Field, found: &[Signal], counts: impl Fn(&Observed) -> bool) -> Self {
        let mut stretches: Vec<(u32, u32)> = found
            .iter()
            .filter(|signal| counts(&signal.observed))
            .filter_map(|signal| signal.span)
            .filter(|span| span.field == field)
            .map(|span| (span.start, span.end))
            .collect();
        stretches.sort_unstable();
        let mut reach = 0;
        for (_, end) in &mut stretches {
            reach = reach.max(*end);
            *end = reach;
        }
        Self { stretches }
    }

    /// Whether one of them shares a byte with this span.
    pub(crate) fn overlap(&self, span: Span) -> bool {
        let before = self
            .stretches
            .partition_point(|(start, _)| *start < span.end);
        before > 0 && self.stretches[before - 1].1 > span.start
    }
}
