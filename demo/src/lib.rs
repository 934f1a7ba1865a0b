//! The imitation world of `waaklicht demo`: three advertisement sites of different make, served on
//! loopback from data inside the binary, with planted situations whose answer is known.
//!
//! Place in the flow: before the crawler. `cli` and the test suite make a [`World`], serve it,
//! hand its [`World::profiles`] to the crawler and hold what was found against
//! [`World::situations`] with [`Situation::compare`]. This crate knows nothing of crawling or
//! scoring: it imports `model` only, so that the answers cannot be read off the program.
//!
//! Invariant: everything is invented, and phone numbers come only from ranges kept free for
//! fiction (`phone`). Pictures are generated shapes. Nothing leaves loopback.
//!
//! Invariant: the same `now` gives the same world, byte for byte.

mod compare;
mod data;
mod dates;
mod html;
mod listing;
mod ordinary;
mod phone;
mod picture;
mod profiles;
mod robots;
mod served;
mod sites;
mod situation;
mod world;

pub use profiles::DELAY_MS;
pub use served::{DemoError, REQUEST_LOG_LIMIT, Request, Served, ServedSite, SiteRequests};
pub use sites::SiteName;
pub use situation::{Expected, Grouping, Member, Situation};
pub use world::{Counts, World};
