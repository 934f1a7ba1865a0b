//! Who is one advertiser, and how many there are at least.
//!
//! In two steps. First the listings of one advertiser are put together: the same account, mostly
//! the same pictures, or the same name or text on the same contact, as long as nothing speaks
//! against it (ages that do not go together, two towns at the same time). Then advertisers are held against
//! each other: two are different *identities* when they differ in at least two of names, pictures,
//! ages and places at the same time. One difference never makes two: working names change, people
//! have many pictures, ages are marketing, and listings stay up after somebody has moved on.
//!
//! The number of identities is the size of a set of advertisers that are different in pairs, found
//! greedily: a lower bound.
//!
//! Invariant: names alone never make two identities.

mod collapse;

use crate::corpus::{Corpus, Keys, Stay, disjoint, n_common};
use crate::params::Params;
use crate::union::members_of;

/// A fact in which two advertisers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// Both have names, and none in common.
    Names,
    /// Both have pictures, and fewer than half of the smaller set in common.
    Pictures,
    /// Stated ages too far apart.
    Ages,
    /// Seen in two towns at the same time.
    Places,
}

/// What is known of one advertiser; lists ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    pub(crate) names: Vec<u32>,
    /// Pictures that tell people apart: no hubs, no rooms or logos.
    pub(crate) pictures: Vec<u32>,
    ages: Option<(u8, u8)>,
    /// By first day; stays in one town that follow each other are one.
    pub(crate) stays: Vec<Stay>,
}

/// What listings share that says who is one advertiser.
pub(crate) struct Shared<'a> {
    pub(crate) contacts: &'a Keys,
    /// Of each item, where it tells.
    pub(crate) accounts: &'a [Option<u32>],
    pub(crate) pictures: &'a Keys,
    pub(crate) picture_is_hub: &'a [bool],
    pub(crate) templates: &'a Keys,
}

/// The advertisers, numbered by their smallest listing.
pub(crate) struct Advertisers {
    /// The advertiser of each item.
    pub(crate) of_item: Vec<u32>,
    /// The listings of each, ascending.
    pub(crate) members: Vec<Vec<u32>>,
    pub(crate) profiles: Vec<Profile>,
    age_gap_years: u8,
    count_cap: usize,
}

impl Advertisers {
    pub(crate) fn find(corpus: &Corpus<'_>, shared: &Shared<'_>, params: &Params) -> Self {
        let common = common_pictures(corpus, shared, params);
        let telling =
            |picture: &u32| !shared.picture_is_hub[*picture as usize] && !common[*picture as usize];
        let profiles = (0..corpus.len())
            .map(|at| {
                let features = &corpus.features[at];
                Profile {
                    names: features.names.clone(),
                    pictures: shared.pictures.of_item[at]
                        .iter()
                        .copied()
                        .filter(telling)
                        .collect(),
                    ages: features.ages,
                    stays: features.stay().into_iter().collect(),
                }
            })
            .collect();
        let (sets, mut profiles) = collapse::run(corpus, shared, profiles, params);
        let members = members_of(&sets.roots());
        let mut of_item = vec![0; corpus.len()];
        for (advertiser, members) in members.iter().enumerate() {
            for &item in members {
                of_item[item as usize] = advertiser as u32;
            }
        }
        Self {
            of_item,
            profiles: members
                .iter()
                .map(|members| std::mem::take(&mut profiles[members[0] as usize]))
                .collect(),
            members,
            age_gap_years: params.age_gap_years,
            count_cap: params.identity_count_cap,
        }
    }

    /// The advertisers of these items, ascending.
    pub(crate) fn of_items(&self, items: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut advertisers: Vec<u32> = items.map(|item| self.of_item[item as usize]).collect();
        advertisers.sort_unstable();
        advertisers.dedup();
        advertisers
    }

    pub(crate) fn differences(&self, one: u32, other: u32) -> Vec<Difference> {
        differences(
            &self.profiles[one as usize],
            &self.profiles[other as usize],
            self.age_gap_years,
        )
        .collect()
    }

