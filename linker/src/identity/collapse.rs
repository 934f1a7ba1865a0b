//! Puts the listings of one advertiser together.
//!
//! Whatever is shared, nothing is joined against a fact: ages that do not go together, or two
//! towns at the same time.

use super::{Profile, Shared, age_gap, at_two_places, mostly_shared};
use crate::corpus::{Corpus, disjoint, n_disjoint};
use crate::params::Params;
use crate::union::Sets;

/// What makes two listings one advertiser's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    Account,
    PicturesAndContact,
    Pictures,
    NameAndContact,
    TextAndContact,
}

/// Joins the items whose profiles these are; each set's profile then stands at its root.
pub(super) fn run(
    corpus: &Corpus<'_>,
    shared: &Shared<'_>,
    profiles: Vec<Profile>,
    params: &Params,
) -> (Sets, Vec<Profile>) {
    let mut collapse = Collapse {
        sets: Sets::new(corpus.len()),
        profiles,
        age_gap_years: params.age_gap_years,
        tries: params.collapse_tries,
    };
    collapse.run(corpus, shared, params.rare_advertisers);
    (collapse.sets, collapse.profiles)
}

struct Collapse {
    sets: Sets,
    /// Of each set, at its root.
    profiles: Vec<Profile>,
    age_gap_years: u8,
    tries: usize,
}

impl Collapse {
    /// The strongest sameness first: what joins early decides what later joins must fit.
    ///
    /// A name says nothing on a contact with more than `most_names` names: an agency has several
    /// people of one name.
    fn run(&mut self, corpus: &Corpus<'_>, shared: &Shared<'_>, most_names: usize) {
        let contacts = shared.contacts;
        let few_names: Vec<bool> = contacts
            .items
            .iter()
            .map(|items| {
                let names = items
                    .iter()
                    .map(|item| corpus.features[*item as usize].names.as_slice());
                n_disjoint(names) <= most_names
            })
            .collect();
        // A first and, where one is not enough, a second thing that items share, and the item.
        let mut accounts = Vec::new();
        let mut pictures = Vec::new();
        let mut pictures_and_contacts = Vec::new();
        let mut names_and_contacts = Vec::new();
        let mut texts_and_contacts = Vec::new();
        for (at, features) in corpus.features.iter().enumerate() {
            let item = at as u32;
            accounts.extend(shared.accounts[at].map(|account| (account, 0, item)));
            for &picture in &self.profiles[at].pictures {
                pictures.push((picture, 0, item));
                pictures_and_contacts
                    .extend(contacts.of_item[at].iter().map(|c| (picture, *c, item)));
            }
            for &contact in &contacts.of_item[at] {
                let texts = &shared.templates.of_item[at];
                texts_and_contacts.extend(texts.iter().map(|text| (*text, contact, item)));
                if few_names[contact as usize] {
                    names_and_contacts
                        .extend(features.names.iter().map(|name| (*name, contact, item)));
                }
            }
        }
        self.pass(accounts, Same::Account);
        self.pass(pictures_and_contacts, Same::PicturesAndContact);
        self.pass(pictures, Same::Pictures);
        self.pass(names_and_contacts, Same::NameAndContact);
        self.pass(texts_and_contacts, Same::TextAndContact);
    }

    /// Joins within every group of items that share the same, where nothing speaks against it. Of
    /// those that cannot be joined, the first so many are tried with the later ones.
    fn pass(&mut self, mut shared: Vec<(u32, u32, u32)>, same: Same) {
        shared.sort_unstable();
        shared.dedup();
        for group in shared.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let mut met: Vec<u32> = Vec::new();
            for &(_, _, item) in group {
                let root = self.sets.root(item);
                if met.contains(&root) {
                    continue;
                }
                let fitting = met.iter().position(|other| {
                    self.fit(
                        &self.profiles[*other as usize],
                        &self.profiles[root as usize],
                        same,
                    )
                });
                match fitting {
                    Some(place) => met[place] = self.join(met[place], root),
                    None if met.len() < self.tries => met.push(root),
                    None => {}
                }
            }
        }
    }

    fn fit(&self, one: &Profile, other: &Profile, same: Same) -> bool {
        let ages_fit = age_gap(one.ages, other.ages) <= self.age_gap_years && {
            let widest = span(one.ages).max(span(other.ages)).max(self.age_gap_years);
            span(merged_ages(one.ages, other.ages)) <= widest
        };
        // One text under one contact is a repost only where names and pictures allow it: a ring
        // has one text for all of its people.
        let either_lacks = |a: &[u32], b: &[u32]| a.is_empty() || b.is_empty();
        let names_fit = same != Same::TextAndContact
            || either_lacks(&one.names, &other.names)
            || !disjoint(&one.names, &other.names);
        let pictures_fit = match same {
            Same::Account | Same::NameAndContact => true,
            Same::TextAndContact => {
                either_lacks(&one.pictures, &other.pictures)
                    || mostly_shared(&one.pictures, &other.pictures)
            }
            Same::PicturesAndContact | Same::Pictures => {
                mostly_shared(&one.pictures, &other.pictures)
            }
        };
        // The same pictures under one contact in two towns: listings of somebody who travels, left
        // standing, or one listing for several towns.
        let places_fit =
            same == Same::PicturesAndContact || !at_two_places(&one.stays, &other.stays);
        ages_fit && names_fit && pictures_fit && places_fit
    }

    /// Joins two sets; returns the root.
    fn join(&mut self, one: u32, other: u32) -> u32 {
        self.sets.join(one, other);
        let (root, gone) = (one.min(other), one.max(other));
        let added = std::mem::take(&mut self.profiles[gone as usize]);
        self.profiles[root as usize].add(added);
        root
    }
}

const fn span(ages: Option<(u8, u8)>) -> u8 {
    match ages {
        Some((low, high)) => high - low,
        None => 0,
    }
}

pub(super) fn merged_ages(one: Option<(u8, u8)>, other: Option<(u8, u8)>) -> Option<(u8, u8)> {
    match (one, other) {
        (Some((low, high)), Some((other_low, other_high))) => {
            Some((low.min(other_low), high.max(other_high)))
        }
        (known, None) | (None, known) => known,
    }
}
