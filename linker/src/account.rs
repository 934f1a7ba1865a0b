//! Accounts: which of them tell who placed a listing.
//!
//! A site may place every guest's listing under one account, and an agency those of all its
//! people. Such an account joins nobody: it is known by its variety, as a shared contact is.

use crate::corpus::{Corpus, Keys, n_disjoint};
use crate::params::Params;

/// The account of each item where it tells who placed it.
pub(crate) fn telling(corpus: &Corpus<'_>, contacts: &Keys, params: &Params) -> Vec<Option<u32>> {
    let mut uses: Vec<(u32, u32)> = (0..)
        .zip(&corpus.features)
        .filter_map(|(at, features)| Some((features.account?, at)))
        .collect();
    uses.sort_unstable();
    let mut telling = vec![None; corpus.len()];
    for same in uses.chunk_by(|one, other| one.0 == other.0) {
        let items = || same.iter().map(|(_, at)| *at as usize);
        let n_names = n_disjoint(items().map(|at| corpus.features[at].names.as_slice()));
        let n_contacts = n_disjoint(items().map(|at| contacts.of_item[at].as_slice()));
        if same.len() <= params.source_listings
            && n_names.max(n_contacts) <= params.rare_advertisers
        {
            for (account, at) in same {
                telling[*at as usize] = Some(*account);
            }
        }
    }
    telling
}
