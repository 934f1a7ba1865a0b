//! Digit words in running text: from letters to digits, hundreds included.

use std::ops::Range;

use super::super::lexicon::{Kind, has_three, is_border, word_starts};
use super::super::reading::Passage;
use super::super::vocabulary::List;
use super::digit_words::{self, Worth, word_at};

/// What may stand between the hundreds and the rest, folded: "seven hundred and five".
const BEHIND_HUNDREDS: &[&str] = &[
    "", " ", "-", " en ", " and ", " und ", " y ", " si ", " i ", " и ",
];

/// What is joined to a digit word to repeat it, folded, and how often the digit counts.
const REPEATS: &[(&str, usize)] = &[
    ("doppel", 2),
    ("doppelt", 2),
    ("dubbel", 2),
    ("dubbele", 2),
    ("double", 2),
    ("dreifach", 3),
    ("dreimal", 3),
    ("zweimal", 2),
    ("driedubbel", 3),
    ("tripel", 3),
    ("triple", 3),
    ("dupla", 2),
    ("tripla", 3),
];

/// Bytes of the shortest word with signs between its letters: `z e s`.
const FEWEST_SPACED_BYTES: usize = 5;

/// What digits in words may begin with, folded.
pub(in super::super) fn beginnings() -> impl Iterator<Item = String> {
    let repeats = REPEATS.iter().map(|(form, _)| (*form).to_owned());
    digit_words::forms().chain(repeats)
}

pub(super) struct Spelled {
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
}

pub(super) enum Meaning {
    Digits(String),
    /// Only among other digits.
    Weak(String),
}

impl Meaning {
    pub(super) fn digits(&self) -> &str {
        match self {
            Self::Digits(digits) | Self::Weak(digits) => digits,
        }
    }
}

/// A stretch of number words: of letters from end to end, `nulzes`, or several with hundreds among
/// them, `seis cientos doce`.
struct Stretch {
    range: Range<usize>,
    worths: Vec<Worth>,
}

impl Stretch {
    /// Whether the next stretch goes on with this number: "six" + "hundred", "six hundred" + "twelve".
    fn takes(&self, next: &Self, flat: &str) -> bool {
        let (Some(last), Some(first)) = (self.worths.last(), next.worths.first()) else {
            return false;
        };
        let between = &flat[self.range.end..next.range.start];
        if first.is_hundred {
            // In "a hundred and twenty-three" the last word is counted already.
            let is_counted = matches!(self.worths.as_slice(), [.., hundreds, rest]
                if (hundreds.is_hundred || hundreds.value >= 100) && rest.value >= 10);
            return next.worths.len() == 1
                && !is_counted
                && between.len() <= 1
                && matches!(between, "" | " " | "-")
                && !last.is_hundred
                && (1..100).contains(&last.value);
        }
        last.value >= 100
            && next.worths.len() == 1
            && (1..100).contains(&first.value)
            && BEHIND_HUNDREDS.contains(&between)
    }

    /// The digits that the words stand for.
    fn digits(&self) -> String {
        let mut digits = String::new();
        let mut at = 0;
        while let Some(worth) = self.worths.get(at) {
            at += 1;
            let mut total = u32::from(worth.value);
            let is_multiplied = !worth.is_hundred
                && worth.value > 0
                && self.worths.get(at).is_some_and(|next| next.is_hundred);
            if is_multiplied {
                total *= 100;
                at += 1;
            }
            if (is_multiplied || worth.is_hundred || worth.value >= 100)
                && let Some(rest) = self.worths.get(at)
                && (1..100).contains(&rest.value)
                && !rest.is_hundred
                && !self.worths.get(at + 1).is_some_and(|next| next.is_hundred)
            {
                total += u32::from(rest.value);
                at += 1;
            }
            digits.push_str(&total.to_string());
        }
        digits
    }

    fn spelled(self) -> Spelled {
        let digits = self.digits();
        let is_weak = self.worths.iter().all(|worth| worth.is_weak);
        Spelled {
            range: self.range,
            meaning: if is_weak {
                Meaning::Weak(digits)
            } else {
                Meaning::Digits(digits)
            },
        }
    }
}

