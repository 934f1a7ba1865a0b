use model::{CaptureId, Digest, Listing, ListingId, ListingVersion, Timestamp};

use crate::Result;

/// Listings and their versions; texts and features sealed.
pub trait ListingStore {
    /// Keeps what a listing says. A version is added when `content` differs from that of the newest
    /// one (so that A, B, A are three versions and "what stood there on that day" is exact);
    /// otherwise the sighting is one small row update. Sealed under the key of the day of `at`.
    ///
    /// # Errors
    /// [`crate::StoreError::Invalid`] when `version.site` or `version.url` is missing,
    /// [`crate::StoreError::Unknown`] when the site or the capture was not kept before,
    /// [`crate::StoreError::Conflict`] when the listing is one of another site.
    fn record_version(
        &mut self,
        version: &ListingVersion,
        content: Digest,
        capture: Option<CaptureId>,
        at: Timestamp,
    ) -> Result<Recorded>;

    /// The listing was seen at this address without change; one that was gone is live again.
    ///
    /// # Errors
    /// [`crate::StoreError::Unknown`] when the listing is not known.
    fn record_sighting(&mut self, id: &ListingId, at: Timestamp) -> Result<()>;

    /// The site says that the listing is gone.
    ///
    /// # Errors
    /// [`crate::StoreError::Unknown`] when the listing is not known.
    fn mark_gone(&mut self, id: &ListingId, at: Timestamp) -> Result<()>;

    /// The listing that stands at this address; of several the one that was seen last.
    fn listing_at(&mut self, url: &str) -> Result<Option<Listing>>;

    /// The listing.
    fn listing(&mut self, id: &ListingId) -> Result<Option<Listing>>;

    /// Listings by id, from the one after `after`, at most `limit`.
    fn listings(&mut self, after: Option<&ListingId>, limit: u32) -> Result<Vec<Listing>>;

    /// The newest version, opened; `None` once its text has expired.
    fn latest_version(&mut self, id: &ListingId) -> Result<Option<ListingVersion>>;

    /// All versions, oldest first, with the moments they were first and last seen.
    fn versions(&mut self, id: &ListingId) -> Result<Vec<StoredVersion>>;
}

/// What [`ListingStore::record_version`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// A listing that was not known.
    New,
    /// A new version of a known listing.
    Changed,
    /// As it was when it was last seen.
    Unchanged,
}

/// One version of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredVersion {
    /// First seen like this.
    pub first_seen: Timestamp,
    /// Last seen like this.
    pub last_seen: Timestamp,
    /// Digest of what was extracted.
    pub content: Digest,
    /// The capture that it was extracted from.
    pub capture: Option<CaptureId>,
    /// What it said; `None` once expired.
    pub version: Option<ListingVersion>,
}
