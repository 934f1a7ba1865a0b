//! What listings share, which of it is a hub, and which listings make one case.
//!
//! A shared contact, picture or template joins listings into a case when it is rare. One that many
//! unrelated advertisers share is a *hub*: an agency's number, a placeholder picture, a text that
//! everybody copies. Hubs stay as context and join nothing by themselves; two hubs of different
//! kinds that only a few advertisers share together do ("two independent keys or one rare key",
//! matching.md, Links and groups).
//!
//! Degree alone does not tell an agency from a family, so what is counted is variety: advertisers
//! for a contact, unrelated sources for a picture or template. A source is a set of listings that
//! share contacts or an account.

use model::{GroupId, Groups, LinkKind};

use crate::account;
use crate::contact;
use crate::corpus::{Corpus, Keys};
use crate::identity::{Advertisers, Shared};
use crate::params::Params;
use crate::picture::{self, Pictures};
use crate::template::{self, Templates};
use crate::union::{Sets, members_of};
use crate::words;
use crate::{Hub, HubReason};

/// How widespread the keys of one kind are, and which are cut.
pub(crate) struct Spread {
    pub(crate) n_sources: Vec<u32>,
    pub(crate) cut: Vec<Option<HubReason>>,
}

/// Listings under two hubs must be this many at least …
const LEAST_UNDER_TWO_HUBS: usize = 3;

/// … and this many times what chance puts under both. At 10 times, three or more listings are
/// there by chance once in some 300 pairs of hubs (Poisson, mean 0.3: 0.0036).
const TIMES_CHANCE: u64 = 10;

/// Something that joined listings into one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    Advertiser(u32),
    Contact(u32),
    Picture(u32),
    Template(u32),
    TwoHubs(u32),
}

/// Everything that was found about a set of listings.
pub(crate) struct Network {
    pub(crate) contacts: Keys,
    pub(crate) pictures: Pictures,
    pub(crate) templates: Templates,
    /// The words that were compared; empty where there were too few.
    pub(crate) words: Vec<Vec<u32>>,
    pub(crate) advertisers: Advertisers,
    pub(crate) contact_spread: Spread,
    pub(crate) picture_spread: Spread,
    pub(crate) template_spread: Spread,
    /// Listings that two hubs of different kinds join.
    pub(crate) two_hubs: Vec<Vec<u32>>,
    /// The root of each item's case.
    case_roots: Vec<u32>,
    case_sizes: Vec<u32>,
    contact_roots: Roots,
    picture_roots: Roots,
}

impl Network {
    pub(crate) fn build(corpus: &Corpus<'_>, params: &Params) -> Self {
        let contacts = contact::keys(corpus, params);
        let accounts = account::telling(corpus, &contacts, params);
        let sources = sources(&contacts, &accounts, params);
        let pictures = picture::find(corpus, params);
        let words = words::of_all(corpus, &sources, params);
        let templates = template::find(&words, params);
        let picture_spread = spread_over_sources(&pictures.keys, &sources, params);
        let template_spread = spread_over_sources(&templates.keys, &sources, params);
        let picture_is_hub: Vec<bool> = picture_spread.cut.iter().map(Option::is_some).collect();
        let shared = Shared {
            contacts: &contacts,
            accounts: &accounts,
            pictures: &pictures.keys,
            picture_is_hub: &picture_is_hub,
            templates: &templates.keys,
        };
        let advertisers = Advertisers::find(corpus, &shared, params);
        let contact_spread = contact_spread(corpus, &contacts, &advertisers, params);
        let mut network = Self {
            contact_roots: Roots::of(corpus.len(), &contacts, &contact_spread),
            picture_roots: Roots::of(corpus.len(), &pictures.keys, &picture_spread),
            contacts,
            pictures,
            templates,
            words,
            advertisers,
            contact_spread,
            picture_spread,
            template_spread,
            two_hubs: Vec::new(),
            case_roots: Vec::new(),
            case_sizes: Vec::new(),
        };
        network.two_hubs = network.pairs_of_hubs(params);
        let mut sets = Sets::new(corpus.len());
        for joint in network.joints() {
            sets.join_all(network.joined_by(joint));
        }
        let roots = Roots::from(sets);
        network.case_roots = roots.roots;
        network.case_sizes = roots.sizes;
        network
    }

