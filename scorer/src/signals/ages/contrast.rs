//! Two numbers of one sentence, of which only one is today's age: "I'm not 18, I'm 40", "17 until
//! June, then 18", "left home at 17, now 25".

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::Kind;
use super::super::reading::{Passage, Reading};
use super::PLAUSIBLE_YEARS;
use super::candidates::Candidate;
use super::mood::{DENIED, PAST};
use super::subject::Clause;
use super::verdict::{BARE_YEARS, DURATION, VISITOR_RULE, Verdict};
use super::words::{Class, floor};

/// From here on an age takes a denied 18 back.
const ADULT: u32 = 18;

/// Bytes between the two numbers.
const WITHIN_BYTES: usize = 64;

/// Bytes before the second number in which "now" may stand.
const NOW_WITHIN_BYTES: usize = 20;

/// Bytes before the first number in which its last day may stand.
const DATE_WITHIN_BYTES: usize = 32;

/// Bytes around a number in which "yet" makes a limit of a denial.
const YET_WITHIN_BYTES: usize = 14;

/// Words that make "not 18" an age still to come, folded.
const YET: &[&str] = &[
    "yet", "quite", "nog", "net", "noch", "encore", "aun", "todavia", "jeszcze", "inca", "meg",
    "още", "oshte", "o6te",
];

/// Ages that a denied 18 may give way to downwards.
const MINOR_YEARS: Range<u32> = 14..18;

/// "Not", at the head of a sentence, folded.
const NOT: &[&str] = &[
    "not", "geen", "niet", "nicht", "keine", "pas", "no", "nie", "nu", "nem", "не", "ne",
];

/// "Stands", of an age on the page, folded.
const STANDS: &[&str] = &[
    "staat", "steht", "says", "ecrit", "pone", "dice", "napisane", "scrie", "пише",
];

/// "But", between what is denied and what is so, folded.
const BUT: &[&str] = &[
    "but", "maar", "sondern", "mais", "sino", "tylko", "lecz", "a", "ci", "hanem", "а", "no", "ma",
];

/// The reason for the second of "17 until June, then 18".
const LATER: &str = "age to come";

/// Looks at each pair of neighbours in one sentence.
pub(super) fn between_ages(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    let plausible: Vec<usize> = (0..candidates.len())
        .filter(|&at| PLAUSIBLE_YEARS.contains(&candidates[at].value))
        .collect();
    for pair in plausible.windows(2) {
        let &[before, at] = pair else { continue };
        let (one, two) = (&candidates[before], &candidates[at]);
        let gap = one.range.end..two.range.start;
        if gap.len() > WITHIN_BYTES {
            continue;
        }
        if let Some(about) = is_then(passage, one, two)
            .then(|| about_now(reading, passage, one, &verdicts[before]))
            .flatten()
        {
            verdicts[before] = one.age(about);
            verdicts[at] = Verdict::Refused(LATER);
            continue;
        }
        let is_by_now = one.value < two.value && is_set_off_by_now(passage, two);
        let sets_off = match &verdicts[before] {
            Verdict::Refused(DENIED | PAST) => true,
            // "A los 16 cosía; hoy, con 42": what the first was is told by the second.
            Verdict::Refused(VISITOR_RULE | "clock time") => is_by_now,
            Verdict::Age {
                how: How::Limit,
                about: About::Advertised,
                range,
                ..
            } => one.value == ADULT && is_bare_denial(passage, range),
            _ => false,
        };
        // "Er staat 21, in het echt 17": what the page says is not so.
        if one.value >= ADULT
            && MINOR_YEARS.contains(&two.value)
            && is_on_the_page(passage, one)
            && matches!(
                &verdicts[at],
                Verdict::Age {
                    about: About::Advertised,
                    ..
                }
            )
        {
            verdicts[before] = Verdict::Refused(DENIED);
            continue;
        }
        let is_but = || {
            one.value == ADULT
                && MINOR_YEARS.contains(&two.value)
                && is_set_off_by_but(passage, one, two)
        };
        if is_but() && !has_break(passage, &gap) && !reading.is_other_trade() {
            verdicts[before] = Verdict::Refused(DENIED);
            verdicts[at] = two.age(About::Advertised);
            continue;
        }
        if !sets_off || two.value < ADULT || has_break(passage, &gap) {
            continue;
        }
        let is_past = !matches!(
            verdicts[before],
            Verdict::Age { .. } | Verdict::Refused(DENIED)
        );
        match &verdicts[at] {
            Verdict::Age {
                about: About::Advertised,
                ..
            } => {}
            Verdict::Nothing
            | Verdict::Refused(DURATION | "number of days or pieces" | "clock time" | "date")
                if BARE_YEARS.contains(&two.value)
                    && (!is_past || is_set_off_by_now(passage, two))
                    && speaks_of_the_same(reading, passage, &gap)
                    && goes_on_plainly(passage, two) =>
            {
                verdicts[at] = two.age(About::Advertised);
            }
            _ => continue,
        }
        if !is_past {
            verdicts[before] = Verdict::Refused(DENIED);
        }
    }
}

