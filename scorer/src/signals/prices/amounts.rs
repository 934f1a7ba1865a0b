//! Amounts of money: a number beside a currency, two of them as a range, and bare numbers that a
//! duration beside them may make an amount.

use std::ops::Range;

use super::super::reading::Passage;

/// Signs and words of currencies, folded, and their ISO 4217 codes; none for what stands for the
/// usual currency of the country, such as roses.
const CURRENCIES: &[(&str, Option<&str>)] = &[
    ("€", Some("EUR")),
    ("euros", Some("EUR")),
    ("euro's", Some("EUR")),
    ("euro", Some("EUR")),
    ("eur", Some("EUR")),
    ("eu", Some("EUR")),
    ("evro", Some("EUR")),
    ("евро", Some("EUR")),
    ("£", Some("GBP")),
    ("gbp", Some("GBP")),
    ("pounds", Some("GBP")),
    ("pound", Some("GBP")),
    ("quid", Some("GBP")),
    ("$", Some("USD")),
    ("usd", Some("USD")),
    ("dollars", Some("USD")),
    ("lei", Some("RON")),
    ("ron", Some("RON")),
    ("ft", Some("HUF")),
    ("huf", Some("HUF")),
    ("forint", Some("HUF")),
    ("zl", Some("PLN")),
    ("pln", Some("PLN")),
    ("zlotych", Some("PLN")),
    ("лв", Some("BGN")),
    ("лева", Some("BGN")),
    ("lv", Some("BGN")),
    ("leva", Some("BGN")),
    ("chf", Some("CHF")),
    ("franken", Some("CHF")),
    ("🌹", None),
    ("roses", None),
    ("rozen", None),
    ("roosjes", None),
    ("rosen", None),
    ("rosas", None),
    ("trandafiri", None),
    ("rozsa", None),
    ("roz", None),
    ("рози", None),
];

/// The currency of `150,-` and of a listing whose country says nothing else.
pub(super) const DEFAULT_CURRENCY: &str = "EUR";

/// Words and signs between the two numbers of a range, folded.
const TO: &[&str] = &[
    "-", "--", "tot", "to", "a", "bis", "hasta", "do", "до", "pana la", "en", "and", "und", "et",
    "y", "si", "es", "i", "и", "/",
];

/// A second number of a range is at most so many times the first.
const RANGE_FACTOR: u32 = 5;

/// The least and the greatest bare number that can be an amount.
const BARE: std::ops::RangeInclusive<u32> = 20..=9_999;

/// An amount, or two as a range.
pub(super) struct Amount {
    /// With its currency.
    pub(super) range: Range<usize>,
    /// The numbers, each with its place.
    pub(super) values: Vec<(u32, Range<usize>)>,
    /// `None` for a bare number, which needs a duration beside it.
    pub(super) currency: Option<&'static str>,
}

/// All amounts of a passage, by place. `home` is the usual currency of the listing's country.
pub(super) fn amounts(passage: &Passage<'_>, home: &'static str) -> Vec<Amount> {
    let text = passage.flat.as_str();
    let mut found: Vec<Amount> = Vec::new();
    let runs = passage.digits();
    // Where the last amount with a currency ends: bare numbers behind it may begin a range.
    let mut taken_until = 0;
    for (at, run) in runs.iter().enumerate() {
        let free_from = found.last().map_or(0, |amount| amount.range.end);
        if run.start < free_from
            || run.len() > 6
            || text[..run.start].ends_with(['.', ',', ':', '+', '%'])
        {
            continue;
        }
        let next = runs.get(at + 1);
        let Some(mut amount) =
            with_currency(text, run, next, home, free_from).or_else(|| bare(passage, run))
        else {
            continue;
        };
        if amount.currency.is_some() {
            // "100-150 euro": the number before had no currency of its own.
            if let Some(first) = runs[..at]
                .last()
                .and_then(|first| range_start(text, first, &amount, taken_until))
            {
                while found
                    .last()
                    .is_some_and(|bare| bare.range.start >= first.1.start)
                {
                    found.pop();
                }
                amount.range.start = first.1.start;
                amount.values.insert(0, first);
            } else if let Some(last) = next.and_then(|last| range_end(text, &amount, last)) {
                amount.range.end = last.1.end;
                amount.values.push(last);
            }
            taken_until = amount.range.end;
        }
        found.push(amount);
    }
    found
}

