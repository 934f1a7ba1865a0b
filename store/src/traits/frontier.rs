use std::collections::BTreeMap;

use model::{Actor, Digest, SiteId, Timestamp};

use crate::Result;

/// All known addresses with their status, and the hosts that are leased to visit them.
pub trait FrontierStore {
    /// Adds the addresses that are not known yet, due at `now`. Returns how many were new.
    ///
    /// # Errors
    /// [`crate::StoreError::Unknown`] when the site was not saved before,
    /// [`crate::StoreError::Invalid`] for an address that is too long.
    fn offer(&mut self, site: &SiteId, urls: &[OfferedUrl], now: Timestamp) -> Result<u32>;

    /// Leases a host to a worker until `until`. `None` while another worker's lease lives. The
    /// fence rises with each lease of the host. A worker that leases its own host again gets it:
    /// of two workers of one name the earlier is fenced off.
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
    /// before photos at equal time, then by row number. Only addresses due *before*
    /// `due_before`: what was offered at that very moment is not among them.
    fn next_due(&mut self, lease: &HostLease, due_before: Timestamp)
    -> Result<Option<FrontierUrl>>;

    /// Keeps what came of a visit. After a failure or "not modified" (304) the validators and the
    /// content digest that the visit does not give stay as they were. Failures are counted, and
    /// the count begins anew with any other status.
    ///
    /// # Errors
    /// [`crate::StoreError::Fenced`] when another worker holds the host by now,
    /// [`crate::StoreError::Unknown`] when the address is not one of the leased host.
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

impl UrlStatus {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::New,
        Self::Live,
        Self::Gone,
        Self::Redirected,
        Self::Refused,
        Self::Failed,
        Self::Unusable,
    ];

    /// The name in the database and in summaries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Live => "live",
            Self::Gone => "gone",
            Self::Redirected => "redirected",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unusable => "unusable",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
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