    /// Whether the two are different identities.
    pub(crate) fn are_different(&self, one: u32, other: u32) -> bool {
        differences(
            &self.profiles[one as usize],
            &self.profiles[other as usize],
            self.age_gap_years,
        )
        .nth(1)
        .is_some()
    }

    /// A set of these advertisers that are different in pairs, as large as the greedy way finds:
    /// of few, those that differ from most others first; of many, in their order. At most the cap.
    pub(crate) fn different_set(&self, advertisers: &[u32]) -> Vec<u32> {
        let mut order = advertisers.to_vec();
        if advertisers.len() <= self.count_cap {
            order.sort_by_cached_key(|one| {
                let n_alike = advertisers
                    .iter()
                    .filter(|other| !self.are_different(*one, **other))
                    .count();
                (n_alike, *one)
            });
        }
        let mut set: Vec<u32> = Vec::new();
        for one in order {
            if set.len() == self.count_cap {
                break;
            }
            if set.iter().all(|other| self.are_different(one, *other)) {
                set.push(one);
            }
        }
        set.sort_unstable();
        set
    }

    /// Identities among these items, at least 1 when there are any.
    pub(crate) fn count(&self, items: impl Iterator<Item = u32>) -> usize {
        self.different_set(&self.of_items(items)).len()
    }
}

/// In what two advertisers differ. Lazily, and what costs most to tell comes last: two differences
/// are enough for most who ask.
fn differences(
    one: &Profile,
    other: &Profile,
    age_gap_years: u8,
) -> impl Iterator<Item = Difference> {
    let both = |a: &[u32], b: &[u32]| !a.is_empty() && !b.is_empty();
    [
        Difference::Names,
        Difference::Pictures,
        Difference::Ages,
        Difference::Places,
    ]
    .into_iter()
    .filter(move |difference| match difference {
        Difference::Names => both(&one.names, &other.names) && disjoint(&one.names, &other.names),
        Difference::Pictures => {
            both(&one.pictures, &other.pictures) && !mostly_shared(&one.pictures, &other.pictures)
        }
        Difference::Ages => age_gap(one.ages, other.ages) > age_gap_years,
        Difference::Places => at_two_places(&one.stays, &other.stays),
    })
}

/// Whether at least half of the smaller set, and at least one, stands in both.
fn mostly_shared(one: &[u32], other: &[u32]) -> bool {
    let n = n_common(one, other);
    n > 0 && 2 * n >= one.len().min(other.len())
}

/// Years between two ranges of ages; 0 where they overlap or one is not known.
fn age_gap(one: Option<(u8, u8)>, other: Option<(u8, u8)>) -> u8 {
    match (one, other) {
        (Some((low, high)), Some((other_low, other_high))) => low
            .saturating_sub(other_high)
            .max(other_low.saturating_sub(high)),
        _ => 0,
    }
}

/// Whether the two were in different towns on one day. The day on which one stay ends and the
/// other begins is a day of travel. Both are sorted, so that one walk over each is enough.
fn at_two_places(one: &[Stay], other: &[Stay]) -> bool {
    let mut left = other;
    one.iter().any(|a| {
        // Those that ended before this stay began are over for the later ones too.
        let n_over = left.iter().take_while(|b| b.last_day < a.first_day).count();
        left = &left[n_over..];
        left.iter()
            .take_while(|b| b.first_day <= a.last_day)
            .any(|b| {
                let overlap = a.first_day <= b.last_day;
                let same_days = (a.first_day, a.last_day) == (b.first_day, b.last_day);
                let travel = a.last_day == b.first_day || b.last_day == a.first_day;
                a.town != b.town && overlap && (same_days || !travel)
            })
    })
}

