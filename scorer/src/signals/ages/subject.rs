//! Who or what an age is stated of: the subject of "is" in front of a number, through relative
//! clauses, phrases with prepositions and possessives.
//!
//! Place in the flow: asked by the verdict on a number, for the part of its clause that stands
//! before it. This is no parser: it looks for the noun in front of the last verb and knows four
//! classes of it: the advertised person, somebody else, a thing, and nothing that can be told.
//!
//! Invariant: a noun that the lexicon does not know is somebody else when an article, a
//! possessive or a plural verb marks it as one (`unknown_nouns_are_somebody_else`).

use std::ops::Range;

use model::Language;

use super::super::lexicon::Kind;
use super::super::reading::Passage;
use super::words::{Class, Token, is_between, is_noun_like};

/// Bytes of a gap between a number with its unit and the verb that ends a relative clause.
const VERB_GAP_BYTES: usize = 2;

/// Words of a noun phrase behind a preposition.
const PHRASE_WORDS: usize = 4;

/// Whose age a sentence states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The advertised person, by a pronoun, a name or a noun for one.
    Advertised,
    /// Somebody else.
    Other,
    /// No person.
    Thing,
    /// A firm, shop or club: its years are an anniversary.
    Firm,
    /// The age of a time gone by, of whomever.
    Past,
}

/// What the words before a number say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) owner: Owner,
    /// Whether a verb says so, or only a noun beside the number.
    pub(super) by_verb: bool,
    /// Whether the verb stands behind the number.
    pub(super) verb_follows: bool,
    /// Whether the age is yet to come: "wird im Mai 18".
    pub(super) is_to_come: bool,
}

/// A clause's words before a place.
pub(super) struct Clause<'p, 'a> {
    pub(super) passage: &'p Passage<'a>,
    pub(super) language: Option<Language>,
}

impl<'p, 'a> Clause<'p, 'a> {
    pub(super) const fn of(passage: &'p Passage<'a>, language: Option<Language>) -> Self {
        Self { passage, language }
    }

    /// Whose age the number is: `from` is the beginning of its clause, `number` with its unit.
    pub(super) fn stated(
        &self,
        from: usize,
        number: &Range<usize>,
        is_label: bool,
    ) -> Option<Stated> {
        let tokens = self.tokens(from, number.start);
        let mut end = tokens.len();
        while end > 0
            && (is_between(&tokens[end - 1])
                || end < tokens.len() && tokens[end - 1].class == Class::Prep)
        {
            end -= 1;
        }
        let verb_last = self.verb_behind(number.end);
        if let Some(stated) = self.in_relative_clause(&tokens, end, from, verb_last) {
            return Some(stated);
        }
        // "Ik ben dus 17": the writer's own verb, a word away.
        let says_i = end < tokens.len()
            && end > 0
            && tokens[end - 1].class == Class::I
            && self.is_own_verb(&tokens[end - 1]);
        if says_i {
            return Some(Stated {
                owner: Owner::Advertised,
                by_verb: true,
                verb_follows: false,
                is_to_come: false,
            });
        }
        let Some(verb) = tokens[..end]
            .iter()
            .rposition(|token| token.class == Class::Verb)
        else {
            let attached = is_label || self.language == Some(Language::Hu);
            let owner = attached
                .then(|| self.subject(&tokens[..end], false))
                .flatten()?;
            return Some(Stated {
                owner,
                by_verb: false,
                verb_follows: false,
                is_to_come: false,
            });
        };
        let word = &tokens[verb];
        let is_plural = word.note.ends_with("plural");
        let (before, behind) = (&tokens[..verb], without_phrases(&tokens[verb + 1..end]));
        // "Peste 4 luni împlinesc 18": the verb says "I" by itself.
        let says_i = self
            .passage
            .hits_in(word.range.start..word.range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::I && hit.end == word.range.end);
        let inverted = behind.iter().any(|token| !is_between(token));
        let owner = if says_i {
            Some(Owner::Advertised)
        } else if inverted {
            self.subject(behind, is_plural)
        } else {
            self.subject(before, is_plural).or_else(|| {
                before
                    .iter()
                    .all(is_between)
                    .then(|| self.before_clause(from))
                    .flatten()
            })
        }?;
        Some(Stated {
            owner: if word.note == "past" {
                Owner::Past
            } else {
                owner
            },
            by_verb: true,
            verb_follows: false,
            is_to_come: word.note.starts_with("future"),
        })
    }

