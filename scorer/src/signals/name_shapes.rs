//! Words with the shape of a name.
//!
//! Place in the flow: asked by detectors where a name makes the difference: whom to ask for, who
//! is presented, who is there today.
//!
//! Invariant: a name is told by its shape alone, never by a list of names: such a list would be a
//! list of origins.

use std::ops::Range;

use super::reading::Passage;
use crate::rules::has_name_shape;

/// The longest name, in letters; longer capitalised words are something else.
const LONGEST_NAME: usize = 14;

/// The word behind a place, when it has the shape of a name.
pub(super) fn behind(passage: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    let rest = passage.flat.get(at..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', ':', '"', '\'']).len();
    if gap == 0 || gap > 3 {
        return None;
    }
    at_start(passage, at + gap)
}

/// The word that begins here, when it has the shape of a name.
pub(super) fn at_start(passage: &Passage<'_>, start: usize) -> Option<Range<usize>> {
    let rest = passage.flat.get(start..)?;
    let first = rest.chars().next()?.len_utf8();
    if !passage
        .written(start..start + first)
        .starts_with(char::is_uppercase)
    {
        return None;
    }
    let len = rest
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(rest.len());
    let range = start..start + len;
    let name = &passage.flat[range.clone()];
    let is_short = (2..=LONGEST_NAME).contains(&name.chars().count());
    let written = passage.written(range.clone());
    let is_shouted = written.chars().count() > 3 && !written.contains(char::is_lowercase);
    (is_short && !is_shouted && has_name_shape(name, written, false)).then_some(range)
}

/// Whether a stretch holds a word with the shape of a name behind its first word.
pub(super) fn within(passage: &Passage<'_>, range: Range<usize>) -> bool {
    passage.flat[range.clone()]
        .char_indices()
        .filter(|(_, sign)| *sign == ' ')
        .any(|(at, _)| at_start(passage, range.start + at + 1).is_some())
}

/// The name that opens the sentence of a byte.
pub(super) fn opening_sentence(passage: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    let sentence = passage.sentence(at..at);
    let head = passage.flat.get(sentence.start..at)?;
    let start = sentence.start + head.len() - head.trim_start().len();
    at_start(passage, start)
}

/// The name directly before or behind a stretch, but for one short word: "c'est Anna qui".
pub(super) fn beside(passage: &Passage<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let head = passage.flat.get(..range.start)?;
    let before = head
        .trim_end()
        .rmatch_indices(' ')
        .take(2)
        .find_map(|(space, _)| {
            at_start(passage, space + 1).filter(|_| !passage.begins_clause(space + 1))
        });
    before.or_else(|| behind(passage, range.end))
}

/// Words between the names of a row, in nine languages.
const AND: &[&str] = &[
    "en", "of", "and", "or", "und", "oder", "et", "ou", "y", "e", "o", "u", "si", "sau", "es",
    "vagy", "meg", "i", "lub", "albo", "oraz", "и", "или", "&", "ili",
];

/// Days and parts of days that stand between the names of a row: "Marta Monday, Gail midweek".
const DAYS: &[&str] = &[
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "maandags",
    "dinsdags",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
    "midweek",
    "weekends",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "montags",
    "dienstags",
    "mittwochs",
    "donnerstags",
    "freitags",
    "samstags",
    "sonntags",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "sabados",
    "domingo",
    "domingos",
    "luni",
    "marti",
    "miercuri",
    "joi",
    "vineri",
    "sambata",
    "duminica",
    "hetfon",
    "kedden",
    "szerdan",
    "csutortokon",
    "penteken",
    "szombaton",
    "vasarnap",
    "hetfo",
    "kedd",
    "szerda",
    "csutortok",
    "pentek",
    "szombat",
    "poniedzialek",
    "wtorek",
    "sroda",
    "czwartek",
    "piatek",
    "sobota",
    "niedziela",
    "poniedzialki",
    "wtorki",
    "srody",
    "czwartki",
    "piatki",
    "soboty",
    "niedziele",
    "понеделник",
    "вторник",
    "сряда",
    "четвъртък",
    "петък",
    "събота",
    "неделя",
    "op",
    "on",
    "am",
    "le",
    "el",
    "los",
    "в",
    "we",
    "w",
];

/// Rows of names: "Fleur, Xenia of Mo".
pub(super) fn rows(passage: &Passage<'_>) -> Vec<Vec<Range<usize>>> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    if !passage.original.contains(char::is_uppercase) {
        return rows;
    }
    let mut row: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < passage.flat.len() {
        let rest = &passage.flat[at..];
        let Some(skip) = rest.find(char::is_alphabetic) else {
            break;
        };
        let start = at + skip;
        let len = passage.flat[start..]
            .find(|sign: char| !sign.is_alphabetic())
            .unwrap_or(passage.flat.len() - start);
        if !row.is_empty() && DAYS.contains(&&passage.flat[start..start + len]) {
            at = start + len;
            continue;
        }
        let name = at_start(passage, start);
        let joins = row.last().is_some_and(|last: &Range<usize>| {
            is_joint(passage.text().get(last.end..start).unwrap_or("."))
        });
        if !joins && !row.is_empty() && !AND.contains(&&passage.flat[start..start + len]) {
            rows.push(std::mem::take(&mut row));
        }
        if let Some(name) = name {
            row.push(name);
        }
        at = start + len;
    }
    rows.push(row);
    rows
}

/// A comma, an "and", or both.
fn is_joint(between: &str) -> bool {
    let words: Vec<&str> = between
        .split_whitespace()
        .filter(|word| !DAYS.contains(&word.trim_matches([',', '.', ':'])))
        .collect();
    let has_day = words.len() < between.split_whitespace().count();
    let plain = words.join(" ");
    let plain = plain.as_str();
    has_day && plain.is_empty()
        || plain == ","
        || plain == "/"
        || AND.contains(&plain)
        || plain
            .strip_prefix(',')
            .is_some_and(|word| AND.contains(&word.trim()))
}
