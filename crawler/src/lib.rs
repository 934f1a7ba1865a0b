//! From a site to an archived capture and an extracted listing, politely.

mod profile;
mod robots;
#[cfg(test)]
mod test_support;

pub use profile::{
    Collect, Dates, LinkRules, ListingSources, Place, ProfileError, SiteProfile, Source, Sources,
    VisitRules,
};
pub use robots::{
    ROBOTS_LIMIT_BYTES, Reading, RobotsPass, RobotsPolicy, RobotsTxt, RobotsVerdict,
};

/// The name under which robots.txt addresses the crawler.
pub const PRODUCT_TOKEN: &str = "waaklicht";
