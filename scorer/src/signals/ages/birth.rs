//! Ages that follow from a year or date of birth, against the date of the listing.
//!
//! A date is written in the order of its language: day, month, year or year, month, day, the month
//! in digits or by name. The cue stands before it ("born in") or, with the note "before", behind it
//! (Hungarian "2009-ben születtem"). A year of two digits counts behind cues with the note "year"
//! only ("rocznik 89"), with the note "opening" where they begin what is said ("del 87").

use std::ops::Range;

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::{Hit, Kind};
use super::super::numbers::digit_runs;
use super::super::reading::{Passage, Reading};
use super::PLAUSIBLE_YEARS;
use super::names::is_given_name;
use super::subject::{Clause, Owner};
use super::words::floor;
use super::zodiac;

/// Bytes from the cue in which the year may stand: a day and a month come first.
const YEAR_WITHIN_BYTES: usize = 30;

/// Bytes behind the year in which its month may stand: "in 2008 in August".
const MONTH_WITHIN_BYTES: usize = 6;

/// Bytes of an ending between a year and the cue behind it: "92-es".
const SUFFIX_BYTES: usize = 4;

/// Bytes behind a jest ("bouwjaar 1985") in which the name must stand that makes it one.
const NAME_WITHIN_BYTES: usize = 60;

/// Letters of the shortest word for "since" that is not a preposition of dates too.
const SINCE_LETTERS: usize = 4;

/// The note of words that are said of cars, and in jest of oneself.
const JEST: &str = "jest";

/// From here on a jest may stand further from the name.
const ADULT: u8 = 18;

/// Years of birth that are taken for one.
const YEARS: Range<u32> = 1930..2100;

/// Two digits up to this are a year of this century.
const LAST_SHORT_YEAR: u32 = 20;

/// A year of birth and what else is said of the day.
struct Birth {
    year: i32,
    /// Where the year stands.
    range: Range<usize>,
    month: Option<u32>,
    day: Option<u32>,
}

/// A year or date of birth, against the date of the listing.
pub(super) fn from_birth(reading: &Reading<'_>, passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let mut free_from = 0;
    let mut stated: Vec<(About, u8)> = Vec::new();
    if passage.holds(Kind::Born) {
        stated.extend(found.iter().filter_map(|signal| match &signal.observed {
            Observed::Age(seen) => Some((seen.about, seen.value)),
            _ => None,
        }));
        stated.sort_unstable();
        stated.dedup();
    }
    // "Роден съм през" says more than "роден", whose year seems to be one since when.
    let mut cues: Vec<&Hit> = passage.hits_of(Kind::Born).collect();
    cues.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    for born in cues {
        let Some(birth) = birth(passage, born) else {
            continue;
        };
        if birth.range.start < free_from
            || born.note == zodiac::NOTE && !zodiac::is_of_somebody(passage, born, &birth.range)
        {
            continue;
        }
        free_from = birth.range.end;
        let written = birth.year.to_string();
        let about = match whose(reading, passage, born, &birth.range) {
            Ok(about) => about,
            Err(reason) => {
                found.push(passage.refusal("age", written, reason, birth.range));
                continue;
            }
        };
        let Some(moment) = reading.version.moment() else {
            let reason = "no date of the listing to count from";
            found.push(passage.refusal("age", written, reason, birth.range));
            continue;
        };
        let value = u32::try_from(birth.years_at(&moment.date()))
            .ok()
            .filter(|years| PLAUSIBLE_YEARS.contains(years))
            .and_then(|years| u8::try_from(years).ok());
        let Some(value) = value else {
            found.push(passage.refusal("age", written, "no age of a person", birth.range));
            continue;
        };
        if born.note == JEST && !is_jest(passage, &birth, value) && !says_i(passage, born) {
            found.push(passage.refusal("age", written, super::verdict::THING, birth.range));
            continue;
        }
        // "Born in 2008, 18 in July": the year alone allows more than the text says.
        let is_narrowed = birth.month.is_none()
            && stated
                .iter()
                .any(|&(of, years)| of == about && years + 1 == value);
        if !is_narrowed {
            let seen = AgeSeen {
                value,
                about,
                how: How::Birth,
            };
            found.push(passage.signal(Observed::Age(seen), birth.range));
            if !stated.contains(&(about, value)) {
                stated.push((about, value));
            }
        }
    }
}

