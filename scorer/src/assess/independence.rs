//! When two findings rest on different facts.
//!
//! One age that stands in the field and in the text is one fact; two phrases over the same words
//! are one fact; two rules over one shared phone number are one fact. Two findings are
//! independent when they share none. That is strict on purpose: a finding with two spans, one of
//! which another finding uses too, does not count beside it.

use std::collections::BTreeSet;

use model::{Evidence, EvidenceKind, Field, Finding, Observed, Signal, Span};

/// Something that a finding rests on, named so that the same thing has the same name wherever it
/// was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fact {
    Age(u8),
    Phone(String),
    /// What joins listings: `contact`, `photo`, `text`, …
    Link(&'static str),
    Field(Field),
    Words(Span),
}

/// The facts of each finding, in the order of the findings.
#[derive(Clone, Debug)]
pub(super) struct Facts(Vec<BTreeSet<Fact>>);

impl Facts {
    pub(super) fn of(findings: &[Finding], signals: &[Signal]) -> Self {
        let facts = findings.iter().map(|finding| {
            let named = finding.evidence.iter().map(|item| named(item, signals));
            named.flatten().collect()
        });
        Self(facts.collect())
    }

    /// Whether two findings share no fact.
    fn independent(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.0[one], &self.0[other]);
        !one.iter().any(|fact| {
            other.contains(fact)
                || match fact {
                    Fact::Words(span) => other.iter().any(|other| match other {
                        Fact::Words(words) => words.overlaps(span),
                        _ => false,
                    }),
                    _ => false,
                }
        })
    }

    /// Findings with points and `n` different indicators among which no two share a fact, with at
    /// least `n_kinds` kinds of evidence: the first such combination in the order of the findings.
    pub(super) fn choose(
        &self,
        findings: &[Finding],
        eligible: &dyn Fn(&Finding) -> bool,
        n: usize,
        n_kinds: usize,
    ) -> Option<Vec<usize>> {
        let candidates: Vec<usize> = findings
            .iter()
            .enumerate()
            .filter(|(_, finding)| finding.points > 0 && eligible(finding))
            .map(|(at, _)| at)
            .collect();
        let mut chosen = Vec::with_capacity(n);
        let wanted = Wanted {
            facts: self,
            findings,
            candidates: &candidates,
            n,
            n_kinds,
        };
        wanted.extend(0, &mut chosen).then_some(chosen)
    }

    /// The largest number of different indicators, up to `most`, that rest on different facts.
    pub(super) fn n_indicators(
        &self,
        findings: &[Finding],
        eligible: &dyn Fn(&Finding) -> bool,
        most: usize,
    ) -> usize {
        (1..=most)
            .rev()
            .find(|n| self.choose(findings, eligible, *n, 0).is_some())
            .unwrap_or(0)
    }

    /// The kinds of evidence that carry points and rest on different facts: the largest such set,
    /// of several the first in the order of kinds.
    pub(super) fn kinds(&self, findings: &[Finding]) -> BTreeSet<EvidenceKind> {
        let by_kind: Vec<(EvidenceKind, Vec<usize>)> = EvidenceKind::ALL
            .iter()
            .map(|kind| {
                let of_kind = findings
                    .iter()
                    .enumerate()
                    .filter(|(_, finding)| finding.points > 0 && finding.kind == *kind);
                (*kind, of_kind.map(|(at, _)| at).collect::<Vec<_>>())
            })
            .filter(|(_, found)| !found.is_empty())
            .collect();
        let mut best = Vec::new();
        self.most_kinds(&by_kind, &mut Vec::new(), &mut best);
        best.into_iter().collect()
    }

    fn most_kinds(
        &self,
        left: &[(EvidenceKind, Vec<usize>)],
        chosen: &mut Vec<(EvidenceKind, usize)>,
        best: &mut Vec<EvidenceKind>,
    ) {
        let kinds = || chosen.iter().map(|(kind, _)| *kind);
        let larger = chosen.len() > best.len();
        if larger || (chosen.len() == best.len() && kinds().lt(best.iter().copied())) {
            *best = kinds().collect();
        }
        let Some(((kind, candidates), rest)) = left.split_first() else {
            return;
        };
        if chosen.len() + left.len() < best.len() {
            return;
        }
        for at in candidates {
            if chosen
                .iter()
                .all(|(_, other)| self.independent(*at, *other))
            {
                chosen.push((*kind, *at));
                self.most_kinds(rest, chosen, best);
                chosen.pop();
            }
        }
        self.most_kinds(rest, chosen, best);
    }
}

/// A search for a combination of findings.
struct Wanted<'w> {
    facts: &'w Facts,
    findings: &'w [Finding],
    candidates: &'w [usize],
    n: usize,
    n_kinds: usize,
}

impl Wanted<'_> {
    fn extend(&self, from: usize, chosen: &mut Vec<usize>) -> bool {
        if chosen.len() == self.n {
            let kinds: BTreeSet<EvidenceKind> =
                chosen.iter().map(|at| self.findings[*at].kind).collect();
            return kinds.len() >= self.n_kinds;
        }
        for (next, at) in self.candidates.iter().enumerate().skip(from) {
            let fits = chosen.iter().all(|other| {
                self.findings[*other].indicator != self.findings[*at].indicator
                    && self.facts.independent(*at, *other)
            });
            if fits {
                chosen.push(*at);
                if self.extend(next + 1, chosen) {
                    return true;
                }
                chosen.pop();
            }
        }
        false
    }
}

fn named(item: &Evidence, signals: &[Signal]) -> Vec<Fact> {
    match item {
        Evidence::Field(field) => vec![Fact::Field(*field)],
        Evidence::Linked { fact, .. } => {
            let name = fact.name();
            vec![Fact::Link(
                name.split_once('.').map_or(name, |(link, _)| link),
            )]
        }
        Evidence::Span(span) => {
            let mut facts = vec![Fact::Words(*span)];
            for signal in signals {
                if !signal.span.is_some_and(|seen| seen.overlaps(span)) {
                    continue;
                }
                match &signal.observed {
                    Observed::Age(age) => facts.push(Fact::Age(age.value)),
                    Observed::Phone(seen) => {
                        facts.push(Fact::Phone(seen.phone.as_str().to_owned()))
                    }
                    _ => {}
                }
            }
            facts
        }
    }
}
