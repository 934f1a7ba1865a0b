//! The facts of each listing: the numbers that rules over links read (`model::FactName`).
//!
//! A fact is present when it can be known: a listing without a contact has no contact facts, one
//! without a usable picture no photo facts. Counts are lower bounds and include the listing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use model::{Fact, FactName, ListingId};

use crate::circuit::Circuit;
use crate::corpus::{Corpus, Keys, n_disjoint};
use crate::group::Network;
use crate::params::Params;
use crate::union::Sets;

pub(crate) type Facts = BTreeMap<FactName, Fact>;

/// The facts of every item.
pub(crate) fn of_all(
    corpus: &Corpus<'_>,
    network: &Network,
    circuits: &[Circuit],
    params: &Params,
) -> Vec<Facts> {
    let mut facts = Writer {
        corpus,
        network,
        params,
        facts: vec![Facts::new(); corpus.len()],
    };
    facts.contacts();
    facts.recruitment();
    facts.pictures();
    facts.templates();
    facts.circuits(circuits);
    facts.identities();
    facts.facts
}

struct Writer<'a> {
    corpus: &'a Corpus<'a>,
    network: &'a Network,
    params: &'a Params,
    facts: Vec<Facts>,
}

/// What is counted over the listings that have one key; a greater one says more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Counts {
    identities: usize,
    listings: usize,
    names: usize,
    contacts: usize,
}

