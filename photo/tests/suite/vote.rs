//! Copies match and different pictures do not, measured on generated shapes.

use crate::common::{barred, cropped, hash, jpeg, png, resized, shapes, stamped};
use image::{RgbImage, imageops};
use model::PhotoHashes;
use photo::{DHASH_MATCH, PDQ_MATCH, PDQ_NEAR, same_picture};

const N_PICTURES: u64 = 40;

/// At least `least` of the pictures must be found again after the change.
#[track_caller]
fn check(change: &str, least: usize, make: impl Fn(&RgbImage) -> Vec<u8>) {
    let (mut found, mut by_pdq, mut pdq_worst, mut dhash_worst) = (0, 0, 0, 0);
    for seed in 0..N_PICTURES {
        let picture = shapes(seed, 400, 300);
        let original = hash(&png(&picture));
        let copy = hash(&make(&picture));
        let pdq = copy.pdq.unwrap().distance(&original.pdq.unwrap());
        pdq_worst = pdq_worst.max(pdq);
        dhash_worst = dhash_worst.max(copy.dhash.distance(original.dhash));
        by_pdq += usize::from(pdq <= PDQ_MATCH);
        found += usize::from(same_picture(&original, &copy).is_some());
    }
    println!(
        "{change:24} found {found:2} of {N_PICTURES}, by PDQ alone {by_pdq:2}; worst PDQ {pdq_worst:3}, worst dHash {dhash_worst:2}"
    );
    assert!(found >= least, "{change}: {found} of {N_PICTURES}");
}

#[test]
fn recompressed() {
    check("jpeg 60", 40, |picture| jpeg(picture, 60));
    check("jpeg 20", 40, |picture| jpeg(picture, 20));
}

#[test]
fn other_sizes() {
    check("half", 40, |picture| png(&resized(picture, 200, 150)));
    check("triple", 40, |picture| {
        jpeg(&resized(picture, 1200, 900), 80)
    });
    check("to a square", 40, |picture| {
        png(&resized(picture, 300, 300))
    });
}

#[test]
fn stamps_and_bars() {
    check("stamp 20 %", 40, |picture| png(&stamped(picture, 20)));
    check("stamp 35 %", 36, |picture| png(&stamped(picture, 35)));
    check("stamp 20 %, half, jpeg", 38, |picture| {
        jpeg(&resized(&stamped(picture, 20), 200, 150), 70)
    });
    check("bar 8 %", 36, |picture| png(&barred(picture, 8)));
}

#[test]
fn crops() {
    check("crop 1 %", 36, |picture| png(&cropped(picture, 10)));
    check("crop 2 %", 24, |picture| png(&cropped(picture, 20)));
}

#[test]
fn turned_and_mirrored() {
    type Turn = fn(&RgbImage) -> RgbImage;
    let turns: [(&str, Turn); 7] = [
        ("90", |picture| imageops::rotate90(picture)),
        ("180", |picture| imageops::rotate180(picture)),
        ("270", |picture| imageops::rotate270(picture)),
        ("left-right", |picture| imageops::flip_horizontal(picture)),
        ("top-bottom", |picture| imageops::flip_vertical(picture)),
        ("diagonal", |picture| {
            imageops::flip_horizontal(&imageops::rotate90(picture))
        }),
        ("other diagonal", |picture| {
            imageops::flip_vertical(&imageops::rotate90(picture))
        }),
    ];
    for (name, turn) in turns {
        let mut worst = 0;
        for seed in 0..N_PICTURES {
            let picture = shapes(seed, 400, 300);
            let original = hash(&png(&picture)).pdq.unwrap();
            let copy = hash(&jpeg(&turn(&picture), 80)).pdq.unwrap();
            let nearest = photo::orientations(&original)
                .iter()
                .map(|orientation| orientation.distance(&copy))
                .min()
                .unwrap();
            worst = worst.max(nearest);
            assert!(nearest <= PDQ_MATCH, "{name} of {seed}: {nearest}");
        }
        println!("{name:16} worst by derived bits {worst}");
    }
}

#[test]
fn dhash_turns_that_its_bits_tell() {
    let picture = shapes(3, 400, 300);
    let turned = photo::hash_dihedral(&png(&picture), &photo::Limits::default()).unwrap();
    for (at, derived) in photo::dhash_orientations(turned[0].dhash) {
        assert_eq!(derived, turned[at].dhash);
    }
}

fn all_pictures(n_pictures: u64) -> Vec<PhotoHashes> {
    (0..n_pictures)
        .map(|seed| hash(&png(&shapes(1000 + seed, 120, 90))))
        .collect()
}

/// The basis of [`PDQ_NEAR`] and [`DHASH_MATCH`]: 499,500 pairs of different pictures.
#[test]
fn different_pictures_never_match() {
    let pictures = all_pictures(1000);
    let (mut nearest_pdq, mut nearest_dhash) = (u32::MAX, u32::MAX);
    // The nearest difference hash among pairs within a PDQ distance, in steps of 10.
    let mut dhash_within = [u32::MAX; 16];
    for (at, one) in pictures.iter().enumerate() {
        for other in &pictures[..at] {
            let (Some(a), Some(b)) = (one.pdq, other.pdq) else {
                continue;
            };
            let pdq = a.distance(&b);
            let dhash = one.dhash.distance(other.dhash);
            nearest_pdq = nearest_pdq.min(pdq);
            nearest_dhash = nearest_dhash.min(dhash);
            for (step, nearest) in dhash_within.iter_mut().enumerate() {
                if pdq <= 10 * step as u32 {
                    *nearest = (*nearest).min(dhash);
                }
            }
            assert_eq!(same_picture(one, other), None);
        }
    }
    println!("different pictures: nearest by PDQ {nearest_pdq}, by dHash {nearest_dhash}");
    for (step, nearest) in dhash_within.iter().enumerate() {
        if *nearest < u32::MAX {
            println!("  within {} by PDQ: nearest by dHash {nearest}", 10 * step);
        }
    }
    println!("lines: PDQ {PDQ_MATCH}, or PDQ {PDQ_NEAR} with dHash {DHASH_MATCH}");
}

#[test]
fn plain_pictures_match_nothing() {
    let plain = RgbImage::from_pixel(300, 200, image::Rgb([120, 130, 140]));
    let hashes = hash(&png(&plain));
    assert_eq!((hashes.pdq, hashes.quality), (None, 0));
    assert_eq!(same_picture(&hashes, &hashes), None);
}

#[test]
fn versions_are_not_compared() {
    let hashes = hash(&png(&shapes(7, 200, 200)));
    let mut later = hashes;
    later.version += 1;
    assert_eq!(same_picture(&hashes, &hashes), Some(0));
    assert_eq!(same_picture(&hashes, &later), None);
}
