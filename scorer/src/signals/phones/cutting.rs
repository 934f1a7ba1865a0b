//! Cuts a run of groups into numbers: from each group on, the stretch that fits a plan best.

use std::ops::Range;

use phonenumber::country::Id as Region;

use super::super::lexicon::Kind;
use super::super::reading::Passage;
use super::evidence::{self, Stretch};
use super::groups::{Group, GroupKind, Run};
use super::plan::{Answer, Candidate, Plans};
use super::{FEWEST_DIGITS, country, range_of};

/// Digits of the longest number: 15 by E.164, and `00` before them.
const MOST_DIGITS: usize = 17;

/// Groups of one run that are looked at: a longer one is a table of figures.
const MOST_GROUPS: usize = 400;

/// Bytes before or behind a number in which it may be announced as reversed.
const ANNOUNCED_WITHIN_BYTES: usize = 48;

/// Digits that stand alone from which on letters between them are no digits: `0a6b1c2d…`.
const FEWEST_SINGLE: usize = 8;

/// Groups of a row of prices, and of one of days and months.
const FEWEST_PRICES: usize = 3;
const FEWEST_IN_DATES: usize = 4;

/// Digits of the other ending in `06-12345678 / 79`.
const MOST_IN_SUFFIX: usize = 3;

/// Digits that a plan has as a number.
pub(super) struct Number {
    pub(super) phone: model::Phone,
    pub(super) range: Range<usize>,
    pub(super) groups: Vec<Group>,
    /// Whether the words around it must be understood: read it backwards, put a zero before it.
    pub(super) is_explained: bool,
    /// Which groups of the run they are.
    place: Range<usize>,
    answer: Answer,
    /// Whether it is written as another ending of the number before it.
    is_suffix: bool,
}

