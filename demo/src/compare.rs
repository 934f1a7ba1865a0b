//! What was found against what was expected: the rows of the demo's table.

use std::collections::{BTreeMap, BTreeSet};

use model::{Assessment, Gate, GroupId, IndicatorId, ListingId, Triaged};

use crate::situation::{Grouping, Member, Situation};

impl Situation {
    /// Everything in which the program's answer differs from the expected one, a sentence each;
    /// empty when it is as expected.
    ///
    /// `assessments` are those of all live listings, `raised` the cases that triage made of them.
    pub fn compare(&self, assessments: &[Assessment], raised: &[Triaged]) -> Vec<String> {
        let mut differences = Vec::new();
        let by_id: BTreeMap<&ListingId, &Assessment> = assessments
            .iter()
            .map(|assessment| (&assessment.listing, assessment))
            .collect();
        let mut ids = BTreeSet::new();
        let mut members = Vec::new();
        for member in &self.members {
            let id = member.listing_id();
            match by_id.get(&id) {
                Some(assessment) => members.push(*assessment),
                None if member.goes => {}
                None => differences.push(format!("`{id}` was not assessed")),
            }
            ids.insert(id);
        }
        self.compare_cases(&ids, &members, raised, &mut differences);
        self.compare_lanes(&members, &mut differences);
        self.compare_indicators(&members, &mut differences);
        self.compare_groups(&ids, &members, assessments, &mut differences);
        differences
    }

    fn compare_cases(
        &self,
        ids: &BTreeSet<ListingId>,
        members: &[&Assessment],
        raised: &[Triaged],
        differences: &mut Vec<String>,
    ) {
        let touching: Vec<&Triaged> = raised
            .iter()
            .filter(|case| case.members.iter().any(|member| ids.contains(member)))
            .collect();
        let Some(lane) = self.expected.case else {
            for case in touching {
                differences.push(format!(
                    "a case was raised in lane `{}` by {}",
                    case.lane,
                    listed(&case.raised_by)
                ));
            }
            return;
        };
        if touching.is_empty() {
            differences.push(format!("no case; {}", nearest(members)));
        }
        for case in &touching {
            if case.lane != lane {
                differences.push(format!("lane `{}` instead of `{lane}`", case.lane));
            }
        }
        if self.expected.grouping == Grouping::Together && touching.len() > 1 {
            differences.push(format!("{} cases instead of one", touching.len()));
        }
        for id in ids {
            let is_missing = !touching.iter().any(|case| case.members.contains(id));
            if is_missing && !touching.is_empty() {
                differences.push(format!("`{id}` is in no case"));
            }
        }
    }

    fn compare_lanes(&self, members: &[&Assessment], differences: &mut Vec<String>) {
        let Some(lane) = self.expected.listing_lane else {
            return;
        };
        for member in members.iter().filter(|member| member.score.lane != lane) {
            differences.push(format!(
                "`{}` is in lane `{}` instead of `{lane}`",
                member.listing, member.score.lane
            ));
        }
    }

    fn compare_indicators(&self, members: &[&Assessment], differences: &mut Vec<String>) {
        for indicator in &self.expected.found {
            if !members.iter().any(|member| shows(member, indicator)) {
                differences.push(format!("{indicator} was not found"));
            }
        }
        for indicator in &self.expected.absent {
            for member in members {
                let scored = member
                    .findings
                    .iter()
                    .find(|finding| finding.indicator == *indicator && finding.points != 0);
                if let Some(finding) = scored {
                    differences.push(format!(
                        "{indicator} was found in `{}` by {}",
                        member.listing, finding.rule
                    ));
                }
            }
        }
    }

    fn compare_groups(
        &self,
        ids: &BTreeSet<ListingId>,
        members: &[&Assessment],
        assessments: &[Assessment],
        differences: &mut Vec<String>,
    ) {
        if self.expected.grouping == Grouping::Free {
            return;
        }
        let groups: Vec<&GroupId> = members
            .iter()
            .filter_map(|member| member.groups.case.as_ref())
            .collect();
        let distinct: BTreeSet<&GroupId> = groups.iter().copied().collect();
        match self.expected.grouping {
            Grouping::Together if distinct.len() != 1 || groups.len() != members.len() => {
                differences.push(format!(
                    "{} of {} members linked, in {} groups instead of one",
                    groups.len(),
                    members.len(),
                    distinct.len()
                ));
            }
            Grouping::Apart if distinct.len() != groups.len() => {
                differences.push("members that should stand apart are linked".to_owned());
            }
            _ => {}
        }
        let outsiders: Vec<ListingId> = assessments
            .iter()
            .filter(|assessment| !ids.contains(&assessment.listing))
            .filter(|assessment| {
                let group = assessment.groups.case.as_ref();
                group.is_some_and(|group| distinct.contains(group))
            })
            .map(|assessment| assessment.listing.clone())
            .collect();
        if !outsiders.is_empty() {
            differences.push(format!("linked with {} from outside", listed(&outsiders)));
        }
    }

    /// Whether this listing is one of the situation's.
    pub fn includes(&self, listing: &ListingId) -> bool {
        self.members
            .iter()
            .map(Member::listing_id)
            .any(|id| id == *listing)
    }
}

fn shows(assessment: &Assessment, indicator: &IndicatorId) -> bool {
    let finding = assessment
        .findings
        .iter()
        .any(|finding| finding.indicator == *indicator);
    let protective = assessment
        .protective
        .iter()
        .any(|finding| finding.indicator == *indicator);
    finding || protective
}

/// What the member with the highest score is missing.
fn nearest(members: &[&Assessment]) -> String {
    let best = members.iter().max_by_key(|member| member.score.total);
    match best.map(|member| (&member.listing, &member.gate)) {
        Some((listing, Gate::Closed { missing })) => format!("nearest is `{listing}`: {missing}"),
        _ => "the gate of a member is open, but triage made nothing of it".to_owned(),
    }
}

fn listed(ids: &[ListingId]) -> String {
    const SHOWN: usize = 3;
    let mut shown: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
    if ids.len() > SHOWN {
        shown.push(format!("{} more", ids.len() - SHOWN));
    }
    shown.join(", ")
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
