//! Prices and what they are for: "150 euro per uur", "30 min 80", a table of several lines.
//!
//! An amount beside a duration belongs to it: to the one before it on its line, when no amount has
//! taken that yet, else to the one behind. A bare number is an amount only there.

mod amounts;
mod durations;
mod others;

use std::ops::Range;

use model::{Field, Observed, Per, Signal, Span};

use self::amounts::{Amount, DEFAULT_CURRENCY, amounts};
use self::durations::durations;
pub(super) use self::durations::words_of_time;
use super::Detector;
use super::claims::Claims;
use super::reading::{Passage, Reading};

/// Bytes between an amount and its duration.
const GAP_BYTES: usize = 18;

/// The least number behind a duration that is an amount without any other sign of one.
const LEAST_ROUND: u32 = 40;

/// Words that may stand between them, folded.
const BETWEEN: &[&str] = &[
    "per",
    "p",
    "a",
    "voor",
    "for",
    "fur",
    "pour",
    "por",
    "par",
    "pro",
    "la",
    "pe",
    "na",
    "za",
    "на",
    "за",
    "is",
    "kost",
    "kosten",
    "cost",
    "costs",
    "kostet",
    "coute",
    "cuesta",
    "costa",
    "kosztuje",
    "струва",
    "vanaf",
    "from",
    "ab",
    "des",
    "desde",
    "od",
    "от",
    "de",
    "each",
    "een",
    "one",
    "eine",
    "l",
    "d",
    "une",
    "una",
    "un",
    "o",
    "egy",
    "the",
    "an",
    "die",
    "l",
    "d",
    "hele",
    "heel",
    "whole",
    "full",
    "ganze",
    "toute",
    "toda",
    "toata",
    "egesz",
    "cala",
    "цяла",
    "het",
    "ist",
    "it",
    "s",
    "szor",
    "1",
];

/// Words among them that tie a bare number to a duration.
const TYING: &[&str] = &[
    "per", "p", "voor", "for", "fur", "pour", "por", "par", "pro", "pe", "na", "za", "на", "за",
    "is", "kost", "each", "a", "la", "par",
];

pub(super) const DETECTOR: Detector = Detector {
    name: "price",
    about: "An amount in whole units with its currency (ISO 4217), `EUR` where only the form tells \
            that it is a price, and what it is for where the listing says so: minutes, a night, a \
            day, a weekend, a week, a month or a visit.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let home = home_currency(reading.version.country.as_deref());
    found.extend(field(reading, home));
    for passage in &reading.passages {
        in_passage(passage, home, found);
    }
}

/// The site's own field.
fn field(reading: &Reading<'_>, home: &str) -> Option<Signal> {
    let price = reading.version.price.as_ref()?;
    if !price.amount.is_finite() || !(0.0..1e9).contains(&price.amount) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within 0 and 1e9"
    )]
    let amount = price.amount as u32;
    let per = price.per.as_deref().and_then(|per| {
        let passage = Passage::of(Field::Price, per);
        durations(&passage).first().map(|(_, per)| *per)
    });
    Some(Signal {
        observed: Observed::Price {
            amount,
            currency: price.currency.clone().unwrap_or_else(|| home.to_owned()),
            per,
        },
        span: Some(Span::new(Field::Price, 0, 0)),
    })
}

/// The usual currency of a country. Bulgaria has had the euro since 1 January 2026.
fn home_currency(country: Option<&str>) -> &'static str {
    match country {
        Some("GB") => "GBP",
        Some("RO") => "RON",
        Some("HU") => "HUF",
        Some("PL") => "PLN",
        Some("CH") => "CHF",
        Some("US") => "USD",
        _ => DEFAULT_CURRENCY,
    }
}