    /// Whether "am" is part of these words.
    fn is_own_verb(&self, token: &Token) -> bool {
        self.passage
            .hits_in(token.range.start..token.range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Copula && hit.end == token.range.end)
    }

    /// "My daughter of 15", "ma fille de 15": whether the number hangs on somebody else.
    pub(super) fn hangs_on_somebody_else(&self, from: usize, at: usize) -> bool {
        let tokens = self.tokens(from, at);
        matches!(
            tokens.as_slice(),
            [.., noun, of] if of.class == Class::Prep && noun.class == Class::Relative && noun.note.is_empty()
        )
    }

    /// Who is born, taught, called: the noun right before a place, whatever stands there.
    pub(super) fn noun_before(&self, from: usize, at: usize) -> Option<Owner> {
        let tokens = self.tokens(from, at);
        let mut end = tokens.len();
        while end > 0 && (is_between(&tokens[end - 1]) || tokens[end - 1].class == Class::Verb) {
            end -= 1;
        }
        let is_plural = tokens[end..]
            .iter()
            .any(|token| token.note.ends_with("plural"));
        self.subject(&tokens[..end], is_plural)
    }

    /// "…, who is 16", "…, der 12 Jahre alt ist", "aki 15 éves".
    fn in_relative_clause(
        &self,
        tokens: &[Token],
        end: usize,
        from: usize,
        verb_last: Option<&'static str>,
    ) -> Option<Stated> {
        let (mut at, mut past) = (end.checked_sub(1)?, false);
        let mut has_verb = false;
        if tokens[at].class == Class::Verb && self.who(&tokens[at]).is_none() {
            has_verb = true;
            past = tokens[at].note == "past";
            at = tokens[..at].iter().rposition(|token| !is_between(token))?;
        }
        let kind = self.who(&tokens[at])?;
        let verb_follows = matches!(kind, "last") && verb_last.is_some();
        let fits = match kind {
            "last" => verb_follows && !has_verb,
            "verb" => true,
            "bare" => true,
            _ => has_verb,
        };
        if !fits {
            return None;
        }
        past |= verb_last == Some("past") && verb_follows;
        let owner = if past {
            Owner::Past
        } else if tokens[..at].iter().all(|token| token.class == Class::Prep) {
            self.before_clause(from)?
        } else {
            self.antecedent(&tokens[..at])?
        };
        Some(Stated {
            owner,
            by_verb: true,
            verb_follows,
            is_to_come: verb_last.is_some_and(|note| verb_follows && note.starts_with("future")),
        })
    }