/// What one run holds: numbers, and digits that are none though a plan has them.
#[derive(Default)]
pub(super) struct Found {
    pub(super) numbers: Vec<Number>,
    pub(super) refused: Vec<(Number, &'static str)>,
}

/// All numbers in one run of groups; `behind` is where the number before it ended.
pub(super) fn numbers_in(
    passage: &Passage<'_>,
    run: &Run,
    behind: usize,
    plans: &mut Plans,
) -> Found {
    if is_price_row(&run.groups) || is_date_row(&run.groups) {
        return Found::default();
    }
    let named = country::named(passage, &run.range(), behind);
    let is_international = run.groups[0].has_plus || run.groups[0].digits.starts_with("00");
    if !is_international && is_announced_reversed(passage, run) {
        let turned = |turn: fn(&Group) -> Group| -> Vec<Group> {
            run.groups.iter().rev().map(turn).collect()
        };
        for groups in [turned(Group::reversed), turned(Group::behind)] {
            let numbers = split(&groups, run, named, plans);
            if let Some(mut number) = numbers.into_iter().next() {
                number.range = run.range();
                number.is_explained = true;
                return Found {
                    numbers: vec![number],
                    refused: Vec::new(),
                };
            }
        }
    }
    if let Some(number) = behind_a_zero(passage, run, named, plans) {
        return Found {
            numbers: vec![number],
            refused: Vec::new(),
        };
    }
    let groups = &run.groups[..run.groups.len().min(MOST_GROUPS)];
    let numbers = split(groups, run, named, plans);
    if !groups.iter().any(Group::is_letters) {
        return judged(passage, run, groups, numbers);
    }
    let plain: Vec<Group> = groups
        .iter()
        .filter(|group| !group.is_letters())
        .cloned()
        .collect();
    let is_spread = run.n_passed_over > 0
        || plain.iter().filter(|group| group.digits.len() == 1).count() >= FEWEST_SINGLE;
    if numbers.is_empty() || is_spread && !is_all(&numbers, groups) {
        let others = split(&plain, run, named, plans);
        if numbers.is_empty() || is_all(&others, &plain) {
            return judged(passage, run, &plain, others);
        }
    }
    judged(passage, run, groups, numbers)
}

/// "Zes twaalf vierendertig …, met een nul ervoor": the zero that is told apart from its number.
fn behind_a_zero(
    passage: &Passage<'_>,
    run: &Run,
    named: Option<Region>,
    plans: &mut Plans,
) -> Option<Number> {
    if !passage.holds(Kind::ZeroBefore) {
        return None;
    }
    let range = run.range();
    let from = range.start.saturating_sub(ANNOUNCED_WITHIN_BYTES);
    let told = passage
        .hits_in(from..range.end + ANNOUNCED_WITHIN_BYTES)
        .iter()
        .filter(|hit| hit.kind == Kind::ZeroBefore)
        .max_by_key(|hit| hit.end - hit.start)?;
    let is_told = |group: &&Group| group.range.start < told.end && group.range.end > told.start;
    let mut groups: Vec<Group> = run
        .groups
        .iter()
        .filter(|group| !is_told(group))
        .take(MOST_GROUPS)
        .cloned()
        .collect();
    let first = groups.first_mut()?;
    if first.has_plus || first.digits.starts_with('0') {
        return None;
    }
    first.digits.insert(0, '0');
    let mut numbers = split(&groups, run, named, plans);
    let is_all = numbers.len() == 1 && is_all(&numbers, &groups);
    let mut number = numbers.pop().filter(|_| is_all)?;
    number.is_explained = true;
    Some(number)
}

/// Keeps the numbers for which enough speaks.
fn judged(passage: &Passage<'_>, run: &Run, groups: &[Group], numbers: Vec<Number>) -> Found {
    let n_taken: usize = numbers.iter().map(|number| number.place.len()).sum();
    let is_taken = |at: &usize| numbers.iter().any(|number| number.place.contains(at));
    let n_short_beside = (0..groups.len())
        .filter(|&at| groups[at].digits.len() <= evidence::SHORT_DIGITS)
        .filter(|at| !is_taken(at))
        .count();
    let starts: Vec<usize> = numbers.iter().map(|number| number.place.start).collect();
    let mut found = Found::default();
    let mut last_is_kept = false;
    let mut last_end = None;
    for (at, number) in numbers.into_iter().enumerate() {
        let reason = if number.is_suffix {
            (!last_is_kept).then_some(evidence::ROW)
        } else {
            let stretch = Stretch {
                run,
                groups,
                place: number.place.clone(),
                answer: &number.answer,
                n_beside: groups.len() - n_taken.min(groups.len()),
                n_short_beside,
                follows_number: last_end == Some(number.place.start),
                is_followed_by_number: starts.get(at + 1) == Some(&number.place.end),
            };
            evidence::missing(passage, &stretch)
        };
        last_is_kept = reason.is_none();
        last_end = Some(number.place.end);
        match reason {
            None => found.numbers.push(number),
            Some(reason) => found.refused.push((number, reason)),
        }
    }
    found
}

/// Whether one number takes all the digits.
fn is_all(numbers: &[Number], groups: &[Group]) -> bool {
    matches!(numbers, [number] if number.groups.len() == groups.len())
}

/// `60 80 100 120`: round figures that grow.
fn is_price_row(groups: &[Group]) -> bool {
    groups.len() >= FEWEST_PRICES
        && groups.iter().all(|group| {
            group.kind == GroupKind::Digits
                && !group.has_plus
                && group.digits.len() <= 4
                && !group.digits.starts_with('0')
                && group.digits.ends_with(['0', '5'])
        })
        && groups.is_sorted_by_key(|group| group.digits.parse::<u32>().unwrap_or(0))
}

/// `06/03 09/03, 12/03`: pairs of day and month.
fn is_date_row(groups: &[Group]) -> bool {
    let number = |group: &Group| group.digits.parse::<u32>().unwrap_or(0);
    let is_day_month = |pair: &[Group]| {
        matches!(pair, [day, month]
            if !day.follows_slash
                && month.follows_slash
                && day.digits.len() <= 2
                && (1..=31).contains(&number(day))
                && (1..=12).contains(&number(month)))
    };
    groups.len() >= FEWEST_IN_DATES && groups.chunks(2).all(is_day_month)
}

/// Cuts a run into numbers: from each group on, the stretch that fits a numbering plan best.
fn split(groups: &[Group], run: &Run, named: Option<Region>, plans: &mut Plans) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < groups.len() && !plans.is_exhausted() {
        let Some((end, answer)) = best_from(groups, at, run, named, plans) else {
            at += 1;
            continue;
        };
        numbers.push(Number::of(groups, at..end, answer));
        at = end;
        if let Some(other) = other_ending(groups, at, run, named, plans, &numbers) {
            numbers.push(other);
            at += 1;
        }
    }
    numbers
}

