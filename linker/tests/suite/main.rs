//! Planted worlds, laws over any world, and the fast index against its slow version.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops where it fails, and says what it could not check"
)]

mod explained;
mod hamming;
mod laws;
mod size;
mod world;
mod worlds;
