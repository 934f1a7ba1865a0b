//! Words that are written so that a search misses them: with letters repeated (`schoooool`), with
//! digits for letters (`sch00l`), or one letter at a time (`s c h o o l`, `s.c.h.o.o.l`).
//!
//! What is behind the disguise counts only when all of it is one cue; nothing else of the text
//! changes, so that `boo`, `17jaar`, `b2b`, `h2o` and `4x4` stay what they are.
//!
//! Invariant: every byte is read a bounded number of times.

use std::ops::Range;

use super::{has_three, letters_end};

/// Letters of the shortest word that is looked for behind a disguise.
const FEWEST_LETTERS: usize = 4;

/// Bytes of the longest: no cue of one word is longer.
const MOST_BYTES: usize = 40;

/// Digits and signs, and the letters that they may stand for.
const SIGNS: &[(char, &[char])] = &[
    ('0', &['o']),
    ('1', &['i', 'l']),
    ('3', &['e']),
    ('4', &['a']),
    ('5', &['s']),
    ('7', &['t']),
    ('@', &['a']),
    ('$', &['s']),
];

/// The same among Cyrillic letters.
const CYRILLIC: &[(char, &[char])] = &[
    ('0', &['о']),
    ('1', &['и']),
    ('3', &['е', 'з']),
    ('4', &['а', 'ч']),
    ('6', &['ш', 'б']),
    ('@', &['а']),
];

/// A stretch of text and what may be meant by it.
pub(super) struct Disguised {
    pub(super) range: Range<usize>,
    pub(super) word: String,
}

/// Whether a text may hold a disguise: three equal letters, a letter, a digit and one of both, or a
/// letter between two signs that are alike. One look at the bytes, so that most texts cost no more.
pub(super) fn may_stand_in(flat: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic();
    let is_joint = |byte: u8| matches!(byte, b' ' | b'.' | b'-' | b'_' | b'*');
    !flat.is_ascii()
        || has_three(flat, |one, two, next| {
            let is_run = (one == two) & (two == next);
            let is_mixed = is_sign(two) & (is_letter(next) | is_sign(next) | (next == b' '));
            let is_apart = (one == next) & is_letter(two) & is_joint(one);
            is_letter(one) & (is_run | is_mixed) | is_apart
        })
}

/// The disguises that begin where a word does.
pub(super) fn at(flat: &str, start: usize) -> Vec<Disguised> {
    let end = letters_end(flat, start);
    let word = &flat[start..end];
    if word.is_empty() || follows_digit_or_letter(flat, start) {
        return Vec::new();
    }
    let rest = &flat.as_bytes()[end..];
    if word.chars().nth(1).is_none()
        && matches!(rest.first(), Some(b' ' | b'.' | b'-' | b'_' | b'*'))
    {
        return apart(flat, start).into_iter().collect();
    }
    if rest.first().copied().is_some_and(is_sign) {
        return with_signs(flat, start);
    }
    stretched(word)
        .into_iter()
        .map(|word| Disguised {
            range: start..end,
            word,
        })
        .collect()
}

/// A word goes on here that began before: `17jaar`, the second part of `m1nderjarig`.
fn follows_digit_or_letter(flat: &str, start: usize) -> bool {
    flat[..start].ends_with(char::is_alphanumeric)
}

/// The word with each run of three or more equal letters as two, and as one.
fn stretched(word: &str) -> Vec<String> {
    let mut before = [' '; 2];
    let has_run = word.chars().any(|letter| {
        let is_third = before == [letter; 2];
        before = [before[1], letter];
        is_third
    });
    if !has_run {
        return Vec::new();
    }
    [2, 1]
        .into_iter()
        .map(|most| squeezed(word, most))
        .filter(|word| is_long_enough(word))
        .collect()
}

/// Runs of three or more equal letters become so many.
fn squeezed(word: &str, most: usize) -> String {
    let mut letters = word.chars().peekable();
    let mut squeezed = String::new();
    while let Some(letter) = letters.next() {
        let mut n_equal = 1;
        while letters.next_if_eq(&letter).is_some() {
            n_equal += 1;
        }
        let n_kept = if n_equal > 2 { most } else { n_equal };
        squeezed.extend(std::iter::repeat_n(letter, n_kept));
        if squeezed.len() > MOST_BYTES {
            break;
        }
    }
    squeezed
}

/// Whether a byte is a digit or one of the other signs that stand for letters.
const fn is_sign(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'@' | b'$')
}

