//! The sum: points by family under the caps, less protective evidence.

use std::collections::BTreeMap;

use model::{Family, Finding, ProtectiveFinding};

use crate::policy::Policy;

/// The parts of a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) total: i32,
    pub(super) by_family: BTreeMap<Family, i32>,
    pub(super) protective: i32,
}

/// The families of third-party control, against which a licence speaks (`indicators.md` 2.6: "P7
/// −20 for C-rules").
const CONTROL: [Family; 4] = [
    Family::Organisation,
    Family::Contact,
    Family::Photo,
    Family::Text,
];

pub(super) fn sum(policy: &Policy, findings: &[Finding], protective: &[ProtectiveFinding]) -> Sum {
    let by_family = capped(policy, findings.iter());
    let hard = capped(policy, findings.iter().filter(|one| one.hard));
    let hard: i32 = hard.values().sum();
    let points: i32 = by_family.values().sum();
    let of = |families: &[Family]| -> i32 {
        families
            .iter()
            .filter_map(|family| by_family.get(family))
            .sum()
    };
    let lines = &policy.protective;
    let stated = |wanted: &dyn Fn(&ProtectiveFinding) -> bool| -> i32 {
        let chosen = protective.iter().filter(|one| wanted(one));
        chosen.map(|one| one.points.min(0)).sum()
    };
    let only_minor = |one: &ProtectiveFinding| lines.only_minor.contains(&one.indicator);
    let only_control = |one: &ProtectiveFinding| lines.only_control.contains(&one.indicator);
    // Each may take away no more than what it works against.
    let against_minor = stated(&only_minor).max(hard - of(&[Family::Minor]));
    let against_control = stated(&only_control).max(-of(&CONTROL));
    let against_all = stated(&|one| !only_minor(one) && !only_control(one));
    let protective = (against_minor + against_control + against_all)
        .max(lines.floor)
        .max(hard - points);
    Sum {
        total: points + protective,
        by_family,
        protective,
    }
}

fn capped<'f>(
    policy: &Policy,
    findings: impl Iterator<Item = &'f Finding>,
) -> BTreeMap<Family, i32> {
    let mut sums: BTreeMap<Family, i32> = BTreeMap::new();
    for finding in findings.filter(|one| one.points > 0) {
        let sum = sums.entry(finding.family).or_default();
        *sum = sum.saturating_add(finding.points);
    }
    for (family, sum) in &mut sums {
        *sum = (*sum).min(policy.caps.get(family).copied().unwrap_or(0));
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}
