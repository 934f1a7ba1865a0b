//! What can be kept and found again: narrow traits, one for each concern, joined as [`Tx`].
//!
//! A method belongs to a transaction: all that one closure of [`crate::Handle::write`] does is
//! kept together or not at all. Methods that show case data take the audit row of the look as an
//! argument, so that nobody can look without leaving it (invariant 9).

use std::collections::BTreeMap;

use model::{
    Actor, Assessment, AuditEntry, Band, Capture, CaptureId, Case, CaseId, CaseState, Decision,
    Digest, Lane, Link, LinkContext, Listing, ListingId, ListingVersion, PhotoHashes, Role, Site,
    SiteId, Timestamp, Triaged,
};

use crate::Result;

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
{
}

/// The sites that were ever crawled, with the legal ground that was given for each run.
pub trait SiteStore {
    /// Keeps the site as its profile states it now.
    fn save_site(&mut self, site: &Site) -> Result<()>;

    /// The site.
    fn site(&mut self, id: &SiteId) -> Result<Option<Site>>;

    /// All sites, by id.
    fn sites(&mut self) -> Result<Vec<Site>>;
}

/// All known addresses with their status, and the hosts that are leased to visit them.
pub trait FrontierStore {
    /// Adds the addresses that are not known yet, due at once. Returns how many were new.
    fn offer(&mut self, site: &SiteId, urls: &[OfferedUrl], now: Timestamp) -> Result<u32>;

    /// Leases a host to a worker until `until`. `None` while another worker's lease lives. The
    /// fence rises with each lease of the host.
    fn lease_host(
        &mut self,
        host: &str,
        worker: &Actor,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<HostLease>>;

    /// Prolongs the lease.
    ///
    /// # Errors
    /// [`crate::StoreError::Fenced`] when another worker holds the host by now.
    fn renew_host(&mut self, lease: &HostLease, until: Timestamp) -> Result<()>;

    /// Gives the host back. A lease that was fenced off is given back already: no error.
    fn release_host(&mut self, lease: &HostLease) -> Result<()>;

    /// What is known of the host.
    fn host(&mut self, host: &str) -> Result<Option<HostState>>;

    /// Keeps when the host may next be asked. Called *before* each request, so that the interval
    /// holds across a kill and a hand-over.
    ///
    /// # Errors
    /// [`crate::StoreError::Fenced`] when another worker holds the host by now.
    fn note_access(&mut self, lease: &HostLease, next_permitted: Timestamp) -> Result<()>;

    /// Keeps what the host said in its robots.txt.
    ///
    /// # Errors
    /// [`crate::StoreError::Fenced`] when another worker holds the host by now.
    fn save_robots(&mut self, lease: &HostLease, robots: &StoredRobots) -> Result<()>;

    /// The address to visit next: the one that has been due longest, list pages before listings
    /// before photos at equal time, then by row number. Only addresses due before `due_before`.
    fn next_due(&mut self, lease: &HostLease, due_before: Timestamp)
    -> Result<Option<FrontierUrl>>;

    /// Keeps what came of a visit.
    ///
    /// # Errors
    /// [`crate::StoreError::Fenced`] when another worker holds the host by now.
    fn record_visit(&mut self, lease: &HostLease, id: FrontierId, visit: &Visit) -> Result<()>;

    /// Counts requests and bytes against the site's cap for this day (UTC, days since the epoch).
    /// Returns the day's total after adding.
    fn add_traffic(&mut self, site: &SiteId, day: i64, traffic: Traffic) -> Result<Traffic>;

    /// How many addresses of the site are in each status.
    fn frontier_counts(&mut self, site: &SiteId) -> Result<BTreeMap<UrlStatus, u64>>;
}

/// A frontier row's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrontierId(pub i64);

/// An address that a page pointed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedUrl {
    /// The address, normalised, at most 2,048 bytes.
    pub url: String,
    /// Its host and port as leased, `127.0.0.1:4711`.
    pub host: String,
    /// What is expected there.
    pub kind: UrlKind,
    /// Steps from a start page.
    pub depth: u16,
}

/// What is expected at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UrlKind {
    /// A page that lists listings, or a sitemap.
    List,
    /// A listing.
    Listing,
    /// A picture of a listing.
    Photo,
}

/// A known address that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontierUrl {
    /// Its row.
    pub id: FrontierId,
    /// Its site.
    pub site: SiteId,
    /// The address.
    pub url: String,
    /// What is expected there.
    pub kind: UrlKind,
    /// Steps from a start page.
    pub depth: u16,
    /// Failures since the last success.
    pub n_failures: u16,
    /// HTTP status of the last visit, where there was an answer: two 404 in a row mean something
    /// else than a 404 after a time-out.
    pub last_http_status: Option<u16>,
    /// The validators of the last answer, byte for byte.
    pub validators: Validators,
    /// Digest of what was extracted at the last visit.
    pub content: Option<Digest>,
}

