//! From a site to an archived capture and an extracted listing, politely.
//!
//! Place in the flow: before everything. [`crawl`] runs one round: it takes what is due from the
//! frontier in the store, asks for it through one gate, reads it by the site's profile, has the
//! text judged and keeps all of it in one transaction.
//!
//! ```text
//! SiteProfile -> frontier row -> lease -> RobotsVerdict -> Politeness::permit -> Fetcher::fetch
//!             -> record (WARC) -> extract -> Judge -> one transaction -> photos: hash, drop
//! ```
//!
//! Pure parts, usable alone: [`SiteProfile`], [`RobotsTxt`], [`extract`], [`decode`], [`record`] and
//! [`page`].
//!
//! Invariant: no request without a robots verdict and a permit; the types make it impossible
//! ([`Permit`]).
//! Invariant: no site without a profile that states ground, purpose and contact and has not lapsed.
//! Invariant: pictures live in memory between fetch and hash; nothing here writes one.

mod address;
mod charset;
mod crawl;
mod decompress;
mod error;
mod extract;
mod fetch;
mod html;
mod limits;
mod politeness;
mod profile;
mod robots;
mod sitemap;
#[cfg(test)]
mod test_support;
mod warc;

pub use address::{SEGMENT_LIMIT, Trap, URL_LIMIT_BYTES, host_key, normalised, trap};
pub use charset::{Decoded, ToldBy, decode};
pub use crawl::{
    CrawlEvent, CrawlFailure, CrawlReport, Judge, Judgement, NotCrawled, Observer, SiteReport,
    crawl, crawl_with_names,
};
pub use error::CrawlError;
pub use extract::{Extraction, FoundLink, Page, extract};
pub use fetch::{Answer, Exchange, Failure, FetchOutcome, Fetched, Fetcher, Request, RetryAfter};
pub use limits::{FetchLimits, Limits};
pub use politeness::{
    AccessLog, Lookup, Names, NoAccessLog, Pace, Permit, PermitError, Politeness, SystemNames,
};
pub use profile::{
    Collect, Dates, LinkRules, ListingSources, Place, ProfileError, SiteProfile, Source, Sources,
    VisitRules,
};
pub use robots::{ROBOTS_LIMIT_BYTES, Reading, RobotsPass, RobotsPolicy, RobotsTxt, RobotsVerdict};
pub use sitemap::{Sitemap, SitemapEntry, SitemapKind};
pub use warc::{
    ArchiveError, ArchivedAnswer, ArchivedRecord, Truncated, WarcVisit, page, record, records,
};

/// The name under which robots.txt addresses the crawler.
pub const PRODUCT_TOKEN: &str = "waaklicht";
