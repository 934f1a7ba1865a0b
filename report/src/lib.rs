//! What leaves the house: exports of listings, assessments, cases and the audit, and explanations
//! of single listings.
//!
//! Place in the flow: after the store, beside the review pages. Start at [`Export`]: it has a
//! registry with a line for each format, and a file for each in `formats`. [`explain`] shows one listing and all
//! that was observed in it. What it shares with the review pages stands beside it: [`words`] for the
//! closed lists, [`points`] for the sum, and [`lighting`], which cuts a text where its evidence
//! begins and ends.
//!
//! Invariant: reads only. The one thing written is the audit row that says what was disclosed to
//! whom, in the transaction that reads the first page (test `an_export_is_recorded_before_a_row_leaves`).
//! Invariant: no row leaves without the legal ground of its site: it is in [`ExportSummary`], and
//! a site without one stops the export (test `no_ground_no_rows`).

mod error;
pub mod explain;
mod export;
mod formats;
pub mod lighting;
pub mod points;
mod summary;
#[cfg(test)]
mod tests;
pub mod words;

pub use error::ReportError;
pub use export::{Export, Request};
pub use summary::ExportSummary;
