//! What an age under 18 needs besides: a link to the person who is advertised.
//!
//! A false "under 18" is the gravest error here, and texts full of other people's children, clients
//! and whisky are common. What nothing ties to the advertised person stays a value of which nobody
//! knows whose it is.

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::Kind;
use super::PLAUSIBLE_YEARS;
use super::around::Around;
use super::names::is_given_name;
use super::subject::Clause;
use super::verdict::Verdict;
use super::words::{Class, Token, is_between};

/// Words of a noun phrase behind a preposition.
const PHRASE_WORDS: usize = 3;

/// Under this age a link is asked for.
const ADULT: u32 = 18;

impl Around<'_> {
    pub(super) fn by_link(&self, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Age {
                value,
                about: About::Advertised,
                how,
                range,
            } if value < ADULT && how != How::Limit && !self.is_linked() => Verdict::Age {
                value,
                about: About::Unknown,
                how,
                range,
            },
            verdict => verdict,
        }
    }

    fn is_linked(&self) -> bool {
        let says_so = self
            .left
            .is_some_and(|left| matches!(left.kind, Kind::AgeThird | Kind::AgeOf))
            || self.is_own()
            || self.follows_a_colon_of_mine();
        if says_so {
            return true;
        }
        if self.hangs_on_a_noun() || self.opens_with_thing() || self.sentence_is_somebody_elses() {
            return false;
        }
        if self.speaks_of_person(self.clause.clone()) {
            return true;
        }
        let flat = self.passage.flat.as_str();
        if flat[..self.clause.start].trim().is_empty() {
            return true;
        }
        let sentence = self.passage.sentence(self.range.clone());
        let clause = Clause::of(self.passage, self.language);
        let before = clause.tokens(sentence.start, self.clause.start.max(sentence.start));
        let is_somebody_elses = before
            .iter()
            .any(|token| matches!(token.class, Class::Relative | Class::Thing | Class::Firm));
        if is_somebody_elses && !self.speaks_of_person(sentence.clone()) {
            return false;
        }
        // "Nieuw in de stad, 17 jaar": a sentence about nobody else.
        before.iter().all(|token| {
            !matches!(token.class, Class::Word) || is_given_name(&flat[token.range.clone()])
        }) || self.speaks_of_person(sentence)
    }

    /// "Two cats of 16", "ich habe zwei Katzen, 16": beside a noun that is no person's.
    fn hangs_on_a_noun(&self) -> bool {
        let clause = Clause::of(self.passage, self.language);
        let from = self.passage.sentence(self.range.clone()).start;
        let before = clause.tokens(from, self.range.start);
        let is_noun = |token: &Token| {
            matches!(token.class, Class::Word | Class::Thing | Class::Relative)
                && !is_given_name(&self.passage.flat[token.range.clone()])
        };
        let end = before
            .iter()
            .rposition(|token| !is_between(token))
            .map_or(0, |at| at + 1);
        match &before[..end] {
            [.., noun, of] if of.class == Class::Prep => is_noun(noun),
            [.., noun] if self.is_had(&before) => is_noun(noun) || noun.class == Class::Person,
            _ => false,
        }
    }

    /// "I have" in front, and no verb of being behind it.
    fn is_had(&self, before: &[Token]) -> bool {
        let (Some(first), Some(last)) = (before.first(), before.last()) else {
            return false;
        };
        self.passage
            .hits_in(first.range.start..last.range.start)
            .iter()
            .rev()
            .find(|hit| matches!(hit.kind, Kind::Has | Kind::Copula))
            .is_some_and(|hit| hit.kind == Kind::Has)
    }

    /// "Coat for a girl, 16 years": the first that is named is a thing.
    fn opens_with_thing(&self) -> bool {
        let sentence = self.passage.sentence(self.range.clone());
        let clause = Clause::of(self.passage, self.language);
        clause
            .tokens(sentence.start, self.range.start)
            .iter()
            .find(|token| {
                matches!(
                    token.class,
                    Class::I
                        | Class::Third
                        | Class::We
                        | Class::Person
                        | Class::Relative
                        | Class::Thing
                        | Class::Place
                        | Class::Name
                        | Class::Verb
                )
            })
            .is_some_and(|token| {
                token.class == Class::Thing && token.note.is_empty()
                    || token.class == Class::Place
                        && token.note == "place"
                        && !self.is_in_phrase(sentence.start, token)
            })
    }

    /// "From the same block": a preposition shortly before a noun.
    fn is_in_phrase(&self, from: usize, noun: &Token) -> bool {
        let before = Clause::of(self.passage, self.language).tokens(from, noun.range.start);
        before
            .iter()
            .rev()
            .take(PHRASE_WORDS)
            .any(|token| token.class == Class::Prep)
    }

    /// "The cat, Minnie, sleeps here, 17 years old", "fiul vecinilor, 17 ani": the sentence speaks
    /// of somebody else or a thing, whose name may follow, and of nobody who is advertised.
    pub(super) fn sentence_is_somebody_elses(&self) -> bool {
        let sentence = self.passage.sentence(self.range.clone());
        let clause = Clause::of(self.passage, self.language);
        let before = clause.tokens(sentence.start, self.range.start);
        let is_theirs = |token: &Token| {
            matches!(token.class, Class::Relative | Class::Thing) && token.note.is_empty()
        };
        let Some(at) = before.iter().rposition(|token| {
            is_theirs(token)
                || matches!(
                    token.class,
                    Class::I | Class::Third | Class::We | Class::Person
                ) && !self.is_possessive(&token.range)
        }) else {
            return false;
        };
        if self.is_one_of_several(&before) {
            return false;
        }
        let in_phrase = before[at.saturating_sub(PHRASE_WORDS)..at]
            .iter()
            .any(|token| token.class == Class::Prep);
        is_theirs(&before[at]) && !in_phrase
    }

    /// Whether somebody who may be advertised is spoken of, and not only by a possessive.
    fn speaks_of_person(&self, range: Range<usize>) -> bool {
        let clause = Clause::of(self.passage, self.language);
        let tokens = clause.tokens(range.start, range.end);
        // "Jacht kabinowy, 17 lat": a noun with its adjective begins the sentence with a capital.
        let heads_phrase =
            |at: usize| at == 0 && tokens.get(1).is_some_and(|next| next.class == Class::Word);
        tokens.iter().enumerate().any(|(at, token)| {
            let counts = match token.class {
                Class::I | Class::Third => !self.is_possessive(&token.range),
                Class::Name => {
                    let is_where = at > 0 && tokens[at - 1].class == Class::Prep;
                    !is_where && !heads_phrase(at)
                }
                Class::We | Class::Person => true,
                _ => false,
            };
            counts || is_given_name(&self.passage.flat[token.range.clone()])
        })
    }

    /// "Vanessa ist 21, ihre Freundin Leonie 16", "we are two sisters, Noa 16 and Eef 17": a name
    /// right before the number, and an adult's age or "we" in front of it.
    fn is_one_of_several(&self, before: &[Token]) -> bool {
        let Some(first) = before.first() else {
            return false;
        };
        let stretch = first.range.start..self.range.start;
        // "Two friends: Emma 17, Hanna 20"
        let are_counted = first.class == Class::Number
            && self.passage.flat[stretch.clone()].contains(':')
            && before.iter().all(|token| token.class != Class::Thing);
        if self.has(stretch, Kind::We) || are_counted {
            return true;
        }
        let is_passed = |token: &Token| is_between(token) || token.class == Class::Prep;
        let is_named = before
            .iter()
            .rev()
            .find(|token| !is_passed(token))
            .is_some_and(|last| {
                last.class == Class::Name || is_given_name(&self.passage.flat[last.range.clone()])
            });
        is_named
            && before.iter().any(|token| {
                let written = &self.passage.flat[token.range.clone()];
                token.class == Class::We
                    || written.len() == 2
                        && written
                            .parse()
                            .is_ok_and(|years: u32| (ADULT..PLAUSIBLE_YEARS.end).contains(&years))
            })
    }

    fn is_possessive(&self, word: &Range<usize>) -> bool {
        self.passage
            .hits_in(word.start..word.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Det && hit.end == word.end)
    }
}
