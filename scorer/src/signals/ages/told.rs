//! Bare numbers that a few words beside them make an age: "still 17", "17 is my age", "the youngest
//! here: 17", "masseuse of 38", `Laia, de 17`, a sum where an age is spoken of.

use std::ops::Range;

use model::{How, Language};

use super::super::lexicon::Kind;
use super::around::Around;
use super::names::is_given_name;
use super::profile::PROFILE_YEARS;
use super::subject::Clause;
use super::words::Class;

/// Bytes around a sum in which an age may be spoken of.
const LABEL_WITHIN_BYTES: usize = 80;

/// Ages that "since Monday" states.
const RECENT_YEARS: Range<u32> = 18..22;

/// "Still", in front of an age, folded.
const STILL: &[&str] = &[
    "nog",
    "nog steeds",
    "still",
    "noch",
    "encore",
    "toujours",
    "todavia",
    "aun",
    "jeszcze",
    "wciaz",
    "inca",
    "meg",
    "meg mindig",
    "още",
    "още на",
    "все още на",
    "oshte",
];

/// Bytes behind a number in which "is my age" stands.
const MINE_WITHIN_BYTES: usize = 28;

/// "Is", between an age and its label, folded.
const IS: &[&str] = &[
    "is", "ist", "est", "c'est", "es", "to", "e", "este", "е", "ans",
];

/// "Of", between a noun for a person and an age, folded.
const PERSON_OF: &[&str] = &[
    "of", "van", "von", "mit", "de", "d", "con", "cu", "na", "на",
];

