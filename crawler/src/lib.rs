//! From a site to an archived capture and an extracted listing, politely.

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
