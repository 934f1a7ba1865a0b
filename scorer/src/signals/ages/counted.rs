//! Numbers with a unit of age and no cue in front: "23 jaar, Utrecht", "Anna, 23 years old".

use model::{About, Language};

use super::super::lexicon::{Hit, Kind};
use super::around::{Around, SUBJECT_WITHIN_BYTES};
use super::beside::{is_adjective, is_vague};
use super::names::{is_person_before, name_before};
use super::verdict::{DURATION, QUESTION, THING, VISITOR_RULE, Verdict, YEARS_OF};

impl Around<'_> {
    pub(super) fn by_unit_or_name(&self) -> Verdict {
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
        // "17 years 4 months in the same shop"
        if self.has_half
            && unit.kind == Kind::Unit
            && unit.language == Language::En
            && self.left.is_none()
            && !self.passage.ends_clause(self.range.end)
        {
            return Verdict::Refused(YEARS_OF);
        }
        if is_adjective(unit) {
            return self.by_adjective();
        }
        if self.speaks_of_a_generation(unit) {
            return self.age(About::Other);
        }
        if is_vague(unit) && self.counts_years_of_something() {
            return Verdict::Refused(YEARS_OF);
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
        if ends_well
            && begins
            && (self.has_half && self.passage.ends_clause(self.range.end)
                || unit.kind != Kind::Unit
                || unit.language != Language::En)
        {
            return self.age(About::Advertised);
        }
        Verdict::Refused(DURATION)
    }

    /// Hungarian "a mai 16 évesek", "17 évesek ne jöjjenek": all of that age.
    fn speaks_of_a_generation(&self, unit: &Hit) -> bool {
        let flat = self.passage.flat.as_str();
        let begins = flat[self.clause.start..self.range.start].trim();
        unit.language == Language::Hu
            && flat[unit.start..unit.end].ends_with("evesek")
            && !self.passage.ends_clause(self.range.end)
            && !self.has(self.clause.clone(), Kind::We)
            && (begins.is_empty() || begins == "a" || begins.starts_with("a "))
    }

    /// The clause before the number is one name, or its last part is: `en Eva 17 jaar`.
    fn is_name_alone(&self) -> bool {
        name_before(self.passage, self.range.start).is_some_and(|name| {
            let head = self.passage.flat[..name.start].trim_end();
            let word = head.rsplit(' ').next().unwrap_or("");
            self.passage.begins_clause(name.start) || super::AND.contains(&word)
        })
    }
}
