//! The cases, one file a trait; each takes a fresh store.

pub(crate) mod assessment;
pub(crate) mod audit;
pub(crate) mod capture;
pub(crate) mod case;
pub(crate) mod frontier;
pub(crate) mod handle;
pub(crate) mod link;
pub(crate) mod listing;
pub(crate) mod site;
pub(crate) mod user;
