//! From text to what may be digits: plain ones, digit words, look-alikes, words between.

use std::ops::Range;

use super::super::lexicon::{Kind, letters_end};
use super::super::numbers::Shape;
use super::super::reading::Passage;
use super::FEWEST_DIGITS;
use super::groups::{GLUED_FILLER_LETTERS, Group, GroupKind, is_filler};
use super::lookalike::{LOOKALIKE_GAP_BYTES, MOST_GROUPS_OF_A_NUMBER, letters};
use super::spelling::{Meaning, is_among_digits, next_word_is_a_sentence, spelled};

/// Digits of a group that a unit behind it may turn into a measure: `150 euro`, not `0612345678 m`.
const MEASURE_DIGITS: usize = 4;

/// Digits in a text below which nothing is looked for, words included: `O6 I234 OOOI` has four.
const FEWEST_WRITTEN: usize = 3;

/// What a stretch of the text is to the reader of numbers.
pub(super) enum Token {
    Group(Group),
    /// Letters that are no digits.
    Word(Range<usize>),
    /// An article or preposition that is a digit in other surroundings, and that digit.
    Weak(Range<usize>, String),
    /// The next digit counts so many times.
    Repeat(usize),
    /// "Zeros": the digit before says how many of this digit follow.
    Plural(Range<usize>, char),
    /// Became a part of the token before it.
    Nothing,
    /// Nothing of a number can go on here.
    Stop,
}

/// The tokens of a passage; none where it has too few digits for a number.
pub(super) fn tokens(passage: &Passage<'_>) -> Vec<Token> {
    let text = passage.text();
    let spelled = spelled(passage);
    let n_written: usize = passage.digits().iter().map(|run| run.len()).sum();
    let n_spelled: usize = spelled.iter().map(|word| word.meaning.digits().len()).sum();
    if n_written + n_spelled < FEWEST_WRITTEN {
        return Vec::new();
    }
    let shapes = passage.shapes();
    let mut next_shape = 0;
    let mut spelled = spelled.into_iter().peekable();
    let mut digits = passage.digits().iter().peekable();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        while shapes
            .get(next_shape)
            .is_some_and(|shape| shape.range.end <= at)
        {
            next_shape += 1;
        }
        while spelled.next_if(|word| word.range.start < at).is_some() {}
        while digits.next_if(|run| run.start < at).is_some() {}
        if let Some(shape) = shapes.get(next_shape)
            && shape.range.start <= at
            && !is_inside_number(text, &shapes[next_shape..], &tokens)
        {
            tokens.push(Token::Stop);
            at = shape.range.end;
            continue;
        }
        if shapes
            .get(next_shape)
            .is_some_and(|shape| shape.range.start <= at)
        {
            next_shape += 1;
        }
        if sign == ' ' {
            at += 1;
        } else if let Some((times, end)) = repeat_at(passage, at, sign) {
            tokens.push(Token::Repeat(times));
            at = end;
        } else if let Some(word) = spelled.next_if(|word| word.range.start == at) {
            at = word.range.end;
            tokens.push(word_token(passage, word.range, word.meaning, &tokens));
        } else if sign.is_ascii_digit() {
            let end = digits.peek().map_or(at + 1, |run| run.end);
            tokens.push(Token::Group(group(
                passage,
                at..end,
                &text[at..end],
                GroupKind::Digits,
            )));
            at = end;
        } else if sign.is_alphabetic() {
            let end = letters_end(text, at);
            let token = letters(passage, at..end, &tokens);
            at = end;
            // `3SABCD0612`: letters and digits mixed are the name of a thing, to its end.
            if is_serial(passage, &token) {
                tokens.push(Token::Stop);
                at += word_len(&text[at..]);
            } else {
                tokens.push(token);
            }
        } else {
            let end = at + sign.len_utf8();
            tokens.extend(sign_token(passage, sign, at..end));
            at = end;
        }
    }
    tokens
}

