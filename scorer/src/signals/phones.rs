//! Phone numbers, however they are written.
//!
//! Digits, digit words and look-alikes become tokens (`phones/tokens.rs`), slips of the pen are
//! mended, and tokens near each other are groups of one run (`phones/groups.rs`); a stretch of
//! groups is a number when some region's numbering plan has it (`phones/plan.rs`, the only place
//! that asks the plans, which `phones/numbering.rs` reads). What is shaped like a date, a price or
//! a bank account never becomes a group, and what follows "KvK", "order" or "ref" is refused with
//! that reason. Whose a number is stands before and behind it (`phones/owner.rs`).
//!
//! Invariant: a passage costs at most `VALIDATION_LIMIT` questions to the numbering plans.

mod country;
mod groups;
mod links;
mod lookalike;
mod mending;
mod numbering;
mod owner;
mod plan;
mod spelling;
mod tokens;

use std::ops::Range;

use model::{Field, Observed, PhoneOwner, PhoneSeen, Signal, Span};

use phonenumber::country::Id as Region;

use self::groups::{Group, GroupKind, Run, runs};
use self::owner::owners;
use self::plan::{Candidate, Plans};
use super::Detector;
use super::lexicon::Kind;
use super::reading::{Passage, Reading};

/// Digits of the shortest number that is looked for, without its country code.
const FEWEST_DIGITS: usize = 8;

/// Digits of the longest: 15 by E.164, and `00` before them.
const MOST_DIGITS: usize = 17;

/// Questions to the numbering plans for one passage; a listing that needs more holds no numbers
/// but rows of digits.
const VALIDATION_LIMIT: usize = 600;

/// Groups of one run that are looked at: a longer one is a table of figures.
const MOST_GROUPS: usize = 400;

/// Bytes before or behind a number in which it may be announced as reversed.
const ANNOUNCED_WITHIN_BYTES: usize = 48;

/// Digits that stand alone from which on letters between them are no digits: `0a6b1c2d…`.
const FEWEST_SINGLE: usize = 8;

/// Groups of a row of prices, and of one of days and months.
const FEWEST_PRICES: usize = 3;
const FEWEST_IN_DATES: usize = 4;

pub(super) const DETECTOR: Detector = Detector {
    name: "phone",
    about: "A phone number in E.164, however it is written; `obscured` where a program would miss \
            it, and whose it is when not the advertiser's: `site`, `help line` or `third party`. A \
            number counts when a numbering plan has it.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let mut plans = Plans::of(reading, VALIDATION_LIMIT);
    for passage in &reading.passages {
        plans.refill(VALIDATION_LIMIT);
        in_passage(passage, &mut plans, found);
    }
    in_fields(reading, &mut plans, found);
}

fn in_passage(passage: &Passage<'_>, plans: &mut Plans, found: &mut Vec<Signal>) {
    let mut numbers: Vec<Number> = Vec::new();
    for run in runs(passage) {
        if let Some(reason) = run.refused {
            if run.n_digits() >= FEWEST_DIGITS - 1 {
                let range = run.range();
                found.push(passage.refusal("phone", run.digits(), reason, range));
            }
            continue;
        }
        if run.n_digits() < FEWEST_DIGITS {
            continue;
        }
        let behind = numbers.last().map_or(0, |number| number.range.end);
        let here = numbers_in(passage, &run, behind, plans);
        if here.is_empty() && run.has_cue {
            let reason = "no number of a numbering plan that is expected here";
            found.push(passage.refusal("phone", run.digits(), reason, run.range()));
        }
        numbers.extend(here);
    }
    let places: Vec<Range<usize>> = numbers.iter().map(|number| number.range.clone()).collect();
    let owners = owners(passage, &places);
    for (number, owner) in numbers.into_iter().zip(owners) {
        found.push(signal(passage, number, owner));
    }
    for (phone, range) in links::in_markup(passage, plans) {
        let seen = PhoneSeen {
            phone,
            written_as: passage.original[range.clone()].to_owned(),
            obscured: false,
            owner: PhoneOwner::Advertiser,
        };
        found.push(Signal {
            observed: Observed::Phone(seen),
            span: Some(Span::new(passage.field, range.start, range.end)),
        });
    }
}

