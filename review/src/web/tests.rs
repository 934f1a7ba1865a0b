//! The pages against a real store in a temporary folder.

mod cases;
mod decisions;
mod headers;
mod listings;
mod seeds;
mod signing_in;
mod socket;
mod stage;
