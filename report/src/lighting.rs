//! A text cut at the borders of the stretches that findings rest on, so that each piece can be
//! lit by all findings that hold there. Stretches may nest and overlap.
//!
//! Invariant: the pieces put together give the text back, byte for byte, whatever the stretches
//! (property below): a reader never sees a text with a sign more or less.

use std::collections::BTreeSet;
use std::ops::Range;

/// A stretch of the text and the number of the finding that rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Which finding.
    pub finding: usize,
}

/// A piece of the text under one set of findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The piece.
    pub text: &'a str,
    /// The findings that rest on it, in ascending order.
    pub lit_by: Vec<usize>,
    /// Those whose stretch ends here: the place for a reference.
    pub ends: Vec<usize>,
}

/// Cuts the text. A stretch that starts or ends within a character is widened to the whole one;
/// what lies beyond the text is cut off; an empty stretch lights nothing.
pub fn light<'a>(text: &'a str, stretches: &[Stretch]) -> Vec<Piece<'a>> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut borders = BTreeSet::from([0, text.len()]);
    for (number, stretch) in stretches.iter().enumerate() {
        let start = floor_border(text, stretch.range.start);
        let end = ceil_border(text, stretch.range.end);
        if start < end && stretch.range.start < stretch.range.end {
            starts.push((start, number));
            ends.push((end, number));
            borders.extend([start, end]);
        }
    }
    starts.sort_unstable();
    ends.sort_unstable();

    let mut starting = starts.into_iter().peekable();
    let mut ending = ends.into_iter().peekable();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let borders: Vec<usize> = borders.into_iter().collect();
    let mut pieces = Vec::with_capacity(borders.len());
    for pair in borders.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        while let Some((_, number)) = starting.next_if(|(at, _)| *at == from) {
            open.insert(number);
        }
        let lit_by: BTreeSet<usize> = open
            .iter()
            .map(|number| stretches[*number].finding)
            .collect();
        let mut ended = BTreeSet::new();
        while let Some((_, number)) = ending.next_if(|(at, _)| *at == to) {
            open.remove(&number);
            ended.insert(stretches[number].finding);
        }
        pieces.push(Piece {
            text: &text[from..to],
            lit_by: lit_by.into_iter().collect(),
            ends: ended.into_iter().collect(),
        });
    }
    pieces
}

fn floor_border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The part of a text that a stretch covers, widened to whole characters.
pub fn covered(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = floor_border(text, range.start);
    start..ceil_border(text, range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws pieces as `plain[lit|0,1]` with `^0` where finding 0 ends.
    fn drawn(pieces: &[Piece<'_>]) -> String {
        let numbers = |list: &[usize]| {
            let written: Vec<String> = list.iter().map(usize::to_string).collect();
            written.join(",")
        };
        pieces
            .iter()
            .map(|piece| {
                if piece.lit_by.is_empty() {
                    return piece.text.to_owned();
                }
                let mut drawn = format!("[{}|{}]", piece.text, numbers(&piece.lit_by));
                if !piece.ends.is_empty() {
                    drawn.push_str(&format!("^{}", numbers(&piece.ends)));
                }
                drawn
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, stretches: &[(Range<usize>, usize)], expected: &str) {
        let stretches: Vec<Stretch> = stretches
            .iter()
            .map(|(range, finding)| Stretch {
                range: range.clone(),
                finding: *finding,
            })
            .collect();
        let pieces = light(text, &stretches);
        assert_eq!(drawn(&pieces), expected);
        let whole: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn nothing_lit() {
        check("23 jaar, Utrecht", &[], "23 jaar, Utrecht");
        check("", &[], "");
        check("", &[(0..3, 0)], "");
    }

    #[test]
    fn one_stretch_anywhere() {
        check("23 jaar", &[(0..2, 0)], "[23|0]^0 jaar");
        check("23 jaar", &[(3..7, 0)], "23 [jaar|0]^0");
        check("23 jaar", &[(0..7, 0)], "[23 jaar|0]^0");
    }

    #[test]
    fn neighbours_stay_apart() {
        check("abcd", &[(0..2, 0), (2..4, 1)], "[ab|0]^0[cd|1]^1");
    }

    #[test]
    fn nested() {
        check(
            "abcdef",
            &[(0..6, 0), (2..4, 1)],
            "[ab|0][cd|0,1]^1[ef|0]^0",
        );
        check("abcdef", &[(0..6, 0), (0..2, 1)], "[ab|0,1]^1[cdef|0]^0");
        check("abcdef", &[(0..6, 0), (4..6, 1)], "[abcd|0][ef|0,1]^0,1");
    }

    #[test]
    fn overlapping() {
        check(
            "abcdef",
            &[(0..4, 0), (2..6, 1)],
            "[ab|0][cd|0,1]^0[ef|1]^1",
        );
        check(
            "abcdef",
            &[(0..3, 0), (1..5, 1), (2..6, 2)],
            "[a|0][b|0,1][c|0,1,2]^0[de|1,2]^1[f|2]^2",
        );
    }

    #[test]
    fn the_same_stretch_by_several_findings() {
        check("abc", &[(0..2, 1), (0..2, 0)], "[ab|0,1]^0,1c");
    }

    #[test]
    fn one_finding_on_several_stretches() {
        check("abcdef", &[(0..2, 0), (4..6, 0)], "[ab|0]^0cd[ef|0]^0");
        check("abcd", &[(0..3, 0), (1..4, 0)], "[a|0][bc|0]^0[d|0]^0");
    }

    #[test]
    fn characters_of_several_bytes() {
        check("é22é", &[(2..4, 0)], "é[22|0]^0é");
        check("1️⃣6️⃣ jaar", &[(0..14, 0)], "[1️⃣6️⃣|0]^0 jaar");
        // Offsets within a character: the whole character is lit.
        check("aéb", &[(2..3, 0)], "a[é|0]^0b");
        check("a🌹b", &[(0..3, 0)], "[a🌹|0]^0b");
    }

    #[test]
    fn stretches_out_of_the_text() {
        check("abc", &[(2..99, 0)], "ab[c|0]^0");
        check("abc", &[(7..9, 0)], "abc");
        check("abc", &[(1..1, 0)], "abc");
        #[expect(
            clippy::reversed_empty_ranges,
            reason = "what a broken finding might hold"
        )]
        check("abc", &[(2..1, 0)], "abc");
    }

    /// All pairs of stretches over a short text with characters of one to four bytes.
    #[test]
    fn the_pieces_give_the_text_back() {
        let text = "aé€🌹z";
        let all: Vec<Range<usize>> = (0..=text.len() + 1)
            .flat_map(|start| (0..=text.len() + 1).map(move |end| start..end))
            .collect();
        for first in &all {
            for second in &all {
                let stretches = [first, second].map(|range| range.clone());
                let stretches: Vec<Stretch> = stretches
                    .into_iter()
                    .enumerate()
                    .map(|(finding, range)| Stretch { range, finding })
                    .collect();
                let whole: String = light(text, &stretches)
                    .iter()
                    .map(|piece| piece.text)
                    .collect();
                assert_eq!(whole, text, "{stretches:?}");
            }
        }
    }
}
