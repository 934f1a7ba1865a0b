//! Where words begin and end.
//!
//! Letters and digits are words of their own: `17jaar` is two.

/// What a sign is, as bits: between two that share one there is no border.
const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;

/// The bits of ASCII.
const ASCII: [u8; 128] = {
    let mut bits = [OTHER; 128];
    let mut at = 0;
    while at < 128 {
        let sign = at as u8;
        if sign.is_ascii_alphabetic() {
            bits[at] = LETTER;
        } else if sign.is_ascii_digit() {
            bits[at] = DIGIT;
        }
        at += 1;
    }
    bits
};

/// Whether a word may begin or end here.
pub(crate) fn is_border(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = match at.checked_sub(1).and_then(|before| bytes.get(before)) {
        Some(&byte) if byte.is_ascii() => ASCII[usize::from(byte)],
        Some(_) => text[..at].chars().next_back().map_or(OTHER, bits),
        None => OTHER,
    };
    let after = match bytes.get(at) {
        Some(&byte) if byte.is_ascii() => ASCII[usize::from(byte)],
        Some(_) => text[at..].chars().next().map_or(OTHER, bits),
        None => OTHER,
    };
    before & after == 0
}

/// Whether three bytes of a text fit that stand in a row. All of them are looked at, without a
/// branch: that is done for many places at once.
pub(crate) fn has_three(text: &str, fits: impl Fn(u8, u8, u8) -> bool) -> bool {
    text.as_bytes()
        .windows(3)
        .fold(false, |any, three| any | fits(three[0], three[1], three[2]))
}

/// All places of a text at which a word may begin, signs of their own included, spaces not.
pub(crate) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut before = OTHER;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let (here, len) = if byte.is_ascii() {
                (ASCII[usize::from(byte)], 1)
            } else {
                let sign = text[at..].chars().next()?;
                (bits(sign), sign.len_utf8())
            };
            let start = at;
            let is_start = before & here == 0 && byte != b' ';
            before = here;
            at += len;
            if is_start {
                return Some(start);
            }
        }
        None
    })
}

/// Where the letters end that begin at a place.
pub(crate) fn letters_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let letter = text[at..]
            .chars()
            .next()
            .filter(|sign| sign.is_alphabetic());
        let Some(letter) = letter else { break };
        at += letter.len_utf8();
    }
    at
}

fn bits(sign: char) -> u8 {
    // Most letters that are not ASCII are these.
    if matches!(sign, 'а'..='я') {
        return LETTER;
    }
    (u8::from(sign.is_alphabetic()) * LETTER) | (u8::from(sign.is_numeric()) * DIGIT)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn starts_are_borders_before_signs(text in "[a1 é٣я.]{0,12}|\\PC{0,12}") {
            let slow = |at: usize| {
                let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
                match (before, after) {
                    (Some(before), Some(after)) => {
                        !(before.is_alphabetic() && after.is_alphabetic()
                            || before.is_numeric() && after.is_numeric())
                    }
                    _ => true,
                }
            };
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                prop_assert_eq!(is_border(&text, at), slow(at));
            }
            let expected: Vec<usize> = text
                .char_indices()
                .filter(|&(at, sign)| slow(at) && sign != ' ')
                .map(|(at, _)| at)
                .collect();
            prop_assert_eq!(word_starts(&text).collect::<Vec<_>>(), expected);
            for (at, _) in text.char_indices() {
                let letters = text[at..].chars().take_while(|sign| sign.is_alphabetic());
                let end = at + letters.map(char::len_utf8).sum::<usize>();
                prop_assert_eq!(letters_end(&text, at), end);
            }
        }
    }
}
