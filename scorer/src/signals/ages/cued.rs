//! Numbers behind a cue: "I am 17", "age: 17", "girl of 17", "Anna is 17", "since 17 years".

use model::{About, Language};

use super::super::lexicon::Kind;
use super::around::{Around, SUBJECT_WITHIN_BYTES};
use super::beside::{is_adjective, is_vague};
use super::names::name_before;
use super::verdict::{
    ADULT, AGED, BARE_HAVE_YEARS, BARE_YEARS, DURATION, NAMED_YEARS, THING, VISITOR_RULE, Verdict,
};

/// The notes of cues that give one age to both, and to one of two.
const BOTH: &str = "both";
const ONE: &str = "one";

impl Around<'_> {
    /// Whether the cue says "aged" of whomever: Bulgarian "на".
    pub(super) fn is_aged(&self) -> bool {
        self.left.is_some_and(|left| left.note == AGED)
    }

    /// "На 17 години", "внук на 17": of whom its clause speaks, the writer where it names nobody.
    pub(super) fn after_aged(&self) -> Verdict {
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
    pub(super) fn after_verb(&self, about: About) -> Verdict {
        if about == About::Unknown {
            return Verdict::Refused(THING);
        }
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        if left.note == ONE && !self.names_the_other() {
            return Verdict::Nothing;
        }
        if self.unit.is_some() || self.has_half {
            return self.age(about);
        }
        if matches!(left.note, BOTH | ONE) {
            let fits = self.passage.ends_clause(self.range.end)
                || left.note == ONE && self.goes_on_to_the_other();
            return if fits && BARE_YEARS.contains(&self.candidate.value) {
                self.age(about)
            } else {
                Verdict::Nothing
            };
        }
        let counts_things = matches!(
            left.language,
            Language::Es | Language::Ro | Language::Pl | Language::Fr | Language::Bg
        ) && left.end - left.start <= 6;
        let bounds = if counts_things && left.note != AGED {
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

    /// Whether the sentence speaks of one and of another.
    fn names_the_other(&self) -> bool {
        let mut starts: Vec<usize> = self
            .passage
            .hits_in(self.passage.sentence(self.range.clone()))
            .iter()
            .filter(|hit| hit.kind == Kind::AgeThird && hit.note == ONE)
            .map(|hit| hit.start)
            .collect();
        starts.dedup();
        starts.len() > 1
    }

    /// Whose the ages of two are: relatives of the writer where the writer has them, else those
    /// who are advertised, "cousins, one is 16".
    pub(super) fn about_two(&self) -> Option<About> {
        let left = self.left.filter(|left| matches!(left.note, BOTH | ONE))?;
        let sentence = self.passage.sentence(self.range.clone());
        let said = self.passage.hits_in(sentence.start..left.start);
        let relative = said.iter().find(|hit| hit.kind == Kind::Relative);
        let is_had = relative.is_some_and(|relative| {
            said.iter().any(|hit| {
                hit.start <= relative.start
                    && matches!(
                        hit.kind,
                        Kind::I | Kind::AgeI | Kind::Copula | Kind::Has | Kind::Det
                    )
            })
        });
        Some(if self.is_other_trade || is_had {
            About::Other
        } else {
            About::Advertised
        })
    }

    /// "One is 16 and the other", "una de 15 (Vera) y otra".
    fn goes_on_to_the_other(&self) -> bool {
        let rest = self.passage.flat[self.range.end..].trim_start();
        let word = rest.split(' ').next().unwrap_or("");
        rest.starts_with('(') || super::AND.contains(&word)
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

    pub(super) fn after_label(&self) -> Verdict {
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
    pub(super) fn of_somebody(&self) -> Verdict {
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
    pub(super) fn after_is(&self) -> Verdict {
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
    pub(super) fn since(&self) -> Verdict {
        const OF: [&str; 9] = ["de", "van", "von", "of", "mit", "met", "with", "cu", "con"];
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        let Some(unit) = self.unit else {
            return Verdict::Nothing;
        };
        // "Die 17-jährige Alina": in German the article is a word for "the last" too.
        if is_adjective(unit) || unit.kind == Kind::UnitOld && !is_vague(unit) {
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
        let at = head.len() - word.len();
        // "Căsătoriți de 18 ani"
        let counts_years = self
            .passage
            .hits_in(at..at + 1)
            .iter()
            .any(|hit| hit.kind == Kind::NotAfterUnit);
        !counts_years
            && word.len() > 2
            && word.chars().all(char::is_alphabetic)
            && self.passage.begins_clause(head.len() - word.len())
    }
}
