//! What a listing says of youth without an age: just of age (M5), at school or called by a word of
//! youth (M6), the true age withheld (M7), and new to the work (a label).
//!
//! Place in the flow: after the ages, whose refusals it keeps to, before the rules. The words are
//! data in `cues/youth/`; each statement is a file in `youth/`, and all of them ask `whom.rs`
//! whether they speak of the advertised person.
//!
//! Invariant: nothing here is explicit: an age below 18 is for `ages.rs` alone. No cue depends on a
//! female form (`male_forms_count`).

mod beginner;
mod just_eighteen;
mod nouns;
mod school;
mod withheld;

use std::ops::Range;

use model::{About, How, Observed, Signal, Statement};

use super::Detector;
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "youth",
    about: "Words of youth about the person advertised: just turned 18, at school, called a teenager, the true age withheld; and new to the work.",
    detect,
    examples,
};

/// An age stated in the text from which on nobody is at school or just of age: teenagers are 19 at
/// most, and a birthday since leaves one year.
const ADULT_YEARS: u8 = 21;

/// The same for the site's own field, which is chosen to please the site.
const ADULT_FIELD_YEARS: u8 = 30;

/// Why a statement says nothing beside such an age.
const ADULT: &str = "an adult age is stated";

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let is_adult = is_stated_adult(found);
    let mut statements = Vec::new();
    for passage in &reading.passages {
        just_eighteen::find(reading, passage, found, &mut statements);
        school::find(reading, passage, &mut statements);
        nouns::find(reading, passage, &mut statements);
        withheld::find(reading, passage, &mut statements);
        beginner::find(reading, passage, &mut statements);
        for said in statements.drain(..) {
            found.push(said.signal(passage, is_adult));
        }
    }
}

/// Whether the person is plainly older: an age of the text or the field, and none of a teenager.
fn is_stated_adult(found: &[Signal]) -> bool {
    let mut is_adult = false;
    for signal in found {
        let Observed::Age(seen) = signal.observed else {
            continue;
        };
        if seen.about != About::Advertised {
            continue;
        }
        let years = if seen.how == How::Field {
            ADULT_FIELD_YEARS
        } else {
            ADULT_YEARS
        };
        if seen.value >= years {
            is_adult = true;
        } else if seen.how != How::Field {
            return false;
        }
    }
    is_adult
}

/// Statements before this one that may overlap it: they come nearly in order.
const OVERLAPPING: usize = 32;

/// A statement that words make at a place, and why it does not count, if so.
struct Said {
    statement: Statement,
    range: Range<usize>,
    refused: Option<&'static str>,
}

impl Said {
    fn signal(self, passage: &Passage<'_>, is_adult: bool) -> Signal {
        let is_of_youth = matches!(
            self.statement,
            Statement::JustEighteen | Statement::AtSchool | Statement::YouthWord
        );
        let refused = self.refused.or((is_adult && is_of_youth).then_some(ADULT));
        match refused {
            Some(reason) => passage.refusal(
                self.statement.name(),
                &passage.flat[self.range.clone()],
                reason,
                self.range,
            ),
            None => passage.signal(Observed::Statement(self.statement), self.range),
        }
    }
}

/// Adds a statement unless one of its kind was found at an overlapping place; what counts goes
/// before what was refused.
fn add(statements: &mut Vec<Said>, said: Said) {
    let known = statements.iter_mut().rev().take(OVERLAPPING).find(|known| {
        known.statement == said.statement
            && known.range.start < said.range.end
            && said.range.start < known.range.end
    });
    match known {
        Some(known) if known.refused.is_some() && said.refused.is_none() => *known = said,
        Some(_) => {}
        None => statements.push(said),
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Net 18 geworden, Sam", "just-eighteen @0..6"),
        ("Turned 18 on Saturday, Leeds", "just-eighteen @7..21"),
        (
            "Onze zaak is net 18 geworden",
            "refused just-eighteen net 18: about a thing @13..19",
        ),
        ("Ik zit nog op de middelbare school", "at-school @3..34"),
        (
            "My son is still at school",
            "refused at-school is still at school: about somebody else @7..25",
        ),
        ("Lycéen, Lille", "youth-word @0..7"),
        ("Je suis lycéen à Lille", "at-school @8..15"),
        ("Teenager aus Ulm", "youth-word @0..8"),
        (
            "Keine Teenager",
            "refused youth-word teenager: denied @6..14",
        ),
        ("Vraag me hoe oud ik echt ben", "age-withheld @0..28"),
        ("Vermeld je leeftijd", ""),
        ("Mijn eerste keer hier", "beginner @0..16"),
        (
            "Is het jouw eerste keer?",
            "refused beginner eerste keer: about visitors @12..23",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::signals_of_text;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Statement]) {
        let found: Vec<Statement> = signals_of_text(text)
            .into_iter()
            .filter_map(|signal| match signal.observed {
                Observed::Statement(statement) => Some(statement),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn male_forms_count() {
        for text in [
            "Ik ben scholier, Ede",
            "I'm a schoolboy, Leeds",
            "Ich bin Schüler aus Ulm",
            "Je suis lycéen, Lille",
            "Soy colegial, Cuenca",
            "Sunt licean din Arad",
            "Gimnazista vagyok",
            "Jestem licealistą z Radomia",
            "Ученик съм, Русе",
        ] {
            check(text, &[Statement::AtSchool]);
        }
    }

    #[test]
    fn an_adult_age_takes_words_of_youth_back() {
        check("Tiener, Ede", &[Statement::YouthWord]);
        check("Ik ben 45 jaar. Tiener, Ede", &[]);
        check("Ik ben 19 jaar. Tiener, Ede", &[Statement::YouthWord]);
    }

    #[test]
    fn a_word_for_not_is_one_of_its_own_language() {
        check("Pas 18, Ede", &[Statement::JustEighteen]);
        check("Pas encore 18 ans, à Lille", &[]);
    }
}
