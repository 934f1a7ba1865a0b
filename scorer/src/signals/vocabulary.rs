//! Which lists of words the words of a text stand in: towns, first names, chat services, days.
//!
//! Place in the flow: asked once for each word of a passage (`reading.rs`). A detector then looks at
//! the words of its own list only: most words of a text are in none, and no detector takes the text
//! apart again.
//!
//! Invariant: a word is all letters that stand together; the lists hold first words of what they
//! name, folded.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Trie, letters_end};
use super::{aliases, contacts, handles, hours, names, phones, places, prices};

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Towns.
    Town,
    /// First names.
    FirstName,
    /// Chat services.
    Service,
    /// Names of days, and words for every day.
    Day,
    /// "Till late".
    Late,
    /// Hours, nights, visits.
    Duration,
    /// "Dot" written out.
    Dot,
    /// "At" written out.
    At,
    /// What follows a Hungarian name.
    Called,
    /// What digits in words begin with.
    Number,
}

/// A word that some list holds, or that begins with one that a list holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    start: u32,
    end: u32,
    /// The lists that hold it, as bits.
    lists: u16,
    /// The lists that hold what it begins with.
    begins: u16,
}

impl Listed {
    /// Where it stands.
    pub(crate) const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether a list holds it.
    pub(crate) const fn is_in(self, list: List) -> bool {
        self.lists & bit(list) != 0
    }

    /// Whether a list holds what it begins with.
    pub(crate) const fn begins_in(self, list: List) -> bool {
        self.begins & bit(list) != 0
    }
}

const fn bit(list: List) -> u16 {
    1 << list as u16
}

/// Every word with the lists that it is in, as bits.
static VOCABULARY: LazyLock<Trie> = LazyLock::new(|| {
    let mut lists: BTreeMap<String, u16> = BTreeMap::new();
    let mut add = |list: List, form: &str| {
        let word = &form[..letters_end(form, 0)];
        if !word.is_empty() {
            *lists.entry(word.to_owned()).or_default() |= bit(list);
        }
    };
    places::names_of_towns().for_each(|name| add(List::Town, name));
    names::first_names().for_each(|name| add(List::FirstName, &name));
    handles::services::forms().for_each(|form| add(List::Service, form));
    hours::words_of_days().for_each(|form| add(List::Day, form));
    hours::LATE.iter().for_each(|form| add(List::Late, form));
    prices::words_of_time().for_each(|form| add(List::Duration, form));
    contacts::DOTS.iter().for_each(|form| add(List::Dot, form));
    contacts::ATS.iter().for_each(|form| add(List::At, form));
    add(List::Called, aliases::CALLED);
    phones::spelling::beginnings().for_each(|form| add(List::Number, &form));
    let words: Vec<(&str, u32)> = lists
        .iter()
        .map(|(word, lists)| (word.as_str(), u32::from(*lists)))
        .collect();
    Trie::with_values(&words)
});

/// The words of a folded text that some list holds or begins, in order.
pub(crate) fn listed(flat: &str) -> Vec<Listed> {
    let vocabulary: &Trie = &VOCABULARY;
    let mut listed = Vec::with_capacity(flat.len() / 16);
    let mut at = 0;
    while let Some(start) = next_letter(flat, at) {
        let mut word = Listed {
            start: narrow(start),
            end: 0,
            lists: 0,
            begins: 0,
        };
        at = letters_end(flat, start);
        word.end = narrow(at);
        vocabulary.each_beginning(&flat.as_bytes()[start..at], |len, lists| {
            let lists = u16::try_from(lists).unwrap_or(0);
            word.begins |= lists;
            if start + len == at {
                word.lists = lists;
            }
        });
        if word.begins != 0 {
            listed.push(word);
        }
    }
    listed
}

/// The first letter at a place or behind it.
fn next_letter(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii_alphabetic() {
            return Some(at);
        }
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let sign = text[at..].chars().next()?;
        if sign.is_alphabetic() {
            return Some(at);
        }
        at += sign.len_utf8();
    }
}

/// Texts beyond 4 GiB do not occur: bodies have limits far below.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, list: List, expected: &[&str]) {
        let found: Vec<&str> = listed(text)
            .into_iter()
            .filter(|word| word.is_in(list))
            .map(|word| &text[word.range()])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_found_whole() {
        let text = "eva uit utrecht, iedere dag, snapchat of tele gram, 2uur";
        check(text, List::FirstName, &["eva"]);
        check(text, List::Town, &["utrecht"]);
        check(text, List::Service, &["snapchat", "tele"]);
        check(text, List::Duration, &["dag", "uur"]);
        check("arnhemse annabel", List::Town, &[]);
    }

    /// Else the digits would not be looked for where they are.
    #[test]
    fn digits_in_words_begin_with_letters_or_digits() {
        let mut forms = phones::spelling::beginnings();
        assert!(forms.all(|form| form.starts_with(char::is_alphanumeric)));
    }

    #[test]
    fn a_word_may_begin_with_another() {
        let words = listed("budapesten");
        assert!(words.iter().any(|word| word.begins_in(List::Town)));
        assert!(!words.iter().any(|word| word.is_in(List::Town)));
    }
}
