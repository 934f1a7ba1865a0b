//! What a price is for: "30 min", "half uur", "1,5 h", "hele nacht".
//!
//! Place in the flow: asked by the detector of prices, at places beside an amount.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use model::Per;

use super::super::lexicon::is_border;
use super::super::reading::Passage;
use super::super::vocabulary::List;

/// A word of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// So many minutes for each of the number before it; alone, once.
    Times(u16),
    /// Minutes, which need a number before them.
    Minute,
    /// A whole duration by itself.
    Fixed(Per),
}

/// The longest visit by the clock, in minutes: a day.
const LONGEST_MINUTES: u32 = 24 * 60;

/// Words of time, folded, of all languages.
const WORDS: &[(Unit, &[&str])] = &[
    (
        Unit::Times(60),
        &[
            "uur",
            "u",
            "uren",
            "uurtje",
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "ora",
            "ore",
            "orat",
            "oras",
            "godz",
            "godzina",
            "godzine",
            "godziny",
            "godzin",
            "g",
            "час",
            "часа",
            "часове",
            "ч",
            "chas",
            "chasa",
        ],
    ),
    (
        Unit::Minute,
        &[
            "min",
            "mins",
            "minuten",
            "minuut",
            "minutes",
            "minute",
            "minuto",
            "minutos",
            "perc",
            "perces",
            "minut",
            "minuty",
            "мин",
            "минути",
            "минута",
            "minuti",
            "'",
            "mn",
        ],
    ),
    (
        Unit::Fixed(Per::Minutes(30)),
        &[
            "half uur",
            "half uurtje",
            "halfuur",
            "halfuurtje",
            "1/2 uur",
            "half hour",
            "half an hour",
            "half hr",
            "hh",
            "halbe stunde",
            "halbe std",
            "halbstunde",
            "1/2 stunde",
            "1/2 h",
            "demi heure",
            "demi-heure",
            "1/2 heure",
            "media hora",
            "1/2 hora",
            "jumatate de ora",
            "jumatate ora",
            "fel ora",
            "felora",
            "pol godziny",
            "pol godzinki",
            "polgodziny",
            "половин час",
            "polovin chas",
        ],
    ),
    (
        Unit::Fixed(Per::Minutes(15)),
        &[
            "kwartier",
            "kwartiertje",
            "quarter hour",
            "quarter of an hour",
            "viertelstunde",
            "quart d'heure",
            "quart dheure",
            "cuarto de hora",
            "sfert de ora",
            "negyed ora",
            "negyedora",
            "kwadrans",
        ],
    ),
    (
        Unit::Fixed(Per::Minutes(90)),
        &[
            "anderhalf uur",
            "hour and a half",
            "hour and half",
            "anderthalb stunden",
            "eineinhalb stunden",
            "heure et demie",
            "hora y media",
            "ora si jumatate",
            "masfel ora",
            "poltorej godziny",
            "час и половина",
        ],
    ),
    (
        Unit::Fixed(Per::Night),
        &[
            "nacht",
            "overnachting",
            "night",
            "overnight",
            "uebernachtung",
            "ubernachtung",
            "nuit",
            "noche",
            "noapte",
            "noaptea",
            "ejszaka",
            "ejszakara",
            "noc",
            "nocleg",
            "нощ",
            "цяла нощ",
            "nosht",
        ],
    ),
    (
        Unit::Fixed(Per::Day),
        &[
            "dag",
            "day",
            "tag",
            "jour",
            "journee",
            "dia",
            "zi",
            "nap",
            "napra",
            "dzien",
            "dobe",
            "doba",
            "ден",
            "24 uur",
            "24 hours",
            "24 stunden",
        ],
    ),
    (
        Unit::Fixed(Per::Weekend),
        &[
            "weekend",
            "week-end",
            "wochenende",
            "fin de semana",
            "hetvege",
            "hetvegere",
            "уикенд",
        ],
    ),
    (
        Unit::Fixed(Per::Week),
        &[
            "week",
            "woche",
            "semaine",
            "semana",
            "saptamana",
            "het",
            "hetre",
            "tydzien",
            "седмица",
        ],
    ),
    (
        Unit::Fixed(Per::Month),
        &[
            "maand",
            "month",
            "monat",
            "mois",
            "mes",
            "luna",
            "honap",
            "honapra",
            "miesiac",
            "месец",
        ],
    ),
    (
        Unit::Fixed(Per::Visit),
        &[
            "bezoek",
            "keer",
            "visit",
            "meeting",
            "besuch",
            "treffen",
            "visite",
            "rencontre",
            "visita",
            "encuentro",
            "intalnire",
            "vizita",
            "alkalom",
            "alkalomra",
            "spotkanie",
            "wizyta",
            "среща",
            "посещение",
        ],
    ),
];

/// Number words before a unit, folded, with their values.
const COUNTS: &[(&str, u32)] = &[
    ("een", 1),
    ("twee", 2),
    ("drie", 3),
    ("one", 1),
    ("an", 1),
    ("two", 2),
    ("three", 3),
    ("eine", 1),
    ("zwei", 2),
    ("drei", 3),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("o", 1),
    ("doua", 2),
    ("trei", 3),
    ("egy", 1),
    ("ket", 2),
    ("harom", 3),
    ("jedna", 1),
    ("dwie", 2),
    ("trzy", 3),
    ("един", 1),
    ("два", 2),
    ("три", 3),
    ("edin", 1),
];