/// The site's own phone fields: each entry is a number or nothing.
fn in_fields(reading: &Reading<'_>, plans: &mut Plans, found: &mut Vec<Signal>) {
    let mut start = 0;
    for entry in &reading.version.phones {
        let passage = Passage::of(Field::Phones, entry);
        plans.refill(VALIDATION_LIMIT);
        let mut here = Vec::new();
        for mut run in runs(&passage) {
            run.has_cue = true;
            here.extend(numbers_in(&passage, &run, 0, plans));
        }
        for number in here {
            let mut signal = signal(&passage, number, PhoneOwner::Advertiser);
            if let Some(span) = &mut signal.span {
                let range = span.range();
                *span = Span::new(Field::Phones, start + range.start, start + range.end);
            }
            found.push(signal);
        }
        start += entry.len() + 1;
    }
}

/// All numbers in one run of groups; `behind` is where the number before it ended.
fn numbers_in(passage: &Passage<'_>, run: &Run, behind: usize, plans: &mut Plans) -> Vec<Number> {
    if is_price_row(&run.groups) || is_date_row(&run.groups) {
        return Vec::new();
    }
    let named = country::named(passage, &run.range(), behind);
    if is_announced_reversed(passage, run) {
        let turned = |turn: fn(&Group) -> Group| -> Vec<Group> {
            run.groups.iter().rev().map(turn).collect()
        };
        for groups in [turned(Group::reversed), turned(Group::behind)] {
            let numbers = split(&groups, run, named, plans);
            if let Some(mut number) = numbers.into_iter().next() {
                number.range = run.range();
                number.is_reversed = true;
                return vec![number];
            }
        }
    }
    let groups = &run.groups[..run.groups.len().min(MOST_GROUPS)];
    let numbers = split(groups, run, named, plans);
    if !groups
        .iter()
        .any(|group| group.kind == GroupKind::Lookalike)
    {
        return numbers;
    }
    let plain: Vec<Group> = groups
        .iter()
        .filter(|group| group.kind != GroupKind::Lookalike)
        .cloned()
        .collect();
    let is_spread = run.n_passed_over > 0
        || plain.iter().filter(|group| group.digits.len() == 1).count() >= FEWEST_SINGLE;
    if numbers.is_empty() || is_spread && !is_all(&numbers, groups) {
        let others = split(&plain, run, named, plans);
        if numbers.is_empty() || is_all(&others, &plain) {
            return others;
        }
    }
    numbers
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

struct Number {
    phone: model::Phone,
    range: Range<usize>,
    groups: Vec<Group>,
    is_reversed: bool,
}

/// Cuts a run into numbers: from each group on, the stretch that fits a numbering plan best.
fn split(groups: &[Group], run: &Run, named: Option<Region>, plans: &mut Plans) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < groups.len() && !plans.is_exhausted() {
        let Some((end, phone)) = best_from(groups, at, run, named, plans) else {
            at += 1;
            continue;
        };
        let here = groups[at..end].to_vec();
        let digits: String = here.iter().map(|group| group.digits.as_str()).collect();
        let range = range_of(&here);
        at = end;
        numbers.push(Number {
            phone,
            range,
            groups: here,
            is_reversed: false,
        });
        // `06-12345678 / 79`: a second number that differs in its last digits.
        if let Some(next) = groups.get(at)
            && next.follows_slash
            && next.digits.len() <= 3
            && !next.is_measured
            && groups.get(at + 1).is_none_or(|later| !later.is_joined)
        {
            let kept = digits.len() - next.digits.len();
            let other = Candidate {
                digits: format!("{}{}", &digits[..kept], next.digits),
                has_plus: numbers.last().is_some_and(|last| last.groups[0].has_plus),
                has_cue: run.has_cue,
                is_link: run.is_link,
                is_one_group: false,
                named,
            };
            if let Some((_, phone)) = plans.validate(&other) {
                let here = vec![next.clone()];
                numbers.push(Number {
                    phone,
                    range: range_of(&here),
                    groups: here,
                    is_reversed: false,
                });
                at += 1;
            }
        }
    }
    numbers
}

