//! Who speaks in a listing: the person who is advertised, somebody about them, or several; and
//! whether the person has no voice in it at all (C5).

use std::ops::Range;

use model::{Language, Observed, Signal, Speaker, Statement};

use super::Detector;
use super::clauses::{self, Word};
use super::lexicon::{Hit, Kind};
use super::name_shapes;
use super::ordinary;
use super::reading::{Passage, Reading};

/// Verbs in the third person that make a listing one about somebody.
const LEAST_VERBS: usize = 2;

/// Verbs that are looked at: more tell nothing new.
const MOST_VERBS: usize = 60;

/// Bytes behind a name in which an age stands: "Rens (29) spreekt".
const NAME_TO_AGE_BYTES: usize = 16;

/// What is said of somebody who is offered.
const OFFERS: &[Kind] = &[
    Kind::HostVerb,
    Kind::Presents,
    Kind::CallThem,
    Kind::AnsweredBy,
    Kind::Books,
    Kind::TakesMe,
    Kind::OnlyWith,
    Kind::Restricted,
    Kind::Companion,
    Kind::Venue,
    Kind::AllGoes,
    Kind::Decides,
    Kind::MayNot,
    Kind::Answers,
    Kind::StayEnd,
];

pub(super) const DETECTOR: Detector = Detector {
    name: "speaker",
    about: "Who speaks: `first` (\"I\"), `third` (\"she\", \"he\" about who is advertised) or \
            `plural` (\"we\", presenting others).",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let first = first_of(reading, |_, hit| matches!(hit.kind, Kind::I | Kind::AgeI));
    let third = first_of(reading, |passage, hit| {
        matches!(hit.kind, Kind::Third | Kind::AgeThird) && !is_polite(passage, hit)
    });
    let plural = first_of(reading, |_, hit| hit.kind == Kind::We);
    // "She" beside "I" may be anybody; alone it presents the person.
    let third = third.filter(|_| first.is_none());
    for (speaker, place) in [
        (Speaker::First, first),
        (Speaker::Third, third),
        (Speaker::Plural, plural),
    ] {
        if let Some((passage, hit)) = place {
            found.push(passage.signal(Observed::Speaker(speaker), hit.start..hit.end));
        }
    }
    presented(reading, found);
}

/// A person who is presented or spoken about, in a listing where nobody says "I".
fn presented(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let Some((passage, range)) = reading
        .passages
        .iter()
        .find_map(|passage| Some((passage, presentation(passage)?)))
    else {
        return;
    };
    let has = |kinds: &[Kind]| reading.passages.iter().any(|p| clauses::has(p, kinds));
    let statement = Statement::Presented;
    let refused = if reading.has_own_voice() {
        Some("the person speaks")
    } else if found
        .iter()
        .any(|signal| signal.observed == Observed::Statement(Statement::TwoTogether))
    {
        Some("two who know each other")
    } else if has(&[Kind::YourMedia]) {
        Some("about the reader")
    } else if has(&[Kind::Animal]) {
        Some("about an animal or thing")
    } else if has(&[Kind::Quoted]) {
        Some("somebody is quoted")
    } else if !has(OFFERS) && !found.iter().any(|signal| is_offer(&signal.observed)) {
        Some("nothing is offered")
    } else {
        ordinary::refusal(reading)
    };
    clauses::tell(
        passage,
        vec![range],
        &Observed::Statement(statement),
        statement.name(),
        refused,
        found,
    );
}

/// Whether a signal belongs to an offer: somebody who was a teacher and loved to dance is mourned.
const fn is_offer(observed: &Observed) -> bool {
    matches!(
        observed,
        Observed::Price { .. } | Observed::Phone(_) | Observed::Hours { .. } | Observed::Age(_)
    )
}

/// Where a passage presents a person: "we present Anna", or "Anna" and "she" with two verbs.
fn presentation(passage: &Passage<'_>) -> Option<Range<usize>> {
    let verbs: Vec<&Word> = passage
        .words
        .iter()
        .filter(|word| matches!(word.kind, Kind::TheyVerb | Kind::CallThem))
        .take(MOST_VERBS)
        .collect();
    for word in passage
        .words
        .iter()
        .filter(|word| word.kind == Kind::Presents && !word.negated)
    {
        let name = name_shapes::behind(passage, word.end);
        let holds_name = name_shapes::within(passage, word.start..word.end);
        // "Here is" what follows: only a name makes it a person.
        if name.is_some() || !word.is_weak && (holds_name || !verbs.is_empty()) {
            let end = name.map_or(word.end, |name| name.end);
            return Some(word.start..end);
        }
    }
    if let Some(range) = portrait(passage, &verbs) {
        return Some(range);
    }
    if verbs.len() < LEAST_VERBS {
        return None;
    }
    let subject = verbs.iter().find_map(|verb| subject(passage, verb))?;
    let last = verbs.iter().rev().find(|verb| verb.end > subject)?;
    Some(subject..last.end.min(subject + 160).max(subject + 1)).map(|range| passage.whole(range))
}

