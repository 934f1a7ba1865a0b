//! Number words and their values, as `cues/numbers.tsv` has them.

use crate::fold;

const NUMBERS: &str = include_str!("../cues/numbers.tsv");

/// Forms, folded, with their values and the code of their language.
pub(super) fn forms() -> impl Iterator<Item = (String, u8, &'static str)> {
    NUMBERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let language = columns.next()?;
            let value = columns.next()?.parse().ok()?;
            Some((language, value, columns.next()?))
        })
        .flat_map(|(language, value, forms)| {
            forms
                .split('/')
                .map(move |form| (fold(form).text().to_owned(), value, language))
        })
}