/// Who is born, or the reason why nobody is.
fn whose(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    born: &Hit,
    year: &Range<usize>,
) -> Result<About, &'static str> {
    let first = born.start.min(year.start);
    let last = born.end.max(year.end);
    let text = passage.text();
    // "Jahrgang 2009/2010": whoever may come.
    let behind = &text[year.end..];
    if behind.starts_with(['/', '-'])
        && behind[1..].starts_with(|sign: char| sign.is_ascii_digit())
        && born.end <= year.start
        && text[born.end..year.start].trim().len() <= 1
    {
        return Err("range of numbers");
    }
    // "Born here, working since 2008"
    let is_since = passage
        .hits_in(born.end.min(year.start)..year.start)
        .iter()
        .any(|hit| {
            let letters = passage.flat[hit.start..hit.end].chars().count();
            hit.kind == Kind::Since && letters >= SINCE_LETTERS && !is_before_month(passage, hit)
        });
    if is_since {
        return Err(super::verdict::DURATION);
    }
    let clause = passage.clause(first..last);
    let is_aside = passage
        .hits_in(passage.sentence(first..last))
        .iter()
        .any(|hit| hit.kind == Kind::Aside);
    let subject = passage
        .hits_in(clause.start..first + 1)
        .iter()
        .rev()
        .find(|hit| is_subject(hit.kind));
    // "2009-ben született játékosok": a participle has its noun behind it.
    let noun = passage
        .hits_after(last, 1, |sign| sign == ' ')
        .find(|hit| matches!(hit.kind, Kind::Thing | Kind::Relative | Kind::Person));
    match noun.or(subject).map(|hit| hit.kind) {
        Some(Kind::Thing) => return Err("age of a thing"),
        Some(Kind::Relative) => return Ok(About::Other),
        _ => {}
    }
    match Clause::of(passage, reading.language).noun_before(clause.start, first) {
        Some(Owner::Other) => Ok(About::Other),
        Some(Owner::Thing | Owner::Firm) => Err("age of a thing"),
        _ if is_aside => Ok(About::Other),
        _ if reading.is_other_trade() && subject.is_none() && born.note != JEST => {
            Err("listing about something else")
        }
        _ => Ok(About::Advertised),
    }
}

/// "През август 2009": in Bulgarian the word stands before months too.
fn is_before_month(passage: &Passage<'_>, since: &Hit) -> bool {
    passage
        .hits_after(since.end, 1, |sign| sign == ' ')
        .any(|hit| hit.kind == Kind::Month)
}

const fn is_subject(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::I | Kind::Third | Kind::Person | Kind::Thing | Kind::Relative
    )
}

/// "Bin Baujahr 2009": the writer's own verb right before it.
fn says_i(passage: &Passage<'_>, born: &Hit) -> bool {
    passage
        .hits_before(born.start, 1, |sign| sign == ' ')
        .any(|hit| hit.kind == Kind::Copula)
}

/// "Bouwjaar 2009, Kevin": somebody is named right behind, at the beginning of a clause.
fn is_jest(passage: &Passage<'_>, birth: &Birth, value: u8) -> bool {
    let flat = passage.flat.as_str();
    let end = floor(flat, birth.range.end + NAME_WITHIN_BYTES);
    let mut at = birth.range.end;
    let mut n_words = 0;
    for word in flat[birth.range.end..end].split(|sign: char| !sign.is_alphanumeric()) {
        let start = at;
        at += word.len();
        at += flat[at..].chars().next().map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        n_words += 1;
        let is_person = is_given_name(word)
            || passage
                .hits_in(start..start + 1)
                .iter()
                .any(|hit| hit.kind == Kind::PersonAfter);
        if is_person && passage.begins_clause(start) {
            return value >= ADULT || n_words == 1;
        }
    }
    false
}

