//! Signs of the zodiac beside a year of birth: "Libra, October 2008. Amy", "Waterman uit 2009".
//!
//! Most of the words have other meanings, so only a month and small words may stand between sign and
//! year, and a name or the writer must follow.

use std::ops::Range;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::Passage;
use super::names::is_given_name;
use super::words::floor;

/// The note of signs among the cues for birth.
pub(super) const NOTE: &str = "zodiac";

/// Bytes behind the year in which somebody must be named.
const NAME_WITHIN_BYTES: usize = 60;

/// Words that may stand between a sign and the year, folded.
const OF: &[&str] = &[
    "van", "uit", "of", "from", "aus", "von", "de", "del", "din", "z", "ze", "от",
];

/// Whether a sign and the year behind it are those of a person.
pub(super) fn is_of_somebody(passage: &Passage<'_>, sign: &Hit, year: &Range<usize>) -> bool {
    is_date(passage, sign, year) && names_somebody(passage, year)
}

fn is_date(passage: &Passage<'_>, sign: &Hit, year: &Range<usize>) -> bool {
    let mut at = sign.end;
    passage.flat[sign.end..year.start].split(' ').all(|word| {
        let start = at;
        at += word.len() + 1;
        let is_month = passage
            .hits_in(start..start + word.len().max(1))
            .iter()
            .any(|hit| hit.kind == Kind::Month);
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let is_day = bare.len() <= 2 && bare.bytes().all(|sign| sign.is_ascii_digit());
        is_month || is_day || OF.contains(&bare)
    })
}

fn names_somebody(passage: &Passage<'_>, year: &Range<usize>) -> bool {
    let flat = passage.flat.as_str();
    let end = floor(flat, year.end + NAME_WITHIN_BYTES);
    flat[year.end..end]
        .split(|sign: char| !sign.is_alphanumeric())
        .any(is_given_name)
        || passage
            .hits_in(year.end..end)
            .iter()
            .any(|hit| matches!(hit.kind, Kind::Alias | Kind::I))
}
