//! Stated ages, and whose they are.
//!
//! A number is an age when something says so: a verb of the writer or about the person presented,
//! a label, a unit of age, a name in front of it. What stands directly beside a number can also say
//! that it is none, and then only about that number: "I'm 17, free from 18:00" is still 17. What
//! was looked at and refused is kept with its reason.
//!
//! Candidates come from `ages/candidates.rs` (digits, words, disguises, sums), the verdict on each
//! from `ages/verdict.rs`; ages that follow from something else from `ages/birth.rs`, `ages/school.rs`,
//! `ages/minor.rs` and `ages/coming.rs`.
//!
//! Invariant: a blocker acts on the number it touches only (`blockers_act_on_their_own_number`).

mod around;
mod attribute;
mod birth;
mod candidates;
mod coming;
mod conflict;
mod form;
mod limit;
mod link;
mod minor;
mod mood;
mod names;
mod profile;
mod school;
mod second;
mod stated;
mod subject;
mod verdict;
mod words;

use std::ops::Range;

use model::{About, AgeField, AgeSeen, Field, How, Observed, Refused, Signal, Span};

use self::candidates::Candidate;
pub(super) use self::names::name_before;
use self::subject::Clause;
pub(super) use self::verdict::DURATION;
use self::verdict::Verdict;
use self::words::Class;
use super::Detector;
use super::claims::Claims;
use super::lexicon::Kind;
use super::reading::{Passage, Reading};

/// The youngest and oldest age that is taken for one; a number outside is something else, and a
/// field with it holds a placeholder (indicator M1: 0, 1, 99).
const PLAUSIBLE_YEARS: Range<u32> = 10..80;

/// Words that join the members of a list, folded.
const AND: &[&str] = &["en", "and", "und", "et", "y", "si", "es", "i", "и", "&"];

/// Words in front of the end of a range, folded.
const UP_TO: &[&str] = &[
    "t/m",
    "tot",
    "tot en met",
    "to",
    "till",
    "until",
    "up to",
    "bis",
    "a",
    "al",
    "hasta",
    "jusqu'a",
    "pana la",
    "do",
    "до",
    "through",
];

/// Reasons why a number is none that hold for the next one of a list as well.
const NO_AGES: &[&str] = &[
    "date",
    "clock time",
    "size or measure",
    "price",
    "address or number of a thing",
];

/// Bytes between two ages of one list: `19 en Eva 22`, and words before the second name.
const LIST_GAP_BYTES: usize = 40;
const LIST_WORDS: usize = 3;

pub(super) const DETECTOR: Detector = Detector {
    name: "age",
    about: "A stated age in years, 10 to 79, with whose it is (`advertised`, `other`, `unknown`) and \
            how it was stated: `field` (the site's own), `digits`, `words`, `disguised` (look-alike \
            signs), `puzzle` (a sum), `birth` (from a date of birth, against the posting date), \
            `school` (from a school year) or `limit` (\"not yet 18\": the greatest age that it \
            allows).",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if let Some(signal) = field(reading) {
        found.push(signal);
    }
    for passage in &reading.passages {
        let claimed = Claims::of(passage.field, found, |observed| !is_age(observed));
        let candidates: Vec<Candidate> = candidates::candidates(passage)
            .into_iter()
            .filter(|candidate| !claimed.overlap(passage.span(candidate.range.clone())))
            .collect();
        found.extend(judged(reading, passage, &candidates));
        school::from_school(reading, passage, &candidates, found);
        minor::from_statement(passage, found);
        coming::from_coming_of_age(reading, passage, found);
        birth::from_birth(reading, passage, found);
    }
    conflict::from_ages(reading, found);
}

const fn is_age(observed: &Observed) -> bool {
    matches!(observed, Observed::Age(_))
}

