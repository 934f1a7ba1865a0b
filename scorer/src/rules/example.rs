//! The examples that stand in every rule, and whether they hold.

use std::collections::BTreeMap;

use model::{
    AgeField, Author, Evidence, Fact, FactName, LinkContext, ListingId, ListingVersion, RuleId,
    Signal, Timestamp,
};

use super::RulePack;
use super::reader::{Free, Node, unknown};

/// A listing in miniature and what the rule must say of it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    number: usize,
    line: usize,
    version: ListingVersion,
    facts: BTreeMap<FactName, i64>,
    expect: Expect,
}

#[derive(Clone, Debug, Default)]
struct Expect {
    fires: bool,
    unknown: bool,
    /// A known gap: the expectation must *not* hold yet.
    todo: bool,
    spans: Option<Vec<(usize, usize)>>,
    words: Option<Vec<String>>,
    pattern: Option<String>,
    points: Option<i64>,
    why: Option<String>,
}

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: example {number} of `{rule}`: expected {expected}, found {found}")]
pub struct ExampleFailure {
    /// The rule's file.
    pub path: String,
    /// The line on which the example begins.
    pub line: usize,
    /// The rule.
    pub rule: RuleId,
    /// Counted from 1.
    pub number: usize,
    /// What the example says.
    pub expected: String,
    /// What the engine says.
    pub found: String,
}

/// What an example found, for comparison and for messages.
#[derive(Default)]
struct Found {
    fires: bool,
    unknown: Option<String>,
    spans: Vec<(usize, usize)>,
    words: Vec<String>,
    patterns: Vec<String>,
    refusals: Vec<String>,
    points: i32,
}

/// When the listings of examples were posted and their links made: any fixed moment does.
const EXAMPLE_MOMENT_MS: i64 = 1_767_225_600_000;

impl Example {
    pub(crate) fn read(node: Node<'_>, number: usize) -> Self {
        let line = node.line();
        let moment = Timestamp::from_ms(EXAMPLE_MOMENT_MS);
        let mut version = ListingVersion {
            title: node.text("title").unwrap_or_default(),
            text: node.text("text").unwrap_or_default(),
            language: node.text("lang"),
            posted_at: Some(moment),
            city: node.text("city"),
            country: node.text("country"),
            phones: node.texts("phones").unwrap_or_default(),
            handles: node.texts("handles").unwrap_or_default(),
            ..ListingVersion::empty(example_id())
        };
        if let Some(age) = node.table("age_field") {
            version.age = match (age.whole("number"), age.text("words")) {
                (Some(number), _) => Some(AgeField::Number(number)),
                (None, words) => words.map(AgeField::Words),
            };
            age.done();
        } else if let Some(number) = node.whole("age") {
            version.age = Some(AgeField::Number(number));
        }
        version.author = node.table("author").map(read_author);
        if let Some(attributes) = node.table("attributes") {
            for (name, _, value) in attributes.entries() {
                let value = match value {
                    Free::Text(text) => text.into(),
                    Free::Whole(number) => number.into(),
                    Free::Flag(flag) => flag.into(),
                    Free::Texts(texts) => texts.into(),
                };
                version.attributes.insert(name, value);
            }
        }
        let facts = node.table("facts").map(read_facts).unwrap_or_default();
        let expect = match node.table("expect") {
            Some(expect) => Expect::read(expect),
            None => {
                if !node.has("expect") {
                    node.refuse("expect", "an example needs `expect = { fires = … }`");
                }
                Expect::default()
            }
        };
        node.done();
        Self {
            number,
            line,
            version,
            facts,
            expect,
        }
    }

    pub(crate) const fn fires(&self) -> bool {
        self.expect.fires
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.version.text.clone()
    }

    fn links(&self) -> LinkContext {
        let mut links = LinkContext::alone(Timestamp::from_ms(EXAMPLE_MOMENT_MS));
        for (name, value) in &self.facts {
            links.facts.insert(
                *name,
                Fact {
                    value: *value,
                    members: Vec::new(),
                },
            );
        }
        links
    }
}

#[expect(clippy::expect_used, reason = "the literal is a valid id")]
fn example_id() -> ListingId {
    ListingId::new("example").expect("a valid id")
}

fn read_author(node: Node<'_>) -> Author {
    let author = Author {
        id: node.text("id"),
        name: node.text("name"),
        kind: node.text("kind"),
        verified: node.flag("verified"),
        payer_id: node.text("payer_id"),
        since: node
            .whole("days")
            .map(|days| Timestamp::from_ms(EXAMPLE_MOMENT_MS).plus_days(days.saturating_neg())),
    };
    node.done();
    author
}

fn read_facts(node: Node<'_>) -> BTreeMap<FactName, i64> {
    let mut facts = BTreeMap::new();
    for (name, line, value) in node.entries() {
        match (FactName::from_name(&name), value) {
            (Some(fact), Free::Whole(number)) => {
                facts.insert(fact, number);
            }
            (Some(_), _) => node
                .document()
                .refuse_line(line, format!("`{name}` must be a whole number")),
            (None, _) => node.document().refuse_line(
                line,
                unknown("fact", &name, FactName::ALL.iter().map(|(_, name)| *name)),
            ),
        }
    }
    facts
}

