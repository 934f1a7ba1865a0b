//! Prices: an amount beside a currency.

use model::{Field, Observed, Signal, Span};

use super::Detector;
use super::claims::Claims;
use super::reading::{Passage, Reading};

/// Signs and words of currencies, folded, and their ISO 4217 codes.
const CURRENCIES: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eur", "EUR"),
    ("eu", "EUR"),
    ("евро", "EUR"),
    ("£", "GBP"),
    ("gbp", "GBP"),
    ("pounds", "GBP"),
    ("pound", "GBP"),
    ("quid", "GBP"),
    ("$", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("lei", "RON"),
    ("ron", "RON"),
    ("ft", "HUF"),
    ("huf", "HUF"),
    ("forint", "HUF"),
    ("zl", "PLN"),
    ("pln", "PLN"),
    ("zlotych", "PLN"),
    ("лв", "BGN"),
    ("лева", "BGN"),
    ("lv", "BGN"),
    ("leva", "BGN"),
    ("chf", "CHF"),
    ("franken", "CHF"),
];

/// The currency of `150,-` and of a field without one.
const DEFAULT_CURRENCY: &str = "EUR";

pub(super) const DETECTOR: Detector = Detector {
    name: "price",
    about: "An amount in whole units with its currency (ISO 4217); `EUR` where only the form tells \
            that it is a price.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if let Some(price) = &reading.version.price
        && price.amount.is_finite()
        && (0.0..1e9).contains(&price.amount)
    {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be within 0 and 1e9"
        )]
        let amount = price.amount as u32;
        let currency = price
            .currency
            .clone()
            .unwrap_or_else(|| DEFAULT_CURRENCY.to_owned());
        let span = Some(Span::new(Field::Price, 0, 0));
        found.push(Signal {
            observed: Observed::Price { amount, currency },
            span,
        });
    }
    for passage in &reading.passages {
        in_passage(passage, found);
    }
}

fn in_passage(passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let text = passage.flat.as_str();
    let phones = Claims::of(passage.field, found, |observed| {
        matches!(observed, Observed::Phone(_))
    });
    let mut free_from = 0;
    for run in passage.digits().iter().cloned() {
        if run.start < free_from
            || run.len() > 6
            || text[..run.start].ends_with(['.', ',', ':', '+'])
        {
            continue;
        }
        let whole = &text[run.clone()];
        let rest = &text[run.end..];
        let n_cents = cents(rest);
        let end = run.end + n_cents;
        let rest = &text[end..];
        let before = text[..run.start].trim_end_matches([' ', ':']);
        let symbol = CURRENCIES.iter().find(|(written, _)| {
            (!written.is_ascii() || *written == "$" || written.len() >= 3)
                && before.ends_with(written)
                && !before[..before.len() - written.len()].ends_with(char::is_alphanumeric)
        });
        let (range, currency) = if let Some((written, currency)) = symbol {
            (before.len() - written.len()..end, *currency)
        } else if let Some((len, currency)) = currency_behind(rest) {
            (run.start..end + len, currency)
        } else if rest.starts_with(",-") || rest.starts_with(",--") || rest.starts_with(".-") {
            (run.start..end + 2, DEFAULT_CURRENCY)
        } else {
            continue;
        };
        let thousands = if n_cents == 4 {
            &text[run.end + 1..end]
        } else {
            ""
        };
        let Ok(amount) = format!("{whole}{thousands}").parse() else {
            continue;
        };
        free_from = range.end;
        if !phones.overlap(passage.span(range.clone())) {
            let currency = currency.to_owned();
            found.push(passage.signal(Observed::Price { amount, currency }, range));
        }
    }
}

/// Bytes of cents or thousands behind the whole amount: `,50` is three, `.000` four.
fn cents(rest: &str) -> usize {
    let digits = rest.strip_prefix(['.', ',']).map_or(0, |rest| {
        rest.bytes().take_while(u8::is_ascii_digit).count()
    });
    match digits {
        2 => 3,
        3 => 4,
        _ => 0,
    }
}

fn currency_behind(rest: &str) -> Option<(usize, &'static str)> {
    let trimmed = rest.trim_start_matches(' ');
    let space = rest.len() - trimmed.len();
    if space > 1 {
        return None;
    }
    CURRENCIES.iter().find_map(|(written, currency)| {
        let behind = trimmed.strip_prefix(written)?;
        let ends =
            !behind.starts_with(char::is_alphanumeric) || !written.ends_with(char::is_alphabetic);
        ends.then_some((space + written.len(), *currency))
    })
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("150 euro per uur", "price=150 EUR @0..8"),
        ("€ 80,50 of £90", "price=80 EUR @0..9; price=90 GBP @13..17"),
        ("1.250,- totaal", "price=1250 EUR @0..7"),
        (
            "200 lei, 15000 Ft",
            "price=200 RON @0..7; price=15000 HUF @9..17",
        ),
        ("23 jaar, 06 1234 0001", ""),
    ]
}
