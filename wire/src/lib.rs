//! The formats of the contract: `listing/v1` in and out, `assessment/v1` out.
//!
//! Place in the flow: the first and the last step of `waaklicht scan`, and every export. The row
//! types here are the formats; the types of `model` may change without them (invariant 12 in
//! `docs/architecture.md`).
//!
//! * [`ListingReader`] reads JSON Lines and CSV, one [`Row`] at a time. What is wrong with one line
//!   is a [`LineError`], and the next line is read all the same.
//! * [`AssessmentRow`] and [`ListingRow`] write one line each, the same bytes for the same value.
//!
//! Invariant: nothing that stood in a line is lost: it is in a field, in `attributes`, or the line
//! is refused with a reason (test `unknown_fields_are_kept` in `fields.rs`, property
//! `written_and_read_back` in `tests/formats.rs`).
//! Invariant: memory is bounded by [`Limits`], whatever the file holds (tests in `lines.rs` and
//! `records.rs`).

mod assessment;
mod columns;
mod error;
mod fields;
mod json;
mod lines;
mod listing;
mod reader;
mod records;
mod values;

pub use assessment::AssessmentRow;
pub use error::{LineError, WireError};
pub use listing::ListingRow;
pub use reader::{Format, Limits, ListingReader, Row};
