//! One listing explained: its text with every signal lit, what was decoded, what was looked at and
//! refused, and what the rules made of it.
//!
//! Place in the flow: beside the exports, for one listing and one reader. It takes the listing and
//! its assessment and reads nothing itself. [`Explanation::terminal`] and [`Explanation::page`]
//! say the same.
//!
//! It shows phone numbers and names: it is for the eyes of who asked, and nothing of it is logged.
//!
//! Invariant: what a listing says stays text: no sign of it moves a cursor, changes the order of
//! reading or opens a tag (`neutral`, and the tests of `a_hostile_text_stays_text`).
//! Invariant: colour is never the only carrier: each signal has a number and its words.

mod labels;
mod neutral;
mod page;
mod terminal;
#[cfg(test)]
mod tests;
mod theme;

use std::borrow::Cow;
use std::ops::Range;

use model::{
    Assessment, Evidence, Field, Finding, Gate, ListingVersion, Localised, Observed,
    ProtectiveFinding, Signal, Span,
};

use self::labels::Labels;
use self::neutral::neutral;
pub use self::terminal::Ink;
use self::theme::Theme;
use crate::lighting::{Stretch, covered};
use crate::words::{Terms, Tongue};

/// A stretch is quoted up to so many characters; the whole of it stands in the text above it.
const QUOTE_CHARS: usize = 80;

/// So many signals are named for a stretch that a finding rests on.
const NUMBERS_SHOWN: usize = 8;

/// Fields that are shown where a listing has them, in this order.
const SHOWN: [Field; 7] = [
    Field::Title,
    Field::Text,
    Field::Age,
    Field::City,
    Field::Phones,
    Field::Emails,
    Field::Handles,
];

/// A listing, what was observed in it and what the rules made of that, ready to be shown.
#[derive(Debug)]
pub struct Explanation<'a> {
    version: &'a ListingVersion,
    assessment: &'a Assessment,
    place: &'a str,
    tongue: Tongue,
    passages: Vec<Passage<'a>>,
    /// What the listing shows as a whole, sentences in other languages, and fields without a text.
    whole: Vec<&'a Signal>,
}

/// A field with what was observed in it.
#[derive(Debug)]
struct Passage<'a> {
    field: Field,
    text: Cow<'a, str>,
    marks: Vec<Mark<'a>>,
}

/// A signal that a stretch of a field carries, under its number in the listing.
#[derive(Debug)]
struct Mark<'a> {
    number: usize,
    range: Range<usize>,
    signal: &'a Signal,
}

impl<'a> Explanation<'a> {
    /// Sorts what was observed by where it stands. `place` says where the listing was read from:
    /// `listings.csv:3`.
    ///
    /// The assessment is of this listing and made without links.
    pub fn of(
        version: &'a ListingVersion,
        assessment: &'a Assessment,
        place: &'a str,
        tongue: Tongue,
    ) -> Self {
        let mut passages: Vec<Passage<'a>> = SHOWN
            .into_iter()
            .filter_map(|field| {
                let text = version.field_text(field).filter(|text| !text.is_empty())?;
                Some(Passage {
                    field,
                    text,
                    marks: Vec::new(),
                })
            })
            .collect();
        let mut whole = Vec::new();
        for signal in &assessment.signals {
            // A sentence in another language is no stretch to light: it holds signals itself.
            let lit = signal.span.filter(|_| !is_language(signal));
            let home = lit.and_then(|span| {
                let passage = passages.iter_mut().find(|it| it.field == span.field)?;
                Some((passage, span))
            });
            match home {
                Some((passage, span)) => passage.marks.push(Mark {
                    number: 0,
                    range: covered(&passage.text, &span.range()),
                    signal,
                }),
                None => whole.push(signal),
            }
        }
        let marks = passages.iter_mut().flat_map(|passage| &mut passage.marks);
        for (at, mark) in marks.enumerate() {
            mark.number = at + 1;
        }
        Self {
            version,
            assessment,
            place,
            tongue,
            passages,
            whole,
        }
    }

    /// As text for a terminal or a file.
    pub fn terminal(&self, ink: Ink) -> String {
        terminal::written(self, ink)
    }

    /// As a web page that needs nothing else: no script, no style sheet, no picture.
    pub fn page(&self) -> String {
        page::written(self)
    }