fn word_token(
    passage: &Passage<'_>,
    range: Range<usize>,
    meaning: Meaning,
    before: &[Token],
) -> Token {
    match meaning {
        Meaning::Digits(digits) => Token::Group(group(passage, range, &digits, GroupKind::Words)),
        Meaning::Weak(digits)
            if is_among_digits(passage, &range, digits_end(before.last()))
                || is_behind_repeat(passage, &range, before)
                || is_last_digit(passage, &range, before) =>
        {
            Token::Group(group(passage, range, &digits, GroupKind::Words))
        }
        Meaning::Weak(digits) if range.len() > 1 => match letters(passage, range.clone(), before) {
            Token::Group(group) => Token::Group(group),
            _ => Token::Weak(range, digits),
        },
        Meaning::Weak(digits) => Token::Weak(range, digits),
    }
}

/// A sign that is a digit, or that no number goes on behind.
fn sign_token(passage: &Passage<'_>, sign: char, range: Range<usize>) -> Option<Token> {
    let rest = &passage.text()[range.end..];
    let next_is_digit = rest.starts_with(|sign: char| sign.is_ascii_digit());
    if sign == '!' && next_is_digit {
        let group = group(passage, range, "1", GroupKind::Lookalike);
        return Some(Token::Group(group));
    }
    let is_between_digits = next_is_digit
        && passage.text()[..range.start].ends_with(|sign: char| sign.is_ascii_digit());
    // `06 ! 12 ! 34`: a sign with a space on both sides parts digits as a star does.
    let is_apart = rest.starts_with(' ') && passage.text()[..range.start].ends_with(' ');
    let stops = matches!(sign, '€' | '$' | '£' | '%' | '°')
        || sign == '!' && !is_apart
        || matches!(sign, '@' | '=' | '?') && !is_between_digits
        || (sign == '.' && next_word_is_a_sentence(rest) && !is_repeat_next(passage, range.end));
    stops.then_some(Token::Stop)
}

/// "… six. Double oh": the word behind a stop and a space repeats a digit.
fn is_repeat_next(passage: &Passage<'_>, at: usize) -> bool {
    passage
        .hits_after(at, 1, |sign| sign == ' ')
        .any(|hit| hit.kind == Kind::Repeat)
}

/// `06 12.34.56 78`: what has the form of a time or measure is a part of the number that began
/// before it and goes on behind it.
fn is_inside_number(text: &str, shapes: &[Shape], before: &[Token]) -> bool {
    let Some(shape) = shapes.first() else {
        return false;
    };
    let has_form = match shape.reason {
        "clock time" | "date" | "size or measure" | "coordinate" => true,
        "price" => text[shape.range.clone()].contains(','),
        _ => false,
    };
    let is_gap = |gap: &str| matches!(gap, " " | "-" | "." | "/" | " - ");
    let after = &text[shape.range.end..];
    let goes_on = after
        .strip_prefix([' ', '-', '.', '/'])
        .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    let is_one_of_two = shapes
        .get(1)
        .is_some_and(|next| next.range.start <= shape.range.end + 3);
    if !has_form || is_one_of_two || !(goes_on || shape.reason == "coordinate") {
        return false;
    }
    let mut edge = shape.range.start;
    for token in before.iter().rev().take(MOST_GROUPS_OF_A_NUMBER) {
        let Token::Group(group) = token else {
            return false;
        };
        if !is_gap(&text[group.range.end..edge]) {
            return false;
        }
        if group.has_plus || group.digits.len() > 1 && group.digits.starts_with('0') {
            return true;
        }
        edge = group.range.start;
    }
    false
}

/// "Twee keer", `2x`: what follows counts so many times; and where it begins.
fn repeat_at(passage: &Passage<'_>, at: usize, sign: char) -> Option<(usize, usize)> {
    if !sign.is_ascii_digit() && !passage.holds(Kind::Repeat) {
        return None;
    }
    let text = passage.text();
    let follows_letter = text[..at].ends_with(char::is_alphanumeric);
    if follows_letter || !sign.is_alphanumeric() {
        return None;
    }
    if let Some(times @ 2..=5) = sign.to_digit(10)
        && let Some(rest) = text[at + 1..].strip_prefix(['x', '×'])
        && rest.starts_with(|sign: char| sign == ' ' || sign.is_ascii_digit())
        && !rest[1..].starts_with('x')
    {
        return Some((times as usize, text.len() - rest.len()));
    }
    if !passage.holds(Kind::Repeat) {
        return None;
    }
    let hit = passage
        .hits_in(at..at + 1)
        .iter()
        .filter(|hit| hit.kind == Kind::Repeat)
        .max_by_key(|hit| hit.end)?;
    Some((hit.note.parse().ok()?, hit.end))
}

