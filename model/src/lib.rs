//! The words of the domain as plain values.
//!
//! Every other crate speaks these types; the glossary in `docs/glossary.md` gives each word a
//! sentence. Two places to start: [`ListingVersion`], what an advertisement said at one moment,
//! and [`Assessment`], what was found in it and why.
//!
//! Invariant: nothing here does I/O, reads a clock or draws a random number. [`Clock`] and
//! [`Entropy`] are the doors through which `cli` hands both in.
//!
//! These types are not the wire format: `wire` has row types of its own (`contract.md`). The
//! `serde` derives serve the sealed payloads inside `store`.

mod assessment;
mod audit;
mod capture;
mod case;
mod clock;
mod contact;
mod digest;
mod finding;
mod id;
mod language;
mod link;
mod listing;
mod photo;
mod signal;
mod site;
mod text;
mod time;

pub use assessment::{Assessment, Band, ConditionUnknown, Gate, Lane, PackRef, PolicyRef, Score};
pub use audit::{AuditAction, AuditEntry, AuditObject};
pub use capture::{Capture, CaptureId};
pub use case::{
    Case, CaseState, Decision, Disposition, DispositionReason, Permission, Role, Triaged,
};
pub use clock::{Clock, Entropy, FixedClock};
pub use contact::{Fingerprint, FingerprintKey, Phone, PhoneError};
pub use digest::Digest;
pub use finding::{
    Evidence, EvidenceKind, Family, Finding, IndicatorId, Localised, ProtectiveFinding, RuleId,
};
pub use id::{Actor, CaseId, GroupId, IdError, ListingId, SiteId};
pub use language::Language;
pub use link::{Fact, FactName, Groups, Link, LinkContext, LinkKind};
pub use listing::{AgeField, Author, Listing, ListingState, ListingVersion, Price};
pub use photo::{DHash, PhotoHash, PhotoHashError, PhotoHashes};
pub use signal::{
    About, AgeSeen, Answers, How, Observed, Per, PhoneOwner, PhoneSeen, Refused, Signal, Speaker,
    Statement,
};
pub use site::{LegalGround, Retention, Site};
pub use text::{Field, Span};
pub use time::{Timestamp, TimestampError};
