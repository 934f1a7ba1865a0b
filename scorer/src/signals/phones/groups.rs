//! Groups of digits that stand near enough to each other to be one number or several.
//!
//! A word that is no digit, a sign of money or a date ends a run of groups; a known filler or a
//! letter between the digits does not.

use std::ops::Range;

use super::super::lexicon::Kind;
use super::super::reading::Passage;
use super::FEWEST_DIGITS;
use super::labels::{LOTTERY, run};
use super::mending;
use super::plan::has_bare_code;
use super::tokens::{Token, tokens};

/// Signs between two groups, white space not counted: `) - (` is three.
const SIGNS_BETWEEN: usize = 6;

/// The same, when all are alike: `06......12`.
const ALIKE_SIGNS_BETWEEN: usize = 16;

/// Words such as "then" between two groups of one number.
const FILLERS_BETWEEN: usize = 4;

/// Letters of a stray word glued between digits: `06ab12`.
pub(super) const GLUED_FILLER_LETTERS: usize = 2;

/// Digits of a run below which it is no number, and none that is worth a refusal: an age, a price.
pub(super) const FEWEST_IN_RUN: usize = FEWEST_DIGITS - 1;

/// Words for the sign before a country code, folded.
const PLUS_WORDS: &[&str] = &["plus", "mas", "plusz", "плюс", "plius", "plyus"];

/// Beginnings of links whose digits are a number in international form.
pub(super) const LINKS: &[&str] = &[
    "wa.me/",
    "wa.me/+",
    "whatsapp.com/send?phone=",
    "whatsapp.com/send/?phone=",
    "phone=",
    "phone=+",
    "phone=%2b",
    "number=%2b",
    "number=+",
    "sms:",
    "callto:",
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
    /// Puts its first digit so many times, or all of it when it is a word such as "twelve".
    fn repeat(&mut self, times: usize) {
        let n_repeated = match (self.kind, self.digits.len()) {
            (GroupKind::Words, 2) => 2,
            _ => 1,
        };
        let more = self.digits[..n_repeated].repeat(times - 1);
        self.digits.insert_str(0, &more);
    }

    /// Whether it is of letters that are digits only by their look, the letter "o" among them.
    pub(super) fn is_letters(&self) -> bool {
        let is_letter = self.kind == GroupKind::Words && self.range.len() == 1;
        self.kind == GroupKind::Lookalike || is_letter
    }

    /// `trente9`, `thirty4`: tens in a word take the digit that is glued to them.
    fn takes(&self, next: &Self) -> bool {
        self.kind == GroupKind::Words
            && next.kind == GroupKind::Digits
            && self.range.end == next.range.start
            && matches!(self.digits.as_bytes(), [b'2'..=b'9', b'0'])
            && matches!(next.digits.as_bytes(), [b'1'..=b'9'])
    }

    /// The same with its digits as they are, in a number whose groups are read from the last on.
    pub(super) fn behind(&self) -> Self {
        Self {
            has_plus: false,
            follows_slash: false,
            ..self.clone()
        }
    }

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
    /// Letters between its digits that were passed over.
    pub(super) n_passed_over: usize,
    /// Why it is no phone number, where a word beside it says so.
    pub(super) refused: Option<&'static str>,
}

impl Run {
    pub(super) fn n_digits(&self) -> usize {
        self.groups.iter().map(|group| group.digits.len()).sum()
    }

    /// Whether a word beside it says that it is no phone number.
    fn is_labelled(&self) -> bool {
        self.refused.is_some_and(|reason| reason != LOTTERY)
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

/// All runs of groups in a passage.
pub(super) fn runs(passage: &Passage<'_>) -> Vec<Run> {
    let mut tokens = tokens(passage);
    mending::mend(passage, &mut tokens);
    let mut open = Open::default();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Group(group) => open.push(passage, group),
            Token::Word(range) | Token::Weak(range, _) => {
                if open.groups.is_empty() {
                    open.is_behind_plus = PLUS_WORDS.contains(&&passage.flat[range]);
                    continue;
                }
                open.n_fillers += 1;
                let goes_on = !matches!(tokens.peek(), None | Some(Token::Stop));
                if open.n_fillers > FILLERS_BETWEEN || !goes_on || !is_filler(passage, &range) {
                    open.close(passage);
                }
            }
            Token::Repeat(times) => open.repeat = Some(times),
            Token::Plural(range, digit) => open.multiply(passage, &range, digit),
            Token::Nothing => {}
            Token::Stop => open.close(passage),
        }
    }
    open.close(passage);
    open.runs
}

/// The run being put together, and those before it.
#[derive(Default)]
struct Open {
    runs: Vec<Run>,
    groups: Vec<Group>,
    n_fillers: usize,
    n_passed_over: usize,
    repeat: Option<usize>,
    is_behind_plus: bool,
}

impl Open {
    fn push(&mut self, passage: &Passage<'_>, mut group: Group) {
        if let Some(times) = self.repeat.take()
            && (!self.groups.is_empty() || group.digits == "0")
        {
            group.repeat(times);
        }
        // "más tres uno seis …"
        group.has_plus |= std::mem::take(&mut self.is_behind_plus)
            && self.groups.is_empty()
            && !group.digits.starts_with('0')
            && (group.kind == GroupKind::Words || has_bare_code(&group.digits));
        if let Some(last) = self.groups.last() {
            let end = last.range.end.min(group.range.start);
            let gap = &passage.text()[end..group.range.start];
            if is_bridge(gap, self.n_fillers) {
                group.follows_slash = gap.trim() == "/";
                group.is_joined = self.n_fillers == 0;
                self.n_passed_over += self.n_fillers;
            } else {
                self.close(passage);
            }
        }
        self.n_fillers = 0;
        match self.groups.last_mut() {
            Some(tens) if tens.takes(&group) => {
                tens.digits.truncate(1);
                tens.digits.push_str(&group.digits);
                tens.range.end = group.range.end;
            }
            _ => self.groups.push(group),
        }
    }

