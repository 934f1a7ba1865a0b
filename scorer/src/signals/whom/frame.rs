//! What takes a statement back: denials, wishes, times gone by, figures of speech.

use super::super::lexicon::{Hit, Kind};
use super::{Around, DENIED, FIGURE, PAST, Said, UNREAL, is_self};

/// Words before a statement in which a "not" denies it.
const DENIAL_WORDS: usize = 4;

/// Words behind a statement in which a "not" denies it: "ga ik niet meer".
const DENIAL_WORDS_BEHIND: usize = 3;

impl Around<'_, '_> {
    /// Wishes, times gone by, figures of speech.
    pub(in crate::signals) fn frame(&self, said: Said) -> Option<&'static str> {
        let says_i = |from: usize| {
            self.hits(from..self.range.end)
                .any(|hit| is_self(hit) && !self.is_possessive(hit))
        };
        for hit in self.hits(self.clause.clone()) {
            match hit.kind {
                Kind::Suppose if hit.note == "unreal" => return Some(UNREAL),
                Kind::Suppose if hit.end <= self.range.start && !says_i(hit.end) => {
                    return Some(UNREAL);
                }
                Kind::Past
                    if self.goes_beyond(hit) && (said != Said::Turned || hit.note == "frame") =>
                {
                    return Some(PAST);
                }
                Kind::Figurative => return Some(FIGURE),
                Kind::Like
                    if hit.end <= self.range.start
                        && self.n_words(hit.end..self.range.start) <= 2 =>
                {
                    return Some(FIGURE);
                }
                _ => {}
            }
        }
        // "Toen ik nog jong was, zat ik op school": the frame stands in the clause before.
        let before = self.sentence.start..self.clause.start;
        self.hits(before).find_map(|hit| match hit.kind {
            Kind::Suppose if hit.note == "unreal" => Some(UNREAL),
            Kind::Past if hit.note == "frame" => Some(PAST),
            _ => None,
        })
    }

    /// Whether a cue says more than the place itself: "j'ai eu mon bac" of "mon bac".
    fn goes_beyond(&self, hit: &Hit) -> bool {
        hit.start < self.range.start || hit.end > self.range.end
    }

    /// A "not" shortly before, inside or, behind a verb, after it.
    pub(in crate::signals) fn denial(&self) -> Option<&'static str> {
        let denies = self.hits(self.clause.clone()).any(|hit| {
            if hit.kind != Kind::Negation {
                return false;
            }
            if hit.end <= self.range.start {
                return self.n_words(hit.end..self.range.start) <= DENIAL_WORDS;
            }
            if hit.start >= self.range.end {
                return hit.note == "after"
                    && self.n_words(self.range.end..hit.start) <= DENIAL_WORDS_BEHIND;
            }
            true
        });
        denies.then_some(DENIED)
    }
}
