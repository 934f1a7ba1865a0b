//! Digit words with a slip of the pen among other digit words: `zevn`, `viir`, `twwee`, `ciete`.
//!
//! A word is mended when it stands in a row of digits of which three at least are words and no
//! fewer than the misspelt ones, is one letter away from exactly one number word of a language
//! that most of the row is written in, and is no word that the lexicon knows. What comes of it
//! must still be a number of a numbering plan.
//!
//! Invariant: every word is looked at in one row, and rows are bounded, so time stays linear.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use model::Language;

use super::super::reading::Passage;
use super::digit_words::single_words;
use super::groups::GroupKind;
use super::tokens::{Token, group};

/// Tokens of one row; a longer stretch is several.
const MOST_IN_ROW: usize = 30;

/// Digits in words that a row must have.
pub(super) const FEWEST_WORDS: usize = 3;

/// Misspelt words side by side.
const SIDE_BY_SIDE: usize = 3;

/// Letters of the shortest word that is mended; shorter ones are a letter away from too much.
const FEWEST_LETTERS: usize = 3;

/// Letters of the longest: of a compound.
const MOST_LETTERS: usize = 17;

/// Bytes between two words of a row.
const GAP_BYTES: usize = 3;

/// Number words by language.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for (language, word, value) in single_words() {
        let letters = word.chars().collect();
        *words.languages.entry(word).or_default() |= bit(language);
        words
            .by_language
            .entry(language)
            .or_default()
            .push((letters, value));
    }
    words
});

#[derive(Default)]
struct Words {
    /// The letters of each word, and its number.
    by_language: BTreeMap<Language, Vec<(Vec<char>, u8)>>,
    /// The languages that have a word, as bits.
    languages: BTreeMap<String, u16>,
}

impl Words {
    fn languages(&self, word: &str) -> u16 {
        self.languages.get(word).copied().unwrap_or(0)
    }
}

const fn bit(language: Language) -> u16 {
    1 << language as usize
}

/// Letters that sound alike at the beginning of a word: `ciete` for "siete".
const SOUNDS: &[&str] = &["ckq", "szc", "vfw", "bvp", "yij", "td", "сз", "тд"];

/// Makes groups of misspelt number words, and of the articles between them that are digits there.
pub(super) fn mend(passage: &Passage<'_>, tokens: &mut [Token]) {
    let is_words =
        |token: &&Token| matches!(token, Token::Group(group) if group.kind == GroupKind::Words);
    if tokens.iter().filter(is_words).count() < FEWEST_WORDS {
        return;
    }
    let mut at = 0;
    while at < tokens.len() {
        let end = row_end(passage, tokens, at);
        mend_row(passage, tokens, at..end);
        at = end.max(at + 1);
    }
}

/// Where the row that begins with this token ends.
fn row_end(passage: &Passage<'_>, tokens: &[Token], first: usize) -> usize {
    let mut n_misspelt = 0;
    let mut edge = None;
    for (at, token) in tokens.iter().enumerate().skip(first).take(MOST_IN_ROW) {
        let range = match token {
            Token::Group(group) => {
                n_misspelt = 0;
                &group.range
            }
            Token::Weak(range, _) => range,
            Token::Word(range) if may_be_misspelt(passage, range) && n_misspelt < SIDE_BY_SIDE => {
                n_misspelt += 1;
                range
            }
            _ => return at,
        };
        if edge.is_some_and(|edge| range.start.saturating_sub(edge) > GAP_BYTES) {
            return at;
        }
        edge = Some(range.end);
    }
    tokens.len().min(first + MOST_IN_ROW)
}

fn mend_row(passage: &Passage<'_>, tokens: &mut [Token], row: Range<usize>) {
    let words: Vec<Range<usize>> = tokens[row.clone()]
        .iter()
        .filter_map(|token| match token {
            Token::Group(group) if group.kind == GroupKind::Words => Some(group.range.clone()),
            _ => None,
        })
        .collect();
    let n_misspelt = tokens[row.clone()]
        .iter()
        .filter(|token| matches!(token, Token::Word(_)))
        .count();
    let n_weak = tokens[row.clone()]
        .iter()
        .filter(|token| matches!(token, Token::Weak(..)))
        .count();
    if words.len() < FEWEST_WORDS || n_misspelt > words.len() + n_weak {
        return;
    }
    let spoken = spoken(passage, &words);
    for at in row.clone() {
        let (range, digits) = match &tokens[at] {
            Token::Word(range) => {
                let Some(value) = nearest(&passage.flat[range.clone()], &spoken) else {
                    continue;
                };
                (range.clone(), value.to_string())
            }
            // An article at the end is another matter.
            Token::Weak(range, digits) if at > row.start && at + 1 < row.end => {
                (range.clone(), digits.clone())
            }
            _ => continue,
        };
        tokens[at] = Token::Group(group(passage, range, &digits, GroupKind::Words));
    }
    for at in row.start..row.end.saturating_sub(1) {
        join_tens(passage, tokens, at, &spoken);
    }
}

