//! Whether an age is said of today: not denied, wished, felt or long past, and not of a caller or
//! of somebody in the news.

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind};
use super::around::Around;
use super::limit::LIMIT_YEARS;
use super::verdict::{QUESTION, VISITOR_RULE, Verdict};
use super::words::floor;

/// The reason for an age that somebody once had.
pub(super) const PAST: &str = "age of a time gone by";

/// The reason for an age that is denied.
pub(super) const DENIED: &str = "not that age";

/// The reason for an age that is wished, felt or guessed.
pub(super) const UNREAL: &str = "an age wished or felt, not had";

/// The reason for an age between quotation marks.
const QUOTED: &str = "quoted";

/// Bytes on both sides of a number in which the marks of its quotation are looked for.
const QUOTE_WITHIN_BYTES: usize = 48;

/// Words that may stand between "not" and the number that it denies.
const WORDS_BEHIND_NOT: usize = 2;

/// Bytes between a moment to come and the verb: "en dan".
const VERB_BEHIND_MOMENT_BYTES: usize = 12;

/// Bytes of the shortest word for a moment just past that is no adverb of all kinds: "hier".
const MOMENT_BYTES: usize = 4;

/// The age that a denial makes a statement: "I'm not 18".
const OF_AGE: u32 = 18;

impl Around<'_> {
    /// Takes back an age that the words around it do not state of today.
    pub(super) fn by_mood(&self, verdict: Verdict) -> Verdict {
        let Verdict::Age {
            value,
            about,
            how,
            range,
        } = verdict
        else {
            return verdict;
        };
        let about = if about == About::Other && self.opens_as_elder() {
            About::Advertised
        } else {
            about
        };
        let verdict = Verdict::Age {
            value,
            about,
            how,
            range: range.clone(),
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
        if self.is_asked_of_the_reader() {
            return Verdict::Refused(QUESTION);
        }
        if self.is_to_come() && LIMIT_YEARS.contains(&value) {
            return Verdict::Age {
                value: value - 1,
                about,
                how: How::Limit,
                range: self.range.clone(),
            };
        }
        if self.is_past() && !self.is_just_past() {
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
                range: not.start.min(self.range.start)..self.range.end,
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
        // Hungarian "17 vagyok-e" asks whether.
        if self.passage.flat[self.range.end..]
            .strip_prefix(" vagyok")
            .unwrap_or(&self.passage.flat[self.range.end..])
            .starts_with("-e")
            && self.language == Some(Language::Hu)
        {
            return true;
        }
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

    /// "Gisteren werd ik 17": a moment just past in the clause, of which today is the day after.
    pub(super) fn is_just_past(&self) -> bool {
        let clause = self.passage.hits_in(self.clause.clone());
        clause
            .iter()
            .any(|hit| hit.kind == Kind::JustPast && hit.end - hit.start >= MOMENT_BYTES)
            && !clause
                .iter()
                .any(|hit| hit.kind == Kind::Once && hit.note.is_empty())
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
            .or_else(|| self.denied_behind())
    }

    /// "Sweet sixteen I am not", "achttien ben ik niet": the denial ends the clause.
    fn denied_behind(&self) -> Option<&Hit> {
        let verb = self
            .passage
            .hits_after(self.range.end, 1, |sign| sign == ' ')
            .filter(|hit| matches!(hit.kind, Kind::Copula | Kind::Not))
            .max_by_key(|hit| hit.end)?;
        let not = if verb.kind == Kind::Not {
            Some(verb)
        } else {
            self.passage
                .hits_after(verb.end, 1, |sign| sign == ' ')
                .find(|hit| hit.kind == Kind::Not)
        };
        not.filter(|not| not.start > self.range.end && self.passage.ends_clause(not.end))
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

    /// The writer's own verb beside the number: "17 vagyok", "ik ben 17".
    pub(super) fn says_own_verb(&self) -> bool {
        let is_bare = |hit: &Hit| {
            self.has(hit.start..hit.end, Kind::Verb) || self.has(hit.start..hit.end, Kind::Is)
        };
        self.is_own()
            && self
                .left
                .is_none_or(|left| left.kind != Kind::AgeLabel && !is_bare(left))
    }

    /// "16 or 17?": a clause that ends as a question, and neither of the writer nor with a noun for
    /// the person.
    fn is_asked_of_the_reader(&self) -> bool {
        let is_label = self
            .left
            .is_some_and(|left| matches!(left.kind, Kind::AgeLabel | Kind::AgeOf));
        self.passage.flat[self.clause.end..].starts_with('?')
            && !is_label
            && !self.is_own()
            && !self
                .passage
                .hits_in(self.clause.clone())
                .iter()
                .any(|hit| matches!(hit.kind, Kind::Person | Kind::PersonAfter | Kind::I))
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
            .is_some_and(|hit| hit.kind == Kind::You && !self.is_part_of_own_verb(hit))
    }

    /// French "j'en ai" ends with Romanian "you have".
    fn is_part_of_own_verb(&self, you: &Hit) -> bool {
        self.left.is_some_and(|left| {
            left.kind == Kind::AgeI && left.start < you.start && you.end <= left.end
        })
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
        opens && rest.starts_with(is_mark) && head.len() > 1 || self.is_quoted_as_said()
    }

    /// "Girl, 17" stood there: inside quotation marks, and the sentence says that somebody else
    /// wrote or said it.
    fn is_quoted_as_said(&self) -> bool {
        let text = self.passage.text();
        let from = floor(
            text,
            self.candidate
                .range
                .start
                .saturating_sub(QUOTE_WITHIN_BYTES),
        );
        let to = floor(text, self.range.end + QUOTE_WITHIN_BYTES).max(self.range.end);
        let opens = text[from..self.candidate.range.start]
            .rfind('"')
            .is_some_and(|at| {
                text[from + at + 1..].starts_with(|sign: char| !sign.is_whitespace())
                    || text[from + at + 1..].starts_with(' ') && text[..from + at].trim().is_empty()
            });
        let Some(closes) = text[self.range.end..to].find('"').filter(|_| opens) else {
            return false;
        };
        let behind = self
            .passage
            .sentence(self.range.end + closes..self.range.end + closes + 1);
        let before = self.passage.sentence(from..from);
        self.has(behind, Kind::Aside)
            || self.has(before.start..self.candidate.range.start, Kind::Aside)
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
