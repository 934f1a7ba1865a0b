//! What the words beside digits call them: "order no", "my number is", `12345678 (KvK)`.

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, is_ornament};
use super::groups::{Group, LINKS, Run};

/// Groups of one or two digits from which on they may be those of a lottery ticket.
const LOTTERY_GROUPS: usize = 5;

/// Bytes between a label and the digits it names.
const LABEL_GAP_BYTES: usize = 8;

/// Bytes behind digits in which they may be named, and the words before that name, folded.
const NAMED_BEHIND_BYTES: usize = 24;
const BEFORE_NAME: &[&str] = &[
    "is", "mijn", "het", "ons", "onze", "my", "our", "the", "ist", "meine", "unsere", "die", "est",
    "mon", "ma", "notre", "le", "es", "mi", "el", "nuestro", "este", "e", "to", "moj", "nasz",
    "az", "a", "е", "моят",
];

/// Words between a label and its digits, folded: "order number is 12".
const BEHIND_LABEL: &[&str] = &[
    "is",
    "luidt",
    "ist",
    "lautet",
    "est",
    "es",
    "e",
    "este",
    "to",
    "jest",
    "е",
    "no",
    "nr",
    "n",
    "number",
    "nummer",
    "numero",
    "num",
    "numar",
    "numer",
    "szama",
    "номер",
    "nomer",
];

/// The note of cues for lotteries.
const LOTTERY: &str = "lottery numbers";

pub(super) fn run(passage: &Passage<'_>, groups: Vec<Group>, n_passed_over: usize) -> Option<Run> {
    let first = groups.first()?;
    let start = first.range.start;
    let head = &passage.flat[..start];
    let is_link = LINKS.iter().any(|link| head.ends_with(link));
    let mut has_cue = head.ends_with("tel:") || head.ends_with("tel");
    let mut refused = None;
    match label(passage, start) {
        Some(hit) if hit.kind == Kind::Id && !first.has_plus => refused = Some(hit.note),
        Some(hit) if hit.kind == Kind::Phone => has_cue = true,
        _ => {}
    }
    let end = groups.last()?.range.end;
    if !first.has_plus {
        refused = refused
            .or_else(|| named_behind(passage, end))
            .or_else(|| lottery(passage, &groups));
    }
    Some(Run {
        groups,
        has_cue,
        is_link,
        n_passed_over,
        refused: refused.filter(|_| !has_cue && !is_link),
    })
}

/// What the words before digits call them: "order no", "my number is".
fn label<'p>(passage: &'p Passage<'_>, start: usize) -> Option<&'p Hit> {
    let may_stand_between = |sign: char| {
        matches!(
            sign,
            ' ' | ':' | '.' | '#' | '=' | '-' | '\n' | '(' | '*' | '/'
        ) || is_ornament(sign)
    };
    // "order no 12": the longer of two labels that end in the same word counts.
    let before = |at: usize| {
        passage
            .hits_before(at, LABEL_GAP_BYTES, may_stand_between)
            .filter(|hit| matches!(hit.kind, Kind::Phone | Kind::Id))
            .max_by_key(|hit| (hit.end, hit.end - hit.start, hit.kind))
    };
    let direct = before(start);
    if direct.is_some_and(|hit| hit.kind == Kind::Id) {
        return direct;
    }
    let head = passage.flat[..start].trim_end_matches([' ', ':', '.', '=']);
    let from = head
        .rfind(|sign: char| !sign.is_alphanumeric())
        .map_or(0, |at| at + 1);
    // The rest of a long head without a space is no word.
    if !head.is_char_boundary(from) || !BEHIND_LABEL.contains(&&head[from..]) {
        return direct;
    }
    before(from).filter(|hit| hit.kind == Kind::Id).or(direct)
}

/// `12345678 (KvK)`, "12345678 is my order number".
fn named_behind(passage: &Passage<'_>, end: usize) -> Option<&'static str> {
    passage
        .hits_in(end..end + NAMED_BEHIND_BYTES)
        .iter()
        .filter(|hit| hit.kind == Kind::Id)
        .find(|hit| {
            let gap = passage
                .text()
                .get(end..hit.start)
                .unwrap_or("?")
                .trim_start();
            let is_in_brackets =
                gap == "(" && passage.text()[hit.end..].trim_start().starts_with(')');
            let is_said = !gap.is_empty()
                && gap
                    .split_whitespace()
                    .all(|word| BEFORE_NAME.contains(&word))
                && passage.ends_clause(hit.end);
            is_in_brackets || is_said
        })
        .map(|hit| hit.note)
}

/// Numbers of one or two digits in a sentence about a lottery.
fn lottery(passage: &Passage<'_>, groups: &[Group]) -> Option<&'static str> {
    if groups.len() < LOTTERY_GROUPS || groups.iter().any(|group| group.digits.len() > 2) {
        return None;
    }
    let sentence = passage.sentence(super::range_of(groups));
    passage
        .hits_in(sentence)
        .iter()
        .find(|hit| hit.kind == Kind::Id && hit.note == LOTTERY)
        .map(|hit| hit.note)
}
