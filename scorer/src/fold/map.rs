//! A folded text, and the way between it and the original.
//!
//! Invariant: `original` returns ranges on character borders of the original, in the same order.

use std::ops::Range;

use super::{Piece, narrow};

/// A text in its plain form, with the way back to the original.
///
/// ```
/// let original = "Ik ben １８, Škoda";
/// let folded = scorer::fold(original);
/// assert_eq!(folded.text(), "ik ben 18, skoda");
/// assert_eq!(&original[folded.original(7..9)], "１８");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub(super) text: String,
    /// In order of both texts; together they cover the folded text without a gap.
    pub(super) segments: Vec<Segment>,
    pub(super) original_len: usize,
}

/// A stretch of folded text and what it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) folded_start: u32,
    pub(super) original_start: u32,
    pub(super) original_end: u32,
    /// Whether both sides have the same character borders, byte by byte. Otherwise every byte of
    /// the stretch came from the whole of the original one.
    pub(super) aligned: bool,
}

impl Folded {
    /// The plain form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the plain form stands in the original, widened to whole characters on
    /// both sides. An empty stretch stays empty; one beyond the end is cut off there.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let start = floor_border(&self.text, folded.start);
        if folded.end <= folded.start {
            let at = self.original_start(start);
            return at..at;
        }
        let end = ceil_border(&self.text, folded.end);
        if start >= end {
            return self.original_len..self.original_len;
        }
        self.original_start(start)..self.original_end(end)
    }

    /// Where a stretch of the original stands in the plain form: all folded characters that came
    /// from a byte of it. Empty where nothing of it was kept.
    pub fn folded(&self, original: Range<usize>) -> Range<usize> {
        let first = self
            .segments
            .partition_point(|segment| segment.original_end as usize <= original.start);
        let last = self
            .segments
            .partition_point(|segment| (segment.original_start as usize) < original.end);
        let start = self.segments.get(first).map_or(self.text.len(), |segment| {
            let inside = original
                .start
                .saturating_sub(segment.original_start as usize);
            segment.folded_start as usize + if segment.aligned { inside } else { 0 }
        });
        let start = floor_border(&self.text, start);
        if last <= first {
            return start..start;
        }
        let segment = self.segments[last - 1];
        let segment_end = self.folded_end(last - 1);
        let end = if segment.aligned {
            let beyond = (segment.original_end as usize).saturating_sub(original.end);
            segment_end.saturating_sub(beyond)
        } else {
            segment_end
        };
        start..ceil_border(&self.text, end.max(start))
    }

    /// The same without a stretch of the plain form, which becomes one line feed. The stretch lies on
    /// character borders and is not empty.
    pub(crate) fn without(&self, left_out: Range<usize>) -> Self {
        let back = self.original(left_out.clone());
        let mut text = String::with_capacity(self.text.len() + 1 - left_out.len());
        text.push_str(&self.text[..left_out.start]);
        let mut segments = self.segments_of(0..left_out.start, 0);
        segments.push(Segment {
            folded_start: narrow(text.len()),
            original_start: narrow(back.start),
            original_end: narrow(back.end),
            aligned: false,
        });
        text.push('\n');
        segments.extend(self.segments_of(left_out.end..self.text.len(), text.len()));
        text.push_str(&self.text[left_out.end..]);
        Self {
            text,
            segments,
            original_len: self.original_len,
        }
    }

    /// The segments of a stretch of the plain form, for a text in which it begins at `at`.
    fn segments_of(&self, folded: Range<usize>, at: usize) -> Vec<Segment> {
        let first = self
            .segments
            .partition_point(|segment| segment.folded_start as usize <= folded.start)
            .saturating_sub(1);
        let last = self
            .segments
            .partition_point(|segment| (segment.folded_start as usize) < folded.end);
        (first..last.max(first))
            .map(|index| {
                let segment = self.segments[index];
                let from = (segment.folded_start as usize).max(folded.start);
                let to = self.folded_end(index).min(folded.end);
                let original = self.original(from..to);
                Segment {
                    folded_start: narrow(from - folded.start + at),
                    original_start: narrow(original.start),
                    original_end: narrow(original.end),
                    aligned: segment.aligned,
                }
            })
            .collect()
    }

    pub(super) fn of(pieces: &[Piece], original_len: usize) -> Self {
        let mut text = String::with_capacity(pieces.len());
        let mut segments: Vec<Segment> = Vec::new();
        for piece in pieces {
            let segment = Segment {
                folded_start: narrow(text.len()),
                original_start: piece.start,
                original_end: piece.end,
                aligned: piece.is_aligned(),
            };
            join(&mut segments, segment);
            text.push(piece.sign);
        }
        Self {
            text,
            segments,
            original_len,
        }
    }

    /// The segment that holds this byte of the plain form.
    fn segment_at(&self, folded: usize) -> Option<&Segment> {
        let after = self
            .segments
            .partition_point(|segment| segment.folded_start as usize <= folded);
        self.segments.get(after.checked_sub(1)?)
    }

    fn folded_end(&self, index: usize) -> usize {
        self.segments
            .get(index + 1)
            .map_or(self.text.len(), |next| next.folded_start as usize)
    }

    fn original_start(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.original_len;
        }
        self.segment_at(folded)
            .map_or(self.original_len, |segment| {
                let inside = folded - segment.folded_start as usize;
                segment.original_start as usize + if segment.aligned { inside } else { 0 }
            })
    }

    /// `folded` is one past the last byte.
    fn original_end(&self, folded: usize) -> usize {
        self.segment_at(folded - 1)
            .map_or(self.original_len, |segment| {
                if segment.aligned {
                    segment.original_start as usize + (folded - segment.folded_start as usize)
                } else {
                    segment.original_end as usize
                }
            })
    }
}

/// Adds a segment, or makes the last one longer where both sides go on.
pub(super) fn join(segments: &mut Vec<Segment>, segment: Segment) {
    match segments.last_mut() {
        Some(last)
            if segment.aligned && last.aligned && last.original_end == segment.original_start =>
        {
            last.original_end = segment.original_end;
        }
        _ => segments.push(segment),
    }
}

pub(super) fn floor_border(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

pub(crate) fn ceil_border(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
