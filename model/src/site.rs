use serde::{Deserialize, Serialize};

use crate::{SiteId, Timestamp};

/// Why and by whom a site may be visited: printed in every export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalGround {
    /// The ground in law, with its article.
    pub ground: String,
    /// What the data are for.
    pub purpose: String,
    /// Who approved the profile.
    pub approver: String,
    /// Contact address shown to the site.
    pub contact: String,
    /// After this moment the profile is refused until somebody has looked at it again.
    pub review_by: Timestamp,
}

/// Days that each class of data is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Texts and archive records of listings that are not part of a case.
    pub text_days: u16,
    /// Features and fingerprints.
    pub feature_days: u16,
    /// Photo hashes, which cannot be keyed: the shortest.
    pub photo_hash_days: u16,
}

/// A site as the rest of the program knows it; how its pages are read is the crawler's profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The name of its profile.
    pub id: SiteId,
    /// For people.
    pub name: String,
    /// Why it may be visited.
    pub legal: LegalGround,
    /// How long what is kept.
    pub retention: Retention,
}
