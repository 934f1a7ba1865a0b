//! Phone numbers, however they are written.
//!
//! Digits, digit words and look-alikes are read into groups (`phones/groups.rs`); a stretch of
//! groups is a number when some region's numbering plan has it (`phones/plan.rs`, the only place
//! that asks the plans, which `phones/numbering.rs` reads). What is shaped like a date, a price or a bank account never
//! becomes a group, and what follows "KvK", "order" or "ref" is refused with that reason.
//!
//! Invariant: a passage costs at most `VALIDATION_LIMIT` questions to the numbering plans.

mod groups;
mod lookalike;
mod mending;
mod numbering;
mod plan;
mod spelling;

use std::ops::Range;

use model::{Field, Observed, PhoneOwner, PhoneSeen, Signal};

use self::groups::{Group, GroupKind, Run, runs};
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

/// Bytes before a number in which it may be said whose it is.
const OWNER_WITHIN_BYTES: usize = 70;

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
        let numbers = numbers_in(passage, &run, plans);
        if numbers.is_empty() && run.has_cue {
            let reason = "no number of a numbering plan that is expected here";
            found.push(passage.refusal("phone", run.digits(), reason, run.range()));
        }
        found.extend(numbers);
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
            here.extend(numbers_in(&passage, &run, plans));
        }
        for mut signal in here {
            if let Some(span) = &mut signal.span {
                let range = span.range();
                *span = model::Span::new(Field::Phones, start + range.start, start + range.end);
            }
            found.push(signal);
        }
        start += entry.len() + 1;
    }
}

/// All numbers in one run of groups.
fn numbers_in(passage: &Passage<'_>, run: &Run, plans: &mut Plans) -> Vec<Signal> {
    if is_announced_reversed(passage, run) {
        let groups: Vec<Group> = run.groups.iter().rev().map(Group::reversed).collect();
        let numbers = split(&groups, run, plans);
        if let Some(number) = numbers.into_iter().next() {
            return vec![signal(passage, &number, run.range(), true)];
        }
    }
    let mut numbers = split(&run.groups[..run.groups.len().min(MOST_GROUPS)], run, plans);
    if numbers.is_empty()
        && run
            .groups
            .iter()
            .any(|group| group.kind == GroupKind::Lookalike)
    {
        let plain: Vec<Group> = run
            .groups
            .iter()
            .filter(|group| group.kind != GroupKind::Lookalike)
            .cloned()
            .collect();
        numbers = split(&plain, run, plans);
    }
    let mut signals = Vec::new();
    for number in &numbers {
        let range = number.range.clone();
        let obscured = is_obscured(passage, &number.groups, range.clone());
        signals.push(signal(passage, number, range, obscured));
    }
    signals
}

struct Number {
    phone: model::Phone,
    range: Range<usize>,
    groups: Vec<Group>,
}

/// Cuts a run into numbers: from each group on, the stretch that fits a numbering plan best.
fn split(groups: &[Group], run: &Run, plans: &mut Plans) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < groups.len() && !plans.is_exhausted() {
        let Some((end, phone)) = best_from(groups, at, run, plans) else {
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
            };
            if let Some((_, phone)) = plans.validate(&other) {
                let here = vec![next.clone()];
                numbers.push(Number {
                    phone,
                    range: range_of(&here),
                    groups: here,
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
    plans: &mut Plans,
) -> Option<(usize, model::Phone)> {
    let mut candidate = Candidate {
        digits: String::new(),
        has_plus: groups[first].has_plus,
        has_cue: run.has_cue && first == 0,
        is_link: run.is_link && first == 0,
        is_one_group: true,
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
            let rank = rank + if group.is_measured { 10 } else { 0 };
            // With equal rank the longer one wins: a plan that allows both is of varying length.
            if best.as_ref().is_none_or(|(known, _, _)| rank <= *known) {
                best = Some((rank, end, phone));
            }
        }
        if group.is_measured {
            break;
        }
    }
    best.map(|(_, end, phone)| (end, phone))
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
fn is_obscured(passage: &Passage<'_>, groups: &[Group], range: Range<usize>) -> bool {
    let written = passage.written(range);
    let unusual = written.chars().any(|sign| {
        !(sign.is_ascii_digit()
            || matches!(sign, ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')' | '+'))
    });
    let single =
        groups.len() >= FEWEST_DIGITS && groups.iter().all(|group| group.digits.len() == 1);
    unusual || single
}

fn signal(passage: &Passage<'_>, number: &Number, range: Range<usize>, obscured: bool) -> Signal {
    let observed = Observed::Phone(PhoneSeen {
        phone: number.phone.clone(),
        written_as: passage.written(range.clone()).to_owned(),
        obscured,
        owner: owner(passage, range.clone()),
    });
    passage.signal(observed, range)
}

/// Whose number it is, by what the sentence says before it: the last word about it counts.
fn owner(passage: &Passage<'_>, range: Range<usize>) -> PhoneOwner {
    let sentence = passage.sentence(range.clone());
    let from = sentence
        .start
        .max(range.start.saturating_sub(OWNER_WITHIN_BYTES));
    passage
        .hits_in(from..range.start)
        .iter()
        .rev()
        .find_map(|hit| match hit.kind {
            Kind::OwnerHelp => Some(PhoneOwner::HelpLine),
            Kind::OwnerSite => Some(PhoneOwner::Site),
            Kind::OwnerThird => Some(PhoneOwner::ThirdParty),
            _ => None,
        })
        .unwrap_or(PhoneOwner::Advertiser)
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
