//! Ages of one person that cannot both be true: the field against the text, or two statements.
//!
//! Two persons in one listing each keep their age and make no conflict; neither do an age of the
//! past or an age to come, which were refused or counted as what they mean today.

use model::{About, AgeSeen, How, Observed, Signal, Span};

use super::super::lexicon::Kind;
use super::super::reading::Reading;
use super::names::is_given_name;
use super::subject::Clause;
use super::words::Class;

/// Bytes between the ages of one list of persons.
const LIST_WITHIN_BYTES: usize = 48;

/// A birth year alone counts up to one year too many.
const BIRTH_YEARS: u8 = 1;

/// A class is shared by those who repeated a year or are not seventeen yet.
const SCHOOL_YEARS: u8 = 3;

struct Stated {
    seen: AgeSeen,
    span: Span,
    /// Who it is said of, where a name or a pronoun stands beside it.
    who: Option<String>,
}

pub(super) fn from_ages(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let stated: Vec<Stated> = found
        .iter()
        .filter_map(|signal| match (&signal.observed, signal.span) {
            (Observed::Age(seen), Some(span)) if seen.about == About::Advertised => Some(Stated {
                seen: *seen,
                span,
                who: who(reading, span),
            }),
            _ => None,
        })
        .collect();
    let in_text = |one: &&Stated| one.seen.how != How::Field;
    if is_of_several(reading, &stated) {
        // Whoever the field means: one of them has that age, or it speaks against all.
        return conflict_of_field(&stated, found);
    }
    // Of each age one statement: their pairs are few, however long the text.
    let mut kinds: Vec<&Stated> = stated.iter().collect();
    kinds.sort_by_key(|one| (one.seen.value, one.seen.how as u8));
    kinds.dedup_by_key(|one| (one.seen.value, one.seen.how as u8));
    let differing = kinds.iter().enumerate().find_map(|(at, one)| {
        let two = kinds[at + 1..]
            .iter()
            .find(|two| differ(&one.seen, &two.seen))?;
        Some((*one, *two))
    });
    let Some((one, two)) = differing else {
        return;
    };
    let span = [one, two].into_iter().find(in_text).unwrap_or(two).span;
    let ages = stated.iter().map(|one| one.seen.value);
    let (Some(lowest), Some(highest)) = (ages.clone().min(), ages.max()) else {
        return;
    };
    found.push(Signal {
        observed: Observed::AgeConflict { lowest, highest },
        span: Some(span),
    });
}

fn conflict_of_field(stated: &[Stated], found: &mut Vec<Signal>) {
    let Some(field) = stated.iter().find(|one| one.seen.how == How::Field) else {
        return;
    };
    let mut others = stated.iter().filter(|one| one.seen.how != How::Field);
    let Some(first) = others.clone().next() else {
        return;
    };
    if others.all(|other| differ(&field.seen, &other.seen)) {
        found.push(Signal {
            observed: Observed::AgeConflict {
                lowest: field.seen.value.min(first.seen.value),
                highest: field.seen.value.max(first.seen.value),
            },
            span: Some(first.span),
        });
    }
}

/// Whether two statements cannot both be true of one person.
fn differ(one: &AgeSeen, two: &AgeSeen) -> bool {
    let slack = |seen: &AgeSeen| match seen.how {
        How::Birth => BIRTH_YEARS,
        How::School => SCHOOL_YEARS,
        _ => 0,
    };
    one.value.abs_diff(two.value) > slack(one).max(slack(two))
}

/// Whether the listing presents more than one person.
fn is_of_several(reading: &Reading<'_>, stated: &[Stated]) -> bool {
    let mut names: Vec<&str> = stated.iter().filter_map(|one| one.who.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > 1 {
        return true;
    }
    let says_several = reading.passages.iter().any(|passage| {
        passage.hits.iter().any(|hit| {
            matches!(hit.kind, Kind::PersonsTwo)
                || hit.kind == Kind::We && passage.begins_clause(hit.start)
        })
    });
    says_several
        || stated.windows(2).any(|pair| {
            let [one, two] = pair else { return false };
            let gap = (one.span.end, two.span.start);
            one.span.field == two.span.field
                && gap.0 <= gap.1
                && (gap.1 - gap.0) as usize <= LIST_WITHIN_BYTES
                && is_listed(reading, one.span, two.span)
        })
}

/// "19 en 22": nothing but "and", commas and names between.
fn is_listed(reading: &Reading<'_>, one: Span, two: Span) -> bool {
    reading
        .passages
        .iter()
        .filter(|passage| passage.field == one.field)
        .any(|passage| {
            let between = passage
                .original
                .get(one.end as usize..two.start as usize)
                .unwrap_or(".");
            // "Ik (25) en mijn vriendin (17)"
            let in_brackets = between.starts_with(')') && between.ends_with('(');
            in_brackets
                || !between.contains(['.', '!', '?', ';', '\n'])
                    && between
                        .split(|sign: char| !sign.is_alphanumeric())
                        .filter(|word| !word.is_empty())
                        .all(|word| {
                            let folded = crate::fold(word);
                            super::AND.contains(&folded.text())
                                || word.starts_with(char::is_uppercase)
                        })
        })
}

/// The name, or "she" and "he", last named before an age in its clause or right before it.
fn who(reading: &Reading<'_>, span: Span) -> Option<String> {
    let passage = reading
        .passages
        .iter()
        .find(|passage| passage.field == span.field)?;
    let at = passage.folded.folded(span.range()).start;
    let sentence = passage.sentence(at..at);
    let clause = passage.clause(at..at);
    let reader = Clause::of(passage, reading.language);
    let of = |from: usize| {
        reader
            .tokens(from, at)
            .iter()
            .rev()
            .find(|token| {
                matches!(token.class, Class::Third | Class::I | Class::Name)
                    || is_given_name(&passage.flat[token.range.clone()])
            })
            .map(|token| match token.class {
                Class::I => "i".to_owned(),
                Class::Third => "third".to_owned(),
                _ => passage.flat[token.range.clone()].to_owned(),
            })
    };
    let who = of(clause.start).or_else(|| of(sentence.start))?;
    // "She" and "I" may be the one who was named before.
    (!matches!(who.as_str(), "i" | "third")).then_some(who)
}
