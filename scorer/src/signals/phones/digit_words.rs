//! The number words of nine languages, and what each is worth in a phone number.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use model::Language;

use super::super::lexicon::{Trie, number_words};
use crate::fold;

/// Words that are digits only in phone numbers; its head describes the columns.
const DIGITS: &str = include_str!("../cues/digits.tsv");

/// What a number word is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Worth {
    pub(super) value: u16,
    /// Whether it is an ordinary word, too.
    pub(super) is_weak: bool,
    /// Whether it makes hundreds of the word before it.
    pub(super) is_hundred: bool,
}

/// Slips inside French tens, which are several words: "quatre vint dix huit".
const FRENCH_SLIPS: &[(&str, &str)] = &[
    ("vingt", "vint"),
    ("vingt", "ving"),
    ("soixante", "soissante"),
    ("soixante", "soisante"),
    ("cinquante", "cinkante"),
    ("cinquante", "sinquante"),
    ("quarante", "karante"),
    ("trente", "trante"),
    ("quatre", "katre"),
    ("quatre", "catre"),
];

struct Spelling {
    words: Trie,
    /// By word of the trie.
    worths: Vec<Worth>,
}

/// Digit words of all languages at once: a word means the same digit wherever it is one.
static SPELLING: LazyLock<Spelling> = LazyLock::new(|| {
    let worths = worths();
    let words: Vec<&String> = worths.keys().collect();
    Spelling {
        words: Trie::of(&words),
        worths: worths.into_values().collect(),
    }
});

/// The number words, folded.
pub(super) fn forms() -> impl Iterator<Item = String> {
    worths().into_keys()
}

fn worths() -> BTreeMap<String, Worth> {
    let mut worths: BTreeMap<String, Worth> = BTreeMap::new();
    for (_, form, worth) in phone_words() {
        worths.entry(form).or_insert(worth);
    }
    let weak: Vec<String> = worths
        .iter()
        .filter(|(_, worth)| worth.is_weak)
        .map(|(form, _)| form.clone())
        .collect();
    for (form, value, language) in number_words() {
        let worth = Worth {
            value: u16::from(value),
            is_weak: false,
            is_hundred: false,
        };
        if language == Language::Fr {
            for (part, slip) in FRENCH_SLIPS {
                if form.contains(part) {
                    worths.entry(form.replace(part, slip)).or_insert(worth);
                }
            }
        }
        if !weak.contains(&form) {
            worths.entry(form).or_insert(worth);
        }
    }
    worths
}

/// The rows of `digits.tsv`, folded.
fn phone_words() -> impl Iterator<Item = (Option<Language>, String, Worth)> {
    DIGITS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let language = Language::from_tag(columns.next()?);
            let value = columns.next()?;
            Some((language, value, columns.next()?))
        })
        .flat_map(|(language, value, forms)| {
            forms.split('/').map(move |form| {
                let worth = Worth {
                    value: value.trim_start_matches('x').parse().unwrap_or(0),
                    is_weak: form.starts_with('?'),
                    is_hundred: value.starts_with('x'),
                };
                let form = fold(form.trim_start_matches('?')).text().to_owned();
                (language, form, worth)
            })
        })
}

/// Number words below a hundred that are one word of letters, with their language: what a
/// misspelt word may have been meant for.
pub(super) fn single_words() -> impl Iterator<Item = (Language, String, u8)> {
    number_words()
        .filter(|(form, _, _)| form.chars().all(char::is_alphabetic))
        .map(|(form, value, language)| (language, form, value))
}

/// The longest number word at a place: where it ends, and what it is worth.
pub(super) fn word_at(text: &str, at: usize) -> Option<(usize, Worth)> {
    let (len, word) = SPELLING.words.beginnings(&text.as_bytes()[at..]).last()?;
    Some((at + len, SPELLING.worths[word]))
}
