//! How the points of a listing add up, on a page: one line, and below it the table.

use maud::{Markup, html};
use model::Assessment;
use report::points::{by_family, sum};

use super::words::Words;

/// The sum in one line; below it, folded, the table with what was found and what counts.
pub(super) fn explained(words: &Words, assessment: &Assessment) -> Markup {
    html! {
        details.fold {
            summary { (words.points) ": " (sum(words.tongue.terms(), assessment)) }
            (table(words, assessment))
        }
    }
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
                @for row in by_family(assessment) {
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
