use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::closed_list;
use crate::{Actor, CaseId, ListingId, SiteId, Timestamp};

closed_list!(
    /// What was done. The first six are the words of article 32a of the Dutch police data act
    /// (Wpg): collect, change, consult, disclose, combine, erase.
    AuditAction {
        /// Data came in.
        Collect = "collect",
        /// Data were changed.
        Change = "change",
        /// Somebody looked.
        Consult = "consult",
        /// Data went out.
        Disclose = "disclose",
        /// Listings were joined into a case.
        Combine = "combine",
        /// Data were removed.
        Erase = "erase",
        /// A case was decided.
        Decide = "decide",
        /// Somebody signed in.
        SignIn = "sign-in",
        /// Somebody was refused.
        Refuse = "refuse",
        /// Users, keys or settings changed.
        Configure = "configure",
    }
);

/// What it was done to. Ids only: an audit row holds no phone number and no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum AuditObject {
    /// A case.
    Case(CaseId),
    /// A listing.
    Listing(ListingId),
    /// A site.
    Site(SiteId),
    /// A user.
    User(Actor),
    /// A page of the queue, by lane.
    Queue(String),
    /// A class of data, by name.
    Class(String),
}

impl fmt::Display for AuditObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(id) => write!(f, "case:{id}"),
            Self::Listing(id) => write!(f, "listing:{id}"),
            Self::Site(id) => write!(f, "site:{id}"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Queue(lane) => write!(f, "queue:{lane}"),
            Self::Class(class) => write!(f, "class:{class}"),
        }
    }
}

/// One row of the audit, as it is handed to the store, which numbers and chains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What was done.
    pub action: AuditAction,
    /// To what.
    pub object: AuditObject,
    /// For what: a short word of the program's own, such as `review` or a disposition's name.
    /// Never anything a person typed.
    pub purpose: String,
}
