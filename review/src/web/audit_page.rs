//! The audit: who looked, decided and was refused, and whether the rows still fit together.
//!
//! Who: auditors. Looking at the audit leaves a row too.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use model::{AuditAction, AuditObject, Permission};
use store::{AuditRow, AuditVerdict, Priority};

use super::layout;
use super::problem::{Problem, Refusal, refused};
use super::session::Reader;
use super::state::ReviewState;
use super::visit::Visit;
use super::words::Words;

/// `GET /audit?after=…&verify=1`
pub(super) async fn show(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    reader: Reader,
) -> Result<Response, Refusal> {
    let object = AuditObject::Class("audit".to_owned());
    if !reader.may(Permission::ReadAudit) {
        return Err(refused(&state, &visit, &reader, Permission::ReadAudit, object).await);
    }
    let after: Option<i64> = visit.asked("after").and_then(|number| number.parse().ok());
    let verify = visit.asked("verify").is_some();
    let page_rows = state.options.page_rows;
    let look = state.audit(&reader.user.name, AuditAction::Consult, object, "audit");
    let (mut rows, verdict) = state
        .store
        .write(Priority::Interactive, move |tx| {
            tx.append_audit(&look)?;
            let rows = tx.audit(after, page_rows.saturating_add(1))?;
            let verdict = if verify {
                Some(tx.verify_audit()?)
            } else {
                None
            };
            Ok((rows, verdict))
        })
        .await
        .map_err(|error| Refusal::new(&visit, Problem::broken("read the audit", &error)))?;
    let has_next = rows.len() > page_rows as usize;
    rows.truncate(page_rows as usize);
    let next = rows.last().filter(|_| has_next).map(|row| row.number);

    let words = visit.words;
    let body = html! {
        h1 { (words.audit) }
        p.lead { (words.audit_lead) }
        @match &verdict {
            Some(verdict) => (verdict_message(words, verdict)),
            None => p { a.button href="/audit?verify=1" { (words.verify_audit) } },
        }
        (table(words, &rows))
        nav.paging aria-label=(words.paging) {
            @if after.is_some() { a.button href="/audit" { (words.first_page) } }
            @if let Some(next) = next {
                a.button rel="next" href={ "/audit?after=" (next) } { (words.next_page) }
            }
        }
    };
    Ok(layout::page(&visit, Some(&reader), words.audit, body).into_response())
}

fn verdict_message(words: &Words, verdict: &AuditVerdict) -> Markup {
    match verdict {
        AuditVerdict::Whole { rows } => html! {
            p.message role="status" { ((words.audit_whole)(*rows)) }
        },
        AuditVerdict::Broken { number, reason } => html! {
            p.message.error role="alert" {
                ((words.audit_broken)(*number)) " " span lang="en" { (reason) }
            }
        },
    }
}

fn table(words: &Words, rows: &[AuditRow]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(words.audit) {
            table {
                thead {
                    tr {
                        th.number scope="col" { (words.row_number) }
                        th scope="col" { (words.when) }
                        th scope="col" { (words.who) }
                        th scope="col" { (words.what) }
                        th scope="col" { (words.to_what) }
                        th scope="col" { (words.for_what) }
                        th scope="col" { (words.row_digest) }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            th.number scope="row" { (row.number) }
                            td { (layout::moment(row.entry.at)) }
                            td { (row.entry.by) }
                            td { ((words.audit_action)(row.entry.action)) }
                            td { code { (row.entry.object) } }
                            td { code { (row.entry.purpose) } }
                            td { code { (row.digest.short()) } }
                        }
                    }
                }
            }
        }
    }
}
