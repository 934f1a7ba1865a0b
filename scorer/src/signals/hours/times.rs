//! Clock times and days in running text: "10u", "22.00", "10 am", "maandag", "ma-vr".
//!
//! Place in the flow: asked by the detector of hours.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::lexicon::Trie;
use super::super::reading::Passage;
use super::super::vocabulary::List;

/// What follows a number and makes it a clock time, folded, the longest first.
const MARKERS: &[&str] = &[
    "orakor",
    "oratol",
    "oraig",
    "heures",
    "hours",
    "heure",
    "horas",
    "godz.",
    "godz",
    "часа",
    "часът",
    "uurs",
    "orele",
    "a.m.",
    "p.m.",
    "hora",
    "час",
    "uhr",
    "uur",
    "hrs",
    "ora",
    "ore",
    "hs",
    "am",
    "pm",
    "ч.",
    "h",
    "u",
    "ч",
];

/// What stands before a number and makes it a clock time, folded.
const MARKERS_BEFORE: &[&str] = &[
    "orele", "ora", "las", "godz.", "godz", "godziny", "godzinie", "um", "часа", "klokslag",
];

/// Names of days and their short forms, folded, Monday first.
const DAYS: &[&[&str]] = &[
    &[
        "maandag",
        "ma",
        "monday",
        "mon",
        "montag",
        "mo",
        "lundi",
        "lun",
        "lunes",
        "luni",
        "hetfo",
        "h",
        "poniedzialek",
        "poniedzialku",
        "pn",
        "pon",
        "понеделник",
        "пон",
        "пн",
        "ponedelnik",
    ],
    &[
        "dinsdag",
        "di",
        "tuesday",
        "tue",
        "tues",
        "dienstag",
        "mardi",
        "mar",
        "martes",
        "marti",
        "kedd",
        "wtorek",
        "wtorku",
        "wt",
        "вторник",
        "вт",
        "vtornik",
    ],
    &[
        "woensdag",
        "wo",
        "wednesday",
        "wed",
        "mittwoch",
        "mi",
        "mercredi",
        "mer",
        "miercoles",
        "miercuri",
        "szerda",
        "sroda",
        "srody",
        "sr",
        "сряда",
        "ср",
        "sryada",
    ],
    &[
        "donderdag",
        "do",
        "thursday",
        "thu",
        "thurs",
        "donnerstag",
        "jeudi",
        "jeu",
        "jueves",
        "joi",
        "csutortok",
        "czwartek",
        "czwartku",
        "czw",
        "четвъртък",
        "чт",
        "chetvartak",
    ],
    &[
        "vrijdag",
        "vr",
        "vrij",
        "friday",
        "fri",
        "freitag",
        "fr",
        "vendredi",
        "ven",
        "viernes",
        "vineri",
        "vin",
        "pentek",
        "p",
        "piatek",
        "piatku",
        "pt",
        "петък",
        "пет",
        "пт",
        "petak",
    ],
    &[
        "zaterdag",
        "za",
        "saturday",
        "sat",
        "samstag",
        "sa",
        "samedi",
        "sam",
        "sabado",
        "sambata",
        "szombat",
        "sobota",
        "soboty",
        "sob",
        "събота",
        "съб",
        "сб",
        "sabota",
    ],
    &[
        "zondag",
        "zo",
        "sunday",
        "sun",
        "sonntag",
        "so",
        "dimanche",
        "dim",
        "domingo",
        "duminica",
        "vasarnap",
        "niedziela",
        "niedzieli",
        "nd",
        "ndz",
        "неделя",
        "нед",
        "нд",
        "nedelya",
    ],
];

/// "Every day", "on weekdays", folded.
const DAILY: &[&str] = &[
    "elke dag",
    "iedere dag",
    "dagelijks",
    "alle dagen",
    "7 dagen per week",
    "7 dagen",
    "doordeweeks",
    "op werkdagen",
    "werkdagen",
    "in het weekend",
    "every day",
    "daily",
    "7 days a week",
    "7 days",
    "weekdays",
    "weekends",
    "jeden tag",
    "taglich",
    "werktags",
    "wochentags",
    "am wochenende",
    "tous les jours",
    "7 jours sur 7",
    "7j/7",
    "en semaine",
    "todos los dias",
    "cada dia",
    "entre semana",
    "in fiecare zi",
    "zilnic",
    "minden nap",
    "hetkoznap",
    "hetvegen",
    "codziennie",
    "w tygodniu",
    "w weekendy",
    "всеки ден",
    "през седмицата",
    "vseki den",
];

/// Words and signs between two clock times or days of one range, folded.
const TO: &[&str] = &[
    "-",
    "--",
    "tot",
    "tot en met",
    "t/m",
    "tm",
    "to",
    "till",
    "til",
    "until",
    "thru",
    "through",
    "bis",
    "a",
    "a las",
    "jusqu'a",
    "jusque",
    "au",
    "hasta",
    "hasta las",
    "pana la",
    "pana",
    "la",
    "do",
    "до",
    "-tol",
    "tol",
    ">",
    "и",
    "and",
    "en",
    "und",
    "et",
    "y",
    "si",
    "i",
    "es",
    "pana la orele",
    "la orele",
    "- ora",
    "do godz",
    "do godz.",
    "tot ongeveer",
    "till late",
    "ig",
];

/// Names of days and words for every day, to be looked up at the beginning of a word.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let mut days = BTreeMap::new();
    for (day, names) in DAYS.iter().enumerate() {
        for name in *names {
            days.entry(*name).or_insert(day);
        }
    }
    let mut daily = DAILY.to_vec();
    daily.sort_unstable();
    let names: Vec<&str> = days.keys().copied().collect();
    Calendar {
        names: Trie::of(&names),
        days: days.into_values().collect(),
        daily: Trie::of(&daily),
    }
});

