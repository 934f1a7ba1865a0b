//! Why two listings are in one case, or why they are kept apart.

mod told;

use std::collections::VecDeque;

use model::{LinkKind, ListingId};

use crate::align::Text;
use crate::corpus::{Corpus, Keys};
use crate::group::{Joint, Network, Spread};
use crate::identity::Difference;
use crate::params::Params;
use crate::template::near_equal;
use crate::{HubReason, Item};

/// The answer about two listings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The first listing.
    pub a: ListingId,
    /// The second.
    pub b: ListingId,
    /// Whether they are in one case, and on what evidence.
    pub verdict: Verdict,
    /// Whether they are taken to be one advertiser's.
    pub one_advertiser: bool,
    /// In what their advertisers differ; two differences make two identities.
    pub differences: Vec<Difference>,
}

/// Whether two listings are in one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are, by a shortest path of evidence.
    Together(Vec<Step>),
    /// They are not; what they nearly share.
    Apart(Vec<Apart>),
}

/// One step of the evidence path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From this listing …
    pub from: ListingId,
    /// … to this one …
    pub to: ListingId,
    /// … by this.
    pub by: Joined,
}

/// What joins two listings into one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// A contact, picture or template that both have.
    Shared {
        /// Which kind.
        kind: LinkKind,
        /// Listings that have it.
        n_listings: u32,
        /// Advertisers or sources among them.
        n_sources: u32,
    },
    /// Both are taken to be one advertiser's.
    OneAdvertiser,
    /// Two hubs of different kinds that only a few share together.
    TwoHubs {
        /// Listings under both.
        n_listings: u32,
    },
}

/// What two listings share or nearly share, and why it joins nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// A hub.
    Hub {
        /// Which kind.
        kind: LinkKind,
        /// Why it was cut.
        why: HubReason,
        /// Listings that have it.
        n_listings: u32,
        /// Advertisers or sources among them.
        n_sources: u32,
    },
    /// The same contact, after a silence that makes it a new one.
    Silence {
        /// Days between the two listings.
        days: i64,
    },
    /// Pictures that are no copies.
    PicturesDiffer {
        /// Bits between the two nearest, in the best of eight orientations.
        nearest_bits: u32,
    },
    /// Texts that are not near-equal.
    TextsDiffer {
        /// Per mille of equal words.
        equal_per_mille: u16,
        /// Needed for texts of this length.
        needed_per_mille: u16,
    },
    /// One of the texts has too few words once masked.
    TextTooShort,
    /// Nothing in common.
    Nothing,
}

/// Explains two of the items, by their places. `None` for a place that does not exist.
pub fn explain(items: &[Item], a: usize, b: usize, params: &Params) -> Option<Explanation> {
    let (id_a, id_b) = (&items.get(a)?.id, &items.get(b)?.id);
    let corpus = Corpus::new(items, params);
    let network = Network::build(&corpus, params);
    let place = |given: usize| corpus.given_as.iter().position(|at| *at == given);
    let (a, b) = (place(a)? as u32, place(b)? as u32);
    let verdict = match path(&network, a, b) {
        Some(steps) => Verdict::Together(
            steps
                .into_iter()
                .map(|(from, to, joint)| Step {
                    from: corpus.id(from).clone(),
                    to: corpus.id(to).clone(),
                    by: joined(&network, joint),
                })
                .collect(),
        ),
        None => Verdict::Apart(apart(&corpus, &network, a, b, params)),
    };
    let advertisers = &network.advertisers;
    let (one, other) = (
        advertisers.of_item[a as usize],
        advertisers.of_item[b as usize],
    );
    Some(Explanation {
        a: id_a.clone(),
        b: id_b.clone(),
        verdict,
        one_advertiser: one == other,
        differences: if one == other {
            Vec::new()
        } else {
            advertisers.differences(one, other)
        },
    })
}

/// A shortest path over listings and what joins them, by breadth first.
fn path(network: &Network, from: u32, to: u32) -> Option<Vec<(u32, u32, Joint)>> {
    if from != to && network.case_of(from as usize)? != network.case_of(to as usize)? {
        return None;
    }
    let joints = network.joints();
    let mut of_item = vec![Vec::new(); network.words.len()];
    for (at, joint) in joints.iter().enumerate() {
        for &item in network.joined_by(*joint) {
            of_item[item as usize].push(at);
        }
    }
    let mut came_by: Vec<Option<(u32, Joint)>> = vec![None; network.words.len()];
    let mut used = vec![false; joints.len()];
    let mut waiting = VecDeque::from([from]);
    while let Some(item) = waiting.pop_front() {
        if item == to {
            break;
        }
        for &at in &of_item[item as usize] {
            if std::mem::replace(&mut used[at], true) {
                continue;
            }
            for &next in network.joined_by(joints[at]) {
                if next != from && came_by[next as usize].is_none() {
                    came_by[next as usize] = Some((item, joints[at]));
                    waiting.push_back(next);
                }
            }
        }
    }
    let mut steps = Vec::new();
    let mut at = to;
    while at != from {
        let (before, joint) = came_by[at as usize]?;
        steps.push((before, at, joint));
        at = before;
    }
    steps.reverse();
    Some(steps)
}

