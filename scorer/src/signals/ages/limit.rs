//! Ages not reached yet: "almost 18", "not yet 18", "18 word ik in mei". What they say is the
//! greatest age that they allow.

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::{Hit, Kind};
use super::around::Around;
use super::beside::is_vague;
use super::mood::DENIED;
use super::verdict::{DURATION, QUESTION, VISITOR_RULE, Verdict};

/// A round number that somebody nearly reached, beyond which "almost" counts years of other things.
pub(super) const LIMIT_YEARS: Range<u32> = 10..41;

/// The note of verbs that say "I" by themselves: Hungarian "leszek".
const OWN: &str = "own";

/// Prepositions that set a limit to anybody's age, folded.
const UNDER: &[&str] = &[
    "under",
    "onder",
    "onder de",
    "unter",
    "sub",
    "pod",
    "ponizej",
    "под",
    "pod",
    "just under",
    "below",
];

/// Answers that begin with "no", folded.
const NO: &[&str] = &[
    "no", "nope", "nee", "nein", "non", "nu", "nem", "nie", "не", "ne",
];

/// The same in two words.
const NO_LONGER: &[&str] = &["pues no", "ba nu", "a nem", "oj nie", "ами не"];

/// "Not yet", folded.
const NOT_YET: &[&str] = &[
    "not yet",
    "not quite",
    "nog niet",
    "noch nicht",
    "pas encore",
    "todavia no",
    "aun no",
    "no todavia",
    "inca nu",
    "nu inca",
    "nu inca",
    "meg nem",
    "jeszcze nie",
    "още не",
];

/// The age of majority.
const OF_AGE: u32 = 18;

impl Around<'_> {
    /// "Almost 18", "not yet 18": the greatest age that it allows.
    pub(super) fn limit(&self) -> Verdict {
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        // German "Ü18" folds like "U18".
        if self
            .passage
            .written(left.start..left.end)
            .contains(['ü', 'Ü'])
            && left.note.is_empty()
            && self.passage.text()[..left.end].ends_with(" u")
        {
            return Verdict::Refused(VISITOR_RULE);
        }
        // A bare "not" is a limit for the age of majority only.
        let is_bare_not = self
            .passage
            .hits_in(left.start..left.end)
            .iter()
            .any(|hit| hit.kind == Kind::Not && hit.end == left.end);
        if is_bare_not && self.candidate.value != OF_AGE
            || self.denied().is_some_and(|not| !not.note.is_empty())
        {
            return Verdict::Refused(DENIED);
        }
        if self.is_rule(left) || self.is_spoken_about() {
            return Verdict::Refused(VISITOR_RULE);
        }
        if let Some(since) = self
            .passage
            .hits_before(left.start, 2, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Since)
            && self.unit.is_some_and(is_vague)
            && since.end - since.start > 1
        {
            return Verdict::Refused(DURATION);
        }
        self.limit_at(left.start..self.range.end)
    }

    /// "Nobody under 18": a bare preposition is no statement, unless the writer or somebody who is
    /// presented stands before it.
    fn is_rule(&self, left: &Hit) -> bool {
        let is_preposition = UNDER.contains(&&self.passage.flat[left.start..left.end]);
        let is_said_behind = self
            .passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::Copula);
        is_preposition
            && !is_said_behind
            && !self
                .passage
                .hits_in(self.clause.start..left.start)
                .iter()
                .any(|hit| {
                    matches!(
                        hit.kind,
                        Kind::I | Kind::Copula | Kind::Third | Kind::Person
                    ) && hit.end <= left.start
                })
    }

    /// "Nearly 18 isn't 18": the words themselves are what the sentence is about.
    fn is_spoken_about(&self) -> bool {
        self.passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .any(|hit| {
                hit.kind == Kind::Not
                    && self.passage.flat[hit.end..]
                        .trim_start()
                        .starts_with(|sign: char| sign.is_ascii_digit())
            })
    }

    /// "18 word ik in mei".
    pub(super) fn limit_behind(&self) -> Option<Verdict> {
        let behind = self
            .passage
            .hits_after(self.range.end, 2, |sign| matches!(sign, ' ' | '-'))
            .find(|hit| hit.kind == Kind::LimitAfter)?;
        let speaks = behind.note == OWN
            || self
                .subject(self.range.start)
                .is_some_and(|hit| matches!(hit.kind, Kind::I | Kind::Copula | Kind::Third))
            || self.passage.begins_clause(self.candidate.range.start)
            || self
                .left
                .is_some_and(|hit| matches!(hit.kind, Kind::AgeI | Kind::AgeThird));
        if !speaks {
            return None;
        }
        Some(self.limit_at(self.candidate.range.start..behind.end))
    }

    /// "Eighteen? If not, don't call.": the age of majority, all that the question says.
    pub(super) fn is_asked_alone(&self) -> bool {
        self.candidate.value == OF_AGE
            && self.left.is_none()
            && self.passage.begins_clause(self.candidate.range.start)
            && self.is_question()
    }

    /// "Eighteen? No, not yet.": a question of the writer's own that the writer answers.
    pub(super) fn is_asked_and_denied(&self) -> bool {
        let flat = self.passage.flat.as_str();
        if self.candidate.value != OF_AGE
            || !self.passage.begins_clause(self.candidate.range.start)
            || self.is_other_trade
        {
            return false;
        }
        let Some(rest) = flat[self.range.end..].trim_start().strip_prefix('?') else {
            return false;
        };
        let answer = rest.trim_start();
        let said = answer.split(['.', '!', '\n']).next().unwrap_or(answer);
        if said.contains('?') {
            return false;
        }
        let (word, behind) = said.split_at(
            said.find(|sign: char| !sign.is_alphanumeric())
                .unwrap_or(said.len()),
        );
        NO.contains(&word) && (behind.is_empty() || behind.starts_with(','))
            || NO_LONGER.iter().any(|no| {
                said.strip_prefix(no)
                    .is_some_and(|rest| rest.starts_with(','))
            })
            || NOT_YET.iter().any(|not| said.contains(not))
    }

    fn limit_at(&self, range: Range<usize>) -> Verdict {
        let start = range.start;
        if !LIMIT_YEARS.contains(&self.candidate.value) {
            return Verdict::Refused(DURATION);
        }
        if self.is_question() {
            return Verdict::Refused(QUESTION);
        }
        let about = match self.subject(start).map(|hit| hit.kind) {
            Some(Kind::You) => return Verdict::Refused(VISITOR_RULE),
            Some(Kind::Thing) => return Verdict::Refused("age of a thing"),
            Some(Kind::Relative) => About::Other,
            _ if self.is_other_trade && !self.says_i(start) => {
                return Verdict::Refused("listing about something else");
            }
            _ => About::Advertised,
        };
        if self.reader_is_addressed() {
            return Verdict::Refused(VISITOR_RULE);
        }
        Verdict::Age {
            value: self.candidate.value - 1,
            about,
            how: How::Limit,
            range,
        }
    }
}
