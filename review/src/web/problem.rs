//! Answers that are no page of the work: refusals and failures, each with a sentence and a way out.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use model::{AuditAction, AuditObject, Permission};
use store::Priority;

use super::layout;
use super::session::Reader;
use super::state::ReviewState;
use super::visit::Visit;

/// Why a page is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    NotFound,
    MethodNotAllowed,
    Forbidden,
    StaleForm,
    BadForm,
    BodyTooLarge,
    HeadTooLarge,
    WrongHost,
    TooSlow,
    NoPages,
    Broken,
}

impl Problem {
    #[cfg(test)]
    pub(super) const ALL: [Self; 11] = [
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Forbidden,
        Self::StaleForm,
        Self::BadForm,
        Self::BodyTooLarge,
        Self::HeadTooLarge,
        Self::WrongHost,
        Self::TooSlow,
        Self::NoPages,
        Self::Broken,
    ];

    /// Logs a failure of our own, once, and makes the page's answer of it.
    pub(super) fn broken(doing: &'static str, error: &dyn std::error::Error) -> Self {
        tracing::error!(doing, error = %error, "a review page failed");
        Self::Broken
    }

    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Forbidden | Self::StaleForm | Self::NoPages => StatusCode::FORBIDDEN,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::HeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A problem in the language of the visit.
pub(super) struct Refusal {
    visit: Visit,
    problem: Problem,
}

impl Refusal {
    pub(super) fn new(visit: &Visit, problem: Problem) -> Self {
        Self {
            visit: visit.clone(),
            problem,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let words = self.visit.words;
        let (title, text) = (words.problem)(self.problem);
        let body = html! {
            h1 { (title) }
            p.lead { (text) }
            p { a.button href="/" { (words.to_start) } }
        };
        let page = layout::page(&self.visit, None, title, body);
        (self.problem.status(), page).into_response()
    }
}

/// Records that somebody was refused, and answers so.
pub(super) async fn refused(
    state: &ReviewState,
    visit: &Visit,
    reader: &Reader,
    permission: Permission,
    object: AuditObject,
) -> Refusal {
    let row = state.audit(
        &reader.user.name,
        AuditAction::Refuse,
        object,
        permission.name(),
    );
    let recorded = state
        .store
        .write(Priority::Interactive, move |tx| tx.append_audit(&row))
        .await;
    let problem = match recorded {
        Ok(()) => Problem::Forbidden,
        Err(error) => Problem::broken("record a refusal", &error),
    };
    Refusal::new(visit, problem)
}

pub(super) async fn not_found(visit: Visit) -> Refusal {
    Refusal::new(&visit, Problem::NotFound)
}

pub(super) async fn method_not_allowed(visit: Visit) -> Refusal {
    Refusal::new(&visit, Problem::MethodNotAllowed)
}
