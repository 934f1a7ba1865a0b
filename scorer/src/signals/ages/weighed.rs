//! Numbers that no construction settles, weighed by everything around them.
//!
//! The verdicts know constructions: a verb, a label, a name in front. What people write has more of
//! them than anybody lists, and most say the same small things: a name is near, the number ends its
//! clause, no noun follows that it could count. Each of these questions has a weight for each
//! answer, in `weights.tsv`; the weights are added, and a number is an age of who is advertised when
//! the sum is above nought. The weights come from `scorer/tests/sets/seen`, counted out by
//! `cargo run --release -p scorer --example fit_ages`, and are whole numbers that a person can add
//! up.
//!
//! No question asks how old: 17 is weighed as 27 is. What a reason of its own refused (a clock time,
//! a price, a rule for visitors) is not weighed.

use std::sync::LazyLock;

use model::{About, How};

use super::super::lexicon::Kind;
use super::super::reading::{Passage, Reading};
use super::around::Around;
use super::beside::is_vague;
use super::candidates::Candidate;
use super::form::by_form;
use super::subject::Clause;
use super::verdict::{DURATION, NAMED_YEARS, THING, Verdict};
use super::words::{Class, Token};

/// The reason for a number that was an age by its construction and by nothing else around it.
const OUTWEIGHED: &str = "more around it speaks against an age than for it";

/// A sum above this makes an age of a number that no construction made one. Ten steps are one in log
/// odds: five are 62 in 100.
const ACCEPTED_FROM: i32 = 5;

/// A sum below this takes back an age that a construction made.
const REFUSED_BELOW: i32 = -10;

/// Years between two ages from which on they are far apart.
const FAR_YEARS: u32 = 8;

/// What is asked about a number, in the order of [`QUESTIONS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Any,
    Verdict,
    Written,
    Years,
    Unit,
    CueBefore,
    EndsClause,
    BeginsClause,
    WordBefore,
    WordBeforeThat,
    WordBehind,
    InFront,
    Behind,
    OtherTrade,
    Ordinary,
    OwnVoice,
    Offer,
    AgesTold,
    AgeBeside,
    SignBefore,
    SignBehind,
    Glued,
}

/// The questions and their answers, as in `weights.tsv`.
const QUESTIONS: [(&str, &[&str]); 22] = [
    ("any", &["number"]),
    (
        "verdict",
        &[
            "age", "other", "unknown", "nothing", "duration", "pieces", "thing", "rank", "trade",
        ],
    ),
    (
        "written",
        &["field", "digits", "words", "disguised", "puzzle"],
    ),
    ("years", &["under-14", "14-to-29", "30-up"]),
    (
        "unit",
        &["none", "years", "years-old", "vague", "adjective"],
    ),
    (
        "cue-before",
        &[
            "none",
            "limit",
            "i-am",
            "they-are",
            "label",
            "of",
            "not-before",
            "since",
            "is",
        ],
    ),
    ("ends-clause", &["no", "yes"]),
    ("begins-clause", &["no", "yes"]),
    ("word-before", Class::NAMES),
    ("word-before-that", Class::NAMES),
    ("word-behind", Class::NAMES),
    ("in-front", Class::NAMES),
    ("behind", Class::NAMES),
    ("other-trade", &["no", "yes"]),
    ("ordinary", &["no", "yes"]),
    ("own-voice", &["no", "yes"]),
    ("offer", &["no", "yes"]),
    ("ages-told", &["none", "one", "more"]),
    ("age-beside", &["none", "near", "far"]),
    ("sign-before", SIGNS),
    ("sign-behind", SIGNS),
    ("glued", &["no", "yes"]),
];

/// Signs that are told apart; all others are "other".
const SIGNS: &[&str] = &[
    "edge", "letter", "space", ",", ".", "(", ")", ":", ";", "-", "/", "!", "?", "\"", "'", "line",
    "other",
];

/// Most answers that a question has.
const ANSWERS: usize = 24;

/// One answer to one question, as places in [`QUESTIONS`].
type Answer = (usize, usize);

/// Weights by question and answer.
struct Weights([[i16; ANSWERS]; QUESTIONS.len()]);

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::of(include_str!("weights.tsv")));

impl Weights {
    /// Reads `question<TAB>answer<TAB>weight` rows; a test says that all of them are known.
    fn of(table: &str) -> Self {
        let mut weights = [[0; ANSWERS]; QUESTIONS.len()];
        for ((question, answer), weight) in rows(table) {
            weights[question][answer] = weight;
        }
        Self(weights)
    }

    fn sum(&self, answers: &[Answer]) -> i32 {
        answers
            .iter()
            .map(|&(question, answer)| i32::from(self.0[question][answer]))
            .sum()
    }
}

