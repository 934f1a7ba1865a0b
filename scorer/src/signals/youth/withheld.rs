//! The true age is withheld, told on request only, or a riddle (M7).

use std::ops::Range;

use model::Statement;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::super::statements::OTHER_TRADE;
use super::super::whom::{self, Around};
use super::{Said, add};

/// Words between "age" and what is said of it.
const NEAR_WORDS: usize = 7;

/// The same where the writer asks and answers.
const ANSWER_WORDS: usize = 20;

/// Words between "age" and "on request".
const REQUEST_WORDS: usize = 2;

/// Words behind "age" among which a number is that age.
const STATED_WORDS: usize = 3;

/// Words between "younger" and "than it says".
const THAN_WORDS: usize = 4;

/// The note of "how old", which speaks of the writer where it is a question of its own.
const BARE: &str = "bare";

/// Sentences behind a question that may answer it.
const ANSWER_SENTENCES: usize = 2;

/// Why "younger" says nothing of an age.
const LOOKS: &str = "how old somebody looks or feels";

/// Adds the statements of a passage.
pub(super) fn find(reading: &Reading<'_>, passage: &Passage<'_>, statements: &mut Vec<Said>) {
    for hit in &passage.hits {
        let found = match hit.kind {
            Kind::AgeNoun | Kind::HowOld => of_topic(passage, hit),
            Kind::Comparative => compared(passage, hit),
            Kind::Withheld => Some((hit.start..hit.end, None)),
            _ => None,
        };
        let Some((range, refused)) = found else {
            continue;
        };
        let refused = refused.or_else(|| {
            if reading.is_other_trade() {
                return Some(OTHER_TRADE);
            }
            let around = Around::of(reading, passage, &range);
            around.near_miss().or_else(|| around.somebody_else())
        });
        add(
            statements,
            Said {
                statement: Statement::AgeWithheld,
                range,
                refused,
            },
        );
    }
}

/// What is said of "age" or "how old I am", in its sentence; behind a question, in the next too.
fn of_topic(passage: &Passage<'_>, topic: &Hit) -> Option<(Range<usize>, Option<&'static str>)> {
    if topic.note == BARE && !passage.flat[topic.end..].trim_start().starts_with('?') {
        return None;
    }
    let scope = scope(passage, topic);
    let near = |kind: Kind, n_words: usize| {
        passage
            .hits_in(scope.clone())
            .iter()
            .filter(|hit| hit.kind == kind && hit.language == topic.language)
            .filter(|hit| {
                let gap = if hit.end <= topic.start {
                    hit.end..topic.start
                } else if hit.start >= topic.end {
                    topic.end..hit.start
                } else {
                    0..0
                };
                whom::n_words(passage, gap) <= n_words
            })
            .min_by_key(|hit| hit.start.abs_diff(topic.start))
    };
    let is_mine = topic.kind == Kind::HowOld || topic.note == "mine";
    let is_real = topic.note == "real" || near(Kind::RealAge, 3).is_some();
    let untrue = near(Kind::Untrue, NEAR_WORDS);
    // "My age? ... Have a guess."
    let is_asked = is_mine && passage.flat[topic.end..].trim_start().starts_with('?');
    let n_words = if is_asked { ANSWER_WORDS } else { NEAR_WORDS };
    let reveal = near(Kind::Reveal, n_words);
    let private = near(Kind::Private, NEAR_WORDS);
    if let Some(whole) = riddle(passage, &scope, topic).filter(|_| is_mine) {
        return Some((whole, None));
    }
    let said = untrue.or_else(|| {
        // "Mijn leeftijd is 24, app me": it is there.
        if is_stated(passage, topic) {
            return None;
        }
        match (reveal, private) {
            (Some(reveal), _) if is_mine || is_real || reveal.note != "ask" => Some(reveal),
            (Some(reveal), Some(_)) => Some(reveal),
            (_, Some(private)) if is_real || is_mine => Some(private),
            _ => near(Kind::Private, REQUEST_WORDS).filter(|hit| hit.note == "request"),
        }
    })?;
    let whole = said.start.min(topic.start)..said.end.max(topic.end);
    // "Your age", and an age that stands there: "leeftijd 22, app mij".
    let refused = is_readers(passage, topic)
        .then_some(whom::VISITOR)
        .or_else(|| is_of_looks(passage, said).then_some(LOOKS));
    Some((whole, refused))
}