impl Writer<'_> {
    fn put(&mut self, at: u32, fact: FactName, value: usize, members: &[ListingId]) {
        let fact_value = Fact {
            value: value as i64,
            members: members.to_vec(),
        };
        self.facts[at as usize].insert(fact, fact_value);
    }

    /// The ids of these items but one, the first of them.
    fn members(&self, items: &[u32], but: u32) -> Vec<ListingId> {
        items
            .iter()
            .filter(|item| **item != but)
            .take(self.params.members_cap)
            .map(|item| self.corpus.id(*item).clone())
            .collect()
    }

    fn sells(&self, item: u32) -> bool {
        self.corpus.features[item as usize].sells
    }

    fn count(&self, items: &[u32]) -> Counts {
        let selling = || items.iter().copied().filter(|item| self.sells(*item));
        Counts {
            identities: self.network.advertisers.count(selling()).max(1),
            listings: items.len(),
            names: n_disjoint(
                selling().map(|item| self.corpus.features[item as usize].names.as_slice()),
            ),
            contacts: 0,
        }
    }

    /// Sets of these items that share no contact with each other.
    fn n_contacts(&self, items: &[u32]) -> usize {
        let mut uses: Vec<(u32, u32)> = Vec::new();
        let mut with_contact = 0;
        for (at, item) in items.iter().enumerate() {
            let contacts = &self.network.contacts.of_item[*item as usize];
            with_contact += usize::from(!contacts.is_empty());
            uses.extend(contacts.iter().map(|contact| (*contact, at as u32)));
        }
        uses.sort_unstable();
        let mut sets = Sets::new(items.len());
        let n_joined = uses
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0 && sets.join(pair[0].1, pair[1].1))
            .count();
        with_contact - n_joined
    }

    fn contacts(&mut self) {
        let contacts = &self.network.contacts;
        let mut best: Vec<Option<(Counts, usize)>> = vec![None; self.corpus.len()];
        let mut pools: Vec<Vec<u32>> = Vec::new();
        for items in &contacts.items {
            for end in window_ends(self.corpus, items, self.params) {
                let begin = end.saturating_sub(self.params.window_days);
                let mut window = items.clone();
                window.retain(|item| {
                    let features = &self.corpus.features[*item as usize];
                    features.first_day <= end && features.last_day >= begin
                });
                let counts = self.count(&window);
                let pool = pools.len();
                for &item in &window {
                    let known = &mut best[item as usize];
                    if known.is_none_or(|(known, _)| counts > known) {
                        *known = Some((counts, pool));
                    }
                }
                // One more than is named: the listing itself may be among them.
                window.truncate(self.params.members_cap.saturating_add(1));
                pools.push(window);
            }
        }
        for (at, best) in best.into_iter().enumerate() {
            if contacts.of_item[at].is_empty() {
                continue;
            }
            let at = at as u32;
            // In no window that was chosen: known to be there, beside nobody.
            let (counts, members) = match best {
                Some((counts, pool)) => (counts, self.members(&pools[pool], at)),
                None => (self.count(&[at]), Vec::new()),
            };
            self.put(at, FactName::ContactIdentities, counts.identities, &members);
            self.put(at, FactName::ContactListings, counts.listings, &members);
            self.put(at, FactName::ContactNames, counts.names, &members);
        }
    }

    /// Recruitment and sale under one contact.
    fn recruitment(&mut self) {
        let contacts = &self.network.contacts;
        let of_offer = |sells: bool| -> Vec<Vec<u32>> {
            contacts
                .items
                .iter()
                .map(|items| {
                    items
                        .iter()
                        .copied()
                        .filter(|item| self.sells(*item) == sells)
                        .collect()
                })
                .collect()
        };
        let (selling, seeking) = (of_offer(true), of_offer(false));
        for at in 0..self.corpus.len() {
            let own = &contacts.of_item[at];
            let at = at as u32;
            let (fact, others) = if self.sells(at) {
                (FactName::ContactRecruits, &seeking)
            } else {
                (FactName::ContactSells, &selling)
            };
            let most = own
                .iter()
                .map(|contact| &others[*contact as usize])
                .max_by_key(|items| items.len());
            if let Some(items) = most {
                let members = self.members(items, at);
                self.put(at, fact, items.len(), &members);
            }
        }
    }

    /// For every item the key under which most is found; hubs left out where `cut` says so.
    fn best_keys(&self, keys: &Keys, usable: impl Fn(usize) -> bool) -> Vec<Option<(Counts, u32)>> {
        let mut best: Vec<Option<(Counts, u32)>> = vec![None; self.corpus.len()];
        for (key, items) in keys.items.iter().enumerate() {
            if !usable(key) {
                continue;
            }
            let counts = Counts {
                contacts: self.n_contacts(items),
                ..self.count(items)
            };
            for &item in items {
                let known = &mut best[item as usize];
                if known.is_none_or(|(known, _)| counts > known) {
                    *known = Some((counts, key as u32));
                }
            }
        }
        best
    }

    /// Hubs among pictures are placeholders and logos: they are named as hubs and counted nowhere
    /// ("negative bank", matching.md, Photos).
    fn pictures(&mut self) {
        let network = self.network;
        let keys = &network.pictures.keys;
        let best = self.best_keys(keys, |key| network.picture_spread.cut[key].is_none());
        for (at, best) in best.into_iter().enumerate() {
            let Some((counts, key)) = best else { continue };
            let at = at as u32;
            let members = self.members(&keys.items[key as usize], at);
            self.put(at, FactName::PhotoIdentities, counts.identities, &members);
            self.put(at, FactName::PhotoNames, counts.names, &members);
            self.put(at, FactName::PhotoContacts, counts.contacts, &members);
        }
    }

    fn templates(&mut self) {
        let network = self.network;
        let keys = &network.templates.keys;
        let best = self.best_keys(keys, |_| true);
        for (at, best) in best.into_iter().enumerate() {
            if network.words[at].is_empty() {
                continue;
            }
            let at = at as u32;
            let (identities, listings, members) = match best {
                Some((counts, key)) => (
                    counts.identities,
                    counts.listings,
                    self.members(&keys.items[key as usize], at),
                ),
                None => (1, 1, Vec::new()),
            };
            self.put(at, FactName::TextIdentities, identities, &members);
            self.put(at, FactName::TextListings, listings, &members);
        }
    }

    fn circuits(&mut self, circuits: &[Circuit]) {
        let advertisers = &self.network.advertisers;
        // At most one circuit for each case, so at most one for each advertiser.
        let mut of_advertiser: Vec<Option<usize>> = vec![None; advertisers.members.len()];
        for (at, circuit) in circuits.iter().enumerate() {
            for advertiser in &circuit.advertisers {
                of_advertiser[*advertiser as usize] = Some(at);
            }
        }
        let listings: Vec<Vec<u32>> = circuits
            .iter()
            .map(|circuit| {
                let members = |one: &u32| advertisers.members[*one as usize].iter().copied();
                let mut items: Vec<u32> = circuit.advertisers.iter().flat_map(members).collect();
                items.sort_unstable();
                items
            })
            .collect();
        for at in 0..self.corpus.len() {
            if self.corpus.features[at].town.is_none() {
                continue;
            }
            let own = of_advertiser[advertisers.of_item[at] as usize];
            let at = at as u32;
            let (towns, identities, rounds, members) = match own {
                Some(own) => {
                    let circuit = &circuits[own];
                    (
                        circuit.n_towns,
                        circuit.advertisers.len(),
                        circuit.n_rounds,
                        self.members(&listings[own], at),
                    )
                }
                None => (0, 0, 0, Vec::new()),
            };
            self.put(at, FactName::CircuitTowns, towns, &members);
            self.put(at, FactName::CircuitIdentities, identities, &members);
            self.put(at, FactName::CircuitRounds, rounds, &members);
        }
    }

    fn identities(&mut self) {
        for (advertiser, items) in self.network.advertisers.members.iter().enumerate() {
            let n_names = self.network.advertisers.profiles[advertiser].names.len();
            let stable_days = self.stable_days(items);
            for &at in items {
                let members = self.members(items, at);
                if n_names > 0 {
                    self.put(at, FactName::IdentityNames, n_names, &members);
                }
                if let Some(days) = stable_days {
                    self.put(at, FactName::IdentityStableDays, days, &members);
                }
            }
        }
    }

    /// Days from first to last sighting when one contact and one town go through all listings of
    /// the advertiser that state any; 0 when they do not; `None` when none states one.
    fn stable_days(&self, items: &[u32]) -> Option<usize> {
        let features = |item: &u32| &self.corpus.features[*item as usize];
        let mut towns = items.iter().filter_map(|item| features(item).town);
        let town = towns.next()?;
        let mut contacts = items
            .iter()
            .map(|item| &self.network.contacts.of_item[*item as usize])
            .filter(|contacts| !contacts.is_empty());
        let mut common = contacts.next()?.clone();
        for own in contacts {
            common.retain(|contact| own.binary_search(contact).is_ok());
        }
        if common.is_empty() || towns.any(|other| other != town) {
            return Some(0);
        }
        let first = items.iter().map(|item| features(item).first_day).min()?;
        let last = items.iter().map(|item| features(item).last_day).max()?;
        usize::try_from(last - first).ok()
    }
}