    /// Everything that joins listings into cases.
    pub(crate) fn joints(&self) -> Vec<Joint> {
        let whole = |spread: &Spread| -> Vec<u32> {
            (0..spread.cut.len() as u32)
                .filter(|key| spread.cut[*key as usize].is_none())
                .collect()
        };
        let mut joints = Vec::new();
        joints.extend(whole(&self.contact_spread).into_iter().map(Joint::Contact));
        joints.extend(whole(&self.picture_spread).into_iter().map(Joint::Picture));
        joints.extend(
            whole(&self.template_spread)
                .into_iter()
                .map(Joint::Template),
        );
        joints.extend((0..self.advertisers.members.len() as u32).map(Joint::Advertiser));
        joints.extend((0..self.two_hubs.len() as u32).map(Joint::TwoHubs));
        joints.retain(|joint| self.joined_by(*joint).len() > 1);
        joints
    }

    /// The listings that it joins, ascending.
    pub(crate) fn joined_by(&self, joint: Joint) -> &[u32] {
        match joint {
            Joint::Advertiser(at) => &self.advertisers.members[at as usize],
            Joint::Contact(at) => &self.contacts.items[at as usize],
            Joint::Picture(at) => &self.pictures.keys.items[at as usize],
            Joint::Template(at) => &self.templates.keys.items[at as usize],
            Joint::TwoHubs(at) => &self.two_hubs[at as usize],
        }
    }

    /// Listings under the same two hubs of different kinds, where those are few advertisers.
    fn pairs_of_hubs(&self, params: &Params) -> Vec<Vec<u32>> {
        let hubs_of = |keys: &Keys, spread: &Spread, at: usize| -> Vec<u32> {
            keys.of_item[at]
                .iter()
                .copied()
                .filter(|key| spread.cut[*key as usize] == Some(HubReason::Widespread))
                .collect()
        };
        let mut under: Vec<(u8, u32, u32, u32)> = Vec::new();
        for at in 0..self.words.len() {
            let contacts = hubs_of(&self.contacts, &self.contact_spread, at);
            let pictures = hubs_of(&self.pictures.keys, &self.picture_spread, at);
            let templates = hubs_of(&self.templates.keys, &self.template_spread, at);
            for (kinds, one, other) in [
                (0, &contacts, &pictures),
                (1, &contacts, &templates),
                (2, &pictures, &templates),
            ] {
                for &one in one {
                    under.extend(other.iter().map(|other| (kinds, one, *other, at as u32)));
                }
            }
        }
        under.sort_unstable();
        under
            .chunk_by(|one, other| (one.0, one.1, one.2) == (other.0, other.1, other.2))
            .filter(|same| {
                let (kinds, one, other, _) = same[0];
                let (one_keys, other_keys) = match kinds {
                    0 => (&self.contacts, &self.pictures.keys),
                    1 => (&self.contacts, &self.templates.keys),
                    _ => (&self.pictures.keys, &self.templates.keys),
                };
                let size = |keys: &Keys, key: u32| keys.items[key as usize].len() as u64;
                let by_chance_times_all = size(one_keys, one) * size(other_keys, other);
                same.len() >= LEAST_UNDER_TWO_HUBS
                    && same.len() as u64 * self.words.len() as u64
                        >= TIMES_CHANCE * by_chance_times_all
            })
            .map(|same| same.iter().map(|entry| entry.3).collect::<Vec<u32>>())
            .filter(|items| {
                let n_advertisers = self.advertisers.of_items(items.iter().copied()).len();
                n_advertisers <= params.rare_sources
            })
            .collect()
    }

    pub(crate) fn case_of(&self, at: usize) -> Option<u32> {
        let root = self.case_roots[at];
        (self.case_sizes[root as usize] > 1).then_some(root)
    }

    /// The cases of more than one listing, members ascending.
    pub(crate) fn cases(&self) -> Vec<Vec<u32>> {
        let mut cases = members_of(&self.case_roots);
        cases.retain(|members| members.len() > 1);
        cases
    }

    pub(crate) fn groups_of(&self, corpus: &Corpus<'_>, at: usize) -> Groups {
        let named = |letter: char, smallest: Option<u32>| {
            smallest.map(|smallest| GroupId::of_smallest(letter, corpus.id(smallest)))
        };
        let template = self.templates.keys.of_item[at]
            .iter()
            .find(|key| self.template_spread.cut[**key as usize].is_none())
            .map(|key| self.templates.keys.items[*key as usize][0]);
        let advertiser = &self.advertisers.members[self.advertisers.of_item[at] as usize];
        Groups {
            contact: named('c', self.contact_roots.group_of(at)),
            photo: named('p', self.picture_roots.group_of(at)),
            text: named('t', template),
            identity: named('i', (advertiser.len() > 1).then_some(advertiser[0])),
            case: named('g', self.case_of(at)),
        }
    }

