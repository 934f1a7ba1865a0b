//! What the numbers of a text say about each other: the ends of a range, the members of a list.

use std::ops::Range;

use model::{About, How};

use super::super::lexicon::Kind;
use super::super::reading::{Passage, Reading};
use super::PLAUSIBLE_YEARS;
use super::candidates::Candidate;
use super::subject::Clause;
use super::verdict::{self, Verdict};
use super::words::Class;
use super::{beside, names};

/// Words that join the members of a list, folded.
pub(super) const AND: &[&str] = &["en", "and", "und", "et", "y", "si", "es", "i", "и", "&"];

/// Ages of two who offer together.
const PAIR_YEARS: Range<u32> = 14..80;

/// "He", "she", "man", "wife": one of two, folded.
const EACH: &[&str] = &[
    "he",
    "she",
    "him",
    "her",
    "man",
    "woman",
    "husband",
    "wife",
    "hij",
    "zij",
    "ze",
    "hem",
    "haar",
    "vrouw",
    "er",
    "sie",
    "mann",
    "frau",
    "lui",
    "elle",
    "il",
    "homme",
    "femme",
    "mari",
    "el",
    "ella",
    "hombre",
    "mujer",
    "marido",
    "esposa",
    "on",
    "ona",
    "maz",
    "zona",
    "ea",
    "sot",
    "sotia",
    "sotie",
    "sotul",
    "barbat",
    "femeie",
    "ferfi",
    "no",
    "ferj",
    "feleseg",
    "той",
    "тя",
    "мъж",
    "жена",
    "мъжът",
    "жената",
    "toi",
    "tq",
];

/// Articles before them, folded.
const ARTICLES: &[&str] = &["a", "az", "the", "de", "der", "die", "el", "la", "le", "l"];

/// "Of", in front of the ages of two, folded.
const OF: &[&str] = &[
    "de", "of", "van", "von", "na", "на", "w", "lat", "mit", "con",
];

/// Words in front of the end of a range, folded.
pub(super) const UP_TO: &[&str] = &[
    "t/m",
    "tot",
    "tot en met",
    "to",
    "till",
    "until",
    "up to",
    "bis",
    "a",
    "al",
    "hasta",
    "jusqu'a",
    "pana la",
    "do",
    "до",
    "through",
];

/// Reasons why a number is none that hold for the next one of a list as well.
const NO_AGES: &[&str] = &[
    "date",
    "clock time",
    "size or measure",
    "price",
    "address or number of a thing",
];

/// Bytes between two ages of one list: `19 en Eva 22`, and words before the second name.
const LIST_GAP_BYTES: usize = 40;
const LIST_WORDS: usize = 3;

/// `18 - 25`, `van 18 tot 40 jaar`: both ends are a range, of whoever may come.
pub(super) fn carry_ranges(
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    for at in 1..candidates.len() {
        let (one, two) = (&candidates[at - 1], &candidates[at]);
        let Some(gap) = passage.flat.get(one.range.end..two.range.start) else {
            continue;
        };
        let gap = gap.trim();
        let upward = one.value < two.value && one.value >= PLAUSIBLE_YEARS.start;
        let is_range = upward && (gap == "-" || UP_TO.contains(&gap));
        let is_between = AND.contains(&gap)
            && matches!(verdicts[at - 1], Verdict::Refused(verdict::VISITOR_RULE));
        if is_range || is_between {
            for verdict in &mut verdicts[at - 1..=at] {
                *verdict = Verdict::Refused("range of numbers");
            }
        }
    }
}

/// `hij 36, zij 32`, `la pareja: él 36, ella 32`, `koppel 26 en 28`: two who are named by a pronoun or
/// a noun for each, or by one noun for both.
pub(super) fn pair_up(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    if reading.is_other_trade() {
        return;
    }
    for at in 1..candidates.len() {
        let (one, two) = (&candidates[at - 1], &candidates[at]);
        let is_pair = [one, two]
            .iter()
            .all(|age| PAIR_YEARS.contains(&age.value) && age.how != How::Puzzle)
            && two.range.start - one.range.end <= LIST_GAP_BYTES
            && (is_each_named(passage, one, two) || are_both_named(passage, one, two));
        if is_pair {
            for (age, verdict) in [one, two].into_iter().zip(&mut verdicts[at - 1..=at]) {
                if !matches!(verdict, Verdict::Age { .. }) {
                    *verdict = age.age(About::Advertised);
                }
            }
        }
    }
}