fn joined(network: &Network, joint: Joint) -> Joined {
    let n_listings = network.joined_by(joint).len() as u32;
    let shared = |kind, spread: &Spread, key: u32| Joined::Shared {
        kind,
        n_listings,
        n_sources: spread.n_sources[key as usize],
    };
    match joint {
        Joint::Contact(key) => shared(LinkKind::Contact, &network.contact_spread, key),
        Joint::Picture(key) => shared(LinkKind::Photo, &network.picture_spread, key),
        Joint::Template(key) => shared(LinkKind::Text, &network.template_spread, key),
        Joint::Advertiser(_) => Joined::OneAdvertiser,
        Joint::TwoHubs(_) => Joined::TwoHubs { n_listings },
    }
}

fn apart(corpus: &Corpus<'_>, network: &Network, a: u32, b: u32, params: &Params) -> Vec<Apart> {
    let mut reasons = Vec::new();
    for (kind, keys, spread) in [
        (
            LinkKind::Contact,
            &network.contacts,
            &network.contact_spread,
        ),
        (
            LinkKind::Photo,
            &network.pictures.keys,
            &network.picture_spread,
        ),
        (
            LinkKind::Text,
            &network.templates.keys,
            &network.template_spread,
        ),
    ] {
        for key in common_keys(keys, a, b) {
            if let Some(why) = spread.cut[key as usize] {
                reasons.push(Apart::Hub {
                    kind,
                    why,
                    n_listings: keys.items[key as usize].len() as u32,
                    n_sources: spread.n_sources[key as usize],
                });
            }
        }
    }
    reasons.extend(silence(corpus, network, a, b));
    reasons.extend(nearest_pictures(corpus, network, a, b));
    reasons.extend(nearest_texts(network, a, b, params));
    if reasons.is_empty() {
        reasons.push(Apart::Nothing);
    }
    reasons
}

fn common_keys(keys: &Keys, a: u32, b: u32) -> Vec<u32> {
    let of_b = &keys.of_item[b as usize];
    let of_a = keys.of_item[a as usize].iter().copied();
    of_a.filter(|key| of_b.binary_search(key).is_ok()).collect()
}

fn silence(corpus: &Corpus<'_>, network: &Network, a: u32, b: u32) -> Option<Apart> {
    let contacts = |at: u32| &corpus.items[at as usize].contacts;
    let same = contacts(a).iter().any(|one| contacts(b).contains(one));
    if !same || !common_keys(&network.contacts, a, b).is_empty() {
        return None;
    }
    let (one, other) = (&corpus.features[a as usize], &corpus.features[b as usize]);
    Some(Apart::Silence {
        days: (one.first_day - other.last_day).max(other.first_day - one.last_day),
    })
}

fn nearest_pictures(corpus: &Corpus<'_>, network: &Network, a: u32, b: u32) -> Option<Apart> {
    if !common_keys(&network.pictures.keys, a, b).is_empty() {
        return None;
    }
    let hashes = |at: u32| {
        corpus.items[at as usize]
            .photos
            .iter()
            .filter_map(|p| p.pdq)
    };
    let nearest_bits = hashes(a)
        .flat_map(|one| {
            let orientations = photo::orientations(&one);
            hashes(b).flat_map(move |other| orientations.map(|laid| laid.distance(&other)))
        })
        .min()?;
    Some(Apart::PicturesDiffer { nearest_bits })
}

fn nearest_texts(network: &Network, a: u32, b: u32, params: &Params) -> Option<Apart> {
    if !common_keys(&network.templates.keys, a, b).is_empty() {
        return None;
    }
    let (one, other) = (&network.words[a as usize], &network.words[b as usize]);
    if one.is_empty() || other.is_empty() {
        return Some(Apart::TextTooShort);
    }
    let anything = Params {
        text_similar_per_mille: 0,
        text_short_similar_per_mille: 0,
        ..params.clone()
    };
    Some(Apart::TextsDiffer {
        equal_per_mille: near_equal(
            &Text::new(one.clone()),
            &Text::new(other.clone()),
            &anything,
        )
        .unwrap_or(0),
        needed_per_mille: params.similar_per_mille(one.len().min(other.len())),
    })
}