/// Whether a verb is part of one on looks: "on me donne" of "donne".
fn is_of_looks(passage: &Passage<'_>, said: &Hit) -> bool {
    let sentence = passage.sentence(said.start..said.end);
    passage.hits_in(sentence).iter().any(|hit| {
        hit.kind == Kind::Looks
            && hit.language == said.language
            && hit.start < said.start
            && said.end <= hit.end
    })
}

/// "Older than my bike, younger than you think": between two things, and no number.
fn riddle(passage: &Passage<'_>, scope: &Range<usize>, topic: &Hit) -> Option<Range<usize>> {
    let compared = |note: &str| {
        passage.hits_in(scope.clone()).iter().find(|hit| {
            hit.kind == Kind::Comparative && hit.note == note && hit.language == topic.language
        })
    };
    let (younger, older) = (compared("")?, compared("older")?);
    let whole =
        topic.start.min(younger.start).min(older.start)..topic.end.max(younger.end).max(older.end);
    let is_stated = passage.flat[whole.clone()].contains(|sign: char| sign.is_ascii_digit());
    (!is_stated).then_some(whole)
}

/// Whether a number follows.
fn is_stated(passage: &Passage<'_>, topic: &Hit) -> bool {
    let clause = passage.clause(topic.start..topic.end);
    topic.kind == Kind::AgeNoun
        && passage.flat[topic.end..clause.end.max(topic.end)]
            .split_whitespace()
            .take(STATED_WORDS)
            .any(|word| word.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// The sentence, and those behind a question that may answer it.
fn scope(passage: &Passage<'_>, topic: &Hit) -> Range<usize> {
    let sentence = passage.sentence(topic.start..topic.end);
    let mut end = sentence.end;
    if !passage.flat[end..].starts_with('?') {
        return sentence;
    }
    for _ in 0..ANSWER_SENTENCES {
        let Some(rest) = passage.flat.get(end + 1..) else {
            break;
        };
        let rest = rest.trim_start_matches([' ', '?', '!', '.']);
        let begins = passage.flat.len() - rest.len();
        end = passage.sentence(begins..begins).end.max(end);
    }
    sentence.start..end
}

/// "Your age", "your real age".
fn is_readers(passage: &Passage<'_>, topic: &Hit) -> bool {
    if topic.kind == Kind::HowOld || topic.note == "mine" {
        return false;
    }
    let from = passage.clause(topic.start..topic.end).start;
    let before = passage.hits_in(from..topic.start).iter().any(|hit| {
        hit.kind == Kind::You
            && hit.language == topic.language
            && hit.end <= topic.start
            && whom::n_words(passage, hit.end..topic.start) <= 1
    });
    before
        || passage
            .hits_after(topic.end, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::You && hit.language == topic.language)
}

/// "Younger than it says here", "on paper older than in reality".
fn compared(
    passage: &Passage<'_>,
    comparative: &Hit,
) -> Option<(Range<usize>, Option<&'static str>)> {
    let clause = passage.sentence(comparative.start..comparative.end);
    let of_language = |hit: &&Hit| hit.language == comparative.language;
    let hits = || passage.hits_in(clause.clone()).iter().filter(of_language);
    let stated = hits().find(|hit| {
        hit.kind == Kind::Stated
            && hit.start >= comparative.end
            && whom::n_words(passage, comparative.end..hit.start) <= THAN_WORDS
    });
    let paper = hits().find(|hit| hit.kind == Kind::OnPaper);
    let said = match comparative.note {
        "older" => paper?,
        _ => stated.or(paper)?,
    };
    let whole = said.start.min(comparative.start)..said.end.max(comparative.end);
    let looks = hits().any(|hit| hit.kind == Kind::Looks).then_some(LOOKS);
    Some((whole, looks))
}
