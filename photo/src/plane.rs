//! A brightness picture and its fixed shrinking.
//!
//! Invariant: the shrinking rule is part of the hash (matching.md: the PyPI package, which does
//! not shrink first, loses a third of the copies that were resized). Changing it raises
//! `HASH_VERSION`.

/// Longest side after shrinking, as in Meta's reference (`DOWNSAMPLE_DIMS` of the Python PDQ).
pub(crate) const MAX_SIDE: usize = 512;

/// Brightness of 0 to 255, row by row.
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

impl Plane {
    /// Reads a picture row by row and shrinks it on the way to at most [`MAX_SIDE`] a side, its
    /// proportions kept, by area average. Smaller pictures stay as they are. Neither side is 0.
    pub(crate) fn shrunk(
        width: usize,
        height: usize,
        mut read_row: impl FnMut(usize, &mut [f32]),
    ) -> Self {
        let longest = width.max(height);
        if longest <= MAX_SIDE {
            let mut values = vec![0.0; width * height];
            for (y, row) in values.chunks_exact_mut(width).enumerate() {
                read_row(y, row);
            }
            return Self {
                width,
                height,
                values,
            };
        }
        let side = |length: usize| ((length * MAX_SIDE + longest / 2) / longest).max(1);
        area_average(width, height, side(width), side(height), read_row)
    }

    /// The picture averaged onto a grid of other size.
    pub(crate) fn resized(&self, width: usize, height: usize) -> Self {
        area_average(self.width, self.height, width, height, |y, row| {
            row.copy_from_slice(&self.values[y * self.width..][..self.width]);
        })
    }
}

/// Each output pixel is the mean of the source rectangle under it, border pixels by their share.
fn area_average(
    from_width: usize,
    from_height: usize,
    width: usize,
    height: usize,
    mut read_row: impl FnMut(usize, &mut [f32]),
) -> Plane {
    let across = Shares::new(from_width, width);
    let down = Shares::new(from_height, height);
    let mut values = vec![0.0; width * height];
    let mut source = vec![0.0; from_width];
    let mut mean = vec![0.0; from_width];
    let mut loaded = usize::MAX;
    // Down first: whole rows are added at once, and fewer of them are left to go across.
    for (y, out) in values.chunks_exact_mut(width).enumerate() {
        mean.fill(0.0);
        let (start, weights) = down.of(y);
        for (from_y, weight) in (start..).zip(weights) {
            // Two output rows may share a border row of the source; it is read once.
            if loaded != from_y {
                read_row(from_y, &mut source);
                loaded = from_y;
            }
            for (sum, value) in mean.iter_mut().zip(&source) {
                *sum += weight * value;
            }
        }
        for (x, value) in out.iter_mut().enumerate() {
            let (start, weights) = across.of(x);
            *value = mean[start..]
                .iter()
                .zip(weights)
                .map(|(pixel, weight)| pixel * weight)
                .sum();
        }
    }
    Plane {
        width,
        height,
        values,
    }
}

/// Which source pixels each output pixel covers, and with what share; shares of one output pixel
/// sum to 1.
struct Shares {
    starts: Vec<usize>,
    firsts: Vec<usize>,
    weights: Vec<f32>,
}

impl Shares {
    fn new(from: usize, to: usize) -> Self {
        let mut shares = Self {
            starts: Vec::with_capacity(to),
            firsts: Vec::with_capacity(to + 1),
            weights: Vec::new(),
        };
        for at in 0..to {
            // In units of 1/to of a source pixel, so that every border is exact.
            let (begin, end) = (at * from, (at + 1) * from);
            let start = begin / to;
            shares.starts.push(start);
            shares.firsts.push(shares.weights.len());
            for pixel in start..end.div_ceil(to) {
                let covered = end.min((pixel + 1) * to) - begin.max(pixel * to);
                shares.weights.push(covered as f32 / from as f32);
            }
        }
        shares.firsts.push(shares.weights.len());
        shares
    }

    /// The first source pixel, and the shares of it and those after it.
    fn of(&self, at: usize) -> (usize, &[f32]) {
        let weights = &self.weights[self.firsts[at]..self.firsts[at + 1]];
        (self.starts[at], weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: usize, height: usize, expected: (usize, usize)) {
        let plane = Plane::shrunk(width, height, |_, row| row.fill(100.0));
        assert_eq!((plane.width, plane.height), expected);
        assert!(
            plane
                .values
                .iter()
                .all(|value| (value - 100.0).abs() < 1e-3),
            "an even picture stays even"
        );
    }

    #[test]
    fn proportions_are_kept() {
        check(512, 300, (512, 300));
        check(1024, 600, (512, 300));
        check(800, 600, (512, 384));
        check(600, 800, (384, 512));
        check(10_000, 3, (512, 1));
        check(1, 1, (1, 1));
    }

    #[test]
    fn borders_count_by_their_share() {
        let plane = Plane {
            width: 3,
            height: 1,
            values: vec![0.0, 90.0, 30.0],
        };
        assert_eq!(plane.resized(2, 1).values, [30.0, 50.0]);
    }
}