    const fn terms(&self) -> &'static Terms {
        self.tongue.terms()
    }

    const fn labels(&self) -> &'static Labels {
        Labels::of(self.tongue)
    }

    /// Site, address and dates, as far as the listing states them.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let labels = self.labels();
        let version = self.version;
        let stated = [
            (labels.read_from, Some(self.place.to_owned())),
            (labels.site, version.site.as_ref().map(ToString::to_string)),
            (labels.address, version.url.clone()),
            (
                labels.posted,
                version.posted_at.map(|moment| moment.to_string()),
            ),
            (
                labels.seen,
                version.seen_at.map(|moment| moment.to_string()),
            ),
        ];
        stated
            .into_iter()
            .filter_map(|(name, value)| Some((name, neutral(&value?).replace('\n', " "))))
            .collect()
    }

    /// A signal in words, with the value that was decoded.
    fn told(&self, signal: &Signal) -> String {
        let mut told = (self.terms().observed)(&signal.observed);
        if let Some(value) = decoded(&signal.observed) {
            told.push_str(": ");
            told.push_str(value);
        }
        if let Observed::Phone(seen) = &signal.observed
            && let Some(owner) = (self.labels().owner)(seen.owner)
        {
            told.push_str(&format!(" ({owner})"));
        }
        neutral(&told).replace('\n', " ")
    }

    /// What the listing shows as a whole, a sentence of it in another language, or a field without
    /// a text.
    fn told_of_whole(&self, signal: &Signal) -> String {
        let told = self.told(signal);
        let Some(span) = signal.span else { return told };
        match self.quote(&span) {
            Some(quoted) => format!("“{quoted}”: {told}"),
            None => format!("{}: {told}", (self.terms().field)(span.field)),
        }
    }

    /// The words of a stretch, for a list: on one line, shortened.
    fn quote(&self, span: &Span) -> Option<String> {
        let text = self.version.field_text(span.field)?;
        let range = covered(&text, &span.range());
        let quoted = shortened(text.get(range)?);
        (!quoted.is_empty()).then_some(quoted)
    }

    /// What a finding rests on, a line each.
    fn rests_on(&self, evidence: &[Evidence]) -> Vec<String> {
        let terms = self.terms();
        evidence
            .iter()
            .map(|one| match one {
                Evidence::Span(span) => {
                    let field = (terms.field)(span.field);
                    match self.quote(span) {
                        Some(quoted) => format!("{field}: “{quoted}”{}", self.numbers_in(span)),
                        None => field.to_owned(),
                    }
                }
                Evidence::Field(field) => (terms.field)(*field).to_owned(),
                Evidence::Linked { fact, value, .. } => format!("{value} {}", (terms.fact)(*fact)),
            })
            .collect()
    }

    /// The numbers of the signals that begin in a stretch, ` (7, 8)`: where to find it in the text.
    fn numbers_in(&self, span: &Span) -> String {
        let Some(passage) = self.passages.iter().find(|it| it.field == span.field) else {
            return String::new();
        };
        let range = span.range();
        let first = passage
            .marks
            .partition_point(|mark| mark.range.start < range.start);
        let numbers: Vec<String> = passage.marks[first..]
            .iter()
            .take_while(|mark| mark.range.start < range.end)
            .filter(|mark| !mark.is_refused())
            .take(NUMBERS_SHOWN)
            .map(|mark| mark.number.to_string())
            .collect();
        if numbers.is_empty() {
            return String::new();
        }
        format!(" ({})", numbers.join(", "))
    }

    /// Findings, the weightiest first.
    fn findings(&self) -> Vec<Entry<'a>> {
        let mut findings: Vec<&Finding> = self.assessment.findings.iter().collect();
        findings.sort_by_key(|finding| (!finding.hard, -finding.points, &finding.rule));
        findings.into_iter().map(Entry::of_finding).collect()
    }

    /// What speaks against concern, the weightiest first.
    fn protective(&self) -> Vec<Entry<'a>> {
        let mut protective: Vec<&ProtectiveFinding> = self.assessment.protective.iter().collect();
        protective.sort_by_key(|finding| (finding.points, &finding.rule));
        protective.into_iter().map(Entry::of_protective).collect()
    }

    /// The rule, the indicator by its name, and the family: what stands small below a finding.
    fn origin(&self, entry: &Entry<'_>) -> String {
        let terms = self.terms();
        let mut parts = vec![
            format!("{} v{}", entry.rule, entry.version),
            format!("{} {}", entry.indicator, (terms.indicator)(entry.indicator)),
        ];
        if let Some(family) = entry.family {
            parts.push((terms.family)(family).to_owned());
        }
        neutral(&parts.join(" · ")).replace('\n', " ")
    }

    /// How the points add up, with band and lane.
    fn score(&self) -> String {
        let (terms, labels) = (self.terms(), self.labels());
        let score = &self.assessment.score;
        format!(
            "{}; {} {}; {} {}",
            crate::points::sum(terms, self.assessment),
            labels.band,
            (terms.band)(score.band),
            labels.lane,
            (terms.lane)(score.lane),
        )
    }

    /// Whether the listing raises a case by itself, and the rules that carry it or, in English, what
    /// is missing.
    fn gate(&self) -> [String; 2] {
        let labels = self.labels();
        match &self.assessment.gate {
            Gate::Open { clause, rules } => {
                let rules: Vec<&str> = rules.iter().map(|rule| rule.0.as_str()).collect();
                let clause = (self.terms().clause)(clause);
                [format!("{} {clause}", labels.gate_open), rules.join(", ")]
            }
            Gate::Closed { missing } => [labels.gate_closed.to_owned(), missing.clone()],
        }
    }

    /// `age 16` and `years of experience`, of a signal that was refused, with the language of the
    /// reason.
    fn refusal(&self, mark: &Mark<'_>) -> ([String; 2], Tongue) {
        let Observed::Refused(refused) = &mark.signal.observed else {
            return (Default::default(), self.tongue);
        };
        let candidate = (self.terms().candidate)(&refused.candidate);
        let taken_for = format!("{candidate} {}", refused.read_as);
        let (reason, tongue) = self.tongue.reason(&refused.reason);
        let told = [&taken_for, reason].map(|words| neutral(words).replace('\n', " "));
        (told, tongue)
    }

    /// What was wrong with the listing.
    fn problems(&self) -> Vec<String> {
        let problems = self.assessment.problems.iter();
        problems
            .map(|problem| neutral(problem).replace('\n', " "))
            .collect()
    }

    /// Engine, rules and policy: with them the same listing is explained in the same way.
    fn made_with(&self) -> String {
        let Assessment {
            engine,
            pack,
            policy,
            ..
        } = self.assessment;
        format!(
            "waaklicht {engine}, {} {}, {}",
            pack.name, pack.version, policy.name
        )
    }

    /// How many rules were waiting for links, and what the others lacked.
    fn undecided(&self) -> (usize, Vec<String>) {
        let mut n_links = 0;
        let mut lacking = Vec::new();
        for unknown in &self.assessment.unknown {
            if unknown.missing.starts_with("fact ") {
                n_links += 1;
            } else {
                let line = format!("{}: {}", unknown.rule, unknown.missing);
                lacking.push(neutral(&line).replace('\n', " "));
            }
        }
        (n_links, lacking)
    }
}

