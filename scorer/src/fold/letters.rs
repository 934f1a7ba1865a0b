//! One character of the original at a time: its plain letters, or nothing.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

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

/// Regional letters: in pairs they are shown as flags and stay; an odd number spells a word.
fn spell_regional(run: &[(char, u32, u32)], pieces: &mut Vec<Piece>) {
    let is_flags = run.len().is_multiple_of(2);
    for &(sign, start, end) in run {
        let letter = if is_flags {
            sign
        } else {
            letter_from(sign, '\u{1f1e6}')
        };
        pieces.push(Piece {
            sign: letter,
            start,
            end,
        });
    }
}

/// The letter at the place that a sign has in a row that begins with `first` for `a`.
fn letter_from(sign: char, first: char) -> char {
    let place = (u32::from(sign) - u32::from(first)) % 26;
    char::from(b'a' + u8::try_from(place).unwrap_or(0))
}

/// What NFKC leaves as it is and what stands for something plain: special letters, white space,
/// dashes, quotes, circled and ornamental signs.
fn written_out(sign: char) -> Option<&'static str> {
    const LETTERS: [&str; 26] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y", "z",
    ];
    const NUMBERS: [&str; 21] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
        "17", "18", "19", "20",
    ];
    let place = |first: char| (u32::from(sign) - u32::from(first)) as usize;
    Some(match sign {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => " ",
        _ if sign.is_whitespace() => " ",
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{207b}'
        | '\u{2043}'
        | '\u{30fc}' => "-",
        '\u{b4}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{2b9}' | '\u{ff07}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2044}' | '\u{2215}' => "/",
        '½' => ",5",
        '¼' => ",25",
        '¾' => ",75",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ł' | 'Ł' | 'ƚ' | 'ʟ' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ᴅ' | 'ɖ' => "d",
        'ø' | 'Ø' | 'ᴏ' | 'ɵ' => "o",
        'ħ' | 'Ħ' | 'ʜ' => "h",
        'ŧ' | 'Ŧ' | 'ᴛ' => "t",
        'þ' | 'Þ' => "th",
        'ı' | 'ɪ' | 'ɨ' => "i",
        'ȷ' | 'ᴊ' => "j",
        'ĸ' | 'ᴋ' => "k",
        'ŋ' | 'Ŋ' | 'ɴ' => "n",
        'ɑ' | 'ᴀ' => "a",
        'ɡ' | 'ɢ' => "g",
        'ə' | 'Ə' | 'ᴇ' => "e",
        'ʙ' | 'ƀ' => "b",
        'ᴄ' => "c",
        'ꜰ' => "f",
        'ᴍ' => "m",
        'ᴘ' => "p",
        'ʀ' => "r",
        'ꜱ' => "s",
        'ᴜ' | 'ʉ' => "u",
        'ᴠ' => "v",
        'ᴡ' => "w",
        'ʏ' => "y",
        'ᴢ' => "z",
        // ornamental letters that have no compatibility form: negative circled and squared
        '\u{1f150}'..='\u{1f169}' => LETTERS[place('\u{1f150}')],
        '\u{1f170}'..='\u{1f189}' => LETTERS[place('\u{1f170}')],
        // ornamental numbers likewise
        '\u{2776}'..='\u{277f}' => NUMBERS[place('\u{2776}') + 1],
        '\u{2780}'..='\u{2789}' => NUMBERS[place('\u{2780}') + 1],
        '\u{278a}'..='\u{2793}' => NUMBERS[place('\u{278a}') + 1],
        '\u{24eb}'..='\u{24f4}' => NUMBERS[place('\u{24eb}') + 11],
        '\u{24f5}'..='\u{24fe}' => NUMBERS[place('\u{24f5}') + 1],
        '\u{24ff}' | '\u{1f10b}' | '\u{1f10c}' => "0",
        '\u{1f51f}' => "10",
        _ => return None,
    })
}

/// First signs of the rows of decimal digits (Unicode 17, general category Nd) below the
/// mathematical ones, which NFKC already brings to ASCII.
const ZEROS: [char; 66] = [
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11de0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e950}',
];

/// The ASCII digit for a decimal digit of another script.
fn digit(sign: char) -> Option<char> {
    if sign < ZEROS[0] {
        return None;
    }
    let row = ZEROS.partition_point(|&zero| zero <= sign);
    let value = u32::from(sign) - u32::from(ZEROS[row.checked_sub(1)?]);
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_digits_are_in_order() {
        assert!(ZEROS.is_sorted());
        assert_eq!(digit('٣'), Some('3'));
        assert_eq!(digit('ж'), None);
    }

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
