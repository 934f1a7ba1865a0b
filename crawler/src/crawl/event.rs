//! What others see of a round while it runs, and what they decide in it.

use model::{Assessment, ListingId, ListingVersion, SiteId};
use store::{Recorded, UrlKind};

/// Judges a listing by its text, before any of its photos is fetched.
pub trait Judge: Send + Sync {
    /// The judgement. Called on a thread where it may take its time.
    fn judge(&self, version: &ListingVersion) -> Judgement;
}

/// What a judge says.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was found in the text.
    pub assessment: Assessment,
    /// Whether the photos are worth fetching.
    pub wants_photos: bool,
}

/// Watches a round: progress bars, logs, tests.
pub trait Observer: Send + Sync {
    /// Something happened. Must not block.
    fn event(&self, event: &CrawlEvent);
}

/// What happens in a round. Ids only, no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrawlEvent {
    /// A site's turn begins.
    SiteStarted {
        /// The site.
        site: SiteId,
    },
    /// New addresses are known.
    Offered {
        /// The site.
        site: SiteId,
        /// How many were new.
        n_new: u32,
    },
    /// A request was answered, or failed.
    Visited {
        /// The site.
        site: SiteId,
        /// What was expected there.
        kind: UrlKind,
        /// HTTP status, where there was an answer.
        status: Option<u16>,
    },
    /// robots.txt forbids an address.
    RefusedByRobots {
        /// The site.
        site: SiteId,
    },
    /// A listing was read.
    Listing {
        /// The site.
        site: SiteId,
        /// The listing.
        id: ListingId,
        /// Whether it is new.
        recorded: Recorded,
    },
    /// A listing is there no more.
    ListingGone {
        /// The site.
        site: SiteId,
        /// The listing.
        id: ListingId,
    },
    /// A photo was hashed and dropped.
    PhotoHashed {
        /// The site.
        site: SiteId,
    },
    /// An address failed.
    Failed {
        /// The site.
        site: SiteId,
        /// Why, for people.
        reason: String,
    },
    /// A host was left alone for this round.
    NotCrawled {
        /// The site.
        site: SiteId,
        /// Host and port.
        host: String,
        /// Why, for people.
        reason: String,
    },
    /// A site's turn is over.
    SiteFinished {
        /// The site.
        site: SiteId,
    },
}
