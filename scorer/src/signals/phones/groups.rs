//! From text to groups of digits: plain ones, digit words, look-alikes.
//!
//! One pass over the folded text. Groups that stand near enough to each other make a run; a word
//! that is no digit, a sign of money or a date ends it.

use std::ops::Range;

use super::super::lexicon::Kind;
use super::super::numbers::digit_runs;
use super::super::reading::{Passage, is_ornament};
use super::FEWEST_DIGITS;
use super::lookalike::{LOOKALIKE_GAP_BYTES, MOST_GROUPS_OF_A_NUMBER, letters};
use super::mending;
use super::spelling::{Meaning, is_among_digits, next_word_is_a_sentence, spelled};

/// Signs between two groups, white space not counted: `) - (` is three.
const SIGNS_BETWEEN: usize = 5;

/// Words such as "then" between two groups of one number.
const FILLERS_BETWEEN: usize = 2;

/// Letters of a stray word glued between digits: `06ab12`.
const GLUED_FILLER_LETTERS: usize = 2;

/// Digits of a group that a unit behind it may turn into a measure: `150 euro`, not `0612345678 m`.
const MEASURE_DIGITS: usize = 4;

/// Words for the sign before a country code, folded.
const PLUS_WORDS: &[&str] = &["plus", "mas", "plusz", "плюс"];

/// Beginnings of links whose digits are a number in international form.
const LINKS: &[&str] = &[
    "wa.me/",
    "wa.me/+",
    "whatsapp.com/send?phone=",
    "whatsapp.com/send/?phone=",
    "phone=",
    "t.me/+",
    "viber.me/",
    "signal.me/#p/+",
];

/// How a group was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// In digits.
    Digits,
    /// In words.
    Words,
    /// In letters or signs that look like digits.
    Lookalike,
}

/// Digits that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// ASCII digits.
    pub(super) digits: String,
    /// Where in the folded text, an opening bracket or plus included.
    pub(super) range: Range<usize>,
    pub(super) kind: GroupKind,
    /// Whether a plus stands before it.
    pub(super) has_plus: bool,
    /// Whether only a slash stands between it and the group before it.
    pub(super) follows_slash: bool,
    /// Whether nothing but a sign or a space stands between it and the group before it.
    pub(super) is_joined: bool,
    /// Whether a unit follows: years, euro, minutes.
    pub(super) is_measured: bool,
}

impl Group {
    /// The same from back to front.
    pub(super) fn reversed(&self) -> Self {
        Self {
            digits: self.digits.chars().rev().collect(),
            has_plus: false,
            follows_slash: false,
            ..self.clone()
        }
    }
}

/// Groups near enough to each other to be one number or several.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) groups: Vec<Group>,
    /// Whether a word for calling stands before it.
    pub(super) has_cue: bool,
    /// Whether it stands in a link that holds international numbers.
    pub(super) is_link: bool,
    /// Why it is no phone number, where a word before it says so.
    pub(super) refused: Option<&'static str>,
}

impl Run {
    pub(super) fn n_digits(&self) -> usize {
        self.groups.iter().map(|group| group.digits.len()).sum()
    }

    pub(super) fn digits(&self) -> String {
        self.groups
            .iter()
            .map(|group| group.digits.as_str())
            .collect()
    }

    pub(super) fn range(&self) -> Range<usize> {
        super::range_of(&self.groups)
    }
}

/// What a stretch of the text is to the reader of numbers.
pub(super) enum Token {
    Group(Group),
    /// Letters that are no digits.
    Word(Range<usize>),
    /// An article or preposition that is a digit in other surroundings, and that digit.
    Weak(Range<usize>, String),
    /// The next digit counts so many times.
    Repeat(usize),
    /// Nothing of a number can go on here.
    Stop,
}

/// All runs of groups in a passage.
pub(super) fn runs(passage: &Passage<'_>) -> Vec<Run> {
    let mut tokens = tokens(passage);
    mending::mend(passage, &mut tokens);
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Vec<Group> = Vec::new();
    let mut n_fillers = 0;
    let mut repeat = None;
    let mut is_behind_plus = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Group(mut group) => {
                if let Some(times) = repeat.take()
                    && let Some(first) = group.digits.chars().next()
                {
                    let more: String = std::iter::repeat_n(first, times - 1).collect();
                    group.digits.insert_str(0, &more);
                }
                // "más tres uno seis …"
                group.has_plus |= std::mem::take(&mut is_behind_plus)
                    && open.is_empty()
                    && group.kind == GroupKind::Words
                    && !group.digits.starts_with('0');
                if let Some(last) = open.last() {
                    let gap =
                        &passage.text()[last.range.end.min(group.range.start)..group.range.start];
                    if !is_bridge(gap, n_fillers) {
                        close(passage, &mut open, &mut runs);
                    } else {
                        let trimmed = gap.trim();
                        group.follows_slash = trimmed == "/";
                        group.is_joined = n_fillers == 0;
                    }
                }
                n_fillers = 0;
                open.push(group);
            }
            Token::Word(range) | Token::Weak(range, _) => {
                if open.is_empty() {
                    is_behind_plus = PLUS_WORDS.contains(&&passage.flat[range.clone()]);
                    continue;
                }
                n_fillers += 1;
                let next_is_group = matches!(
                    tokens.peek(),
                    Some(Token::Group(_) | Token::Word(_) | Token::Weak(..) | Token::Repeat(_))
                );
                if n_fillers > FILLERS_BETWEEN || !next_is_group || !is_filler(passage, &range) {
                    close(passage, &mut open, &mut runs);
                    n_fillers = 0;
                }
            }
            Token::Repeat(times) => repeat = Some(times),
            Token::Stop => {
                close(passage, &mut open, &mut runs);
                n_fillers = 0;
                repeat = None;
            }
        }
    }
    close(passage, &mut open, &mut runs);
    runs
}