/// The days on which the windows of one key end, so that each holds what was seen in the days
/// before. Only the fullest windows: none lies within another, and every item is in at least one.
/// Of more than the cap, as many are chosen as evenly as possible.
fn window_ends(corpus: &Corpus<'_>, items: &[u32], params: &Params) -> Vec<i64> {
    let features = |item: &u32| &corpus.features[*item as usize];
    let mut seen: Vec<(i64, i64)> = items
        .iter()
        .map(|item| (features(item).first_day, features(item).last_day))
        .collect();
    seen.sort_unstable();
    let mut ends = Vec::new();
    // Last days of what is in the window that ends on the day in hand.
    let mut inside: BinaryHeap<Reverse<i64>> = BinaryHeap::new();
    // A window ends on the day on which somebody new is seen, and is among the fullest when
    // somebody has left it by the next such day.
    for same_day in seen.chunk_by(|one, other| one.0 == other.0) {
        let day = same_day[0].0;
        let begin = day.saturating_sub(params.window_days);
        let mut somebody_left = false;
        while inside.peek().is_some_and(|last| last.0 < begin) {
            inside.pop();
            somebody_left = true;
        }
        if !somebody_left {
            ends.pop();
        }
        ends.push(day);
        inside.extend(same_day.iter().map(|(_, last)| Reverse(*last)));
    }
    let n = ends.len();
    let cap = params.windows_cap.min(n);
    (0..cap).map(|at| ends[at * n / cap]).collect()
}

#[cfg(test)]
mod tests {
    use model::{ListingId, Timestamp};

    use super::*;
    use crate::{Item, Offer};

    /// The days on which windows of ten days end over stays `first..last`.
    #[track_caller]
    fn check(stays: &[(i64, i64)], windows_cap: usize, expected: &[i64]) {
        let items: Vec<Item> = (0_i64..)
            .zip(stays)
            .map(|(at, (first, last))| Item {
                id: ListingId::new(format!("{at}")).unwrap(),
                site: None,
                account: None,
                contacts: Vec::new(),
                photos: Vec::new(),
                text: String::new(),
                masks: Vec::new(),
                names: Vec::new(),
                ages: Vec::new(),
                town: None,
                posted_at: None,
                first_seen: Timestamp::from_ms(0).plus_days(*first),
                last_seen: Timestamp::from_ms(0).plus_days(*last),
                offer: Offer::Sells,
                licensed: false,
            })
            .collect();
        let params = Params {
            window_days: 10,
            windows_cap,
            ..Params::default()
        };
        let places: Vec<u32> = (0..items.len() as u32).collect();
        assert_eq!(
            window_ends(&Corpus::new(&items, &params), &places, &params),
            expected
        );
    }

    #[test]
    fn only_the_fullest_windows() {
        check(&[], 9, &[]);
        check(&[(0, 0)], 9, &[0]);
        check(&[(0, 0), (4, 4), (10, 12)], 9, &[10]);
        check(&[(0, 0), (4, 4), (11, 11)], 9, &[4, 11]);
        check(&[(0, 30), (20, 20), (40, 40)], 9, &[20, 40]);
        check(&[(0, 0), (50, 50), (20, 25), (0, 3)], 9, &[0, 20, 50]);
    }

    #[test]
    fn no_more_windows_than_the_cap() {
        let apart: Vec<(i64, i64)> = (0..9).map(|at| (20 * at, 20 * at)).collect();
        check(&apart, 3, &[0, 60, 120]);
        check(&apart, 0, &[]);
    }
}
