//! Texts without left-over markup and in Latin letters alone, which most are: folded in one pass,
//! stretches of ASCII at once.
//!
//! Gives what the long way gives (`the_short_way_gives_what_the_long_way_gives`), or nothing where
//! only that one can tell.

use unicode_normalization::char::is_combining_mark;

use super::letters::{is_joined_to_the_letter_before, is_regional, quick, spell_one};
use super::lookalikes::is_foreign;
use super::map::{Folded, Segment, join};
use super::markup::is_opening;
use super::{Piece, is_space, narrow};

/// What a byte is to this reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter, digit or sign that only loses its case.
    Graphic,
    /// A space, which stays where none is beside it.
    Space,
    /// Left-over markup may begin here.
    Opening,
    /// Anything else: white space of other kinds, control signs, bytes beyond ASCII.
    Odd,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Odd; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        classes[at] = match byte {
            b' ' => Class::Space,
            b'&' | b'<' => Class::Opening,
            _ if byte.is_ascii_graphic() => Class::Graphic,
            _ => Class::Odd,
        };
        at += 1;
    }
    classes
};

/// The plain form, or nothing for a text that needs the long way.
pub(super) fn fold_plain(original: &str) -> Option<Folded> {
    let mut folding = Folding::of(original);
    let bytes = original.as_bytes();
    let class = |at: usize| bytes.get(at).map(|&byte| CLASSES[usize::from(byte)]);
    let mut at = 0;
    while let Some(here) = class(at) {
        match here {
            Class::Graphic => {
                let start = at;
                at += 1;
                while class(at) == Some(Class::Graphic)
                    || class(at) == Some(Class::Space)
                        && class(at - 1) == Some(Class::Graphic)
                        && class(at + 1) == Some(Class::Graphic)
                {
                    at += 1;
                }
                folding.stretch(start, at);
            }
            Class::Space => {
                folding.push(Piece {
                    sign: ' ',
                    start: narrow(at),
                    end: narrow(at + 1),
                });
                at += 1;
            }
            Class::Opening => return None,
            Class::Odd => {
                let sign = original[at..].chars().next()?;
                folding.odd(sign, at)?;
                at += sign.len_utf8();
            }
        }
    }
    Some(folding.finish())
}

struct Folding<'o> {
    original: &'o str,
    folded: Folded,
    /// The last piece, which a mark or a space behind it may widen yet.
    last: Option<Piece>,
}

impl<'o> Folding<'o> {
    fn of(original: &'o str) -> Self {
        Self {
            original,
            folded: Folded {
                text: String::with_capacity(original.len()),
                segments: Vec::new(),
                original_len: original.len(),
            },
            last: None,
        }
    }

    /// A stretch of ASCII that only loses its case; its last sign waits for what comes behind.
    fn stretch(&mut self, start: usize, end: usize) {
        self.settle();
        let head = &self.original[start..end - 1];
        if !head.is_empty() {
            self.segment(Segment {
                folded_start: narrow(self.folded.text.len()),
                original_start: narrow(start),
                original_end: narrow(end - 1),
                aligned: true,
            });
            let from = self.folded.text.len();
            self.folded.text.push_str(head);
            self.folded.text[from..].make_ascii_lowercase();
        }
        let sign = char::from(self.original.as_bytes()[end - 1]).to_ascii_lowercase();
        self.last = Some(Piece {
            sign,
            start: narrow(end - 1),
            end: narrow(end),
        });
    }

    /// A sign that is no plain ASCII; nothing where the long way is needed.
    fn odd(&mut self, sign: char, at: usize) -> Option<()> {
        let (start, end) = (narrow(at), narrow(at + sign.len_utf8()));
        if let Some(letters) = quick(sign) {
            for sign in letters {
                if is_foreign(sign) {
                    return None;
                }
                self.push(Piece { sign, start, end });
            }
            return Some(());
        }
        if is_regional(sign) {
            return None;
        }
        if !sign.is_ascii() && (is_combining_mark(sign) || is_joined_to_the_letter_before(sign)) {
            if let Some(last) = &mut self.last
                && last.end == start
            {
                last.end = end;
            }
            return Some(());
        }
        let mut is_plain = true;
        spell_one(sign, &mut |sign| {
            is_plain &= !is_opening(sign) && !is_foreign(sign);
            self.push(Piece { sign, start, end });
        });
        is_plain.then_some(())
    }

    /// One more piece; white space joins the white space before it.
    fn push(&mut self, piece: Piece) {
        if let Some(last) = &mut self.last
            && is_space(last.sign)
            && is_space(piece.sign)
        {
            if piece.sign == '\n' {
                last.sign = '\n';
            }
            last.end = piece.end;
            return;
        }
        self.settle();
        self.last = Some(piece);
    }

    /// Writes the last piece down.
    fn settle(&mut self) {
        let Some(piece) = self.last.take() else {
            return;
        };
        self.segment(Segment {
            folded_start: narrow(self.folded.text.len()),
            original_start: piece.start,
            original_end: piece.end,
            aligned: piece.is_aligned(),
        });
        self.folded.text.push(piece.sign);
    }

    fn segment(&mut self, segment: Segment) {
        join(&mut self.folded.segments, segment);
    }

    fn finish(mut self) -> Folded {
        self.settle();
        self.folded
    }
}