fn close(passage: &Passage<'_>, open: &mut Vec<Group>, runs: &mut Vec<Run>) {
    let groups = std::mem::take(open);
    let Some(first) = groups.first() else {
        return;
    };
    let start = first.range.start;
    let head = &passage.flat[..start];
    let is_link = LINKS.iter().any(|link| head.ends_with(link));
    let label = |sign: char| {
        matches!(
            sign,
            ' ' | ':' | '.' | '#' | '=' | '-' | '\n' | '(' | '*' | '/'
        ) || is_ornament(sign)
    };
    let mut has_cue = head.ends_with("tel:") || head.ends_with("tel");
    let mut refused = None;
    // "order no 12": the longer of two labels that end in the same word counts.
    let label = passage
        .hits_before(start, 8, label)
        .filter(|hit| matches!(hit.kind, Kind::Phone | Kind::Id))
        .max_by_key(|hit| (hit.end, hit.end - hit.start, hit.kind));
    match label {
        Some(hit) if hit.kind == Kind::Id && !first.has_plus => refused = Some(hit.note),
        Some(hit) if hit.kind == Kind::Phone => has_cue = true,
        _ => {}
    }
    runs.push(Run {
        groups,
        has_cue,
        is_link,
        refused: refused.filter(|_| !has_cue && !is_link),
    });
}

/// Whether two groups with this between them may belong to one number.
fn is_bridge(gap: &str, n_fillers: usize) -> bool {
    let signs = gap
        .chars()
        .filter(|sign| !sign.is_whitespace() && !sign.is_alphanumeric())
        .count();
    let lines = gap.matches('\n').count();
    signs <= SIGNS_BETWEEN && lines <= 1 + n_fillers
}

/// A stray word inside a number: a known filler, or one or two letters glued between digits.
fn is_filler(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let text = &passage.flat;
    let glued = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
    let letters = text[range.clone()].chars().count();
    let is_glued =
        glued(text[..range.start].chars().next_back()) && glued(text[range.end..].chars().next());
    (is_glued && letters <= GLUED_FILLER_LETTERS)
        || passage
            .hits_in(range.start..range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Filler && hit.end == range.end)
}

fn tokens(passage: &Passage<'_>) -> Vec<Token> {
    let text = passage.text();
    let mut shapes = passage.shapes().iter().peekable();
    let mut spelled = spelled(&passage.flat).into_iter().peekable();
    let mut digits = digit_runs(text).into_iter().peekable();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        while shapes.next_if(|shape| shape.range.end <= at).is_some() {}
        while spelled.next_if(|word| word.range.start < at).is_some() {}
        while digits.next_if(|run| run.start < at).is_some() {}
        if let Some(shape) = shapes.peek()
            && shape.range.start <= at
        {
            tokens.push(Token::Stop);
            at = shape.range.end;
        } else if sign.is_ascii_digit() {
            let end = digits.peek().map_or(at + 1, |run| run.end);
            tokens.push(Token::Group(group(
                passage,
                at..end,
                &text[at..end],
                GroupKind::Digits,
            )));
            at = end;
        } else if let Some(word) = spelled.next_if(|word| word.range.start == at) {
            at = word.range.end;
            tokens.push(match word.meaning {
                Meaning::Digits(digits) => {
                    Token::Group(group(passage, word.range, &digits, GroupKind::Words))
                }
                Meaning::Weak(digits)
                    if is_among_digits(text, &word.range, digits_end(tokens.last()))
                        || is_last_digit(passage, &word.range, &tokens) =>
                {
                    Token::Group(group(passage, word.range, &digits, GroupKind::Words))
                }
                Meaning::Weak(digits) => Token::Weak(word.range, digits),
            });
        } else if sign.is_alphabetic() {
            let end = at
                + text[at..]
                    .find(|sign: char| !sign.is_alphabetic())
                    .unwrap_or(text.len() - at);
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
            let next_is_digit = text[end..].starts_with(|sign: char| sign.is_ascii_digit());
            if sign == '!' && next_is_digit {
                tokens.push(Token::Group(group(
                    passage,
                    at..end,
                    "1",
                    GroupKind::Lookalike,
                )));
            } else if matches!(sign, '€' | '$' | '£' | '%' | '@' | '=' | '?' | '°')
                || sign == '!'
                || (sign == '.' && next_word_is_a_sentence(&text[end..]))
            {
                tokens.push(Token::Stop);
            }
            at = end;
        }
    }
    tokens
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

pub(super) fn group(
    passage: &Passage<'_>,
    range: Range<usize>,
    digits: &str,
    kind: GroupKind,
) -> Group {
    let text = passage.text();
    let head = text[..range.start].trim_end_matches([' ', '(']);
    let has_plus = head.ends_with('+')
        && range.start - head.len() <= 2
        && !head[..head.len() - 1].ends_with(|sign: char| sign.is_ascii_digit());
    let mut start = range.start;
    if has_plus {
        start = head.len() - 1;
    }
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
        has_plus,
        follows_slash: false,
        is_joined: false,
        is_measured,
    }
}