/// Number words in a text, from left to right; those with a space or sign behind each letter, too.
pub(super) fn spelled(passage: &Passage<'_>) -> Vec<Spelled> {
    let flat = passage.flat.as_str();
    // "6est": a digit may stand for a letter.
    let digits = passage.digits().iter().map(|run| run.start);
    let letters = passage.beginning(List::Number).map(|word| word.start);
    let mut starts: Vec<usize> = letters.chain(digits).collect();
    starts.sort_unstable();
    let mut words = joined(flat, starts.into_iter());
    let spaced = spaced(flat);
    if !spaced.is_empty() {
        let is_inside = |word: &Spelled| {
            let next = spaced.partition_point(|other| other.range.end <= word.range.start);
            spaced
                .get(next)
                .is_some_and(|other| other.range.start < word.range.end)
        };
        words.retain(|word| !is_inside(word));
        words.extend(spaced);
        words.sort_by_key(|word| word.range.start);
    }
    words
}

/// `n u l z e s`, `z.e.r.o`: single letters with one sign between, that are number words together.
fn spaced(flat: &str) -> Vec<Spelled> {
    let mut spaced = Vec::new();
    // The middle one of three letters has a sign on both sides.
    let is_sign = |byte: u8| matches!(byte, b' ' | b'.' | b'-' | b'_' | b'*');
    let may_be = |one, two: u8, next| is_sign(one) & two.is_ascii_alphabetic() & is_sign(next);
    if flat.is_ascii() && !has_three(flat, may_be) {
        return spaced;
    }
    let mut open: Option<(Range<usize>, String)> = None;
    let mut signs = flat.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map_or(' ', |(_, next)| *next);
        let is_alone = sign.is_alphabetic() && !before.is_alphabetic() && !next.is_alphabetic();
        let end = at + sign.len_utf8();
        match &mut open {
            Some((range, letters)) if is_alone && range.end + 1 == at => {
                letters.push(sign);
                range.end = end;
            }
            Some((range, _)) if at == range.end && matches!(sign, ' ' | '.' | '-' | '_' | '*') => {}
            _ => {
                spaced.extend(open.take().and_then(spaced_word));
                open = is_alone.then(|| (at..end, sign.to_string()));
            }
        }
        before = sign;
    }
    spaced.extend(open.and_then(spaced_word));
    spaced
}

fn spaced_word((range, letters): (Range<usize>, String)) -> Option<Spelled> {
    if range.len() < FEWEST_SPACED_BYTES {
        return None;
    }
    let words = joined(&letters, word_starts(&letters));
    let [word] = words.as_slice() else {
        return None;
    };
    let Meaning::Digits(digits) = &word.meaning else {
        return None;
    };
    (word.range == (0..letters.len())).then(|| Spelled {
        range,
        meaning: Meaning::Digits(digits.clone()),
    })
}

/// Number words whose letters stand together, of those that may begin at these places.
fn joined(flat: &str, starts: impl Iterator<Item = usize>) -> Vec<Spelled> {
    let mut spelled: Vec<Spelled> = Vec::new();
    let mut last: Option<Stretch> = None;
    let mut free_from = 0;
    for start in starts {
        if start < free_from {
            continue;
        }
        let Some(stretch) = stretch_at(flat, start).or_else(|| repeated_at(flat, start)) else {
            continue;
        };
        free_from = stretch.range.end;
        last = match last.take() {
            Some(mut before) if before.takes(&stretch, flat) => {
                before.range.end = stretch.range.end;
                before.worths.extend(stretch.worths);
                Some(before)
            }
            before => {
                spelled.extend(before.map(Stretch::spelled));
                Some(stretch)
            }
        };
    }
    spelled.extend(last.map(Stretch::spelled));
    spelled
}