/// The verdicts on all candidates, those of lists carried over to their neighbours.
fn judged(reading: &Reading<'_>, passage: &Passage<'_>, candidates: &[Candidate]) -> Vec<Signal> {
    let mut verdicts: Vec<Verdict> = candidates
        .iter()
        .map(|candidate| verdict::judge(reading, passage, candidate))
        .collect();
    carry_ranges(passage, candidates, &mut verdicts);
    carry_lists(reading, passage, candidates, &mut verdicts);
    second::look_again(reading, passage, candidates, &mut verdicts);
    candidates
        .iter()
        .zip(verdicts)
        .filter_map(|(candidate, verdict)| match verdict {
            Verdict::Age {
                value,
                about,
                how,
                range,
            } if PLAUSIBLE_YEARS.contains(&value) => {
                let value = u8::try_from(value).ok()?;
                Some(passage.signal(Observed::Age(AgeSeen { value, about, how }), range))
            }
            Verdict::Age { value, range, .. } => {
                Some(passage.refusal("age", value.to_string(), "no age of a person", range))
            }
            Verdict::Refused(reason) => PLAUSIBLE_YEARS.contains(&candidate.value).then(|| {
                let read_as = candidate.value.to_string();
                passage.refusal("age", read_as, reason, candidate.range.clone())
            }),
            Verdict::Nothing => None,
        })
        .collect()
}

/// `18 - 25`, `van 18 tot 40 jaar`: both ends are a range, of whoever may come.
fn carry_ranges(passage: &Passage<'_>, candidates: &[Candidate], verdicts: &mut [Verdict]) {
    for at in 1..candidates.len() {
        let (one, two) = (&candidates[at - 1], &candidates[at]);
        let Some(gap) = passage.flat.get(one.range.end..two.range.start) else {
            continue;
        };
        let gap = gap.trim();
        let upward = one.value < two.value && one.value >= PLAUSIBLE_YEARS.start;
        let is_range = upward && (gap == "-" || UP_TO.contains(&gap));
        let is_between = AND.contains(&gap)
            && matches!(verdicts[at - 1], Verdict::Refused(verdict::VISITOR_RULE));
        if is_range || is_between {
            for verdict in &mut verdicts[at - 1..=at] {
                *verdict = Verdict::Refused("range of numbers");
            }
        }
    }
}

/// `Anna (19) en Eva, 22 jaar`: what one number of a list is, its neighbours are.
fn carry_lists(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    for at in (1..candidates.len()).rev() {
        // "20 en 24 jaar": a clause that begins with a list of bare numbers.
        if matches!(verdicts[at - 1], Verdict::Nothing)
            && matches!(verdicts[at], Verdict::Refused(verdict::DURATION))
            && is_list(reading, passage, &candidates[at - 1], &candidates[at])
            && passage.begins_clause(candidates[at - 1].range.start)
        {
            verdicts[at] = candidates[at].age(About::Advertised);
        }
        if let (Verdict::Nothing, Verdict::Age { about, .. }) = (&verdicts[at - 1], &verdicts[at])
            && is_list(reading, passage, &candidates[at - 1], &candidates[at])
        {
            verdicts[at - 1] = candidates[at - 1].age(*about);
        }
    }
    for at in 1..candidates.len() {
        // "Op 14 en 15 ben ik weg": the second date of two, unless it has a unit of its own.
        let gap = passage
            .flat
            .get(candidates[at - 1].range.end..candidates[at].range.start);
        if let (Verdict::Refused(reason), Verdict::Age { range, .. }) =
            (&verdicts[at - 1], &verdicts[at])
            && *range == candidates[at].range
            && NO_AGES.contains(reason)
            && gap.is_some_and(|gap| AND.contains(&gap.trim()))
        {
            verdicts[at] = Verdict::Refused(reason);
        }
    }
    for at in 1..candidates.len() {
        let two = &candidates[at];
        let unit_end =
            around::unit_behind(passage, two.range.end).map_or(two.range.end, |hit| hit.end);
        if let (
            Verdict::Age { about, range, .. },
            Verdict::Nothing | Verdict::Refused(verdict::DURATION),
        ) = (&verdicts[at - 1], &verdicts[at])
            && range.end <= two.range.start
            && is_list(reading, passage, &candidates[at - 1], two)
            && passage.ends_clause(unit_end)
        {
            verdicts[at] = two.age(*about);
        }
    }
}

