//! Whether one number is an age, and whose.

use std::ops::Range;

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::around::{Around, SUBJECT_WITHIN_BYTES, is_adjective, is_vague, right_hits, strongest};
use super::candidates::Candidate;
use super::form::by_form;
use super::names::{is_person_before, name_before};

/// The reason for ages that the reader must have.
pub(crate) const VISITOR_RULE: &str = "visitor rule";

/// The reason for ages that the reader is asked for.
pub(super) const QUESTION: &str = "question to the reader";
/// The reason for "n years" that nothing makes an age.
pub(crate) const DURATION: &str = "number of years, not an age";

/// The reason for the age of something that is no person.
pub(super) const THING: &str = "age of a thing";

/// Ages that may stand behind a verb without a unit.
pub(super) const BARE_YEARS: Range<u32> = 12..70;

/// The same behind "I have": things are counted with that verb too (cue catalogue, rule 3).
const BARE_HAVE_YEARS: Range<u32> = 12..41;

/// Ages that may stand behind a name without a unit.
pub(super) const NAMED_YEARS: Range<u32> = 14..70;

/// From here on less is asked.
const ADULT: u32 = 18;

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
    if let Some(verdict) = by_form(passage, candidate) {
        return verdict;
    }
    let around = Around::of(reading, passage, candidate);
    let verdict = around.by_subject(around.judge());
    let verdict = around.by_profile(verdict);
    around.by_link(around.by_mood(verdict))
}

