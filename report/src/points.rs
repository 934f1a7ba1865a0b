//! How the points of a listing add up: by family under its cap, protective evidence off, total.

use std::collections::BTreeMap;

use model::{Assessment, Family};

use crate::words::Terms;

/// One family's points: as the findings say, and as they count under the family's cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyPoints {
    /// The family.
    pub family: Family,
    /// The sum of its findings.
    pub found: i32,
    /// What counts of it.
    pub counted: i32,
}

/// All families with findings that carry points, in the order of the contract.
pub fn by_family(assessment: &Assessment) -> Vec<FamilyPoints> {
    let mut found: BTreeMap<Family, i32> = BTreeMap::new();
    for finding in assessment.findings.iter().filter(|it| it.points != 0) {
        *found.entry(finding.family).or_default() += finding.points;
    }
    for family in assessment.score.by_family.keys() {
        found.entry(*family).or_default();
    }
    found
        .into_iter()
        .map(|(family, found)| FamilyPoints {
            family,
            found,
            counted: assessment
                .score
                .by_family
                .get(&family)
                .copied()
                .unwrap_or_default(),
        })
        .collect()
}

/// The sum on one line: `contact 45 + organisation 35 − 10 = 70`.
pub fn sum(terms: &Terms, assessment: &Assessment) -> String {
    let mut counted: Vec<(i32, &str)> = by_family(assessment)
        .into_iter()
        .filter(|points| points.counted != 0)
        .map(|points| (points.counted, (terms.family)(points.family)))
        .collect();
    counted.sort_by_key(|(points, name)| (-points, *name));
    let mut parts: Vec<String> = counted
        .into_iter()
        .map(|(points, name)| format!("{name} {points}"))
        .collect();
    if parts.is_empty() {
        parts.push("0".to_owned());
    }
    let is_sum = parts.len() > 1 || assessment.score.protective != 0;
    let mut sum = parts.join(" + ");
    if assessment.score.protective != 0 {
        let against = assessment.score.protective.unsigned_abs();
        sum.push_str(&format!(" − {against}"));
    }
    if is_sum {
        sum.push_str(&format!(" = {}", assessment.score.total));
    }
    sum
}