struct Calendar {
    names: Trie,
    /// By name in the trie, Monday is 0.
    days: Vec<usize>,
    daily: Trie,
}

impl Calendar {
    /// Bytes of the longest words for every day that a text begins with.
    fn daily(&self, text: &str) -> Option<usize> {
        self.daily
            .beginnings(text.as_bytes())
            .map(|(len, _)| len)
            .filter(|&len| !text[len..].starts_with(char::is_alphabetic))
            .last()
    }

    /// The day that all of a word names.
    fn day(&self, word: &str) -> Option<usize> {
        self.names.value_of(word).map(|name| self.days[name])
    }
}

/// A clock time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) range: Range<usize>,
    pub(super) hour: u32,
    /// Whether a sign or word says that it is one.
    pub(super) is_marked: bool,
}

/// The clock time that begins at a digit.
pub(super) fn time(text: &str, at: usize) -> Option<Time> {
    let rest = &text[at..];
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let hour: u32 = rest[..n_digits]
        .parse()
        .ok()
        .filter(|hour| *hour <= 24 && n_digits <= 2)?;
    let head = text[..at].trim_end_matches(' ');
    if text[..at].ends_with(|sign: char| {
        sign.is_alphanumeric() || matches!(sign, '.' | ',' | ':' | '+' | '#' | '€' | '£' | '$')
    }) {
        return None;
    }
    let mut end = at + n_digits;
    let mut is_marked = MARKERS_BEFORE.iter().any(|word| {
        head.strip_suffix(word)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    });
    let minutes = &text[end..];
    if let Some(behind) = minutes.strip_prefix([':', '.', 'h', 'u']) {
        let n_minutes = behind.bytes().take_while(u8::is_ascii_digit).count();
        if n_minutes == 2 && behind[..2] < *"60" {
            end += 3;
            is_marked = true;
        } else if n_minutes > 0 {
            return None;
        }
    }
    let spaced = text[end..].trim_start_matches([' ', '-']);
    let gap = text[end..].len() - spaced.len();
    if gap <= 1 {
        for marker in MARKERS {
            if let Some(behind) = spaced.strip_prefix(marker)
                && !behind.starts_with(char::is_alphabetic)
            {
                end += gap + marker.len();
                is_marked = true;
                break;
            }
        }
        // Hungarian "10-tol 22-ig".
        for ending in ["tol", "ig"] {
            let spaced = text[end..].trim_start_matches('-');
            if spaced.starts_with(ending)
                && !spaced[ending.len()..].starts_with(char::is_alphabetic)
                && text[end..].starts_with('-')
            {
                end += 1 + ending.len();
                is_marked = true;
            }
        }
    }
    Some(Time {
        range: at..end,
        hour,
        is_marked,
    })
}

/// Whether these are words for every day, rather than a range of days.
pub(super) fn is_daily(words: &str) -> bool {
    DAILY.contains(&words)
}

/// Whether this stands between the two ends of a range.
pub(super) fn is_to(gap: &str) -> bool {
    TO.contains(&gap.trim())
}

/// Names of days and words for every day, folded.
pub(in super::super) fn words_of_days() -> impl Iterator<Item = &'static str> {
    DAYS.iter().copied().flatten().chain(DAILY).copied()
}

/// Ranges of days, "ma-vr", and words for every day, in order.
pub(super) fn days(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text();
    let calendar: &Calendar = &CALENDAR;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut last: Option<(Range<usize>, usize)> = None;
    // "7 days a week" begins with a digit.
    let sevens = passage
        .digits()
        .iter()
        .filter(|run| text[run.start..].starts_with('7'));
    let mut words: Vec<Range<usize>> = passage
        .listed(List::Day)
        .chain(sevens.map(|run| run.start..run.start + 1))
        .collect();
    words.sort_by_key(|word| word.start);
    let mut free_from = 0;
    for word in words {
        if word.start < free_from || text[..word.start].ends_with(char::is_alphanumeric) {
            continue;
        }
        if let Some(len) = calendar.daily(&text[word.start..]) {
            free_from = word.start + len;
            found.push(word.start..free_from);
            continue;
        }
        let Some(day) = calendar.day(&text[word.clone()]) else {
            continue;
        };
        let dotted = word.end + usize::from(text[word.end..].starts_with('.'));
        if let Some((first, first_day)) = last.take()
            && text
                .get(first.end..word.start)
                .is_some_and(|gap| gap.len() <= 8 && is_to(gap))
            && first_day != day
        {
            found.push(first.start..word.end);
        } else {
            last = Some((word.start..dotted, day));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use model::Field;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, u32, bool)>) {
        let at = text.find(|sign: char| sign.is_ascii_digit()).unwrap();
        let found = time(text, at).map(|time| (&text[time.range], time.hour, time.is_marked));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn clock_times() {
        check("10u", Some(("10u", 10, true)));
        check("22.00 uur", Some(("22.00 uur", 22, true)));
        check("10h30", Some(("10h30", 10, true)));
        check("10 am", Some(("10 am", 10, true)));
        check("10", Some(("10", 10, false)));
        check("10-tol", Some(("10-tol", 10, true)));
        check("31", None);
        check("€10", None);
    }

    #[test]
    fn days_of_the_week() {
        let days = |text: &str| -> Vec<String> {
            days(&Passage::of(Field::Text, text))
                .into_iter()
                .map(|range| text[range].to_owned())
                .collect()
        };
        assert_eq!(days("ma-vr en elke dag"), ["ma-vr", "elke dag"]);
        assert_eq!(days("luni - vineri"), ["luni - vineri"]);
        assert_eq!(days("maandag thuis"), [""; 0]);
    }
}
