//! Phone numbers, however they are written.
//!
//! Digits, digit words and look-alikes become tokens (`phones/tokens.rs`), slips of the pen are
//! mended, and tokens near each other are groups of one run (`phones/groups.rs`); a stretch of
//! groups is a number when some region's numbering plan has it (`phones/plan.rs`, the only place
//! that asks the plans, which `phones/numbering.rs` reads) and enough speaks for it
//! (`phones/evidence.rs`). What is shaped like a date, a price or a bank account never becomes a
//! group, and what follows "KvK", "order" or "ref" is refused with that reason
//! (`phones/labels.rs`). Whose a number is stands before and behind it (`phones/owner.rs`).
//!
//! Invariant: a passage costs at most `VALIDATION_LIMIT` questions to the numbering plans.

mod country;
mod cutting;
mod digit_words;
mod evidence;
mod groups;
mod labels;
mod links;
mod lookalike;
mod mending;
mod numbering;
mod owner;
mod plan;
pub(super) mod spelling;
mod tokens;

use std::ops::Range;

use model::{Field, Observed, PhoneOwner, PhoneSeen, Signal, Span};

use self::cutting::{Number, numbers_in};
use self::groups::{FEWEST_IN_RUN, Group, runs};
use self::owner::owners;
use self::plan::Plans;
use super::Detector;
use super::reading::{Passage, Reading};

/// Digits of the shortest number that is looked for, without its country code.
const FEWEST_DIGITS: usize = 8;

/// Questions to the numbering plans for one passage; a listing that needs more holds no numbers
/// but rows of digits.
const VALIDATION_LIMIT: usize = 600;

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

/// Whether a passage has so many digit words that another may be a misspelt one.
pub(super) fn may_be_misspelt(passage: &Passage<'_>) -> bool {
    spelling::spelled(passage).len() >= mending::FEWEST_WORDS
}

fn in_passage(passage: &Passage<'_>, plans: &mut Plans, found: &mut Vec<Signal>) {
    let mut numbers: Vec<Number> = Vec::new();
    for run in runs(passage) {
        if let Some(reason) = run.refused {
            if run.n_digits() >= FEWEST_IN_RUN {
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
        for (number, reason) in &here.refused {
            let digits: String = number
                .groups
                .iter()
                .map(|group| group.digits.as_str())
                .collect();
            found.push(passage.refusal("phone", digits, reason, number.range.clone()));
        }
        if here.numbers.is_empty() && run.has_cue {
            let reason = "no number of a numbering plan that is expected here";
            found.push(passage.refusal("phone", run.digits(), reason, run.range()));
        }
        numbers.extend(here.numbers);
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
            here.extend(numbers_in(&passage, &run, 0, plans).numbers);
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

fn range_of(groups: &[Group]) -> Range<usize> {
    let start = groups.iter().map(|group| group.range.start).min();
    let end = groups.iter().map(|group| group.range.end).max();
    start.unwrap_or(0)..end.unwrap_or(0)
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
    // `(06) 1234`, `+31 (0)6`: one pair of brackets is usual, more are not.
    let n_brackets = written.matches('(').count();
    number.is_explained || is_single || n_brackets > 1 || !written.chars().all(is_usual)
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