    /// The note of a relative pronoun that stands here.
    fn who(&self, token: &Token) -> Option<&'static str> {
        self.passage
            .hits_in(token.range.start..token.range.start + 1)
            .iter()
            .filter(|hit| hit.kind == Kind::Who && hit.end == token.range.end)
            .max_by_key(|hit| Some(hit.language) == self.language)
            .map(|hit| hit.note)
    }

    /// The note of a verb right behind a number and its unit.
    fn verb_behind(&self, at: usize) -> Option<&'static str> {
        self.passage
            .hits_after(at, VERB_GAP_BYTES, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Verb)
            .map(|hit| hit.note)
    }

    /// Of whom the clause before this one speaks at its end.
    fn before_clause(&self, from: usize) -> Option<Owner> {
        let head = self.passage.flat[..from].trim_end();
        if !head.ends_with(',') || head.len() < 2 {
            return None;
        }
        let end = head.len() - 1;
        let start = self.passage.clause(end - last_len(&head[..end])..end).start;
        self.antecedent(&self.tokens(start, end))
    }

    /// The noun that a relative clause is hung on: the last one, or the one before "from Leeds".
    fn antecedent(&self, tokens: &[Token]) -> Option<Owner> {
        let mut rest = tokens;
        loop {
            while let Some((last, head)) = rest.split_last() {
                let is_no_noun = match last.class {
                    Class::Prep | Class::Verb | Class::Det | Class::Other => true,
                    Class::Word => self.is_no_noun(last),
                    _ => false,
                };
                if !is_no_noun && !is_between(last) {
                    break;
                }
                rest = head;
            }
            let last = rest.last()?;
            let place = match last.class {
                Class::Place | Class::Firm | Class::Name => phrase_start(rest),
                _ => None,
            };
            match place {
                Some(start) if rest[..start].iter().any(is_noun_like) => rest = &rest[..start],
                _ => return Some(self.noun(rest, false)),
            }
        }
    }

    /// In German a small word that is not known is no noun: verbs end clauses there.
    fn is_no_noun(&self, token: &Token) -> bool {
        self.language == Some(Language::De)
            && self
                .passage
                .written(token.range.clone())
                .starts_with(char::is_lowercase)
    }

    /// The subject at the end of these words, its phrases with prepositions left out.
    fn subject(&self, tokens: &[Token], is_plural: bool) -> Option<Owner> {
        let mut rest = tokens;
        while let Some((last, head)) = rest.split_last()
            && (is_between(last) || last.class == Class::Other)
        {
            rest = head;
        }
        // "In June I turn 18": a pronoun stands in no phrase.
        if rest
            .last()
            .is_some_and(|last| last.class == Class::I && !self.is_possessive(last))
        {
            return Some(Owner::Advertised);
        }
        // Only what follows the last verb or "and" belongs to this subject.
        let own = rest
            .iter()
            .rposition(|token| matches!(token.class, Class::Verb | Class::And))
            .map_or(0, |at| at + 1)
            .max(self.behind_colon(rest));
        let (joined, mut rest) = (&rest[..own], &rest[own..]);
        while let Some(start) = phrase_start(rest) {
            let (head, phrase) = rest.split_at(start);
            if !head.iter().any(is_noun_like) {
                return None;
            }
            // "The boys of our team": they belong to something that is not advertised.
            let is_group = phrase.last().is_some_and(|token| {
                token.class == Class::Relative && token.note.is_empty() || token.note == "group"
            });
            if is_group && is_plural {
                return Some(Owner::Other);
            }
            rest = head;
        }
        let is_list = joined.last().is_some_and(|token| token.class == Class::And)
            && joined.iter().rev().nth(1).is_some_and(is_noun_like);
        let last = rest.last()?;
        let is_marked = is_plural
            || rest
                .iter()
                .any(|token| matches!(token.class, Class::Det | Class::DetAfter | Class::Number));
        // "anna is 17": a bare word that begins a sentence small is a name that is written small.
        if last.class == Class::Word && !is_marked {
            let begins = self.passage.sentence(last.range.clone()).start;
            let is_first = self.passage.flat[begins..last.range.start]
                .trim()
                .is_empty();
            let is_small = self
                .passage
                .written(last.range.clone())
                .starts_with(char::is_lowercase);
            return (is_first && is_small).then_some(Owner::Advertised);
        }
        if last.class == Class::Other {
            return None;
        }
        Some(self.noun(rest, is_plural && !is_list))
    }
}

/// Where a phrase with a preposition begins that ends these words.
fn phrase_start(tokens: &[Token]) -> Option<usize> {
    let from = tokens.len().saturating_sub(PHRASE_WORDS);
    let start = from
        + tokens[from..]
            .iter()
            .rposition(|token| token.class == Class::Prep)?;
    (start + 1 < tokens.len()).then_some(start)
}

/// The words without the phrases with prepositions that they begin or end with.
fn without_phrases(tokens: &[Token]) -> &[Token] {
    let mut tokens = tokens;
    while let Some(start) = phrase_start(tokens) {
        tokens = &tokens[..start];
    }
    tokens
}

fn last_len(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}
