//! A site profile: who allowed a site to be visited, how politely, and how its pages are read.
//!
//! A profile is one TOML file. Sites are data: a new site is a new file in `crawler/sites` or in a
//! folder of the operator, never code. The shape, with every key (a `*` marks what must be there):
//!
//! ```toml
//! id = "listings-example"          # * a-z, 0-9 and -
//! name = "Listings Example"        # * for people
//! language = "nl"                  # of its listings, where they are all of one language
//! country = "NL"                   # ISO 3166-1 alpha-2
//! collect = "features"             # * "features": title and text are dropped once assessed;
//!                                  #   "text": they are kept sealed, with a sealed page copy
//! photos = false                   # whether photos are fetched, hashed in memory and dropped
//!
//! [legal]                          # printed in every export
//! ground = "…"                     # * the ground in law, with its article
//! purpose = "…"                    # * shown to the site in the User-Agent
//! approver = "…"                   # *
//! contact = "crawl@operator.example"                # * an e-mail address, sent as From
//! contact_page = "https://operator.example/crawl"   # shown in the User-Agent
//! review_by = 2027-01-31           # * after this day the profile is refused
//!
//! [retention]                      # days
//! text_days = 7                    # *
//! feature_days = 180               # *
//! photo_hash_days = 90             # *
//!
//! [visit]
//! start = ["https://listings.example/nl/"]          # *
//! hosts = ["listings.example"]     # * the scope: host or host:port, pictures' hosts included
//! delay_ms = 5000                  # * between two requests to a host; 1,000 at least
//! max_delay_ms = 60000             # a site that asks for more is not crawled, and reported
//! requests_per_day = 2000          # * counting everything: robots, redirects, photos, failures
//! megabytes_per_day = 200          # *
//! revisit_minutes = 1440           # when a page is looked at again
//! sitemaps = true                  # read the sitemaps that robots.txt names
//! charset = "windows-1252"         # overrides what the site says of itself
//! allow_loopback = false           # tests and the demo only: lifts the lowest delay as well
//!
//! [links]                          # patterns over path and query, linear-time regex
//! listing = '^/ad/(?<key>\d+)'     # * a listing; `key` names it within the site
//! list = ['^/nl/page/\d+']         # further pages that list listings
//! follow_next = true               # follow `rel=next`
//!
//! [listing]                        # where each field stands; only `text` must be there
//! title = "h1"                     # a CSS selector: the text of what it finds
//! text = ".description"            # *
//! age = { css = ".facts", pattern = 'Leeftijd:?\s*(\d+)' }
//! city = { css = "meta[name=city]", attr = "content" }
//! phones = [{ css = "a[href^='tel:']", attr = "href" }, { json_ld = "telephone" }]
//! posted_at = { json_ld = "offers.validFrom", of = "Product" }
//! # also: emails, handles, price, price_currency, price_per, images,
//! #       author_id, author_name, author_kind, author_verified, author_payer, author_since
//!
//! [listing.attributes]             # anything else worth keeping, by a name of your choice
//! hours = ".hours"
//!
//! [dates]
//! formats = ["%d-%m-%Y %H:%M"]     # tried in turn, after RFC 3339
//! zone = "Europe/Amsterdam"        # IANA; of dates that state no zone
//! months = ["januari", "februari"] # twelve names, read as 1 to 12 (`%m` in the format)
//! ```
//!
//! A list of sources is tried in turn: the first that yields anything wins.
//!
//! Invariant: a profile without ground, purpose or contact cannot be built (`parse`), and one past
//! its review date is refused (`check`). Every problem names `ORIGIN:LINE` and the way out.

mod link_rules;
mod parse;
mod parse_listing;
mod parse_visit;
mod source;
mod toml_reader;

use model::{LegalGround, Retention, Site, SiteId, Timestamp};

pub use link_rules::LinkRules;
pub use source::{Dates, ListingSources, Place, Source, Sources};

