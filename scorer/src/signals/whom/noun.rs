//! Whether a noun is said of somebody: "I am a pupil", "pupil, Leeds".

use super::super::ages::name_before;
use super::super::lexicon::{Hit, Kind};
use super::{Around, NAME, SOUGHT, UNSAID, is_self};

/// Words between a bare noun and the beginning of its clause: "lieve kleine scholier".
const LABEL_WORDS: usize = 4;

impl Around<'_, '_> {
    /// Whether a verb says the noun of somebody: "I am a", "gimnazista vagyok".
    pub(in crate::signals) fn is_said_by_verb(&self) -> bool {
        self.verb_behind() || self.verb_before().is_some()
    }

    /// "Gimnazista vagyok", "ученичка съм".
    fn verb_behind(&self) -> bool {
        self.passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::Copula)
    }

    /// The end of the last "am" or "is" before the noun.
    fn verb_before(&self) -> Option<usize> {
        self.hits(self.clause.start..self.range.start)
            .filter(|hit| hit.end <= self.range.start)
            .filter(|hit| {
                matches!(hit.kind, Kind::Copula | Kind::Is | Kind::AgeThird)
                    || hit.kind == Kind::Verb && hit.note.is_empty()
            })
            .map(|hit| hit.end)
            .max()
    }

    /// Whether a noun is said of somebody: behind "am", "is" or a name, or as a clause of its own.
    pub(super) fn noun(&self) -> Option<&'static str> {
        let start = self.range.start;
        let before: Vec<&Hit> = self.hits(self.clause.start..start).collect();
        if before.iter().any(|hit| hit.kind == Kind::Wants) {
            return Some(SOUGHT);
        }
        // "Teenagers will be turned away at the door"
        let is_rejected = self
            .hits(self.range.end..self.clause.end.max(self.range.end))
            .any(|hit| hit.kind == Kind::Rejected);
        if is_rejected {
            return Some(SOUGHT);
        }
        if self.verb_behind() {
            return None;
        }
        // "Ich heiße Petra Schüler": a surname.
        let is_surname = before.iter().any(|hit| {
            matches!(hit.kind, Kind::Alias | Kind::AliasThird)
                && hit.end < start
                && name_before(self.passage, start).is_some_and(|name| {
                    self.n_words(hit.end..name.start) == 0 && name.end + 1 == start
                })
        });
        if is_surname {
            return Some(NAME);
        }
        let from = self.verb_before();
        let stretch = from.unwrap_or(self.clause.start)..start;
        let is_cut = before.iter().any(|hit| {
            hit.start >= stretch.start
                && hit.end <= start
                && match hit.kind {
                    Kind::Prep => !self.is_part_of_longer(hit),
                    Kind::Who => true,
                    Kind::Det => self.is_owned(hit),
                    _ => false,
                }
        });
        if is_cut {
            return Some(UNSAID);
        }
        let limit = LABEL_WORDS + usize::from(from.is_some());
        if self.n_words(stretch.clone()) > limit {
            return Some(UNSAID);
        }
        // A bare "I" with another verb: "ik help een scholier".
        let is_other_verb = from.is_none()
            && before
                .iter()
                .any(|hit| is_self(hit) && !self.is_possessive(hit))
            && name_before(self.passage, start).is_none();
        is_other_verb.then_some(UNSAID)
    }

    /// "My teenager" is somebody else; "een tiener" is not.
    fn is_owned(&self, det: &Hit) -> bool {
        self.passage
            .hits_in(det.start..det.start + 1)
            .iter()
            .any(|other| {
                matches!(other.kind, Kind::I | Kind::You | Kind::Third | Kind::We)
                    && other.end == det.end
            })
    }

    /// Whether a preposition is part of a longer cue that is none: "van 18", "in love".
    fn is_part_of_longer(&self, prep: &Hit) -> bool {
        self.passage
            .hits_in(prep.start..prep.start + 1)
            .iter()
            .any(|other| other.end > prep.end && matches!(other.kind, Kind::AgeI | Kind::Adverb))
    }
}
