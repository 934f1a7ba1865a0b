//! Whose a number is, by what is said before and behind it.
//!
//! Before a number the last word about it counts: "pas op voor", "mijn nieuwe nummer". Behind it
//! stand statements such as "is not mine any more" and "never pays". Numbers that only "and" or a
//! comma parts share what is said of them. A question right before the sentence counts, too:
//! "Problems with your ad? Call …".

use std::ops::Range;

use model::PhoneOwner;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::Passage;

/// Bytes before a number in which it may be said whose it is.
const BEFORE_BYTES: usize = 110;

/// Bytes behind it.
const BEHIND_BYTES: usize = 90;

/// Bytes between numbers that share what is said of them, and between a cue and the number that it
/// stands directly before.
const SHARED_GAP_BYTES: usize = 9;
const DIRECT_GAP_BYTES: usize = 4;

/// Bytes behind a number in which it may be named: `06 … (helpline)`, "06 … is the police".
const NAMED_BEHIND_BYTES: usize = 18;

/// Words between a negation and what it denies.
const NEGATED_WORDS: usize = 6;

/// Words that begin a sentence about somebody named right before it, folded.
const POINTERS: &[&str] = &[
    "hij", "deze", "dit", "die", "dat", "he", "this", "that", "they", "er", "dieser", "dies",
    "das", "der", "diese", "il", "ce", "cet", "c", "cette", "el", "ese", "este", "esa", "esto",
    "acesta", "asta", "ez", "az", "o", "ten", "to", "on", "той", "този", "това", "toi", "tozi",
    "tova",
];

/// Words that turn a name behind a number round, folded: "no police".
const NEGATIONS: &[&str] = &[
    "no", "not", "geen", "niet", "kein", "keine", "nicht", "pas", "sans", "sin", "fara", "nu",
    "nem", "nincs", "nie", "bez", "не", "без", "ne",
];

/// Whose each number is; `numbers` are their places, in order.
pub(super) fn owners(passage: &Passage<'_>, numbers: &[Range<usize>]) -> Vec<PhoneOwner> {
    let mut owners = Vec::with_capacity(numbers.len());
    let mut behind_last = 0;
    let mut first = 0;
    while first < numbers.len() {
        let mut last = first;
        while last + 1 < numbers.len() && shares(passage, &numbers[last], &numbers[last + 1]) {
            last += 1;
        }
        let next = numbers
            .get(last + 1)
            .map_or(passage.flat.len(), |number| number.start);
        let place = numbers[first].start..numbers[last].end.max(numbers[first].start);
        let owner = said_behind(passage, &place, next)
            .or_else(|| said_before(passage, &place, behind_last))
            .unwrap_or(PhoneOwner::Advertiser);
        owners.extend(std::iter::repeat_n(owner, last + 1 - first));
        behind_last = place.end;
        first = last + 1;
    }
    owners
}

fn shares(passage: &Passage<'_>, one: &Range<usize>, next: &Range<usize>) -> bool {
    let Some(gap) = passage.text().get(one.end..next.start) else {
        return false;
    };
    gap.len() <= SHARED_GAP_BYTES
        && !gap.contains(['\n', '!', '?', ';', '('])
        && !gap.contains(". ")
        && !passage
            .hits_in(one.end..next.start)
            .iter()
            .any(|hit| owner(hit).is_some())
}

/// What a cue says; `None` within for "the writer's own".
fn owner(hit: &Hit) -> Option<PhoneOwner> {
    match hit.kind {
        Kind::OwnerHelp => Some(PhoneOwner::HelpLine),
        Kind::OwnerSite => Some(PhoneOwner::Site),
        Kind::OwnerThird => Some(PhoneOwner::ThirdParty),
        Kind::OwnerOwn => Some(PhoneOwner::Advertiser),
        _ => None,
    }
}

/// The last thing said before a number, in its sentence or in a question before that.
fn said_before(passage: &Passage<'_>, place: &Range<usize>, from: usize) -> Option<PhoneOwner> {
    let mut lowest = from.max(place.start.saturating_sub(BEFORE_BYTES));
    while !passage.text().is_char_boundary(lowest) {
        lowest += 1;
    }
    let mut sentence = passage.sentence(place.clone()).start.max(lowest);
    // "Nr. 0171 …" and a label on the line before: nothing is said in so short a sentence.
    if !has_words(passage, sentence..place.start) {
        sentence = start_of_sentence(passage, sentence).max(lowest);
    }
    let hits = passage.hits_in(sentence..place.start);
    let counts = |hit: &Hit| {
        let stands = match (hit.kind, hit.note) {
            (_, "after" | "owned") | (Kind::OwnerOwn, "direct") => false,
            (_, "question") => is_asked(passage, hit.end..place.start),
            (_, "direct") => stands_before(passage, hit, place.start),
            (Kind::OwnerHelp | Kind::OwnerThird, _) => !is_negated(passage, hit),
            _ => true,
        };
        hit.end <= place.start && stands && owner(hit).is_some()
    };
    let last = hits
        .iter()
        .filter(|hit| counts(hit))
        .max_by_key(|hit| (hit.end, hit.end - hit.start));
    if let Some(hit) = last {
        // "Are you a man who knows what he wants, call 06 …"
        let is_called = hits.iter().any(|other| {
            (other.kind, other.note) == (Kind::OwnerOwn, "direct")
                && other.start >= hit.end
                && stands_before(passage, other, place.start)
        });
        return owner(hit).filter(|owner| !(is_called && *owner == PhoneOwner::ThirdParty));
    }
    let question = start_of_sentence(passage, sentence).max(lowest);
    let is_question = passage.text()[..sentence].trim_end().ends_with('?');
    passage
        .hits_in(question..sentence.max(question))
        .iter()
        .rev()
        .filter(|_| is_question)
        .find(|hit| matches!(hit.kind, Kind::OwnerHelp | Kind::OwnerSite))
        .and_then(owner)
}

