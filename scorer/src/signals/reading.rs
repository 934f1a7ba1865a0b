//! What all detectors share: the folded texts of a listing, their cues, clauses and languages.
//!
//! Place in the flow: made once for a listing version, before the first detector runs.
//!
//! An accented cue counts without its accents only where its language is spoken: Spanish "niña" is
//! not the name Nina. A cue counts where its language is plausible: for the whole listing, for the sentence it stands
//! in, or by itself when it is three words long. When hardly anything tells the language, all of
//! them are plausible: detection must not decide what is found.

mod breaks;
mod scores;
mod steps;

use std::cell::Cell;
use std::ops::Range;

use model::{Field, Language, ListingVersion, Observed, Refused, Signal, Span};

pub(crate) use self::breaks::is_ornament;
use self::breaks::{Break, breaks};
use self::scores::{Scores, bit};
use self::steps::Steps;
use super::clauses::{self, Word};
use super::contacts;
use super::extent;
use super::lexicon::{self, Cues, Hit, Kind, Kinds, SELF_EVIDENT_WORDS, Scan, Vote};
use super::numbers::{self, Shape};
use super::ordinary;
use super::phones;
use super::trade;
use super::vocabulary::{self, List, Listed};
use crate::{Folded, fold};

/// A listing version as the detectors see it.
pub(crate) struct Reading<'a> {
    /// The listing.
    pub(crate) version: &'a ListingVersion,
    /// Title and text.
    pub(crate) passages: Vec<Passage<'a>>,
    /// The declared language, else the one that the function words tell.
    pub(crate) language: Option<Language>,
    is_other_trade: bool,
    is_ordinary: bool,
    has_own_voice: bool,
}

/// One field of running text.
pub(crate) struct Passage<'a> {
    /// The field.
    pub(crate) field: Field,
    /// As it was written.
    pub(crate) original: &'a str,
    /// Its plain form, as far as it is read.
    pub(crate) folded: Folded,
    /// The bytes of a text of excessive length that are not read.
    pub(crate) left_out: Option<Range<usize>>,
    /// The plain form with line feeds as spaces: for cues of several words.
    pub(crate) flat: String,
    /// Cues of plausible languages, by start.
    pub(crate) hits: Vec<Hit>,
    /// What kinds of cues are among them.
    kinds: Kinds,
    /// The words that statements are put together from, by start.
    pub(crate) words: Vec<Word>,
    /// Whether it is written in Cyrillic letters.
    pub(crate) is_cyrillic: bool,
    /// Function words, by start.
    votes: Vec<Vote>,
    /// Places in `hits`, by end.
    by_end: Vec<u32>,
    /// Where to look in `hits` and in `by_end` for a byte of the text.
    starts: Steps,
    ends: Steps,
    /// Ends of clauses and sentences, in order.
    breaks: Vec<Break>,
    /// Runs of digits, in order.
    digits: Vec<Range<usize>>,
    /// Dates, times, prices by their form.
    shapes: Vec<Shape>,
    /// Single letters with a space between, joined.
    pub(crate) spaced_out: Vec<(Range<usize>, String)>,
    /// Words that some list of words holds or begins, in order.
    listed: Vec<Listed>,
}

impl<'a> Reading<'a> {
    /// Reads title and text, and judges what the listing is about.
    pub(crate) fn of(version: &'a ListingVersion) -> Self {
        let mut reading = Self::with(version, Cues::All);
        for passage in &mut reading.passages {
            passage.words = clauses::words(passage, reading.language);
        }
        reading.is_other_trade = trade::is_other_trade(&reading);
        reading.is_ordinary = ordinary::is_ordinary(&reading);
        reading.has_own_voice = reading
            .passages
            .iter()
            .any(|passage| clauses::has_any(passage, &[Kind::Voice]));
        reading
    }

    /// Reads title and text as far as phones ask. A misspelt digit word is one that no cue is: where
    /// there may be one, all of them are looked for.
    pub(crate) fn of_phones(version: &'a ListingVersion) -> Self {
        let reading = Self::with(version, Cues::OfPhones);
        if reading.passages.iter().any(phones::may_be_misspelt) {
            return Self::with(version, Cues::All);
        }
        reading
    }

    /// Reads title and text: these cues and the language, no statements.
    fn with(version: &'a ListingVersion, cues: Cues) -> Self {
        let mut scanned = [
            Passage::scanned(Field::Title, &version.title, cues),
            Passage::scanned(Field::Text, &version.text, cues),
        ];
        let mut scores = Scores::default();
        for (passage, _) in &scanned {
            scores.add_all(&passage.votes);
        }
        let declared = version.language.as_deref().and_then(Language::from_tag);
        let mut plausible = scores.plausible();
        plausible |= declared.map_or(0, bit);
        for (passage, scan) in &mut scanned {
            if holds_cyrillic(&passage.flat) {
                passage.is_cyrillic = true;
                plausible |= bit(Language::Bg);
            }
            passage.keep_plausible(scan, plausible, &scores);
        }
        Self {
            version,
            passages: scanned.into_iter().map(|(passage, _)| passage).collect(),
            language: declared.or_else(|| scores.best()),
            is_other_trade: false,
            is_ordinary: false,
            has_own_voice: false,
        }
    }