/// "17 until June, then 18": the next year of life, behind "then" or "until".
fn is_then(passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> bool {
    if two.value != one.value + 1 || has_break(passage, &(one.range.end..two.range.start)) {
        return false;
    }
    if passage.sentence(one.range.clone()).end < two.range.start {
        return false;
    }
    // "Bis zum 3. Juni": the dot of the day ends no sentence.
    let from = floor(
        &passage.flat,
        one.range.start.saturating_sub(DATE_WITHIN_BYTES),
    );
    let has = |range: Range<usize>, kind: Kind| {
        let end = range.end;
        passage
            .hits_in(range)
            .iter()
            .any(|hit| hit.kind == kind && hit.end <= end)
    };
    let behind = floor(&passage.flat, two.range.end + YET_WITHIN_BYTES);
    let is_ordered = has(one.range.end..two.range.start, Kind::Then)
        || has(two.range.end..behind.max(two.range.end), Kind::Then);
    let is_dated =
        has(from..two.range.start, Kind::Till) && has(from..two.range.start, Kind::Month);
    is_dated || is_ordered && has(from..two.range.start, Kind::Now)
}

/// Of whom the first of the two is said; `None` where it is no age at all.
fn about_now(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    one: &Candidate,
    verdict: &Verdict,
) -> Option<About> {
    match verdict {
        Verdict::Age { about, .. } => Some(*about),
        _ if reading.is_other_trade() => None,
        _ => {
            let sentence = passage.sentence(one.range.clone());
            let tokens =
                Clause::of(passage, reading.language).tokens(sentence.start, one.range.start);
            let is_somebody_elses = tokens.iter().any(|token| {
                matches!(
                    token.class,
                    Class::Relative | Class::Thing | Class::Firm | Class::Place
                )
            });
            (!is_somebody_elses).then_some(About::Advertised)
        }
    }
}

/// Whether a limit is a bare denial: "I'm not 18", and neither "not yet" nor "not quite".
fn is_bare_denial(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let denies = passage
        .hits_in(range.clone())
        .iter()
        .any(|hit| hit.kind == Kind::Not);
    let from = floor(&passage.flat, range.start.saturating_sub(YET_WITHIN_BYTES));
    let to = floor(&passage.flat, range.end + YET_WITHIN_BYTES).max(range.end);
    let sentence = passage.sentence(range.clone());
    denies
        && !passage.flat[from.max(sentence.start)..to]
            .split(|sign: char| !sign.is_alphanumeric())
            .any(|word| YET.contains(&word))
}

/// A line break or a quotation between two numbers: they speak of different things.
fn has_break(passage: &Passage<'_>, gap: &Range<usize>) -> bool {
    passage.text()[gap.clone()].contains(['\n', '"'])
}

/// Whether nobody else is named between the two.
fn speaks_of_the_same(reading: &Reading<'_>, passage: &Passage<'_>, gap: &Range<usize>) -> bool {
    Clause::of(passage, reading.language)
        .tokens(gap.start, gap.end)
        .iter()
        .all(|token| {
            !matches!(
                token.class,
                Class::Relative | Class::Thing | Class::Firm | Class::Name | Class::They
            )
        })
}

/// "Er staat 21": the verb for what stands on a page right before the number.
fn is_on_the_page(passage: &Passage<'_>, one: &Candidate) -> bool {
    let head = &passage.flat[..one.range.start];
    head.split_whitespace()
        .next_back()
        .is_some_and(|word| STANDS.contains(&word))
}

/// "Not 18 but 17": a denial that begins the sentence, "but", and the end of the clause.
fn is_set_off_by_but(passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> bool {
    let begins = passage.sentence(one.range.clone()).start;
    let mut head = passage.flat[begins..one.range.start].split_whitespace();
    let denies = head.next().is_some_and(|word| NOT.contains(&word));
    let mut between = passage.flat[one.range.end..two.range.start]
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty());
    denies
        && head.count() <= 2
        && between.any(|word| BUT.contains(&word))
        && goes_on_plainly(passage, two)
}

/// "Now 25", "hoy, con 42".
fn is_set_off_by_now(passage: &Passage<'_>, two: &Candidate) -> bool {
    let sentence = passage.sentence(two.range.clone());
    let from = floor(
        &passage.flat,
        two.range.start.saturating_sub(NOW_WITHIN_BYTES),
    );
    passage
        .hits_in(from.max(sentence.start)..two.range.start)
        .iter()
        .any(|hit| hit.kind == Kind::Now && hit.end <= two.range.start)
}

/// The number ends its clause, or words follow that count nothing.
fn goes_on_plainly(passage: &Passage<'_>, two: &Candidate) -> bool {
    let end =
        super::beside::unit_behind(passage, two.range.end).map_or(two.range.end, |unit| unit.end);
    passage.ends_clause(end)
        || passage
            .hits_after(end, 1, |sign| sign == ' ')
            .any(|hit| matches!(hit.kind, Kind::Tail | Kind::Copula | Kind::PersonAfter))
}