/// "A calm man of forty, he receives in the mornings": somebody who receives visitors, said by a
/// verb that only a person has, beside another such verb or a noun for a person.
fn portrait(passage: &Passage<'_>, verbs: &[&Word]) -> Option<Range<usize>> {
    let host = passage
        .words
        .iter()
        .find(|word| word.kind == Kind::HostVerb && !word.negated && !addresses(passage, word))?;
    let is_other = |word: &&Word| word.end <= host.start || word.start >= host.end;
    let noun = passage
        .words
        .iter()
        .find(|word| word.kind == Kind::PersonNoun && !word.negated);
    let pronoun = passage
        .words
        .iter()
        .find(|word| word.kind == Kind::TheyWord && !is_polite_word(passage, word));
    let name = passage
        .sentences()
        .take(MOST_VERBS)
        .find_map(|sentence| name_shapes::opening_sentence(passage, sentence.start + 1));
    let n_verbs = verbs.iter().copied().filter(is_other).count();
    // A name, a noun or a pronoun, and two things that are said of it.
    let n_said = 1 + n_verbs.min(2);
    let subject = match (noun, pronoun, name) {
        (Some(word), ..) if n_said > 1 => word.start,
        (_, Some(word), _) if n_said > 1 => word.start,
        (_, _, Some(name)) if n_said > 1 => name.start,
        _ => return None,
    };
    let end = host.end.max(subject + 1).min(subject.max(host.start) + 160);
    Some(passage.whole(subject.min(host.start)..end.max(host.end)))
}

/// Whether a polite verb speaks to the reader: German "Sie" with a capital before it.
fn addresses(passage: &Passage<'_>, verb: &Word) -> bool {
    clauses::near(passage, verb)
        .iter()
        .any(|word| word.kind == Kind::VisitorIf && word.is_beside(verb))
}

/// Where the subject of a verb begins: "she" beside it, or a name that opens the clause.
fn subject(passage: &Passage<'_>, verb: &Word) -> Option<usize> {
    let pronoun = clauses::near(passage, verb)
        .iter()
        .filter(|word| word.kind == Kind::TheyWord)
        .find(|word| word.is_beside(verb) && !is_polite_word(passage, word));
    if let Some(word) = pronoun {
        return Some(word.start);
    }
    let name = name_shapes::opening_sentence(passage, verb.start)?;
    let behind = passage.flat.get(name.end..)?;
    let says_age = behind
        .char_indices()
        .take_while(|(at, _)| *at < NAME_TO_AGE_BYTES)
        .any(|(_, sign)| sign.is_ascii_digit());
    says_age.then_some(name.start)
}

fn first_of<'r, 'a>(
    reading: &'r Reading<'a>,
    counts: fn(&Passage<'_>, &Hit) -> bool,
) -> Option<(&'r Passage<'a>, &'r Hit)> {
    reading.passages.iter().find_map(|passage| {
        passage
            .hits
            .iter()
            .find(|hit| counts(passage, hit))
            .map(|hit| (passage, hit))
    })
}

/// German "Sie" and "Ihr" with a capital speak to the reader.
fn is_polite(passage: &Passage<'_>, hit: &Hit) -> bool {
    hit.language == Language::De
        && passage
            .written(hit.start..hit.end)
            .starts_with(char::is_uppercase)
        && !passage.begins_clause(hit.start)
}

fn is_polite_word(passage: &Passage<'_>, word: &Word) -> bool {
    let is_sie = matches!(&passage.flat[word.start..word.end], "sie" | "ihr" | "ihre");
    is_sie
        && passage
            .written(word.start..word.end)
            .starts_with(char::is_uppercase)
        && !passage.begins_clause(word.start)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Ik ben er vandaag", "speaker=first @0..2"),
        ("She is in town", "speaker=third @0..3"),
        (
            "Zij is 29, spreekt Frans",
            "speaker=third @0..3; presented @0..18",
        ),
        (
            "Wij stellen Anna voor",
            "speaker=plural @0..3; presented @0..21",
        ),
        ("Onze dames zijn er", "speaker=plural @0..4"),
        ("Rufen Sie an", ""),
    ]
}