/// Whether "and" or a comma and the next person stand between two numbers: `22, haar vriendin
/// Joyce 17`, `she 33, he 35`.
fn is_list(reading: &Reading<'_>, passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> bool {
    let is_adult_like = |value: u32| (14..70).contains(&value);
    let Some(gap) = passage.flat.get(one.range.end..two.range.start) else {
        return false;
    };
    if gap.len() > LIST_GAP_BYTES || !is_adult_like(one.value) || !is_adult_like(two.value) {
        return false;
    }
    let is_joined = gap.contains([',', '/', '+', '(', ')'])
        || gap.split_whitespace().any(|word| AND.contains(&word));
    if !is_joined || gap.contains([';', ':', '!', '?', '|']) || gap.contains(". ") {
        return false;
    }
    let tokens = Clause::of(passage, reading.language).tokens(one.range.end, two.range.start);
    let mut words = tokens.iter().filter(|token| token.class != Class::And);
    match words.next_back() {
        None => true,
        Some(last) => {
            // A possessive, or "am" of a statement of its own.
            let is_possessive = || {
                passage
                    .hits_in(last.range.start..last.range.start + 1)
                    .iter()
                    .any(|hit| {
                        matches!(hit.kind, Kind::Det | Kind::Copula) && hit.end == last.range.end
                    })
            };
            let is_person = match last.class {
                Class::Name | Class::Person => true,
                Class::I | Class::Third => !is_possessive(),
                // "Me (25) and my girlfriend (17)"
                Class::Word => {
                    gap.ends_with('(') && gap.starts_with(')')
                        || names::is_given_name(&passage.flat[last.range.clone()])
                }
                _ => false,
            };
            is_person && words.count() <= LIST_WORDS
        }
    }
}

/// The site's own age field.
fn field(reading: &Reading<'_>) -> Option<Signal> {
    let age = reading.version.age.as_ref()?;
    let written = age.written();
    let span = Some(Span::new(Field::Age, 0, written.len()));
    let refuse = |reason: &str| {
        Some(Signal {
            observed: Observed::Refused(Refused {
                candidate: "age".to_owned(),
                read_as: written.clone(),
                reason: reason.to_owned(),
            }),
            span,
        })
    };
    let years = match age {
        AgeField::Number(years) => u32::try_from(*years).ok(),
        AgeField::Words(words) => {
            let passage = Passage::of(Field::Age, words);
            let candidates = candidates::candidates(&passage);
            let [only] = candidates.as_slice() else {
                return refuse("not one number");
            };
            if passage.flat[only.range.end..].trim_start().starts_with('+')
                || passage.flat[..only.range.start].ends_with(['+', '<', '>'])
            {
                return refuse(verdict::VISITOR_RULE);
            }
            Some(only.value)
        }
    };
    let value = years
        .filter(|years| PLAUSIBLE_YEARS.contains(years))
        .and_then(|years| u8::try_from(years).ok());
    let Some(value) = value else {
        return refuse("placeholder");
    };
    let seen = AgeSeen {
        value,
        about: About::Advertised,
        how: How::Field,
    };
    Some(Signal {
        observed: Observed::Age(seen),
        span,
    })
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("23 jaar, Utrecht", "age=23 advertised digits @0..7"),
        (
            "Ik ben zeventien jaar oud.",
            "age=17 advertised words @7..25",
        ),
        (
            "I'm 17, free from 18:00",
            "age=17 advertised digits @4..6; refused age 18: clock time @18..20",
        ),
        (
            "16 jaar ervaring",
            "refused age 16: years of experience @0..2",
        ),
        ("Ik ben bijna 18", "age=17 advertised limit @7..15"),
        ("ik ben l7", "age=17 advertised disguised @7..9"),
        (
            "Anna (19) en Eva (17)",
            "age=19 advertised digits @6..8; age=17 advertised digits @18..20",
        ),
        ("Mijn zoon is 17 jaar", "age=17 other digits @13..20"),
        ("Vanaf 21 jaar", "refused age 21: visitor rule @6..8"),
        ("Geboren in 2008", "age=18 advertised birth @11..15"),
        ("ik ben 20 min 3 jaar", "age=17 advertised puzzle @7..20"),
        ("Ik zit in 4 havo", "age=16 advertised school @10..16"),
        ("geen -18", "refused age 18: visitor rule @6..8"),
    ]
}

#[cfg(test)]
mod tests;
