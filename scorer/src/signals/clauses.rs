//! Statements put together from classes of words: who does what, and whether it is denied.
//!
//! Place in the flow: the words are read once for a passage (`reading.rs`); the detectors of who
//! answers, offers, decides and seeks hold the frames, and the words stand in tables by subject
//! (`cues/who`). A frame holds for all languages: it names classes of words that stand together in
//! a clause or sentence, in any order, and those that take it back.
//!
//! Invariant: a word that stands in a longer cue for something else (`decoy`) does not count, and
//! a denied word counts only for a frame that asks for a denial.
//! Invariant: time is linear in the number of words, for each frame.

use std::ops::Range;

use model::{Language, Observed, Signal};

use super::lexicon::{Hit, Kind};
use super::reading::Passage;

/// Words between a denial and what it takes back: "geen [eigen] telefoniste".
const NEGATION_WORDS: usize = 2;

/// Bytes between a denial and what it takes back.
const NEGATION_BYTES: usize = 26;

/// Bytes around a frame in which a word takes it back.
const AROUND_BYTES: usize = 16;

/// Bytes in which two words of one sentence belong together.
const BESIDE_BYTES: usize = 110;

/// Words up to this length are words of several languages once their accents are lost.
const SHORT_BYTES: usize = 3;

/// Words behind a "no" that stands alone, in nine languages.
const THANKS: &[&str] = &[
    "thanks",
    "thank",
    "bedankt",
    "dank",
    "danke",
    "merci",
    "gracias",
    "multumesc",
    "mersi",
    "koszonom",
    "koszi",
    "dziekuje",
    "dzieki",
    "благодаря",
    "мерси",
    "hoor",
    "sorry",
];

/// The note of rows whose words say little alone.
const WEAK: &str = "weak";

/// A word of a class, where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// First byte in the folded text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Its class.
    pub(crate) kind: Kind,
    /// Whether it is denied.
    pub(crate) negated: bool,
    /// Whether its row is noted as weak.
    pub(crate) is_weak: bool,
    /// Which clause of the passage it stands in.
    clause: usize,
    /// Which sentence.
    sentence: usize,
}

/// What a frame asks for at one place.
#[derive(Clone, Copy)]
pub(super) enum Need {
    /// A word of one of these classes.
    Is(&'static [Kind]),
    /// Such a word, denied.
    No(&'static [Kind]),
    /// Such a word, denied or not.
    Any(&'static [Kind]),
}

/// How far a frame reaches at most.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Clause,
    Sentence,
    /// This sentence and the ones beside it.
    Passage,
}

/// Classes of words that together say something.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// All of them, in any order.
    pub(super) needs: &'static [Need],
    /// What takes it back, inside or directly beside it.
    pub(super) unless: &'static [Kind],
    /// Bytes from the first word to the last; twice as many in Cyrillic letters.
    pub(super) reach: usize,
    pub(super) scope: Scope,
    /// Bytes before and behind it in which `unless` is looked for.
    pub(super) around: usize,
}

/// A frame of one clause, to be filled in.
pub(super) const CLAUSE: Frame = Frame {
    needs: &[],
    unless: &[],
    reach: 80,
    scope: Scope::Clause,
    around: AROUND_BYTES,
};

/// A frame of one sentence, to be filled in.
pub(super) const SENTENCE: Frame = Frame {
    reach: 130,
    scope: Scope::Sentence,
    ..CLAUSE
};

/// A frame over several sentences, to be filled in.
pub(super) const NEARBY: Frame = Frame {
    reach: 220,
    scope: Scope::Passage,
    ..CLAUSE
};

impl Word {
    /// Whether another word stands near in the same sentence.
    pub(super) const fn is_beside(&self, other: &Self) -> bool {
        self.sentence == other.sentence && self.start.abs_diff(other.start) <= BESIDE_BYTES
    }
}

impl Need {
    /// Whether some cue of a passage is of a class that it asks for.
    fn may_stand_in(self, passage: &Passage<'_>) -> bool {
        let (Self::Is(kinds) | Self::No(kinds) | Self::Any(kinds)) = self;
        kinds.iter().any(|&kind| passage.holds(kind))
    }