/// What a server gave to ask "has it changed?" with, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<Vec<u8>>,
    /// `Last-Modified`.
    pub last_modified: Option<Vec<u8>>,
}

/// What came of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The status from now on.
    pub status: UrlStatus,
    /// When.
    pub at: Timestamp,
    /// HTTP status, where there was an answer.
    pub http_status: Option<u16>,
    /// When to come back; `None`: never.
    pub due_at: Option<Timestamp>,
    /// The validators of this answer; kept as they were when the answer was "not modified".
    pub validators: Validators,
    /// Digest of what was extracted.
    pub content: Option<Digest>,
    /// Why, in words of the program's own; empty on success.
    pub reason: String,
}

/// The state of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UrlStatus {
    /// Known, not visited yet.
    New,
    /// Answered with a page.
    Live,
    /// Answered that it is gone.
    Gone,
    /// Points to another address, which was offered.
    Redirected,
    /// robots.txt forbids it.
    Refused,
    /// Failed; comes back while retries are left.
    Failed,
    /// Answered with something that is no page of the profile.
    Unusable,
}

/// A worker's right to visit a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostLease {
    /// Host and port.
    pub host: String,
    /// The worker.
    pub worker: Actor,
    /// Rises with each lease of the host: a late writer is recognised by its old fence.
    pub fence: i64,
}

/// What is known of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostState {
    /// When it may next be asked.
    pub next_permitted: Option<Timestamp>,
    /// Its robots.txt.
    pub robots: Option<StoredRobots>,
}

/// A robots.txt as it was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRobots {
    /// When.
    pub fetched_at: Timestamp,
    /// HTTP status; `None` when there was no answer.
    pub http_status: Option<u16>,
    /// The body, cut at the limit.
    pub body: Vec<u8>,
}

/// Requests and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests sent.
    pub requests: u64,
    /// Body bytes received, as they came over the wire.
    pub bytes: u64,
}

/// Archive records, sealed.
pub trait CaptureStore {
    /// Keeps a capture; its record is sealed under the day's archive key.
    fn add_capture(&mut self, capture: &Capture) -> Result<CaptureId>;

    /// A capture with its record opened; the record is `None` once its key is destroyed.
    fn capture(&mut self, id: CaptureId) -> Result<Option<Capture>>;
}

/// Listings and their versions; texts and features sealed.
pub trait ListingStore {
    /// Keeps what a listing says. A version is added only when `content` is new for the listing;
    /// otherwise the sighting is one small row update. `version.site` and `version.url` must be
    /// there.
    fn record_version(
        &mut self,
        version: &ListingVersion,
        content: Digest,
        capture: Option<CaptureId>,
        at: Timestamp,
    ) -> Result<Recorded>;

    /// The listing was seen at this address without change.
    fn record_sighting(&mut self, id: &ListingId, at: Timestamp) -> Result<()>;

    /// The site says that the listing is gone.
    fn mark_gone(&mut self, id: &ListingId, at: Timestamp) -> Result<()>;

    /// The listing that stands at this address.
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
    /// Seen before like this.
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

/// Hashes of pictures, by address. Never a picture.
pub trait PhotoStore {
    /// Keeps the hashes of the picture at this address.
    fn save_photo(&mut self, url: &str, hashes: &PhotoHashes, at: Timestamp) -> Result<()>;

    /// The hashes of the pictures at these addresses, as far as they are known.
    fn photos(&mut self, urls: &[String]) -> Result<BTreeMap<String, PhotoHashes>>;
}

/// Links and what they show.
pub trait LinkStore {
    /// Replaces all links and contexts by those of a new linking.
    fn replace_links(
        &mut self,
        links: &[Link],
        contexts: &[(ListingId, LinkContext)],
    ) -> Result<()>;

    /// What the links of a listing show.
    fn link_context(&mut self, id: &ListingId) -> Result<Option<LinkContext>>;

    /// The links among these listings.
    fn links_among(&mut self, ids: &[ListingId]) -> Result<Vec<Link>>;
}

/// Assessments; sealed, as they hold what was read from a text.
pub trait AssessmentStore {
    /// Keeps the newest assessment of a listing.
    fn save_assessment(&mut self, assessment: &Assessment, at: Timestamp) -> Result<()>;

    /// The newest assessment of a listing; `None` where there is none or it has expired.
    fn assessment(&mut self, id: &ListingId) -> Result<Option<Assessment>>;

