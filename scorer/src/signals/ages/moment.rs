//! The age of majority beside a moment that tells on which side of it somebody stands: "pas in
//! september 18", "18 next year", "18 since the first of March".

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::{Hit, Kind};
use super::around::Around;
use super::subject::Clause;
use super::verdict::{VISITOR_RULE, Verdict};
use super::words::{Class, floor};

/// The age of majority, of which alone a bare moment may speak.
const OF_AGE: u32 = 18;

/// Words between the number and its moment.
const WORDS_BETWEEN: usize = 2;

/// Bytes around a moment in which "only" may stand.
const ONLY_WITHIN_BYTES: usize = 16;

/// Bytes between "since" and the day that it counts from.
const DAY_WITHIN_BYTES: usize = 24;

/// Bytes up to which a word that no table knows is no noun: "im", "dès".
const SMALL_WORD_BYTES: usize = 4;

/// Ages that a day of this year may have brought.
const RECENT_YEARS: Range<u32> = 18..20;

impl Around<'_> {
    pub(super) fn by_moment(&self, verdict: Verdict) -> Verdict {
        if self.is_other_trade || !self.stands_alone() {
            return verdict;
        }
        match &verdict {
            // What the form of a number says is no age, but for a month before the number.
            Verdict::Refused(reason) if *reason == VISITOR_RULE => return verdict,
            Verdict::Age { about, how, .. }
                if *about != About::Advertised || *how == How::Limit =>
            {
                return verdict;
            }
            _ => {}
        }
        if RECENT_YEARS.contains(&self.candidate.value)
            && !matches!(verdict, Verdict::Age { .. })
            && self.counts_from_a_day()
            && self.speaks_of_nobody_else()
        {
            return self.age(About::Advertised);
        }
        if self.candidate.value == OF_AGE && self.is_still_to_come() && self.speaks_of_nobody_else()
        {
            return Verdict::Age {
                value: OF_AGE - 1,
                about: About::Advertised,
                how: How::Limit,
                range: self.range.clone(),
            };
        }
        verdict
    }

    /// "18 since the first of March": a count of years would not begin on a day.
    fn counts_from_a_day(&self) -> bool {
        let opens = self.passage.begins_clause(self.range.start);
        let since = self
            .passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Since && hit.end - hit.start > 1);
        let Some(since) = since.filter(|_| opens) else {
            return false;
        };
        let to = floor(&self.passage.flat, since.end + DAY_WITHIN_BYTES).min(self.clause.end);
        self.has(since.end..to.max(since.end), Kind::Month)
            || self.has(since.start..to.max(since.end), Kind::JustPast)
    }

    /// A moment to come beside the number, and none just past in the clause.
    fn is_still_to_come(&self) -> bool {
        let clause = self.passage.hits_in(self.clause.clone());
        let is_told = clause.iter().any(|hit| {
            hit.kind == Kind::Copula || hit.kind == Kind::JustPast && !is_only(clause, hit)
        });
        if is_told {
            return false;
        }
        clause
            .iter()
            .filter(|hit| matches!(hit.kind, Kind::Future | Kind::Month))
            .filter(|hit| self.is_near(hit))
            .any(|hit| {
                let holds_month =
                    hit.kind == Kind::Month || self.has(hit.start..hit.end, Kind::Month);
                if holds_month {
                    self.is_set_by_only(hit)
                } else {
                    hit.n_words > 1 || hit.end - hit.start > ONLY_WITHIN_BYTES / 2
                }
            })
    }

    /// At most two words from the number.
    fn is_near(&self, hit: &Hit) -> bool {
        let flat = self.passage.flat.as_str();
        let number = &self.candidate.range;
        let gap = if hit.end <= number.start {
            &flat[hit.end..number.start]
        } else if hit.start >= number.end {
            &flat[number.end..hit.start]
        } else {
            return false;
        };
        gap.split_whitespace().count() <= WORDS_BETWEEN
    }

    /// "Only in September", or "until then" in the sentence: a month by itself may be long past, or
    /// the 18th of it.
    fn is_set_by_only(&self, month: &Hit) -> bool {
        let flat = self.passage.flat.as_str();
        let number = &self.candidate.range;
        let sentence = self.passage.sentence(self.range.clone());
        // "18 September"
        if number.end + 1 == month.start {
            return false;
        }
        let first = month.start.min(number.start);
        let from = floor(flat, first.saturating_sub(ONLY_WITHIN_BYTES)).max(self.clause.start);
        let to = floor(flat, month.end.max(number.end) + ONLY_WITHIN_BYTES).min(self.clause.end);
        let only = self
            .passage
            .hits_in(from..to.max(from))
            .iter()
            .any(|hit| hit.kind == Kind::Only && hit.end <= to);
        only || self
            .passage
            .hits_in(sentence)
            .iter()
            .any(|hit| hit.kind == Kind::Till && hit.note == "then")
    }

    /// Neither the reader, nor somebody else, nor a thing is what the clause begins with.
    fn speaks_of_nobody_else(&self) -> bool {
        let sentence = self.passage.sentence(self.range.clone());
        let reads_you = self.has(self.clause.clone(), Kind::You);
        !reads_you
            && Clause::of(self.passage, self.language)
                .tokens(sentence.start, self.range.start)
                .iter()
                .all(|token| match token.class {
                    Class::Relative | Class::Thing | Class::Firm | Class::Place => false,
                    Class::Word => token.range.len() <= SMALL_WORD_BYTES,
                    _ => true,
                })
    }
}

/// Whether a word for a moment just past is "only" as well: Dutch "pas", Polish "dopiero".
fn is_only(hits: &[Hit], past: &Hit) -> bool {
    hits.iter()
        .any(|hit| hit.kind == Kind::Only && hit.start == past.start && hit.end == past.end)
}
