//! Whether an age is said of today: not denied, wished, felt or long past, and not of a caller or
//! of somebody in the news.

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind};
use super::around::Around;
use super::limit::LIMIT_YEARS;
use super::verdict::{VISITOR_RULE, Verdict};

/// The reason for an age that somebody once had.
pub(super) const PAST: &str = "age of a time gone by";

/// The reason for an age that is denied.
pub(super) const DENIED: &str = "not that age";

/// The reason for an age that is wished, felt or guessed.
pub(super) const UNREAL: &str = "an age wished or felt, not had";

/// The reason for an age between quotation marks.
const QUOTED: &str = "quoted";

/// Words that may stand between "not" and the number that it denies.
const WORDS_BEHIND_NOT: usize = 2;

/// Bytes between a moment to come and the verb: "en dan".
const VERB_BEHIND_MOMENT_BYTES: usize = 12;

/// The age that a denial makes a statement: "I'm not 18".
const OF_AGE: u32 = 18;

impl Around<'_> {
    /// Takes back an age that the words around it do not state of today.
    pub(super) fn by_mood(&self, verdict: Verdict) -> Verdict {
        let Verdict::Age {
            value, about, how, ..
        } = verdict
        else {
            return verdict;
        };
        if self.is_unreal() {
            return Verdict::Refused(UNREAL);
        }
        if self.is_quoted() {
            return Verdict::Refused(QUOTED);
        }
        if how == How::Limit {
            return verdict;
        }
        if self.is_to_come() && LIMIT_YEARS.contains(&value) {
            return Verdict::Age {
                value: value - 1,
                about,
                how: How::Limit,
                range: self.range.clone(),
            };
        }
        if self.is_past() {
            return Verdict::Refused(PAST);
        }
        if let Some(not) = self.denied() {
            let states_minor = self.candidate.value == OF_AGE
                && not.note.is_empty()
                && !self.reader_is_addressed();
            if !states_minor {
                return Verdict::Refused(DENIED);
            }
            return Verdict::Age {
                value: value - 1,
                about,
                how: How::Limit,
                range: not.start..self.range.end,
            };
        }
        if self.asks_the_reader() {
            return Verdict::Refused(VISITOR_RULE);
        }
        let sentence = self.passage.sentence(self.range.clone());
        if about == About::Advertised && !self.is_own() && self.has(sentence, Kind::Aside) {
            return self.age(About::Other);
        }
        verdict
    }

    /// Whether a cue stands in this stretch.
    pub(super) fn has(&self, range: std::ops::Range<usize>, kind: Kind) -> bool {
        let end = range.end;
        self.passage
            .hits_in(range)
            .iter()
            .any(|hit| hit.kind == kind && hit.end <= end)
    }

    /// "Si tuviera 17": wished, and of the first number behind the wish only.
    fn is_unreal(&self) -> bool {
        let start = self.candidate.range.start;
        self.passage
            .hits_in(self.clause.start..start)
            .iter()
            .any(|hit| {
                hit.kind == Kind::Unreal
                    && hit.end <= start
                    && !self.passage.flat[hit.end..start]
                        .contains(|sign: char| sign.is_ascii_digit())
            })
    }

    /// "Toen ik 16 was", "17 évesen jöttem".
    fn is_past(&self) -> bool {
        let number = &self.candidate.range;
        let flat = self.passage.flat.as_str();
        let before = self
            .passage
            .hits_in(self.clause.start..number.start)
            .iter()
            .filter(|hit| hit.kind == Kind::Once && hit.end <= number.start)
            .any(|hit| {
                let is_beside = flat[hit.end..number.start].trim().is_empty();
                match hit.note {
                    "" => !flat[hit.end..number.start].contains(|sign: char| sign.is_ascii_digit()),
                    "beside" => is_beside,
                    // "Станах на 18": the cue is a part of a verb that states the age.
                    "told" => {
                        is_beside
                            && self.left.is_none_or(|left| left.start >= hit.start)
                            && self.tells_of_past()
                    }
                    _ => false,
                }
            });
        before
            || self
                .passage
                .hits_after(number.end, 2, |sign| sign == ' ')
                .chain(
                    self.passage
                        .hits_after(self.range.end, 2, |sign| sign == ' '),
                )
                .any(|hit| {
                    hit.kind == Kind::LongAgo
                        || hit.kind == Kind::Once
                            && (hit.note == "after" || hit.note == "told" && self.tells_of_past())
                })
    }

    /// "In twee maanden ben ik 18": a moment to come, and the writer's verb behind it.
    fn is_to_come(&self) -> bool {
        let Some(left) = self
            .left
            .filter(|left| left.kind == Kind::AgeI && self.is_own())
        else {
            return false;
        };
        self.passage
            .hits_in(self.clause.start..left.start)
            .iter()
            .any(|hit| {
                hit.kind == Kind::Future
                    && hit.n_words > 1
                    && hit.end <= left.start
                    && left.start - hit.end <= VERB_BEHIND_MOMENT_BYTES
            })
    }

    /// Whether a verb of the clause is in a past tense and none says "am": "17 évesen jöttem".
    fn tells_of_past(&self) -> bool {
        !self.has(self.clause.clone(), Kind::Copula)
            && self.passage.flat[self.clause.clone()]
                .split(|sign: char| !sign.is_alphanumeric())
                .any(|word| is_past_verb(word, self.language))
    }

    /// The denial in front of the number: at most two words away.
    pub(super) fn denied(&self) -> Option<&Hit> {
        let start = self.candidate.range.start;
        self.passage
            .hits_in(self.clause.start..start)
            .iter()
            .rev()
            .filter(|hit| hit.kind == Kind::Not && hit.end <= start)
            .filter(|hit| {
                let between = &self.passage.flat[hit.end..start];
                between.split_whitespace().count() <= WORDS_BEHIND_NOT
            })
            .max_by_key(|hit| (!hit.note.is_empty(), hit.end - hit.start))
    }

    /// The writer's own "I am", "age:": nobody else can be meant.
    pub(super) fn is_own(&self) -> bool {
        let says_i = |hit: &Hit| {
            self.has(hit.start..hit.end, Kind::Copula) || self.has(hit.start..hit.end, Kind::I)
        };
        let before = self.left.is_some_and(|left| match left.kind {
            Kind::AgeLabel => true,
            Kind::AgeI | Kind::Limit => says_i(left),
            _ => false,
        });
        // "17 éves vagyok", "на 17 съм"
        before || self.unit.is_some_and(says_i)
    }

    /// "Als je 17 bent", "du bist 16": the reader, and nothing of the writer behind.
    fn asks_the_reader(&self) -> bool {
        self.passage
            .hits_in(self.clause.start..self.candidate.range.start)
            .iter()
            .rev()
            .find(|hit| {
                matches!(hit.kind, Kind::You | Kind::I | Kind::AgeI | Kind::Copula)
                    && hit.end <= self.candidate.range.start
            })
            .is_some_and(|hit| hit.kind == Kind::You)
    }

    /// Between quotation marks of its own, and not the whole of the text.
    fn is_quoted(&self) -> bool {
        let is_mark = |sign: char| matches!(sign, '\'' | '"' | '`');
        let head = self.passage.text()[..self.candidate.range.start].trim_end();
        let rest = &self.passage.text()[self.range.end..];
        let opens = head.ends_with(is_mark)
            || self
                .left
                .is_some_and(|left| self.passage.text()[..left.start].ends_with(is_mark));
        opens && rest.starts_with(is_mark) && head.len() > 1
    }
}