    fn takes(self, word: &Word) -> bool {
        match self {
            Self::Is(kinds) => !word.negated && kinds.contains(&word.kind),
            Self::No(kinds) => word.negated && kinds.contains(&word.kind),
            Self::Any(kinds) => kinds.contains(&word.kind),
        }
    }
}

/// The words of a passage, by start.
pub(crate) fn words(passage: &Passage<'_>, language: Option<Language>) -> Vec<Word> {
    let classes: Vec<&Hit> = passage
        .hits
        .iter()
        .filter(|hit| hit.kind.is_class())
        .collect();
    let decoys = Reach::of(&classes, &[Kind::Decoy]);
    let mut words = Vec::with_capacity(classes.len());
    for hit in classes {
        let is_taken = hit.kind != Kind::Decoy && decoys.cover(hit.start, hit.end);
        if !is_taken && is_spoken(passage, hit, language) {
            let (clause, sentence) = passage.place_of(hit.start);
            words.push(Word {
                start: hit.start,
                end: hit.end,
                kind: hit.kind,
                negated: false,
                is_weak: hit.note == WEAK,
                clause,
                sentence,
            });
        }
    }
    // The longest of a class that begin alike.
    words.sort_by_key(|word: &Word| (word.start, word.kind, std::cmp::Reverse(word.end)));
    words.dedup_by_key(|word| (word.start, word.kind));
    words.sort_by_key(|word| (word.start, word.end, word.kind));
    negate(passage, &mut words);
    words
}

/// Whether a word may be one of its language here: verbs, pronouns and denials of other languages
/// are short words, a trade of another language is another word, and "én" without its accent too.
fn is_spoken(passage: &Passage<'_>, hit: &Hit, language: Option<Language>) -> bool {
    match hit.kind {
        Kind::TheyVerb | Kind::TheyWord | Kind::Neg | Kind::NegAfter | Kind::Ordinary => {
            language.is_none_or(|known| known == hit.language)
        }
        Kind::Voice => {
            !hit.accented
                || hit.end - hit.start > SHORT_BYTES
                || !passage.written(hit.start..hit.end).is_ascii()
        }
        _ => true,
    }
}

/// Marks what is denied.
fn negate(passage: &Passage<'_>, words: &mut [Word]) {
    // The last denial that ended before each word; words come by start.
    let mut last: Option<Word> = None;
    let mut negations: Vec<Word> = Vec::new();
    let before: Vec<bool> = words
        .iter()
        .map(|word| {
            while let Some(first) = negations.first().copied()
                && first.end <= word.start
            {
                negations.remove(0);
                if last.is_none_or(|known| known.end < first.end) {
                    last = Some(first);
                }
            }
            if word.kind == Kind::Neg {
                if negations.len() < 4 {
                    negations.push(*word);
                }
                return false;
            }
            last.is_some_and(|denial| {
                denial.clause == word.clause
                    && word.start - denial.end <= NEGATION_BYTES
                    && n_words(passage, denial.end..word.start) <= NEGATION_WORDS
            })
        })
        .collect();
    let mut next: Option<Word> = None;
    // The denial that begins next: "neemt [niet] op" holds it in its gap.
    let mut inside: Option<Word> = None;
    for at in (0..words.len()).rev() {
        let word = words[at];
        let after = next.is_some_and(|denial| {
            denial.clause == word.clause && denial.start >= word.end && denial.start - word.end <= 1
        });
        let within =
            inside.is_some_and(|denial| word.start < denial.start && denial.end < word.end);
        words[at].negated =
            before[at] || (after || within && has_gap(word.kind)) && word.kind != Kind::Neg;
        match word.kind {
            Kind::NegAfter => next = Some(word),
            Kind::Neg => inside = Some(word),
            _ => {}
        }
    }
}

/// Whether cues of this class are verbs in two parts, rather than phrases that hold a denial.
const fn has_gap(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Answers | Kind::Books | Kind::AnswerI | Kind::BookI
    )
}

fn n_words(passage: &Passage<'_>, range: Range<usize>) -> usize {
    passage
        .flat
        .get(range)
        .map_or(usize::MAX, |between| between.split_whitespace().count())
}

/// Stretches of some classes, to ask what lies within one.
struct Reach(Vec<(usize, usize)>);

impl Reach {
    fn of(hits: &[&Hit], kinds: &[Kind]) -> Self {
        let mut reach = 0;
        Self(
            hits.iter()
                .filter(|hit| kinds.contains(&hit.kind))
                .map(|hit| {
                    reach = reach.max(hit.end);
                    (hit.start, reach)
                })
                .collect(),
        )
    }

    /// Whether one of them holds this stretch and more.
    fn cover(&self, start: usize, end: usize) -> bool {
        let before = self.0.partition_point(|(first, _)| *first <= start);
        before > 0
            && self.0[before - 1].1 >= end
            && (self.0[before - 1].0, self.0[before - 1].1) != (start, end)
    }
}

/// Where a frame stands in a passage: from the first of its words to the last.
pub(super) fn found(passage: &Passage<'_>, frame: &Frame) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most frames lack a class in most texts.
    if !frame.needs.iter().all(|need| need.may_stand_in(passage)) {
        return found;
    }
    let reach = if passage.is_cyrillic {
        frame.reach * 2
    } else {
        frame.reach
    };
    let mut last: Vec<Option<Word>> = vec![None; frame.needs.len()];
    for word in &passage.words {
        let mut is_new = false;
        for (need, place) in frame.needs.iter().zip(&mut last) {
            if need.takes(word) {
                *place = Some(*word);
                is_new = true;
            }
        }
        if !is_new {
            continue;
        }
        if let Some(range) = together(&last, frame.scope, reach)
            && !is_taken_back(passage, frame, &range)
        {
            found.push(range);
            last.fill(None);
        }
    }
    found
}

