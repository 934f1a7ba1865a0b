//! Digit words in running text: from letters to digits.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::super::lexicon::{is_border, number_words};

/// Words that are a digit only among digits: articles, prepositions, letters.
const WEAK_WORDS: &[(&str, u8)] = &[
    ("to", 2),
    ("too", 2),
    ("for", 4),
    ("won", 1),
    ("ate", 8),
    ("o", 0),
    ("oh", 0),
    ("een", 1),
    ("ein", 1),
    ("eine", 1),
    ("un", 1),
    ("une", 1),
    ("una", 1),
    ("egy", 1),
    ("hat", 6),
    ("het", 7),
    ("neuf", 9),
    ("nil", 0),
];

struct Spelling {
    automaton: AhoCorasick,
    values: Vec<(u8, bool)>,
}

/// Digit words of all languages at once: a word means the same digit wherever it is one.
static SPELLING: LazyLock<Spelling> = LazyLock::new(|| {
    let mut words: Vec<(String, u8, bool)> = WEAK_WORDS
        .iter()
        .map(|&(word, value)| (word.to_owned(), value, true))
        .collect();
    for (word, value, _) in number_words() {
        if !words
            .iter()
            .take(WEAK_WORDS.len())
            .any(|(weak, _, _)| *weak == word)
        {
            words.push((word, value, false));
        }
    }
    #[expect(
        clippy::expect_used,
        reason = "some thousand short words, far below the limits"
    )]
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words.iter().map(|(word, _, _)| word))
        .expect("the number words make an automaton");
    Spelling {
        automaton,
        values: words
            .into_iter()
            .map(|(_, value, weak)| (value, weak))
            .collect(),
    }
});

pub(super) struct Spelled {
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
}

pub(super) enum Meaning {
    Digits(String),
    /// Only among other digits.
    Weak(String),
}

/// Stretches of letters that are digit words from end to end: `nulzes`, `een`, `dix-huit`.
pub(super) fn spelled(flat: &str) -> Vec<Spelled> {
    let mut spelled: Vec<Spelled> = Vec::new();
    // The word being put together: where it began, where it got to, its digits.
    let mut open: Option<(usize, usize, String, bool)> = None;
    for found in SPELLING.automaton.find_iter(flat) {
        let (value, weak) = SPELLING.values[found.pattern().as_usize()];
        let begins = is_border(flat, found.start());
        open = match open.take() {
            Some((start, end, mut digits, all_weak)) if end == found.start() && !begins => {
                digits.push_str(&value.to_string());
                Some((start, found.end(), digits, all_weak && weak))
            }
            _ if begins => Some((found.start(), found.end(), value.to_string(), weak)),
            _ => None,
        };
        if let Some((start, end, digits, all_weak)) = &open
            && is_border(flat, *end)
        {
            spelled.push(Spelled {
                range: *start..*end,
                meaning: if *all_weak {
                    Meaning::Weak(digits.clone())
                } else {
                    Meaning::Digits(digits.clone())
                },
            });
            open = None;
        }
    }
    spelled
}

/// An article or preposition is a digit when a digit stands before it and the number goes on or
/// ends there; a letter for zero also at the beginning.
pub(super) fn is_among_digits(text: &str, range: &Range<usize>, digits_end: Option<usize>) -> bool {
    let follows_digits = digits_end.is_some_and(|end| text[end..range.start].chars().count() <= 3);
    let rest = text[range.end..].trim_start_matches([' ', '-', '.', ',', '/', '*', '_']);
    let digits_follow = rest.starts_with(|sign: char| sign.is_ascii_digit())
        || SPELLING
            .automaton
            .find(rest)
            .is_some_and(|found| found.start() == 0 && is_border(rest, found.end()));
    let is_letter = matches!(&text[range.clone()], "o" | "oh");
    (follows_digits && (digits_follow || rest.is_empty() || rest.starts_with('\n')))
        || (is_letter && digits_follow)
        || text[..range.start].ends_with(|sign: char| sign.is_ascii_digit())
        || text[range.end..].starts_with(|sign: char| sign.is_ascii_digit())
}

/// After a full stop and a space, digits may still go on ("06. 12. 34"), a word may not.
pub(super) fn next_word_is_a_sentence(rest: &str) -> bool {
    let word = rest.trim_start();
    let is_digit_word = || {
        let found = SPELLING.automaton.find(word);
        found.is_some_and(|found| found.start() == 0)
    };
    rest.starts_with(' ') && word.starts_with(char::is_alphabetic) && !is_digit_word()
}
