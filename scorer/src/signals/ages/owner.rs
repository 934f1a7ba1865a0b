//! Whose a noun phrase is: the advertised person's, somebody else's, or that of a thing.

use model::Language;

use super::super::lexicon::Kind;
use super::names::is_given_name;
use super::subject::{Clause, Owner};
use super::words::{Class, READ_BYTES, Token, floor};

impl Clause<'_, '_> {
    /// Whose the noun phrase is that ends these words.
    pub(super) fn noun(&self, tokens: &[Token], is_plural: bool) -> Owner {
        let mut tokens = tokens;
        let mut has_det = false;
        while let Some((last, head)) = tokens.split_last()
            && last.class == Class::DetAfter
            && !head.is_empty()
        {
            has_det = true;
            tokens = head;
        }
        let Some((last, head)) = tokens.split_last() else {
            return Owner::Advertised;
        };
        match last.class {
            Class::I | Class::Third | Class::We | Class::Person => Owner::Advertised,
            Class::Relative => Owner::Other,
            Class::Thing | Class::Place => Owner::Thing,
            Class::Firm => Owner::Firm,
            Class::They => self.they(last.range.start),
            // "Ea este Mălina", "unsere Kathi": presented by a pronoun or as one of ours.
            Class::Name if self.is_presented(head, last) => Owner::Advertised,
            Class::Name => match head.last().map(|token| token.class) {
                Some(Class::Relative) => Owner::Other,
                Some(Class::Thing | Class::Place) => Owner::Thing,
                Some(Class::Firm) => Owner::Firm,
                // "Our new girl Anna"; but German nouns look like names: "die neue Spielerin".
                Some(Class::Person) if self.language != Some(Language::De) => Owner::Advertised,
                Some(Class::Person) if !head.iter().any(|token| token.class == Class::Det) => {
                    Owner::Advertised
                }
                Some(Class::Det | Class::Word | Class::Number | Class::Person) => Owner::Other,
                _ if has_det || is_plural => Owner::Other,
                _ => Owner::Advertised,
            },
            _ => Owner::Other,
        }
    }

    /// Whether the words before a name present whoever has it.
    pub(super) fn is_presented(&self, head: &[Token], name: &Token) -> bool {
        let hits_at = |token: &Token| {
            self.passage
                .hits_in(token.range.start..token.range.start + 1)
        };
        let by_pronoun = head.first().is_some_and(|first| {
            matches!(first.class, Class::Third | Class::I) && !self.is_possessive(first)
        });
        let by_verb = self
            .passage
            .hits_before(name.range.start, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::AliasThird);
        let as_ours = head.len() == 1
            && is_given_name(&self.passage.flat[name.range.clone()])
            && hits_at(&head[0]).iter().any(|hit| hit.kind == Kind::We);
        by_pronoun || by_verb || as_ours
    }

    /// Whom "they" stands for: the last noun for persons in the sentences before.
    pub(super) fn they(&self, at: usize) -> Owner {
        let sentence = self.passage.sentence(at..at + 1);
        let from = sentence.start.saturating_sub(READ_BYTES);
        self.passage
            .hits_in(floor(&self.passage.flat, from)..at)
            .iter()
            .rev()
            .find_map(|hit| match hit.kind {
                Kind::Relative => Some(Owner::Other),
                Kind::Thing if hit.note.is_empty() => Some(Owner::Thing),
                Kind::Person | Kind::PersonsAfter | Kind::PersonsTwo | Kind::We | Kind::I => {
                    Some(Owner::Advertised)
                }
                _ => None,
            })
            .unwrap_or(Owner::Advertised)
    }

    /// Where what a colon announces begins: "both free: Vanessa is 21".
    pub(super) fn behind_colon(&self, tokens: &[Token]) -> usize {
        (1..tokens.len())
            .rev()
            .find(|&at| {
                self.passage.flat[tokens[at - 1].range.end..tokens[at].range.start].contains(':')
            })
            .unwrap_or(0)
    }

    pub(super) fn is_possessive(&self, token: &Token) -> bool {
        self.passage
            .hits_in(token.range.start..token.range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Det && hit.end == token.range.end)
    }
}
