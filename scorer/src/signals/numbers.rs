//! Digits in running text, and the shapes that tell what they are: dates, clock times, prices,
//! coordinates, bank accounts. Phones and ages are looked for in what is left.

use std::ops::Range;

/// A run of digits in the folded text, or several that make one date or time together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Where in the folded text.
    pub(crate) range: Range<usize>,
    /// What it is, for people.
    pub(crate) reason: &'static str,
}

/// All runs of ASCII digits, in order.
pub(crate) fn digit_runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            runs.push(start..at);
        } else {
            at += 1;
        }
    }
    runs
}

/// The stretches whose form alone tells that they are neither a phone number nor an age.
pub(crate) fn shapes(text: &str, runs: &[Range<usize>]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let found = date(text, &runs[at..])
            .or_else(|| clock(text, &runs[at..]))
            .or_else(|| around_the_clock(text, &runs[at..]))
            .or_else(|| bank_account(text, &runs[at..]))
            .or_else(|| decimal(text, &runs[at..]))
            .or_else(|| money(text, &runs[at..]));
        if let Some((n_runs, reason)) = found {
            let range = runs[at].start..runs[at + n_runs - 1].end;
            shapes.push(Shape { range, reason });
            at += n_runs;
        } else {
            at += 1;
        }
    }
    shapes
}

/// The number that digits stand for; `None` beyond six digits.
pub(crate) fn value(digits: &str) -> Option<u32> {
    (digits.len() <= 6).then(|| digits.parse().ok()).flatten()
}

fn between<'t>(text: &'t str, runs: &[Range<usize>], first: usize) -> &'t str {
    match (runs.get(first), runs.get(first + 1)) {
        (Some(one), Some(next)) => &text[one.end..next.start],
        _ => "",
    }
}

