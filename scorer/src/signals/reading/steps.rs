//! Looks into sorted lists of places without searching all of them.

use std::ops::Range;

/// For every stretch of a text, how many places of a sorted list lie before it.
#[derive(Default)]
pub(super) struct Steps(Vec<usize>);

impl Steps {
    /// Bytes of a stretch: about ten words.
    const BYTES: usize = 64;

    pub(super) fn of(places: impl Iterator<Item = usize>, text_len: usize) -> Self {
        let mut steps = Vec::with_capacity(text_len / Self::BYTES + 2);
        for (index, place) in places.enumerate() {
            while steps.len() * Self::BYTES <= place {
                steps.push(index);
            }
        }
        Self(steps)
    }

    /// Where in the list, of this length, the first place at a byte or behind it must be.
    pub(super) fn around(&self, at: usize, len: usize) -> Range<usize> {
        let step = at / Self::BYTES;
        let place = |step: usize| self.0.get(step).copied().unwrap_or(len);
        place(step)..place(step + 1)
    }
}