static UNITS: LazyLock<HashMap<&'static str, Vec<(&'static str, Unit)>>> = LazyLock::new(|| {
    let mut units: HashMap<&str, Vec<(&str, Unit)>> = HashMap::new();
    for &(unit, words) in WORDS {
        for &word in words {
            units
                .entry(first_word(word))
                .or_default()
                .push((word, unit));
        }
    }
    for words in units.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    units
});

/// Words of time, folded.
pub(in super::super) fn words_of_time() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|(_, words)| words.iter().copied())
}

/// All durations in a passage, from left to right, with what they come to.
pub(super) fn durations(passage: &Passage<'_>) -> Vec<(Range<usize>, Per)> {
    let text = passage.text();
    let words = passage.listed(List::Duration).map(|word| word.start);
    let minutes = text.match_indices('\'').map(|(at, _)| at);
    // "1/2 uur", "24 uur".
    let digits = passage.digits().iter().map(|run| run.start);
    let digits = digits.filter(|&at| text[at..].starts_with(['1', '2']));
    let mut starts: Vec<usize> = words.chain(minutes).chain(digits).collect();
    starts.sort_unstable();
    let mut found: Vec<(Range<usize>, Per)> = Vec::new();
    for start in starts {
        let free_from = found.last().map_or(0, |(range, _)| range.end);
        let here = duration(text, start).filter(|(range, _)| range.start >= free_from);
        found.extend(here.filter(|_| start >= free_from));
    }
    found
}

/// The letters at the start of a text, or the fraction or sign.
fn first_word(text: &str) -> &str {
    let len = text
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(text.len());
    match len {
        0 if text.starts_with("1/2") => "1/2",
        0 if text.starts_with("24") => "24",
        0 => text.get(..1).unwrap_or(""),
        len => &text[..len],
    }
}

/// The duration whose unit begins here, with the number before it.
fn duration(flat: &str, at: usize) -> Option<(Range<usize>, Per)> {
    if !is_border(flat, at) {
        return None;
    }
    let rest = &flat[at..];
    let (word, unit) = UNITS
        .get(first_word(rest))?
        .iter()
        .find(|(word, _)| rest.starts_with(word) && is_border(rest, word.len()))?;
    let end = at + word.len();
    if let Unit::Fixed(per) = *unit {
        return Some((at..end, per));
    }
    let (start, tenths) = number_before(flat, at)?;
    let minutes = match unit {
        // "150 uur" holds no duration of 150 hours.
        Unit::Times(minutes) if tenths * u32::from(*minutes) / 10 <= LONGEST_MINUTES => {
            tenths * u32::from(*minutes) / 10
        }
        Unit::Times(minutes) => return Some((at..end, Per::Minutes(*minutes))),
        _ if start == at => return None,
        _ => tenths / 10,
    };
    let minutes = u16::try_from(minutes).ok()?;
    (u32::from(minutes) <= LONGEST_MINUTES && minutes >= 5)
        .then_some((start..end, Per::Minutes(minutes)))
}

/// Where the number before a unit begins, and ten times its value; the place itself where there is
/// none. `None` where the digits belong to something else.
fn number_before(flat: &str, at: usize) -> Option<(usize, u32)> {
    let head = flat[..at].trim_end_matches([' ', '-']);
    if flat.len() > at && at - head.len() > 1 {
        return Some((at, 10));
    }
    let digits = head.len() - head.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == head.len() {
        let word = head.len() - trailing_letters(head);
        let count = COUNTS.iter().find(|(count, _)| *count == &head[word..]);
        return Some(count.map_or((at, 10), |(_, value)| (word, value * 10)));
    }
    let whole = &head[digits..];
    let before = &head[..digits];
    if let Some(more) = before.strip_suffix(['.', ',']) {
        let start = more.len() - more.bytes().rev().take_while(u8::is_ascii_digit).count();
        // "1,5 uur", "1.5 h"
        if start < more.len() && whole.len() == 1 && more.len() - start <= 2 {
            let value: u32 = format!("{}{whole}", &more[start..]).parse().ok()?;
            return Some((start, value));
        }
    }
    let value: u32 = whole.parse().ok().filter(|_| whole.len() <= 3)?;
    Some((digits, value * 10))
}

fn trailing_letters(head: &str) -> usize {
    head.chars()
        .rev()
        .take_while(|sign| sign.is_alphabetic())
        .map(char::len_utf8)
        .sum()
}

#[cfg(test)]
mod tests {
    use model::Field;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Per)]) {
        let found: Vec<(&str, Per)> = durations(&Passage::of(Field::Text, text))
            .into_iter()
            .map(|(range, per)| (&text[range], per))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_and_words() {
        check(
            "30 min, 1,5 uur",
            &[("30 min", Per::Minutes(30)), ("1,5 uur", Per::Minutes(90))],
        );
        check(
            "half uur of hele nacht",
            &[("half uur", Per::Minutes(30)), ("nacht", Per::Night)],
        );
        check(
            "demi-heure / 1h",
            &[("demi-heure", Per::Minutes(30)), ("1h", Per::Minutes(60))],
        );
        check("2x per uur", &[("uur", Per::Minutes(60))]);
        check("1/2 uur", &[("1/2 uur", Per::Minutes(30))]);
        check("два часа", &[("два часа", Per::Minutes(120))]);
        check("minuten", &[]);
        check("100\nhour", &[("hour", Per::Minutes(60))]);
    }
}
