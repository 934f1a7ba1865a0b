//! Number words with a slip of the pen in front of a unit of age: "zeventein jaar", "szesnasicie
//! lat"; and numbers in other signs there: "aged XVII".
//!
//! A word that no table knows counts as the one number word of the unit's language that it is
//! nearest to: one letter off, two in a long one.
//!
//! Invariant: at most one word for each unit or label is compared.

use std::ops::Range;
use std::sync::LazyLock;

use model::{How, Language};

use super::super::lexicon::{Hit, Kind, number_words};
use super::super::reading::Passage;
use super::beside::is_unit;
use super::candidates::Candidate;

/// Letters of the shortest word that is compared, and of the longest.
const LETTERS: Range<usize> = 6..18;

/// Letters from which on two may be wrong.
const LONG: usize = 9;

/// Values that are looked for: below them the words are too short.
const VALUES: Range<u8> = 11..40;

/// Roman numbers up to 39 are made of these.
const ROMAN: &[(char, u32)] = &[('i', 1), ('v', 5), ('x', 10)];

/// A number word as it is compared: without spaces and hyphens.
struct Word {
    letters: Vec<char>,
    value: u8,
    language: Language,
}

static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    number_words()
        .filter(|(_, value, _)| VALUES.contains(value))
        .map(|(form, value, language)| Word {
            letters: form.chars().filter(|sign| sign.is_alphabetic()).collect(),
            value,
            language,
        })
        .filter(|word| LETTERS.contains(&word.letters.len()))
        .collect()
});

/// Those of a passage; `found` are the numbers that are known.
pub(super) fn misspelt(passage: &Passage<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let mut known: Vec<Range<usize>> = found.iter().map(|one| one.range.clone()).collect();
    known.sort_by_key(|one| (one.start, one.end));
    let mut more: Vec<Candidate> = Vec::new();
    for hit in &passage.hits {
        let Some(range) = word_beside(passage, hit) else {
            continue;
        };
        let behind = known.partition_point(|one| one.end <= range.start);
        let is_taken = known.get(behind).is_some_and(|one| one.start < range.end)
            || more.last().is_some_and(|one| range.start < one.range.end);
        if is_taken {
            continue;
        }
        if let Some((value, how)) = value(passage, hit, &range) {
            more.push(Candidate { range, value, how });
        }
    }
    more
}

/// The word right before a unit or behind a label.
fn word_beside(passage: &Passage<'_>, hit: &Hit) -> Option<Range<usize>> {
    let flat = passage.flat.as_str();
    let is_part = |sign: char| sign.is_alphabetic() || sign == '-';
    if is_unit(hit.kind) {
        let head = flat[..hit.start].strip_suffix(' ')?;
        let start = head.trim_end_matches(is_part).len();
        let is_word = !head[..start].ends_with(|sign: char| sign.is_ascii_digit());
        return (start < head.len() && is_word).then_some(start..head.len());
    }
    if hit.kind != Kind::AgeLabel {
        return None;
    }
    let rest = flat[hit.end..].trim_start_matches([' ', ':', '=', '.', '-', '>']);
    let start = flat.len() - rest.len();
    let end = start + rest.find(|sign: char| !is_part(sign)).unwrap_or(rest.len());
    (start > hit.end && end > start).then_some(start..end)
}

fn value(passage: &Passage<'_>, hit: &Hit, range: &Range<usize>) -> Option<(u32, How)> {
    if let Some(value) = in_other_signs(passage, range) {
        return Some((value, How::Disguised));
    }
    let is_known = passage
        .hits_in(range.start..range.start + 1)
        .iter()
        .any(|other| other.end >= range.end);
    if is_known {
        return None;
    }
    nearest(&passage.flat[range.clone()], hit.language).map(|value| (value, How::Words))
}

/// `XVII`, Cyrillic `ЗО`: capitals that stand for digits.
fn in_other_signs(passage: &Passage<'_>, range: &Range<usize>) -> Option<u32> {
    let written = passage.written(range.clone());
    if written.len() > 6 || !written.chars().all(char::is_uppercase) {
        return None;
    }
    if !written.is_ascii() {
        let digit = |sign: char| match sign {
            'З' => Some(3),
            'О' => Some(0),
            'Б' => Some(6),
            'В' => Some(8),
            _ => None,
        };
        let mut signs = written.chars();
        let (tens, ones) = (digit(signs.next()?)?, digit(signs.next()?)?);
        return (signs.next().is_none() && tens == 3).then_some(tens * 10 + ones);
    }
    let mut value = 0;
    let mut largest = 0;
    for sign in passage.flat[range.clone()].chars().rev() {
        let one = ROMAN.iter().find(|(roman, _)| *roman == sign)?.1;
        value = if one < largest {
            value - one
        } else {
            value + one
        };
        largest = largest.max(one);
    }
    (10..40).contains(&value).then_some(value)
}

/// The value of the number word that a word is nearest to, where there is one.
fn nearest(word: &str, language: Language) -> Option<u32> {
    let letters: Vec<char> = word.chars().filter(|sign| sign.is_alphabetic()).collect();
    if !LETTERS.contains(&letters.len()) {
        return None;
    }
    // "Seventeenth year": an ending makes a rank of a number.
    let is_rank = WORDS
        .iter()
        .any(|known| known.language == language && letters.starts_with(&known.letters));
    if is_rank {
        return None;
    }
    let mut best: Option<(usize, u8)> = None;
    let mut is_tied = false;
    for known in WORDS.iter() {
        let most = if known.letters.len() >= LONG { 2 } else { 1 };
        if known.language != language
            || known.letters.first() != letters.first()
            || known.letters.len().abs_diff(letters.len()) > most
        {
            continue;
        }
        let distance = distance(&known.letters, &letters);
        match best {
            _ if distance > most => {}
            Some((least, value)) if distance == least => is_tied |= value != known.value,
            Some((least, _)) if distance > least => {}
            _ => {
                best = Some((distance, known.value));
                is_tied = false;
            }
        }
    }
    best.filter(|_| !is_tied).map(|(_, value)| u32::from(value))
}

/// How many letters are missing, too many, wrong or swapped.
fn distance(one: &[char], other: &[char]) -> usize {
    let width = other.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1; width];
        for place in 1..width {
            let is_same = usize::from(*letter != other[place - 1]);
            row[place] = (last[place] + 1)
                .min(row[place - 1] + 1)
                .min(last[place - 1] + is_same);
            let is_swapped = at > 0
                && place > 1
                && *letter == other[place - 2]
                && one[at - 1] == other[place - 1];
            if is_swapped {
                row[place] = row[place].min(before[place - 2] + 1);
            }
        }
        before = last;
        last = row;
    }
    last[width - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_off_or_two() {
        for (word, language, expected) in [
            ("zeventein", Language::Nl, Some(17)),
            ("szesnasicie", Language::Pl, Some(16)),
            ("saisprzece", Language::Ro, Some(16)),
            ("tizehat", Language::Hu, Some(16)),
            ("dixspet", Language::Fr, Some(17)),
            ("twintiger", Language::Nl, None),
            ("siebziger", Language::De, None),
            ("several", Language::En, None),
            ("seventeenth", Language::En, None),
            ("осемнаисета", Language::Bg, None),
            ("zeventein", Language::De, None),
        ] {
            assert_eq!(nearest(word, language), expected, "{word}");
        }
    }
}
