//! Planted worlds, laws over any world, and the fast index against its slow version.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod circuits;
mod explained;
mod hamming;
mod hubs;
mod laws;
mod size;
mod world;
mod worlds;
