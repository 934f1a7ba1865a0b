//! Whom a statement names: the nearest subject in front, the reader, somebody else right behind.

use std::ops::Range;

use super::super::lexicon::{Hit, Kind};
use super::{Around, QUESTION, SOMEBODY_ELSE, SOUGHT, Said, THING, VISITOR};

impl<'p> Around<'p, '_> {
    /// Who is spoken of.
    pub(in crate::signals) fn subject(&self, said: Said) -> Option<&'static str> {
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
    pub(in crate::signals) fn somebody_else(&self) -> Option<&'static str> {
        self.nearest(self.clause.start..self.range.start)
            .filter(|hit| hit.kind == Kind::Relative)
            .map(|_| SOMEBODY_ELSE)
    }

    /// Whether the nearest who is named is the reader.
    pub(in crate::signals) fn addressee(&self) -> Option<&'static str> {
        self.nearest(self.clause.start..self.range.start)
            .filter(|hit| hit.kind == Kind::You)
            .map(|_| VISITOR)
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
    pub(super) fn is_possessive(&self, hit: &Hit) -> bool {
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
            .hits(self.range.clone())
            .any(|hit| hit.kind == Kind::You && !self.is_possessive(hit));
        if inside {
            return Some(VISITOR);
        }
        // "I have two sons at school"
        let is_theirs = self.hits(self.range.clone()).any(|hit| {
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
            .filter(|hit| self.is_of_language(hit))
            .find_map(|hit| match hit.kind {
                Kind::Relative if hit.note.is_empty() => Some(SOMEBODY_ELSE),
                Kind::Thing if hit.note.is_empty() => Some(THING),
                // "Teenager wanted"; "teenager looking for" seeks.
                Kind::Wants if hit.note.is_empty() => Some(SOUGHT),
                _ => None,
            })
    }

    /// Whether the clause is a question that does not speak of the writer.
    fn is_asked(&self) -> bool {
        let rest = &self.passage.flat[self.clause.end..];
        rest.starts_with('?')
    }
}

const fn is_subject(hit: &Hit) -> bool {
    is_self(hit) || matches!(hit.kind, Kind::Third | Kind::You | Kind::Relative)
}

pub(super) const fn is_self(hit: &Hit) -> bool {
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
