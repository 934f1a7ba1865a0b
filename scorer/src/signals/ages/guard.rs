//! A last look at numbers that make a minor of who is advertised: what in their sentence, or right
//! around it, says that they speak of a boat, a cat, a child, a heart, or of what others claim.
//!
//! A false "under 18" is the gravest error here, so these reasons need less than those of the
//! verdicts before: a word of their class near the number, where the writer's own verb does not
//! stand beside it. Ages of adults are left as they are.

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::AND;
use super::around::Around;
use super::candidates::Candidate;
use super::mood::{DENIED, UNREAL};
use super::names::is_given_name;
use super::subject::Clause;
use super::verdict::{ADULT, VISITOR_RULE, Verdict};
use super::words::{Class, Token};

/// The reason for ages that somebody else wrote of the writer.
const CLAIMED: &str = "claimed by others";

/// Words between "like a" and the age that a voice has.
const LIKE_WORDS: usize = 4;

/// Words between "for" and those of an age.
const FOR_WORDS: usize = 2;

/// Bytes between "almost 18" and "is not 18".
const RULE_WITHIN_BYTES: usize = 24;

/// "For", in front of those whom something is meant for, folded.
const FOR: &[&str] = &[
    "for", "voor", "fur", "fuer", "pour", "para", "pentru", "dla", "за", "za",
];

/// Looks again at every number that makes a minor of who is advertised.
pub(super) fn take_back(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    let is_adult_told = verdicts.iter().any(|verdict| {
        matches!(
            verdict,
            Verdict::Age {
                value: ADULT..,
                about: About::Advertised,
                ..
            }
        )
    });
    for at in 0..candidates.len() {
        let Verdict::Age {
            value: ..ADULT,
            about: About::Advertised,
            how,
            ..
        } = verdicts[at]
        else {
            continue;
        };
        let around = Around::of(reading, passage, &candidates[at]);
        if how == How::Limit && is_rule(passage, candidates, at) {
            verdicts[at] = Verdict::Refused(VISITOR_RULE);
        } else if let Some(reason) = around.is_unmeant(how, is_adult_told) {
            verdicts[at] = Verdict::Refused(reason);
        } else if around.is_somebody_elses_here() {
            verdicts[at] = around.age(About::Other);
        }
    }
}

/// "Almost 18 is not 18": a rule, whichever of the two numbers was taken for an age.
fn is_rule(passage: &Passage<'_>, candidates: &[Candidate], at: usize) -> bool {
    let denies = |one: &Candidate, two: &Candidate| {
        let gap = one.range.end..two.range.start;
        one.value == ADULT
            && two.value == ADULT
            && passage.flat.get(gap.clone()).is_some_and(|text| {
                text.len() <= RULE_WITHIN_BYTES && !text.contains([',', ';', '.', '\n'])
            })
            && passage
                .hits_in(gap)
                .iter()
                .any(|hit| matches!(hit.kind, Kind::Not | Kind::Negation | Kind::Neg))
    };
    let pairs = candidates[at.saturating_sub(1)..].windows(2).take(2);
    pairs.into_iter().any(|pair| denies(&pair[0], &pair[1]))
}

