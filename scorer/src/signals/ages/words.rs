//! The words of a clause in classes: what the subject of a sentence is looked for in.

use std::ops::Range;

use model::Language;

use super::super::lexicon::Kind;
use super::super::places;
use super::AND;
use super::names::name_before;
use super::subject::Clause;

/// Bytes before a number that are read: some twelve words.
pub(super) const READ_BYTES: usize = 90;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// "I", also with its verb.
    I,
    Third,
    They,
    We,
    Person,
    Relative,
    Thing,
    /// A place that somebody may be at.
    Place,
    /// A firm, likewise.
    Firm,
    /// Has the shape of a name.
    Name,
    /// A noun, or any other word that is not known.
    Word,
    Verb,
    Det,
    DetAfter,
    Prep,
    Adverb,
    Number,
    And,
    /// A cue that is no noun.
    Other,
}

impl Class {
    /// What the classes are called where words are weighed; the first stands for no word at all.
    pub(super) const NAMES: &'static [&'static str] = &[
        "none",
        "i",
        "third",
        "they",
        "we",
        "person",
        "relative",
        "thing",
        "place",
        "firm",
        "name",
        "word",
        "verb",
        "det",
        "det-after",
        "prep",
        "adverb",
        "number",
        "and",
        "other",
    ];

    /// The place of its name.
    pub(super) const fn place(self) -> usize {
        self as usize + 1
    }
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) class: Class,
    pub(super) note: &'static str,
}

impl Clause<'_, '_> {
    /// The words from `from` on, at most some ninety bytes of them.
    pub(super) fn tokens(&self, from: usize, to: usize) -> Vec<Token> {
        let flat = self.passage.flat.as_str();
        let mut at = from;
        if to.saturating_sub(from) > READ_BYTES {
            at = floor(flat, to - READ_BYTES);
            at += flat[at..to].find(' ').unwrap_or(0);
        }
        let mut tokens = Vec::new();
        while let Some(sign) = flat[at..to].chars().next() {
            if !sign.is_alphanumeric() {
                at += sign.len_utf8();
                continue;
            }
            let len = flat[at..to]
                .find(|sign: char| !sign.is_alphanumeric())
                .unwrap_or(to - at);
            let word = at..at + len;
            let token = self.known(at, to).unwrap_or_else(|| self.unknown(word));
            at = token.range.end;
            tokens.push(token);
        }
        tokens
    }

    fn known(&self, at: usize, to: usize) -> Option<Token> {
        if let Some(moment) = self.moment(at, to) {
            return Some(moment);
        }
        let hit = self
            .passage
            .hits_in(at..at + 1)
            .iter()
            .filter(|hit| hit.end <= to && rank(hit.kind).is_some())
            .max_by_key(|hit| (hit.end, Some(hit.language) == self.language, rank(hit.kind)))?;
        // "Ist erst", "е само на": a verb whose subject stands before it, and no pronoun.
        let verb = (hit.kind == Kind::AgeThird)
            .then(|| {
                self.passage
                    .hits_in(at..at + 1)
                    .iter()
                    .find(|other| other.kind == Kind::Verb && other.end < hit.end)
            })
            .flatten();
        if let Some(verb) = verb {
            return Some(Token {
                range: hit.start..hit.end,
                class: Class::Verb,
                note: verb.note,
            });
        }
        let class = match hit.kind {
            Kind::I | Kind::AgeI | Kind::Copula => Class::I,
            Kind::Third | Kind::AgeThird => Class::Third,
            Kind::They => Class::They,
            Kind::We => Class::We,
            Kind::Person
            | Kind::PersonAfter
            | Kind::AgeOf
            | Kind::PersonsAfter
            | Kind::PersonsTwo
            | Kind::Pupil => Class::Person,
            Kind::Relative => Class::Relative,
            Kind::Thing if hit.note == "place" => Class::Place,
            Kind::Thing if hit.note == "firm" => Class::Firm,
            Kind::Thing => Class::Thing,
            Kind::Verb => Class::Verb,
            Kind::Det if hit.note == "after" => Class::DetAfter,
            Kind::Det => Class::Det,
            Kind::Prep => Class::Prep,
            Kind::Number => Class::Number,
            Kind::Adverb
            | Kind::Limit
            | Kind::AgeLabel
            | Kind::Now
            | Kind::Month
            | Kind::JustPast => Class::Adverb,
            _ => Class::Other,
        };
        let token = Token {
            range: hit.start..hit.end,
            class,
            note: hit.note,
        };
        // Polish "i" is "and", English "I" is not.
        let is_english_i = hit.kind == Kind::I && self.language == Some(Language::En);
        (is_english_i || !AND.contains(&&self.passage.flat[hit.start..hit.end])).then_some(token)
    }

    /// "Jövő héten", "next week": a moment of several words, which names nobody and holds no verb.
    fn moment(&self, at: usize, to: usize) -> Option<Token> {
        let hit = self
            .passage
            .hits_in(at..at + 1)
            .iter()
            .filter(|hit| matches!(hit.kind, Kind::Future | Kind::JustPast))
            .filter(|hit| hit.n_words > 1 && hit.end <= to)
            .max_by_key(|hit| hit.end)?;
        let holds_more = self
            .passage
            .hits_in(hit.start..hit.end)
            .iter()
            .any(|other| {
                matches!(
                    other.kind,
                    Kind::I | Kind::Copula | Kind::Verb | Kind::Third | Kind::AgeI | Kind::Is
                )
            });
        (!holds_more).then_some(Token {
            range: hit.start..hit.end,
            class: Class::Adverb,
            note: hit.note,
        })
    }

    fn unknown(&self, word: Range<usize>) -> Token {
        let text = &self.passage.flat[word.clone()];
        let class = if AND.contains(&text) {
            Class::And
        } else if text.starts_with(|sign: char| sign.is_numeric()) {
            Class::Number
        } else if places::is_town(text) {
            Class::Place
        } else if name_before(self.passage, word.end).is_some_and(|name| name == word) {
            Class::Name
        } else {
            Class::Word
        };
        Token {
            range: word,
            class,
            note: "",
        }
    }
}

/// Among cues of one length: the higher says more about a sentence.
const fn rank(kind: Kind) -> Option<u8> {
    Some(match kind {
        Kind::Relative => 16,
        Kind::Thing => 15,
        Kind::They => 14,
        Kind::Verb => 13,
        Kind::Det => 12,
        Kind::Adverb | Kind::Now | Kind::Month => 11,
        Kind::JustPast => 12,
        Kind::Prep => 10,
        Kind::Person
        | Kind::PersonAfter
        | Kind::AgeOf
        | Kind::PersonsAfter
        | Kind::PersonsTwo
        | Kind::Pupil => 9,
        Kind::I | Kind::AgeI | Kind::Copula => 8,
        Kind::Third | Kind::AgeThird => 7,
        Kind::We => 6,
        Kind::Limit | Kind::AgeLabel => 5,
        Kind::Number => 4,
        Kind::Who => 3,
        Kind::Tail => 2,
        _ => return None,
    })
}

/// Words that may stand between a subject, its verb and a number.
pub(super) const fn is_between(token: &Token) -> bool {
    matches!(token.class, Class::Adverb | Class::Number | Class::And)
}

pub(super) const fn is_noun_like(token: &Token) -> bool {
    matches!(
        token.class,
        Class::I
            | Class::Third
            | Class::They
            | Class::We
            | Class::Person
            | Class::Relative
            | Class::Thing
            | Class::Place
            | Class::Firm
            | Class::Name
            | Class::Word
    )
}

pub(super) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
