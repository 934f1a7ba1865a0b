//! One character of the original at a time: its plain letters, or nothing.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::ornaments::{digit, written_out};
use super::regional::spell_regional;
use super::{Piece, narrow};

/// The plain letters of a text, in order, each with the bytes that it came from. A mark that is
/// taken off widens the letter before it.
pub(super) fn spell(original: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(original.len());
    let mut signs = original.char_indices().peekable();
    while let Some((start, sign)) = signs.next() {
        let end = start + sign.len_utf8();
        let (start, end) = (narrow(start), narrow(end));
        if sign.is_ascii_graphic() {
            let sign = sign.to_ascii_lowercase();
            pieces.push(Piece { sign, start, end });
        } else if let Some(letters) = quick(sign) {
            for sign in letters {
                pieces.push(Piece { sign, start, end });
            }
        } else if is_regional(sign) {
            let mut run = vec![(sign, start, end)];
            while let Some((next_start, next)) = signs.next_if(|(_, next)| is_regional(*next)) {
                run.push((
                    next,
                    narrow(next_start),
                    narrow(next_start + next.len_utf8()),
                ));
            }
            spell_regional(&run, &mut pieces);
        } else if is_combining_mark(sign) || is_joined_to_the_letter_before(sign) {
            let Some(last) = pieces.last_mut() else {
                continue;
            };
            // `и` and a breve are the letter `й`, not an `и` with an ornament.
            if last.sign == 'и' && sign == '\u{306}' {
                last.sign = 'й';
            }
            if last.end == start {
                last.end = end;
            }
        } else {
            spell_one(sign, &mut |sign| pieces.push(Piece { sign, start, end }));
        }
    }
    pieces
}

/// The plain letters of one character.
pub(super) fn spell_one(sign: char, push: &mut impl FnMut(char)) {
    if sign.is_ascii_graphic() {
        return push(sign.to_ascii_lowercase());
    }
    if let Some(letters) = quick(sign) {
        return letters.for_each(push);
    }
    spell_any(sign, push);
}

/// Letters beyond ASCII that most texts have no others of: Latin with marks, Greek, Cyrillic.
const QUICK: RangeInclusive<char> = '\u{c0}'..='\u{52f}';

/// What `spell_any` makes of them: one letter or two, else nothing here.
static QUICK_LETTERS: LazyLock<Vec<Option<[char; 2]>>> = LazyLock::new(|| {
    QUICK
        .map(|sign| {
            let mut letters = Vec::new();
            spell_any(sign, &mut |letter| letters.push(letter));
            match letters.as_slice() {
                _ if is_combining_mark(sign) => None,
                [one] => Some([*one, NONE]),
                [one, two] => Some([*one, *two]),
                _ => None,
            }
        })
        .collect()
});

/// No letter: folding takes it away.
const NONE: char = '\0';

/// The plain letters of a usual character, looked up.
pub(super) fn quick(sign: char) -> Option<impl Iterator<Item = char>> {
    let place = u32::from(sign).checked_sub(u32::from(*QUICK.start()))?;
    let letters = QUICK_LETTERS.get(place as usize).copied()??;
    Some(letters.into_iter().filter(|&letter| letter != NONE))
}

/// The plain letters of any character but of plain ASCII.
fn spell_any(sign: char, push: &mut impl FnMut(char)) {
    if is_invisible(sign) {
        return;
    }
    if let Some(plain) = written_out(sign) {
        return plain.chars().for_each(push);
    }
    if matches!(sign, 'й' | 'Й') {
        return push('й');
    }
    if is_whole(sign) {
        return push(sign);
    }
    let mut base = |part: char| {
        if is_combining_mark(part) || is_invisible(part) {
            return;
        }
        for lower in part.to_lowercase() {
            match written_out(lower) {
                Some(plain) => plain.chars().for_each(&mut *push),
                None if is_combining_mark(lower) => {}
                None => push(digit(lower).unwrap_or(lower)),
            }
        }
    };
    for lower in sign.to_lowercase() {
        decompose_compatible(lower, &mut base);
    }
}

/// Signs that are not taken apart: Hangul syllables, which NFKC leaves whole too, and signs for
/// whole words of other scripts, which would make a text many times as long.
const fn is_whole(sign: char) -> bool {
    matches!(sign, '\u{ac00}'..='\u{d7a3}' | '\u{3300}'..='\u{3357}' | '\u{fdf0}'..='\u{fdfb}')
}

/// Signs that have no width, or only steer the direction of writing or the shape of emoji.
const fn is_invisible(sign: char) -> bool {
    matches!(sign,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Variation selectors and the keycap belong to the sign before them.
pub(super) const fn is_joined_to_the_letter_before(sign: char) -> bool {
    matches!(sign, '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
}

pub(super) const fn is_regional(sign: char) -> bool {
    matches!(sign, '\u{1f1e6}'..='\u{1f1ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_is_in_its_last_form() {
        let mut wrong = Vec::new();
        for sign in (0..=0x10_ffff_u32).filter_map(char::from_u32) {
            let mut once = String::new();
            spell_one(sign, &mut |plain| once.push(plain));
            let mut twice = String::new();
            for plain in once.chars() {
                spell_one(plain, &mut |plain| twice.push(plain));
            }
            if once != twice {
                wrong.push((sign, once, twice));
            }
        }
        assert_eq!(
            wrong,
            [],
            "the plain form of a character must be plain itself"
        );
    }
}
