//! What stands around a number: the cue before it, the unit behind it, its clause, and who is
//! spoken of there.

use std::ops::Range;

use model::{About, Language};

use super::super::lexicon::{Hit, Kind};
use super::super::places;
use super::super::reading::{Passage, Reading};
use super::candidates::Candidate;
use super::subject::{Clause, Stated};
use super::verdict::{AGED, Verdict};

/// Bytes before a number in which somebody may be named whose age it is.
pub(super) const SUBJECT_WITHIN_BYTES: usize = 70;

/// The note of letters and words that make a rank of a number.
const RANK: &str = "floor or rank";

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
            // "17 jaar en een half"
            if let Some(half) = passage
                .hits_after(end, 1, may_stand_after)
                .find(|hit| hit.kind == Kind::Half)
            {
                has_half = true;
                end = half.end;
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
            Some(Kind::Thing) if here.is_some() => About::Other,
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

/// Words that may stand between a verb and its number: "word in mei pas 18".
const SKIPPED_WORDS: usize = 4;

/// The cue in front of a number. Adverbs and months may stand between the two, and a verb in front
/// of them says more than they do: "word ik pas 18", "I'm still 29".
fn cue_before<'p>(
    passage: &'p Passage<'_>,
    start: usize,
    language: Option<Language>,
) -> Option<&'p Hit> {
    let text = passage.text();
    let near = strongest(
        passage
            .hits_before(start, 3, may_stand_before)
            .filter(|hit| is_left(hit.kind) && gap_fits(hit, &text[hit.end..start]))
            // "él 28" is no "el 28".
            .filter(|hit| {
                hit.kind != Kind::NotBefore
                    || hit.accented
                    || hit.language == Language::Bg
                    || passage.written(hit.start..hit.end).is_ascii()
            }),
        language,
    );
    if near.is_some_and(|hit| hit.kind == Kind::Limit || !is_skipped(passage, hit)) {
        return near;
    }
    let mut at = start;
    let mut behind_month = false;
    for _ in 0..SKIPPED_WORDS {
        let between = passage
            .hits_before(at, 1, |sign| sign == ' ')
            .filter(|hit| match hit.kind {
                Kind::Adverb | Kind::Now | Kind::Month | Kind::JustPast => true,
                Kind::Prep => behind_month,
                _ => false,
            })
            .max_by_key(|hit| hit.end - hit.start);
        let Some(between) = between else {
            break;
        };
        behind_month = between.kind == Kind::Month;
        at = between.start;
        let verb = strongest(
            passage
                .hits_before(at, 1, |sign| sign == ' ')
                .filter(|hit| matches!(hit.kind, Kind::Limit | Kind::AgeI | Kind::AgeThird))
                .filter(|hit| hit.kind == Kind::Limit || !is_skipped(passage, hit)),
            language,
        );
        if verb.is_some() {
            return verb;
        }
    }
    near
}

/// Whether a cue is no more than a word that may stand between a verb and its number.
fn is_skipped(passage: &Passage<'_>, hit: &Hit) -> bool {
    passage
        .hits_in(hit.start..hit.start + 1)
        .iter()
        .any(|other| matches!(other.kind, Kind::Adverb | Kind::Now) && other.end == hit.end)
}

/// Bytes of a half written in digits: `,5`.
pub(super) fn half_sign(rest: &str) -> usize {
    let behind = rest.strip_prefix(",5").or_else(|| rest.strip_prefix(".5"));
    match behind {
        Some(behind) if !behind.starts_with(|sign: char| sign.is_ascii_digit()) => 2,
        _ => 0,
    }
}

pub(super) fn may_stand_before(sign: char) -> bool {
    matches!(
        sign,
        ' ' | ':' | '=' | '"' | '\'' | '*' | '(' | '~' | '-' | '.' | '\n'
    )
}

pub(super) fn may_stand_after(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '\'' | '*' | '"')
}

/// Units that count years of anything, unlike "years old".
pub(super) fn is_vague(unit: &Hit) -> bool {
    unit.kind == Kind::Unit
        || unit.kind == Kind::UnitOld
            && matches!(
                unit.language,
                Language::Fr | Language::Es | Language::Ro | Language::Pl | Language::Bg
            )
}

pub(super) const fn is_left(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Limit
            | Kind::AgeI
            | Kind::AgeThird
            | Kind::AgeLabel
            | Kind::AgeOf
            | Kind::NotBefore
            | Kind::Since
            | Kind::Is
    )
}

pub(super) const fn is_unit(kind: Kind) -> bool {
    matches!(kind, Kind::Unit | Kind::UnitOld | Kind::UnitAdjective)
}

/// "-year-old": the age of what follows.
pub(super) const fn is_adjective(unit: &Hit) -> bool {
    matches!(unit.kind, Kind::UnitAdjective | Kind::AgeWord)
}

/// A line break or a full stop may stand behind a label or an abbreviation only.
pub(super) fn gap_fits(hit: &Hit, gap: &str) -> bool {
    match hit.kind {
        Kind::AgeLabel => !gap.contains(". "),
        Kind::NotBefore => !gap.contains('\n') && !gap.contains(". "),
        _ => !gap.contains(['\n', '.', '-']) || gap == "-",
    }
}

pub(super) const fn is_subject(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::I | Kind::Third | Kind::You | Kind::Thing | Kind::Relative | Kind::Person
    )
}

pub(super) fn right_hits<'p>(passage: &'p Passage<'_>, at: usize) -> impl Iterator<Item = &'p Hit> {
    passage
        .hits_after(at, 2, may_stand_after)
        .filter(|hit| is_unit(hit.kind) || matches!(hit.kind, Kind::NotAfter | Kind::Half))
        .filter(move |hit| match hit.kind {
            // "17e": one letter ranks only what it is glued to.
            Kind::NotAfter if hit.end - hit.start == 1 && hit.note == RANK => hit.start == at,
            Kind::NotAfter => hit.start <= at + 1,
            _ => true,
        })
}

/// The longest; with equal length the one of the listing's language, then the more telling kind.
pub(super) fn strongest<'p>(
    hits: impl Iterator<Item = &'p Hit>,
    language: Option<Language>,
) -> Option<&'p Hit> {
    hits.max_by_key(|hit| {
        (
            hit.end - hit.start,
            Some(hit.language) == language,
            hit.kind != Kind::Is,
            std::cmp::Reverse(hit.kind),
        )
    })
}

/// The unit of age right behind a number.
pub(super) fn unit_behind<'p>(passage: &'p Passage<'_>, at: usize) -> Option<&'p Hit> {
    right_hits(passage, at)
        .filter(|hit| is_unit(hit.kind))
        .max_by_key(|hit| hit.end)
}
