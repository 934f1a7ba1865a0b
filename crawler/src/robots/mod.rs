//! robots.txt by RFC 9309: read, matched, and turned into the pass that a permit asks for.
//!
//! Two readings exist. RFC 9309 section 2.2.2 compares percent-encodings by what they mean;
//! Google's published matcher compares them letter by letter. Crawling asks both and takes the
//! stricter; [`Reading::Google`] alone serves the conformance test.
//!
//! Invariant: a [`RobotsPass`] is made here only, so that nothing is fetched without a verdict.
//! Invariant: matching is linear in rule and address: patterns are split at `*` and searched once.

mod lines;
mod pattern;
mod policy;
mod rules;

pub use policy::{RobotsPass, RobotsPolicy, RobotsVerdict};
pub use rules::{Reading, RobotsTxt};

/// How much of a robots.txt is read: 500 KiB (RFC 9309 section 2.5).
pub const ROBOTS_LIMIT_BYTES: usize = 500 * 1024;

#[cfg(test)]
mod tests;