/// How a site is visited and read.
#[derive(Clone, Debug)]
pub struct SiteProfile {
    /// The site.
    pub id: SiteId,
    /// For people.
    pub name: String,
    /// BCP 47, where all listings are of one language.
    pub language: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// What is kept of a listing.
    pub collect: Collect,
    /// Whether photos are fetched and hashed.
    pub photos: bool,
    /// Why it may be visited.
    pub legal: LegalGround,
    /// Page about the crawler, shown in the User-Agent.
    pub contact_page: Option<String>,
    /// How long what is kept.
    pub retention: Retention,
    /// Where and how politely.
    pub visit: VisitRules,
    /// Which links are followed.
    pub links: LinkRules,
    /// Where a listing's fields stand.
    pub listing: ListingSources,
    /// How dates are written.
    pub dates: Dates,
    origin: String,
    review_line: usize,
}

/// What is kept of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collect {
    /// Fields and signals; title, text and page are dropped once assessed.
    Features,
    /// Title and text too, and a sealed copy of the page.
    Text,
}

/// Where a site is visited and how politely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRules {
    /// Where a round begins.
    pub start: Vec<url::Url>,
    /// The scope, lower case: `host`, or `host:port`.
    pub hosts: Vec<String>,
    /// Least time between two requests to a host or address.
    pub delay_ms: u64,
    /// A site that asks for a longer delay than this is not crawled.
    pub max_delay_ms: u64,
    /// Requests a day (UTC), counting everything.
    pub requests_per_day: u64,
    /// Body bytes a day (UTC), as they come over the wire.
    pub bytes_per_day: u64,
    /// When a page is looked at again.
    pub revisit_ms: i64,
    /// Whether the sitemaps that robots.txt names are read.
    pub sitemaps: bool,
    /// Overrides what the site says of its charset.
    pub charset: Option<&'static encoding_rs::Encoding>,
    /// Whether loopback addresses may be connected to.
    pub allow_loopback: bool,
}

/// A profile that is refused: every problem, each `ORIGIN:LINE: why`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ProfileError(pub Vec<String>);

impl SiteProfile {
    /// Reads a profile. `origin` is the file's name, for messages.
    ///
    /// # Errors
    /// All problems at once, each with its line and the way out.
    pub fn parse(origin: &str, toml: &str) -> Result<Self, ProfileError> {
        parse::profile(origin, toml)
    }

    /// Whether the profile may be used at this moment.
    ///
    /// # Errors
    /// When its review date has passed.
    pub fn check(&self, now: Timestamp) -> Result<(), ProfileError> {
        if now < self.legal.review_by {
            return Ok(());
        }
        Err(ProfileError(vec![format!(
            "{}:{}: the profile of `{}` lapsed at {}: have the approver review ground, purpose and \
             retention, then set a later `review_by`",
            self.origin, self.review_line, self.id, self.legal.review_by
        )]))
    }

    /// The site as the rest of the program knows it.
    pub fn site(&self) -> Site {
        Site {
            id: self.id.clone(),
            name: self.name.clone(),
            legal: self.legal.clone(),
            retention: self.retention,
        }
    }

    /// The file it was read from.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether the address is in scope: `http` or `https`, on one of the profile's hosts.
    pub fn covers(&self, url: &url::Url) -> bool {
        let Some(host) = url.host_str() else {
            return false;
        };
        let Some(port) = url.port_or_known_default() else {
            return false;
        };
        matches!(url.scheme(), "http" | "https")
            && self.visit.hosts.iter().any(|allowed| {
                *allowed == format!("{host}:{port}") || (allowed == host && url.port().is_none())
            })
    }

    /// The hosts with port, as they are leased.
    pub fn leased_hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        for host in &self.visit.hosts {
            let has_port = host
                .rsplit_once(':')
                .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
            if has_port {
                hosts.push(host.clone());
            } else {
                hosts.push(format!("{host}:443"));
                hosts.push(format!("{host}:80"));
            }
        }
        hosts.sort();
        hosts.dedup();
        hosts
    }

    /// How the crawler names itself to the site: contact and purpose, never a browser.
    pub fn user_agent(&self) -> String {
        let contact = self
            .contact_page
            .clone()
            .unwrap_or_else(|| format!("mailto:{}", self.legal.contact));
        let purpose: String = self
            .legal
            .purpose
            .chars()
            .filter(|sign| sign.is_ascii() && !sign.is_ascii_control() && !"()\\".contains(*sign))
            .collect();
        format!(
            "{}/{} (+{contact}; {})",
            crate::PRODUCT_TOKEN,
            env!("CARGO_PKG_VERSION"),
            purpose.trim()
        )
    }
}

#[cfg(test)]
mod tests;