/// Letters with signs between them or one at the end, of which each stands for a letter.
fn with_signs(flat: &str, start: usize) -> Vec<Disguised> {
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '@' | '$');
    let len = flat[start..]
        .char_indices()
        .find(|(at, sign)| !is_part(*sign) || *at > MOST_BYTES)
        .map_or(flat.len() - start, |(at, _)| at);
    let end = start + len;
    let written = &flat[start..end];
    let n_signs = written.chars().count();
    let n_letters = written.chars().filter(|sign| sign.is_alphabetic()).count();
    let ends_in_number = written.bytes().rev().take(2).all(is_sign);
    if len > MOST_BYTES || n_signs < FEWEST_LETTERS || n_letters * 2 < n_signs || ends_in_number {
        return Vec::new();
    }
    let signs = if written.is_ascii() { SIGNS } else { CYRILLIC };
    let mut words: Vec<String> = Vec::new();
    for choice in 0..2 {
        let word: Option<String> = written
            .chars()
            .map(
                |sign| match signs.iter().find(|(known, _)| *known == sign) {
                    Some((_, letters)) => Some(letters[choice.min(letters.len() - 1)]),
                    None => sign.is_alphabetic().then_some(sign),
                },
            )
            .collect();
        words.extend(word.filter(|word| !words.contains(word)));
    }
    words
        .into_iter()
        .map(|word| Disguised {
            range: start..end,
            word,
        })
        .collect()
}

/// Single letters with the same sign between each two.
fn apart(flat: &str, start: usize) -> Option<Disguised> {
    let mut word = String::new();
    let mut end = start;
    let mut between = None;
    let mut rest = flat[start..].chars().peekable();
    while let Some(letter) = rest.next_if(|sign| sign.is_alphabetic()) {
        if rest.peek().is_some_and(|sign| sign.is_alphanumeric()) || word.len() > MOST_BYTES {
            // A longer word follows: "s c h o o l is".
            break;
        }
        word.push(letter);
        end += letter.len_utf8() + usize::from(word.chars().nth(1).is_some());
        let Some(&sign) = rest.peek() else { break };
        if *between.get_or_insert(sign) != sign {
            break;
        }
        rest.next();
    }
    let follows = between.is_some_and(|sign| is_one_of_them(&flat[..start], sign));
    (is_long_enough(&word) && !follows).then_some(Disguised {
        range: start..end,
        word,
    })
}

/// Whether a single letter stands before, so that this row began earlier.
fn is_one_of_them(head: &str, between: char) -> bool {
    head.strip_suffix(between).is_some_and(|head| {
        let mut signs = head.chars().rev();
        signs.next().is_some_and(char::is_alphabetic)
            && !signs.next().is_some_and(char::is_alphanumeric)
    })
}

fn is_long_enough(word: &str) -> bool {
    word.len() <= MOST_BYTES && word.chars().take(FEWEST_LETTERS).count() == FEWEST_LETTERS
}

#[cfg(test)]
mod tests {
    use super::super::word_starts;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(&str, String)> = word_starts(text)
            .flat_map(|start| at(text, start))
            .map(|found| (&text[found.range], found.word))
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(written, word)| (*written, word.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn letters_repeated() {
        check(
            "schoooool",
            &[("schoooool", "school"), ("schoooool", "schol")],
        );
        check("jaaaar oud", &[("jaaaar", "jaar")]);
        check("zee, boo, zaaa", &[]);
        check(
            "ученичкаааа",
            &[("ученичкаааа", "ученичкаа"), ("ученичкаааа", "ученичка")],
        );
    }

    #[test]
    fn digits_for_letters() {
        check("sch00l", &[("sch00l", "school")]);
        check(
            "m1nderjarig",
            &[
                ("m1nderjarig", "minderjarig"),
                ("m1nderjarig", "mlnderjarig"),
            ],
        );
        check("t33n", &[("t33n", "teen")]);
        check("17jaar b2b h2o 4x4 u18 f19 06a12b34 a1 18plus age17", &[]);
        check("l@tka eve5", &[("l@tka", "latka"), ("eve5", "eves")]);
        check("дв@йсет", &[("дв@йсет", "двайсет")]);
    }

    #[test]
    fn letters_apart() {
        check("s c h o o l", &[("s c h o o l", "school")]);
        check("op s.c.h.o.o.l.", &[("s.c.h.o.o.l", "school")]);
        check("m-i-n-d-e-r", &[("m-i-n-d-e-r", "minder")]);
        check("a b c", &[]);
        check("y.o. b.v.", &[]);
    }
}
