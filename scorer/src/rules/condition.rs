//! Conditions over signals, fields and facts.
//!
//! Invariant: a missing field or fact makes a condition *unknown*, never false. What the listing
//! itself would show (a signal) is never unknown: it was looked for and is there or not.

mod field;
mod signal;

use model::{Evidence, FactName};

use field::{FieldName, Test, holds_for_field, read_field};
use signal::{SIGNALS, SignalTest, read_signal};

use super::reader::{Node, unknown};
use super::subject::Subject;

/// What a condition says of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// It holds, and rests on this.
    Yes(Vec<Evidence>),
    No,
    /// This was missing.
    Unknown(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Fact(FactName, Bounds),
    Field(FieldName, Test),
    Signal(SignalTest),
    /// One of these holds.
    Any(Vec<Self>),
}

/// A number between two bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    least: i64,
    most: i64,
}

impl Condition {
    /// Reads one condition; mistakes are named in the document and give `None`.
    pub(crate) fn read(node: Node<'_>) -> Option<Self> {
        let condition = if let Some(name) = node.text("fact") {
            read_fact(&node, &name)
        } else if let Some(name) = node.text("field") {
            read_field(&node, &name)
        } else if let Some(kind) = node.choice("signal", SIGNALS) {
            Some(Self::Signal(read_signal(&node, kind)))
        } else if node.has("any") {
            let inner = node.tables("any").into_iter().filter_map(Self::read);
            Some(Self::Any(inner.collect()))
        } else {
            if !node.has("signal") {
                node.refuse(
                    "",
                    "a condition reads one of `fact`, `field`, `signal` or `any`",
                );
            }
            // What else the table holds cannot be judged without its kind.
            return None;
        };
        node.done();
        condition
    }

    /// The fact that it reads, if it reads one.
    pub(crate) const fn fact(&self) -> Option<FactName> {
        match self {
            Self::Fact(fact, _) => Some(*fact),
            _ => None,
        }
    }

    /// Whether what it rests on has a place in the listing.
    pub(crate) const fn reads_signal(&self) -> bool {
        matches!(self, Self::Signal(test) if !test.absent)
    }

    /// Whether it can name what it rests on when it holds.
    pub(crate) fn gives_evidence(&self) -> bool {
        match self {
            Self::Fact(..) => true,
            Self::Field(_, test) => !matches!(test, Test::Exists(false)),
            Self::Signal(test) => !test.absent,
            Self::Any(inner) => inner.iter().all(Self::gives_evidence),
        }
    }

    pub(crate) fn holds(&self, subject: &Subject<'_>) -> Truth {
        match self {
            Self::Fact(name, bounds) => match subject.links.facts.get(name) {
                None => Truth::Unknown(format!("fact `{name}`")),
                Some(fact) if bounds.hold(fact.value) => Truth::Yes(vec![Evidence::Linked {
                    fact: *name,
                    value: fact.value,
                    members: fact.members.clone(),
                }]),
                Some(_) => Truth::No,
            },
            Self::Field(name, test) => holds_for_field(name, test, subject),
            Self::Signal(test) => test.holds(subject),
            Self::Any(inner) => {
                let mut missing = None;
                for condition in inner {
                    match condition.holds(subject) {
                        Truth::Yes(evidence) => return Truth::Yes(evidence),
                        Truth::Unknown(what) => missing = missing.or(Some(what)),
                        Truth::No => {}
                    }
                }
                missing.map_or(Truth::No, Truth::Unknown)
            }
        }
    }
}

impl Bounds {
    pub(crate) const fn at_least(least: i64) -> Self {
        Self {
            least,
            most: i64::MAX,
        }
    }

    const fn hold(self, value: i64) -> bool {
        self.least <= value && value <= self.most
    }

    /// `gte`, `gt`, `lte`, `lt`, `equals`; `None` when there is none of them.
    fn read(node: &Node<'_>) -> Option<Self> {
        let mut bounds = Self::at_least(i64::MIN);
        let mut any = false;
        for (key, low, high) in [
            ("gte", Some(0), None),
            ("gt", Some(1), None),
            ("lte", None, Some(0)),
            ("lt", None, Some(-1)),
        ] {
            if let Some(number) = node.whole(key) {
                any = true;
                if let Some(step) = low {
                    bounds.least = bounds.least.max(number.saturating_add(step));
                }
                if let Some(step) = high {
                    bounds.most = bounds.most.min(number.saturating_add(step));
                }
            }
        }
        if bounds.least > bounds.most {
            node.refuse("gte", "no number is within these bounds");
        }
        any.then_some(bounds)
    }
}

fn read_fact(node: &Node<'_>, name: &str) -> Option<Condition> {
    let bounds = Bounds::read(node);
    if bounds.is_none() {
        node.refuse("fact", "a fact needs `gte`, `gt`, `lte` or `lt`");
    }
    let Some(fact) = FactName::from_name(name) else {
        node.refuse(
            "fact",
            unknown("fact", name, FactName::ALL.iter().map(|(_, name)| *name)),
        );
        return None;
    };
    Some(Condition::Fact(fact, bounds?))
}