impl Expect {
    fn read(node: Node<'_>) -> Self {
        let mut spans = None;
        if node.has("spans") {
            spans = node.pairs("spans");
        }
        if !node.has("fires") {
            node.refuse("fires", "missing key `fires`");
        }
        let expect = Self {
            fires: node.flag("fires").unwrap_or(false),
            unknown: node.flag("unknown").unwrap_or(false),
            todo: node.flag("todo").unwrap_or(false),
            spans,
            words: node.texts("words"),
            pattern: node.text("pattern"),
            points: node.whole("points"),
            why: node.text("why"),
        };
        node.done();
        expect
    }

    fn holds(&self, found: &Found) -> bool {
        self.fires == found.fires
            && self.unknown == found.unknown.is_some()
            && self
                .spans
                .as_ref()
                .is_none_or(|spans| *spans == found.spans)
            && self
                .words
                .as_ref()
                .is_none_or(|words| *words == found.words)
            && self
                .pattern
                .as_ref()
                .is_none_or(|pattern| found.patterns.contains(pattern))
            && self
                .points
                .is_none_or(|points| points == i64::from(found.points))
            && self
                .why
                .as_ref()
                .is_none_or(|why| found.refusals.contains(why))
    }

    fn describe(&self) -> String {
        let mut parts = vec![verdict(self.fires, self.unknown)];
        if let Some(words) = &self.words {
            parts.push(format!("words {words:?}"));
        }
        if let Some(spans) = &self.spans {
            parts.push(format!("spans {spans:?}"));
        }
        if let Some(pattern) = &self.pattern {
            parts.push(format!("pattern `{pattern}`"));
        }
        if let Some(points) = self.points {
            parts.push(format!("{points} points"));
        }
        if let Some(why) = &self.why {
            parts.push(format!("refused by `{why}`"));
        }
        parts.join(", ")
    }
}

fn verdict(fires: bool, unknown: bool) -> String {
    match (fires, unknown) {
        (true, _) => "a hit",
        (false, true) => "unknown",
        (false, false) => "no hit",
    }
    .to_owned()
}

impl Found {
    fn describe(&self) -> String {
        let mut parts = vec![verdict(self.fires, self.unknown.is_some())];
        if let Some(missing) = &self.unknown {
            parts.push(format!("missing {missing}"));
        }
        if self.fires {
            parts.push(format!("words {:?}", self.words));
            parts.push(format!("spans {:?}", self.spans));
            parts.push(format!("patterns {:?}", self.patterns));
            parts.push(format!("{} points", self.points));
        }
        if !self.refusals.is_empty() {
            parts.push(format!("refused by {:?}", self.refusals));
        }
        parts.join(", ")
    }
}

impl RulePack {
    /// Runs every example of every rule; empty when all hold. A `todo` example must *not* hold:
    /// when it starts to, its mark is to be removed.
    pub fn verify(&self) -> Vec<ExampleFailure> {
        self.verify_with(&crate::signals)
    }

    /// The same with signals made otherwise, for tests.
    pub(crate) fn verify_with(
        &self,
        signals: &dyn Fn(&ListingVersion) -> Vec<Signal>,
    ) -> Vec<ExampleFailure> {
        let mut failures = Vec::new();
        for rule in self.rules() {
            for example in &rule.examples {
                let seen = signals(&example.version);
                let found = self.try_example(&rule.id, example, &seen);
                let holds = example.expect.holds(&found);
                if holds == example.expect.todo {
                    let mut expected = example.expect.describe();
                    if example.expect.todo {
                        expected =
                            format!("the known gap to fail still (remove `todo`): {expected}");
                    }
                    failures.push(ExampleFailure {
                        path: rule.path.clone(),
                        line: example.line,
                        rule: rule.id.clone(),
                        number: example.number,
                        expected,
                        found: found.describe(),
                    });
                }
            }
        }
        failures
    }

    fn try_example(&self, rule: &RuleId, example: &Example, signals: &[Signal]) -> Found {
        let links = example.links();
        let Some(outcome) = self.outcome(rule, &example.version, signals, &links) else {
            return Found::default();
        };
        let spans: Vec<model::Span> = outcome
            .evidence
            .iter()
            .filter_map(|evidence| match evidence {
                Evidence::Span(span) => Some(*span),
                _ => None,
            })
            .collect();
        let (fires, unknown) = match outcome.verdict {
            super::evaluate::Verdict::Fires => (true, None),
            super::evaluate::Verdict::Silent => (false, None),
            super::evaluate::Verdict::Unknown(missing) => (false, Some(missing)),
        };
        Found {
            fires,
            unknown,
            spans: spans
                .iter()
                .map(|span| (span.start as usize, span.end as usize))
                .collect(),
            words: spans
                .iter()
                .filter_map(|span| {
                    let text = example.version.field_text(span.field)?;
                    Some(text.get(span.range())?.to_owned())
                })
                .collect(),
            patterns: outcome.patterns,
            refusals: outcome.refusals,
            points: outcome.points,
        }
    }
}
