//! What stands around a number: the cue before it, the unit behind it, its clause, and who is
//! spoken of there.

use std::ops::Range;

use model::{About, Language};

use super::super::lexicon::{Hit, Kind};
use super::super::places;
use super::super::reading::{Passage, Reading};
use super::beside::{
    cue_before, half_sign, is_subject, is_unit, may_stand_after, months_behind, right_hits,
    strongest,
};
use super::candidates::Candidate;
use super::subject::{Clause, Stated};
use super::verdict::{AGED, Verdict};

/// Bytes before a number in which somebody may be named whose age it is.
pub(super) const SUBJECT_WITHIN_BYTES: usize = 70;

/// Bytes before a number in which a verb may state it.
const VERB_WITHIN_BYTES: usize = 48;

/// Bytes behind it in which the verb of a relative clause may begin.
const VERB_BEHIND_BYTES: usize = 3;

/// What stands around a number.
pub(super) struct Around<'p> {
    pub(super) passage: &'p Passage<'p>,
    pub(super) candidate: &'p Candidate,
    pub(super) language: Option<Language>,
    /// The listing is about something else.
    pub(super) is_other_trade: bool,
    /// Before it.
    pub(super) left: Option<&'p Hit>,
    /// A unit of age behind it.
    pub(super) unit: Option<&'p Hit>,
    /// "And a half" behind it.
    pub(super) has_half: bool,
    /// Number and unit.
    pub(super) range: Range<usize>,
    pub(super) clause: Range<usize>,
}

impl<'p> Around<'p> {
    pub(super) fn of(
        reading: &'p Reading<'_>,
        passage: &'p Passage<'_>,
        candidate: &'p Candidate,
    ) -> Self {
        let text = passage.text();
        let Range { start, mut end } = candidate.range;
        let language = reading.language;
        let left = cue_before(passage, start, language);
        let mut has_half = false;
        let n_half = half_sign(&text[end..]);
        if n_half > 0 {
            has_half = true;
            end += n_half;
        }
        let mut right = strongest(right_hits(passage, end), language);
        if let Some(half) = right.filter(|hit| hit.kind == Kind::Half) {
            has_half = true;
            end = half.end;
            right = strongest(right_hits(passage, end), language);
        }
        let one_word = passage
            .hits_in(start..start + 1)
            .iter()
            .find(|hit| hit.kind == Kind::AgeWord && hit.end == candidate.range.end);
        let unit = one_word.or_else(|| right.filter(|hit| is_unit(hit.kind)));
        // "17 ans et demi": the unit stands inside the half.
        let inner = right_hits(passage, candidate.range.end)
            .find(|hit| has_half && hit.kind == Kind::UnitOld && hit.end <= end);
        if let Some(unit) = unit {
            end = end.max(unit.end);
            // "17 jaar en een half", "17 years 4 months"
            let half = passage
                .hits_after(end, 1, may_stand_after)
                .find(|hit| hit.kind == Kind::Half)
                .map(|hit| hit.end);
            if let Some(behind) = half.or_else(|| months_behind(text, end)) {
                has_half = true;
                end = behind;
            }
        }
        Self {
            passage,
            candidate,
            language,
            is_other_trade: reading.is_other_trade(),
            left,
            unit: unit.or(inner),
            has_half,
            range: start..end,
            clause: passage.clause(start..end),
        }
    }

    /// Whether the number is a word of its own, or glued to nothing but a cue.
    pub(super) fn stands_alone(&self) -> bool {
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        let glued_before = text[..start].ends_with(char::is_alphabetic);
        let glued_behind = text[end..].starts_with(char::is_alphabetic);
        let left_fits = !glued_before
            || self.left.is_some_and(|hit| {
                hit.end == start && (hit.end - hit.start > 1 || hit.kind == Kind::NotBefore)
            });
        let right_fits = !glued_behind
            || right_hits(self.passage, end)
                .next()
                .is_some_and(|hit| hit.start == end);
        left_fits && right_fits
    }

    /// Words that may follow an age: "from", "and", a person, a place.
    pub(super) fn goes_on_as_person(&self) -> bool {
        self.goes_on_as_person_at(self.range.end)
    }

    pub(super) fn goes_on_as_person_at(&self, at: usize) -> bool {
        self.passage
            .hits_after(at, 2, |sign| matches!(sign, ' ' | '-'))
            .any(|hit| matches!(hit.kind, Kind::Tail | Kind::PersonAfter | Kind::Person))
            || self.is_place_at(at)
    }

    pub(super) fn is_place_at(&self, at: usize) -> bool {
        let rest = self.passage.flat[at..].trim_start();
        let word: String = rest
            .chars()
            .take_while(|sign| sign.is_alphabetic())
            .collect();
        !word.is_empty() && places::is_town(&word)
    }

    /// What the words before it say about whose it is.
    pub(super) fn stated(&self) -> Option<Stated> {
        let is_label = self.left.is_some_and(|hit| hit.kind == Kind::AgeLabel);
        let number = self.range.clone();
        let from = self.clause.start;
        Clause::of(self.passage, self.language).stated(from, &number, is_label)
    }