fn with_currency(
    text: &str,
    run: &Range<usize>,
    next: Option<&Range<usize>>,
    home: &'static str,
    free_from: usize,
) -> Option<Amount> {
    let (value, end) = number(text, run, next)?;
    let rest = &text[end..];
    let before = text[..run.start].trim_end_matches([' ', ':']);
    let symbol = CURRENCIES.iter().find(|(written, _)| {
        (!written.is_ascii() || *written == "$" || written.len() >= 3)
            && before.ends_with(written)
            && !before[..before.len() - written.len()].ends_with(char::is_alphanumeric)
            && before.len() - written.len() >= free_from
    });
    let (range, currency) = if let Some((written, currency)) = symbol {
        (before.len() - written.len()..end, currency.unwrap_or(home))
    } else if let Some((len, currency)) = currency_behind(rest) {
        (run.start..end + len, currency.unwrap_or(home))
    } else if rest.starts_with(",-") || rest.starts_with(".-") {
        (run.start..end + 2, DEFAULT_CURRENCY)
    } else {
        return None;
    };
    // "20 ezer Ft", "20k Ft" are thousands; "2k" of anything else is not read.
    Some(Amount {
        values: vec![(value, run.start..end)],
        range,
        currency: Some(currency),
    })
}

/// The number that begins with a run of digits, with its thousands and without its cents, and where
/// it ends.
fn number(text: &str, run: &Range<usize>, next: Option<&Range<usize>>) -> Option<(u32, usize)> {
    let whole = &text[run.clone()];
    let value: u32 = whole.parse().ok()?;
    let rest = &text[run.end..];
    if let Some(next) = next.filter(|next| next.start == run.end + 1) {
        let is_part = matches!(rest.as_bytes().first(), Some(b'.' | b','));
        let ends = !text[next.end..].starts_with(|sign: char| sign.is_ascii_digit());
        if is_part && next.len() == 2 && ends {
            return Some((value, next.end));
        }
        let is_thousands = next.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
        if is_thousands
            && (is_part || rest.starts_with(' ') && currency_behind(&text[next.end..]).is_some())
        {
            let thousands: u32 = text[next.clone()].parse().ok()?;
            return Some((value.checked_mul(1000)?.checked_add(thousands)?, next.end));
        }
    }
    for word in [" ezer", "ezer", "k", "e"] {
        if let Some(behind) = rest.strip_prefix(word)
            && currency_behind(behind).is_some_and(|(_, currency)| currency == Some("HUF"))
        {
            return Some((value.checked_mul(1000)?, run.end + word.len()));
        }
    }
    Some((value, run.end))
}

fn currency_behind(rest: &str) -> Option<(usize, Option<&'static str>)> {
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

/// A number without a currency, when nothing else claims it: no date, time, measure or ordinal.
fn bare(passage: &Passage<'_>, run: &Range<usize>) -> Option<Amount> {
    let text = passage.flat.as_str();
    let value: u32 = text[run.clone()].parse().ok()?;
    let is_free = passage.shape_at(run).is_none()
        && (2..=4).contains(&run.len())
        && !text[run.clone()].starts_with('0')
        && BARE.contains(&value)
        && !text[..run.start].ends_with(|sign: char| {
            sign.is_alphanumeric() || matches!(sign, '-' | '/' | '.' | '#' | '@' | '_')
        })
        && !text[run.end..].starts_with(['.', '+', '%', '°', '_', '@']);
    is_free.then(|| Amount {
        range: run.clone(),
        values: vec![(value, run.clone())],
        currency: None,
    })
}

/// "100 -" before "150 euro".
fn range_start(
    text: &str,
    first: &Range<usize>,
    amount: &Amount,
    free_from: usize,
) -> Option<(u32, Range<usize>)> {
    let (last, place) = amount.values.first()?;
    let gap = text.get(first.end..amount.range.start.min(place.start))?;
    let value: u32 = text[first.clone()]
        .parse()
        .ok()
        .filter(|_| first.len() <= 6)?;
    let is_range = first.start >= free_from
        && TO.contains(&gap.trim())
        && value < *last
        && value.saturating_mul(RANGE_FACTOR) >= *last
        && !text[..first.start].ends_with(['.', ',', ':', '+', '-', '/']);
    is_range.then(|| (value, first.clone()))
}

/// "- 150" behind "€100".
fn range_end(text: &str, amount: &Amount, last: &Range<usize>) -> Option<(u32, Range<usize>)> {
    let (first, place) = amount.values.first()?;
    let gap = text.get(place.end..last.start)?;
    let value: u32 = text[last.clone()]
        .parse()
        .ok()
        .filter(|_| last.len() <= 6)?;
    let is_range = matches!(
        gap.trim(),
        "-" | "tot" | "to" | "bis" | "a" | "hasta" | "do" | "до"
    ) && value > *first
        && first.saturating_mul(RANGE_FACTOR) >= value
        && !text[last.end..].starts_with(['.', ':', '/', '-', '%']);
    is_range.then(|| (value, last.clone()))
}
