//! Hashes held against published ones, against copies and strangers, and against hostile bytes.
//! `cargo test -p photo -- --nocapture` prints the measured distances.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops where it fails, and prints what it measured"
)]

mod common;
mod hostile;
mod published;
mod vote;
