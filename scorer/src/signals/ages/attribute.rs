//! Ages in front of what they are said of: "17-year-old girl", "zeventienjarige jongen",
//! "17-годишната Емили".

use model::About;

use super::super::lexicon::{Hit, Kind};
use super::around::{Around, SUBJECT_WITHIN_BYTES};
use super::names::is_given_name;
use super::subject::Clause;
use super::verdict::{THING, VISITOR_RULE, Verdict};
use super::words::{Class, floor};

/// Bytes behind the age in which its noun is looked for.
const NOUN_WITHIN_BYTES: usize = 56;

/// Words of the noun phrase: up to two adjectives and the noun.
const PHRASE_WORDS: usize = 3;

/// From here on a noun that is not known may be a person's.
const ADULT: u32 = 18;

/// From here on a text that begins with a relative's noun speaks of the writer.
const ELDER: u32 = 40;

impl Around<'_> {
    pub(super) fn by_adjective(&self) -> Verdict {
        let clause = Clause::of(self.passage, self.language);
        let end = floor(
            &self.passage.flat,
            (self.range.end + NOUN_WITHIN_BYTES).min(self.clause.end),
        )
        .max(self.range.end);
        let behind = clause.tokens(self.range.end, end);
        for token in behind.iter().take(PHRASE_WORDS) {
            match token.class {
                Class::Person => return self.of_person(),
                Class::Relative if token.note.is_empty() && !self.opens_as_elder() => {
                    return self.age(About::Other);
                }
                Class::Relative => return self.of_person(),
                Class::Thing | Class::Place | Class::Firm => return Verdict::Refused(THING),
                Class::Name => return self.of_person(),
                _ if is_given_name(&self.passage.flat[token.range.clone()]) => {
                    return self.of_person();
                }
                Class::Word | Class::Adverb => {}
                _ => break,
            }
        }
        let stands_for_noun = behind.first().is_none_or(|token| {
            !matches!(token.class, Class::Word | Class::Adverb | Class::Number)
        });
        if stands_for_noun && (self.speaks_of_all() || self.is_anybodys(&clause)) {
            return self.age(About::Other);
        }
        if stands_for_noun || self.has(self.clause.start..self.range.start, Kind::Copula) {
            return self.of_person();
        }
        if self.candidate.value < ADULT {
            return Verdict::Refused(THING);
        }
        // "29-jähriger Masseur empfängt": what a text or sentence begins with.
        let sentence = self.passage.sentence(self.range.clone());
        let opens = self.passage.flat[sentence.start..self.range.start]
            .trim()
            .is_empty();
        self.age(if opens && !self.is_other_trade {
            About::Advertised
        } else {
            About::Unknown
        })
    }

    /// "Het loon van een 17-jarige": what belongs to anybody of that age.
    fn is_anybodys(&self, clause: &Clause<'_, '_>) -> bool {
        let before = clause.tokens(self.clause.start, self.range.start);
        self.candidate.value < ADULT
            && matches!(
                before.as_slice(),
                [.., noun, of, article]
                    if article.class == Class::Det
                        && of.class == Class::Prep
                        && matches!(noun.class, Class::Word | Class::Thing)
            )
    }

    /// "Die 16-Jährigen von heute", "без 17-годишни": a plural without a noun, of nobody who is named.
    fn speaks_of_all(&self) -> bool {
        const PLURALS: &[&str] = &[
            "jahrigen",
            "jarigen",
            "olds",
            "годишни",
            "годишните",
            "latkow",
            "latkowie",
            "latki",
            "letnich",
            "letni",
            "godishni",
        ];
        let is_plural = PLURALS
            .iter()
            .any(|ending| self.passage.flat[..self.range.end].ends_with(ending));
        is_plural
            && self.candidate.value < ADULT
            && !self
                .passage
                .hits_in(self.clause.clone())
                .iter()
                .any(|hit| matches!(hit.kind, Kind::Copula | Kind::We | Kind::I | Kind::Person))
    }

    /// "57-jähriger Opa", "papi de 58 ans": the text begins with it, no possessive says whose, and
    /// nobody's son is that old.
    pub(super) fn opens_as_elder(&self) -> bool {
        let before = Clause::of(self.passage, self.language).tokens(0, self.range.start);
        self.candidate.value >= ELDER
            && self.range.start <= SUBJECT_WITHIN_BYTES
            && before.len() <= PHRASE_WORDS
            && before
                .iter()
                .all(|token| matches!(token.class, Class::Relative | Class::Prep | Class::Word))
    }

    /// The noun is a person: advertised, unless the words before it say that it is not.
    fn of_person(&self) -> Verdict {
        let start = self.range.start;
        let from = self
            .clause
            .start
            .max(start.saturating_sub(SUBJECT_WITHIN_BYTES));
        let spoken_of = self.passage.hits_in(from..start);
        let is_kind = |hit: &&Hit, kind: Kind| hit.kind == kind && hit.end <= start;
        if self.is_other_trade && !self.says_i(start) {
            return self.age(About::Other);
        }
        if spoken_of.iter().any(|hit| is_kind(&hit, Kind::Relative)) {
            return self.age(About::Other);
        }
        if spoken_of
            .iter()
            .rev()
            .find(|hit| {
                is_kind(hit, Kind::You) || is_kind(hit, Kind::I) || is_kind(hit, Kind::Copula)
            })
            .is_some_and(|hit| hit.kind == Kind::You)
            && self.candidate.value < ADULT
        {
            return Verdict::Refused(VISITOR_RULE);
        }
        self.age(About::Advertised)
    }

    /// "17 ans de marine", "16 years of teaching": the years of something that is named behind.
    pub(super) fn counts_years_of_something(&self) -> bool {
        const OF: &[&str] = &["de", "d'", "of", "des", "du"];
        let rest = self.passage.flat[self.range.end..].trim_start();
        let Some(of) = OF.iter().find(|of| {
            rest.starts_with(**of) && (of.ends_with('\'') || rest[of.len()..].starts_with(' '))
        }) else {
            return false;
        };
        let at = self.passage.flat.len() - rest.len() + of.len();
        let noun = self.passage.flat[at..].trim_start();
        let place = self.passage.flat.len() - noun.len();
        let is_capital = self
            .passage
            .written(place..place + noun.chars().next().map_or(0, char::len_utf8))
            .starts_with(char::is_uppercase);
        !noun.is_empty() && !is_capital && !self.is_place_at(place)
    }
}