fn range_of(groups: &[Group]) -> Range<usize> {
    let start = groups.iter().map(|group| group.range.start).min();
    let end = groups.iter().map(|group| group.range.end).max();
    start.unwrap_or(0)..end.unwrap_or(0)
}

/// The best number that begins with this group, and the group after it.
fn best_from(
    groups: &[Group],
    first: usize,
    run: &Run,
    named: Option<Region>,
    plans: &mut Plans,
) -> Option<(usize, model::Phone)> {
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
    let mut best: Option<(u8, usize, model::Phone)> = None;
    for end in first + 1..=groups.len() {
        let group = &groups[end - 1];
        if end > first + 1 && group.has_plus {
            break;
        }
        candidate.digits.push_str(&group.digits);
        candidate.is_one_group = end == first + 1;
        if candidate.digits.len() > MOST_DIGITS {
            break;
        }
        if candidate.digits.len() >= FEWEST_DIGITS
            && let Some((rank, phone)) = plans.validate(&candidate)
        {
            // A number that would end in "23 years" is taken only when there is no other.
            let rank = rank + if is_measured(groups, end - 1) { 10 } else { 0 };
            // With equal rank the longer one wins: a plan that allows both is of varying length.
            if best.as_ref().is_none_or(|(known, _, _)| rank <= *known) {
                best = Some((rank, end, phone));
            }
        }
        if is_measured(groups, end - 1) {
            break;
        }
    }
    best.map(|(_, end, phone)| (end, phone))
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

/// Whether a program that looks for digits and the usual separators would have missed it.
fn is_obscured(passage: &Passage<'_>, number: &Number) -> bool {
    let written = passage.written(number.range.clone());
    let is_usual = |sign: char| {
        sign.is_ascii_digit()
            || matches!(
                sign,
                ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}'
                    ..='\u{2015}' | '.' | '/' | '(' | ')' | '+'
            )
    };
    let is_single = number.groups.len() >= FEWEST_DIGITS
        && number.groups.iter().all(|group| group.digits.len() == 1);
    number.is_reversed || is_single || !written.chars().all(is_usual)
}

fn signal(passage: &Passage<'_>, number: Number, owner: PhoneOwner) -> Signal {
    let obscured = is_obscured(passage, &number);
    let observed = Observed::Phone(PhoneSeen {
        phone: number.phone,
        written_as: passage.written(number.range.clone()).to_owned(),
        obscured,
        owner,
    });
    passage.signal(observed, number.range)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Bel 06-12340001, Utrecht", "phone=+31612340001 @4..15"),
        ("0031 (0)6 1234 0002", "phone=+31612340002 @0..19"),
        (
            "nul zes twaalf vierendertig nul nul nul drie",
            "phone=+31612340003 obscured @0..44",
        ),
        ("0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣0️⃣0️⃣0️⃣4️⃣", "phone=+31612340004 obscured @0..70"),
        ("06 12\n34 00 05", "phone=+31612340005 obscured @0..14"),
        ("06a12b34c00d06", "phone=+31612340006 obscured @0..14"),
        ("O6 l2 34 OO 07", "phone=+31612340007 obscured @0..14"),
        (
            "06-12340010 / 11",
            "phone=+31612340010 @0..11; phone=+31612340011 @14..16",
        ),
        (
            "achterstevoren: 8000432160",
            "phone=+31612340008 obscured @16..26",
        ),
        (
            "06 1234 0009 of +44 20 7946 0123",
            "phone=+31612340009 @0..12; phone=+442079460123 @16..32",
        ),
        ("wa.me/31612340012", "phone=+31612340012 @6..17"),
        (
            "Meldpunt: 06 1234 0013",
            "phone=+31612340013 help line @10..22",
        ),
        (
            "Pas op voor 06 1234 0014",
            "phone=+31612340014 third party @12..24",
        ),
        (
            "06-12-2026 10:30, KvK 12345678",
            "refused phone 12345678: chamber of commerce number @22..30",
        ),
        ("150 200 250 300 350", ""),
        ("06-61234567", ""),
    ]
}

#[cfg(test)]
mod tests;
