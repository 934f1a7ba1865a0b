//! Opening hours and availability, and availability at all hours.
//!
//! A range of clock times counts when a sign or word says that they are times, or a day or a word
//! of opening stands before them; days beside it belong to it. "From 10 o'clock" and "till late"
//! have one end. What is only a notice, a duration or somebody's shift is none.

mod times;

use std::ops::Range;

use model::{Observed, Signal};

pub(super) use self::times::words_of_days;
use self::times::{Time, days, is_daily, is_to, time};
use super::Detector;
use super::claims::{Claims, Stretches};
use super::clauses;
use super::lexicon::{Kind, is_border};
use super::ordinary;
use super::reading::{Passage, Reading};
use super::statements::OTHER_TRADE;
use super::vocabulary::List;

/// Words of opening and availability, folded: beside bare numbers or days they are hours.
const AVAILABLE: &[&str] = &[
    "beschikbaar",
    "bereikbaar",
    "open",
    "geopend",
    "aanwezig",
    "werk",
    "werkzaam",
    "available",
    "opening",
    "hours",
    "working",
    "verfugbar",
    "erreichbar",
    "geoffnet",
    "offen",
    "anwesend",
    "besuchbar",
    "disponible",
    "dispo",
    "ouvert",
    "ouverte",
    "horaires",
    "abierto",
    "horario",
    "atiendo",
    "disponibil",
    "disponibila",
    "program",
    "deschis",
    "elerheto",
    "nyitva",
    "hivhato",
    "fogadok",
    "dostepna",
    "dostepny",
    "czynne",
    "godziny",
    "pracuje",
    "разположение",
    "работно",
    "работя",
    "достъпна",
    "bel",
    "call",
    "ruf",
];

/// Words before one clock time that make it the begin or end of hours, folded.
const ONE_END: &[&str] = &[
    "vanaf",
    "na",
    "tot",
    "from",
    "after",
    "till",
    "until",
    "ab",
    "nach",
    "bis",
    "a partir de",
    "des",
    "apres",
    "jusqu'a",
    "desde las",
    "a partir de las",
    "hasta las",
    "despues de las",
    "de la ora",
    "dupa ora",
    "pana la ora",
    "incepand cu ora",
    "od",
    "od godz",
    "od godz.",
    "po",
    "do",
    "от",
    "след",
    "до",
];

/// "Till late", folded, behind a clock time or a word of opening.
pub(super) const LATE: &[&str] = &[
    "tot laat",
    "tot s avonds laat",
    "tot diep in de nacht",
    "till late",
    "until late",
    "til late",
    "bis spat",
    "bis in die nacht",
    "jusque tard",
    "jusqu'a tard",
    "tard le soir",
    "hasta tarde",
    "hasta la madrugada",
    "pana tarziu",
    "kesoig",
    "keso estig",
    "do pozna",
    "do poznej nocy",
    "до късно",
    "do kasno",
];

/// The earliest hour of one end alone: below it a number of hours is more likely.
const EARLIEST_ALONE: u32 = 6;

/// Bytes before a clock time in which a notice that covers it may begin: more than any cue has.
const NOTICE_BYTES: usize = 48;

/// Bytes between a range and the days or words beside it.
const BESIDE_BYTES: usize = 4;

pub(super) const DETECTOR: Detector = Detector {
    name: "hours",
    about: "Opening hours, and `always` where somebody is said to be there day and night.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for passage in &reading.passages {
        let money = Claims::of(passage.field, found, |observed| {
            matches!(observed, Observed::Price { .. } | Observed::Phone(_))
        });
        let always = always(passage, found);
        let mut ranges: Vec<(Range<usize>, bool)> = always
            .into_iter()
            .filter(|range| !clauses::is_denied(passage, range))
            .map(|range| (range, true))
            .collect();
        ranges.extend(
            opening(passage)
                .into_iter()
                .filter(|range| {
                    !money.overlap(passage.span(range.clone())) && !is_notice(passage, range)
                })
                .map(|range| (range, false)),
        );
        ranges.sort_by_key(|(range, is_always)| {
            (range.start, std::cmp::Reverse((range.end, *is_always)))
        });
        let desks = of_a_desk(passage);
        let mut free_from = 0;
        for (range, round_the_clock) in ranges {
            if range.start < free_from {
                continue;
            }
            free_from = range.end;
            // An ordinary firm may have an emergency number; its opening hours are hours.
            let is_other = if round_the_clock {
                ordinary::refusal(reading).is_some()
                    || desks
                        .binary_search(&passage.place_of(range.start).0)
                        .is_ok()
            } else {
                reading.is_other_trade()
            };
            found.push(if is_other {
                passage.refusal("hours", &passage.flat[range.clone()], OTHER_TRADE, range)
            } else {
                passage.signal(Observed::Hours { round_the_clock }, range)
            });
        }
    }
}

