//! Of whom a statement speaks, by the cues around it: the advertised person, or a reason why not.
//!
//! Place in the flow: asked by detectors of statements for each place where their words stand. The nearest subject in front decides; where the clause has none, the sentence so far
//! does. Denials, wishes, figures of speech and times gone by are told by cues of their own.
//!
//! Invariant: every answer looks at one sentence and the end of the one before it, both cut at a
//! number of bytes, so that the time is linear in the hits.

mod frame;
mod noun;
mod subject;

use std::ops::Range;

use model::Language;

use self::subject::is_self;
use super::lexicon::{Hit, Kind};
use super::reading::{Passage, Reading};
use super::statements::OTHER_TRADE;

const DENIED: &str = "denied";
pub(super) const VISITOR: &str = "about visitors";
pub(super) const SOMEBODY_ELSE: &str = "about somebody else";
pub(super) const THING: &str = "about a thing";
const PAST: &str = "time gone by";
pub(super) const UNREAL: &str = "condition or wish";
const FIGURE: &str = "figure of speech";
const QUESTION: &str = "question to the reader";
const UNSAID: &str = "not said of the person";
const NAME: &str = "a surname";
pub(super) const SOUGHT: &str = "persons sought";

/// Which frames take a statement back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// With a verb: "goes to school".
    ByVerb,
    /// By a noun, which must be said of somebody: "teenager".
    ByNoun,
    /// By a phrase whose words name the writer, or that nobody else would say.
    BySelf,
    /// Of something that came to be: a verb of the past takes nothing back.
    Turned,
}

/// Why a statement at this place is not one about the advertised person; `None` if it is.
pub(super) fn refused(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    range: &Range<usize>,
    said: Said,
) -> Option<&'static str> {
    if reading.is_other_trade() {
        return Some(OTHER_TRADE);
    }
    let around = Around::of(reading, passage, range);
    around
        .near_miss()
        .or_else(|| around.frame(said))
        .or_else(|| around.denial())
        .or_else(|| around.subject(said))
        .or_else(|| (said == Said::ByNoun).then(|| around.noun()).flatten())
}

/// A place in a text with its clause and sentence.
pub(super) struct Around<'p, 'a> {
    passage: &'p Passage<'a>,
    range: Range<usize>,
    clause: Range<usize>,
    sentence: Range<usize>,
    /// That of the listing, and those that have the words of the statement.
    languages: [bool; Language::ALL.len()],
}

impl<'p, 'a> Around<'p, 'a> {
    pub(super) fn of(
        reading: &Reading<'_>,
        passage: &'p Passage<'a>,
        range: &Range<usize>,
    ) -> Self {
        let mut languages = [false; Language::ALL.len()];
        if let Some(language) = reading.language {
            languages[language as usize] = true;
        }
        for hit in passage
            .hits_in(range.clone())
            .iter()
            .filter(|hit| says(hit))
        {
            languages[hit.language as usize] = true;
        }
        Self {
            languages,
            passage,
            range: range.clone(),
            clause: passage.clause(range.clone()),
            sentence: passage.sentence(range.clone()),
        }
    }

    /// The cues in a stretch that are of the same language: "pas" is Dutch for "just" and French
    /// for "not".
    fn hits(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &'p Hit> {
        let languages = self.languages;
        self.passage
            .hits_in(range)
            .iter()
            .filter(move |hit| languages[hit.language as usize])
    }

    fn is_of_language(&self, hit: &Hit) -> bool {
        self.languages[hit.language as usize]
    }

    /// A longer cue that covers this place and means something else.
    pub(super) fn near_miss(&self) -> Option<&'static str> {
        const REACH_BYTES: usize = 64;
        let from = self.range.start.saturating_sub(REACH_BYTES);
        self.passage
            .hits_in(from..self.range.end + 1)
            .iter()
            .find(|hit| hit.kind == Kind::YouthNot && self.range.start < hit.end)
            .map(|hit| hit.note)
    }

    fn is_apart(&self, hit: &Hit) -> bool {
        hit.end <= self.range.start || hit.start >= self.range.end
    }

    /// The sentence around the place.
    pub(super) fn sentence(&self) -> Range<usize> {
        self.sentence.clone()
    }

    fn n_words(&self, range: Range<usize>) -> usize {
        n_words(self.passage, range)
    }
}

/// Words in a stretch of a text.
pub(super) fn n_words(passage: &Passage<'_>, range: Range<usize>) -> usize {
    passage.flat.get(range).map_or(usize::MAX, |text| {
        text.split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .count()
    })
}

/// Whether a cue is one that makes a statement, unlike those that stand around it.
const fn says(hit: &Hit) -> bool {
    matches!(
        hit.kind,
        Kind::YouthNoun
            | Kind::Pupil
            | Kind::School
            | Kind::Exam
            | Kind::SchoolDay
            | Kind::OfAge
            | Kind::Birthday
            | Kind::Recent
            | Kind::RecentTime
            | Kind::AgeNoun
            | Kind::HowOld
            | Kind::Comparative
            | Kind::Withheld
            | Kind::Beginner
            | Kind::Minor
            | Kind::MinorWord
            | Kind::Limit
            | Kind::LimitAfter
    )
}