/// "Him 36, her 32": each number behind a word of its own, at the beginning of a clause.
fn is_each_named(passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> bool {
    let (Some(his), Some(hers)) = (
        word_before(passage, one.range.start),
        word_before(passage, two.range.start),
    ) else {
        return false;
    };
    let is_one_of_them = |word: &Range<usize>| {
        EACH.contains(&&passage.flat[word.clone()])
            && (passage.begins_clause(word.start)
                || word_before(passage, word.start).is_some_and(|before| {
                    let text = &passage.flat[before.clone()];
                    AND.contains(&text) || ARTICLES.contains(&text)
                })
                || passage.flat[..word.start].trim_end().ends_with(':'))
    };
    passage.flat[his.clone()] != passage.flat[hers.clone()]
        && hers.start >= one.range.end
        && is_one_of_them(&his)
        && is_one_of_them(&hers)
}

/// "Pareja de 26 y 28 años".
fn are_both_named(passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> bool {
    let gap = passage.flat[one.range.end..two.range.start].trim();
    let Some(mut word) = word_before(passage, one.range.start) else {
        return false;
    };
    if OF.contains(&&passage.flat[word.clone()])
        && let Some(noun) = word_before(passage, word.start)
    {
        word = noun;
    }
    let is_couple = passage
        .hits_in(word.start..word.start + 1)
        .iter()
        .any(|hit| hit.kind == Kind::PersonsTwo && hit.end == word.end);
    let unit_end =
        beside::unit_behind(passage, two.range.end).map_or(two.range.end, |unit| unit.end);
    (AND.contains(&gap) || gap == "/") && is_couple && passage.ends_clause(unit_end)
}

/// The word right before a place, with a space or an apposition's sign between.
fn word_before(passage: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    let head = passage.flat[..at].trim_end_matches([' ', '(', ':', '-']);
    let len: usize = head
        .chars()
        .rev()
        .take_while(|sign| sign.is_alphabetic())
        .map(char::len_utf8)
        .sum();
    (len > 0 && at - head.len() <= 3).then(|| head.len() - len..head.len())
}

/// `Anna (19) en Eva, 22 jaar`: what one number of a list is, its neighbours are.
pub(super) fn carry_lists(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    for at in (1..candidates.len()).rev() {
        // "20 en 24 jaar": a clause that begins with a list of bare numbers.
        if matches!(verdicts[at - 1], Verdict::Nothing)
            && matches!(verdicts[at], Verdict::Refused(verdict::DURATION))
            && is_list(reading, passage, &candidates[at - 1], &candidates[at])
            && passage.begins_clause(candidates[at - 1].range.start)
        {
            verdicts[at] = candidates[at].age(About::Advertised);
        }
        if let (Verdict::Nothing, Verdict::Age { about, .. }) = (&verdicts[at - 1], &verdicts[at])
            && is_list(reading, passage, &candidates[at - 1], &candidates[at])
        {
            verdicts[at - 1] = candidates[at - 1].age(*about);
        }
    }
    for at in 1..candidates.len() {
        // "Op 14 en 15 ben ik weg": the second date of two, unless it has a unit of its own.
        let gap = passage
            .flat
            .get(candidates[at - 1].range.end..candidates[at].range.start);
        if let (Verdict::Refused(reason), Verdict::Age { range, .. }) =
            (&verdicts[at - 1], &verdicts[at])
            && *range == candidates[at].range
            && NO_AGES.contains(reason)
            && gap.is_some_and(|gap| AND.contains(&gap.trim()))
        {
            verdicts[at] = Verdict::Refused(reason);
        }
    }
    for at in 1..candidates.len() {
        let two = &candidates[at];
        let unit_end =
            beside::unit_behind(passage, two.range.end).map_or(two.range.end, |hit| hit.end);
        if let (
            Verdict::Age { about, range, .. },
            Verdict::Nothing | Verdict::Refused(verdict::DURATION),
        ) = (&verdicts[at - 1], &verdicts[at])
            && range.end <= two.range.start
            && is_list(reading, passage, &candidates[at - 1], two)
            && (passage.ends_clause(unit_end) || goes_on_with_and(passage, unit_end))
        {
            verdicts[at] = two.age(*about);
        }
    }
}

/// "Wir sind 19 und 22 und teilen uns", "17, 18 and 19 from Epping".
fn goes_on_with_and(passage: &Passage<'_>, at: usize) -> bool {
    let goes_on = passage
        .hits_after(at, 1, |sign| sign == ' ')
        .any(|hit| hit.kind == Kind::Tail);
    goes_on
        || passage.flat[at..]
            .split_whitespace()
            .next()
            .is_some_and(|word| AND.contains(&word))
}

/// Whether "and" or a comma and the next person stand between two numbers: `22, haar vriendin
/// Joyce 17`, `she 33, he 35`.
fn is_list(reading: &Reading<'_>, passage: &Passage<'_>, one: &Candidate, two: &Candidate) -> bool {
    let is_adult_like = |value: u32| (14..70).contains(&value);
    let Some(gap) = passage.flat.get(one.range.end..two.range.start) else {
        return false;
    };
    if gap.len() > LIST_GAP_BYTES || !is_adult_like(one.value) || !is_adult_like(two.value) {
        return false;
    }
    let is_joined = gap.contains([',', '/', '+', '(', ')'])
        || gap.split_whitespace().any(|word| AND.contains(&word));
    if !is_joined || gap.contains([';', ':', '!', '?', '|']) || gap.contains(". ") {
        return false;
    }
    let tokens = Clause::of(passage, reading.language).tokens(one.range.end, two.range.start);
    let mut words = tokens.iter().filter(|token| token.class != Class::And);
    match words.next_back() {
        None => true,
        Some(last) => {
            // A possessive, or "am" of a statement of its own.
            let is_possessive = || {
                passage
                    .hits_in(last.range.start..last.range.start + 1)
                    .iter()
                    .any(|hit| {
                        matches!(hit.kind, Kind::Det | Kind::Copula) && hit.end == last.range.end
                    })
            };
            let is_person = match last.class {
                Class::Name | Class::Person => true,
                Class::I | Class::Third => !is_possessive(),
                // "Me (25) and my girlfriend (17)"
                Class::Word => {
                    gap.ends_with('(') && gap.starts_with(')')
                        || names::is_given_name(&passage.flat[last.range.clone()])
                }
                _ => false,
            };
            is_person && words.count() <= LIST_WORDS
        }
    }
}
