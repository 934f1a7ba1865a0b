//! Just turned 18 (M5): a number 18, "of age", the eighteenth birthday or what one may do from then
//! on, beside a word that says "just", a time a short while ago or what is left of the party.

use std::ops::Range;

use model::{About, Observed, Signal, Span, Statement};

use super::super::ages;
use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::super::whom::{self, Said as How};
use super::{Said, add};

/// Words between "just" and 18, all of them verbs, articles and the like.
const JUST_WORDS: usize = 4;

/// Bytes around a number in which those words are looked for.
const REACH_BYTES: usize = 64;

/// Months back that a month named beside "turned" may lie.
const RECENT_MONTHS: i32 = 2;

/// The note of a day of the week by itself, which says when only beside a verb.
const WEEKDAY: &str = "weekday";

/// Bytes of a signal that may lie on a number.
const LONGEST_BYTES: u32 = 96;

/// Refusals of a number by a day or a rank beside it.
const DATES: [&str; 6] = [
    "age of a time gone by",
    "date",
    "birthday party or rank",
    "floor or rank",
    "time gone by",
    "number of days or pieces",
];

/// Reasons of the age engine for numbers of years that a firm or a marriage has.
const ANNIVERSARIES: [&str; 2] = ["business anniversary", "married or together"];

/// The age.
const EIGHTEEN: &str = "18";

/// Why a number that is "just 18" is none of a person.
const NO_AGE: &str = "no age of the person";

/// Why an 18 that is announced is not just past.
const COMING: &str = "still to come";

/// What may have become 18.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anchor {
    /// The number, in digits or a word.
    Number,
    /// "Of age".
    OfAge,
    /// "18th birthday".
    Birthday,
    /// "May vote".
    Right,
}

/// Adds the statements of a passage.
pub(super) fn find(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    found: &[Signal],
    statements: &mut Vec<Said>,
) {
    let anchors = anchors(passage);
    if anchors.is_empty() {
        return;
    }
    let known = Known::of(passage, found);
    for (anchor, range) in anchors {
        let Some(whole) = just(reading, passage, anchor, &range) else {
            continue;
        };
        // A birthday is no age; "since Monday 18" is no date unless a month follows.
        let is_safe = is_announced(passage, &range) && !is_followed(passage, range.end)
            || is_since(passage, &range);
        let refused = known
            .refuses(&passage.span(range.clone()), is_safe)
            .filter(|_| !matches!(anchor, Anchor::Birthday | Anchor::Right))
            .or_else(|| firm(passage, &whole))
            .or_else(|| counted(passage, anchor, &range))
            .or_else(|| coming(passage, &range))
            .or_else(|| whom::refused(reading, passage, &whole, How::Turned));
        add(
            statements,
            Said {
                statement: Statement::JustEighteen,
                range: whole,
                refused,
            },
        );
    }
}

/// Whether "just", a time or "turned" stands right before a number.
fn is_announced(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let clause = passage.clause(range.clone());
    let from = clause.start.max(range.start.saturating_sub(REACH_BYTES));
    passage
        .hits_in(from..range.start)
        .iter()
        .filter(|hit| matches!(hit.kind, Kind::Recent | Kind::RecentTime | Kind::Become))
        .any(|hit| hit.end <= range.start && is_short(passage, hit.end..range.start))
}

/// "18 since Monday": a clause of its own.
fn is_since(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage.begins_clause(range.start)
        && passage
            .hits_after(range.end, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::RecentTime && passage.ends_clause(hit.end))
}

/// Whether a unit of something else follows a number.
fn is_followed(passage: &Passage<'_>, at: usize) -> bool {
    passage
        .hits_after(at, 1, |sign| matches!(sign, ' ' | '.'))
        .any(|hit| hit.kind == Kind::NotAfter)
}

/// Every place that may say 18, in order.
fn anchors(passage: &Passage<'_>) -> Vec<(Anchor, Range<usize>)> {
    let mut anchors: Vec<(Anchor, Range<usize>)> = passage
        .flat
        .match_indices(EIGHTEEN)
        .filter(|(at, _)| {
            !passage.flat[..*at].ends_with(|sign: char| sign.is_ascii_digit())
                && !passage.flat[at + EIGHTEEN.len()..]
                    .starts_with(|sign: char| sign.is_ascii_digit())
        })
        .map(|(at, _)| (Anchor::Number, at..at + EIGHTEEN.len()))
        .collect();
    for hit in &passage.hits {
        let anchor = match hit.kind {
            Kind::Number if hit.note == EIGHTEEN => Anchor::Number,
            Kind::OfAge => Anchor::OfAge,
            Kind::Birthday => Anchor::Birthday,
            Kind::Right => Anchor::Right,
            _ => continue,
        };
        anchors.push((anchor, hit.start..hit.end));
    }
    // The longest of those that begin at one place: "18th birthday" before "18".
    anchors.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    anchors.dedup_by_key(|(_, range)| range.start);
    anchors
}