/// The year that stands beside a cue, with its day.
fn birth(passage: &Passage<'_>, born: &Hit) -> Option<Birth> {
    let text = passage.text();
    if born.note == "before" {
        let from = floor(text, born.start.saturating_sub(YEAR_WITHIN_BYTES));
        let numbers = numbers(passage, from..born.start);
        let Some(at) = numbers.iter().rposition(Number::is_year) else {
            // "92-es évjárat"
            let last = numbers.last()?;
            let is_near = text[last.range.end..born.start].trim_end().len() <= SUFFIX_BYTES;
            return (is_near && last.range.len() == 2).then(|| Birth::of_short_year(last));
        };
        return is_date(&text[numbers[at].range.end..born.start])
            .then(|| dated(passage, &numbers, at, &[]));
    }
    // Cyrillic letters take two bytes.
    let reach = YEAR_WITHIN_BYTES * if passage.is_cyrillic { 2 } else { 1 };
    let to = floor(text, born.end + reach);
    let numbers = numbers(passage, born.end..to);
    let at = numbers.iter().position(Number::is_year);
    if let Some(at) = at.filter(|_| born.note != "opening" || passage.begins_clause(born.start)) {
        let birth = dated(passage, &numbers, at, &numbers[..at]);
        return is_date(&text[born.end..birth.range.start]).then_some(birth);
    }
    let short = match (numbers.as_slice(), born.note) {
        ([first, ..], "year") => first.is_right_behind(text, born).then_some(first),
        // "родена '85": the sign says that it is a year.
        ([first, ..], _) if text[..first.range.start].ends_with('\'') => {
            first.is_right_behind(text, born).then_some(first)
        }
        ([first, ..], "opening") => (first.is_right_behind(text, born)
            && passage.begins_clause(born.start))
        .then_some(first),
        _ => None,
    };
    if let Some(year) = short.filter(|number| number.range.len() == 2) {
        return Some(Birth::of_short_year(year));
    }
    // "14.02.98"
    let [day, month, year, ..] = numbers.as_slice() else {
        return None;
    };
    let separator = |one: &Number, other: &Number| &text[one.range.end..other.range.start];
    let fits = is_date(&text[born.end..day.range.start])
        && matches!(separator(day, month), "." | "/" | "-")
        && separator(day, month) == separator(month, year)
        && year.range.len() == 2;
    fits.then(|| Birth {
        month: Some(month.value),
        day: Some(day.value),
        ..Birth::of_short_year(year)
    })
}

/// A number or the name of a month.
struct Number {
    range: Range<usize>,
    value: u32,
    is_month: bool,
}

impl Number {
    /// Four digits, or in words.
    fn is_year(&self) -> bool {
        self.range.len() >= 4 && !self.is_month && YEARS.contains(&self.value)
    }

    /// `rocznik 89`, `del '87`
    fn is_right_behind(&self, text: &str, born: &Hit) -> bool {
        text[born.end..self.range.start]
            .chars()
            .all(|sign| matches!(sign, ' ' | '\'' | ':' | '.' | '-'))
    }
}