    /// How many newest assessments are in each band and lane.
    fn assessment_counts(&mut self) -> Result<BTreeMap<(Band, Lane), u64>>;
}

/// Cases, the queue and decisions. Whoever looks leaves an audit row.
pub trait CaseStore {
    /// Takes up what triage found: opens new cases, renews known ones and reopens a decided one
    /// only when its evidence shows a new kind or a hard minor finding that the decision did not
    /// bind. An open case that triage no longer finds is closed as withdrawn and leaves the queue.
    fn combine(&mut self, triaged: &[Triaged], look: &AuditEntry) -> Result<Combined>;

    /// The lane of a case, to decide who may look; no look itself.
    fn case_lane(&mut self, id: &CaseId) -> Result<Option<Lane>>;

    /// A page of the queue, most urgent first.
    fn queue(&mut self, query: &QueueQuery, look: &AuditEntry) -> Result<Vec<Case>>;

    /// How many cases are in each lane and state.
    fn case_counts(&mut self) -> Result<BTreeMap<(Lane, CaseState), u64>>;

    /// A case with all that its page shows.
    fn case_file(&mut self, id: &CaseId, look: &AuditEntry) -> Result<Option<CaseFile>>;

    /// Keeps a person's decision.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] when the case's evidence is no longer what the reader saw.
    fn decide(&mut self, decision: &Decision, audit: &AuditEntry) -> Result<()>;
}

/// What [`CaseStore::combine`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Combined {
    /// Cases that are new.
    pub opened: u32,
    /// Open cases whose evidence changed.
    pub renewed: u32,
    /// Decided cases that wait again.
    pub reopened: u32,
    /// Open cases that were found no more.
    pub withdrawn: u32,
    /// Cases that stayed as they were.
    pub unchanged: u32,
}

/// Which page of the queue. Order: lane by urgency, then points downwards, then oldest first,
/// then id.
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

/// The append-only audit, hash-chained.
pub trait AuditStore {
    /// Appends a row; numbers and chains it.
    fn append_audit(&mut self, entry: &AuditEntry) -> Result<()>;

    /// Rows from the one after `after` (a row number), at most `limit`.
    fn audit(&mut self, after: Option<i64>, limit: u32) -> Result<Vec<AuditRow>>;

    /// Recomputes every chain. Returns the first row that does not fit, or how many rows fit.
    fn verify_audit(&mut self) -> Result<AuditVerdict>;
}

/// A row of the audit as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number in the database.
    pub number: i64,
    /// The writing process's chain.
    pub chain: String,
    /// Its place in that chain, from 1.
    pub position: i64,
    /// What happened.
    pub entry: AuditEntry,
    /// Digest of the row before it in the chain.
    pub previous: Digest,
    /// Digest of this row with the one before it.
    pub digest: Digest,
}

/// Whether the audit is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// All rows fit.
    Whole {
        /// How many.
        rows: u64,
    },
    /// A row does not fit the one before it, or its own content.
    Broken {
        /// The row's number.
        number: i64,
        /// What is wrong.
        reason: String,
    },
}

/// People who sign in, and their sessions.
pub trait UserStore {
    /// Adds a user, or changes the password, roles and state of a known one. Disabling a user ends
    /// all sessions.
    fn save_user(&mut self, user: &User, audit: &AuditEntry) -> Result<()>;

    /// A user by name.
    fn user(&mut self, name: &Actor) -> Result<Option<User>>;

    /// How many users there are.
    fn n_users(&mut self) -> Result<u64>;

    /// Begins a session.
    fn add_session(&mut self, session: &Session, audit: &AuditEntry) -> Result<()>;

    /// The session with this token digest, if it has not ended, and its user is not disabled.
    fn session(&mut self, token: &Digest, now: Timestamp) -> Result<Option<(Session, User)>>;

    /// Prolongs the idle limit of a session.
    fn touch_session(&mut self, token: &Digest, idle_until: Timestamp) -> Result<()>;

    /// Ends a session.
    fn end_session(&mut self, token: &Digest) -> Result<()>;
}

/// Someone who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The name; also the actor in the audit.
    pub name: Actor,
    /// PHC string of the argon2id hash.
    pub password_hash: String,
    /// What the user may do.
    pub roles: Vec<Role>,
    /// Whether the user may no longer sign in.
    pub disabled: bool,
}

/// A session. The token itself is with the browser only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Digest of the token in the cookie.
    pub token: Digest,
    /// The user.
    pub user: Actor,
    /// When it began.
    pub began_at: Timestamp,
    /// Ends when unused until then.
    pub idle_until: Timestamp,
    /// Ends then in any case.
    pub ends_at: Timestamp,
}