/// The stretch of a frame's words, when all are there, apart from each other and near enough.
fn together(last: &[Option<Word>], scope: Scope, reach: usize) -> Option<Range<usize>> {
    let mut words: Vec<Word> = last.iter().copied().collect::<Option<_>>()?;
    words.sort_by_key(|word| (word.start, word.end));
    let (first, end) = (*words.first()?, words.iter().map(|word| word.end).max()?);
    // "Neem zelf op" holds "zelf" in its gap; but one word is not two.
    let is_apart = words
        .windows(2)
        .all(|pair| (pair[0].start, pair[0].end) != (pair[1].start, pair[1].end));
    let is_one = words.iter().all(|word| match scope {
        Scope::Clause => word.clause == first.clause,
        Scope::Sentence => word.sentence == first.sentence,
        Scope::Passage => true,
    });
    (is_apart && is_one && end - first.start <= reach).then_some(first.start..end)
}

fn is_taken_back(passage: &Passage<'_>, frame: &Frame, range: &Range<usize>) -> bool {
    if frame.unless.is_empty() {
        return false;
    }
    let (from, to) = (
        range.start.saturating_sub(frame.around),
        range.end + frame.around,
    );
    let first = passage.words.partition_point(|word| word.start < from);
    passage.words[first..]
        .iter()
        .take_while(|word| word.start < to)
        .any(|word| frame.unless.contains(&word.kind))
}

/// Whether a stretch is denied: "not 24/7", "24 hours, no thanks".
pub(super) fn is_denied(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    let from = range.start.saturating_sub(NEGATION_BYTES);
    let first = passage.words.partition_point(|word| word.start < from);
    let clause = passage.place_of(range.start).0;
    passage.words[first..]
        .iter()
        .take_while(|word| word.start <= range.end + 2)
        .any(|word| match word.kind {
            Kind::Neg if word.end <= range.start => word.clause == clause,
            // "24 hours, no breaks" denies the breaks.
            Kind::Neg => word.start >= range.end && is_last(passage, word.end),
            Kind::NegAfter => word.start >= range.end,
            _ => false,
        })
}

/// Whether a sentence ends behind a word, but for a word of thanks.
fn is_last(passage: &Passage<'_>, at: usize) -> bool {
    let rest = passage.text().get(at..).unwrap_or("").trim_start();
    let word = rest
        .split(|sign: char| !sign.is_alphabetic())
        .next()
        .unwrap_or("");
    word.is_empty() || THANKS.contains(&word)
}

/// The words near a word, within a sentence's length.
pub(super) fn near<'p>(passage: &'p Passage<'_>, word: &Word) -> &'p [Word] {
    let from = word.start.saturating_sub(BESIDE_BYTES);
    let first = passage.words.partition_point(|other| other.start < from);
    let last = passage
        .words
        .partition_point(|other| other.start <= word.start + BESIDE_BYTES);
    &passage.words[first..last]
}

/// Everything that one of the frames finds in a passage, the longest of what overlaps.
pub(super) fn all_found(passage: &Passage<'_>, frames: &[Frame]) -> Vec<Range<usize>> {
    let ranges = frames
        .iter()
        .flat_map(|frame| found(passage, frame))
        .collect();
    apart(ranges)
}

/// Stretches by start, without those that overlap an earlier one.
pub(super) fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut free_from = 0;
    ranges.retain(|range| {
        let is_free = range.start >= free_from;
        if is_free {
            free_from = range.end;
        }
        is_free
    });
    ranges
}

/// Whether some word of these classes stands in the passage, not denied.
pub(super) fn has(passage: &Passage<'_>, kinds: &[Kind]) -> bool {
    let may_be = kinds.iter().any(|&kind| passage.holds(kind));
    may_be
        && passage
            .words
            .iter()
            .any(|word| !word.negated && kinds.contains(&word.kind))
}

/// Whether some word of these classes stands in the passage, denied or not.
pub(super) fn has_any(passage: &Passage<'_>, kinds: &[Kind]) -> bool {
    let may_be = kinds.iter().any(|&kind| passage.holds(kind));
    may_be && passage.words.iter().any(|word| kinds.contains(&word.kind))
}

/// A signal at each stretch, or a refusal for this reason.
pub(super) fn tell(
    passage: &Passage<'_>,
    ranges: Vec<Range<usize>>,
    observed: &Observed,
    candidate: &str,
    refused: Option<&str>,
    signals: &mut Vec<Signal>,
) {
    for range in ranges {
        signals.push(match refused {
            Some(reason) => {
                let words = passage.flat.get(range.clone()).unwrap_or("").to_owned();
                passage.refusal(candidate, words, reason, range)
            }
            None => passage.signal(observed.clone(), range),
        });
    }
}
