//! The gate: which findings raise a case.
//!
//! Invariant: one indicator alone never opens the gate, nor one fact seen twice, but for a hard
//! minor finding and the two indicators that have lanes of their own (`indicators.md`, "The
//! gate"). Labels, which have 0 points, never count.

use model::{Family, Finding, Gate, IndicatorId, Lane, RuleId};

use super::independence::Facts;
use crate::policy::Policy;

const HARD_MINOR: &str = "hard-minor";
const TWO_MINOR: &str = "two-minor";
const EXTORTION: &str = "extortion";
const RECRUITMENT: &str = "recruitment";
const LINE: &str = "line";

/// The lane that a clause leads to.
pub(super) fn lane(clause: &str) -> Lane {
    match clause {
        HARD_MINOR | TWO_MINOR => Lane::Minor,
        EXTORTION => Lane::VictimHelp,
        RECRUITMENT => Lane::Recruitment,
        _ => Lane::Organised,
    }
}

/// The first clause that is met, the most urgent first.
pub(super) fn gate(
    policy: &Policy,
    findings: &[Finding],
    facts: &Facts,
    total: i32,
    spam: bool,
) -> Gate {
    let lines = &policy.gate;
    let hard: Vec<usize> = positions(findings, &|one| one.hard);
    if !hard.is_empty() {
        return open(HARD_MINOR, findings, hard);
    }
    if spam {
        return Gate::Closed {
            missing: "labelled as spam, which never raises a case".to_owned(),
        };
    }
    let minor = |one: &Finding| one.family == Family::Minor;
    if let Some(chosen) = facts.choose(findings, &minor, lines.n_minor_indicators, 0) {
        return open(TWO_MINOR, findings, chosen);
    }
    let counting = |wanted: &[IndicatorId]| {
        positions(findings, &|one| {
            one.points > 0 && wanted.contains(&one.indicator)
        })
    };
    let extortion = counting(&lines.extortion_alone);
    if !extortion.is_empty() {
        return open(EXTORTION, findings, extortion);
    }
    let recruits_minors = counting(&lines.recruitment_alone);
    if !recruits_minors.is_empty() {
        return open(RECRUITMENT, findings, recruits_minors);
    }
    let (lead, with) = (
        counting(&lines.recruitment_lead),
        counting(&lines.recruitment_with),
    );
    if !lead.is_empty() && !with.is_empty() {
        return open(RECRUITMENT, findings, [lead, with].concat());
    }
    let any = |_: &Finding| true;
    if total >= lines.line
        && let Some(chosen) = facts.choose(findings, &any, lines.n_indicators, lines.n_kinds)
    {
        return open(LINE, findings, chosen);
    }
    let n_minor = facts.n_indicators(findings, &minor, lines.n_minor_indicators);
    let mut missing = format!(
        "{total} points of {}, {} of {}, {} of {}",
        lines.line,
        counted(facts.kinds(findings).len(), "kind"),
        lines.n_kinds,
        counted(
            facts.n_indicators(findings, &any, lines.n_indicators),
            "indicator"
        ),
        lines.n_indicators,
    );
    if n_minor > 0 {
        missing += &format!(
            "; {} of {}",
            counted(n_minor, "minor indicator"),
            lines.n_minor_indicators
        );
    }
    if let Some(first) = lead.first() {
        let with: Vec<&str> = lines
            .recruitment_with
            .iter()
            .map(|id| id.0.as_str())
            .collect();
        missing += &format!(
            "; {} without {}",
            findings[*first].indicator,
            with.join(" or ")
        );
    }
    Gate::Closed { missing }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn positions(findings: &[Finding], wanted: &dyn Fn(&Finding) -> bool) -> Vec<usize> {
    findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| wanted(finding))
        .map(|(at, _)| at)
        .collect()
}

fn open(clause: &str, findings: &[Finding], carrying: Vec<usize>) -> Gate {
    let mut rules: Vec<RuleId> = carrying
        .into_iter()
        .map(|at| findings[at].rule.clone())
        .collect();
    rules.sort();
    rules.dedup();
    Gate::Open {
        clause: clause.to_owned(),
        rules,
    }
}
