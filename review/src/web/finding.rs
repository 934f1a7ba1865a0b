//! Findings and protective evidence of one listing in the order and under the numbers that its text
//! and its lists share.

use model::{Assessment, Evidence, Family, Finding, Localised};

use super::words::Words;

/// How a finding is drawn. Each look has its own colour *and* its own underline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Minor,
    Help,
    Organised,
    Label,
    Protective,
}

impl Look {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Minor => "look-minor",
            Self::Help => "look-help",
            Self::Organised => "look-organised",
            Self::Label => "look-label",
            Self::Protective => "look-protective",
        }
    }

    const fn of(family: Family, points: i32, hard: bool) -> Self {
        match family {
            Family::Minor if points > 0 || hard => Self::Minor,
            Family::Extortion | Family::Recruitment => Self::Help,
            _ if points > 0 || hard => Self::Organised,
            _ => Self::Label,
        }
    }
}

/// A finding or a piece of protective evidence, as the page numbers it within its listing.
pub(super) struct Item<'a> {
    pub(super) number: usize,
    pub(super) look: Look,
    pub(super) rule: &'a str,
    pub(super) version: u32,
    pub(super) indicator: &'a str,
    pub(super) points: i32,
    pub(super) hard: bool,
    pub(super) heading: String,
    pub(super) evidence: &'a [Evidence],
    pub(super) why: &'a Localised,
}

/// Findings, the weightiest first, then protective evidence, numbered from 1.
pub(super) fn items<'a>(words: &Words, assessment: &'a Assessment) -> Vec<Item<'a>> {
    let mut findings: Vec<_> = assessment.findings.iter().collect();
    findings.sort_by_key(|finding| (!finding.hard, -finding.points, &finding.rule));
    let mut protective: Vec<_> = assessment.protective.iter().collect();
    protective.sort_by_key(|finding| (finding.points, &finding.rule));
    let found = findings.into_iter().map(|finding| Item {
        number: 0,
        look: Look::of(finding.family, finding.points, finding.hard),
        rule: &finding.rule.0,
        version: finding.version,
        indicator: &finding.indicator.0,
        points: finding.points,
        hard: finding.hard,
        heading: heading(words, finding),
        evidence: &finding.evidence,
        why: &finding.why,
    });
    let protecting = protective.into_iter().map(|finding| Item {
        number: 0,
        look: Look::Protective,
        rule: &finding.rule.0,
        version: finding.version,
        indicator: &finding.indicator.0,
        points: finding.points,
        hard: false,
        heading: String::new(),
        evidence: &finding.evidence,
        why: &finding.why,
    });
    let mut items: Vec<Item<'a>> = found.chain(protecting).collect();
    for (at, item) in items.iter_mut().enumerate() {
        item.number = at + 1;
    }
    items
}

/// The family of a finding and the kind of its evidence; once where both have the same name.
fn heading(words: &Words, finding: &Finding) -> String {
    let (family, kind) = ((words.family)(finding.family), (words.kind)(finding.kind));
    if family == kind {
        family.to_owned()
    } else {
        format!("{family}, {kind}")
    }
}
