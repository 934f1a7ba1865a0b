//! Of whom a statement speaks, by the cues around it: the advertised person, or a reason why not.
//!
//! Place in the flow: asked by the statements beside this file for each place where their words
//! stand. The nearest subject in front decides; where the clause has none, the sentence so far
//! does. Denials, wishes, figures of speech and times gone by are told by cues of their own.
//!
//! Invariant: every answer looks at one sentence and the end of the one before it, both cut at a
//! number of bytes, so that the time is linear in the hits.

use std::ops::Range;

use model::Language;

use super::super::ages::name_before;
use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::super::statements::OTHER_TRADE;

pub(super) const DENIED: &str = "denied";
pub(super) const VISITOR: &str = "about visitors";
pub(super) const SOMEBODY_ELSE: &str = "about somebody else";
pub(super) const THING: &str = "about a thing";
pub(super) const PAST: &str = "time gone by";
pub(super) const UNREAL: &str = "condition or wish";
pub(super) const FIGURE: &str = "figure of speech";
pub(super) const QUESTION: &str = "question to the reader";
pub(super) const UNSAID: &str = "not said of the person";
pub(super) const NAME: &str = "a surname";
pub(super) const SOUGHT: &str = "persons sought";

/// Words before a statement in which a "not" denies it.
const DENIAL_WORDS: usize = 4;

/// Words behind a statement in which a "not" denies it: "ga ik niet meer".
const DENIAL_WORDS_BEHIND: usize = 3;