    pub(crate) fn hubs(&self, corpus: &Corpus<'_>, params: &Params) -> Vec<Hub> {
        let mut hubs = Vec::new();
        for (kind, letter, keys, spread) in [
            (LinkKind::Contact, 'c', &self.contacts, &self.contact_spread),
            (
                LinkKind::Photo,
                'p',
                &self.pictures.keys,
                &self.picture_spread,
            ),
            (
                LinkKind::Text,
                't',
                &self.templates.keys,
                &self.template_spread,
            ),
        ] {
            for (key, items) in keys.items.iter().enumerate() {
                let Some(why) = spread.cut[key] else { continue };
                hubs.push(Hub {
                    kind,
                    group: GroupId::of_smallest(letter, corpus.id(items[0])),
                    why,
                    n_listings: items.len() as u32,
                    n_sources: spread.n_sources[key],
                    listings: items
                        .iter()
                        .take(params.members_cap)
                        .map(|item| corpus.id(*item).clone())
                        .collect(),
                });
            }
        }
        hubs.sort();
        hubs
    }
}

/// Who each listing comes from, as far as contacts and accounts tell: the smallest of the listings
/// that share them. Contacts of very many listings do not tell.
fn sources(contacts: &Keys, accounts: &[Option<u32>], params: &Params) -> Vec<u32> {
    let mut sets = Sets::new(accounts.len());
    for items in &contacts.items {
        if items.len() <= params.source_listings {
            sets.join_all(items);
        }
    }
    let mut with_account: Vec<(u32, u32)> = (0..)
        .zip(accounts)
        .filter_map(|(at, account)| Some(((*account)?, at)))
        .collect();
    with_account.sort_unstable();
    for pair in with_account.windows(2) {
        if pair[0].0 == pair[1].0 {
            sets.join(pair[0].1, pair[1].1);
        }
    }
    sets.roots()
}

fn spread_over_sources(keys: &Keys, sources: &[u32], params: &Params) -> Spread {
    let n_sources: Vec<u32> = keys
        .items
        .iter()
        .map(|items| {
            let mut own: Vec<u32> = items.iter().map(|item| sources[*item as usize]).collect();
            own.sort_unstable();
            own.dedup();
            own.len() as u32
        })
        .collect();
    let cut = n_sources
        .iter()
        .map(|n| (*n as usize > params.rare_sources).then_some(HubReason::Widespread))
        .collect();
    Spread { n_sources, cut }
}

fn contact_spread(
    corpus: &Corpus<'_>,
    contacts: &Keys,
    advertisers: &Advertisers,
    params: &Params,
) -> Spread {
    let mut spread = Spread {
        n_sources: Vec::new(),
        cut: Vec::new(),
    };
    for items in &contacts.items {
        let n = advertisers.of_items(items.iter().copied()).len();
        let licensed = items
            .iter()
            .any(|item| corpus.items[*item as usize].licensed);
        spread.n_sources.push(n as u32);
        spread.cut.push(if licensed {
            Some(HubReason::Licensed)
        } else {
            (n > params.rare_advertisers).then_some(HubReason::Widespread)
        });
    }
    spread
}

/// Sets of items joined by the keys of one kind that are no hubs.
struct Roots {
    roots: Vec<u32>,
    sizes: Vec<u32>,
}

impl Roots {
    fn of(n_items: usize, keys: &Keys, spread: &Spread) -> Self {
        let mut sets = Sets::new(n_items);
        for (items, cut) in keys.items.iter().zip(&spread.cut) {
            if cut.is_none() {
                sets.join_all(items);
            }
        }
        Self::from(sets)
    }

    fn group_of(&self, at: usize) -> Option<u32> {
        let root = self.roots[at];
        (self.sizes[root as usize] > 1).then_some(root)
    }
}

impl From<Sets> for Roots {
    fn from(sets: Sets) -> Self {
        let roots = sets.roots();
        let mut sizes = vec![0; roots.len()];
        for root in &roots {
            sizes[*root as usize] += 1;
        }
        Self { roots, sizes }
    }
}