    /// Whether the listing is about something else: a flat, a car, a job.
    pub(crate) const fn is_other_trade(&self) -> bool {
        self.is_other_trade
    }

    /// Whether a word of an ordinary firm, job or home settles what it is about, for statements
    /// about persons (`ordinary.rs`).
    pub(crate) const fn is_ordinary(&self) -> bool {
        self.is_ordinary
    }

    /// Whether somebody says "I" in it.
    pub(crate) const fn has_own_voice(&self) -> bool {
        self.has_own_voice
    }
}

impl<'a> Passage<'a> {
    /// Reads a text by itself, with the cues of all languages.
    pub(crate) fn of(field: Field, original: &'a str) -> Self {
        let (mut passage, scan) = Self::scanned(field, original, Cues::All);
        passage.keep(scan.hits(&passage.flat, |_| u16::MAX, |_| true));
        passage
    }

    /// Folds a text and finds what may be cues in it.
    fn scanned(field: Field, original: &'a str, cues: Cues) -> (Self, Scan) {
        let (folded, left_out) = extent::bounded(fold(original));
        let flat = folded.text().replace('\n', " ");
        let mut scan = lexicon::scan(&flat, cues);
        let breaks = breaks(folded.text());
        let digits = numbers::digit_runs(folded.text());
        let shapes = numbers::shapes(folded.text(), &digits);
        let spaced_out = contacts::spaced_out(&flat);
        let listed = vocabulary::listed(&flat);
        let passage = Self {
            field,
            original,
            folded,
            left_out,
            flat,
            hits: Vec::new(),
            kinds: Kinds::default(),
            votes: std::mem::take(&mut scan.votes),
            words: Vec::new(),
            is_cyrillic: false,
            by_end: Vec::new(),
            starts: Steps::default(),
            ends: Steps::default(),
            breaks,
            digits,
            shapes,
            spaced_out,
            listed,
        };
        (passage, scan)
    }

    /// The words that a list holds, in order.
    pub(crate) fn listed(&self, list: List) -> impl Iterator<Item = Range<usize>> {
        let words = self.listed.iter().filter(move |word| word.is_in(list));
        words.map(|word| word.range())
    }

    /// The words that begin with one that a list holds, in order.
    pub(crate) fn beginning(&self, list: List) -> impl Iterator<Item = Range<usize>> {
        let words = self.listed.iter().filter(move |word| word.begins_in(list));
        words.map(|word| word.range())
    }

    /// Whether a list holds one of the words.
    pub(crate) fn lists(&self, list: List) -> bool {
        self.listed(list).next().is_some()
    }

    /// Whether one of the words begins with one that a list holds.
    pub(crate) fn begins(&self, list: List) -> bool {
        self.beginning(list).next().is_some()
    }

    /// Runs of digits, in order.
    pub(crate) fn digits(&self) -> &[Range<usize>] {
        &self.digits
    }

    /// Dates, times, prices by their form, in order.
    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The date, time or price that shares a byte with a stretch.
    pub(crate) fn shape_at(&self, range: &Range<usize>) -> Option<&Shape> {
        let first = self
            .shapes
            .partition_point(|shape| shape.range.end <= range.start);
        self.shapes
            .get(first)
            .filter(|shape| shape.range.start < range.end)
    }

    /// Keeps the cues of languages that are plausible in the listing or in their sentence.
    fn keep_plausible(&mut self, scan: &Scan, plausible: u16, listing: &Scores) {
        // The sentence that was asked for last: neighbours stand in the same one.
        let known = Cell::new((0, 0, 0));
        let languages = |at: usize| {
            let (start, end, local) = known.get();
            if (start..end).contains(&at) {
                return plausible | local;
            }
            let sentence = self.sentence_start(at)..self.sentence_end(at);
            let local = self.scores_of(sentence.clone()).plausible_here();
            known.set((sentence.start, sentence.end, local));
            plausible | local
        };
        let hits = scan.hits(&self.flat, languages, |hit| {
            let self_evident = hit.n_words >= SELF_EVIDENT_WORDS && hit.kind != Kind::Number;
            let spoken = listing.knows(hit.language) || self_evident;
            let trusted =
                spoken || !needs_accents(hit) || !self.written(hit.start..hit.end).is_ascii();
            trusted && (self_evident || languages(hit.start) & bit(hit.language) != 0)
        });
        self.keep(hits);
    }

