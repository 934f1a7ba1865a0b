//! A person's decision about a case.
//!
//! Invariant: a decision is made here only, out of a posted form, by somebody whose role may
//! decide in the case's lane, and it binds the evidence that the form showed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use model::{
    AuditAction, AuditObject, CaseId, Decision, Digest, Disposition, DispositionReason, Lane,
    Permission,
};
use store::{Priority, StoreError};

use super::case_page::{self, Entered, Told};
use super::posted::{Fields, Posted};
use super::problem::{Problem, Refusal};
use super::session::Reader;
use super::state::ReviewState;
use super::visit::Visit;

/// What came of it inside the transaction.
enum Outcome {
    Decided,
    NoSuchCase,
    Refused,
}

/// `POST /case/{id}/decision`
pub(super) async fn decide(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    Path(id): Path<String>,
    reader: Reader,
    posted: Posted,
) -> Result<Response, Refusal> {
    let visit = visit.at(format!("/case/{id}"));
    let refuse = |problem| Refusal::new(&visit, problem);
    let id = CaseId::new(id).map_err(|_| refuse(Problem::NotFound))?;
    let fields = posted.checked(&reader.token.for_forms()).map_err(refuse)?;
    let evidence: Digest = fields
        .get("evidence")
        .parse()
        .map_err(|_| refuse(Problem::BadForm))?;
    let entered = Entered {
        disposition: Disposition::from_name(fields.get("disposition")),
        reason: DispositionReason::from_name(fields.get("reason")),
        note: note(&fields),
    };
    let again = async |told: Told, status: StatusCode| {
        let page = case_page::look(&state, &visit, &reader, &id, told, &entered).await?;
        Ok((status, page).into_response())
    };
    let (Some(disposition), Some(reason)) = (entered.disposition, entered.reason) else {
        return again(Told::Incomplete, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if entered.note.chars().count() > state.options.note_limit_chars {
        return again(Told::NoteTooLong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let decision = Decision {
        case: id.clone(),
        disposition,
        reason,
        note: entered.note.clone(),
        by: reader.user.name.clone(),
        at: state.now(),
        evidence,
    };
    match keep(&state, &reader, decision).await {
        Ok(Outcome::Decided) => Ok(Redirect::to(&format!("/case/{id}?decided=1")).into_response()),
        Ok(Outcome::NoSuchCase) => Err(refuse(Problem::NotFound)),
        Ok(Outcome::Refused) => Err(refuse(Problem::Forbidden)),
        Err(StoreError::Conflict(_)) => again(Told::Conflict, StatusCode::CONFLICT).await,
        Err(error) => Err(refuse(Problem::broken("keep a decision", &error))),
    }
}

/// The note with one kind of line end, as forms send two signs.
fn note(fields: &Fields) -> String {
    fields.get("note").replace("\r\n", "\n").trim().to_owned()
}

/// Asks for the lane, checks the role, decides and records it, all in one transaction.
async fn keep(
    state: &ReviewState,
    reader: &Reader,
    decision: Decision,
) -> Result<Outcome, StoreError> {
    let object = || AuditObject::Case(decision.case.clone());
    let by = &reader.user.name;
    let decided = state.audit(
        by,
        AuditAction::Decide,
        object(),
        decision.disposition.name(),
    );
    let refused =
        |permission: Permission| state.audit(by, AuditAction::Refuse, object(), permission.name());
    let refused_here = refused(Permission::DecideCase);
    let refused_minor = refused(Permission::DecideMinorCase);
    let may_here = reader.may(Permission::DecideCase);
    let may_minor = reader.may(Permission::DecideMinorCase);
    state
        .store
        .write(Priority::Interactive, move |tx| {
            let (may, row) = match tx.case_lane(&decision.case)? {
                None => return Ok(Outcome::NoSuchCase),
                Some(Lane::Minor) => (may_minor, &refused_minor),
                Some(_) => (may_here, &refused_here),
            };
            if !may {
                tx.append_audit(row)?;
                return Ok(Outcome::Refused);
            }
            tx.decide(&decision, &decided)?;
            Ok(Outcome::Decided)
        })
        .await
}
