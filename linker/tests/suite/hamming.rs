//! The index against the plain scan, on random hashes and on published ones.

use std::fs;
use std::path::PathBuf;

use linker::HammingIndex;
use model::PhotoHash;
use proptest::prelude::*;

use crate::world::picture;

fn slow(hashes: &[PhotoHash], hash: &PhotoHash, radius: u32) -> Vec<(u32, u32)> {
    hashes
        .iter()
        .enumerate()
        .map(|(at, other)| (at as u32, hash.distance(other)))
        .filter(|(_, distance)| *distance <= radius)
        .collect()
}

/// Hashes in families whose members lie 0 to 60 bits from their first.
fn families(seed: u64) -> Vec<PhotoHash> {
    (0..40)
        .flat_map(|family| {
            (0..12).map(move |member: u64| {
                let mut bytes = *picture(seed + family, 0).pdq.unwrap().as_bytes();
                let mut numbers = crate::world::Numbers(seed ^ member);
                for _ in 0..member * 5 {
                    let bit = numbers.below(256) as usize;
                    bytes[bit / 8] ^= 1 << (bit % 8);
                }
                PhotoHash::from_bytes(bytes)
            })
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(30) })]

    #[test]
    fn nothing_is_missed(seed: u32, radius in 0u32..70) {
        let hashes = families(u64::from(seed));
        let index = HammingIndex::new(&hashes);
        for hash in hashes.iter().step_by(7) {
            prop_assert_eq!(index.within(hash, radius), slow(&hashes, hash, radius));
        }
    }
}

#[test]
fn empty() {
    let index = HammingIndex::new(&[]);
    assert!(index.is_empty());
    assert_eq!(index.within(&picture(1, 0).pdq.unwrap(), 31), []);
}

#[test]
fn published_needles_are_found() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/pdq/hashes");
    if !folder.is_dir() {
        eprintln!(
            "NOT CHECKED: published PDQ hashes are not at {}",
            folder.display()
        );
        return;
    }
    let read = |name: &str| -> Vec<PhotoHash> {
        fs::read_to_string(folder.join(name))
            .unwrap()
            .lines()
            .map(|line| PhotoHash::from_hex(line).unwrap())
            .collect()
    };
    let (needles, haystack) = (read("needles.txt"), read("haystack.txt"));
    let index = HammingIndex::new(&haystack);
    let mut found = Vec::new();
    for (at, needle) in needles.iter().enumerate() {
        for (place, distance) in index.within(needle, 32) {
            found.push(format!("{at},{place},{distance}"));
        }
    }
    let expected = fs::read_to_string(folder.join("needle_matches_d32.csv")).unwrap();
    let expected: Vec<&str> = expected.lines().skip(1).collect();
    assert_eq!(found.len(), 250);
    assert_eq!(found, expected);
}
