//! The pages: server-rendered, plain forms, no script.
//!
//! Place in the flow: between the store and the people who read cases. [`router`] answers requests,
//! [`serve`] binds it to a socket. A page is a file here; what all pages share stands in `guard`
//! (headers and limits), `session` (who reads), `posted` (forms), `visit` (language) and `layout`.
//!
//! Invariant: every look at case data and every decision writes an audit row in the transaction
//! that looks or decides; a refusal for lack of permission writes one too (tests in `tests`).
//! Invariant: each form that changes something carries the token of its session and comes from
//! this origin; a `posted::Posted` gives its fields only against that token.

mod assets;
mod attempts;
mod audit_page;
mod badge;
mod case_form;
mod case_links;
mod case_page;
mod case_why;
mod decide;
mod finding;
mod guard;
mod layout;
mod member;
mod posted;
mod problem;
mod queue_page;
mod quote;
mod rests_on;
mod score;
mod serve;
mod session;
mod sign_in;
mod state;
#[cfg(test)]
mod tests;
mod visit;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::Redirect;
use axum::routing::{get, post};
use model::Permission;

use problem::{Problem, Refusal};
pub use serve::serve;
use session::Reader;
pub use state::{Address, Options, ReviewState};
use visit::Visit;

/// All pages. Who may see which is decided in each page by [`model::Role::may`].
pub fn router(state: Arc<ReviewState>) -> Router {
    let body_limit = DefaultBodyLimit::max(state.options.body_limit_bytes);
    Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in::form).post(sign_in::attempt))
        .route("/sign-out", post(sign_in::leave))
        .route("/queue", get(queue_page::show))
        .route("/case/{id}", get(case_page::show))
        .route("/case/{id}/decision", post(decide::decide))
        .route("/audit", get(audit_page::show))
        .route("/assets/{name}", get(assets::serve))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(body_limit)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&state),
            guard::guard,
        ))
        .with_state(state)
}

/// `GET /`: the first page that the reader's roles give access to.
async fn home(visit: Visit, reader: Reader) -> Result<Redirect, Refusal> {
    if reader.may(Permission::SeeQueue) {
        Ok(Redirect::to("/queue"))
    } else if reader.may(Permission::ReadAudit) {
        Ok(Redirect::to("/audit"))
    } else {
        Err(Refusal::new(&visit, Problem::NoPages))
    }
}
