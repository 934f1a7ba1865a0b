//! Digit words with a slip of the pen among other digit words: `zevn`, `viir`, `twwee`.
//!
//! A word is mended when it stands in a row of digits, is one letter away from exactly one digit
//! word of a language whose words the row is written in, and is no word that the lexicon knows.
//! What comes of it must still be a number of a numbering plan.
//!
//! Invariant: every word looks at a bounded stretch beside it, so time stays linear.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use model::Language;

use super::super::lexicon::number_words;
use super::super::reading::Passage;
use super::groups::{Group, GroupKind, Token, group};

/// Tokens on either side that make a row.
const BESIDE: usize = 6;

/// Digits in words that must stand near for a row.
const FEWEST_BESIDE: usize = 4;

/// Letters of the shortest word that is mended; shorter ones are a letter away from too much.
const FEWEST_LETTERS: usize = 3;

/// Letters of the longest.
const MOST_LETTERS: usize = 9;

/// Bytes between two words of a row.
const GAP_BYTES: usize = 3;

/// Single digits in words, by language.
static DIGITS: LazyLock<BTreeMap<Language, Vec<(String, u8)>>> = LazyLock::new(|| {
    let mut digits: BTreeMap<Language, Vec<(String, u8)>> = BTreeMap::new();
    for (word, value, language) in number_words().filter(|(_, value, _)| *value < 10) {
        digits.entry(language).or_default().push((word, value));
    }
    digits
});

/// Makes groups of misspelt digit words, and of the articles between them that are digits there.
pub(super) fn mend(passage: &Passage<'_>, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let (range, meant) = match &tokens[at] {
            Token::Word(range) if may_be_misspelt(passage, range) => (range.clone(), None),
            Token::Weak(range, digits) => (range.clone(), Some(digits.clone())),
            _ => continue,
        };
        let row = row(tokens, at, &range);
        if row.len() < FEWEST_BESIDE {
            continue;
        }
        let digits = meant
            .filter(|_| stands_between(tokens, at))
            .or_else(|| Some(nearest(passage, &passage.flat[range.clone()], &row)?.to_string()));
        if let Some(digits) = digits {
            tokens[at] = Token::Group(group(passage, range, &digits, GroupKind::Words));
        }
    }
}

fn may_be_misspelt(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    range.len() <= 2 * MOST_LETTERS
        && (FEWEST_LETTERS..=MOST_LETTERS).contains(&passage.flat[range.clone()].chars().count())
        && !is_known(passage, range)
}

/// Whether there are tokens on both sides: an article at the end is another matter.
fn stands_between(tokens: &[Token], at: usize) -> bool {
    at > 0 && matches!(tokens.get(at + 1), Some(Token::Group(_) | Token::Word(_)))
}

/// The digit words beside a word, no further off than a sign and a space each; one more misspelt
/// word may stand between on either side.
fn row<'t>(tokens: &'t [Token], at: usize, range: &Range<usize>) -> Vec<&'t Group> {
    let mut row = Vec::new();
    let before = tokens[..at].iter().rev().take(BESIDE);
    row_side(before, &mut row, range.start, |edge, token| {
        (edge.saturating_sub(token.end), token.start)
    });
    let behind = tokens[at + 1..].iter().take(BESIDE);
    row_side(behind, &mut row, range.end, |edge, token| {
        (token.start.saturating_sub(edge), token.end)
    });
    row
}

/// One side of it: `step` gives the gap to the next token and where that one ends.
fn row_side<'t>(
    tokens: impl Iterator<Item = &'t Token>,
    row: &mut Vec<&'t Group>,
    mut edge: usize,
    step: fn(usize, &Range<usize>) -> (usize, usize),
) {
    let mut may_skip = true;
    for token in tokens {
        let range = match token {
            Token::Group(group) => &group.range,
            Token::Weak(range, _) => range,
            Token::Word(range) if std::mem::take(&mut may_skip) => range,
            _ => return,
        };
        let (gap, next) = step(edge, range);
        if gap > GAP_BYTES {
            return;
        }
        edge = next;
        if let Token::Group(group) = token
            && group.kind == GroupKind::Words
        {
            row.push(group);
        }
    }
}

/// Whether the lexicon has the word: it is spelt as it is meant.
fn is_known(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage
        .hits_in(range.start..range.start + 1)
        .iter()
        .any(|hit| hit.end == range.end)
}

/// The digit whose word is one letter away, in a language that most of the row is written in; none
/// when two different ones are.
fn nearest(passage: &Passage<'_>, word: &str, row: &[&Group]) -> Option<u8> {
    let most = DIGITS
        .values()
        .map(|words| spoken(passage, words, row))
        .max()?;
    let mut found = None;
    for words in DIGITS
        .values()
        .filter(|words| spoken(passage, words, row) == most)
    {
        for (digit, value) in words {
            if is_one_away(word, digit) {
                if found.is_some_and(|known| known != *value) {
                    return None;
                }
                found = Some(*value);
            }
        }
    }
    found.filter(|_| most > 0)
}

/// How many groups of the row are one word of these.
fn spoken(passage: &Passage<'_>, words: &[(String, u8)], row: &[&Group]) -> usize {
    row.iter()
        .filter(|group| {
            let text = &passage.flat[group.range.clone()];
            words.iter().any(|(word, _)| word == text)
        })
        .count()
}

/// Whether one letter more, less, other or doubled, or two swapped, make one word the other. The
/// first letter may only be doubled: another first letter makes another word.
fn is_one_away(word: &str, digit: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), digit.chars().collect());
    if b.len() < FEWEST_LETTERS || a.first() != b.first() {
        return false;
    }
    let same_from_left = a.iter().zip(&b).take_while(|(one, two)| one == two).count();
    let same_from_right = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(one, two)| one == two)
        .count();
    match (a.len(), b.len()) {
        (one, two) if one == two => {
            let differing = one - (same_from_left + same_from_right).min(one);
            let swapped = differing == 2
                && a[same_from_left] == b[same_from_left + 1]
                && a[same_from_left + 1] == b[same_from_left];
            differing == 1 || swapped
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
        assert_eq!(is_one_away(word, digit), expected, "{word} {digit}");
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
    }
}
