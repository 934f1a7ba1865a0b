//! A second look at numbers of which nothing says what they are: one that is all that its clause
//! says (`Nineteen, Jersey lad`), and one that corrects an age which was denied, wished or past
//! (`not 17 any more, no: 52`).

use model::About;

use super::super::lexicon::Kind;
use super::super::reading::{Passage, Reading};
use super::around::Around;
use super::candidates::Candidate;
use super::form::by_form;
use super::mood::{DENIED, PAST, UNREAL};
use super::subject::Clause;
use super::verdict::{NAMED_YEARS, Verdict};
use super::words::is_between;

/// Bytes between an age that is not had and the one that is.
const CORRECTED_WITHIN_BYTES: usize = 60;

/// Letters of the longest word that a full stop is taken to shorten: `ap. 16`, `str. 17`.
const SHORTENED_LETTERS: usize = 4;

/// Reasons for numbers that are ages, but not of today or not of this person.
const NOT_HAD: [&str; 4] = [DENIED, UNREAL, PAST, "not that age any more"];

/// Looks again at what nothing was said of.
pub(super) fn look_again(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    if reading.is_other_trade() {
        return;
    }
    let mut is_told = verdicts.iter().any(|verdict| {
        matches!(
            verdict,
            Verdict::Age {
                about: About::Advertised,
                ..
            }
        )
    });
    for at in 0..candidates.len() {
        let candidate = &candidates[at];
        if verdicts[at] != Verdict::Nothing
            || !NAMED_YEARS.contains(&candidate.value)
            || by_form(passage, candidate).is_some()
        {
            continue;
        }
        let around = Around::of(reading, passage, candidate);
        if !around.stands_alone() || around.counts_something() {
            continue;
        }
        let corrects = at.checked_sub(1).is_some_and(|before| {
            matches!(verdicts[before], Verdict::Refused(reason) if NOT_HAD.contains(&reason))
                && around.corrects(&candidates[before])
        });
        if corrects || !is_told && around.is_all_that_is_said() {
            verdicts[at] = candidate.age(About::Advertised);
            is_told = true;
        }
    }
}

impl Around<'_> {
    /// Whether a cue says that the number is something else, or a word behind it what is counted.
    fn counts_something(&self) -> bool {
        let ends = self.passage.ends_clause(self.range.end) || self.goes_on_as_person();
        let is_refused = self
            .left
            .is_some_and(|left| matches!(left.kind, Kind::NotBefore | Kind::Since | Kind::Limit));
        is_refused || !ends && self.is_noun_at(self.range.end)
    }

    /// Whether the age before this one gives way to it, in the same sentence or the next.
    fn corrects(&self, before: &Candidate) -> bool {
        let gap = self
            .passage
            .flat
            .get(before.range.end..self.candidate.range.start);
        gap.is_some_and(|gap| {
            gap.len() <= CORRECTED_WITHIN_BYTES && !gap.contains(|sign: char| sign.is_ascii_digit())
        })
    }

    /// Whether its clause holds nothing beside it but words that say how sure it is.
    fn is_all_that_is_said(&self) -> bool {
        let text = self.passage.text();
        let start = self.candidate.range.start;
        if !self.passage.ends_clause(self.range.end) {
            return false;
        }
        let tokens = Clause::of(self.passage, self.language).tokens(self.clause.start, start);
        let only_how_sure = tokens.iter().all(is_between);
        let head = text[..start.min(self.clause.start)].trim_end();
        only_how_sure && !self.is_shortened(head) && !head.ends_with('(') && self.has_words_beside()
    }

    /// Whether the stop in front of the clause shortens a word: `ap. 16`.
    fn is_shortened(&self, head: &str) -> bool {
        let Some(head) = head.strip_suffix('.') else {
            return false;
        };
        let word = head.rsplit(|sign: char| !sign.is_alphanumeric()).next();
        word.is_none_or(|word| word.chars().count() <= SHORTENED_LETTERS)
    }

    /// Whether words stand in front of the number and behind it, as far as anything does: a row of
    /// bare numbers states no ages.
    fn has_words_beside(&self) -> bool {
        let text = self.passage.text();
        let is_break =
            |sign: char| matches!(sign, ',' | '.' | ';' | '/' | '|' | ' ' | '-' | '(' | ')');
        let before = text[..self.candidate.range.start].trim_end_matches(is_break);
        let behind = text[self.range.end..].trim_start_matches(is_break);
        let is_number = |sign: char| sign.is_numeric();
        !before.ends_with(is_number) && !behind.starts_with(is_number)
    }
}

#[cfg(test)]
mod tests {
    use model::{AgeSeen, Observed};

    use super::super::super::signals_of_text;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[u8]) {
        let ages: Vec<u8> = signals_of_text(text)
            .into_iter()
            .filter_map(|signal| match signal.observed {
                Observed::Age(AgeSeen {
                    value,
                    about: About::Advertised,
                    ..
                }) => Some(value),
                _ => None,
            })
            .collect();
        assert_eq!(ages, expected, "{text}");
    }

    #[test]
    fn a_number_that_is_all_of_its_clause_is_an_age() {
        check("Nineteen, Leith lad. Text only.", &[19]);
        check("Lehrerin im Ruhestand, 58. Hof, Parkplatz", &[58]);
        check("Hi, Jess hier,  17 , uit Ede", &[17]);
        check("Comment ça, mon âge ?\n- 17\n- Tu viens d'où ?", &[17]);
        // Shortened words, rows of numbers, a town and what a number counts.
        check("Str. Morii, bl. 16, sc. 2, ap. 17, interfon", &[]);
        check("Loterie: 14, 17, 23 en 41 getrokken", &[]);
        check("Vonatállomás, Hatvan, szombaton", &[]);
        check("Noch 17 Termine frei", &[]);
        check("Dochter (17) vertrekt, bureau op te halen", &[]);
    }

    #[test]
    fn an_age_that_is_not_had_gives_way_to_the_next() {
        check("Ik ben geen zeventien meer, nee: 52 en trots", &[52]);
        check("Nem 17 vagyok, hanem 22, csak mondják", &[22]);
        check("Als ich 17 war, zog ich her. Heute 35 und froh", &[35]);
        check("Toen ik 17 was had ik 30 euro op zak", &[]);
    }
}
