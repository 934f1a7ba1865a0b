//! Brings a text into one plain form for matching, and keeps the way back.
//!
//! Place in the flow: the first step of every signal and rule. Folding takes case, diacritics,
//! ornamental letters and digits, zero-width signs and left-over HTML away, so that a pattern is
//! written once. What was found in the folded text is shown in the original: every stretch maps
//! back to whole characters.
//!
//! The form: Unicode NFKC without combining marks, lower case; every decimal digit as ASCII;
//! `ß` as `ss`, `ł` as `l` and their like; all dashes as `-`, all apostrophes as `'`; a run of
//! white space as one space, or as one line feed where it holds a line break. Cyrillic and Greek
//! stay as they are (`й` too), but a letter of theirs inside a Latin word becomes the Latin letter
//! that it looks like, and the other way round in a Cyrillic word.
//!
//! What folding loses can be looked up: German `Ü18` (over 18) and `u18` fold alike, and
//! `&original[folded.original(found)]` tells them apart.
//!
//! Invariant: `original` returns ranges on character borders of the original, in the same order.
//! Invariant: folding twice changes nothing more. Invariant: no text panics; time is linear.

mod letters;
mod lookalikes;
mod markup;
mod plain;

use std::ops::Range;

/// Passes over left-over markup. Text that was escaped twice needs two; what is nested deeper is
/// made harmless instead, so that time stays linear.
const MARKUP_PASSES: usize = 3;

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
    text: String,
    /// In order of both texts; together they cover the folded text without a gap.
    segments: Vec<Segment>,
    original_len: usize,
}

/// A stretch of folded text and what it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    folded_start: u32,
    original_start: u32,
    original_end: u32,
    /// Whether both sides have the same character borders, byte by byte. Otherwise every byte of
    /// the stretch came from the whole of the original one.
    aligned: bool,
}

/// One folded character and the bytes of the original that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    sign: char,
    start: u32,
    end: u32,
}

impl Piece {
    /// Whether its bytes correspond one to one.
    fn is_aligned(self) -> bool {
        (self.end - self.start) as usize == self.sign.len_utf8()
    }
}

/// Brings a text into its plain form. Linear in the length of the text.
pub fn fold(original: &str) -> Folded {
    plain::fold_plain(original).unwrap_or_else(|| fold_any(original))
}

/// The same for any text, sign by sign.
fn fold_any(original: &str) -> Folded {
    let mut pieces = letters::spell(original);
    if markup::may_hold_any(&pieces) {
        for _ in 0..MARKUP_PASSES {
            tidy(&mut pieces, original);
            if !markup::decode(&mut pieces) {
                break;
            }
        }
        tidy(&mut pieces, original);
        markup::defuse(&mut pieces);
    } else {
        tidy(&mut pieces, original);
    }
    Folded::of(&pieces, original.len())
}

fn tidy(pieces: &mut Vec<Piece>, original: &str) {
    join_spaces(pieces);
    lookalikes::unify(pieces, original);
}

/// Makes a run of white space one space, or one line feed where it holds a line break.
fn join_spaces(pieces: &mut Vec<Piece>) {
    pieces.dedup_by(|next, kept| {
        let joins = is_space(next.sign) && is_space(kept.sign);
        if joins {
            if next.sign == '\n' {
                kept.sign = '\n';
            }
            kept.end = next.end;
        }
        joins
    });
}

const fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\n')
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

    fn of(pieces: &[Piece], original_len: usize) -> Self {
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
fn join(segments: &mut Vec<Segment>, segment: Segment) {
    match segments.last_mut() {
        Some(last)
            if segment.aligned && last.aligned && last.original_end == segment.original_start =>
        {
            last.original_end = segment.original_end;
        }
        _ => segments.push(segment),
    }
}

/// Texts beyond 4 GiB do not occur: bodies have limits far below.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn floor_border(text: &str, mut at: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(original: &str, expected: &str) {
        assert_eq!(fold(original).text(), expected, "{original:?}");
    }

    #[test]
    fn case_marks_and_special_letters() {
        check("Größe, ŁÓDŹ, naïve", "grosse, lodz, naive");
        check("Ș ș Ț ț ă î â", "s s t t a i a");
        check("e\u{301}a\u{308}\u{323}", "ea");
        check("İstanbul ŒUVRE Ærø", "istanbul oeuvre aero");
        check("“a” ‘b’ – c — d", "\"a\" 'b' - c - d");
        check("17½", "17,5");
        check("ﷺ 한 ㌖", "ﷺ 한 ㌖");
    }

    #[test]
    fn ornamental_letters_and_digits() {
        check("ＡＢＣ　１８", "abc 18");
        check("𝐁𝐞𝐥 𝟎𝟔", "bel 06");
        check("ⓑⓔⓛ ⓪⑥①⑱", "bel 06118");
        check("❶❷ ➅ ⓿", "12 6 0");
        check("1️⃣8️⃣", "18");
        check("🅱🅴🅻 🅑", "bel b");
        check("ʙᴇʟ", "bel");
        check("٠٦ ۰۶ ०६", "06 06 06");
        check("🇧 🇪 🇱", "b e l");
        check("🇳🇱 vlag", "🇳🇱 vlag");
    }

    #[test]
    fn invisible_signs_and_white_space() {
        check("0\u{200b}6\u{ad}1\u{feff}2\u{202e}", "0612");
        check("a \t b\u{a0}\u{2009}c", "a b c");
        check("a \r\n\r\n b\u{2028}c", "a\nb\nc");
    }

    #[test]
    fn left_over_markup() {
        check("06<br>12<BR/>34", "06\n12\n34");
        check("<b>i</b>k <a href='x'>ben</a>", "ik ben");
        check("a&nbsp;b &amp; c &#48;&#x36;", "a b & c 06");
        check("a&amp;nbsp;b", "a b");
        check("1 < 2 > 0 &c <3", "1 < 2 > 0 &c <3");
        check("&lt;br&gt;", "\n");
    }

    #[test]
    fn lookalikes_only_inside_words_of_the_other_script() {
        check("еѕсоrt", "escort");
        check("Ηοtel", "hotel");
        check("момиче на 18", "момиче на 18");
        check("мoмиче", "момиче");
        check("сор", "сор");
        check("Единайсет", "единайсет");
    }

    #[test]
    fn umlaut_can_be_told_from_plain_u() {
        let original = "Ü18 u18";
        let folded = fold(original);
        assert_eq!(folded.text(), "u18 u18");
        assert_eq!(&original[folded.original(0..3)], "Ü18");
        assert_eq!(&original[folded.original(4..7)], "u18");
    }

    #[test]
    fn the_way_back_covers_whole_characters() {
        let original = "x ß 8️⃣ &amp; é";
        let folded = fold(original);
        assert_eq!(folded.text(), "x ss 8 & e");
        for (found, expected) in [
            (0..1, "x"),
            (2..3, "ß"),
            (3..4, "ß"),
            (5..6, "8️⃣"),
            (7..8, "&amp;"),
            (9..10, "é"),
            (0..10, original),
        ] {
            assert_eq!(
                &original[folded.original(found.clone())],
                expected,
                "{found:?}"
            );
        }
        assert_eq!(folded.original(10..10), original.len()..original.len());
        assert_eq!(folded.original(40..50), original.len()..original.len());
    }

    #[test]
    fn there_and_back() {
        let original = "bel ０６ ❤ nu";
        let folded = fold(original);
        let at = original.find("０").unwrap()..original.find(" ❤").unwrap();
        assert_eq!(folded.folded(at.clone()), 4..6);
        assert_eq!(folded.original(4..6), at);
    }

    #[test]
    fn deep_nesting_and_size_stay_cheap() {
        for unit in [
            "&amp;",
            "<b",
            "<b>",
            "&#",
            "&#38;",
            "<",
            "a\u{301}",
            "🇳",
            "е",
            "&lt;b&gt;",
        ] {
            let text = unit.repeat(1_000_000 / unit.len());
            let folded = fold(&text);
            assert_eq!(fold(folded.text()).text(), folded.text(), "{unit:?}");
        }
    }

    /// Texts full of what folding treats specially.
    fn awkward() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            any::<char>().prop_map(String::from),
            "[a-zA-Z0-9 &;<>#/]{0,4}",
            prop::sample::select(vec![
                "&", "amp;", "&amp;", "&lt;", "&gt;", "<b>", "</b>", "<br>", "<b ", ">", "&#38;",
                "&#x3c;", "nbsp;", "lt;", "е", "о", "р", "η", "Η", "λ", "й", "\u{306}", "и",
                "\u{200b}", "\u{fe0f}", "\u{20e3}", "🇳", "½", "\r\n", "İ", "ß", "1", "ﷺ", "＆",
                "；", "＜", "´", "ﬀ", "가", "℡",
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(original in awkward()) {
            let once = fold(&original);
            let twice = fold(once.text());
            prop_assert_eq!(once.text(), twice.text());
        }

        #[test]
        fn every_stretch_maps_to_whole_characters_in_order(original in awkward()) {
            let folded = fold(&original);
            let mut before = 0..0;
            for (at, sign) in folded.text().char_indices() {
                let back = folded.original(at..at + sign.len_utf8());
                prop_assert!(original.get(back.clone()).is_some_and(|found| !found.is_empty()));
                prop_assert!(back.start >= before.start && back.end >= before.end);
                let there = folded.folded(back.clone());
                prop_assert!(there.start <= at && at + sign.len_utf8() <= there.end);
                before = back;
            }
        }

        #[test]
        fn the_short_way_gives_what_the_long_way_gives(original in awkward(), plain in "[ -~éßﬀ①\u{301}\u{200b}\n\t]{0,30}") {
            for text in [original, plain] {
                if let Some(folded) = plain::fold_plain(&text) {
                    prop_assert_eq!(folded, fold_any(&text));
                }
            }
        }

        #[test]
        fn what_is_left_stands_where_it_stood(original in awkward(), start in 0usize..60, len in 1usize..60) {
            let folded = fold(&original);
            let start = floor_border(folded.text(), start);
            let end = ceil_border(folded.text(), start + len);
            if start == end {
                return Ok(());
            }
            let rest = folded.without(start..end);
            let (head, tail) = (&folded.text()[..start], &folded.text()[end..]);
            prop_assert_eq!(rest.text(), format!("{head}\n{tail}"));
            prop_assert_eq!(rest.original(start..start + 1), folded.original(start..end));
            for (at, sign) in rest.text().char_indices().filter(|(at, _)| *at != start) {
                let before = if at < start { at } else { at + end - start - 1 };
                let len = sign.len_utf8();
                prop_assert_eq!(rest.original(at..at + len), folded.original(before..before + len));
            }
        }

        #[test]
        fn any_range_is_answered(original in ".{0,40}", start in 0usize..80, end in 0usize..80) {
            let folded = fold(&original);
            prop_assert!(original.get(folded.original(start..end)).is_some());
            prop_assert!(folded.text().get(folded.folded(start..end)).is_some());
        }
    }
}