impl Around<'_> {
    fn judge(&self) -> Verdict {
        if let Some(refused) = self.blocked_behind() {
            return refused;
        }
        if !self.stands_alone() {
            return self.by_sex_letter();
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
            Some(Kind::AgeThird) => self.after_verb(self.about_third()),
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

    /// `F19`, `19v`: a clause of its own.
    fn by_sex_letter(&self) -> Verdict {
        const BEFORE: [char; 5] = ['f', 'v', 'w', 'k', 'm'];
        const BEHIND: [char; 5] = ['f', 'v', 'w', 'k', 'm'];
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        if self.candidate.how != How::Digits || !NAMED_YEARS.contains(&self.candidate.value) {
            return Verdict::Nothing;
        }
        // "M25" is a road, "17m" a length: a man's letter counts where it opens the text.
        let is_plain = |letter: bool, at: usize| !letter || text[..at].trim().is_empty();
        let before = text[..start].ends_with(BEFORE)
            && is_plain(text[..start].ends_with('m'), start - 1)
            && self.passage.begins_clause(start - 1)
            && self.passage.ends_clause(end);
        let behind = text[end..].starts_with(BEHIND)
            && is_plain(text[end..].starts_with('m'), start)
            && self.passage.begins_clause(start)
            && self.passage.ends_clause(end + 1);
        if before || behind {
            return self.age(About::Advertised);
        }
        Verdict::Nothing
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

    fn states_own(&self) -> bool {
        self.left
            .is_some_and(|left| left.kind == Kind::AgeI && left.note != AGED)
    }

    /// Whether the cue says "aged" of whomever: Bulgarian "на".
    fn is_aged(&self) -> bool {
        self.left.is_some_and(|left| left.note == AGED)
    }

    /// "На 17 години", "внук на 17": of whom its clause speaks, the writer where it names nobody.
    fn after_aged(&self) -> Verdict {
        let start = self.left.map_or(self.range.start, |left| left.start);
        match self.subject(start).map(|hit| hit.kind) {
            Some(Kind::Thing) => return Verdict::Refused(THING),
            Some(Kind::Relative) => return self.age(About::Other),
            Some(Kind::You) => return Verdict::Refused(VISITOR_RULE),
            _ => {}
        }
        if self.is_other_trade && !self.says_i(start) {
            return Verdict::Refused("listing about something else");
        }
        self.after_verb(About::Advertised)
    }

    /// "I am 17", "tengo 17".
    fn after_verb(&self, about: About) -> Verdict {
        if about == About::Unknown {
            return Verdict::Refused(THING);
        }
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        if self.unit.is_some() || self.has_half {
            return self.age(about);
        }
        let counts_things = matches!(
            left.language,
            Language::Es | Language::Ro | Language::Pl | Language::Fr | Language::Bg
        ) && left.end - left.start <= 6;
        let bounds = if counts_things {
            BARE_HAVE_YEARS
        } else {
            BARE_YEARS
        };
        if !bounds.contains(&self.candidate.value) {
            return Verdict::Nothing;
        }
        // "Жана на 17 и Моника на 21"
        let is_one_of_two = left.note == AGED && self.goes_on_as_person();
        let goes_on_well = self.passage.ends_clause(self.range.end)
            || is_one_of_two
            || !counts_things && (self.goes_on_as_person() || self.is_said_by_verb());
        if goes_on_well {
            self.age(about)
        } else {
            Verdict::Nothing
        }
    }

    /// "I am 25 now", "turned 18 on Saturday": a verb of being, and what follows counts nothing.
    fn is_said_by_verb(&self) -> bool {
        let Some(left) = self.left else {
            return false;
        };
        self.passage
            .hits_in(left.start..left.end)
            .iter()
            .any(|hit| {
                matches!(hit.kind, Kind::Copula | Kind::Verb | Kind::Third) && hit.end <= left.end
            })
            && !self.is_noun_at(self.range.end)
            || self
                .passage
                .hits_after(self.range.end, 2, |sign| sign == ' ')
                .any(|hit| matches!(hit.kind, Kind::JustPast | Kind::Now))
    }

    /// Whether a word that no table knows follows: what is counted.
    pub(super) fn is_noun_at(&self, at: usize) -> bool {
        let rest = self.passage.flat[at..].trim_start();
        let at = self.passage.flat.len() - rest.len();
        rest.starts_with(char::is_alphabetic) && self.passage.hits_in(at..at + 1).is_empty()
    }

    fn after_label(&self) -> Verdict {
        let start = self.left.map_or(self.range.start, |hit| hit.start);
        let before = self
            .clause
            .start
            .max(start.saturating_sub(SUBJECT_WITHIN_BYTES))..start;
        let about_visitors = self.passage.hits_in(before).iter().any(|hit| {
            matches!(hit.kind, Kind::You) || hit.kind == Kind::NotBefore && hit.note == VISITOR_RULE
        });
        if about_visitors {
            return Verdict::Refused(VISITOR_RULE);
        }
        let subject = self
            .subject(start)
            .or_else(|| self.subject_before_comma(self.clause.start));
        match subject.map(|hit| hit.kind) {
            Some(Kind::Thing) => Verdict::Refused(THING),
            Some(Kind::Relative) => self.age(About::Other),
            _ => self.age(About::Advertised),
        }
    }

    /// "Girl of 19".
    fn of_somebody(&self) -> Verdict {
        let start = self.left.map_or(self.range.start, |hit| hit.start);
        let sentence = self.passage.sentence(self.range.clone());
        let is_somebody_else = self
            .passage
            .hits_in(sentence.start..start)
            .iter()
            .any(|hit| hit.kind == Kind::Relative);
        match self.subject(start).map(|hit| hit.kind) {
            Some(Kind::You) => Verdict::Refused(VISITOR_RULE),
            _ if is_somebody_else || self.is_other_trade => self.age(About::Other),
            _ => self.age(About::Advertised),
        }
    }

    /// "Anna is 19", "my son is 17", "the house is 20 years old".
    fn after_is(&self) -> Verdict {
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        let fits = self.unit.is_some()
            || self.passage.ends_clause(self.range.end)
            || self.goes_on_as_person();
        let Some(hit) = self
            .passage
            .hits_before(left.start, 2, |sign| sign == ' ')
            .filter(|hit| {
                matches!(
                    hit.kind,
                    Kind::Relative | Kind::Thing | Kind::Person | Kind::Third
                )
            })
            .max_by_key(|hit| hit.end - hit.start)
        else {
            if fits
                && name_before(self.passage, left.start).is_some()
                && NAMED_YEARS.contains(&self.candidate.value)
                && !self.is_other_trade
            {
                return self.age(About::Advertised);
            }
            return self.by_unit_or_name();
        };
        match hit.kind {
            _ if !fits => Verdict::Nothing,
            Kind::Thing => Verdict::Refused(THING),
            Kind::Relative => self.age(About::Other),
            _ if self.is_other_trade => self.age(About::Other),
            _ => self.age(About::Advertised),
        }
    }

    /// "Since 17 years"; in some languages the same word as in "girl of 17 years".
    fn since(&self) -> Verdict {
        const OF: [&str; 9] = ["de", "van", "von", "of", "mit", "met", "with", "cu", "con"];
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        let Some(unit) = self.unit else {
            return Verdict::Nothing;
        };
        if unit.kind == Kind::UnitOld && !is_vague(unit) {
            return self.by_unit_or_name();
        }
        if OF.contains(&&self.passage.flat[left.start..left.end]) {
            match self.subject(left.start).map(|hit| hit.kind) {
                Some(Kind::Person) => return self.age(About::Advertised),
                Some(Kind::Relative) => return self.age(About::Other),
                // "Masseur de 29 ans": a noun that the clause begins with.
                None if self.candidate.value >= ADULT
                    && !self.is_other_trade
                    && self.begins_with_one_word(left.start) =>
                {
                    return self.age(About::Advertised);
                }
                _ => {}
            }
        }
        Verdict::Refused(DURATION)
    }

    fn begins_with_one_word(&self, at: usize) -> bool {
        let head = self.passage.flat[..at].trim_end();
        let word = head.rsplit(' ').next().unwrap_or("");
        word.len() > 2
            && word.chars().all(char::is_alphabetic)
            && self.passage.begins_clause(head.len() - word.len())
    }

    fn by_unit_or_name(&self) -> Verdict {
        let Some(unit) = self.unit else {
            return self.by_name();
        };
        if self.is_question() {
            return Verdict::Refused(QUESTION);
        }
        let start = self.range.start;
        let left_part = self
            .clause
            .start
            .max(start.saturating_sub(SUBJECT_WITHIN_BYTES))..start;
        if let Some(hit) = self.passage.hits_in(left_part.clone()).iter().find(|hit| {
            hit.kind == Kind::NotAfterUnit && hit.note != "somebody else" && hit.end <= start
        }) {
            return Verdict::Refused(hit.note);
        }
        if is_adjective(unit) {
            return self.by_adjective();
        }
        if is_vague(unit) && self.counts_years_of_something() {
            return Verdict::Refused(DURATION);
        }
        let behind = self
            .passage
            .hits_after(self.range.end, 2, |sign| sign == ' ')
            .find(|hit| {
                matches!(
                    hit.kind,
                    Kind::Relative | Kind::Thing | Kind::PersonAfter | Kind::Person
                )
            });
        let subject = behind
            .or_else(|| self.thing_behind_article())
            .filter(|_| unit.kind == Kind::UnitOld)
            .or_else(|| self.subject(start))
            .or_else(|| self.subject_before_comma(start));
        match subject.map(|hit| hit.kind) {
            Some(Kind::Thing) => return Verdict::Refused(THING),
            Some(Kind::You) => return Verdict::Refused(VISITOR_RULE),
            Some(Kind::Relative) => return self.age(About::Other),
            _ => {}
        }
        let is_person = matches!(
            subject.map(|hit| hit.kind),
            Some(Kind::Person | Kind::PersonAfter | Kind::I | Kind::Copula | Kind::Third)
        );
        if self.is_other_trade && !self.says_i(start) {
            return if is_person {
                self.age(About::Other)
            } else {
                Verdict::Refused("listing about something else")
            };
        }
        if unit.kind == Kind::UnitOld && !is_vague(unit) {
            return self.age(About::Advertised);
        }
        // A bare "n years": a clause of its own, or about a person.
        let ends_well = self.passage.ends_clause(self.range.end) || self.goes_on_as_person();
        let is_copula = self
            .passage
            .hits_in(left_part.clone())
            .iter()
            .any(|hit| hit.kind == Kind::Copula);
        let begins = self.passage.begins_clause(start)
            || is_person_before(self.passage, left_part.start, start)
            || is_copula
            || self.is_name_alone();
        if ends_well && begins && !(unit.kind == Kind::Unit && unit.language == Language::En) {
            return self.age(About::Advertised);
        }
        Verdict::Refused(DURATION)
    }

    /// The clause before the number is one name, or its last part is: `en Eva 17 jaar`.
    fn is_name_alone(&self) -> bool {
        name_before(self.passage, self.range.start).is_some_and(|name| {
            let head = self.passage.flat[..name.start].trim_end();
            let word = head.rsplit(' ').next().unwrap_or("");
            self.passage.begins_clause(name.start) || super::AND.contains(&word)
        })
    }

    /// `Anna (19)`, `Anna, 19, Utrecht`.
    fn by_name(&self) -> Verdict {
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        if !NAMED_YEARS.contains(&self.candidate.value)
            || self.is_other_trade
            || self.left.is_some_and(|hit| hit.kind == Kind::NotBefore)
        {
            return Verdict::Nothing;
        }
        if self.has_half {
            return Verdict::Nothing;
        }
        let in_brackets = text[..start].ends_with('(') && text[end..].starts_with(')');
        let after_comma = text[..start].ends_with(", ") && self.passage.ends_clause(end)
            || text[..start].ends_with(" - ") && self.passage.ends_clause(end);
        // "(22) blonde, Zwolle", "1️⃣7️⃣ and new": the first thing that is said.
        let opens = text[..start].trim_end_matches('(').is_empty()
            && (in_brackets || self.candidate.how == How::Disguised);
        let closing = end + usize::from(in_brackets);
        if opens
            && (self.passage.ends_clause(closing) && in_brackets
                || self.goes_on_as_person_at(closing))
        {
            return self.age(About::Advertised);
        }
        // "New girl, 20, Camden"
        let behind_person = text[..start].ends_with(", ")
            && self.passage.ends_clause(end)
            && self
                .passage
                .hits_before(start, 2, |sign| matches!(sign, ' ' | ','))
                .any(|hit| hit.kind == Kind::PersonAfter);
        if behind_person {
            return self.age(About::Advertised);
        }
        let is_somebody_else = in_brackets
            && self
                .passage
                .hits_before(start, 2, |sign| matches!(sign, ' ' | '('))
                .any(|hit| hit.kind == Kind::Relative && hit.note.is_empty());
        if is_somebody_else {
            return self.age(About::Other);
        }
        let names_person =
            |hit: &Hit| matches!(hit.kind, Kind::Person | Kind::PersonAfter | Kind::I);
        if in_brackets
            && self
                .passage
                .hits_before(start, 2, |sign| matches!(sign, ' ' | '('))
                .any(names_person)
        {
            return self.age(About::Advertised);
        }
        let Some(name) = name_before(self.passage, start) else {
            return Verdict::Nothing;
        };
        if in_brackets || after_comma && self.passage.begins_clause(name.start) {
            return self.age(About::Advertised);
        }
        Verdict::Nothing
    }
}