/// The stretch that says that it is a short while ago, with the anchor.
fn just(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    anchor: Anchor,
    range: &Range<usize>,
) -> Option<Range<usize>> {
    let clause = passage.clause(range.clone());
    let near = range.start.saturating_sub(REACH_BYTES)..range.end + REACH_BYTES;
    let in_clause = clause.start.max(near.start)..clause.end.min(near.end);
    let touches = |hit: &Hit| {
        matches!(hit.kind, Kind::Recent | Kind::RecentTime)
            && hit.note != WEEKDAY
            && !(hit.start < range.end && range.start < hit.end)
            && (hit.end <= range.start && is_short(passage, hit.end..range.start)
                || hit.start >= range.end && is_short(passage, range.end..hit.start))
            && (hit.start < range.start || hit.note != "before")
    };
    let beside = passage
        .hits_in(in_clause)
        .iter()
        .filter(|hit| touches(hit))
        .max_by_key(|hit| hit.end - hit.start);
    if let Some(hit) = beside {
        return Some(hit.start.min(range.start)..hit.end.max(range.end));
    }
    // "Turned 18 on Saturday", "I had my 18th birthday a few days ago": a verb or a birthday, and
    // the time anywhere in the sentence.
    let sentence = passage.sentence(range.clone());
    let hits = passage.hits_in(sentence.start..sentence.end);
    let becomes = |hit: &Hit| hit.kind == Kind::Become;
    let became = hits.iter().any(|hit| {
        becomes(hit)
            && (hit.end <= range.start && is_short(passage, hit.end..range.start)
                || hit.start >= range.end && is_short(passage, range.end..hit.start))
    });
    let is_event = matches!(anchor, Anchor::Birthday | Anchor::Right);
    if !became && !is_event {
        return None;
    }
    // "Blew out 18 candles on Saturday": the day alone, where something was done.
    let is_done = anchor == Anchor::Right || anchor == Anchor::Birthday && hits.iter().any(becomes);
    let time = hits.iter().find(|hit| {
        let is_time = hit.kind == Kind::RecentTime
            && (hit.note != WEEKDAY
                || is_done
                || hit.end <= range.start && is_short(passage, hit.end..range.start)
                || hit.start >= range.end && is_short(passage, range.end..hit.start));
        is_time
            || matches!(hit.kind, Kind::Recent | Kind::PartyRest) && anchor == Anchor::Birthday
            || hit.kind == Kind::Month && is_past_month(reading, hit)
    })?;
    let whole = time.start.min(range.start)..time.end.max(range.end);
    let is_near = whole.end - whole.start <= 2 * REACH_BYTES;
    is_near.then_some(whole)
}

/// Whether a month is that of the listing or one of the two before it.
fn is_past_month(reading: &Reading<'_>, month: &Hit) -> bool {
    let (Some(moment), Ok(named)) = (reading.version.moment(), month.note.parse::<i32>()) else {
        return false;
    };
    let date = moment.date();
    let posted = date
        .split('-')
        .nth(1)
        .and_then(|month| month.parse::<i32>().ok());
    posted.is_some_and(|posted| (posted - named).rem_euclid(12) <= RECENT_MONTHS)
}

/// Whether only verbs, articles, units and adverbs stand in a stretch.
fn is_short(passage: &Passage<'_>, stretch: Range<usize>) -> bool {
    let Some(text) = passage.flat.get(stretch.clone()) else {
        return false;
    };
    if text.contains([',', ';', '!', '?', '(', ')']) || text.contains(". ") {
        return false;
    }
    if whom::n_words(passage, stretch.clone()) > JUST_WORDS {
        return false;
    }
    let mut at = stretch.start;
    while at < stretch.end {
        let Some(sign) = passage.flat[at..].chars().next() else {
            break;
        };
        if !sign.is_alphanumeric() {
            at += sign.len_utf8();
            continue;
        }
        let known = passage
            .hits_in(at..at + 1)
            .iter()
            .filter(|hit| hit.end <= stretch.end && may_stand_between(hit))
            .map(|hit| hit.end)
            .max();
        match known {
            Some(end) => at = end,
            None => return false,
        }
    }
    true
}

