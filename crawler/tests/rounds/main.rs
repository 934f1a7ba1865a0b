//! Whole rounds against a fake site on loopback, which counts what arrives there.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its fake site has failed"
)]

mod bench;
mod fake_site;
mod freshness;
mod hostile;
mod politeness;
mod redirects;
mod resume;
mod whole_site;
