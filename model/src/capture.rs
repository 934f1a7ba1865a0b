use serde::{Deserialize, Serialize};

use crate::{Digest, SiteId, Timestamp};

/// A capture's row number in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaptureId(pub i64);

/// One answer of a site as it was received, kept as a sealed archive record (WARC) until it
/// expires, so that what it said can be shown and extraction can be run again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The site.
    pub site: SiteId,
    /// The address that was asked for.
    pub url: String,
    /// When the answer's head arrived.
    pub fetched_at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Digest of the archive record, before sealing.
    pub record_digest: Digest,
    /// The archive record in plain, `None` once it has expired. It is sealed by `store`.
    #[serde(skip)]
    pub record: Option<Vec<u8>>,
}