impl Passage<'_> {
    /// For cutting the text; the finding's number is the place in `marks`.
    fn stretches(&self) -> Vec<Stretch> {
        self.marks
            .iter()
            .enumerate()
            .map(|(at, mark)| Stretch {
                range: mark.range.clone(),
                finding: at,
            })
            .collect()
    }

    fn found(&self) -> impl Iterator<Item = &Mark<'_>> {
        self.marks.iter().filter(|mark| !mark.is_refused())
    }

    fn refused(&self) -> impl Iterator<Item = &Mark<'_>> {
        self.marks.iter().filter(|mark| mark.is_refused())
    }

    /// The words of a mark, for a list.
    fn quote(&self, mark: &Mark<'_>) -> String {
        shortened(self.text.get(mark.range.clone()).unwrap_or_default())
    }
}

impl Mark<'_> {
    const fn is_refused(&self) -> bool {
        matches!(self.signal.observed, Observed::Refused(_))
    }

    const fn theme(&self) -> Theme {
        Theme::of(&self.signal.observed)
    }
}

/// A finding or a piece of protective evidence, as a list shows it.
struct Entry<'a> {
    points: i32,
    hard: bool,
    rule: &'a str,
    version: u32,
    indicator: &'a str,
    family: Option<model::Family>,
    evidence: &'a [Evidence],
    why: &'a Localised,
}

impl<'a> Entry<'a> {
    fn of_finding(finding: &'a Finding) -> Self {
        Self {
            points: finding.points,
            hard: finding.hard,
            rule: &finding.rule.0,
            version: finding.version,
            indicator: &finding.indicator.0,
            family: Some(finding.family),
            evidence: &finding.evidence,
            why: &finding.why,
        }
    }

    fn of_protective(finding: &'a ProtectiveFinding) -> Self {
        Self {
            points: finding.points,
            hard: false,
            rule: &finding.rule.0,
            version: finding.version,
            indicator: &finding.indicator.0,
            family: None,
            evidence: &finding.evidence,
            why: &finding.why,
        }
    }
}

/// The value that was read, where the words for a signal leave it out.
fn decoded(observed: &Observed) -> Option<&str> {
    match observed {
        Observed::Phone(seen) => Some(seen.phone.as_str()),
        Observed::Handle { name, .. } => Some(name),
        Observed::Email(value)
        | Observed::Url(value)
        | Observed::Alias(value)
        | Observed::OtherTrade(value) => Some(value),
        Observed::Language(_)
        | Observed::Age(_)
        | Observed::Place { .. }
        | Observed::Price { .. }
        | Observed::Hours { .. }
        | Observed::Persons(_)
        | Observed::Speaker(_)
        | Observed::Answers(_)
        | Observed::SeeksPersons
        | Observed::Statement(_)
        | Observed::AgeConflict { .. }
        | Observed::Refused(_) => None,
    }
}

const fn is_language(signal: &Signal) -> bool {
    matches!(signal.observed, Observed::Language(_))
}

/// On one line, made harmless, cut.
fn shortened(words: &str) -> String {
    let mut quoted = neutral(words.trim()).replace('\n', " ");
    if let Some((cut, _)) = quoted.char_indices().nth(QUOTE_CHARS) {
        quoted.truncate(cut);
        quoted.push('…');
    }
    quoted
}