/// Whether a question ends in a stretch.
fn is_asked(passage: &Passage<'_>, range: Range<usize>) -> bool {
    passage
        .text()
        .get(range)
        .is_some_and(|text| text.contains('?'))
}

/// Where the sentence began that ends before this one.
fn start_of_sentence(passage: &Passage<'_>, sentence: usize) -> usize {
    let head = passage.text()[..sentence].trim_end_matches([' ', '\n', '.', '!', '?', ';', ':']);
    let Some(last) = head.char_indices().next_back().map(|(at, _)| at) else {
        return sentence;
    };
    passage.sentence(last..head.len()).start
}

/// "I am not forced", "no police", "not a victim of …".
fn is_negated(passage: &Passage<'_>, hit: &Hit) -> bool {
    let clause = passage.clause(hit.start..hit.end).start;
    passage
        .text()
        .get(clause..hit.start)
        .unwrap_or("")
        .split([' ', '\n'])
        .rev()
        .take(NEGATED_WORDS)
        .any(|word| NEGATIONS.contains(&word))
}

fn has_words(passage: &Passage<'_>, range: Range<usize>) -> bool {
    passage
        .text()
        .get(range)
        .is_some_and(|text| text.contains(char::is_alphabetic))
}

fn stands_before(passage: &Passage<'_>, hit: &Hit, at: usize) -> bool {
    passage
        .text()
        .get(hit.end..at)
        .is_some_and(|gap| gap.len() <= DIRECT_GAP_BYTES && !gap.contains(char::is_alphanumeric))
}

/// What is said behind a number, up to the next one.
fn said_behind(passage: &Passage<'_>, place: &Range<usize>, next: usize) -> Option<PhoneOwner> {
    let sentence = passage.sentence(place.clone());
    let end = sentence.end.min(next).min(place.end + BEHIND_BYTES);
    if end <= place.end {
        return said_next(passage, place, sentence.end, next);
    }
    let hits = passage.hits_in(place.end..end);
    // "That is my landlord's" is another's, "that is my second phone" is not.
    let goes_on_as_own = |hit: &Hit| {
        hits.iter()
            .any(|own| own.kind == Kind::OwnerOwn && own.start < hit.end && own.end > hit.end)
    };
    let is_third = |hit: &Hit| match (hit.kind, hit.note) {
        (Kind::OwnerThird, "after" | "both") => true,
        (Kind::OwnerThird, "owned") => !goes_on_as_own(hit),
        _ => false,
    };
    if hits.iter().any(is_third) {
        return Some(PhoneOwner::ThirdParty);
    }
    // "06 … is my own number": nothing else can be said of it.
    let named = hits.iter().find(|hit| {
        let names = match hit.kind {
            Kind::OwnerHelp | Kind::OwnerOwn => hit.note.is_empty(),
            Kind::OwnerSite => true,
            _ => false,
        };
        names && is_name_behind(passage, place.end, hit)
    });
    if let Some(hit) = named {
        return owner(hit);
    }
    said_next(passage, place, sentence.end, next)
}

/// "Who knows 06 …? This man never pays.": a sentence about a number that ended the one before.
fn said_next(
    passage: &Passage<'_>,
    place: &Range<usize>,
    sentence_end: usize,
    next: usize,
) -> Option<PhoneOwner> {
    let text = passage.text();
    if has_words(passage, place.end..sentence_end.max(place.end)) {
        return None;
    }
    let rest = text.get(place.end..)?;
    let start = text.len()
        - rest
            .trim_start_matches(|sign: char| !sign.is_alphanumeric())
            .len();
    let word = text[start..]
        .split(|sign: char| !sign.is_alphanumeric())
        .next()?;
    if start >= next || start > place.end + SHARED_GAP_BYTES || !POINTERS.contains(&word) {
        return None;
    }
    let end = passage.sentence(start..start + word.len()).end.min(next);
    passage
        .hits_in(start..end.min(start + BEHIND_BYTES).max(start))
        .iter()
        .find(|hit| hit.kind == Kind::OwnerThird && matches!(hit.note, "after" | "both"))
        .map(|_| PhoneOwner::ThirdParty)
}

fn is_name_behind(passage: &Passage<'_>, end: usize, hit: &Hit) -> bool {
    passage.text().get(end..hit.start).is_some_and(|gap| {
        gap.len() <= NAMED_BEHIND_BYTES
            && !gap.contains([',', '.', '\n', '|'])
            && !gap.split_whitespace().any(|word| NEGATIONS.contains(&word))
    })
}
