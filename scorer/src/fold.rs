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
//! Digits that stand for letters, letters for digits, and letters repeated are no matter of folding:
//! they mean something only where a word or number is looked for (`signals/lexicon/disguise.rs`,
//! `signals/phones/lookalike.rs`, `signals/ages/candidates.rs`).
//!
//! What folding loses can be looked up: German `Ü18` (over 18) and `u18` fold alike, and
//! `&original[folded.original(found)]` tells them apart.
//!
//! Invariant: `original` returns ranges on character borders of the original, in the same order.
//! Invariant: folding twice changes nothing more. Invariant: no text panics; time is linear.

mod letters;
mod lookalikes;
mod map;
mod markup;
mod ornaments;
mod plain;
mod regional;

pub use self::map::Folded;
pub(crate) use self::map::ceil_border;

/// Passes over left-over markup. Text that was escaped twice needs two; what is nested deeper is
/// made harmless instead, so that time stays linear.
const MARKUP_PASSES: usize = 3;

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

/// Texts beyond 4 GiB do not occur: bodies have limits far below.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
