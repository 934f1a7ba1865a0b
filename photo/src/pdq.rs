//! PDQ, Meta's hash of a whole picture, written from its paper (`pdqhash-2017-10-09.pdf` in
//! facebook/ThreatExchange) and held against the hashes published with it.
//!
//! Brightness, two passes of a box filter each way (together a tent), 64 x 64 samples, a cosine
//! transform of which the 16 x 16 lowest frequencies without the constant ones are kept, and one
//! bit each: above the median or not.

use std::f64::consts::PI;
use std::sync::LazyLock;

use model::PhotoHash;

use crate::plane::Plane;

const SAMPLES: usize = 64;

/// Frequencies each way.
pub(crate) const SIDE: usize = 16;

/// Frequency down times frequency across, each counted from 1: the constant is left out.
pub(crate) type Coefficients = [[f32; SIDE]; SIDE];

type Samples = [[f32; SAMPLES]; SAMPLES];

/// The coefficients of a picture and its quality, 0 to 100.
pub(crate) fn coefficients(plane: &Plane) -> (Coefficients, u8) {
    let samples = sample(plane);
    (transform(&samples), quality(&samples))
}

/// One bit a coefficient: whether it is above the median. Bit 0, the lowest frequency both ways,
/// is the last bit of the written form.
pub(crate) fn bits(coefficients: &Coefficients) -> PhotoHash {
    let flat = coefficients.as_flattened();
    let mut sorted = [0.0; SIDE * SIDE];
    sorted.copy_from_slice(flat);
    // The reference's median is the lower of the two middle values.
    let (_, median, _) = sorted.select_nth_unstable_by(SIDE * SIDE / 2 - 1, f32::total_cmp);
    let mut bytes = [0u8; 32];
    for (at, value) in flat.iter().enumerate() {
        if *value > *median {
            bytes[31 - at / 8] |= 1 << (at % 8);
        }
    }
    PhotoHash::from_bytes(bytes)
}

fn sample(plane: &Plane) -> Samples {
    let mut values = plane.values.clone();
    let mut scratch = vec![0.0; values.len()];
    let across = Window::new(plane.width);
    let down = Window::new(plane.height);
    // Two passes of a box are a tent (W. Jarosz, Fast Image Convolutions, 2001).
    for _ in 0..2 {
        for (from, to) in values
            .chunks_exact(plane.width)
            .zip(scratch.chunks_exact_mut(plane.width))
        {
            across.average_within(from, to);
        }
        down.average_rows(&scratch, &mut values, plane.width);
    }
    let mut samples = [[0.0; SAMPLES]; SAMPLES];
    for (i, row) in samples.iter_mut().enumerate() {
        let from = &values[centre(i, plane.height) * plane.width..][..plane.width];
        for (j, value) in row.iter_mut().enumerate() {
            *value = from[centre(j, plane.width)];
        }
    }
    samples
}

/// The pixel in the middle of the `at`-th of 64 equal stretches.
const fn centre(at: usize, length: usize) -> usize {
    (2 * at + 1) * length / (2 * SAMPLES)
}

/// The stretch of neighbours that a box filter averages; at the borders it is cut off.
struct Window {
    before: usize,
    after: usize,
}

impl Window {
    /// Half of a 64th of the picture, since two passes are made.
    const fn new(length: usize) -> Self {
        let width = length.div_ceil(2 * SAMPLES);
        let after = (width + 2) / 2 - 1;
        Self {
            before: width - after - 1,
            after,
        }
    }

    /// The neighbours of the `at`-th of `length`, and the share of each.
    fn around(&self, at: usize, length: usize) -> (std::ops::Range<usize>, f32) {
        let start = at.saturating_sub(self.before);
        let end = (at + self.after + 1).min(length);
        (start..end, 1.0 / (end - start) as f32)
    }

