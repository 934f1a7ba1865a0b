//! Letters that stand for digits in a phone number: glued to digits, `06l2`, or as words of such
//! letters behind digits, `O6 I234 OOOI`.

use std::ops::Range;

use super::super::lexicon::Kind;
use super::super::reading::Passage;
use super::groups::{GLUED_FILLER_LETTERS, GroupKind};
use super::tokens::{Token, digits_end, group};

/// Letters and signs that look like a digit, when they are glued to one. Cyrillic ones too: `0б`.
const LOOKALIKES: &[(char, char)] = &[
    ('o', '0'),
    ('l', '1'),
    ('i', '1'),
    ('z', '2'),
    ('s', '5'),
    ('b', '8'),
    ('о', '0'),
    ('з', '3'),
    ('б', '6'),
    ('!', '1'),
    ('q', '9'),
];

/// Capitals that look like a digit, and the few small letters that do: these may stand for digits
/// in a word without any, `OOOI`.
const WRITTEN_LOOKALIKES: &[(char, char)] = &[
    ('O', '0'),
    ('o', '0'),
    ('I', '1'),
    ('l', '1'),
    ('|', '1'),
    ('Z', '2'),
    ('S', '5'),
    ('B', '8'),
];

/// Words of the languages of this program that are written with those letters alone, folded.
const REAL_WORDS: &[&str] = &[
    "is", "so", "bis", "il", "lo", "os", "si", "boss", "oil", "sol", "los", "zo", "solo", "bio",
    "bob", "sis", "lol", "iso", "ibis", "oslo", "sos", "ik", "sois", "lois", "bloss", "io", "oi",
    "boil", "soil", "oso", "isis", "lili", "lila", "lilo", "zoo", "zilo",
];

/// Groups of look-alike letters behind which even a real word is one: `O6 I2 34 OO IS`.
const LOOKALIKE_HABIT: usize = 3;

/// Digits that the letters of one word may stand for.
const LOOKALIKE_LETTERS: usize = 6;

/// Bytes between digits and a word of look-alike letters.
pub(super) const LOOKALIKE_GAP_BYTES: usize = 3;

/// Groups that one number may have: each of its digits apart.
pub(super) const MOST_GROUPS_OF_A_NUMBER: usize = 15;

/// Letters that are no digit word: look-alikes when glued to a digit, "double", or just a word.
pub(super) fn letters(passage: &Passage<'_>, range: Range<usize>, before: &[Token]) -> Token {
    let text = passage.text();
    let glued_before = text[..range.start].ends_with(|sign: char| sign.is_ascii_digit());
    let glued_after = text[range.end..].starts_with(|sign: char| sign.is_ascii_digit());
    if glued_before || glued_after {
        let looks: Option<String> = text[range.clone()]
            .chars()
            .map(|sign| {
                LOOKALIKES
                    .iter()
                    .find(|(look, _)| *look == sign)
                    .map(|(_, digit)| *digit)
            })
            .collect();
        if let Some(digits) = looks.filter(|digits| digits.len() <= 3) {
            return Token::Group(group(passage, range, &digits, GroupKind::Lookalike));
        }
        if let Some(digits) = written_lookalikes(passage, &range) {
            return Token::Group(group(passage, range, &digits, GroupKind::Lookalike));
        }
        // `O6 I2E4`: the rarer ones only where others were seen.
        if is_habit(before, 1)
            && let Some(digits) = rare_lookalikes(&text[range.clone()])
        {
            return Token::Group(group(passage, range, &digits, GroupKind::Lookalike));
        }
    }
    // `O6 I234 OOOI`: a word of such letters right behind digits.
    let follows = digits_end(before.last()).is_some_and(|end| {
        let gap = &text[end..range.start];
        gap.len() <= LOOKALIKE_GAP_BYTES && !gap.contains('\n')
    });
    let is_lone = range.len() == 1 && is_habit(before, 1) && is_between_digits(passage, &range);
    if follows
        && (range.len() > 1 || is_lone)
        && (!REAL_WORDS.contains(&&text[range.clone()])
            || is_habit(before, LOOKALIKE_HABIT)
            || is_mixed_case(passage, &range)
            || is_between_digits(passage, &range))
        && let Some(digits) = written_lookalikes(passage, &range)
    {
        return Token::Group(group(passage, range, &digits, GroupKind::Lookalike));
    }
    let only_zeros = text[range.clone()]
        .chars()
        .all(|sign| matches!(sign, 'o' | 'о'));
    if only_zeros && range.len() <= 4 && text[range.end..].starts_with([' ', '-', '.']) {
        let digits = "0".repeat(text[range.clone()].chars().count());
        return Token::Group(group(passage, range, &digits, GroupKind::Lookalike));
    }
    if !passage.holds(Kind::Plural) {
        return Token::Word(range);
    }
    let plural = passage
        .hits_in(range.start..range.start + 1)
        .iter()
        .find(|hit| hit.kind == Kind::Plural && hit.end == range.end);
    match plural.and_then(|hit| hit.note.chars().next()) {
        Some(digit) => Token::Plural(range, digit),
        None => Token::Word(range),
    }
}

/// Whether the number so far is written in look-alike letters again and again.
fn is_habit(before: &[Token], least: usize) -> bool {
    before
        .iter()
        .rev()
        .take(MOST_GROUPS_OF_A_NUMBER)
        .map_while(|token| match token {
            Token::Group(group) => Some(group),
            _ => None,
        })
        .filter(|group| {
            let is_letter_o = group.kind == GroupKind::Words && group.range.len() == 1;
            group.kind == GroupKind::Lookalike || is_letter_o
        })
        .count()
        >= least
}

/// One or two letters of which some are seldom meant for a digit.
fn rare_lookalikes(letters: &str) -> Option<String> {
    if letters.len() > GLUED_FILLER_LETTERS {
        return None;
    }
    letters
        .chars()
        .map(|letter| match letter {
            'e' => Some('3'),
            'a' => Some('4'),
            't' => Some('7'),
            'g' => Some('9'),
            _ => LOOKALIKES
                .iter()
                .find(|(look, _)| *look == letter)
                .map(|(_, digit)| *digit),
        })
        .collect()
}

/// `lO`: no word has a capital behind a small letter.
fn is_mixed_case(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let written = passage.written(range.clone());
    let mut signs = written.chars().skip_while(|sign| !sign.is_lowercase());
    signs.any(char::is_uppercase)
}

/// "O6 39 98 OI O4", "O6 I 2 3 4": capitals with a digit, or a letter for one, on both sides.
fn is_between_digits(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let rest = &passage.text()[range.end..];
    let next = rest.trim_start_matches([' ', '-', '.', '/']);
    let next = next.strip_prefix('o').unwrap_or(next);
    passage
        .written(range.clone())
        .chars()
        .all(char::is_uppercase)
        && next.starts_with(|sign: char| sign.is_ascii_digit())
        && rest.len() - next.len() <= LOOKALIKE_GAP_BYTES
}

/// The digits that all letters of a word stand for, as they are written.
fn written_lookalikes(passage: &Passage<'_>, range: &Range<usize>) -> Option<String> {
    let written = passage.written(range.clone());
    if written.chars().count() > LOOKALIKE_LETTERS {
        return None;
    }
    written
        .chars()
        .map(|sign| {
            WRITTEN_LOOKALIKES
                .iter()
                .find(|(look, _)| *look == sign)
                .map(|(_, digit)| *digit)
        })
        .collect()
}
