//! The difference hash: 64 bits, one for each step between neighbours on a 9 x 8 grid.
//!
//! It sees through a stamp in a corner, which changes only the steps near it, where PDQ's cosine
//! transform spreads the stamp over all bits.

use model::DHash;

use crate::plane::Plane;

/// Least step, of 255, that counts as brighter. Equal neighbours (a plain background) differ by
/// the noise of the encoder, which would set bits at random; it stays below one level on a grid
/// cell's mean (measured: `tests/suite/vote.rs`, recompressed copies).
const LEAST_STEP: f32 = 1.0;

/// Bit `8 * row + column`, lowest first: whether the right neighbour is brighter.
pub(crate) fn of(plane: &Plane) -> DHash {
    let grid = plane.resized(9, 8);
    let mut bits = 0;
    for (y, row) in grid.values.chunks_exact(9).enumerate() {
        for x in 0..8 {
            if row[x + 1] - row[x] >= LEAST_STEP {
                bits |= 1 << (8 * y + x);
            }
        }
    }
    DHash(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(brightness: impl Fn(usize, usize) -> f32, expected: u64) {
        let plane = Plane {
            width: 90,
            height: 80,
            values: (0..80)
                .flat_map(|y| (0..90).map(move |x| (x, y)))
                .map(|(x, y)| brightness(x, y))
                .collect(),
        };
        assert_eq!(of(&plane), DHash(expected));
    }

    #[test]
    fn brighter_to_the_right_sets_the_bit() {
        check(|x, _| x as f32, u64::MAX);
        check(|x, _| 255.0 - x as f32, 0);
        check(|_, y| y as f32, 0);
        check(|x, y| if x >= 10 && y < 10 { 100.0 } else { 0.0 }, 1);
    }
}