/// Endings of verbs that tell of the past in the first person, folded, and what looks like them.
const PAST_ENDINGS: &[(Language, &[&str], &[&str])] = &[
    (
        Language::Hu,
        &["tam", "tem", "tunk"],
        &["szeretem", "ertem", "megertem", "kovetem", "nalatunk"],
    ),
    (
        Language::Pl,
        &[
            "alam", "alem", "ialam", "ialem", "ylam", "ylem", "ilam", "ilem", "elam", "elem",
            "lismy", "lysmy",
        ],
        &[
            "pozwalam",
            "czasem",
            "celem",
            "przyjacielem",
            "nauczycielem",
            "obywatelem",
        ],
    ),
    (
        Language::Bg,
        &[
            "ах", "ях", "ох", "их", "ух", "юх", "ех", "хме", "ah", "qh", "oh", "ih", "uh",
        ],
        &["успех", "смях", "страх"],
    ),
];

fn is_past_verb(word: &str, language: Option<Language>) -> bool {
    PAST_ENDINGS
        .iter()
        .filter(|(spoken, ..)| language.is_none_or(|language| language == *spoken))
        .any(|(_, endings, others)| {
            word.chars().count() > 4
                && !others.contains(&word)
                && endings.iter().any(|ending| word.ends_with(ending))
        })
}
