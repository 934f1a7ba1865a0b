//! What can be kept and found again: narrow traits, one for each concern, joined as [`Tx`].
//!
//! A method belongs to a transaction: all that one closure of [`crate::Handle::write`] does is
//! kept together or not at all. Methods that show case data take the audit row of the look as an
//! argument, so that nobody can look without leaving it (invariant 9); they are called inside
//! [`crate::Handle::write`], because the row is a write.
//!
//! A method that takes a `limit` refuses one above [`crate::Options::page_rows_max`]; it never
//! answers with a shorter page than asked for while there is more.

mod assessment;
mod audit;
mod capture;
mod case;
mod frontier;
mod link;
mod listing;
mod photo;
mod site;
mod upkeep;
mod user;

pub use assessment::AssessmentStore;
pub use audit::{AuditRow, AuditStore, AuditVerdict};
pub use capture::CaptureStore;
pub use case::{CaseFile, CaseMember, CaseStore, Combined, QueueQuery};
pub use frontier::{
    FrontierId, FrontierStore, FrontierUrl, HostLease, HostState, OfferedUrl, StoredRobots,
    Traffic, UrlKind, UrlStatus, Validators, Visit,
};
pub use link::LinkStore;
pub use listing::{ListingStore, Recorded, StoredVersion};
pub use photo::PhotoStore;
pub use site::SiteStore;
pub use upkeep::{Stats, UpkeepStore};
pub use user::{Session, User, UserStore};

/// Everything that a unit of work may do.
pub trait Tx:
    SiteStore
    + FrontierStore
    + CaptureStore
    + ListingStore
    + PhotoStore
    + LinkStore
    + AssessmentStore
    + CaseStore
    + AuditStore
    + UserStore
    + UpkeepStore
{
}