/// "Double oh": an article or letter directly behind a word that repeats it.
fn is_behind_repeat(passage: &Passage<'_>, range: &Range<usize>, before: &[Token]) -> bool {
    matches!(before.last(), Some(Token::Repeat(_)))
        && passage.text()[..range.start].ends_with([' ', '-'])
}

/// "… nul nul een, bel snel": an article that stands where the last digit of a number would, at the
/// end of its clause or before a word of calling, behind enough other digits.
fn is_last_digit(passage: &Passage<'_>, range: &Range<usize>, tokens: &[Token]) -> bool {
    let ends_well = passage.ends_clause(range.end)
        || passage
            .hits_after(range.end, 2, |sign| sign == ' ')
            .any(|hit| matches!(hit.kind, Kind::Phone | Kind::Filler));
    let mut from = range.start;
    let mut n_digits = 0;
    for token in tokens.iter().rev().take(MOST_GROUPS_OF_A_NUMBER) {
        match token {
            Token::Group(group) if from.saturating_sub(group.range.end) <= LOOKALIKE_GAP_BYTES => {
                n_digits += group.digits.len();
                from = group.range.start;
            }
            _ => break,
        }
    }
    ends_well && n_digits + 1 >= FEWEST_DIGITS
}

/// A stretch of letters, too long for a disguise, with digits glued to both sides.
fn is_serial(passage: &Passage<'_>, token: &Token) -> bool {
    let Token::Word(range) = token else {
        return false;
    };
    let text = passage.text();
    let is_digit = |sign: char| sign.is_ascii_digit();
    range.len() > GLUED_FILLER_LETTERS
        && text[..range.start].ends_with(is_digit)
        && text[range.end..].starts_with(is_digit)
        && !is_filler(passage, range)
}

/// Bytes up to the next sign that is neither letter nor digit.
fn word_len(rest: &str) -> usize {
    rest.find(|sign: char| !sign.is_alphanumeric())
        .unwrap_or(rest.len())
}

/// Where the digits of a token end.
pub(super) fn digits_end(token: Option<&Token>) -> Option<usize> {
    match token {
        Some(Token::Group(group)) => Some(group.range.end),
        _ => None,
    }
}

/// A group, with the plus or bracket before it.
pub(super) fn group(
    passage: &Passage<'_>,
    range: Range<usize>,
    digits: &str,
    kind: GroupKind,
) -> Group {
    let text = passage.text();
    let plus = plus_before(&text[..range.start]);
    let mut start = plus.unwrap_or(range.start);
    if text[..start].ends_with('(') && text[start..].contains(')') {
        start -= 1;
    }
    let is_measured = digits.len() <= MEASURE_DIGITS
        && passage
            .hits_after(range.end, 1, |sign| sign == ' ')
            .any(|hit| {
                matches!(hit.kind, Kind::NotAfter | Kind::Unit | Kind::UnitOld)
                    && hit.end - hit.start > 1
            });
    Group {
        digits: digits.to_owned(),
        range: start..range.end,
        kind,
        has_plus: plus.is_some(),
        follows_slash: false,
        is_joined: false,
        is_measured,
    }
}

/// Where the plus stands that a text ends with, but for a space or bracket.
fn plus_before(head: &str) -> Option<usize> {
    let trimmed = head.trim_end_matches([' ', '(']);
    let before = trimmed.strip_suffix(['+', '➕'])?;
    let is_near = head.len() - trimmed.len() < 2;
    (is_near && !before.ends_with(|sign: char| sign.is_ascii_digit())).then_some(before.len())
}