/// Words between a bare noun and the beginning of its clause: "lieve kleine scholier".
const LABEL_WORDS: usize = 4;

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

    /// Wishes, times gone by, figures of speech.
    pub(super) fn frame(&self, said: Said) -> Option<&'static str> {
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

    fn is_apart(&self, hit: &Hit) -> bool {
        hit.end <= self.range.start || hit.start >= self.range.end
    }

    /// Whether a cue says more than the place itself: "j'ai eu mon bac" of "mon bac".
    fn goes_beyond(&self, hit: &Hit) -> bool {
        hit.start < self.range.start || hit.end > self.range.end
    }

    /// A "not" shortly before, inside or, behind a verb, after it.
    pub(super) fn denial(&self) -> Option<&'static str> {
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

    /// Who is spoken of.
    pub(super) fn subject(&self, said: Said) -> Option<&'static str> {
        let before = self.clause.start..self.range.start;
        let nearest = self.nearest(before);
        if nearest.is_none() && said != Said::BySelf && self.is_asked() {
            return Some(QUESTION);
        }
        // "Zit je nog op school", "tiener dochter"
        if let Some(hit) = self.inside_or_next() {
            return Some(hit);
        }
        let by_clause = nearest.and_then(reason);
        if by_clause.is_some() {
            return by_clause;
        }
        match nearest {
            Some(hit) if hit.kind == Kind::Third => self.third(),
            Some(_) => None,
            None if said == Said::BySelf => None,
            None => self
                .nearest(self.sentence.start..self.clause.start)
                .filter(|hit| !matches!(hit.kind, Kind::You))
                .and_then(reason),
        }
    }

    /// Whether the nearest who is named is somebody else.
    pub(super) fn somebody_else(&self) -> Option<&'static str> {
        self.nearest(self.clause.start..self.range.start)
            .filter(|hit| hit.kind == Kind::Relative)
            .map(|_| SOMEBODY_ELSE)
    }

    /// "She": who the sentence before speaks of.
    fn third(&self) -> Option<&'static str> {
        let head = self.passage.flat[..self.sentence.start].trim_end();
        let last = head.char_indices().next_back()?.0;
        let before = self.passage.sentence(last..last + 1);
        self.passage
            .hits_in(before.start..self.range.start)
            .iter()
            .find(|hit| {
                matches!(hit.kind, Kind::Person | Kind::Copula)
                    || hit.kind == Kind::Relative && hit.note != "visitor"
            })
            .filter(|hit| hit.kind == Kind::Relative)
            .map(|_| SOMEBODY_ELSE)
    }

    /// The last of those who are named in a stretch, but for possessives and objects of prepositions.
    fn nearest(&self, range: Range<usize>) -> Option<&'p Hit> {
        let end = range.end;
        self.hits(range)
            .rev()
            .filter(|hit| hit.end <= end && self.is_apart(hit) && is_subject(hit))
            .find(|hit| {
                !self.is_possessive(hit)
                    && !self.is_bare_verb(hit)
                    && (is_self(hit) || hit.kind == Kind::You || !self.is_object(hit))
            })
    }

    /// Whether only an article stands between a preposition and a noun: "bij mijn moeder".
    fn is_object(&self, noun: &Hit) -> bool {
        let mut at = noun.start;
        for _ in 0..3 {
            let word = self
                .passage
                .hits_before(at, 1, |sign| sign == ' ')
                .filter(|hit| matches!(hit.kind, Kind::Prep | Kind::Det))
                .max_by_key(|hit| (hit.kind == Kind::Prep, hit.end - hit.start));
            match word {
                Some(hit) if hit.kind == Kind::Prep => return true,
                Some(hit) => at = hit.start,
                None => return false,
            }
        }
        false
    }

    /// "My", "jouw": whose something is, and no subject.
    fn is_possessive(&self, hit: &Hit) -> bool {
        matches!(hit.kind, Kind::I | Kind::Third | Kind::We | Kind::You)
            && self
                .passage
                .hits_in(hit.start..hit.start + 1)
                .iter()
                .any(|other| other.kind == Kind::Det && other.end == hit.end)
    }

    /// "Tiene", "ma": a verb whose subject may stand before it.
    fn is_bare_verb(&self, hit: &Hit) -> bool {
        hit.kind == Kind::Copula
            && self
                .passage
                .hits_in(hit.start..hit.start + 1)
                .iter()
                .any(|other| matches!(other.kind, Kind::Verb | Kind::Is) && other.end == hit.end)
    }

    /// A reader who is addressed inside, or somebody else right behind.
    fn inside_or_next(&self) -> Option<&'static str> {
        let inside = self
            .passage
            .hits_in(self.range.clone())
            .iter()
            .any(|hit| hit.kind == Kind::You && !self.is_possessive(hit));
        if inside {
            return Some(VISITOR);
        }
        // "I have two sons at school"
        let is_theirs = self.passage.hits_in(self.range.clone()).iter().any(|hit| {
            hit.kind == Kind::Relative
                && hit.note.is_empty()
                && self.range.start < hit.start
                && hit.end < self.range.end
        });
        if is_theirs {
            return Some(SOMEBODY_ELSE);
        }
        self.passage
            .hits_after(self.range.end, 2, |sign| matches!(sign, ' ' | '-'))
            .find_map(|hit| match hit.kind {
                Kind::Relative if hit.note.is_empty() => Some(SOMEBODY_ELSE),
                Kind::Thing if hit.note.is_empty() => Some(THING),
                Kind::Wants => Some(SOUGHT),
                _ => None,
            })
    }

    /// Whether the clause is a question that does not speak of the writer.
    fn is_asked(&self) -> bool {
        let rest = &self.passage.flat[self.clause.end..];
        rest.starts_with('?')
    }

    /// Whether a verb says the noun of somebody: "I am a", "gimnazista vagyok".
    pub(super) fn is_said_by_verb(&self) -> bool {
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
    fn noun(&self) -> Option<&'static str> {
        let start = self.range.start;
        let before: Vec<&Hit> = self.hits(self.clause.start..start).collect();
        if before.iter().any(|hit| hit.kind == Kind::Wants) {
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
    )
}

const fn is_subject(hit: &Hit) -> bool {
    is_self(hit) || matches!(hit.kind, Kind::Third | Kind::You | Kind::Relative)
}

const fn is_self(hit: &Hit) -> bool {
    matches!(hit.kind, Kind::I | Kind::Copula | Kind::We)
}

/// Why a statement with this subject is not about the advertised person.
fn reason(hit: &Hit) -> Option<&'static str> {
    match hit.kind {
        Kind::You => Some(VISITOR),
        Kind::Relative if hit.note == "visitor" => Some(VISITOR),
        Kind::Relative => Some(SOMEBODY_ELSE),
        _ => None,
    }
}
