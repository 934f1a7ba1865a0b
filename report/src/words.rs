//! What people call the members of the closed lists, in Dutch and English: on the review pages and
//! in what `waaklicht explain` prints.
//!
//! Invariant: a member that one language has no word for does not compile: each list is a `match`
//! without a catch-all, but for those that are `#[non_exhaustive]` (tests below).

pub mod en;
mod indicators;
pub mod nl;
mod reasons;

use model::{Band, EvidenceKind, FactName, Family, Field, Lane, Localised, Observed};

type Word = &'static str;

/// A language that people read the program's pages in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Dutch.
    Dutch,
    /// English.
    English,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Dutch, Self::English];

    /// ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.code() == code)
    }

    /// Its name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Dutch => "Nederlands",
            Self::English => "English",
        }
    }

    /// Its words for the closed lists.
    pub const fn terms(self) -> &'static Terms {
        match self {
            Self::Dutch => &nl::TERMS,
            Self::English => &en::TERMS,
        }
    }

    /// Why the scorer refused something, and in which language that is.
    pub fn reason(self, reason: &str) -> (&str, Self) {
        match (self.terms().reason)(reason) {
            Some(words) => (words, self),
            None => (reason, Self::English),
        }
    }

    /// What a rule says, in this language or, where it lacks the text, in the other one.
    pub fn why(self, text: &Localised) -> &str {
        let (own, other) = match self {
            Self::Dutch => (&text.nl, &text.en),
            Self::English => (&text.en, &text.nl),
        };
        if own.is_empty() { other } else { own }
    }
}

/// Words for the closed lists of `model` in one language.
#[derive(Debug)]
pub struct Terms {
    /// A lane of the queue.
    pub lane: fn(Lane) -> Word,
    /// A band of the score.
    pub band: fn(Band) -> Word,
    /// A kind of evidence.
    pub kind: fn(EvidenceKind) -> Word,
    /// A family of rules.
    pub family: fn(Family) -> Word,
    /// Where in a listing: `in the text`.
    pub field: fn(Field) -> Word,
    /// A fact about linked listings.
    pub fact: fn(FactName) -> Word,
    /// A clause of the policy's gate; one that is not known is given by its name.
    pub clause: fn(&str) -> String,
    /// An indicator of the catalogue by its id; one that is not in it is given by the id.
    pub indicator: fn(&str) -> &str,
    /// What was observed. Contacts and names are left out: pages that may not show them use this
    /// too.
    pub observed: fn(&Observed) -> String,
    /// What the scorer took it for before it refused, by the scorer's word for it.
    pub candidate: fn(&str) -> &str,
    /// Why it refused; `None` where this language has no words for the scorer's English ones.
    pub reason: fn(&str) -> Option<&str>,
}

#[cfg(test)]
mod checks {
    use model::Statement;

    use super::*;

    /// The catch-all of `#[non_exhaustive]` lists gives the rule's spelling: it must never be used.
    #[test]
    fn every_fact_has_words_in_both_languages() {
        for tongue in Tongue::ALL {
            for (fact, name) in FactName::ALL {
                assert_ne!((tongue.terms().fact)(fact), name, "{tongue:?}");
            }
        }
    }

    #[test]
    fn every_clause_of_the_gate_has_words_in_both_languages() {
        for clause in [
            "hard-minor",
            "two-minor",
            "extortion",
            "recruitment",
            "line",
        ] {
            let [dutch, english] = Tongue::ALL.map(|tongue| (tongue.terms().clause)(clause));
            assert!(!dutch.contains('`') && !english.contains('`'), "{clause}");
            assert_ne!(dutch, english);
        }
        assert!((nl::TERMS.clause)("new-clause").contains("new-clause"));
    }

    #[test]
    fn a_refused_statement_is_called_as_a_found_one() {
        for tongue in Tongue::ALL {
            let terms = tongue.terms();
            for (statement, name) in Statement::ALL {
                let found = (terms.observed)(&Observed::Statement(statement));
                assert_eq!((terms.candidate)(name), found);
            }
        }
        assert_eq!((nl::TERMS.candidate)("age"), "leeftijd");
        assert_eq!((nl::TERMS.candidate)("something-new"), "something-new");
    }

    #[test]
    fn a_text_of_a_rule_falls_back_to_the_other_language() {
        use Tongue::{Dutch, English};
        let only = |nl: &str, en: &str| Localised {
            nl: nl.into(),
            en: en.into(),
        };
        assert_eq!(Dutch.why(&only("ja", "yes")), "ja");
        assert_eq!(English.why(&only("ja", "yes")), "yes");
        assert_eq!(Dutch.why(&only("", "yes")), "yes");
        assert_eq!(English.why(&only("ja", "")), "ja");
    }
}
