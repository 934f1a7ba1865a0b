//! Whether one number is an age, and whose.

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::around::Around;
use super::beside::{is_adjective, is_vague, right_hits, strongest};
use super::candidates::Candidate;
use super::form::by_form;

/// The reason for ages that the reader must have.
pub(crate) const VISITOR_RULE: &str = "visitor rule";

/// The reason for ages that the reader is asked for.
pub(super) const QUESTION: &str = "question to the reader";
/// The reason for "n years" that nothing makes an age.
pub(crate) const DURATION: &str = "number of years, not an age";

/// The reason for "n years of something": nothing makes an age of them.
pub(super) const YEARS_OF: &str = "years of experience";

/// The reason for the age of something that is no person.
pub(super) const THING: &str = "age of a thing";

/// Ages that may stand behind a verb without a unit.
pub(super) const BARE_YEARS: Range<u32> = 12..70;

/// The same behind "I have": things are counted with that verb too (cue catalogue, rule 3).
pub(super) const BARE_HAVE_YEARS: Range<u32> = 12..41;

/// Ages that may stand behind a name without a unit.
pub(super) const NAMED_YEARS: Range<u32> = 14..70;

/// From here on less is asked.
pub(super) const ADULT: u32 = 18;

/// The note of words that say how long ago something was.
const GONE_BY: &str = "time gone by";

/// The note of a cue that says "aged", of whomever.
pub(super) const AGED: &str = "aged";

/// What a number turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Age {
        value: u32,
        about: About,
        how: How,
        /// With its unit, in the folded text.
        range: Range<usize>,
    },
    /// Looked at and refused.
    Refused(&'static str),
    /// Nothing speaks of an age.
    Nothing,
}

/// Whether a number is an age.
pub(crate) fn judge(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidate: &Candidate,
) -> Verdict {
    if candidate.how == How::Words && candidate.value < 10 {
        return Verdict::Nothing;
    }
    let around = Around::of(reading, passage, candidate);
    if let Some(verdict) = by_form(passage, candidate) {
        return around.by_moment(verdict);
    }
    let verdict = around.by_subject(around.judge());
    let verdict = around.by_moment(around.by_profile(verdict));
    around.by_link(around.by_mood(verdict))
}

/// Asks of ages that neighbours or a second look lent for what ties them to the person advertised.
pub(super) fn link_lent(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    alone: &[Verdict],
    verdicts: &mut [Verdict],
) {
    for ((candidate, alone), verdict) in candidates.iter().zip(alone).zip(verdicts) {
        if verdict != alone {
            *verdict = Around::of(reading, passage, candidate).by_link(verdict.clone());
        }
    }
}

impl Around<'_> {
    fn judge(&self) -> Verdict {
        if let Some(refused) = self.blocked_behind() {
            return refused;
        }
        if !self.stands_alone() {
            return self.by_sex_letter();
        }
        if self.is_asked_alone() && !self.is_asked_and_denied() {
            return Verdict::Refused(QUESTION);
        }
        if self.is_asked_and_denied() {
            return Verdict::Age {
                value: self.candidate.value - 1,
                about: About::Advertised,
                how: How::Limit,
                range: self.range.clone(),
            };
        }
        match self.left.map(|hit| hit.kind) {
            Some(Kind::Limit) => return self.limit(),
            Some(Kind::NotBefore) => {
                if let Some(verdict) = self.blocked_before() {
                    return verdict;
                }
            }
            _ => {}
        }
        if let Some(verdict) = self.limit_behind() {
            return verdict;
        }
        match self.left.map(|hit| hit.kind) {
            Some(Kind::AgeI) if self.is_aged() => self.after_aged(),
            Some(Kind::AgeI) => self.after_verb(About::Advertised),
            Some(Kind::AgeThird) => {
                let about = self.about_two().unwrap_or_else(|| self.about_third());
                self.after_verb(about)
            }
            Some(Kind::AgeLabel) => self.after_label(),
            Some(Kind::AgeOf) => self.of_somebody(),
            Some(Kind::Is) => self.after_is(),
            Some(Kind::Since) => self.since(),
            _ => self.by_unit_or_name(),
        }
    }

    /// A unit of something else, or a word behind the unit that makes it a duration.
    fn blocked_behind(&self) -> Option<Verdict> {
        let passage = self.passage;
        let right = strongest(right_hits(passage, self.candidate.range.end), self.language);
        // "Siebzehnjähriges Mädchen" counts no girls.
        let counts = |hit: &&Hit| {
            hit.kind == Kind::NotAfter && self.unit.is_none_or(|unit| unit.kind != Kind::AgeWord)
        };
        if let Some(hit) = right.filter(counts) {
            return Some(Verdict::Refused(hit.note));
        }
        let rest = passage.flat[self.range.end..].trim_start();
        if self.unit.is_some() && rest.starts_with('+') {
            return Some(Verdict::Refused(VISITOR_RULE));
        }
        self.unit?;
        let blocker = passage
            .hits_after(self.range.end, 2, |sign| matches!(sign, ' ' | '-' | '('))
            .filter(|hit| matches!(hit.kind, Kind::NotAfterUnit))
            .filter(|hit| !(self.unit.is_some_and(is_adjective) && self.is_person_too(hit)))
            // "Mam 17 lat mieszkam sama": what follows an age of one's own is the next sentence.
            .filter(|hit| hit.note != GONE_BY || !self.states_own())
            .max_by_key(|hit| hit.end)?;
        if blocker.note == "somebody else" {
            return Some(self.age(About::Other));
        }
        Some(Verdict::Refused(blocker.note))
    }

    /// "29-jähriger Masseur": a trade of so many years, or somebody who has it.
    fn is_person_too(&self, hit: &Hit) -> bool {
        self.passage
            .hits_in(hit.start..hit.start + 1)
            .iter()
            .any(|other| {
                matches!(other.kind, Kind::Person | Kind::PersonAfter) && other.end == hit.end
            })
    }

    fn blocked_before(&self) -> Option<Verdict> {
        let left = self.left?;
        // "om 18 uur" is a time, but "met 19 jaar" or "op 19 jaar" may still be an age.
        let gives_way = matches!(
            left.note,
            "clock time" | "date" | "number of days or pieces" | "district of a city"
        ) && self.unit.is_some();
        let words = &self.passage.flat[left.start..left.end];
        let up_to = words.len() > 2 && super::UP_TO.contains(&words);
        if up_to && self.unit.is_some() {
            return Some(Verdict::Refused(VISITOR_RULE));
        }
        let label_follows = self.unit.is_some_and(|unit| {
            unit.kind == Kind::UnitOld && left.note != VISITOR_RULE && !is_vague(unit)
        });
        if gives_way || label_follows {
            return None;
        }
        Some(Verdict::Refused(left.note))
    }

    pub(super) fn states_own(&self) -> bool {
        self.left
            .is_some_and(|left| left.kind == Kind::AgeI && left.note != AGED)
    }
}