    /// Takes the cues that count, and makes them easy to look up.
    fn keep(&mut self, hits: Vec<Hit>) {
        for hit in &hits {
            self.kinds.insert(hit.kind);
        }
        self.by_end = (0u32..).take(hits.len()).collect();
        self.by_end.sort_by_key(|&at| hits[at as usize].end);
        self.starts = Steps::of(hits.iter().map(|hit| hit.start), self.flat.len());
        let ends = self.by_end.iter().map(|&at| hits[at as usize].end);
        self.ends = Steps::of(ends, self.flat.len());
        self.hits = hits;
    }

    /// Place of the first hit that begins at a byte or behind it.
    fn first_from(&self, at: usize) -> usize {
        let range = self.starts.around(at, self.hits.len());
        range.start + self.hits[range].partition_point(|hit| hit.start < at)
    }

    /// The folded text.
    pub(crate) fn text(&self) -> &str {
        self.folded.text()
    }

    /// What a stretch of the folded text looked like.
    pub(crate) fn written(&self, folded: Range<usize>) -> &'a str {
        self.original
            .get(self.folded.original(folded))
            .unwrap_or("")
    }

    /// The span in the original of a stretch of the folded text.
    pub(crate) fn span(&self, folded: Range<usize>) -> Span {
        let range = self.folded.original(folded);
        Span::new(self.field, range.start, range.end)
    }

    /// An observation at a stretch of the folded text.
    pub(crate) fn signal(&self, observed: Observed, folded: Range<usize>) -> Signal {
        Signal {
            observed,
            span: Some(self.span(folded)),
        }
    }

    /// A refusal at a stretch of the folded text.
    pub(crate) fn refusal(
        &self,
        candidate: &str,
        read_as: impl Into<String>,
        reason: &str,
        folded: Range<usize>,
    ) -> Signal {
        self.signal(
            Observed::Refused(Refused {
                candidate: candidate.to_owned(),
                read_as: read_as.into(),
                reason: reason.to_owned(),
            }),
            folded,
        )
    }

    /// Cues that end where `at` begins, but for a gap that `may_stand_between` allows.
    pub(crate) fn hits_before(
        &self,
        at: usize,
        gap_bytes: usize,
        may_stand_between: fn(char) -> bool,
    ) -> impl Iterator<Item = &Hit> {
        let from = at.saturating_sub(gap_bytes);
        let range = self.ends.around(from, self.by_end.len());
        let first = range.start
            + self.by_end[range].partition_point(|&index| self.hits[index as usize].end < from);
        self.by_end[first..]
            .iter()
            .map(|&index| &self.hits[index as usize])
            .take_while(move |hit| hit.end <= at)
            .filter(move |hit| {
                self.text()
                    .get(hit.end..at)
                    .is_some_and(|gap| gap.chars().all(may_stand_between))
            })
    }

    /// Cues that begin where `at` ends, but for a gap that `may_stand_between` allows.
    pub(crate) fn hits_after(
        &self,
        at: usize,
        gap_bytes: usize,
        may_stand_between: fn(char) -> bool,
    ) -> impl Iterator<Item = &Hit> {
        let first = self.first_from(at);
        self.hits[first..]
            .iter()
            .take_while(move |hit| hit.start <= at + gap_bytes)
            .filter(move |hit| {
                self.text()
                    .get(at..hit.start)
                    .is_some_and(|gap| gap.chars().all(may_stand_between))
            })
    }

    /// Cues that begin inside a stretch, by start.
    pub(crate) fn hits_in(&self, range: Range<usize>) -> &[Hit] {
        let first = self.first_from(range.start);
        let last = self.first_from(range.end);
        &self.hits[first..last.max(first)]
    }

    /// Cues of one kind, by start.
    pub(crate) fn hits_of(&self, kind: Kind) -> impl Iterator<Item = &Hit> {
        let hits = if self.holds(kind) { &*self.hits } else { &[] };
        hits.iter().filter(move |hit| hit.kind == kind)
    }

    /// Whether a cue of this kind is here.
    pub(crate) const fn holds(&self, kind: Kind) -> bool {
        self.kinds.contains(kind)
    }

    /// What the function words of a stretch say about its language.
    fn scores_of(&self, range: Range<usize>) -> Scores {
        let from = self
            .votes
            .partition_point(|vote| (vote.start as usize) < range.start);
        let to = self
            .votes
            .partition_point(|vote| (vote.start as usize) < range.end);
        let mut scores = Scores::default();
        scores.add_all(&self.votes[from..to.max(from)]);
        scores
    }

    /// The language of a stretch, when its function words tell it.
    pub(crate) fn language_of(&self, range: Range<usize>) -> Option<Language> {
        self.scores_of(range).best()
    }
}

/// Whether the bare letters of an accented cue may be a name or a word of another language. Labels
/// such as "order" are safe: they count only in front of digits.
const fn needs_accents(hit: &Hit) -> bool {
    hit.accented
        && !matches!(
            hit.kind,
            Kind::Id | Kind::Phone | Kind::Reversed | Kind::ZeroBefore
        )
}

fn holds_cyrillic(text: &str) -> bool {
    !text.is_ascii() && text.contains(|sign| matches!(sign, 'а'..='я'))
}
