//! A form as it was posted.
//!
//! Invariant: its fields can be had only through [`Posted::checked`], which asks for the token of
//! the session, and only when the browser says that one of our own pages sent it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::guard;
use super::problem::{Problem, Refusal};
use super::session::FormToken;
use super::state::ReviewState;
use super::visit::Visit;

/// Name of the hidden field with the token.
pub(super) const TOKEN_FIELD: &str = "form-token";

/// A form from one of our own pages; not yet known from whose.
pub(super) struct Posted {
    fields: BTreeMap<String, String>,
}

/// The fields of a form of this session.
pub(super) struct Fields(BTreeMap<String, String>);

impl Posted {
    /// The fields, if the form carries this token.
    pub(super) fn checked(self, token: &FormToken) -> Result<Fields, Problem> {
        match self.fields.get(TOKEN_FIELD) {
            Some(given) if token.matches(given) => Ok(Fields(self.fields)),
            _ => Err(Problem::StaleForm),
        }
    }
}

impl Fields {
    /// What was typed or chosen; empty when the field is missing.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl FromRequest<Arc<ReviewState>> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &Arc<ReviewState>) -> Result<Self, Response> {
        let visit = Visit::of(request.uri(), request.headers());
        let refused = |problem| Refusal::new(&visit, problem).into_response();
        if !guard::comes_from_here(&state.options.address, request.headers()) {
            return Err(refused(Problem::StaleForm));
        }
        match Form::<BTreeMap<String, String>>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Self { fields }),
            Err(rejected) if rejected.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(refused(Problem::BodyTooLarge))
            }
            Err(_) => Err(refused(Problem::BadForm)),
        }
    }
}