fn in_passage(passage: &Passage<'_>, home: &'static str, found: &mut Vec<Signal>) {
    let claimed = Claims::of(passage.field, found, |observed| {
        matches!(
            observed,
            Observed::Phone(_) | Observed::Url(_) | Observed::Email(_) | Observed::Handle { .. }
        )
    });
    let durations = durations(passage);
    let mut amounts = amounts(passage, home);
    amounts.retain(|amount| {
        let first = durations.partition_point(|(range, _)| range.end <= amount.range.start);
        let is_duration = amount.currency.is_none()
            && durations
                .get(first)
                .is_some_and(|(range, _)| range.start < amount.range.end);
        !is_duration && !claimed.overlap(passage.span(amount.range.clone()))
    });
    let ties = ties(passage, &durations, &amounts);
    let has_currency = amounts.iter().any(|amount| amount.currency.is_some());
    let n_tied = ties.iter().flatten().count();
    for (amount, tie) in amounts.iter().zip(&ties) {
        let is_amount = match (amount.currency, tie) {
            (Some(_), _) => true,
            (None, Some(tie)) => {
                tie.is_strong || has_currency || n_tied > 1 || is_round(passage, amount)
            }
            (None, None) => false,
        };
        if !is_amount {
            continue;
        }
        let per = tie.as_ref().map(|tie| tie.per);
        for (at, (value, place)) in amount.values.iter().enumerate() {
            let range = span_of(amount, at, place);
            let signal = match others::other(passage, &amount.range) {
                Some(reason) => {
                    passage.refusal("price", &passage.flat[range.clone()], reason, range)
                }
                None => {
                    let observed = Observed::Price {
                        amount: *value,
                        currency: amount.currency.unwrap_or(home).to_owned(),
                        per,
                    };
                    passage.signal(observed, range)
                }
            };
            found.push(signal);
        }
    }
}

/// "1h 150": a round number that ends its clause.
fn is_round(passage: &Passage<'_>, amount: &Amount) -> bool {
    amount
        .values
        .iter()
        .all(|(value, _)| *value >= LEAST_ROUND && value.is_multiple_of(5))
        && passage.ends_clause(amount.range.end)
        && passage.flat[..amount.range.start].ends_with(' ')
}

/// A single amount is shown with its currency; of a range, each end with what is beside it.
fn span_of(amount: &Amount, at: usize, place: &Range<usize>) -> Range<usize> {
    let last = amount.values.len() - 1;
    let start = if at == 0 {
        amount.range.start
    } else {
        place.start
    };
    let end = if at == last {
        amount.range.end
    } else {
        place.end
    };
    start..end
}

/// What an amount is for, and whether signs or words say so.
struct Tie {
    per: Per,
    is_strong: bool,
}

/// For each amount, its duration.
fn ties(
    passage: &Passage<'_>,
    durations: &[(Range<usize>, Per)],
    amounts: &[Amount],
) -> Vec<Option<Tie>> {
    let mut taken = vec![false; durations.len()];
    amounts
        .iter()
        .map(|amount| {
            let after = durations.partition_point(|(range, _)| range.start < amount.range.end);
            let before = after
                .checked_sub(1)
                .filter(|&at| !taken[at] && durations[at].0.end <= amount.range.start);
            let tied = before
                .and_then(|at| Some((at, gap(passage, durations[at].0.end..amount.range.start)?)))
                .or_else(|| {
                    let (range, _) = durations.get(after)?;
                    Some((after, gap(passage, amount.range.end..range.start)?))
                })?;
            taken[tied.0] = true;
            Some(Tie {
                per: durations[tied.0].1,
                is_strong: tied.1,
            })
        })
        .collect()
}

/// Whether an amount and a duration may belong together with this between them: `Some(true)` when
/// it says so, `None` when not.
fn gap(passage: &Passage<'_>, range: Range<usize>) -> Option<bool> {
    let gap = passage.text().get(range)?;
    if gap.len() > GAP_BYTES || gap.contains(['\n', ';', '!', '?', '|', '•', '+']) {
        return None;
    }
    let mut is_strong = gap.contains(['/', ':', '=', '>']) || gap.trim() == "-";
    for word in gap
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !BETWEEN.contains(&word) {
            return None;
        }
        is_strong |= TYING.contains(&word);
    }
    Some(is_strong)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("150 euro per uur", "price=150 EUR/60 min @0..8"),
        ("€ 80,50 of £90", "price=80 EUR @0..9; price=90 GBP @13..17"),
        ("1.250,- totaal", "price=1250 EUR @0..7"),
        (
            "200 lei, 15000 Ft",
            "price=200 RON @0..7; price=15000 HUF @9..17",
        ),
        ("23 jaar, 06 1234 0001", ""),
        (
            "30 min 80, 60 min 120 euro",
            "price=80 EUR/30 min @7..9; price=120 EUR/60 min @18..26",
        ),
        ("uur: 150", "price=150 EUR/60 min @5..8"),
        ("100-150 euro", "price=100 EUR @0..3; price=150 EUR @4..12"),
        ("5 euro korting", "refused price 5 euro: discount @0..6"),
        ("150 reviews", ""),
    ]
}