const fn may_stand_between(hit: &Hit) -> bool {
    matches!(
        hit.kind,
        Kind::I
            | Kind::Copula
            | Kind::Third
            | Kind::Is
            | Kind::Verb
            | Kind::Become
            | Kind::Adverb
            | Kind::Det
            | Kind::Unit
            | Kind::UnitOld
            | Kind::UnitAdjective
            | Kind::Recent
            | Kind::RecentTime
            | Kind::AgeI
            | Kind::AgeThird
            | Kind::AgeLabel
            | Kind::OfAge
    )
}

/// "Eighteenth only in May": still to come, which is for the ages to say.
fn coming(passage: &Passage<'_>, range: &Range<usize>) -> Option<&'static str> {
    let behind = range.end..passage.clause(range.clone()).end.max(range.end);
    passage
        .hits_in(behind)
        .iter()
        .any(|hit| hit.kind == Kind::Future)
        .then_some(COMING)
}

/// A firm or a thing that has become 18.
fn firm(passage: &Passage<'_>, whole: &Range<usize>) -> Option<&'static str> {
    let clause = passage.clause(whole.clone());
    let is_anniversary = passage
        .hits_in(clause.clone())
        .iter()
        .any(|hit| hit.kind == Kind::NotAfterUnit && ANNIVERSARIES.contains(&hit.note));
    if is_anniversary {
        return Some(whom::THING);
    }
    passage
        .hits_in(clause.start..whole.start)
        .iter()
        .rev()
        .find(|hit| matches!(hit.kind, Kind::Thing | Kind::I | Kind::Copula | Kind::Third))
        .filter(|hit| hit.kind == Kind::Thing && hit.note != "place")
        .map(|_| whom::THING)
}

/// "Vandaag 18 plekken vrij": a number with a noun that is not known counts things.
fn counted(passage: &Passage<'_>, anchor: Anchor, range: &Range<usize>) -> Option<&'static str> {
    let is_followed = || {
        passage
            .hits_after(range.end, 2, |sign| !sign.is_alphanumeric())
            .any(|hit| !matches!(hit.kind, Kind::NotAfter | Kind::Own | Kind::Word))
    };
    // "Sam na 18 taka 4e": said of oneself, whatever word comes next.
    let is_own = passage
        .hits_before(range.start, 1, |sign| sign == ' ')
        .any(|hit| matches!(hit.kind, Kind::AgeI | Kind::AgeThird));
    let rest = passage.flat[range.end..].trim_start_matches([' ', '-', '\'']);
    let ends = passage.ends_clause(range.end) || !rest.starts_with(char::is_alphabetic);
    (anchor == Anchor::Number && !is_own && !ends && !is_followed()).then_some(whom::THING)
}

/// What the signals so far say of places in a field, by place.
struct Known<'f> {
    signals: Vec<(Span, &'f Observed)>,
    longest: u32,
}

impl<'f> Known<'f> {
    fn of(passage: &Passage<'_>, found: &'f [Signal]) -> Self {
        let mut signals: Vec<(Span, &Observed)> = found
            .iter()
            .filter_map(|signal| Some((signal.span?, &signal.observed)))
            .filter(|(span, _)| span.field == passage.field)
            .collect();
        signals.sort_by_key(|(span, _)| *span);
        let longest = signals
            .iter()
            .map(|(span, _)| span.end - span.start)
            .max()
            .unwrap_or(0)
            .min(LONGEST_BYTES);
        Self { signals, longest }
    }

    /// Why the number at a place is no age of the person, by the signal that lies on it.
    fn refuses(&self, place: &Span, is_safe: bool) -> Option<&'static str> {
        let from = place.start.saturating_sub(self.longest);
        let first = self.signals.partition_point(|(span, _)| span.start < from);
        self.signals[first..]
            .iter()
            .take_while(|(span, _)| span.start < place.end)
            .filter(|(span, _)| place.start < span.end)
            .find_map(|(_, observed)| match observed {
                Observed::Refused(refused)
                    if refused.candidate == "age"
                        && refused.reason != ages::DURATION
                        && !(is_safe && DATES.contains(&refused.reason.as_str())) =>
                {
                    Some(NO_AGE)
                }
                Observed::Age(seen) if seen.about == About::Other => Some(whom::SOMEBODY_ELSE),
                Observed::Age(seen) if seen.value < 18 => Some(NO_AGE),
                Observed::Phone(_) | Observed::Price { .. } => Some(NO_AGE),
                _ => None,
            })
    }
}