/// "tronte neuf": misspelt tens take the digit behind them, in languages that say tens first.
fn join_tens(passage: &Passage<'_>, tokens: &mut [Token], at: usize, spoken: &[Spoken]) {
    let says_tens_first = |language: &Language| !matches!(language, Language::Nl | Language::De);
    let (Token::Group(tens), Token::Group(unit)) = (&tokens[at], &tokens[at + 1]) else {
        return;
    };
    let text = &passage.flat[tens.range.clone()];
    let known = WORDS.languages(text);
    let is_misspelt = spoken
        .iter()
        .all(|(language, _)| known & bit(*language) == 0);
    let is_tens =
        tens.digits.len() == 2 && tens.digits.ends_with('0') && !tens.digits.starts_with('1');
    if is_tens
        && is_misspelt
        && tens.kind == GroupKind::Words
        && unit.kind == GroupKind::Words
        && unit.digits.len() == 1
        && unit.digits != "0"
        && unit.range.start == tens.range.end + 1
        && spoken.iter().all(|(language, _)| says_tens_first(language))
    {
        let digits = format!("{}{}", &tens.digits[..1], unit.digits);
        let range = tens.range.start..unit.range.end;
        tokens[at] = Token::Group(group(passage, range, &digits, GroupKind::Words));
        tokens[at + 1] = Token::Nothing;
    }
}

/// A language of a row and its number words.
type Spoken = (Language, &'static [(Vec<char>, u8)]);

/// The words of the languages that most of a row is written in.
fn spoken(passage: &Passage<'_>, row: &[Range<usize>]) -> Vec<Spoken> {
    let words: &'static Words = &WORDS;
    let languages: Vec<u16> = row
        .iter()
        .map(|range| words.languages(&passage.flat[range.clone()]))
        .collect();
    let counts: Vec<(usize, Spoken)> = words
        .by_language
        .iter()
        .map(|(language, words)| {
            let bit = bit(*language);
            let n_spoken = languages.iter().filter(|&&known| known & bit != 0).count();
            (n_spoken, (*language, words.as_slice()))
        })
        .collect();
    let most = counts.iter().map(|(n, _)| *n).max().unwrap_or(0);
    counts
        .into_iter()
        .filter(|(n, _)| *n == most && most > 0)
        .map(|(_, words)| words)
        .collect()
}

fn may_be_misspelt(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    range.len() <= 2 * MOST_LETTERS
        && (FEWEST_LETTERS..=MOST_LETTERS).contains(&passage.flat[range.clone()].chars().count())
        && !is_known(passage, range)
}

/// Whether the lexicon has the word: it is spelt as it is meant.
fn is_known(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage
        .hits_in(range.start..range.start + 1)
        .iter()
        .any(|hit| hit.end == range.end)
}

/// The number whose word is one letter away; none when two different ones are.
fn nearest(word: &str, spoken: &[Spoken]) -> Option<u8> {
    let letters: Vec<char> = word.chars().collect();
    let mut found = None;
    for (meant, value) in spoken.iter().flat_map(|(_, words)| words.iter()) {
        if is_one_away(&letters, meant) {
            if found.is_some_and(|known| known != *value) {
                return None;
            }
            found = Some(*value);
        }
    }
    found
}

/// Whether one letter more, less, other or doubled, or two swapped, make one word the other. The
/// first letter may only be doubled or sound alike: another first letter makes another word.
fn is_one_away(word: &[char], meant: &[char]) -> bool {
    if meant.len().abs_diff(word.len()) > 1 {
        return false;
    }
    let (Some(first), Some(meant_first)) = (word.first(), meant.first()) else {
        return false;
    };
    if meant.len() < FEWEST_LETTERS {
        return false;
    }
    if first != meant_first {
        let sounds_alike = SOUNDS
            .iter()
            .any(|sounds| sounds.contains(*first) && sounds.contains(*meant_first));
        return sounds_alike && word[1..] == meant[1..];
    }
    let same_from_left = word
        .iter()
        .zip(meant)
        .take_while(|(one, two)| one == two)
        .count();
    let same_from_right = word
        .iter()
        .rev()
        .zip(meant.iter().rev())
        .take_while(|(one, two)| one == two)
        .count();
    match (word.len(), meant.len()) {
        (one, two) if one == two => {
            let differing = one - (same_from_left + same_from_right).min(one);
            let is_swapped = differing == 2
                && word[same_from_left] == meant[same_from_left + 1]
                && word[same_from_left + 1] == meant[same_from_left];
            differing == 1 || is_swapped
        }
        (one, two) if one == two + 1 => same_from_left + same_from_right >= two,
        (one, two) if one + 1 == two => same_from_left + same_from_right >= one,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, digit: &str, expected: bool) {
        let letters: Vec<char> = word.chars().collect();
        let digit: Vec<char> = digit.chars().collect();
        assert_eq!(is_one_away(&letters, &digit), expected, "{word} {digit:?}");
    }

    #[test]
    fn one_letter_away() {
        check("zevn", "zeven", true);
        check("viir", "vier", true);
        check("twwee", "twee", true);
        check("nnul", "nul", true);
        check("veir", "vier", true);
        check("acht", "vier", false);
        check("nice", "nine", true);
        check("dan", "een", false);
        check("zon", "zeven", false);
        check("fiets", "vijf", false);
        check("ciete", "siete", true);
        check("tier", "vier", false);
        check("vierndertig", "vierendertig", true);
    }
}
