//! Which listings belong together, and on what evidence.
//!
//! Place in the flow: after the signals, before the assessment. In go the contacts, pictures and
//! texts of listings; out come a [`model::LinkContext`] for each listing, the edges between them
//! with their reasons, and the hubs that were cut. The steps, one file each: `contact` (equal
//! fingerprints), `account` (which tell who placed a listing), `picture` (PDQ and difference hash), `words` and `template` (near-equal texts),
//! `identity` (who is one advertiser), `group` (hubs and cases), `circuit`, `facts`, `explain`.
//!
//! Invariant: pure, no I/O, no clock, and it cannot fail on a listing.
//!
//! Invariant: nothing in a result depends on the order of the items; a group is named after its
//! smallest member (`tests/suite/laws.rs`, `order_does_not_matter`).
//!
//! Invariant: names alone never make two identities (`tests/suite/worlds.rs`).
//!
//! Invariant: no step compares all listings with all others: every bucket has a bound in
//! [`Params`].

mod account;
mod align;
mod circuit;
mod contact;
mod corpus;
mod explain;
mod facts;
mod group;
mod hamming;
mod identity;
mod links;
mod params;
mod picture;
mod template;
mod union;
mod words;

use std::ops::Range;

use model::{
    Fingerprint, GroupId, Link, LinkContext, LinkKind, ListingId, PhotoHashes, SiteId, Timestamp,
};

pub use explain::{Apart, Explanation, Joined, Step, Verdict, explain};
pub use hamming::HammingIndex;
pub use identity::Difference;
pub use params::Params;

/// What linking needs of one listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The listing.
    pub id: ListingId,
    /// Where it stands.
    pub site: Option<SiteId>,
    /// The account that placed it, as the site names it; compared within one site.
    pub account: Option<String>,
    /// Fingerprints of the advertiser's own contacts.
    pub contacts: Vec<Fingerprint>,
    /// Hashes of its pictures.
    pub photos: Vec<PhotoHashes>,
    /// Its words, heading and body.
    pub text: String,
    /// Byte ranges of `text` that are hidden before texts are compared: phones, ages, names,
    /// places, prices, and words that must not group anybody. In any order; may overlap.
    pub masks: Vec<Range<usize>>,
    /// Names that it uses for who is advertised.
    pub names: Vec<String>,
    /// Ages that it states for who is advertised.
    pub ages: Vec<u8>,
    /// The town, by its usual name.
    pub town: Option<String>,
    /// The site's own posting date: only that tells when somebody was in the town. The first look
    /// at a site finds listings of any age.
    pub posted_at: Option<Timestamp>,
    /// First sighting, or the site's own posting date where that is earlier.
    pub first_seen: Timestamp,
    /// Last sighting.
    pub last_seen: Timestamp,
    /// What it is for.
    pub offer: Offer,
    /// Whether a register of licensed businesses knows its contact.
    pub licensed: bool,
}

/// What a listing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Offer {
    /// It offers a service.
    Sells,
    /// It seeks persons for work.
    Seeks,
}

/// The result of linking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// One for each item, in the order of the items.
    pub contexts: Vec<LinkContext>,
    /// Edges with their reasons, in ascending order: enough of them to connect every set of
    /// listings that share a contact, a picture or a template, not all pairs. Edges over hubs are
    /// left out.
    pub links: Vec<Link>,
    /// What was cut, in ascending order of kind and group.
    pub hubs: Vec<Hub>,
}

/// A contact, picture or template that so many share that it joins no groups. It stays context:
/// an agency's number is a fact about each of its listings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hub {
    /// What is shared.
    pub kind: LinkKind,
    /// Named after the smallest listing that shares it.
    pub group: GroupId,
    /// Why it was cut.
    pub why: HubReason,
    /// Listings that share it.
    pub n_listings: u32,
    /// Advertisers (for a contact) or unrelated sources (for a picture or template) among them.
    pub n_sources: u32,
    /// The first of those listings, in ascending order, at most [`Params::members_cap`].
    pub listings: Vec<ListingId>,
}

/// Why a shared contact, picture or template joins no groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HubReason {
    /// Too many unrelated advertisers have it.
    Widespread,
    /// It belongs to a licensed business.
    Licensed,
}

/// Links listings. `as_of` is written into the contexts; windows are laid over the listings' own
/// sightings, so that old listings are judged in their own time.
pub fn link(items: &[Item], as_of: Timestamp, params: &Params) -> Linked {
    let corpus = corpus::Corpus::new(items, params);
    let network = group::Network::build(&corpus, params);
    let circuits = circuit::find(&corpus, &network, params);
    let mut contexts = vec![LinkContext::alone(as_of); items.len()];
    let facts = facts::of_all(&corpus, &network, &circuits, params);
    for (at, facts) in facts.into_iter().enumerate() {
        let context = &mut contexts[corpus.given_as[at]];
        context.groups = network.groups_of(&corpus, at);
        context.facts = facts;
    }
    Linked {
        contexts,
        links: links::of(&corpus, &network),
        hubs: network.hubs(&corpus, params),
    }
}
