//! Names in front of a number.

use std::ops::Range;

use super::super::lexicon::Kind;
use super::super::names::is_first_name;
use super::super::places;
use super::super::reading::Passage;

/// The capitalised word before a place, when it can be a name: no town, no cue, no street.
pub(crate) fn name_before(passage: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    const STREETS: &[&str] = &[
        "straat", "laan", "weg", "plein", "gracht", "kade", "singel", "dijk", "steeg", "hof",
        "park", "strasse", "str", "platz", "allee", "gasse", "street", "road", "avenue", "utca",
        "ulica", "strada",
    ];
    let head = passage.flat[..at].trim_end_matches([' ', '(', ',', '-', ':']);
    let end = head.len();
    let start = end
        - head
            .chars()
            .rev()
            .take_while(|sign| sign.is_alphabetic())
            .map(char::len_utf8)
            .sum::<usize>();
    let name = &head[start..];
    if !(3..=14).contains(&name.chars().count())
        || STREETS.iter().any(|street| name.ends_with(street))
    {
        return None;
    }
    let written = passage.written(start..end);
    let mut letters = written.chars();
    if !letters.next().is_some_and(char::is_uppercase) || !letters.all(char::is_lowercase) {
        return None;
    }
    let is_cue = passage
        .hits_in(start..start + 1)
        .iter()
        .any(|hit| hit.end == end && !matches!(hit.kind, Kind::Alias));
    (!is_cue && !places::is_town(name)).then_some(start..end)
}

pub(super) fn is_person_before(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    passage
        .hits_in(from..to)
        .iter()
        .any(|hit| hit.kind == Kind::Person && hit.end <= to)
}

/// Whether a folded word is a common given name: enough to tell `Kim 22` from `Hall 22`.
pub(super) fn is_given_name(word: &str) -> bool {
    is_first_name(word)
}