fn number(text: &str, runs: &[Range<usize>], at: usize) -> Option<(usize, u32)> {
    let run = runs.get(at)?;
    Some((run.len(), value(&text[run.clone()])?))
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Whether digits go on directly behind one of these signs.
fn goes_on(text: &str, at: usize, signs: &[char]) -> bool {
    let mut rest = text[at..].chars();
    rest.next().is_some_and(|sign| signs.contains(&sign))
        && rest.next().is_some_and(|sign| sign.is_ascii_digit())
}

/// `3-12-2026`, `2026/12/03`, `3.12.26`: day and month in either order.
fn date(text: &str, runs: &[Range<usize>]) -> Option<(usize, &'static str)> {
    let separator = between(text, runs, 0);
    if !matches!(separator, "-" | "." | "/") || between(text, runs, 1) != separator {
        return None;
    }
    let (first_len, first) = number(text, runs, 0)?;
    let (middle_len, middle) = number(text, runs, 1)?;
    let (last_len, last) = number(text, runs, 2)?;
    let is_year = |len: usize, year: u32| len == 4 && (1900..2100).contains(&year);
    let is_day = |len: usize, day: u32| len <= 2 && (1..=31).contains(&day);
    let is_month = |len: usize, month: u32| len <= 2 && (1..=12).contains(&month);
    let day_month = is_day(first_len, first) && is_month(middle_len, middle)
        || is_month(first_len, first) && is_day(middle_len, middle);
    let is_date = day_month && is_year(last_len, last)
        || is_year(first_len, first) && is_month(middle_len, middle) && is_day(last_len, last)
        || day_month && last_len == 2 && separator != "-";
    let end = runs[2].end;
    let alone =
        !goes_on(text, end, &['-', '.', '/']) && !before(text, runs[0].start).is_some_and(is_joint);
    (is_date && alone).then_some((3, "date"))
}

const fn is_joint(sign: char) -> bool {
    matches!(sign, '-' | '.' | '/' | '+')
}

/// `10:30`, `22.00`, `06:12:34`, `18h30`.
fn clock(text: &str, runs: &[Range<usize>]) -> Option<(usize, &'static str)> {
    let separator = between(text, runs, 0);
    if !matches!(separator, ":" | "." | "h" | "u") {
        return None;
    }
    let (hour_len, hour) = number(text, runs, 0)?;
    let (minute_len, minute) = number(text, runs, 1)?;
    let is_time = hour_len <= 2 && hour <= 24 && minute_len == 2 && minute < 60;
    if !is_time || before(text, runs[0].start).is_some_and(|sign| matches!(sign, ':' | '.' | '/')) {
        return None;
    }
    let mut n_runs = 2;
    if separator == ":" && between(text, runs, 1) == ":" {
        let (len, second) = number(text, runs, 2)?;
        if len == 2 && second < 60 {
            n_runs = 3;
        }
    }
    let end = runs[n_runs - 1].end;
    (!goes_on(text, end, &[':', '.', '/', '-', '*']) || goes_on_with_a_time(text, runs, n_runs))
        .then_some((n_runs, "clock time"))
}

/// `10:00-22:00`
fn goes_on_with_a_time(text: &str, runs: &[Range<usize>], n_runs: usize) -> bool {
    between(text, runs, n_runs - 1) == "-" && between(text, runs, n_runs) == between(text, runs, 0)
}

/// `24/7`, `7/7`
fn around_the_clock(text: &str, runs: &[Range<usize>]) -> Option<(usize, &'static str)> {
    if !matches!(between(text, runs, 0), "/" | " / " | "-") {
        return None;
    }
    let pair = (number(text, runs, 0)?.1, number(text, runs, 1)?.1);
    let alone = !goes_on(text, runs[1].end, &['-', '.', '/', ' ', '*'])
        && !before(text, runs[0].start).is_some_and(is_joint);
    (alone && matches!(pair, (24, 7) | (7, 7) | (24, 24) | (0, 24))).then_some((2, "availability"))
}

/// `NL91 ABNA 0417 1643 00`: two letters, two check digits, then groups.
fn bank_account(text: &str, runs: &[Range<usize>]) -> Option<(usize, &'static str)> {
    let first = runs.first()?;
    let head = &text[..first.start];
    let letters = head.len()
        - head
            .trim_end_matches(|sign: char| sign.is_ascii_lowercase())
            .len();
    if first.len() != 2 || letters != 2 {
        return None;
    }
    let mut n_runs = 1;
    let mut n_digits = 0;
    while n_runs < runs.len() {
        let gap = between(text, runs, n_runs - 1);
        let is_inside = gap.len() <= 6
            && gap
                .chars()
                .all(|sign| sign == ' ' || sign.is_ascii_lowercase());
        if !is_inside || runs[n_runs].len() > 12 {
            break;
        }
        n_digits += runs[n_runs].len();
        n_runs += 1;
    }
    (n_digits >= 8).then_some((n_runs, "bank account"))
}

/// `52.0907374`, `1,70`: a coordinate or a measure. A leading zero is left to the phones.
fn decimal(text: &str, runs: &[Range<usize>]) -> Option<(usize, &'static str)> {
    let separator = between(text, runs, 0);
    if !matches!(separator, "." | ",") || text[runs[0].clone()].starts_with('0') {
        return None;
    }
    let (whole, part) = (runs[0].len(), runs[1].len());
    let alone = !goes_on(text, runs[1].end, &['.', ',', '-', '/', ' '])
        && !before(text, runs[0].start).is_some_and(is_joint);
    match (whole, part) {
        (1..=3, 4..) if separator == "." && !before(text, runs[0].start).is_some_and(is_joint) => {
            Some((2, "coordinate"))
        }
        (1, 2) if alone => Some((2, "size or measure")),
        (1..=4, 2) if separator == "," && alone => Some((2, "price")),
        _ => None,
    }
}

/// `€ 150`, `150,-`, `20%`.
fn money(text: &str, runs: &[Range<usize>]) -> Option<(usize, &'static str)> {
    let run = runs.first()?;
    let head = text[..run.start].trim_end_matches(' ');
    if head.ends_with(['€', '£', '$']) {
        return Some((1, "price"));
    }
    if run.len() > 5 {
        return None;
    }
    let rest = text[run.end..].trim_start_matches(' ');
    if rest.starts_with(['€', '£', '$']) || rest.starts_with(",-") {
        return Some((1, "price"));
    }
    if after(text, run.end).is_some() && rest.starts_with(['%', '°']) {
        return Some((1, "size or measure"));
    }
    None
}

#[cfg(test)]
mod tests {
    use model::Field;

    use super::super::reading::Passage;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let passage = Passage::of(Field::Text, text);
        let found: Vec<(&str, &str)> = passage
            .shapes()
            .iter()
            .map(|shape| (passage.written(shape.range.clone()), shape.reason))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn each_shape_and_its_near_miss() {
        check(
            "06-12-2026 10:30",
            &[("06-12-2026", "date"), ("10:30", "clock time")],
        );
        check(
            "2026-11-22 06:12:34",
            &[("2026-11-22", "date"), ("06:12:34", "clock time")],
        );
        check("10/12/82", &[("10/12/82", "date")]);
        check("06/12/34/56/78", &[]);
        check("06.12.34.56.78", &[]);
        check("06:12:34:56:78", &[]);
        check(
            "open 10:00-22:00",
            &[("10:00", "clock time"), ("22:00", "clock time")],
        );
        check("24/7 en 18/19", &[("24/7", "availability")]);
        check(
            "IBAN NL91 ABNA 0417 1643 00",
            &[("91 ABNA 0417 1643 00", "bank account")],
        );
        check(
            "52.0907374 5.1214201",
            &[("52.0907374", "coordinate"), ("5.1214201", "coordinate")],
        );
        check("06.12345678", &[]);
        check(
            "€ 150, 80,- of 20%",
            &[("150", "price"), ("80", "price"), ("20", "size or measure")],
        );
        check("1,70 m", &[("1,70", "size or measure")]);
    }
}
