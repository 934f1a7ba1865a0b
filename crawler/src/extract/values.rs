//! Reads single values: dates, amounts, currencies, contacts.

use std::collections::BTreeSet;

use jiff::fmt::strtime::BrokenDownTime;
use model::Timestamp;

use super::VALUES_LIMIT;
use crate::profile::Dates;

/// A moment, in RFC 3339 or one of the profile's formats. A date without a time is its midnight,
/// a time without a zone is of the profile's zone.
pub(super) fn date(written: &str, dates: &Dates) -> Option<Timestamp> {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if written.len() > 10
        && let Ok(moment) = written.parse::<Timestamp>()
    {
        return Some(moment);
    }
    let numbered = with_month_numbers(&written, &dates.months);
    for format in &dates.formats {
        let Ok(read) = BrokenDownTime::parse(format, &numbered) else {
            continue;
        };
        if let Ok(moment) = read.to_timestamp() {
            return Some(Timestamp::from_ms(moment.as_millisecond()));
        }
        let civil = read
            .to_datetime()
            .or_else(|_| read.to_date().map(Into::into));
        if let Some(moment) = civil
            .ok()
            .and_then(|civil| dates.zone.to_timestamp(civil).ok())
        {
            return Some(Timestamp::from_ms(moment.as_millisecond()));
        }
    }
    let civil: jiff::civil::DateTime = written.parse().ok()?;
    let moment = dates.zone.to_timestamp(civil).ok()?;
    Some(Timestamp::from_ms(moment.as_millisecond()))
}

fn with_month_numbers(written: &str, months: &[String]) -> String {
    let words = written.split(' ').map(|word| {
        let bare = word
            .trim_matches(|sign: char| !sign.is_alphanumeric())
            .to_lowercase();
        let number = months
            .iter()
            .position(|month| !bare.is_empty() && *month == bare);
        number.map_or_else(|| word.to_owned(), |at| (at + 1).to_string())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The first amount: `€ 1.250,-`, `120.50 EUR`, `vanaf 80`.
pub(super) fn amount(written: &str) -> Option<f64> {
    let start = written.find(|sign: char| sign.is_ascii_digit())?;
    let length = written[start..]
        .find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '.' | ',' | '\''))
        .unwrap_or(written.len() - start);
    let number = written[start..start + length].trim_end_matches(['.', ',', '\'']);
    // The last separator opens decimals when one or two digits follow it; all others group.
    let decimals = number
        .rfind(['.', ','])
        .filter(|at| (1..=2).contains(&(number.len() - at - 1)));
    let (whole, fraction) = match decimals {
        Some(at) => (&number[..at], &number[at + 1..]),
        None => (number, ""),
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    format!("{digits}.{fraction}0").parse().ok()
}

/// ISO 4217, from a code or the usual signs of the currencies around.
pub(super) fn currency(written: &str) -> Option<String> {
    const SIGNS: [(&str, &str); 8] = [
        ("€", "EUR"),
        ("£", "GBP"),
        ("$", "USD"),
        ("zł", "PLN"),
        ("lei", "RON"),
        ("Ft", "HUF"),
        ("Kč", "CZK"),
        ("лв", "BGN"),
    ];
    let code = written
        .split(|sign: char| !sign.is_ascii_alphabetic())
        .find(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    if let Some(code) = code {
        return Some(code.to_owned());
    }
    SIGNS
        .iter()
        .find(|(sign, _)| written.contains(sign))
        .map(|(_, code)| (*code).to_owned())
}

/// Whether a badge says yes: its being there does, unless its text says no.
pub(super) fn is_yes(said: &str) -> bool {
    !matches!(
        said.trim().to_lowercase().as_str(),
        "no" | "nee" | "nein" | "nu" | "nem" | "false" | "0" | "unverified"
    )
}

/// Contacts without the scheme of their link and what follows the address.
pub(super) fn contacts(written: Vec<String>, scheme: &str) -> Vec<String> {
    let mut bare = Vec::new();
    for value in written {
        let is_link = value
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        if !is_link {
            bare.push(value);
            continue;
        }
        let address = value[scheme.len()..]
            .split(['?', ';'])
            .next()
            .unwrap_or_default();
        bare.push(unescaped(address).trim().to_owned());
    }
    distinct(bare)
}

fn unescaped(written: &str) -> String {
    // A form-encoded value without `+`, which stands for itself in a phone number.
    let protected = written.replace('+', "%2B");
    url::form_urlencoded::parse(format!("v={}", protected.replace('&', "%26")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// Each value once, in order, at most as many as a list field holds.
pub(super) fn distinct(values: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values
        .into_iter()
        .filter(|value| !value.is_empty() && seen.insert(value.clone()))
        .take(VALUES_LIMIT)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dutch() -> Dates {
        Dates {
            formats: vec!["%d-%m-%Y %H:%M".into(), "%d-%m-%Y".into(), "%d %m %Y".into()],
            zone: jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap(),
            months: "januari februari maart april mei juni juli augustus september oktober november december"
                .split(' ')
                .map(str::to_owned)
                .collect(),
        }
    }

    #[track_caller]
    fn check_date(written: &str, expected: &str) {
        let read = date(written, &dutch());
        assert_eq!(
            read.map_or("none".to_owned(), |at| at.to_string()),
            expected
        );
    }

    #[test]
    fn dates() {
        check_date("2026-03-03T09:30:00+01:00", "2026-03-03T08:30:00Z");
        check_date("03-03-2026 09:30", "2026-03-03T08:30:00Z");
        check_date("03-07-2026 09:30", "2026-07-03T07:30:00Z");
        check_date("3 Maart 2026", "2026-03-02T23:00:00Z");
        check_date(" 03-03-2026\n", "2026-03-02T23:00:00Z");
        check_date("2026-03-03", "2026-03-02T23:00:00Z");
        check_date("gisteren", "none");
        check_date("31-02-2026", "none");
    }

    #[test]
    fn amounts() {
        for (written, expected) in [
            ("€ 120,-", Some(120.0)),
            ("1.250,50", Some(1250.5)),
            ("$1,250", Some(1250.0)),
            ("vanaf 80 euro", Some(80.0)),
            ("12.5", Some(12.5)),
            ("op aanvraag", None),
        ] {
            assert_eq!(amount(written), expected, "{written}");
        }
        assert_eq!(currency("€ 120"), Some("EUR".into()));
        assert_eq!(currency("120 RON"), Some("RON".into()));
        assert_eq!(currency("120"), None);
    }

    #[test]
    fn links_become_contacts() {
        let found = contacts(
            vec!["tel:+31%206%201234%205678".into(), "06 1234 5678".into()],
            "tel:",
        );
        assert_eq!(found, ["+31 6 1234 5678", "06 1234 5678"]);
        let found = contacts(vec!["mailto:a@b.example?subject=x".into()], "mailto:");
        assert_eq!(found, ["a@b.example"]);
    }
}