/// The number words that begin at a place and go on to a border.
fn stretch_at(flat: &str, start: usize) -> Option<Stretch> {
    let (mut end, worth) = word_at(flat, start)?;
    let mut worths = vec![worth];
    while !is_border(flat, end) {
        let (next, worth) = word_at(flat, end)?;
        worths.push(worth);
        end = next;
    }
    Some(Stretch {
        range: start..end,
        worths,
    })
}

/// "Doppelnull", "dubbelzes": one digit that the word before it repeats, written together.
fn repeated_at(flat: &str, start: usize) -> Option<Stretch> {
    REPEATS
        .iter()
        .filter(|(repeat, _)| flat[start..].starts_with(repeat))
        .find_map(|(repeat, times)| {
            let (end, worth) = word_at(flat, start + repeat.len())?;
            let is_digit = worth.value < 10 && !worth.is_hundred && is_border(flat, end);
            let is_weak = false;
            is_digit.then(|| Stretch {
                range: start..end,
                worths: vec![Worth { is_weak, ..worth }; *times],
            })
        })
}

/// An article or preposition is a digit when a digit stands before it and the number goes on or
/// ends there; a letter for zero also at the beginning.
pub(super) fn is_among_digits(
    passage: &Passage<'_>,
    range: &Range<usize>,
    digits_end: Option<usize>,
) -> bool {
    let text = passage.text();
    let follows_digits = digits_end.is_some_and(|end| text[end..range.start].chars().count() <= 3);
    let rest = text[range.end..].trim_start_matches([' ', '-', '.', ',', '/', '*', '_']);
    let next = text.len() - rest.len();
    let digits_follow = rest.starts_with(|sign: char| sign.is_ascii_digit())
        || word_at_start(rest).is_some_and(|end| is_border(rest, end))
        || passage
            .hits_in(next..next + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Repeat);
    let is_letter = matches!(&text[range.clone()], "o" | "oh");
    (follows_digits && (digits_follow || rest.is_empty() || rest.starts_with('\n')))
        || (is_letter && digits_follow)
        || text[..range.start].ends_with(|sign: char| sign.is_ascii_digit())
        || text[range.end..].starts_with(|sign: char| sign.is_ascii_digit())
}

/// After a full stop and a space, digits may still go on ("06. 12. 34"), a word may not.
pub(super) fn next_word_is_a_sentence(rest: &str) -> bool {
    let word = rest.trim_start();
    rest.starts_with(' ') && word.starts_with(char::is_alphabetic) && word_at_start(word).is_none()
}

/// Where the number word ends that a text begins with.
fn word_at_start(text: &str) -> Option<usize> {
    word_at(text, 0).map(|(end, _)| end)
}

#[cfg(test)]
mod tests {
    use model::Field;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = spelled(&Passage::of(Field::Text, text))
            .into_iter()
            .filter_map(|word| match word.meaning {
                Meaning::Digits(digits) => Some(digits),
                Meaning::Weak(_) => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn hundreds_in_nine_languages() {
        check("zeshonderd twaalf", &["612"]);
        check("zes honderd vierendertig", &["634"]);
        check("six hundred and twelve", &["612"]);
        check("sechshundertzwölf", &["612"]);
        check("neuf cent six cents douze", &["900612"]);
        check("seiscientos doce treinta y cuatro", &["612", "34"]);
        check("șase sute doisprezece", &["612"]);
        check("hatszáz tizenkettő", &["612"]);
        check("sześćset dwanaście trzysta", &["612", "300"]);
        check("шестстотин и дванайсет, двеста", &["612", "200"]);
        check("nul zeshonderd nul", &["0", "600", "0"]);
    }

    #[test]
    fn joined_words() {
        check("nulzeseentwee", &["0612"]);
        check("quatrevingtdixhuit septante-neuf", &["98", "79"]);
        check("trzydzieścicztery", &["34"]);
        check("n u l z e s, z.é.r.o", &["06", "0"]);
        check("a b c d e f", &[]);
        check("cent vingt-trois сто двадесет и три", &["123", "123"]);
    }
}