    /// "Three zeros".
    fn multiply(&mut self, passage: &Passage<'_>, range: &Range<usize>, digit: char) {
        if let Some(count) = self.groups.last_mut()
            && let Ok(times @ 2..=6) = count.digits.parse::<usize>()
            && count.range.end + 1 == range.start
        {
            count.digits = digit.to_string().repeat(times);
            count.range.end = range.end;
            count.kind = GroupKind::Words;
        } else {
            self.close(passage);
        }
    }

    fn close(&mut self, passage: &Passage<'_>) {
        let groups = std::mem::take(&mut self.groups);
        let n_passed_over = std::mem::take(&mut self.n_passed_over);
        self.n_fillers = 0;
        self.repeat = None;
        let n_digits: usize = groups.iter().map(|group| group.digits.len()).sum();
        if n_digits < FEWEST_IN_RUN {
            return;
        }
        let mut rest = Some(groups);
        while let Some(mut groups) = rest.take() {
            let found = run(passage, groups.clone(), n_passed_over);
            let is_refused = found.as_ref().is_some_and(Run::is_labelled);
            let parted = if is_refused {
                behind_refused(passage, &groups)
            } else {
                None
            };
            match parted {
                Some(at) => {
                    rest = Some(groups.split_off(at));
                    self.runs.extend(run(passage, groups, n_passed_over));
                }
                None => self.runs.extend(found),
            }
        }
    }
}

/// `KvK 12345678 | 06-12340001`: what stands behind a refused number and a sign that parts the two,
/// when it has another length or a call word before it.
fn behind_refused(passage: &Passage<'_>, groups: &[Group]) -> Option<usize> {
    let n_digits: usize = groups.iter().map(|group| group.digits.len()).sum();
    let mut first = 0;
    let at = (1..groups.len()).find(|&at| {
        first += groups[at - 1].digits.len();
        let gap = groups[at - 1].range.end..groups[at].range.start;
        let text = passage.text().get(gap).unwrap_or("");
        let is_sign_apart = text.len() > 2 && text.starts_with(' ') && text.ends_with(' ');
        let is_next_whole = first >= FEWEST_DIGITS
            && text.contains(' ')
            && groups[at].digits.starts_with('0')
            && (FEWEST_DIGITS + 1..=FEWEST_DIGITS + 4).contains(&(n_digits - first));
        is_sign_apart
            || is_next_whole
            || text.contains([',', ';', '|', '\n'])
            || text.contains(char::is_alphabetic) && text.contains(' ')
    })?;
    let gap = groups[at - 1].range.end..groups[at].range.start;
    let is_called = passage
        .hits_in(gap)
        .iter()
        .any(|hit| hit.kind == Kind::Phone);
    let rest = n_digits - first;
    (rest >= FEWEST_DIGITS && (is_called || first != rest)).then_some(at)
}

/// Whether two groups with this between them may belong to one number.
fn is_bridge(gap: &str, n_fillers: usize) -> bool {
    let mut signs = gap
        .chars()
        .filter(|sign| !sign.is_whitespace() && !sign.is_alphanumeric());
    let first = signs.next();
    let n_signs = usize::from(first.is_some()) + signs.clone().count();
    let most = if signs.all(|sign| Some(sign) == first) {
        ALIKE_SIGNS_BETWEEN
    } else {
        SIGNS_BETWEEN
    };
    let n_lines = gap.matches('\n').count();
    n_signs <= most && n_lines <= 1 + n_fillers + usize::from(n_signs > 0)
}

/// A stray word inside a number: a known filler, one or two letters glued between digits, or a
/// letter with a space on each side.
pub(super) fn is_filler(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let text = &passage.flat;
    let is_digit = |sign: char| sign.is_ascii_digit();
    let (head, rest) = (&text[..range.start], &text[range.end..]);
    let n_letters = text[range.clone()].chars().take(3).count();
    let is_glued = head.ends_with(is_digit) && rest.starts_with(is_digit);
    // An `x` with spaces stands in measures and before extensions, in a row of them it parts digits.
    let is_apart = n_letters == 1
        && (&text[range.clone()] != "x" || is_among_crosses(head, rest))
        && head
            .strip_suffix(' ')
            .is_some_and(|head| head.ends_with(is_digit))
        && rest
            .strip_prefix(' ')
            .is_some_and(|rest| rest.starts_with(is_digit));
    (is_glued && n_letters <= GLUED_FILLER_LETTERS)
        || is_apart
        || passage
            .hits_in(range.start..range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Filler && hit.end == range.end)
}

/// `6 x 39 x 98`: whether another cross stands before or behind the digits beside this one.
fn is_among_crosses(head: &str, rest: &str) -> bool {
    let is_beside = |sign: char| sign.is_ascii_digit() || sign == ' ';
    head.trim_end_matches(is_beside).ends_with('x')
        || rest.trim_start_matches(is_beside).starts_with('x')
}