    /// Whether a verb or a relative pronoun stands near, so that a subject may.
    pub(super) fn may_be_stated(&self) -> bool {
        let from = self
            .clause
            .start
            .max(self.range.start.saturating_sub(VERB_WITHIN_BYTES));
        self.passage
            .hits_in(from..self.range.end + VERB_BEHIND_BYTES)
            .iter()
            .any(|hit| {
                matches!(hit.kind, Kind::Verb | Kind::Who | Kind::Copula)
                    || hit.kind == Kind::UnitOld && hit.language == Language::Hu
            })
    }

    /// Whose age a third person's is, by what the sentence speaks of; where it names nobody, the
    /// sentence before it does.
    pub(super) fn about_third(&self) -> About {
        let sentence = self.passage.sentence(self.range.clone());
        let here = self.spoken_of(sentence.start..self.range.start).next_back();
        let spoken_of = here.or_else(|| {
            let head = self.passage.flat[..sentence.start].trim_end();
            let last = head.char_indices().next_back()?.0;
            let before = self.passage.sentence(last..last);
            // Its subject: "my neighbour has a girl. She is 16".
            self.spoken_of(before.start..last).next()
        });
        match spoken_of {
            Some(Kind::Thing) => About::Other,
            Some(Kind::Relative) => About::Other,
            _ if self.is_other_trade => About::Other,
            _ => About::Advertised,
        }
    }

    /// The persons and things that "she" may stand for: neither places nor visitors.
    fn spoken_of(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Kind> {
        self.passage
            .hits_in(range)
            .iter()
            .filter(|hit| {
                hit.kind == Kind::Person
                    || matches!(hit.kind, Kind::Thing | Kind::Relative) && hit.note.is_empty()
            })
            .map(|hit| hit.kind)
    }

    /// The last of those who are named in the clause before a place. "My son" and Romanian "fiul
    /// meu" are both the son; a bare verb counts only where nobody is named.
    pub(super) fn subject(&self, before: usize) -> Option<&'p Hit> {
        let from = self
            .clause
            .start
            .max(before.saturating_sub(SUBJECT_WITHIN_BYTES));
        // "Two mates: Igor, 19": what a colon announces has its own subject.
        let from = super::words::floor(&self.passage.flat, from.min(before));
        let from = self.passage.flat[from..before]
            .rfind(": ")
            .map_or(from, |colon| from + colon);
        let mut spoken_of = self
            .passage
            .hits_in(from..before)
            .iter()
            .rev()
            .filter(|hit| hit.end <= before && is_subject(hit.kind));
        let nearest = spoken_of.next()?;
        let of_somebody = spoken_of
            .next()
            .filter(|noun| matches!(noun.kind, Kind::Relative | Kind::Thing))
            .filter(|noun| {
                nearest.kind == Kind::I && noun.end + 1 == nearest.start || noun.end == nearest.end
            });
        Some(of_somebody.unwrap_or(nearest))
    }

    /// `Dog, 12 years`, `our lodgers, aged 17`: a thing or somebody else is all that the clause before names.
    pub(super) fn subject_before_comma(&self, before: usize) -> Option<&'p Hit> {
        self.passage
            .hits_before(before, 2, |sign| matches!(sign, ' ' | ','))
            .find(|hit| {
                matches!(hit.kind, Kind::Thing | Kind::Relative)
                    && hit.end < self.range.start
                    && self.begins_clause_but_for_an_article(hit.start)
            })
    }

    fn begins_clause_but_for_an_article(&self, at: usize) -> bool {
        self.passage.begins_clause(at)
            || self
                .passage
                .hits_before(at, 1, |sign| sign == ' ')
                .any(|hit| hit.kind == Kind::Det && self.passage.begins_clause(hit.start))
    }

    /// Whether the writer speaks of themselves in the clause.
    pub(super) fn says_i(&self, before: usize) -> bool {
        self.left
            .is_some_and(|hit| hit.kind == Kind::AgeI && hit.note != AGED)
            || self
                .passage
                .hits_in(self.clause.start..before)
                .iter()
                .any(|hit| hit.kind == Kind::I)
    }

    pub(super) fn reader_is_addressed(&self) -> bool {
        let says_i = self
            .passage
            .hits_in(self.clause.clone())
            .iter()
            .any(|hit| matches!(hit.kind, Kind::I | Kind::AgeI));
        !says_i
            && self
                .passage
                .hits_in(self.clause.clone())
                .iter()
                .any(|hit| hit.kind == Kind::You)
    }

    pub(super) fn is_question(&self) -> bool {
        self.passage.flat[self.range.end..]
            .trim_start()
            .starts_with('?')
    }

    pub(super) fn age(&self, about: About) -> Verdict {
        Verdict::Age {
            value: self.candidate.value,
            about,
            how: self.candidate.how,
            range: self.range.clone(),
        }
    }
}
