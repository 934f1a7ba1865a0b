//! Generated pictures: coloured shapes, never persons.
//!
//! Invariant: a seed gives the same bytes every time; different seeds give pictures that no
//! perceptual hash takes for one another, and each has detail enough to be hashed.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::{self, FilterType};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

const WIDTH: u32 = 400;
const HEIGHT: u32 = 300;
const N_SHAPES: u32 = 24;
/// Of the JPEG encoder, 1 to 100.
const JPEG_QUALITY: u8 = 88;

/// A picture of the imitation world: which one, and as what copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Picture {
    /// Which picture.
    pub(crate) seed: u64,
    /// As it is, or a copy of it.
    #[serde(default)]
    pub(crate) copy: Copied,
}

/// How a copy differs from the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Copied {
    /// Not at all.
    #[default]
    Plain,
    /// Half as wide and half as high.
    Half,
    /// With a small stamp in the corner.
    Stamped,
}

/// How a site stores pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Encoding {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl Encoding {
    /// The media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl Picture {
    /// The picture as a file.
    #[expect(
        clippy::expect_used,
        reason = "both encoders fail only when the writer does, and a Vec does not"
    )]
    pub(crate) fn encoded(self, encoding: Encoding) -> Vec<u8> {
        let drawn = self.drawn();
        let (width, height) = drawn.dimensions();
        let mut bytes = Vec::new();
        let written =
            match encoding {
                Encoding::Png => PngEncoder::new(&mut bytes).write_image(
                    &drawn,
                    width,
                    height,
                    ExtendedColorType::Rgb8,
                ),
                Encoding::Jpeg => JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
                    .write_image(&drawn, width, height, ExtendedColorType::Rgb8),
            };
        written.expect("a picture of fixed size is written to memory");
        bytes
    }

    fn drawn(self) -> RgbImage {
        let mut canvas = shapes(self.seed);
        match self.copy {
            Copied::Plain => canvas,
            Copied::Half => imageops::resize(&canvas, WIDTH / 2, HEIGHT / 2, FilterType::Triangle),
            Copied::Stamped => {
                stamp(&mut canvas);
                canvas
            }
        }
    }
}

/// A slope of colour under a few large and many small shapes.
fn shapes(seed: u64) -> RgbImage {
    let mut dice = Dice::new(seed);
    let (from, to) = (dice.colour(Tone::Dark), dice.colour(Tone::Light));
    let (across, down) = (dice.below(100), dice.below(100));
    let mut canvas = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let way = (x * across / WIDTH + y * down / HEIGHT).min(199);
        mixed(from, to, way)
    });
    for nth in 0..N_SHAPES {
        let largest = if nth < 6 { 200 } else { 90 };
        let half_width = 15 + dice.below(largest) / 2;
        let half_height = 15 + dice.below(largest) / 2;
        let (middle_x, middle_y) = (dice.below(WIDTH), dice.below(HEIGHT));
        let tone = if nth % 2 == 0 {
            Tone::Light
        } else {
            Tone::Dark
        };
        let colour = dice.colour(tone);
        let round = dice.below(2) == 0;
        let left = middle_x.saturating_sub(half_width);
        let top = middle_y.saturating_sub(half_height);
        for y in top..(middle_y + half_height).min(HEIGHT) {
            for x in left..(middle_x + half_width).min(WIDTH) {
                let dx = u64::from(x.abs_diff(middle_x)) * u64::from(half_height);
                let dy = u64::from(y.abs_diff(middle_y)) * u64::from(half_width);
                let reach = u64::from(half_width) * u64::from(half_height);
                if !round || dx * dx + dy * dy < reach * reach {
                    canvas.put_pixel(x, y, colour);
                }
            }
        }
    }
    canvas
}

/// Four bars in a light box, like the mark of a site.
fn stamp(canvas: &mut RgbImage) {
    let (left, top) = (WIDTH - 84, HEIGHT - 34);
    for y in top..HEIGHT - 8 {
        for x in left..WIDTH - 8 {
            let bar = (x - left) % 18 < 9 && (y - top) > 6 && y < HEIGHT - 14;
            let light = if bar { 60 } else { 225 };
            canvas.put_pixel(x, y, Rgb([light, light, light]));
        }
    }
}

fn mixed(from: Rgb<u8>, to: Rgb<u8>, way: u32) -> Rgb<u8> {
    let channel = |at: usize| {
        let sum = u32::from(from.0[at]) * (200 - way) + u32::from(to.0[at]) * way;
        u8::try_from(sum / 200).unwrap_or(u8::MAX)
    };
    Rgb([channel(0), channel(1), channel(2)])
}

/// Light and dark shapes take turns, so that every picture has contrast enough for a hash.
#[derive(Clone, Copy)]
enum Tone {
    Dark,
    Light,
}

/// A small repeatable source of numbers (SplitMix64, Steele, Lea and Flood, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.next() % u64::from(limit.max(1))).unwrap_or(0)
    }

    fn colour(&mut self, tone: Tone) -> Rgb<u8> {
        let darkest = match tone {
            Tone::Dark => 0,
            Tone::Light => 145,
        };
        let mut channel = || u8::try_from(darkest + self.below(110)).unwrap_or(0);
        Rgb([channel(), channel(), channel()])
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, ImageReader};

    use super::*;

    fn decoded(bytes: &[u8], format: ImageFormat) -> image::GrayImage {
        ImageReader::with_format(Cursor::new(bytes), format)
            .decode()
            .unwrap()
            .to_luma8()
    }

    /// A plain stand-in for a perceptual hash: 16 by 16 cells against their median.
    fn cells(picture: &image::GrayImage) -> Vec<bool> {
        let small = imageops::resize(picture, 16, 16, FilterType::Triangle);
        let mut sorted: Vec<u8> = small.pixels().map(|pixel| pixel.0[0]).collect();
        sorted.sort_unstable();
        small
            .pixels()
            .map(|pixel| pixel.0[0] > sorted[128])
            .collect()
    }

    fn distance(one: &[bool], other: &[bool]) -> usize {
        one.iter().zip(other).filter(|(a, b)| a != b).count()
    }

    #[test]
    fn a_seed_gives_the_same_bytes_and_both_formats_decode() {
        for (encoding, format) in [
            (Encoding::Png, ImageFormat::Png),
            (Encoding::Jpeg, ImageFormat::Jpeg),
        ] {
            let picture = Picture {
                seed: 7,
                copy: Copied::Plain,
            };
            let bytes = picture.encoded(encoding);
            assert_eq!(bytes, picture.encoded(encoding));
            assert_eq!(decoded(&bytes, format).dimensions(), (400, 300));
            assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
        }
        let half = Picture {
            seed: 7,
            copy: Copied::Half,
        };
        let bytes = half.encoded(Encoding::Png);
        assert_eq!(decoded(&bytes, ImageFormat::Png).dimensions(), (200, 150));
    }

    #[test]
    fn copies_stay_near_and_others_stay_far() {
        let hash = |seed, copy| {
            let bytes = Picture { seed, copy }.encoded(Encoding::Jpeg);
            cells(&decoded(&bytes, ImageFormat::Jpeg))
        };
        let originals: Vec<Vec<bool>> = (100..130).map(|seed| hash(seed, Copied::Plain)).collect();
        for (at, one) in originals.iter().enumerate() {
            let seed = 100 + at as u64;
            assert!(distance(one, &hash(seed, Copied::Half)) <= 12);
            assert!(distance(one, &hash(seed, Copied::Stamped)) <= 24);
            for other in &originals[at + 1..] {
                assert!(distance(one, other) > 40, "seed {seed}");
            }
        }
    }
}
