//! Picture bytes in, hashes out, under limits: the one place that decodes pictures.
//!
//! A crawled or local picture is decoded to brightness only, shrunk to at most 512 pixels a side,
//! hashed twice (PDQ and a difference hash) and dropped; `model::PhotoHashes` is all that stays.
//! Whether two hashes show one picture is a vote of both hashes, see [`same_picture`].
//!
//! Invariant: no byte of a picture outlives the call, and nothing here touches files, network or
//! store: the hash of the same bytes is the same everywhere (`tests/suite/published.rs`).
//!
//! Invariant: no input can make it panic, or hold more memory than [`Limits`] allow
//! (`tests/suite/hostile.rs`).
//!
//! Invariant: a change to decoding, shrinking or hashing that changes a hash raises
//! [`HASH_VERSION`]; hashes of different versions are never compared (`tests/suite/published.rs` pins
//! the hashes of version 1).

mod decode;
mod dhash;
mod pdq;
mod plane;
mod vote;

pub use decode::{Limits, PhotoError};
pub use vote::{
    DHASH_MATCH, ORIENTATIONS, PDQ_MATCH, PDQ_NEAR, dhash_orientations, orientations, same_picture,
};

use model::PhotoHashes;
use plane::Plane;

/// Version of the hashing, the fixed pre-resize included.
///
/// 1: brightness by ITU-R BT.601, transparent pixels on white, area average to at most 512 pixels
/// a side with the proportions kept; EXIF orientation is ignored as Meta's reference does.
pub const HASH_VERSION: u16 = 1;

/// Hashes one picture.
///
/// JPEG, PNG, WebP and GIF (its first frame) are read, recognised by their first bytes.
///
/// # Errors
/// [`PhotoError`] says what was wrong with the bytes, or which limit they pass.
pub fn hash(bytes: &[u8], limits: &Limits) -> Result<PhotoHashes, PhotoError> {
    let picture = decode::decode(bytes, limits)?;
    let (coefficients, quality) = pdq::coefficients(&picture.plane);
    Ok(hashes(
        &picture,
        quality,
        pdq::bits(&coefficients),
        dhash::of(&picture.plane),
    ))
}

/// Hashes one picture in its eight orientations from one decoding: as it is, turned by 90, 180
/// and 270 degrees, mirrored left-right, mirrored top-bottom, and mirrored about each diagonal.
/// The order is that of [`ORIENTATIONS`].
///
/// # Errors
/// As [`hash`].
pub fn hash_dihedral(bytes: &[u8], limits: &Limits) -> Result<[PhotoHashes; 8], PhotoError> {
    let picture = decode::decode(bytes, limits)?;
    let (coefficients, quality) = pdq::coefficients(&picture.plane);
    Ok(ORIENTATIONS.map(|orientation| {
        hashes(
            &picture,
            quality,
            pdq::bits(&orientation.turn_coefficients(&coefficients)),
            dhash::of(&orientation.turn_plane(&picture.plane)),
        )
    }))
}

/// Below this PDQ quality the hash says too little: Meta's advice is to drop 49 and less
/// (`pdqhash-2017-10-09.pdf` and the README of PDQ in facebook/ThreatExchange; matching.md, Photos).
const QUALITY_DROPPED: u8 = 49;

fn hashes(
    picture: &decode::Picture,
    quality: u8,
    pdq: model::PhotoHash,
    dhash: model::DHash,
) -> PhotoHashes {
    PhotoHashes {
        pdq: (quality > QUALITY_DROPPED).then_some(pdq),
        quality,
        dhash,
        width: picture.width,
        height: picture.height,
        version: HASH_VERSION,
    }
}

/// The PDQ hash and quality of a picture that is decoded already: red, green and blue of each
/// pixel, row by row. For benchmarks against other implementations.
///
/// `None` when the number of bytes does not fit the size or one of the sides is 0.
pub fn pdq_of_rgb(width: usize, height: usize, rgb: &[u8]) -> Option<(model::PhotoHash, u8)> {
    let row_bytes = width.checked_mul(3)?;
    if width == 0 || height == 0 || row_bytes.checked_mul(height) != Some(rgb.len()) {
        return None;
    }
    let plane = Plane::shrunk(width, height, |y, row: &mut [f32]| {
        decode::from_rgb(&rgb[y * row_bytes..(y + 1) * row_bytes], row);
    });
    let (coefficients, quality) = pdq::coefficients(&plane);
    Some((pdq::bits(&coefficients), quality))
}
