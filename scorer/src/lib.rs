//! A listing and its links in, an explained score out; pure.

mod fold;

pub use fold::{Folded, fold};