    /// Averages neighbours within a row.
    fn average_within(&self, from: &[f32], to: &mut [f32]) {
        let length = from.len();
        let whole = self.before..length.saturating_sub(self.after);
        if whole.is_empty() {
            return self.average_rows(from, to, 1);
        }
        // Where the window is whole, shifted copies of the row are added, which is fast.
        let width = self.before + self.after + 1;
        let share = 1.0 / width as f32;
        let inner = &mut to[whole.clone()];
        inner.copy_from_slice(&from[..inner.len()]);
        for shift in 1..width {
            for (sum, value) in inner.iter_mut().zip(&from[shift..]) {
                *sum += value;
            }
        }
        for sum in inner.iter_mut() {
            *sum *= share;
        }
        for at in (0..whole.start).chain(whole.end..length) {
            let (around, share) = self.around(at, length);
            to[at] = from[around].iter().sum::<f32>() * share;
        }
    }

    /// Averages neighbouring rows of this width.
    fn average_rows(&self, from: &[f32], to: &mut [f32], width: usize) {
        let n_rows = from.len() / width;
        for (at, out) in to.chunks_exact_mut(width).enumerate() {
            let (around, share) = self.around(at, n_rows);
            out.copy_from_slice(&from[around.start * width..][..width]);
            for neighbour in around.skip(1) {
                let row = &from[neighbour * width..][..width];
                for (sum, value) in out.iter_mut().zip(row) {
                    *sum += value;
                }
            }
            for sum in out.iter_mut() {
                *sum *= share;
            }
        }
    }
}

/// How much there is to see: the summed steps between neighbouring samples in hundredths of full
/// brightness, steps below one hundredth left out. The divisor 90 and the cap are the reference's.
fn quality(samples: &Samples) -> u8 {
    let step = |one: f32, other: f32| ((one - other) * 100.0 / 255.0).abs() as u32;
    let mut sum = 0;
    for i in 0..SAMPLES {
        for j in 0..SAMPLES {
            if i + 1 < SAMPLES {
                sum += step(samples[i][j], samples[i + 1][j]);
            }
            if j + 1 < SAMPLES {
                sum += step(samples[i][j], samples[i][j + 1]);
            }
        }
    }
    (sum / 90).min(100) as u8
}

static COSINES: LazyLock<[[f32; SAMPLES]; SIDE]> = LazyLock::new(|| {
    let scale = (2.0 / SAMPLES as f64).sqrt();
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let angle = PI / (2 * SAMPLES) as f64 * (i + 1) as f64 * (2 * j + 1) as f64;
            (scale * angle.cos()) as f32
        })
    })
});

fn transform(samples: &Samples) -> Coefficients {
    let cosines = &*COSINES;
    let mut half = [[0.0; SAMPLES]; SIDE];
    for (row, cosine) in half.iter_mut().zip(cosines) {
        for (sample_row, weight) in samples.iter().zip(cosine) {
            for (sum, value) in row.iter_mut().zip(sample_row) {
                *sum += weight * value;
            }
        }
    }
    half.map(|row| {
        std::array::from_fn(|j| {
            // Four sums side by side, so that the compiler can use wide registers.
            let mut sums = [0.0f32; 4];
            for (values, weights) in row.chunks_exact(4).zip(cosines[j].chunks_exact(4)) {
                for lane in 0..4 {
                    sums[lane] += values[lane] * weights[lane];
                }
            }
            (sums[0] + sums[1]) + (sums[2] + sums[3])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_those_of_the_reference() {
        // Length, pixels before, pixels after.
        for (length, before, after) in [
            (1, 0, 0),
            (128, 0, 0),
            (129, 0, 1),
            (256, 0, 1),
            (300, 1, 1),
            (384, 1, 1),
            (512, 1, 2),
        ] {
            let window = Window::new(length);
            assert_eq!((window.before, window.after), (before, after), "{length}");
        }
    }

    #[test]
    fn half_of_the_bits_are_set() {
        let plane = Plane {
            width: 64,
            height: 64,
            values: (0..64 * 64).map(|at| (at * at % 251) as f32).collect(),
        };
        let (coefficients, quality) = coefficients(&plane);
        let set: u32 = bits(&coefficients)
            .as_bytes()
            .iter()
            .map(|byte| byte.count_ones())
            .sum();
        assert_eq!((set, quality), (128, 100));
    }

    #[test]
    fn an_even_picture_has_no_quality() {
        let plane = Plane {
            width: 100,
            height: 80,
            values: vec![200.0; 8000],
        };
        assert_eq!(coefficients(&plane).1, 0);
    }
}
