//! One rule as it stands in its file: what it says, what it matches, and who should read it how.

use std::collections::BTreeMap;

use model::{Digest, EvidenceKind, Family, Field, IndicatorId, Language, Localised, RuleId};

use super::borders::Border;
use super::condition::Condition;
use super::example::Example;
use super::lazy::LazyRegex;
use super::pattern::Pattern;

/// How far a rule has come. Only [`Status::runs`] rules are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Being written; does not run.
    Draft,
    /// Runs and is shown as a label, without points.
    Shadow,
    /// Runs with points; not yet judged by readers.
    Test,
    /// Runs with points; judged by readers.
    Stable,
    /// Kept so that its id never returns; does not run.
    Deprecated,
}

impl Status {
    /// Whether rules of this status are evaluated.
    pub const fn runs(self) -> bool {
        matches!(self, Self::Shadow | Self::Test | Self::Stable)
    }
}

/// How much weight the author gives to a hit, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A description.
    Informational,
    /// Weak alone.
    Low,
    /// Worth a look together with others.
    Medium,
    /// Worth a look.
    High,
    /// Always looked at.
    Critical,
}

/// A rule: what it claims, when it fires, and what speaks against it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Never reused.
    pub id: RuleId,
    /// Never reused either; ties the rule to records outside.
    pub uuid: String,
    /// Rises when what the rule flags changes.
    pub version: u32,
    /// For lists.
    pub title: Localised,
    /// How far it has come.
    pub status: Status,
    /// For people.
    pub level: Level,
    /// The indicator of the catalogue.
    pub indicator: IndicatorId,
    /// Whose cap it counts under; `None` for protective evidence.
    pub family: Option<Family>,
    /// What it is read from.
    pub kind: EvidenceKind,
    /// Whether a hit goes to a person whatever the score.
    pub hard: bool,
    /// The languages that its cues are written in; empty for rules without cues.
    pub languages: Vec<Language>,
    /// Where it comes from.
    pub references: Vec<String>,
    /// Why, for the person who reads a finding.
    pub rationale: Localised,
    /// What may look the same and is harmless.
    pub false_positives: Vec<String>,
    /// What it cannot see.
    pub blind_spots: Vec<String>,
    /// What to do with a hit.
    pub triage: Localised,
    /// Points of one hit, before tiers.
    pub points: i32,
    /// The file it was read from.
    pub path: String,
    /// Digest of its content, examples and layout left out.
    pub digest: Digest,
    pub(crate) once_per: OncePer,
    pub(crate) fields: Vec<Field>,
    pub(crate) patterns: Vec<Pattern>,
    /// Stretches of `patterns`: the first is `[match]`, the others are `[[match.also]]`.
    pub(crate) groups: Vec<Group>,
    pub(crate) negations: Vec<Negation>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) excludes: Vec<Exclude>,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) examples: Vec<Example>,
    /// Texts that the forbidden-feature lint reads, with their lines.
    pub(crate) lintable: Vec<(usize, String)>,
}

impl Rule {
    /// Whether its findings may carry points.
    pub(crate) const fn counts(&self) -> bool {
        matches!(self.status, Status::Test | Status::Stable)
    }

    /// What takes the rule or a hit away, by name, and why.
    pub fn exclusions(&self) -> impl Iterator<Item = (&str, &Localised)> {
        self.excludes
            .iter()
            .map(|exclude| (exclude.id.as_str(), &exclude.reason))
    }

    /// Whether it speaks against concern.
    pub const fn is_protective(&self) -> bool {
        self.family.is_none()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OncePer {
    Listing,
    Sentence,
    Match,
}

/// Patterns of which enough must hit.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) patterns: std::ops::Range<usize>,
    /// Hits that do not overlap.
    pub(crate) at_least: usize,
    /// Whether the hits must stand in the same sentence as one of the first group.
    pub(crate) same_sentence: bool,
}

/// Words near a hit that take it away.
#[derive(Clone, Debug)]
pub(crate) struct Negation {
    pub(crate) side: Side,
    pub(crate) tokens: usize,
    pub(crate) border: Border,
    /// Beginnings of pattern ids; empty = all patterns.
    pub(crate) patterns: Vec<String>,
    /// By language; `None` works on every pattern.
    pub(crate) words: Vec<(Option<Language>, LazyRegex)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
    Around,
}

/// What takes the whole rule or a hit away, and why.
#[derive(Clone, Debug)]
pub(crate) struct Exclude {
    pub(crate) id: String,
    pub(crate) reason: Localised,
    pub(crate) scope: Scope,
    pub(crate) test: ExcludeTest,
}

#[derive(Clone, Debug)]
pub(crate) enum ExcludeTest {
    Text(Vec<LazyRegex>),
    When(Condition),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Listing,
    Sentence,
    Match,
}

/// Other points when more is known.
#[derive(Clone, Debug)]
pub(crate) struct Tier {
    pub(crate) when: Condition,
    pub(crate) points: i32,
}

/// What the rules of a pack share: exclusions and word lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    pub(crate) excludes: Vec<Exclude>,
    pub(crate) words: BTreeMap<String, Vec<(Option<Language>, LazyRegex)>>,
    pub(crate) lintable: Vec<(usize, String)>,
}

/// The indicators that a rule may cite (`indicators.md`); `spam` is the label for listings that
/// are no advertisement of this kind.
pub(crate) const INDICATORS: &[&str] = &[
    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "C1", "C2", "C3", "C4", "C5", "C6", "C7",
    "C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C16", "C17", "C19", "C20", "H1", "H2",
    "H3", "H4", "H5", "H6", "H8", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "D1", "D2", "P1", "P2",
    "P3", "P4", "P5", "P6", "P7", "spam",
];

pub(crate) const LANGUAGES: &[(&str, Language)] = &[
    ("nl", Language::Nl),
    ("en", Language::En),
    ("de", Language::De),
    ("fr", Language::Fr),
    ("es", Language::Es),
    ("ro", Language::Ro),
    ("hu", Language::Hu),
    ("pl", Language::Pl),
    ("bg", Language::Bg),
];

pub(crate) fn named<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Vec<(&'static str, T)> {
    all.iter().map(|item| (name(*item), *item)).collect()
}
