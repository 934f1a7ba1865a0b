//! Findings, score, band, lane and gate of one listing.
//!
//! Place in the flow: the last step of the pure part. Signals and link facts go in, the rules
//! run, and the policy says what follows. Nothing here decides about anybody: an open gate means
//! that a person should look.
//!
//! Invariant: the total is the sum of the findings' points under the family caps, less protective
//! evidence; nothing else. Invariant: protective evidence never lowers what hard minor findings
//! give. Invariant: same input, pack and policy give the same value; the order of rules and
//! findings does not matter.

mod gate;
mod independence;
mod score;
mod without_text;

use model::{
    Assessment, Band, ConditionUnknown, Evidence, FactName, Family, Finding, Gate, Lane,
    LinkContext, ListingVersion, ProtectiveFinding, Score, Signal,
};

use crate::policy::Policy;
use crate::rules::{Outcome, Rule, RulePack, Subject, Verdict, language};
use independence::Facts;

/// The version of the engine, printed with every assessment.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// A rule pack and a policy, ready to assess listings. It can be shared among threads.
#[derive(Clone, Debug)]
pub struct Scorer {
    pack: RulePack,
    policy: Policy,
}

impl Scorer {
    /// Joins rules and policy.
    pub const fn new(pack: RulePack, policy: Policy) -> Self {
        Self { pack, policy }
    }

    /// The rules.
    pub const fn pack(&self) -> &RulePack {
        &self.pack
    }

    /// The policy.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Assesses one listing. It cannot fail: what is wrong with a listing stands in the
    /// assessment's `problems`, what could not be known in its `unknown`.
    pub fn assess(
        &self,
        version: &ListingVersion,
        signals: Vec<Signal>,
        links: &LinkContext,
    ) -> Assessment {
        let subject = Subject::new(version, &signals, links);
        let mut findings = Vec::new();
        let mut protective = Vec::new();
        let mut unknown = Vec::new();
        for (rule, outcome) in self.pack.run(&subject) {
            match &outcome.verdict {
                Verdict::Silent => {}
                Verdict::Unknown(missing) => unknown.push(ConditionUnknown {
                    rule: rule.id.clone(),
                    missing: missing.clone(),
                }),
                Verdict::Fires => match rule.family {
                    Some(family) => findings.push(self.finding(rule, family, outcome)),
                    None => protective.push(self.protective(rule, outcome, links)),
                },
            }
        }
        let facts = Facts::of(&findings, &signals);
        let (score, gate) = judge(&self.policy, &findings, &protective, &facts);
        Assessment {
            listing: version.id.clone(),
            engine: ENGINE.to_owned(),
            pack: self.pack.reference(),
            policy: self.policy.reference(),
            context: links.digest(),
            language: language(version, &signals),
            findings,
            protective,
            score,
            gate,
            groups: links.groups.clone(),
            unknown,
            problems: problems(version),
            signals,
        }
    }

    fn finding(&self, rule: &Rule, family: Family, outcome: Outcome) -> Finding {
        let points = self.counted(rule, outcome.points, &outcome.evidence);
        Finding {
            rule: rule.id.clone(),
            version: rule.version,
            indicator: rule.indicator.clone(),
            kind: rule.kind,
            family,
            points,
            hard: rule.hard && points > 0,
            evidence: outcome.evidence,
            why: rule.rationale.clone(),
        }
    }

    /// The points of a finding under the policy. A rule that is a label stays one, whatever the
    /// policy gives its indicator.
    fn counted(&self, rule: &Rule, points: i32, evidence: &[Evidence]) -> i32 {
        if points == 0 || !rule.counts() || !self.enough(rule, evidence) {
            return 0;
        }
        let stated = self.policy.points.get(&rule.indicator);
        stated.copied().unwrap_or(points)
    }

    /// Whether the facts that a finding rests on reach the policy's minimum for its indicator.
    fn enough(&self, rule: &Rule, evidence: &[Evidence]) -> bool {
        let Some(minimum) = self.policy.minimum.get(&rule.indicator) else {
            return true;
        };
        evidence.iter().all(|item| match item {
            Evidence::Linked { value, .. } => value >= minimum,
            _ => true,
        })
    }

    fn protective(&self, rule: &Rule, outcome: Outcome, links: &LinkContext) -> ProtectiveFinding {
        ProtectiveFinding {
            rule: rule.id.clone(),
            version: rule.version,
            indicator: rule.indicator.clone(),
            points: self.counted_against(rule, outcome.points, links),
            evidence: outcome.evidence,
            why: rule.rationale.clone(),
        }
    }

    /// The points of protective evidence under the policy: in a template that several identities
    /// share, stated boundaries are copied text.
    fn counted_against(&self, rule: &Rule, points: i32, links: &LinkContext) -> i32 {
        let lines = &self.policy.protective;
        let copied = lines.template_indicators.contains(&rule.indicator)
            && links
                .facts
                .get(&FactName::TextIdentities)
                .is_some_and(|fact| fact.value >= lines.template_identities);
        if copied || !rule.counts() { 0 } else { points }
    }
}

/// Score and gate follow from findings and policy alone.
fn judge(
    policy: &Policy,
    findings: &[Finding],
    protective: &[ProtectiveFinding],
    facts: &Facts,
) -> (Score, Gate) {
    let sum = score::sum(policy, findings, protective);
    let spam = findings.iter().any(|one| one.family == Family::Spam);
    let gate = gate::gate(policy, findings, facts, sum.total, spam);
    let lane = match &gate {
        Gate::Open { clause, .. } => gate::lane(clause),
        Gate::Closed { .. } if spam => Lane::Spam,
        Gate::Closed { .. } => Lane::None,
    };
    let score = Score {
        total: sum.total,
        by_family: sum.by_family,
        kinds: facts.kinds(findings),
        protective: sum.protective,
        band: band(policy, sum.total),
        lane,
    };
    (score, gate)
}

fn band(policy: &Policy, total: i32) -> Band {
    let [low, medium, high] = policy.bands;
    match total {
        total if total >= high => Band::High,
        total if total >= medium => Band::Medium,
        total if total >= low => Band::Low,
        _ => Band::None,
    }
}

fn problems(version: &ListingVersion) -> Vec<String> {
    let mut problems = Vec::new();
    if let Some(tag) = &version.language
        && model::Language::from_tag(tag).is_none()
    {
        problems.push(format!(
            "language: `{tag}` has no cue words; the cues of all languages were tried"
        ));
    }
    problems
}

#[cfg(test)]
mod tests;