/// The clauses, in order, in which a reception or car park stands: hours there are its own, not the
/// person's.
fn of_a_desk(passage: &Passage<'_>) -> Vec<usize> {
    passage
        .words
        .iter()
        .filter(|word| word.kind == Kind::HouseDesk)
        .map(|word| passage.place_of(word.start).0)
        .collect()
}

/// "24/7", "day and night"; no notice, no duration with a price.
fn always(passage: &Passage<'_>, found: &[Signal]) -> Vec<Range<usize>> {
    let not = Stretches::of(
        passage
            .hits_of(Kind::AlwaysNot)
            .map(|hit| hit.start..hit.end),
    );
    let words = passage.hits_of(Kind::Always).map(|hit| hit.start..hit.end);
    let signs = passage
        .shapes()
        .iter()
        .filter(|shape| shape.reason == "availability")
        .map(|shape| shape.range.clone());
    let prices = Claims::of(passage.field, found, |observed| {
        matches!(observed, Observed::Price { .. })
    });
    let mut always: Vec<Range<usize>> = words
        .chain(signs)
        .filter(|range| {
            let beside = Range {
                start: floor(&passage.flat, range.start.saturating_sub(BESIDE_BYTES)),
                end: floor(
                    &passage.flat,
                    (range.end + BESIDE_BYTES).min(passage.flat.len()),
                ),
            };
            !not.overlap(range) && !prices.overlap(passage.span(beside))
        })
        .collect();
    always.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    always
}

/// "within 24 hours"
fn is_notice(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let from = floor(&passage.flat, range.start.saturating_sub(NOTICE_BYTES));
    passage
        .hits_in(from..range.end)
        .iter()
        .any(|hit| hit.kind == Kind::AlwaysNot && range.start < hit.end)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Ranges of clock times with the days beside them, ranges of days, and single ends.
fn opening(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text();
    let days = days(passage);
    let mut found = Vec::new();
    let runs = passage.digits();
    let mut times: Vec<Option<Time>> = runs.iter().map(|run| time(text, run.start)).collect();
    let mut free_from = 0;
    for at in 0..times.len() {
        let Some(first) = times[at].take() else {
            continue;
        };
        if first.range.start < free_from {
            continue;
        }
        // The minutes of a time are a run of their own.
        let next = (at + 1..times.len())
            .take(2)
            .find(|&next| runs[next].start >= first.range.end);
        let second = next.and_then(|next| times[next].clone());
        if let Some(second) = second
            && second.range.start - first.range.end <= 16
            && is_to(&text[first.range.end..second.range.start])
            && text[first.range.clone()] != text[second.range.clone()]
            && !is_date(text, &second)
        {
            let range = first.range.start..second.range.end;
            let is_marked = first.is_marked || second.is_marked;
            let is_bare_range = !is_marked && ends_here(passage, range.end);
            if is_marked
                || is_bare_range
                    && (beside_days(text, &days, range.start) || is_opening(passage, &range))
            {
                free_from = range.end;
                found.push(with_days(text, &days, range));
            }
            continue;
        }
        let late = late_behind(text, first.range.end);
        let is_one_end = first.is_marked
            && first.hour >= EARLIEST_ALONE
            && ONE_END
                .iter()
                .any(|word| ends_with_word(text[..first.range.start].trim_end(), word))
            && (ends_here(passage, first.range.end)
                || beside_days(text, &days, first.range.start)
                || is_opening(passage, &first.range));
        if let Some(len) = late {
            let range = first.range.start..first.range.end + len;
            free_from = range.end;
            found.push(with_days(text, &days, range));
        } else if is_one_end {
            free_from = first.range.end;
            found.push(with_days(text, &days, first.range));
        }
    }
    for Range { start, .. } in passage.listed(List::Late) {
        for words in LATE
            .iter()
            .filter(|words| text[start..].starts_with(**words))
        {
            let range = start..start + words.len();
            if is_border(text, start) && is_border(text, range.end) && is_opening(passage, &range) {
                found.push(range);
            }
        }
    }
    found.extend(number_words(passage));
    let days = days
        .into_iter()
        .filter(|day| !is_daily(&text[day.clone()]) || is_opening(passage, day));
    found.extend(days);
    found
}

/// "from ten till late", "van tien tot tien": number words in a range that says so.
fn number_words(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text();
    let numbers: Vec<_> = passage
        .hits_of(Kind::Number)
        .filter(|hit| {
            hit.note
                .parse::<u32>()
                .is_ok_and(|hour| (1..=24).contains(&hour))
        })
        .collect();
    let mut found = Vec::new();
    for (at, hit) in numbers.iter().enumerate() {
        let head = text[..hit.start].trim_end();
        let is_from = ["van", "vanaf", "from", "von", "de", "de la", "od", "от"]
            .iter()
            .any(|word| ends_with_word(head, word));
        if !is_from {
            continue;
        }
        if let Some(len) = late_behind(text, hit.end) {
            found.push(hit.start..hit.end + len);
            continue;
        }
        // The same word may be a number in several languages.
        let next = numbers[at + 1..]
            .iter()
            .take(6)
            .find(|next| next.start >= hit.end);
        if let Some(next) = next
            && next.start - hit.end <= 12
            && is_to(&text[hit.end..next.start])
            && (ends_here(passage, next.end)
                || text[next.end..].trim_start().starts_with(['u', 'h']))
            && is_opening(passage, &(hit.start..next.end))
        {
            found.push(hit.start..next.end);
        }
    }
    found
}

/// Bytes of "till late" directly behind.
fn late_behind(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].trim_start();
    let gap = text.len() - at - rest.len();
    let words = LATE.iter().find(|words| rest.starts_with(**words))?;
    (gap <= 2).then_some(gap + words.len())
}

