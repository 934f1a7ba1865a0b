//! Pictures: which hashes show one picture.
//!
//! Every different hash is asked for in eight orientations within PDQ's own line, and by its
//! difference hash; `photo::same_picture` votes. What is found is joined, so that a picture here
//! is a set of hashes.

use model::{PhotoHash, PhotoHashes};
use photo::{DHASH_MATCH, PDQ_MATCH, PDQ_NEAR};

use crate::corpus::{Corpus, Keys, Pair, first_few};
use crate::hamming::{SlotIndex, words};
use crate::params::Params;
use crate::union::{Sets, members_of};

/// The pictures, and the pairs of items that made them, measured in bits.
pub(crate) struct Pictures {
    pub(crate) keys: Keys,
    pub(crate) pairs: Vec<Pair>,
}

/// One different hash and the items that have it, ascending.
struct Distinct<'a> {
    hashes: &'a PhotoHashes,
    pdq: PhotoHash,
    items: Vec<u32>,
}

pub(crate) fn find(corpus: &Corpus<'_>, params: &Params) -> Pictures {
    let distinct = distinct(corpus, params);
    let mut sets = Sets::new(distinct.len());
    let mut pairs = Vec::new();
    for (at, picture) in distinct.iter().enumerate() {
        for pair in picture.items.windows(2) {
            pairs.push((pair[0], pair[1], 0, at as u32));
        }
    }
    let mut join = |one: u32, other: u32, bits: u32| {
        if sets.join(one, other) {
            let (a, b) = (
                distinct[one as usize].items[0],
                distinct[other as usize].items[0],
            );
            if a != b {
                pairs.push((a.min(b), a.max(b), bits as u16, one));
            }
        }
    };
    // Hashes of different versions are not compared: each version has its own index.
    let mut begin = 0;
    while begin < distinct.len() {
        let version = distinct[begin].hashes.version;
        let end =
            begin + distinct[begin..].partition_point(|picture| picture.hashes.version == version);
        join_near(&distinct[begin..end], params, |one, other, bits| {
            join(begin as u32 + one, begin as u32 + other, bits);
        });
        begin = end;
    }
    let mut key_of = vec![0; distinct.len()];
    let keys = members_of(&sets.roots())
        .into_iter()
        .enumerate()
        .map(|(key, hashes)| {
            let mut items: Vec<u32> = Vec::new();
            for at in hashes {
                key_of[at as usize] = key as u32;
                items.extend(&distinct[at as usize].items);
            }
            items.sort_unstable();
            items.dedup();
            items
        })
        .collect();
    Pictures {
        keys: Keys::new(corpus.len(), keys),
        pairs: pairs
            .into_iter()
            .map(|(a, b, measure, hash)| Pair {
                a,
                b,
                measure,
                key: key_of[hash as usize],
            })
            .collect(),
    }
}

fn distinct<'a>(corpus: &Corpus<'a>, params: &Params) -> Vec<Distinct<'a>> {
    let mut seen: Vec<(u16, PhotoHash, u64, u32, &PhotoHashes)> = Vec::new();
    for (at, item) in corpus.items.iter().enumerate() {
        for hashes in first_few(&item.photos, params.photos_per_listing) {
            if let Some(pdq) = hashes.pdq {
                seen.push((hashes.version, pdq, hashes.dhash.0, at as u32, hashes));
            }
        }
    }
    seen.sort_unstable();
    let mut distinct: Vec<Distinct<'a>> = Vec::new();
    for (version, pdq, dhash, at, hashes) in seen {
        match distinct.last_mut() {
            Some(last)
                if last.hashes.version == version
                    && last.pdq == pdq
                    && last.hashes.dhash.0 == dhash =>
            {
                if last.items.last() != Some(&at) {
                    last.items.push(at);
                }
            }
            _ => distinct.push(Distinct {
                hashes,
                pdq,
                items: vec![at],
            }),
        }
    }
    distinct
}

fn join_near(distinct: &[Distinct<'_>], params: &Params, mut join: impl FnMut(u32, u32, u32)) {
    let by_pdq = SlotIndex::new(distinct.iter().map(|one| words(&one.pdq)).collect());
    let cap = params.hash_bucket_cap;
    let by_dhash = SlotIndex::new(distinct.iter().map(|one| [one.hashes.dhash.0]).collect());
    // In blocks that stay at hand while slot after slot goes over them.
    for (block, members) in distinct.chunks(BLOCK).enumerate() {
        let first = (block * BLOCK) as u32;
        let orientations: Vec<[PhotoHash; 8]> = members
            .iter()
            .map(|one| photo::orientations(&one.pdq))
            .collect();
        let laid: Vec<[[u64; 4]; 8]> = orientations
            .iter()
            .map(|orientations| orientations.each_ref().map(words))
            .collect();
        for slot in 0..SlotIndex::<4>::SLOTS {
            for (at, laid) in (first..).zip(&laid) {
                for hash in laid {
                    by_pdq.visit_slot(slot, hash, PDQ_MATCH, at, cap, &mut |other, bits| {
                        join(at, other, bits);
                        true
                    });
                }
            }
        }
        for ((at, one), orientations) in (first..).zip(members).zip(&orientations) {
            for (orientation, dhash) in photo::dhash_orientations(one.hashes.dhash) {
                by_dhash.visit(&[dhash.0], DHASH_MATCH, at, cap, |other, _| {
                    let bits = orientations[orientation].distance(&distinct[other as usize].pdq);
                    let is_near = bits <= PDQ_NEAR;
                    if is_near {
                        join(at, other, bits);
                    }
                    is_near
                });
            }
        }
    }
}

/// Hashes that are looked up together.
const BLOCK: usize = 2048;
