//! One integration binary, a module per area.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod browser;
mod cli;
mod config;
mod crawl;
mod demo;
mod explain;
mod features;
mod house;
mod invariants;
mod relink;
mod running;
mod scan;
mod serve;
mod signals;
mod site;
mod structure;
mod support;
mod visitor;