/// Pictures of a room, or with a logo: enough listings have them, each under another name and
/// beside other pictures of its own.
fn common_pictures(corpus: &Corpus<'_>, shared: &Shared<'_>, params: &Params) -> Vec<bool> {
    let Shared {
        pictures,
        picture_is_hub,
        ..
    } = shared;
    let enough = params.common_picture_holders;
    pictures
        .items
        .iter()
        .enumerate()
        .map(|(picture, holders)| {
            if picture_is_hub[picture] || holders.len() < enough {
                return false;
            }
            let mut taken: Vec<(&[u32], Vec<u32>)> = Vec::new();
            for &item in holders {
                let names = corpus.features[item as usize].names.as_slice();
                let others: Vec<u32> = pictures.of_item[item as usize]
                    .iter()
                    .copied()
                    .filter(|other| *other as usize != picture && !picture_is_hub[*other as usize])
                    .collect();
                let apart = taken.iter().all(|(their_names, their_others)| {
                    disjoint(names, their_names) && !mostly_shared(&others, their_others)
                });
                if !names.is_empty() && !others.is_empty() && apart {
                    taken.push((names, others));
                }
                if taken.len() == enough {
                    return true;
                }
            }
            false
        })
        .collect()
}

impl Profile {
    fn add(&mut self, other: Self) {
        // The stable sort makes use of what is in order already: nearly all, at most joins.
        for (own, added) in [
            (&mut self.names, other.names),
            (&mut self.pictures, other.pictures),
        ] {
            own.extend(added);
            own.sort();
            own.dedup();
        }
        self.ages = collapse::merged_ages(self.ages, other.ages);
        self.stays.extend(other.stays);
        self.stays.sort();
        self.stays.dedup_by(|next, kept| {
            let follows = next.town == kept.town && next.first_day <= kept.last_day + 1;
            if follows {
                kept.last_day = kept.last_day.max(next.last_day);
            }
            follows
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay((town, first_day, last_day): (u32, i64, i64)) -> Stay {
        Stay {
            town,
            first_day,
            last_day,
        }
    }

    #[track_caller]
    fn check(one: (u32, i64, i64), other: (u32, i64, i64), expected: bool) {
        assert_eq!(at_two_places(&[stay(one)], &[stay(other)]), expected);
        assert_eq!(at_two_places(&[stay(other)], &[stay(one)]), expected);
    }

    proptest::proptest! {
        #[test]
        fn one_walk_finds_what_all_pairs_show(
            mut one in proptest::collection::vec((0u32..3, 0i64..30, 0i64..6), 0..8),
            mut other in proptest::collection::vec((0u32..3, 0i64..30, 0i64..6), 0..8),
        ) {
            let stays = |drawn: &mut Vec<(u32, i64, i64)>| {
                let mut stays: Vec<Stay> = drawn
                    .drain(..)
                    .map(|(town, first_day, days)| stay((town, first_day, first_day + days)))
                    .collect();
                stays.sort();
                stays
            };
            let (one, other) = (stays(&mut one), stays(&mut other));
            let any_pair = one.iter().any(|a| other.iter().any(|b| at_two_places(&[*a], &[*b])));
            proptest::prop_assert_eq!(at_two_places(&one, &other), any_pair);
        }
    }

    #[test]
    fn two_places_at_once() {
        check((1, 1, 10), (2, 5, 20), true);
        check((1, 1, 10), (1, 5, 20), false);
        check((1, 1, 10), (2, 11, 20), false);
        // A day of travel.
        check((1, 1, 10), (2, 10, 20), false);
        check((1, 10, 10), (2, 10, 20), false);
        // Seen on one day only, and on the same.
        check((1, 10, 10), (2, 10, 10), true);
        check((1, 7, 7), (2, 5, 20), true);
    }

    #[test]
    fn ages_that_go_together() {
        assert_eq!(age_gap(Some((20, 20)), Some((23, 23))), 3);
        assert_eq!(age_gap(Some((29, 29)), Some((20, 22))), 7);
        assert_eq!(age_gap(Some((18, 24)), Some((20, 20))), 0);
        assert_eq!(age_gap(None, Some((20, 20))), 0);
    }
}