/// "10-22 mei", "10-11-2026"
fn is_date(text: &str, second: &Time) -> bool {
    text[second.range.end..].starts_with(['-', '/'])
        && text[second.range.end + 1..].starts_with(|sign: char| sign.is_ascii_digit())
}

/// Whether no word goes on behind: "10-22 euro", "18 tot 25 jaar".
fn ends_here(passage: &Passage<'_>, at: usize) -> bool {
    passage.ends_clause(at) || passage.text()[at..].starts_with(['\n', '/', '|', '-'])
}

fn ends_with_word(head: &str, word: &str) -> bool {
    head.ends_with(word) && is_border(head, head.len() - word.len())
}

/// Whether days end directly before.
fn beside_days(text: &str, days: &[Range<usize>], at: usize) -> bool {
    day_before(text, days, at).is_some()
}

fn day_before<'d>(text: &str, days: &'d [Range<usize>], at: usize) -> Option<&'d Range<usize>> {
    let last = days.partition_point(|day| day.end <= at).checked_sub(1)?;
    let gap = text[days[last].end..at].trim_matches([' ', ':', ',', '.', '(', '-']);
    let is_joined = gap.is_empty()
        || [
            "van", "from", "von", "de", "de la", "od", "от", "tussen", "between", "ab", "a",
        ]
        .contains(&gap);
    is_joined.then_some(&days[last])
}

/// The range with the days directly before it.
fn with_days(text: &str, days: &[Range<usize>], range: Range<usize>) -> Range<usize> {
    match day_before(text, days, range.start) {
        Some(day) => day.start..range.end,
        None => range,
    }
}

/// Whether a word of opening stands in the same clause.
fn is_opening(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let clause = passage.clause(range.clone());
    passage.flat[clause]
        .split(|sign: char| !sign.is_alphabetic())
        .any(|word| AVAILABLE.contains(&word))
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("24/7 bereikbaar", "hours=always @0..4"),
        ("Dag en nacht", "hours=always @0..12"),
        ("Open 10:00-22:00", "hours @5..16"),
        ("Antwoord binnen 24 uur", ""),
        (
            "Slotenmaker in de regio, takeldienst, 24/7",
            "refused hours 24/7: listing about something else @38..42",
        ),
        ("ma-vr 10-22u", "hours @0..12"),
        ("from ten till late", "hours @5..18"),
        ("vanaf 10 uur", "hours @6..12"),
        (
            "De receptie is 24/7 open",
            "refused hours 24/7: listing about something else @15..19",
        ),
        ("van 18 tot 25 jaar", ""),
        ("kamer 10-22", ""),
    ]
}