impl Around<'_> {
    /// "Seit Montag 18!": a moment just past in front of the age of majority.
    pub(super) fn is_recent(&self) -> bool {
        let recent = self
            .passage
            .hits_before(self.range.start, 2, |sign| sign == ' ')
            .filter(|hit| hit.kind == Kind::JustPast)
            .map(|hit| hit.end - hit.start)
            .max();
        let left = self.left.map_or(0, |left| left.end - left.start);
        recent.is_some_and(|length| length >= left)
            && RECENT_YEARS.contains(&self.candidate.value)
            && self.left.is_none_or(|left| left.kind != Kind::Limit)
            && (self.passage.ends_clause(self.range.end) || self.goes_on_as_person())
    }

    /// "Zeventien ben ik", "17 vagyok": the writer's own verb behind the number.
    pub(super) fn is_before_own_verb(&self) -> bool {
        self.passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::Copula)
    }

    /// "Nog 17, dus hou het stil": a text that begins with "still" and the number.
    pub(super) fn is_still_that_age(&self) -> bool {
        let end = self.unit.map_or(self.candidate.range.end, |unit| {
            unit.end.max(self.candidate.range.end)
        });
        STILL.contains(&self.passage.flat[..self.candidate.range.start].trim())
            && self.passage.ends_clause(end)
            && self.passage.flat[end..]
                .trim_start()
                .starts_with([',', '.', '!'])
    }

    /// "17 is my age": the label, with its possessive, behind the number.
    pub(super) fn is_told_as_mine(&self) -> bool {
        let flat = self.passage.flat.as_str();
        let to = super::words::floor(flat, self.range.end + MINE_WITHIN_BYTES).min(self.clause.end);
        let behind = self.range.end..to.max(self.range.end);
        let is_verb = |word: &str| IS.contains(&word);
        let begins = flat[behind.clone()]
            .split_whitespace()
            .next()
            .is_some_and(is_verb)
            || self.language == Some(Language::Hu);
        begins
            && self.passage.begins_clause(self.candidate.range.start)
            && self.passage.hits_in(behind.clone()).iter().any(|hit| {
                hit.kind == Kind::AgeLabel
                    && (self.has(behind.clone(), Kind::I)
                        || flat[hit.start..hit.end].ends_with("om"))
            })
    }

    /// "I'm the youngest here: 17": what the writer's own verb announces.
    pub(super) fn follows_a_colon_of_mine(&self) -> bool {
        let flat = self.passage.flat.as_str();
        let announced = flat[self.clause.start..self.candidate.range.start].trim_end();
        announced.ends_with(':')
            && self.left.is_none()
            && self.passage.ends_clause(self.range.end)
            && self
                .passage
                .hits_in(self.clause.start..self.candidate.range.start)
                .iter()
                .any(|hit| hit.kind == Kind::Copula && hit.start <= self.clause.start + 6)
    }

    /// `Laia, de 17, nueva`: a clause of a preposition and the number, behind one of a name.
    pub(super) fn is_apposed(&self) -> bool {
        let Some(segment) = self.segment_before() else {
            return false;
        };
        let clause = Clause::of(self.passage, self.language);
        let own = clause.tokens(self.clause.start, self.range.start);
        let [of] = own.as_slice() else {
            return false;
        };
        let is_name = clause
            .tokens(segment.start, segment.end)
            .last()
            .is_some_and(|token| {
                token.class == Class::Name || is_given_name(&self.passage.flat[token.range.clone()])
            });
        of.class == Class::Prep
            && is_name
            && !self.is_other_trade
            && PROFILE_YEARS.contains(&self.candidate.value)
            && self.passage.ends_clause(self.range.end)
    }

    /// "Experienced masseuse of 38, 12 years in the trade": a noun for a person, a preposition and
    /// the number, which ends the clause.
    pub(super) fn is_person_of(&self) -> bool {
        let clause = Clause::of(self.passage, self.language);
        let own = clause.tokens(self.clause.start, self.range.start);
        let [before @ .., noun, of] = own.as_slice() else {
            return false;
        };
        PERSON_OF.contains(&&self.passage.flat[of.range.clone()])
            && noun.class == Class::Person
            && self.unit.is_none()
            && before.iter().all(|token| {
                matches!(
                    token.class,
                    Class::Word
                        | Class::Person
                        | Class::Det
                        | Class::We
                        | Class::Verb
                        | Class::Number
                        | Class::I
                )
            })
            && !self.is_other_trade
            && self.stands_alone()
            && PROFILE_YEARS.contains(&self.candidate.value)
            && self.passage.ends_clause(self.range.end)
    }

    /// "Ina de 22 și Mali de 17": a given name, a preposition and the number, beside "and".
    pub(super) fn is_name_of(&self) -> bool {
        const OF: [&str; 2] = ["de", "cu"];
        const AND: [&str; 5] = [" si ", " y ", " e ", " et ", " i "];
        let text = self.passage.flat.as_str();
        let clause = Clause::of(self.passage, self.language);
        let own = clause.tokens(self.clause.start, self.range.start);
        let [.., name, of] = own.as_slice() else {
            return false;
        };
        let goes_on = AND
            .iter()
            .any(|and| text[self.range.end..].starts_with(and));
        let has_other = AND
            .iter()
            .any(|and| text[..name.range.start].ends_with(and));
        OF.contains(&&text[of.range.clone()])
            && is_given_name(&text[name.range.clone()])
            && !self.is_other_trade
            && PROFILE_YEARS.contains(&self.candidate.value)
            && (goes_on || has_other && self.passage.ends_clause(self.range.end))
    }

    /// "10 + 7 ça te donne mon âge": a sum where an age is spoken of.
    pub(super) fn is_puzzle_of_an_age(&self) -> bool {
        if self.candidate.how != How::Puzzle {
            return false;
        }
        let flat = self.passage.flat.as_str();
        let near = super::words::floor(flat, self.range.start.saturating_sub(LABEL_WITHIN_BYTES))
            ..super::words::floor(flat, self.range.end + LABEL_WITHIN_BYTES);
        let is_spelled = flat[self.candidate.range.clone()].contains(char::is_alphabetic);
        let opens = flat[..self.range.start].trim().is_empty();
        self.has(near.clone(), Kind::AgeLabel)
            || self.has(near.clone(), Kind::AgeNoun)
            || self.has(near, Kind::HowOld)
            || opens && is_spelled && self.passage.ends_clause(self.range.end)
    }

    /// `l7 g0dini`: a disguised number before a word that holds a digit.
    pub(super) fn has_disguised_unit(&self) -> bool {
        let rest = self.passage.flat[self.candidate.range.end..].trim_start();
        let word: &str = rest
            .split(|sign: char| !sign.is_alphanumeric())
            .next()
            .unwrap_or("");
        self.candidate.how == How::Disguised
            && (3..=9).contains(&word.len())
            && word.starts_with(char::is_alphabetic)
            && word.contains(|sign: char| sign.is_ascii_digit())
    }
}
