//! What function words say about the language of a text.

use model::Language;

use super::super::lexicon::Vote;

/// A best score up to this says nothing about the language: two shared words.
const UNSURE_SCORE: u32 = 2;

const fn place(language: Language) -> usize {
    language as usize
}

/// The language in a set of them.
pub(super) const fn bit(language: Language) -> u16 {
    1 << place(language)
}

/// Function words by language.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scores([u32; 9]);

impl Scores {
    pub(super) fn add_all(&mut self, votes: &[Vote]) {
        for vote in votes {
            for (language, weight) in vote.weights {
                self.0[place(*language)] += u32::from(*weight);
            }
        }
    }

    /// Whether some function word is of this language.
    pub(super) const fn knows(&self, language: Language) -> bool {
        self.0[place(language)] > 0
    }

    /// Languages of the whole listing: at least half of the best, or all when nothing is sure.
    pub(super) fn plausible(&self) -> u16 {
        let best = self.top();
        self.those(|score| best <= UNSURE_SCORE || score.saturating_mul(2) >= best)
    }

    /// Languages of one sentence: as good as the best, which must be there.
    pub(super) fn plausible_here(&self) -> u16 {
        let best = self.top();
        self.those(|score| score > 0 && score == best)
    }

    /// The languages whose score fits, as bits.
    fn those(&self, fits: impl Fn(u32) -> bool) -> u16 {
        let scores = self.0.iter().enumerate();
        scores.fold(0, |bits, (at, &score)| bits | u16::from(fits(score)) << at)
    }

    fn top(&self) -> u32 {
        self.0.iter().copied().max().unwrap_or(0)
    }

    /// The language, when it leads by a quarter.
    pub(super) fn best(&self) -> Option<Language> {
        let best = self.top();
        let mut leaders = Language::ALL
            .into_iter()
            .filter(|&language| self.0[place(language)] * 5 >= best * 4);
        let leader = leaders.next()?;
        (best > UNSURE_SCORE && leaders.next().is_none()).then_some(leader)
    }
}
