use std::collections::BTreeMap;

use model::{
    Assessment, AuditEntry, Case, CaseId, CaseState, Decision, Lane, Link, Listing, ListingVersion,
    Triaged,
};

use crate::Result;

/// Cases, the queue and decisions. Whoever looks leaves an audit row.
pub trait CaseStore {
    /// Takes up all that triage found: opens new cases, renews known ones and reopens a decided one
    /// only when its evidence shows a new kind or a hard minor finding that no decision about it
    /// bound. A case under watch comes back when its evidence changes. An open case that triage no
    /// longer finds is withdrawn and leaves the queue; found again it waits again. Dated by
    /// `look.at`.
    fn combine(&mut self, triaged: &[Triaged], look: &AuditEntry) -> Result<Combined>;

    /// The lane of a case, to decide who may look; no look itself.
    fn case_lane(&mut self, id: &CaseId) -> Result<Option<Lane>>;

    /// A page of the queue, most urgent first.
    ///
    /// # Errors
    /// [`crate::StoreError::Unknown`] when there is no case `query.after`.
    fn queue(&mut self, query: &QueueQuery, look: &AuditEntry) -> Result<Vec<Case>>;

    /// How many cases are in each lane and state.
    fn case_counts(&mut self) -> Result<BTreeMap<(Lane, CaseState), u64>>;

    /// A case with all that its page shows; of a large one [`crate::Options::case_members_max`]
    /// members, those first that raised it (`case.triaged.members` has all ids).
    fn case_file(&mut self, id: &CaseId, look: &AuditEntry) -> Result<Option<CaseFile>>;

    /// Keeps a person's decision; the case is then in the state of its disposition.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] when the case's evidence is no longer what the reader saw,
    /// or when the case is decided or withdrawn by now.
    fn decide(&mut self, decision: &Decision, audit: &AuditEntry) -> Result<()>;
}

/// What [`CaseStore::combine`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Combined {
    /// Cases that are new.
    pub opened: u32,
    /// Open cases whose evidence changed.
    pub renewed: u32,
    /// Decided, watched or withdrawn cases that wait again.
    pub reopened: u32,
    /// Open cases that were found no more.
    pub withdrawn: u32,
    /// Cases that stayed as they were.
    pub unchanged: u32,
}

/// Which page of the queue. Order: lane by urgency ([`Lane::BY_URGENCY`]), then points downwards,
/// then oldest first, then id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueQuery {
    /// The lanes that the reader may see and asks for.
    pub lanes: Vec<Lane>,
    /// The states asked for.
    pub states: Vec<CaseState>,
    /// The last case of the page before.
    pub after: Option<CaseId>,
    /// At most so many.
    pub limit: u32,
}

/// A case with all that its page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Its members, by id.
    pub members: Vec<CaseMember>,
    /// The links among them.
    pub links: Vec<Link>,
    /// Decisions so far, oldest first.
    pub decisions: Vec<Decision>,
}

/// A listing of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseMember {
    /// The listing.
    pub listing: Listing,
    /// What it says; `None` once expired.
    pub version: Option<ListingVersion>,
    /// What was found in it.
    pub assessment: Option<Assessment>,
}