impl Around<'_> {
    /// Hits of a kind in a stretch, of the language of the listing or of several words.
    fn told(&self, range: Range<usize>, kind: Kind) -> impl DoubleEndedIterator<Item = &Hit> {
        let (language, end) = (self.language, range.end);
        self.passage.hits_in(range).iter().filter(move |hit| {
            hit.kind == kind
                && hit.end <= end
                && (language.is_none_or(|language| language == hit.language) || hit.n_words > 1)
        })
    }

    fn tells(&self, range: Range<usize>, kind: Kind) -> bool {
        self.told(range, kind).next().is_some()
    }

    /// The sentence before the one of this place, empty where there is none.
    fn sentence_before(&self, at: usize) -> Range<usize> {
        let head = self.passage.flat[..at].trim_end();
        match head.char_indices().next_back() {
            Some((last, _)) => self.passage.sentence(last..last + 1).start..at,
            None => at..at,
        }
    }

    /// The sentence behind the one that ends here.
    fn sentence_behind(&self, at: usize) -> Range<usize> {
        let rest = &self.passage.flat[at..];
        let begins = rest
            .find(|sign: char| sign.is_alphanumeric())
            .map_or(self.passage.flat.len(), |len| at + len);
        at..self.passage.sentence(begins..begins).end.max(at)
    }

    /// Why the number is no age that anybody has: felt, asked and denied, claimed by others.
    fn is_unmeant(&self, how: How, is_adult_told: bool) -> Option<&'static str> {
        let sentence = self.passage.sentence(self.range.clone());
        let near = self.sentence_before(sentence.start).start..sentence.end;
        // "17 in my head", "the heart is seventeen"
        if self.is_felt() || is_adult_told && self.tells(sentence.clone(), Kind::Felt) {
            return Some(UNREAL);
        }
        if is_adult_told && self.is_likened() {
            return Some(UNREAL);
        }
        // "Seventeen? I wish!"
        let is_asked = self.passage.flat[self.range.end..]
            .trim_start()
            .starts_with('?');
        let behind = self.sentence_behind(sentence.end);
        if is_asked && self.tells(behind.clone(), Kind::Wish) {
            return Some(DENIED);
        }
        if self.is_own() {
            return None;
        }
        // "Somebody uses my photos as 'Delia 16'"
        let is_fake = self.tells(near, Kind::Fake)
            || is_adult_told && self.tells(sentence.start..behind.end, Kind::Fake);
        if is_fake {
            return Some(CLAIMED);
        }
        let is_for_them = how != How::Limit && self.unit.is_some() && self.is_meant_for();
        is_for_them.then_some(VISITOR_RULE)
    }

    /// A word for what is felt in the clause; behind "and" it is another statement: "I'm 17, and in
    /// my head older".
    fn is_felt(&self) -> bool {
        let is_beside = |hit: &Hit| {
            hit.end <= self.range.start
                || !self.passage.flat[self.range.end.min(hit.start)..hit.start]
                    .split_whitespace()
                    .any(|word| AND.contains(&word))
        };
        self.told(self.clause.clone(), Kind::Felt).any(is_beside)
    }

    /// "I sound like a girl of twelve".
    fn is_likened(&self) -> bool {
        let before = self.clause.start..self.candidate.range.start;
        let near = |hit: &Hit| {
            self.passage.flat[hit.end..before.end]
                .split_whitespace()
                .count()
                <= LIKE_WORDS
        };
        self.told(before.clone(), Kind::Like).any(near)
    }

    /// "Driving lessons for nervous seventeen-year-olds".
    fn is_meant_for(&self) -> bool {
        let before = &self.passage.flat[self.clause.start..self.candidate.range.start];
        before
            .split_whitespace()
            .rev()
            .take(FOR_WORDS + 1)
            .any(|word| FOR.contains(&word))
            && !self.has(self.clause.clone(), Kind::I)
    }

    /// Whether the number is the age of a thing, an animal or a relative who was named before.
    fn is_somebody_elses_here(&self) -> bool {
        let sentence = self.passage.sentence(self.range.clone());
        let start = self.candidate.range.start;
        // "Mother of Tim (16) and Roos (14)"
        let is_of_parent = self
            .told(sentence.start..start, Kind::ParentOf)
            .next_back()
            .is_some_and(|hit| {
                // "Mama 40, tata 43, ja 16" counts a household.
                self.passage.flat[hit.end..]
                    .trim_start_matches([' ', ','])
                    .starts_with(char::is_alphabetic)
                    && [Kind::Copula, Kind::I, Kind::AgeI]
                        .iter()
                        .all(|&kind| !self.tells(hit.end..start, kind))
            });
        if is_of_parent {
            return true;
        }
        let clause = Clause::of(self.passage, self.language);
        let own = clause.tokens(sentence.start, start);
        if self.is_named_thing(&own) {
            return true;
        }
        if self.is_own() || own.iter().any(|token| self.is_advertised(token)) {
            return false;
        }
        if self.tells(sentence.clone(), Kind::Goods) {
            return true;
        }
        if own.iter().any(|token| self.is_thing(token)) {
            return self.follows_pronoun(&own);
        }
        // "The boat has a new engine. She is 17."
        if own.iter().any(|token| {
            matches!(token.class, Class::Word | Class::Name | Class::Relative)
                || is_given_name(&self.passage.flat[token.range.clone()])
        }) {
            return false;
        }
        let before = self.sentence_before(sentence.start);
        if before.is_empty() {
            return false;
        }
        let earlier = clause.tokens(before.start, before.end);
        let first = earlier
            .iter()
            .find(|token| self.is_thing(token) || self.is_advertised(token));
        self.tells(before, Kind::Goods) || first.is_some_and(|first| self.is_thing(first))
    }

    /// "Motanul Figaro, 16": a thing with a name right before the number.
    fn is_named_thing(&self, own: &[Token]) -> bool {
        matches!(
            own,
            [.., thing, name] if self.is_thing(thing)
                && (name.class == Class::Name || is_given_name(&self.passage.flat[name.range.clone()]))
        )
    }

    /// "Kajütboot Elvira, sie ist siebzehn": a pronoun for what was named in the clause before.
    fn follows_pronoun(&self, own: &[Token]) -> bool {
        let thing = own.iter().rposition(|token| self.is_thing(token));
        let third = own.iter().rposition(|token| token.class == Class::Third);
        matches!((thing, third), (Some(thing), Some(third)) if thing < third)
    }

    fn is_thing(&self, token: &Token) -> bool {
        token.class == Class::Thing && token.note.is_empty()
            || self.tells(token.range.clone(), Kind::Animal)
    }

    /// Whether a word speaks of who may be advertised.
    fn is_advertised(&self, token: &Token) -> bool {
        match token.class {
            Class::I => !self.has(token.range.clone(), Kind::Det),
            Class::We | Class::Person => !self.has(token.range.clone(), Kind::Det),
            _ => false,
        }
    }
}