fn rows(table: &str) -> impl Iterator<Item = (Answer, i16)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (question, answer, weight) = (columns.next()?, columns.next()?, columns.next()?);
            let at = QUESTIONS.iter().position(|(name, _)| *name == question)?;
            let answers = QUESTIONS[at].1;
            let place = answers.iter().position(|name| *name == answer)?;
            Some(((at, place), weight.parse().ok()?))
        })
}

/// A number that may be weighed, and what was answered about it: what the weights are counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeEvidence {
    /// The number, in years.
    pub value: u32,
    /// Question and answer, as in `weights.tsv`.
    pub answers: Vec<(&'static str, &'static str)>,
}

/// Weighs what the verdicts left open, and what they took for an age.
pub(super) fn weigh(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &mut [Verdict],
) {
    let told = told(verdicts);
    for (candidate, verdict) in candidates.iter().zip(verdicts) {
        let Some(weighing) = Weighing::of(reading, passage, candidate, verdict, &told) else {
            continue;
        };
        let sum = WEIGHTS.sum(&weighing.answers);
        let was_age = matches!(
            verdict,
            Verdict::Age {
                about: About::Advertised,
                ..
            }
        );
        if sum > ACCEPTED_FROM && !was_age {
            let around = &weighing.around;
            *verdict = around.by_mood(around.age(About::Advertised));
        } else if was_age && sum < REFUSED_BELOW {
            *verdict = Verdict::Refused(OUTWEIGHED);
        }
    }
}

/// What is asked about the numbers of a passage, for counting weights out.
pub(super) fn evidence(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidates: &[Candidate],
    verdicts: &[Verdict],
) -> Vec<AgeEvidence> {
    let told = told(verdicts);
    let weighings = candidates
        .iter()
        .zip(verdicts)
        .filter_map(|(candidate, verdict)| {
            Weighing::of(reading, passage, candidate, verdict, &told)
        });
    weighings
        .map(|weighing| AgeEvidence {
            value: weighing.around.candidate.value,
            answers: weighing
                .answers
                .iter()
                .map(|&(question, answer)| (QUESTIONS[question].0, QUESTIONS[question].1[answer]))
                .collect(),
        })
        .collect()
}

/// The ages of who is advertised that the verdicts found.
fn told(verdicts: &[Verdict]) -> Vec<u32> {
    let value = |verdict: &Verdict| match verdict {
        Verdict::Age {
            value,
            about: About::Advertised,
            ..
        } => Some(*value),
        _ => None,
    };
    verdicts.iter().filter_map(value).collect()
}

/// A number with the answers about it.
struct Weighing<'p> {
    around: Around<'p>,
    answers: Vec<Answer>,
}

impl<'p> Weighing<'p> {
    /// `None` when the number is settled.
    fn of(
        reading: &'p Reading<'_>,
        passage: &'p Passage<'_>,
        candidate: &'p Candidate,
        verdict: &Verdict,
        told: &[u32],
    ) -> Option<Self> {
        let settled = settled(verdict)?;
        if !NAMED_YEARS.contains(&candidate.value)
            || *verdict == Verdict::Nothing && by_form(passage, candidate).is_some()
        {
            return None;
        }
        let around = Around::of(reading, passage, candidate);
        // "Since 17 years", "floor 17": a cue of its own says what it is.
        let is_told = around
            .left
            .is_some_and(|left| matches!(left.kind, Kind::Since | Kind::NotBefore | Kind::Limit));
        if is_told && !matches!(verdict, Verdict::Age { .. }) {
            return None;
        }
        let mut weighing = Self {
            around,
            answers: Vec::with_capacity(32),
        };
        weighing.say(Ask::Any, 0);
        weighing.say(Ask::Verdict, settled);
        weighing.of_number();
        weighing.of_words(reading);
        weighing.of_listing(reading, told);
        Some(weighing)
    }

    fn say(&mut self, question: Ask, answer: usize) {
        self.answers.push((question as usize, answer));
    }

    /// The number itself, its unit and its signs.
    fn of_number(&mut self) {
        let around = &self.around;
        let (passage, number) = (around.passage, around.candidate);
        let written = match number.how {
            How::Digits => 1,
            How::Words => 2,
            How::Disguised => 3,
            How::Puzzle => 4,
            _ => 0,
        };
        let years = match number.value {
            0..14 => 0,
            14..30 => 1,
            _ => 2,
        };
        let unit = around.unit.map_or(0, |unit| match unit.kind {
            Kind::Unit => 1,
            _ if is_vague(unit) => 3,
            Kind::UnitOld => 2,
            _ => 4,
        });
        let cue = around.left.map_or(0, |left| match left.kind {
            Kind::Limit => 1,
            Kind::AgeI => 2,
            Kind::AgeThird => 3,
            Kind::AgeLabel => 4,
            Kind::AgeOf => 5,
            Kind::NotBefore => 6,
            Kind::Since => 7,
            _ => 8,
        });
        let ends = usize::from(passage.ends_clause(around.range.end));
        let begins = usize::from(passage.begins_clause(number.range.start));
        let before = sign(passage.text()[..number.range.start].chars().next_back());
        let behind = sign(passage.text()[around.range.end..].chars().next());
        let glued = usize::from(!around.stands_alone());
        self.say(Ask::Written, written);
        self.say(Ask::Years, years);
        self.say(Ask::Unit, unit);
        self.say(Ask::CueBefore, cue);
        self.say(Ask::EndsClause, ends);
        self.say(Ask::BeginsClause, begins);
        self.say(Ask::SignBefore, before);
        self.say(Ask::SignBehind, behind);
        self.say(Ask::Glued, glued);
    }

