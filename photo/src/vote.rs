//! Whether two hashes show one picture, and what a hash is in another orientation.
//!
//! PDQ alone tells different pictures well apart and loses copies with a stamp; the difference
//! hash alone sees through stamps and confuses different pictures (matching.md, Photos: logo of
//! 20 % of the width 8 of 15 found by PDQ, 15 of 15 by dHash; different photos at least 106 apart
//! by PDQ and as near as 16 by dHash). Each covers for the other.

use model::{DHash, PhotoHash, PhotoHashes};

use crate::pdq::{Coefficients, SIDE};
use crate::plane::Plane;

/// PDQ distance that is a match by itself: Meta's own line.
pub const PDQ_MATCH: u32 = 31;

/// PDQ distance up to which the difference hash is asked.
///
/// Measured in `tests/suite/vote.rs`: copies with a stamp of 35 % of the width, halved and recompressed,
/// lie within 60; of 499,500 pairs of different generated pictures the nearest lies at 90, and
/// matching.md measured 106 on different photos.
pub const PDQ_NEAR: u32 = 80;

/// Greatest distance of the difference hashes for a match of pictures that are near by PDQ.
///
/// Measured in `tests/suite/vote.rs`: stamped and halved copies lie within 5; of 499,500 pairs of
/// different generated pictures the nearest lies at 7 (and none of those within 90 by PDQ below
/// 19), and matching.md measured 16 on different photos.
pub const DHASH_MATCH: u32 = 6;

/// Whether the two are hashes of one picture, by the vote of PDQ and the difference hash, with
/// their distance by PDQ (0 to [`PDQ_NEAR`] bits). `None` for different pictures, for a picture
/// without PDQ hash, and for hashes of different versions.
pub fn same_picture(a: &PhotoHashes, b: &PhotoHashes) -> Option<u16> {
    if a.version != b.version {
        return None;
    }
    let distance = a.pdq?.distance(&b.pdq?);
    let same =
        distance <= PDQ_MATCH || (distance <= PDQ_NEAR && a.dhash.distance(b.dhash) <= DHASH_MATCH);
    same.then_some(distance as u16)
}

/// One of the eight ways to lay a picture down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation {
    /// Whether rows and columns change places first.
    pub transposed: bool,
    /// Whether left and right change places, after that.
    pub mirrored: bool,
    /// Whether top and bottom change places, after that.
    pub flipped: bool,
}

const fn orientation(transposed: bool, mirrored: bool, flipped: bool) -> Orientation {
    Orientation {
        transposed,
        mirrored,
        flipped,
    }
}

/// All eight, in the order of Meta's test pictures: as it is; turned by 90, 180, 270 degrees
/// against the clock; mirrored top-bottom, left-right; mirrored about the two diagonals.
pub const ORIENTATIONS: [Orientation; 8] = [
    orientation(false, false, false),
    orientation(true, false, true),
    orientation(false, true, true),
    orientation(true, true, false),
    orientation(false, false, true),
    orientation(false, true, false),
    orientation(true, false, false),
    orientation(true, true, true),
];

impl Orientation {
    /// Mirroring turns the sign of every odd frequency along its axis.
    pub(crate) fn turn_coefficients(self, from: &Coefficients) -> Coefficients {
        std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let value = if self.transposed {
                    from[j][i]
                } else {
                    from[i][j]
                };
                if self.negates(i, j) { -value } else { value }
            })
        })
    }

    pub(crate) fn turn_plane(self, from: &Plane) -> Plane {
        let (width, height) = if self.transposed {
            (from.height, from.width)
        } else {
            (from.width, from.height)
        };
        let mut values = Vec::with_capacity(from.values.len());
        for y in 0..height {
            let y = if self.flipped { height - 1 - y } else { y };
            for x in 0..width {
                let x = if self.mirrored { width - 1 - x } else { x };
                let (from_x, from_y) = if self.transposed { (y, x) } else { (x, y) };
                values.push(from.values[from_y * from.width + from_x]);
            }
        }
        Plane {
            width,
            height,
            values,
        }
    }

    /// The bits of a hash that this turns.
    const fn turned_bits(self) -> [u8; 32] {
        let mut mask = [0; 32];
        let mut at = 0;
        while at < SIDE * SIDE {
            if self.negates(at / SIDE, at % SIDE) {
                mask[31 - at / 8] |= 1 << (at % 8);
            }
            at += 1;
        }
        mask
    }

    /// Frequencies are counted from 1, so index 0 is an odd one.
    const fn negates(self, down: usize, across: usize) -> bool {
        (self.mirrored && across.is_multiple_of(2)) != (self.flipped && down.is_multiple_of(2))
    }
}

/// A PDQ hash in the eight orientations, made from its bits alone, in the order of
/// [`ORIENTATIONS`]: what an index is asked so that one stored hash finds turned and mirrored
/// copies.
///
/// Transposing is exact. Mirroring is nearly so: a coefficient between the median and its
/// negative keeps its bit where the rule here turns it. The error is a few bits (`tests/suite/vote.rs`
/// prints it); [`crate::hash_dihedral`] has none and needs the picture.
pub fn orientations(hash: &PhotoHash) -> [PhotoHash; 8] {
    const TURNED_BITS: [[u8; 32]; 8] = {
        let mut masks = [[0; 32]; 8];
        let mut at = 0;
        while at < 8 {
            masks[at] = ORIENTATIONS[at].turned_bits();
            at += 1;
        }
        masks
    };
    let plain = *hash.as_bytes();
    let transposed = transposed(&plain);
    std::array::from_fn(|at| {
        let mut bytes = if ORIENTATIONS[at].transposed {
            transposed
        } else {
            plain
        };
        for (byte, turned) in bytes.iter_mut().zip(&TURNED_BITS[at]) {
            *byte ^= turned;
        }
        PhotoHash::from_bytes(bytes)
    })
}

/// Bit `16 i + j` becomes bit `16 j + i`.
fn transposed(bytes: &[u8; 32]) -> [u8; 32] {
    let mut transposed = [0; 32];
    for (place, byte) in bytes.iter().enumerate() {
        let first = 8 * (31 - place);
        let mut left = *byte;
        while left != 0 {
            let at = first + left.trailing_zeros() as usize;
            left &= left - 1;
            let to = SIDE * (at % SIDE) + at / SIDE;
            transposed[31 - to / 8] |= 1 << (to % 8);
        }
    }
    transposed
}

/// A difference hash in the orientations that its bits alone tell, beside their place in
/// [`ORIENTATIONS`]: as it is and mirrored top-bottom. The others need the steps downwards, or
/// know a plain step from a darker one, which the bits do not.
pub fn dhash_orientations(hash: DHash) -> [(usize, DHash); 2] {
    [(0, hash), (4, DHash(hash.0.swap_bytes()))]
}
