//! One integration binary, a module per area.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod cli;
mod config;
mod scan;
mod support;
