//! Who answers the contact of a listing and plans the visits: the person, or somebody else.

use std::ops::Range;

use model::{Answers, Observed, Signal};

use super::Detector;
use super::clauses::Need::{Any, Is, No};
use super::clauses::{self, CLAUSE, Frame, SENTENCE, Word};
use super::lexicon::Kind;
use super::name_shapes;
use super::ordinary;
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "answers",
    about: "who answers and plans: the person, or somebody else",
    detect,
    examples,
};

/// Those who do it in person, or a machine: nobody else answers.
const NOBODY_ELSE: &[Kind] = &[Kind::SelfWord, Kind::SpeakMe, Kind::Voicemail];

/// Somebody else answers, books or plans.
const OTHER: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::Operator])],
        unless: &[Kind::Voicemail, Kind::Seek],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::AnsweredBy])],
        unless: &[Kind::SpeakMe, Kind::Voicemail],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::Agent]), Is(&[Kind::Answers, Kind::Books])],
        unless: NOBODY_ELSE,
        reach: 70,
        ..CLAUSE
    },
    Frame {
        needs: &[
            Is(&[Kind::Desk]),
            Is(&[Kind::Call, Kind::Answers, Kind::Books]),
        ],
        unless: NOBODY_ELSE,
        reach: 60,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::Kin, Kind::Pronoun]), Is(&[Kind::Answers])],
        unless: &[
            Kind::SelfWord,
            Kind::SpeakMe,
            Kind::Voicemail,
            Kind::CatChild,
        ],
        around: 40,
        reach: 60,
        ..CLAUSE
    },
    Frame {
        needs: &[
            Is(&[Kind::Kin, Kind::Pronoun]),
            Is(&[Kind::Books]),
            Is(&[Kind::Matter]),
        ],
        unless: NOBODY_ELSE,
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::SameNumber]), Is(&[Kind::AllProfiles])],
        reach: 100,
        ..SENTENCE
    },
    Frame {
        needs: &[Is(&[Kind::Title]), Is(&[Kind::Answers])],
        unless: NOBODY_ELSE,
        reach: 50,
        ..CLAUSE
    },
];

/// "Call him", where the person speaks: he is somebody else.
const THEM: &[Frame] = &[Frame {
    needs: &[Is(&[Kind::CallThem])],
    ..CLAUSE
}];

/// The person answers, or works for nobody.
const SELF: &[Frame] = &[
    Frame {
        needs: &[Is(&[Kind::SpeakMe])],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::ForSelf])],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::OwnMatter])],
        ..CLAUSE
    },
    Frame {
        needs: &[No(&[Kind::Operator, Kind::Agent, Kind::Middle])],
        ..CLAUSE
    },
    Frame {
        needs: &[Is(&[Kind::AnswerI]), Is(&[Kind::SelfWord])],
        reach: 60,
        ..CLAUSE
    },
    Frame {
        needs: &[
            Is(&[Kind::BookI]),
            Is(&[Kind::SelfWord]),
            Is(&[Kind::Matter]),
        ],
        reach: 70,
        ..CLAUSE
    },
    Frame {
        needs: &[Any(&[Kind::Nobody]), Any(&[Kind::Meddles])],
        reach: 50,
        ..CLAUSE
    },
];

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let refused = ordinary::refusal(reading);
    for passage in &reading.passages {
        let selves = clauses::all_found(passage, SELF);
        let mut others = clauses::all_found(passage, OTHER);
        others.extend(asked_for(passage));
        if reading.has_own_voice() {
            others.extend(named(passage));
            others.extend(clauses::all_found(passage, THEM));
        }
        let mut others = clauses::apart(others);
        // "No receptionist" speaks for the opposite.
        others.retain(|other| {
            !selves
                .iter()
                .any(|own| own.start < other.end && other.start < own.end)
        });
        let answers = Observed::Answers(Answers::Self_);
        clauses::tell(passage, selves, &answers, "answers", refused, found);
        let answers = Observed::Answers(Answers::Other);
        clauses::tell(passage, others, &answers, "answers", refused, found);
    }
}

/// "Ask for Anna", where the word behind has the shape of a name.
fn asked_for(passage: &Passage<'_>) -> Vec<Range<usize>> {
    passage
        .words
        .iter()
        .filter(|word| word.kind == Kind::AskFor && !word.negated)
        .filter_map(|word: &Word| {
            let name = name_shapes::behind(passage, word.end)?;
            // German has its verb behind the name: "nach Lena fragen".
            let is_split = &passage.flat[word.start..word.end] == "nach";
            let verb = passage.flat[name.end..].trim_start();
            let asks = verb.starts_with("frag") || verb.starts_with("verlang");
            (!is_split || asks).then_some(word.start..name.end)
        })
        .collect()
}

/// "Anna takes the calls" in a listing where somebody says "I".
fn named(passage: &Passage<'_>) -> Vec<Range<usize>> {
    passage
        .words
        .iter()
        .filter(|word| !word.negated)
        .filter(|word| match word.kind {
            Kind::Answers => true,
            // "Anna books": of the writer's own visits.
            Kind::Books => clauses::near(passage, word)
                .iter()
                .any(|other| other.kind == Kind::Matter && other.is_beside(word)),
            _ => false,
        })
        .filter_map(|word| {
            let name = name_shapes::beside(passage, &(word.start..word.end))?;
            let is_self = clauses::near(passage, word)
                .iter()
                .any(|other| NOBODY_ELSE.contains(&other.kind));
            (!is_self).then_some(name.start.min(word.start)..name.end.max(word.end))
        })
        .collect()
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Onze telefoniste neemt op", "answers=other @5..16"),
        (
            "De receptioniste neemt de telefoon op",
            "answers=other @3..37",
        ),
        (
            "Geen telefoniste, ik neem zelf op",
            "answers=self @5..16; answers=self @21..33",
        ),
        ("Our receptionist answers", "answers=other @4..24"),
        ("Vraag naar Anna", "answers=other @0..15"),
        ("Vraag naar de prijs", ""),
        ("Mijn man kookt, de telefoon staat aan", ""),
    ]
}
