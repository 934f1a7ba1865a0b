//! Text of others made harmless to show: signs that a reader does not see but a terminal or a
//! browser obeys become signs that can be seen.

use std::borrow::Cow;

/// The text with line feeds kept, tabs as spaces, and each other control sign, sign of direction and
/// sign without width shown: `␛`, `<U+202E>`. Joiners stay, as emoji and some scripts need them.
pub(super) fn neutral(text: &str) -> Cow<'_, str> {
    if !text.chars().any(needs_showing) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\t' => shown.push(' '),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\u{7f}' => shown.push('␡'),
            '\0'..='\x08' | '\x0b'..='\x1f' => {
                shown.push(char::from_u32(0x2400 + u32::from(sign)).unwrap_or('\u{fffd}'));
            }
            sign if needs_showing(sign) => shown.push_str(&format!("<U+{:04X}>", u32::from(sign))),
            sign => shown.push(sign),
        }
    }
    Cow::Owned(shown)
}

/// Unicode 16: categories Cc and Cf without the joiners, line and paragraph separators, and the
/// letters that are blank.
const fn needs_showing(sign: char) -> bool {
    matches!(sign,
        '\0'..='\x09' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod checks {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(neutral(text), expected);
    }

    #[test]
    fn signs_that_are_obeyed_are_shown() {
        check("\u{1b}[2J\u{1b}]0;t\u{7}", "␛[2J␛]0;t␇");
        check("a\0b\u{7f}c\u{8}", "a␀b␡c␈");
        check("\u{9b}31m", "<U+009B>31m");
        check("abc\u{202e}61\u{202c}", "abc<U+202E>61<U+202C>");
        check("1\u{200b}6\u{2066}x\u{2069}", "1<U+200B>6<U+2066>x<U+2069>");
        check("a\u{e0041}\u{2028}", "a<U+E0041><U+2028>");
    }

    #[test]
    fn signs_that_are_read_stay() {
        for text in ["één\nтри ", "1️⃣6️⃣", "👩‍👧", "می‌خواهم", "<b>&"]
        {
            check(text, text);
        }
        check("a\r\nb\rc\td", "a\nb␍c d");
    }

    #[test]
    fn nothing_that_is_obeyed_is_left() {
        for sign in (0..=0x10_ffff).filter_map(char::from_u32) {
            let shown = neutral(sign.encode_utf8(&mut [0; 4])).into_owned();
            let kept = shown
                .chars()
                .find(|&kept| kept != '\n' && needs_showing(kept));
            assert_eq!(kept, None, "{:04X}", u32::from(sign));
            assert!(!shown.is_empty());
        }
    }
}
