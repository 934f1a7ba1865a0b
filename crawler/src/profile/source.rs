//! Where a listing's fields stand on its page.

use std::collections::BTreeMap;

use regex::Regex;
use scraper::Selector;

/// One place where a field may stand.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where.
    pub place: Place,
    /// What of it is wanted: the first group of each match, or the whole match without a group.
    pub pattern: Option<Regex>,
}

/// A place on a page.
#[derive(Clone, Debug)]
pub enum Place {
    /// Elements found by a CSS selector.
    Css {
        /// The selector.
        selector: Selector,
        /// The attribute whose value is wanted; the element's text otherwise.
        attribute: Option<String>,
    },
    /// A value in a `application/ld+json` block.
    JsonLd {
        /// Keys from the object down; lists on the way are gone through.
        path: Vec<String>,
        /// Only in objects of this `@type`.
        of_type: Option<String>,
    },
}

/// Places tried in turn: the first that yields anything wins.
#[derive(Clone, Debug, Default)]
pub struct Sources(pub Vec<Source>);

/// Where each field of a listing stands. An empty list: the site does not have the field.
#[derive(Clone, Debug, Default)]
#[expect(
    missing_docs,
    reason = "the fields are those of `listing/v1`, `ListingVersion`"
)]
pub struct ListingSources {
    pub title: Sources,
    pub text: Sources,
    pub age: Sources,
    pub city: Sources,
    pub phones: Sources,
    pub emails: Sources,
    pub handles: Sources,
    pub price: Sources,
    pub price_currency: Sources,
    pub price_per: Sources,
    pub images: Sources,
    pub posted_at: Sources,
    pub author_id: Sources,
    pub author_name: Sources,
    pub author_kind: Sources,
    pub author_verified: Sources,
    pub author_payer: Sources,
    pub author_since: Sources,
    /// Anything else, by name.
    pub attributes: BTreeMap<String, Sources>,
}

/// How a site writes dates.
#[derive(Clone, Debug)]
pub struct Dates {
    /// Formats tried in turn, as `strftime` has them.
    pub formats: Vec<String>,
    /// The zone of dates that state none.
    pub zone: jiff::tz::TimeZone,
    /// Twelve names of months, lower case, or none.
    pub months: Vec<String>,
}

impl Default for Dates {
    fn default() -> Self {
        Self {
            formats: Vec::new(),
            zone: jiff::tz::TimeZone::UTC,
            months: Vec::new(),
        }
    }
}