    /// The words of its clause.
    fn of_words(&mut self, reading: &Reading<'_>) {
        let clause = Clause::of(self.around.passage, reading.language);
        let Self { around, .. } = self;
        let before = clause.tokens(around.clause.start, around.candidate.range.start);
        let end = around.clause.end;
        let behind = clause.tokens(around.range.end.min(end), end);
        let class = |token: Option<&Token>| token.map_or(0, |token| token.class.place());
        self.say(Ask::WordBefore, class(before.last()));
        self.say(Ask::WordBeforeThat, class(before.iter().rev().nth(1)));
        self.say(Ask::WordBehind, class(behind.first()));
        for (question, tokens) in [(Ask::InFront, before), (Ask::Behind, behind)] {
            let mut said = [false; ANSWERS];
            for token in &tokens {
                let place = token.class.place();
                if !std::mem::replace(&mut said[place], true) {
                    self.say(question, place);
                }
            }
        }
    }

    fn of_listing(&mut self, reading: &Reading<'_>, told: &[u32]) {
        let passage = self.around.passage;
        self.say(Ask::OtherTrade, usize::from(reading.is_other_trade()));
        self.say(Ask::Ordinary, usize::from(reading.is_ordinary()));
        self.say(Ask::OwnVoice, usize::from(reading.has_own_voice()));
        self.say(Ask::Offer, usize::from(passage.holds(Kind::Offer)));
        self.say(Ask::AgesTold, told.len().min(2));
        // Two who offer together are of an age; a mother and her son, a driver and his car are not.
        let own = self.around.candidate.value;
        let beside = told.iter().filter(|&&age| age != own);
        let furthest = beside.map(|age| age.abs_diff(own)).max();
        self.say(
            Ask::AgeBeside,
            furthest.map_or(0, |years| if years < FAR_YEARS { 1 } else { 2 }),
        );
    }
}

/// The answer to "verdict", or `None` when nothing more is to be asked.
fn settled(verdict: &Verdict) -> Option<usize> {
    Some(match verdict {
        Verdict::Age {
            how: How::Limit, ..
        } => return None,
        Verdict::Age { about, .. } => match about {
            About::Advertised => 0,
            About::Other => 1,
            About::Unknown => 2,
        },
        Verdict::Nothing => 3,
        Verdict::Refused(DURATION) => 4,
        Verdict::Refused("number of days or pieces") => 5,
        Verdict::Refused(THING) => 6,
        Verdict::Refused("floor or rank") => 7,
        Verdict::Refused("listing about something else") => 8,
        Verdict::Refused(_) => return None,
    })
}

/// The place of a sign in [`SIGNS`].
fn sign(sign: Option<char>) -> usize {
    let Some(sign) = sign else { return 0 };
    if sign.is_alphanumeric() {
        return 1;
    }
    let mut buffer = [0; 4];
    let name = match sign {
        ' ' => "space",
        '\n' => "line",
        _ => sign.encode_utf8(&mut buffer),
    };
    let known = SIGNS.iter().position(|known| *known == name);
    known.unwrap_or(SIGNS.len() - 1)
}

#[cfg(test)]
mod tests {
    use model::{ListingId, ListingVersion};

    use super::*;

    #[test]
    fn every_weight_answers_a_question() {
        let table = include_str!("weights.tsv");
        let n_rows = table.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows(table).count(), n_rows);
        assert!(n_rows > 50, "{n_rows}");
        let most = QUESTIONS.iter().map(|(_, answers)| answers.len()).max();
        assert!(most <= Some(ANSWERS), "{most:?}");
    }

    /// Nothing that is asked tells 14 from 29.
    #[test]
    fn minors_are_weighed_as_young_adults_are() {
        let answers = |text: &str| {
            let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
            version.text = text.to_owned();
            let evidence = super::super::super::age_evidence(&version);
            evidence
                .into_iter()
                .map(|evidence| evidence.answers)
                .collect::<Vec<_>>()
        };
        let minor = answers("Sanne heet ze, 16 is ze en uit Ede");
        assert!(!minor.is_empty());
        assert_eq!(minor, answers("Sanne heet ze, 26 is ze en uit Ede"));
    }
}
