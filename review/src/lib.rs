//! Cases, the queue, decisions, the audit, and the pages on which people work with them.
//!
//! Place in the flow: `assess -> STORE -> `**`triage -> queue -> disposition`**` -> report`. What
//! goes in are assessments; what comes out are cases that a person decided. Start reading at
//! [`triage`] (pure) and [`web::router`] (the pages).
//!
//! Invariant: no code here sets a disposition; a [`model::Decision`] is made only from a form that
//! a signed-in person posted (`web::decide`, test `only_a_posted_form_decides`).

mod error;
mod triage;
pub mod users;
pub mod web;

pub use error::ReviewError;
pub use triage::triage;
pub use web::{Address, Options, ReviewState, serve};
