//! How the points of a listing add up: by family under its cap, protective evidence off, total.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{Assessment, Family};

use super::words::Words;

/// One family's points: as the findings say, and as they count under the family's cap.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    family: Family,
    found: i32,
    counted: i32,
}

fn rows(assessment: &Assessment) -> Vec<Row> {
    let mut found: BTreeMap<Family, i32> = BTreeMap::new();
    for finding in assessment.findings.iter().filter(|it| it.points != 0) {
        *found.entry(finding.family).or_default() += finding.points;
    }
    for family in assessment.score.by_family.keys() {
        found.entry(*family).or_default();
    }
    found
        .into_iter()
        .map(|(family, found)| Row {
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

/// The sum in one line; below it, folded, the table with what was found and what counts.
pub(super) fn explained(words: &Words, assessment: &Assessment) -> Markup {
    html! {
        details.fold {
            summary { (line(words, assessment)) }
            (table(words, assessment))
        }
    }
}

/// `Points: contact 45 + organisation 35 = 80`.
fn line(words: &Words, assessment: &Assessment) -> String {
    let mut counted: Vec<(i32, &str)> = rows(assessment)
        .into_iter()
        .filter(|row| row.counted != 0)
        .map(|row| (row.counted, (words.family)(row.family)))
        .collect();
    counted.sort_by_key(|(points, name)| (-points, *name));
    let mut line: Vec<String> = counted
        .into_iter()
        .map(|(points, name)| format!("{name} {points}"))
        .collect();
    if line.is_empty() {
        line.push("0".to_owned());
    }
    let is_sum = line.len() > 1 || assessment.score.protective != 0;
    let mut sum = line.join(" + ");
    if assessment.score.protective != 0 {
        let against = assessment.score.protective.unsigned_abs();
        sum.push_str(&format!(" − {against}"));
    }
    if is_sum {
        sum.push_str(&format!(" = {}", assessment.score.total));
    }
    format!("{}: {sum}", words.points)
}

fn table(words: &Words, assessment: &Assessment) -> Markup {
    let score = &assessment.score;
    let protective_found: i32 = assessment.protective.iter().map(|it| it.points).sum();
    html! {
        table.sum aria-label=(words.sum) {
            thead {
                tr {
                    th scope="col" { (words.family_heading) }
                    th.number scope="col" { (words.points_found) }
                    th.number scope="col" { (words.points_counted) }
                }
            }
            tbody {
                @for row in rows(assessment) {
                    tr {
                        th scope="row" {
                            ((words.family)(row.family))
                            @if row.counted < row.found { " " span.quiet { (words.capped) } }
                        }
                        td.number { (row.found) }
                        td.number { (row.counted) }
                    }
                }
                tr {
                    th scope="row" {
                        (words.protective)
                        @if score.protective != protective_found {
                            " " span.quiet { (words.not_all_applied) }
                        }
                    }
                    td.number { (minus(protective_found)) }
                    td.number { (minus(score.protective)) }
                }
            }
            tfoot {
                tr {
                    th scope="row" { (words.total) }
                    td {}
                    td.number { (score.total) }
                }
            }
        }
    }
}

/// With a true minus sign, which is as wide as a digit and read aloud as one.
fn minus(points: i32) -> String {
    if points < 0 {
        format!("−{}", points.unsigned_abs())
    } else {
        points.to_string()
    }
}
