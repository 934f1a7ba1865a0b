//! Generated pictures and their copies. Shapes only: no photograph stands in this repository.

use std::io::Cursor;
use std::path::PathBuf;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{ImageFormat, Rgb, RgbImage};
use model::PhotoHashes;
use photo::Limits;

/// The published PDQ data, or `None` with a loud line where they are not at hand.
pub(crate) fn published() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/pdq");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "NOT CHECKED: published PDQ data are not at {}",
        folder.display()
    );
    None
}

/// A small generator of numbers, so that a seed gives the same picture everywhere.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        // xorshift64* (S. Vigna, 2016).
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        ((high * u64::from(bound)) >> 32) as u32
    }

    fn colour(&mut self) -> Rgb<u8> {
        Rgb([
            self.below(256) as u8,
            self.below(256) as u8,
            self.below(256) as u8,
        ])
    }
}

/// A picture of discs and bars on a gradient; each seed gives another.
pub(crate) fn shapes(seed: u64, width: u32, height: u32) -> RgbImage {
    let mut numbers = Numbers::new(seed + 1);
    let (from, to) = (numbers.colour(), numbers.colour());
    let slant = numbers.below(100);
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        let share = (x * slant / width + y * (100 - slant) / height) as i32;
        Rgb(std::array::from_fn(|c| {
            ((i32::from(from[c]) * (100 - share) + i32::from(to[c]) * share) / 100) as u8
        }))
    });
    for _ in 0..14 {
        let colour = numbers.colour();
        let (x, y) = (numbers.below(width) as i32, numbers.below(height) as i32);
        let across = (width / 16 + numbers.below(width / 4)) as i32;
        let down = (height / 16 + numbers.below(height / 4)) as i32;
        let disc = numbers.below(2) == 0;
        for (px, py, pixel) in picture.enumerate_pixels_mut() {
            let (dx, dy) = (px as i32 - x, py as i32 - y);
            let inside = if disc {
                dx * dx + dy * dy < (across * across) / 2
            } else {
                dx.abs() < across / 2 && dy.abs() < down / 2
            };
            if inside {
                *pixel = colour;
            }
        }
    }
    picture
}

/// A white stamp with dark bars in the lower right corner, `percent` of the width.
pub(crate) fn stamped(picture: &RgbImage, percent: u32) -> RgbImage {
    let mut copy = picture.clone();
    let (width, height) = copy.dimensions();
    let (across, down) = (width * percent / 100, (width * percent / 400).max(12));
    for y in height - 8 - down..height - 8 {
        for x in width - 8 - across..width - 8 {
            let dark = (x / 6) % 3 == 0 && y % 7 > 2;
            let shade = if dark {
                Rgb([200, 0, 60])
            } else {
                Rgb([255; 3])
            };
            copy.put_pixel(x, y, shade);
        }
    }
    copy
}

/// A dark bar over the lowest part.
pub(crate) fn barred(picture: &RgbImage, percent: u32) -> RgbImage {
    let mut copy = picture.clone();
    let (width, height) = copy.dimensions();
    for y in height - height * percent / 100..height {
        for x in 0..width {
            copy.put_pixel(x, y, Rgb([20; 3]));
        }
    }
    copy
}

/// Cut off at every side.
pub(crate) fn cropped(picture: &RgbImage, per_mille: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let (x, y) = (width * per_mille / 1000, height * per_mille / 1000);
    imageops::crop_imm(picture, x, y, width - 2 * x, height - 2 * y).to_image()
}

pub(crate) fn resized(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    imageops::resize(picture, width, height, FilterType::Triangle)
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(picture)
        .unwrap();
    bytes
}

pub(crate) fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    bytes
}

pub(crate) fn hash(bytes: &[u8]) -> PhotoHashes {
    photo::hash(bytes, &Limits::default()).unwrap()
}
