//! Stated ages, and whose they are.
//!
//! A number is an age when something says so: a verb of the writer or about the person presented,
//! a label, a unit of age, a name in front of it. What stands directly beside a number can also say
//! that it is none, and then only about that number: "I'm 17, free from 18:00" is still 17. What
//! was looked at and refused is kept with its reason.
//!
//! Candidates come from `ages/candidates.rs` (digits, words, disguises, sums), the verdict on each
//! from `ages/verdict.rs`; what no construction settles is weighed in `ages/weighed.rs`;
//! what would make a minor of somebody is looked at once more in `ages/guard.rs`. Ages that follow from something else from `ages/birth.rs`, `ages/school.rs`,
//! `ages/minor.rs` and `ages/coming.rs`.
//!
//! Invariant: a blocker acts on the number it touches only (`blockers_act_on_their_own_number`).

mod around;
mod attribute;
mod beside;
mod birth;
mod candidates;
mod coming;
mod conflict;
mod contrast;
mod counted;
mod cued;
mod difference;
mod form;
mod guard;
mod limit;
mod link;
mod minor;
mod misspelt;
mod moment;
mod mood;
mod named;
mod names;
mod neighbours;
mod owner;
mod profile;
mod school;
mod second;
mod stated;
mod subject;
mod sums;
mod told;
mod verdict;
mod weighed;
mod words;
mod zodiac;

use std::ops::Range;

use model::{About, AgeField, AgeSeen, Field, How, Observed, Refused, Signal, Span};

use self::candidates::Candidate;
pub(super) use self::names::name_before;
use self::neighbours::{AND, UP_TO};
pub(super) use self::verdict::DURATION;
use self::verdict::Verdict;
pub use self::weighed::AgeEvidence;
use super::Detector;
use super::claims::Claims;
use super::reading::{Passage, Reading};

/// The youngest and oldest age that is taken for one; a number outside is something else, and a
/// field with it holds a placeholder (indicator M1: 0, 1, 99).
const PLAUSIBLE_YEARS: Range<u32> = 10..80;

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
        let candidates = unclaimed(passage, found);
        found.extend(judged(reading, passage, &candidates));
        difference::from_differences(reading, passage, &candidates, found);
        school::from_school(reading, passage, &candidates, found);
        minor::from_statement(reading, passage, found);
        coming::from_coming_of_age(reading, passage, found);
        birth::from_birth(reading, passage, found);
    }
    lower_limits(found);
    conflict::from_ages(reading, found);
}

/// "Still a minor, 16 in fact": a limit says no more than the lower age that is stated beside it.
fn lower_limits(found: &mut [Signal]) {
    let advertised = |signal: &Signal| match signal.observed {
        Observed::Age(seen) if seen.about == About::Advertised => Some(seen),
        _ => None,
    };
    let stated = found
        .iter()
        .filter_map(advertised)
        .filter(|seen| !matches!(seen.how, How::Limit | How::Field))
        .map(|seen| seen.value)
        .min();
    for signal in found {
        if let Some(seen) = advertised(signal)
            && seen.how == How::Limit
            && stated.is_some_and(|stated| stated < seen.value)
        {
            signal.observed = Observed::Refused(Refused {
                candidate: "age".to_owned(),
                read_as: seen.value.to_string(),
                reason: "a lower age is stated".to_owned(),
            });
        }
    }
}

/// What is asked about the numbers of a listing that no construction settles; `found` is what the
/// detectors before this one say.
pub(super) fn evidence(reading: &Reading<'_>, found: &[Signal]) -> Vec<AgeEvidence> {
    let of_passage = |passage| {
        let candidates = unclaimed(passage, found);
        let verdicts = verdicts(reading, passage, &candidates);
        weighed::evidence(reading, passage, &candidates, &verdicts)
    };
    reading.passages.iter().flat_map(of_passage).collect()
}

/// The numbers of a passage that are no part of something else.
fn unclaimed(passage: &Passage<'_>, found: &[Signal]) -> Vec<Candidate> {
    let claimed = Claims::of(passage.field, found, |observed| !is_age(observed));
    candidates::candidates(passage)
        .into_iter()
        .filter(|candidate| !claimed.overlap(passage.span(candidate.range.clone())))
        .collect()
}

const fn is_age(observed: &Observed) -> bool {
    matches!(observed, Observed::Age(_))
}

/// What the constructions around the candidates say, those of lists carried over to neighbours.
fn verdicts(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = candidates
        .iter()
        .map(|candidate| verdict::judge(reading, passage, candidate))
        .collect();
    neighbours::carry_ranges(passage, candidates, &mut verdicts);
    let alone = verdicts.clone();
    neighbours::pair_up(reading, passage, candidates, &mut verdicts);
    neighbours::carry_lists(reading, passage, candidates, &mut verdicts);
    verdict::link_lent(reading, passage, candidates, &alone, &mut verdicts);
    contrast::between_ages(reading, passage, candidates, &mut verdicts);
    let alone = verdicts.clone();
    second::look_again(reading, passage, candidates, &mut verdicts);
    verdict::link_lent(reading, passage, candidates, &alone, &mut verdicts);
    verdicts
}

/// The numbers as signals.
fn judged(reading: &Reading<'_>, passage: &Passage<'_>, candidates: &[Candidate]) -> Vec<Signal> {
    let mut verdicts = verdicts(reading, passage, candidates);
    weighed::weigh(reading, passage, candidates, &mut verdicts);
    guard::take_back(reading, passage, candidates, &mut verdicts);
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