/// The numbers and months of a stretch, in order.
fn numbers(passage: &Passage<'_>, range: Range<usize>) -> Vec<Number> {
    let text = passage.text();
    let mut found: Vec<Number> = digit_runs(&text[range.clone()])
        .into_iter()
        .map(|run| range.start + run.start..range.start + run.end)
        .filter(|run| {
            run.len() <= 4 && !text[run.end..].starts_with(|sign: char| sign.is_ascii_digit())
        })
        .map(|run| Number {
            value: text[run.clone()].parse().unwrap_or(0),
            range: run,
            is_month: false,
        })
        .collect();
    let mut months = Vec::new();
    for hit in passage.hits_in(range.clone()) {
        if hit.kind == Kind::Year {
            found.retain(|number| number.range.start < hit.start || hit.end <= number.range.start);
            found.push(Number {
                value: hit.note.parse().unwrap_or(0),
                range: hit.start..hit.end,
                is_month: false,
            });
        }
        if hit.kind == Kind::Month && hit.end <= range.end {
            months.push(Number {
                value: hit.note.parse().unwrap_or(0),
                range: hit.start..hit.end,
                is_month: true,
            });
        }
    }
    months.dedup_by(|next, kept| next.range.start < kept.range.end);
    found.extend(months);
    found.sort_by_key(|number| number.range.start);
    found
}

/// The year at a place among numbers, with the day in front of it or behind it.
fn dated(passage: &Passage<'_>, numbers: &[Number], at: usize, before: &[Number]) -> Birth {
    let text = passage.text();
    let (mut month, mut day) = (None, None);
    match before {
        [.., one, two] if one.is_month && !two.is_month => {
            (month, day) = (Some(one.value), Some(two.value));
        }
        [.., one, two] => (day, month) = (Some(one.value), Some(two.value)),
        [.., one] if one.is_month => month = Some(one.value),
        _ => {
            let year_end = numbers[at].range.end;
            let to = floor(text, year_end + YEAR_WITHIN_BYTES);
            let behind = self::numbers(passage, year_end..to);
            let near = |number: &Number, end: usize, bytes: usize| {
                text.get(end..number.range.start)
                    .is_some_and(|gap| gap.len() <= bytes && !gap.contains(['\n', '(', ')']))
            };
            if let Some(one) = behind.first()
                && (one.is_month
                    && near(one, year_end, MONTH_WITHIN_BYTES)
                    && (!text[year_end..one.range.start].contains(',')
                        || passage.ends_clause(one.range.end))
                    || one.range.len() <= 2
                        && matches!(&text[year_end..one.range.start], "." | ". " | "-" | "/"))
            {
                month = Some(one.value);
                day = behind
                    .get(1)
                    .filter(|two| !two.is_month && two.range.len() <= 2)
                    .filter(|two| {
                        matches!(
                            &text[one.range.end..two.range.start],
                            "." | ". " | "-" | "/" | " "
                        )
                    })
                    .map(|two| two.value);
            }
        }
    }
    Birth {
        year: i32::try_from(numbers[at].value).unwrap_or(0),
        range: numbers[at].range.clone(),
        month: month.filter(|month| (1..=12).contains(month)),
        day: day.filter(|day| (1..=31).contains(day)),
    }
}

/// Whether only a day, a month and small words stand there.
fn is_date(gap: &str) -> bool {
    gap.chars().all(|sign| {
        sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '.' | '/' | ':' | ',' | '\'')
    })
}

impl Birth {
    /// A year of two digits, of this century or the one before.
    fn of_short_year(number: &Number) -> Self {
        let century = if number.value <= LAST_SHORT_YEAR {
            2000
        } else {
            1900
        };
        Self {
            year: i32::try_from(century + number.value).unwrap_or(0),
            range: number.range.clone(),
            month: None,
            day: None,
        }
    }

    /// Full years on a date; with the year alone the greatest number possible.
    fn years_at(&self, date: &str) -> i32 {
        let mut parts = date.split('-').map(|part| part.parse::<i32>().unwrap_or(0));
        let (year, month, day) = (
            parts.next().unwrap_or(0),
            parts.next().unwrap_or(0),
            parts.next().unwrap_or(0),
        );
        let born_month = self.month.map_or(0, u32::cast_signed);
        let born_day = self.day.map_or(0, u32::cast_signed);
        let birthday_to_come = (month, day) < (born_month, born_day);
        year - self.year - i32::from(birthday_to_come)
    }
}
