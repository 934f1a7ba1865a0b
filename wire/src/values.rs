//! Single values in the notations that sites and spreadsheets use.

use serde_json::Value;

/// A site's name as the program writes it: `Markt-Plein.nl` is `markt-plein-nl`.
pub(crate) fn slug(written: &str) -> String {
    let lower = written.to_lowercase();
    let signs = lower.chars().map(|sign| {
        if sign.is_ascii_alphanumeric() {
            sign
        } else {
            '-'
        }
    });
    let joined: String = signs.collect();
    joined.trim_matches('-').to_owned()
}

/// A whole number, also one that some exports write as `18.0`.
pub(crate) fn whole(number: &serde_json::Number) -> Option<i64> {
    if let Some(whole) = number.as_i64() {
        return Some(whole);
    }
    let float = number.as_f64()?;
    // Beyond 10^6 nothing that a listing counts in whole numbers goes.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and far inside the range of an i64"
    )]
    (float.fract() == 0.0 && float.abs() < 1e6).then_some(float as i64)
}

/// A number, or a string that holds nothing else; `1.5` and, as spreadsheets of half of Europe
/// write it, `1,5`.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let read = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(written) => {
            let written = written.trim();
            let decimal_comma = written.matches(',').count() == 1
                && !written.contains('.')
                && written
                    .split(',')
                    .nth(1)
                    .is_some_and(|cents| cents.len() <= 2);
            if decimal_comma {
                written.replace(',', ".").parse().ok()
            } else {
                written.parse().ok()
            }
        }
        _ => None,
    };
    read.filter(|number: &f64| number.is_finite())
}

/// Yes or no, in the words that spreadsheets use.
pub(crate) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_i64() {
            Some(1) => Some(true),
            Some(0) => Some(false),
            _ => None,
        },
        Value::String(written) => match written.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" | "waar" | "ja" => Some(true),
            "false" | "no" | "0" | "onwaar" | "nee" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