/// `06-12345678 / 79`: a second number that differs in its last digits.
fn other_ending(
    groups: &[Group],
    at: usize,
    run: &Run,
    named: Option<Region>,
    plans: &mut Plans,
    numbers: &[Number],
) -> Option<Number> {
    let next = groups.get(at)?;
    let last = numbers.last()?;
    let is_ending = next.follows_slash
        && next.digits.len() <= MOST_IN_SUFFIX
        && !next.is_measured
        && groups.get(at + 1).is_none_or(|later| !later.is_joined);
    if !is_ending {
        return None;
    }
    let digits: String = last
        .groups
        .iter()
        .map(|group| group.digits.as_str())
        .collect();
    let kept = digits.len() - next.digits.len();
    let answer = plans.validate(&Candidate {
        digits: format!("{}{}", &digits[..kept], next.digits),
        has_plus: last.groups[0].has_plus,
        has_cue: run.has_cue,
        is_link: run.is_link,
        is_one_group: false,
        named,
    })?;
    let mut number = Number::of(groups, at..at + 1, answer);
    number.is_suffix = true;
    Some(number)
}

impl Number {
    fn of(groups: &[Group], place: Range<usize>, answer: Answer) -> Self {
        let here = groups[place.clone()].to_vec();
        Self {
            phone: answer.phone.clone(),
            range: range_of(&here),
            groups: here,
            is_explained: false,
            place,
            answer,
            is_suffix: false,
        }
    }
}

/// The best number that begins with this group, and the group after it.
fn best_from(
    groups: &[Group],
    first: usize,
    run: &Run,
    named: Option<Region>,
    plans: &mut Plans,
) -> Option<(usize, Answer)> {
    let mut candidate = Candidate {
        digits: String::new(),
        has_plus: groups[first].has_plus,
        has_cue: run.has_cue && first == 0,
        is_link: run.is_link && first == 0,
        is_one_group: true,
        named,
    };
    if !plans.may_begin(&groups[first], &candidate) {
        return None;
    }
    let mut best: Option<(u8, usize, Answer)> = None;
    for end in first + 1..=groups.len() {
        let group = &groups[end - 1];
        // `… 6020/21`: behind a number that is whole, other last digits.
        let is_suffix = group.follows_slash && group.digits.len() <= MOST_IN_SUFFIX;
        if end > first + 1 && (group.has_plus || is_suffix && best.is_some()) {
            break;
        }
        candidate.digits.push_str(&group.digits);
        candidate.is_one_group = end == first + 1;
        if candidate.digits.len() > MOST_DIGITS {
            break;
        }
        if candidate.digits.len() >= FEWEST_DIGITS
            && let Some(answer) = plans.validate(&candidate)
        {
            // A number that would end in "23 years" is taken only when there is no other.
            let rank = answer.rank + if is_measured(groups, end - 1) { 10 } else { 0 };
            // With equal rank the longer one wins: a plan that allows both is of varying length.
            if best.as_ref().is_none_or(|(known, _, _)| rank <= *known) {
                best = Some((rank, end, answer));
            }
        }
        if is_measured(groups, end - 1) {
            break;
        }
    }
    best.map(|(_, end, answer)| (end, answer))
}

/// Whether a unit follows that is no digit itself: Hungarian "hét" is a week and seven.
fn is_measured(groups: &[Group], at: usize) -> bool {
    let unit_is_digit = groups.get(at + 1).is_some_and(|next| {
        next.kind == GroupKind::Words && next.range.start <= groups[at].range.end + 1
    });
    groups[at].is_measured && !unit_is_digit
}

fn is_announced_reversed(passage: &Passage<'_>, run: &Run) -> bool {
    let range = run.range();
    let from = range.start.saturating_sub(ANNOUNCED_WITHIN_BYTES);
    passage
        .hits_in(from..range.end + ANNOUNCED_WITHIN_BYTES)
        .iter()
        .any(|hit| hit.kind == Kind::Reversed)
}
