//! Bare numbers that are ages by their place: `Kim 22`, `Student, 22, Delft`, `she 33, he 35`,
//! `18, Carlisle`.
//!
//! Listings present a person as a form does: name, age, town. A number counts here when nothing
//! was known of it so far, when it stands in such a place, and when its neighbours are no numbers
//! themselves (times, prices, dates). Under 18 the place must be plain: beside a name, a noun for a
//! person, a town or a pronoun.

use std::ops::Range;

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind};
use super::around::Around;
use super::names::is_given_name;
use super::subject::Clause;
use super::verdict::{DURATION, Verdict};
use super::words::{Class, Token, is_between};

/// Ages that a place alone can state.
pub(super) const PROFILE_YEARS: Range<u32> = 14..76;

/// Words of a noun phrase behind a preposition.
const PHRASE_WORDS: usize = 4;

/// What may stand before the words that present somebody: "hi all,".
const GREETING_WORDS: usize = 2;
const GREETING_BYTES: usize = 16;

/// From here on less is asked.
const ADULT: u32 = 18;

impl Around<'_> {
    pub(super) fn by_profile(&self, verdict: Verdict) -> Verdict {
        if matches!(verdict, Verdict::Refused(_) | Verdict::Nothing)
            && (self.is_name_of()
                || self.is_person_of()
                || matches!(verdict, Verdict::Refused(_)) && self.is_apposed())
        {
            return self.age(About::Advertised);
        }
        let is_open = match verdict {
            Verdict::Nothing => true,
            Verdict::Refused(_) if self.is_still_that_age() => true,
            Verdict::Refused(DURATION) => self.unit.is_some(),
            _ => false,
        };
        let is_blocked = self
            .left
            .is_some_and(|left| matches!(left.kind, Kind::NotBefore | Kind::Since));
        if self.is_recent() && !self.is_other_trade {
            return self.age(About::Advertised);
        }
        if !is_open
            || self.is_other_trade
            || !self.stands_alone()
            || !PROFILE_YEARS.contains(&self.candidate.value)
            || self.is_question()
        {
            return verdict;
        }
        if self.is_puzzle_of_an_age() || self.has_disguised_unit() {
            return self.age(About::Advertised);
        }
        if is_blocked && !self.is_still_that_age() {
            return verdict;
        }
        if is_blocked || self.is_told_as_mine() || self.follows_a_colon_of_mine() {
            return self.age(About::Advertised);
        }
        if self.is_before_own_verb() {
            return self.age(About::Advertised);
        }
        let clause = Clause::of(self.passage, self.language);
        let tokens = clause.tokens(self.clause.start, self.range.start);
        let mut end = tokens.len();
        while end > 0 && is_between(&tokens[end - 1]) && tokens[end - 1].class != Class::And {
            end -= 1;
        }
        let about = match tokens[..end].last() {
            None => self.of_own_segment(&clause, &tokens),
            Some(last) => self.beside(last, &tokens[..end]),
        };
        match about {
            Some(about) => self.age(about),
            None => verdict,
        }
    }

    const fn is_minor(&self) -> bool {
        self.candidate.value < ADULT
    }

    /// `Kim 22`, `she 33`, `man 33 deventer`.
    fn beside(&self, last: &Token, tokens: &[Token]) -> Option<About> {
        if last.range.end + 2 < self.range.start && tokens.len() > 1 && !self.gap_is_adverbs(last) {
            return None;
        }
        if !self.goes_on_as_profile() {
            return None;
        }
        let own = &tokens[..tokens.len() - 1];
        let begins = own.iter().all(|token| {
            matches!(
                token.class,
                Class::And | Class::Person | Class::Det | Class::I
            )
        });
        match last.class {
            Class::I | Class::Third if self.is_pronoun(last) => Some(About::Advertised),
            Class::Person if begins || self.is_minor() && own.is_empty() => Some(About::Advertised),
            Class::Name | Class::Word if is_given_name(&self.passage.flat[last.range.clone()]) => {
                let is_relatives = own.iter().any(|token| {
                    matches!(token.class, Class::Relative | Class::Thing | Class::Firm)
                });
                let is_short = own.len() <= 3;
                (is_short || !self.is_minor()).then_some(if is_relatives {
                    About::Other
                } else {
                    About::Advertised
                })
            }
            Class::Relative if last.note.is_empty() && own.len() <= 1 => Some(About::Other),
            _ => None,
        }
    }

    fn gap_is_adverbs(&self, last: &Token) -> bool {
        self.passage.flat[last.range.end..self.range.start].len() <= 14
    }

    /// A pronoun that is no possessive too.
    fn is_pronoun(&self, token: &Token) -> bool {
        !self
            .passage
            .hits_in(token.range.start..token.range.start + 1)
            .iter()
            .any(|hit| hit.end == token.range.end && matches!(hit.kind, Kind::Det | Kind::Prep))
    }

    /// The clause ends behind the number, or a town, a name's next part, "and" follows.
    fn goes_on_as_profile(&self) -> bool {
        let end = self.range.end;
        self.is_before_one_capital(end)
            || self.passage.ends_clause(end) && !self.is_number_at(end)
            || self.goes_on_as_person()
            || self
                .passage
                .hits_after(end, 2, |sign| sign == ' ')
                .any(|hit| {
                    matches!(
                        hit.kind,
                        Kind::Third | Kind::Now | Kind::JustPast | Kind::Offer | Kind::Adverb
                    )
                })
    }

    /// "Noa 18 León": one word with a capital and the end of the clause, as towns stand.
    pub(super) fn is_before_one_capital(&self, at: usize) -> bool {
        let flat = self.passage.flat.as_str();
        let Some(rest) = flat[at..].strip_prefix(' ') else {
            return false;
        };
        let len = rest
            .find(|sign: char| !sign.is_alphabetic())
            .unwrap_or(rest.len());
        len > 2
            && self
                .passage
                .written(at + 1..at + 1 + len)
                .starts_with(char::is_uppercase)
            && self.passage.ends_clause(at + 1 + len)
    }

    /// Whether the next thing behind the end of this clause is a number.
    fn is_number_at(&self, at: usize) -> bool {
        let rest = self.passage.flat[at..]
            .trim_start_matches(|sign: char| !sign.is_alphanumeric() && sign != '+' && sign != '€');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        // Long runs are phone numbers, which follow anything.
        (1..=2).contains(&digits) && !rest[digits..].trim_start().starts_with("1234")
    }

    /// The number is all that its clause says.
    fn of_own_segment(&self, clause: &Clause<'_, '_>, tokens: &[Token]) -> Option<About> {
        let text = self.passage.text();
        let head = text[..self.clause.start].trim_end();
        let opens = head.is_empty() || head.ends_with('\n') && self.is_minor_free();
        let ends = self.passage.ends_clause(self.range.end);
        if self.is_number_at(self.range.end) {
            return None;
        }
        let Some(segment) = self.segment_before() else {
            let is_now = tokens.iter().any(|token| self.is_now(token)) && !self.is_minor();
            if !(opens || is_now && self.unit.is_none()) {
                // "Juf geweest. 29 jaar.": a sentence of its own.
                let is_sentence = self.unit.is_some() && ends && !self.is_minor();
                return is_sentence.then_some(About::Advertised);
            }
            let fits = if self.is_minor() {
                self.person_follows(clause) || self.has_half && ends
            } else {
                ends || self.goes_on_as_profile()
            };
            return fits.then_some(About::Advertised);
        };
        let before = clause.tokens(segment.start, segment.end);
        let is_now = tokens.iter().any(|token| self.is_now(token)) && (ends || !self.is_minor());
        if !(ends || is_now || self.list_follows()) {
            return None;
        }
        if !is_now
            && before
                .last()
                .is_some_and(|last| last.class == Class::Number)
        {
            return None;
        }
        let starts_as_number = before
            .first()
            .is_some_and(|first| first.class == Class::Number || self.is_count(first));
        // A noun behind a preposition is where somebody is, not who.
        let speaks_of = |class: Class| {
            before.iter().enumerate().any(|(at, token)| {
                let in_phrase = before[at.saturating_sub(PHRASE_WORDS)..at]
                    .iter()
                    .any(|token| token.class == Class::Prep);
                token.class == class && token.note != "visitor" && !in_phrase
            })
        };
        if is_now && !speaks_of(Class::Relative) && !speaks_of(Class::Thing) {
            return Some(About::Advertised);
        }
        let is_ours = self.has(segment.clone(), Kind::We);
        if speaks_of(Class::Relative) && !is_ours && (self.is_minor() || !starts_as_number) {
            return Some(About::Other);
        }
        // "Ik heb twee katten, 16 en 17 jaar oud"
        let is_had = before.len() > 1
            && self.has(segment.clone(), Kind::Has)
            && before.last().is_some_and(|last| {
                matches!(last.class, Class::Word | Class::Thing | Class::Person)
            });
        if is_had {
            return Some(About::Other);
        }
        let has_person = before.iter().any(|token| {
            matches!(
                token.class,
                Class::Person | Class::I | Class::Third | Class::We
            )
        });
        let has_name = before.iter().any(|token| {
            matches!(token.class, Class::Name | Class::Word)
                && is_given_name(&self.passage.flat[token.range.clone()])
        });
        if speaks_of(Class::Thing) && !has_person && !has_name {
            return None;
        }
        let is_town = before.len() == 1 && before[0].class == Class::Place;
        let begins = self.begins_sentence(&segment);
        let fits = if self.is_minor() {
            (has_person || has_name) && begins
                || is_town && self.person_follows(clause)
                || has_name && before.len() == 1
        } else {
            has_person && (begins || before.len() <= 2)
                || has_name
                || starts_as_number && begins
                || is_town && self.person_follows(clause)
                || self.unit.is_some() && !speaks_of(Class::Firm)
                || is_noun_at_the_head(&before) && begins && self.person_follows(clause)
        };
        fits.then_some(About::Advertised)
    }

    /// A line break before a number says less than the beginning of the text.
    const fn is_minor_free(&self) -> bool {
        self.candidate.value >= ADULT
    }

    fn is_now(&self, token: &Token) -> bool {
        self.passage
            .hits_in(token.range.start..token.range.start + 1)
            .iter()
            .any(|hit| hit.kind == Kind::Now && hit.end == token.range.end)
    }

    /// "Two", as an article or a count.
    fn is_count(&self, token: &Token) -> bool {
        self.passage
            .hits_in(token.range.start..token.range.start + 1)
            .iter()
            .any(|hit| {
                hit.kind == Kind::Number && hit.end == token.range.end
                    || hit.kind == Kind::PersonsTwo
            })
    }

    /// "19 en 23" up to the end of the clause.
    fn list_follows(&self) -> bool {
        let rest = &self.passage.flat[self.range.end..self.clause.end.max(self.range.end)];
        let mut words = rest.split_whitespace();
        let joined = words.next().is_some_and(|word| super::AND.contains(&word));
        let number = words.next().unwrap_or("");
        joined
            && (number.len() == 2 && number.bytes().all(|sign| sign.is_ascii_digit()))
            && words.next().is_none()
    }

    /// "18 éves a szalonunk": the thing stands behind, with its article.
    pub(super) fn thing_behind_article(&self) -> Option<&Hit> {
        let article = self
            .passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Det)?;
        self.passage
            .hits_after(article.end, 1, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Thing && hit.note != "place")
    }

    /// The clause before this one in the same sentence.
    pub(super) fn segment_before(&self) -> Option<Range<usize>> {
        let head = self.passage.flat[..self.clause.start].trim_end();
        let sign = head.chars().next_back()?;
        let at = head.len() - sign.len_utf8();
        let segment = self.passage.clause(at..at);
        let sentence = self.passage.sentence(self.range.clone());
        let text = self.passage.flat.get(segment.start..at)?;
        (sentence.start <= segment.start && !text.trim().is_empty()).then_some(segment.start..at)
    }

    /// Whether at most a greeting stands before: "Hi, Jess here, 17".
    fn begins_sentence(&self, segment: &Range<usize>) -> bool {
        let sentence = self.passage.sentence(segment.clone());
        let before = &self.passage.flat[sentence.start..segment.start.max(sentence.start)];
        before.split_whitespace().count() <= GREETING_WORDS && before.len() <= GREETING_BYTES
    }

    /// Whether what follows presents somebody: a town, a name, a noun for a person.
    fn person_follows(&self, clause: &Clause<'_, '_>) -> bool {
        let flat = self.passage.flat.as_str();
        let skipped = flat[self.range.end..]
            .find(|sign: char| sign.is_alphanumeric())
            .map_or(flat.len(), |at| self.range.end + at);
        if skipped > self.range.end + 4
            || self.candidate.how == How::Words && skipped <= self.range.end + 1
        {
            return false;
        }
        if self.is_place_at(skipped) {
            return true;
        }
        let end = super::words::floor(flat, skipped + 40).max(skipped);
        let next = self.passage.clause(skipped..skipped).end.min(end);
        clause.tokens(skipped, next).first().is_some_and(|token| {
            matches!(token.class, Class::Person | Class::I | Class::Place)
                || token.class == Class::Name
                    && !self.is_minor()
                    && self.language != Some(Language::De)
                || is_given_name(&flat[token.range.clone()])
        }) || self.candidate.how != How::Words && self.goes_on_as_person()
    }
}

/// "Lehramtsstudentin", "Rentner": a clause of one or two unknown words.
fn is_noun_at_the_head(tokens: &[Token]) -> bool {
    tokens.len() <= 2
        && tokens
            .iter()
            .all(|token| matches!(token.class, Class::Word | Class::Name))
}
