//! The items in an order of their own, with their words turned into numbers.
//!
//! Every later step works on positions in this order (ascending ids), which is what makes the
//! result independent of the order in which the items were given.

use std::collections::HashMap;
use std::hash::Hash;

use model::Timestamp;

use crate::params::Params;
use crate::{Item, Offer};

/// A stretch of days in one town; both ends count. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stay {
    pub(crate) first_day: i64,
    pub(crate) last_day: i64,
    pub(crate) town: u32,
}

/// What identities and windows need of an item.
#[derive(Clone, Debug)]
pub(crate) struct Features {
    /// Ascending.
    pub(crate) names: Vec<u32>,
    /// Least and greatest.
    pub(crate) ages: Option<(u8, u8)>,
    pub(crate) town: Option<u32>,
    pub(crate) posted_day: Option<i64>,
    pub(crate) first_day: i64,
    pub(crate) last_day: i64,
    pub(crate) account: Option<u32>,
    pub(crate) site: u32,
    pub(crate) sells: bool,
}

impl Features {
    /// Where somebody was, and on which day: the day of posting. A listing that is left standing
    /// shows nobody's presence, and who tours leaves listings standing in every town. Nor does the
    /// day on which a listing without a date was first looked at.
    pub(crate) fn stay(&self) -> Option<Stay> {
        let (town, day) = (self.town?, self.posted_day?);
        Some(Stay {
            town,
            first_day: day,
            last_day: day,
        })
    }
}

pub(crate) struct Corpus<'a> {
    /// Ascending by id.
    pub(crate) items: Vec<&'a Item>,
    /// Where each of them stood in what was given.
    pub(crate) given_as: Vec<usize>,
    pub(crate) features: Vec<Features>,
}

/// Keys that several items share: the items of each key, and the keys of each item, all ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    pub(crate) items: Vec<Vec<u32>>,
    pub(crate) of_item: Vec<Vec<u32>>,
}

impl Keys {
    pub(crate) fn new(n_items: usize, items: Vec<Vec<u32>>) -> Self {
        let mut of_item = vec![Vec::new(); n_items];
        for (key, holders) in items.iter().enumerate() {
            for &item in holders {
                of_item[item as usize].push(key as u32);
            }
        }
        Self { items, of_item }
    }
}

/// Two items that were found to share a picture or template: `a` below `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// As `model::Link` has it.
    pub(crate) measure: u16,
    /// The picture or template.
    pub(crate) key: u32,
}

/// Numbers for values, in the order of first sight.
struct Numbering<K>(HashMap<K, u32>);

impl<K: Eq + Hash> Numbering<K> {
    fn number(&mut self, value: K) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(value).or_insert(next)
    }
}

impl<'a> Corpus<'a> {
    pub(crate) fn new(given: &'a [Item], params: &Params) -> Self {
        let mut given_as: Vec<usize> = (0..given.len()).collect();
        // Ids are unique within a file only; the other fields keep equal ids apart.
        given_as.sort_by(|&a, &b| {
            let key = |item: &'a Item| {
                (
                    &item.id,
                    &item.site,
                    item.first_seen,
                    item.last_seen,
                    &item.contacts,
                    &item.text,
                    &item.names,
                    &item.town,
                    &item.ages,
                    &item.photos,
                    (&item.account, item.posted_at, item.offer, item.licensed),
                )
            };
            key(&given[a]).cmp(&key(&given[b]))
        });
        let items: Vec<&Item> = given_as.iter().map(|&at| &given[at]).collect();
        let mut names = Numbering(HashMap::new());
        let mut towns = Numbering(HashMap::new());
        let mut accounts = Numbering(HashMap::new());
        let mut sites = Numbering(HashMap::new());
        let features = items
            .iter()
            .map(|item| {
                let mut own_names: Vec<String> =
                    item.names.iter().map(|name| plain(name)).collect();
                own_names.retain(|name| !name.is_empty());
                let mut own_names: Vec<u32> = first_few(&own_names, params.names_per_listing)
                    .into_iter()
                    .cloned()
                    .map(|name| names.number(name))
                    .collect();
                own_names.sort_unstable();
                own_names.dedup();
                let (one, other) = (item.first_seen.day(), item.last_seen.day());
                Features {
                    names: own_names,
                    ages: item
                        .ages
                        .iter()
                        .min()
                        .and_then(|least| Some((*least, *item.ages.iter().max()?))),
                    town: item
                        .town
                        .as_deref()
                        .map(plain)
                        .filter(|town| !town.is_empty())
                        .map(|town| towns.number(town)),
                    posted_day: item.posted_at.map(Timestamp::day),
                    first_day: one.min(other),
                    last_day: one.max(other),
                    account: item
                        .account
                        .as_deref()
                        .filter(|account| !account.is_empty())
                        .map(|account| accounts.number((&item.site, account))),
                    site: sites.number(&item.site),
                    sells: item.offer == Offer::Sells,
                }
            })
            .collect();
        Self {
            items,
            given_as,
            features,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn id(&self, at: u32) -> &'a model::ListingId {
        &self.items[at as usize].id
    }
}

/// The least of these values, each once.
pub(crate) fn first_few<T: Ord>(values: &[T], n: usize) -> Vec<&T> {
    let mut sorted: Vec<&T> = values.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.truncate(n);
    sorted
}

/// Lower case, single spaces.
fn plain(written: &str) -> String {
    let lower = written.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two ascending lists have no value in common.
pub(crate) fn disjoint(one: &[u32], other: &[u32]) -> bool {
    n_common(one, other) == 0
}

/// How many values two ascending lists have in common.
pub(crate) fn n_common(one: &[u32], other: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// How many of these lists can be picked so that no two share a value: the least number of
/// different names behind them. Short lists first, so that a listing of two friends does not hide
/// the listings of each.
pub(crate) fn n_disjoint<'a>(lists: impl Iterator<Item = &'a [u32]>) -> usize {
    let mut sorted: Vec<&[u32]> = lists.filter(|list| !list.is_empty()).collect();
    sorted.sort_unstable_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    sorted.dedup();
    let mut taken = std::collections::HashSet::new();
    let mut n = 0;
    for list in sorted {
        if list.iter().all(|value| !taken.contains(value)) {
            taken.extend(list.iter().copied());
            n += 1;
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn friends_in_one_listing_count_as_their_own_listings_do() {
        let lists: [&[u32]; 4] = [&[1, 2], &[1], &[2], &[]];
        assert_eq!(n_disjoint(lists.into_iter()), 2);
        let duo: [&[u32]; 1] = [&[1, 2]];
        assert_eq!(n_disjoint(duo.into_iter()), 1);
    }
}
