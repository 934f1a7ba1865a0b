//! The verdict on a number in the light of the subject of its sentence.

use model::{About, How, Language};

use super::around::Around;
use super::limit::LIMIT_YEARS;
use super::mood::PAST;
use super::subject::{Clause, Owner, Stated};
use super::verdict::{BARE_YEARS, DURATION, NAMED_YEARS, THING, Verdict};

/// The note of words for things with an age, in the tables.
const SOMETHING_ELSE: &str = "something else of that age";

/// The reason for the years of a firm, shop or club.
const ANNIVERSARY: &str = "business anniversary";

impl Around<'_> {
    /// The subject of the sentence outweighs what stands beside the number: it takes an age away
    /// from the advertised person, and makes one of a number that a verb states.
    pub(super) fn by_subject(&self, verdict: Verdict) -> Verdict {
        let is_advertised = matches!(
            verdict,
            Verdict::Age {
                about: About::Advertised,
                ..
            }
        );
        let is_open = matches!(
            verdict,
            Verdict::Nothing | Verdict::Refused(DURATION | THING | SOMETHING_ELSE)
        ) && self.stands_alone();
        if matches!(verdict, Verdict::Nothing | Verdict::Refused(_))
            && NAMED_YEARS.contains(&self.candidate.value)
            && self.passage.ends_clause(self.range.end)
            && Clause::of(self.passage, self.language)
                .hangs_on_somebody_else(self.clause.start, self.candidate.range.start)
        {
            return self.age(About::Other);
        }
        if !(is_advertised || is_open && self.may_be_stated()) {
            return verdict;
        }
        let Some(stated) = self.stated() else {
            return verdict;
        };
        if is_open && !(stated.by_verb && self.states_years(&stated)) {
            return verdict;
        }
        let about = match stated.owner {
            Owner::Past if self.is_just_past() => About::Advertised,
            Owner::Past => return Verdict::Refused(PAST),
            Owner::Firm => return Verdict::Refused(ANNIVERSARY),
            Owner::Other | Owner::Thing if self.says_own_verb() => About::Advertised,
            Owner::Other | Owner::Thing => About::Other,
            Owner::Advertised if self.is_other_trade && !is_advertised => About::Other,
            Owner::Advertised => About::Advertised,
        };
        let verdict = match verdict {
            Verdict::Age {
                value, how, range, ..
            } => Verdict::Age {
                value,
                about,
                how,
                range,
            },
            _ => self.age(about),
        };
        match verdict {
            // "Lena wird im Mai 18"
            Verdict::Age {
                value, how, range, ..
            } if stated.is_to_come && how != How::Limit && LIMIT_YEARS.contains(&value) => {
                Verdict::Age {
                    value: value - 1,
                    about,
                    how: How::Limit,
                    range,
                }
            }
            verdict => verdict,
        }
    }

    /// Whether a number behind a verb counts years of life: with a unit, or bare and at the end.
    fn states_years(&self, stated: &Stated) -> bool {
        if self.unit.is_some() {
            return true;
        }
        let verb_has = matches!(
            self.language,
            Some(Language::Fr | Language::Es | Language::Ro | Language::Pl)
        );
        !verb_has
            && BARE_YEARS.contains(&self.candidate.value)
            && (stated.verb_follows
                || self.passage.ends_clause(self.range.end)
                || self.goes_on_as_person())
    }
}
