//! Contacts: equal fingerprints, each for as long as it is in use.
//!
//! Numbers are issued again: a contact that was silent for `Params::silent_days` is taken for a
//! new one, and what used it before and after is not linked by it.

use model::Fingerprint;

use crate::corpus::{Corpus, Keys, first_few};
use crate::params::Params;

/// The contacts in use, each with the items that have it.
pub(crate) fn keys(corpus: &Corpus<'_>, params: &Params) -> Keys {
    let mut uses: Vec<(&Fingerprint, i64, i64, u32)> = Vec::new();
    for (at, item) in corpus.items.iter().enumerate() {
        let features = &corpus.features[at];
        for contact in first_few(&item.contacts, params.contacts_per_listing) {
            uses.push((contact, features.first_day, features.last_day, at as u32));
        }
    }
    uses.sort_unstable();
    uses.dedup();
    let mut keys: Vec<Vec<u32>> = Vec::new();
    let mut current: Option<(&Fingerprint, i64)> = None;
    for (contact, first_day, last_day, at) in uses {
        match &mut current {
            Some((same, last_use))
                if *same == contact && first_day - *last_use < params.silent_days =>
            {
                *last_use = last_day.max(*last_use);
            }
            _ => {
                current = Some((contact, last_day));
                keys.push(Vec::new());
            }
        }
        if let Some(key) = keys.last_mut() {
            key.push(at);
        }
    }
    for key in &mut keys {
        key.sort_unstable();
    }
    // By their items, so that numbers do not depend on the fingerprint key.
    keys.sort_unstable();
    Keys::new(corpus.len(), keys)
}
