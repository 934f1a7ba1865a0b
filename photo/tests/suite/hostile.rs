//! Bytes that mean harm, or nothing: an error value, quickly, never a panic.

use std::time::{Duration, Instant};

use crate::common::{jpeg, png, shapes};
use photo::{Limits, PhotoError};
use proptest::prelude::*;

#[track_caller]
fn check(bytes: &[u8], limits: &Limits, expected: &str) {
    let started = Instant::now();
    let error = photo::hash(bytes, limits).unwrap_err().to_string();
    assert!(error.starts_with(expected), "`{error}`");
    assert!(!error.contains('\n') && error.len() < 300, "`{error}`");
    assert!(
        started.elapsed() < Duration::from_millis(250),
        "{:?}",
        started.elapsed()
    );
}

/// A PNG whose header states a size and whose data are a few zeros.
fn png_stating(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 6, 0, 0, 0]);
    for (kind, data) in [
        (b"IHDR", header),
        (b"IDAT", vec![0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]),
    ] {
        bytes.extend_from_slice(&(data.len() as u32).to_be_bytes());
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(&data);
        bytes.extend_from_slice(&crc(kind, &data).to_be_bytes());
    }
    bytes
}

fn crc(kind: &[u8], data: &[u8]) -> u32 {
    !kind.iter().chain(data).fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn bombs_are_refused_by_their_header() {
    check(
        &png_stating(60_000, 60_000),
        &Limits::default(),
        "picture of 60000 x 60000 pixels passes the limit of 25000000",
    );
    let narrow = Limits {
        max_alloc_bytes: 1 << 20,
        ..Limits::default()
    };
    check(
        &png_stating(1000, 1000),
        &narrow,
        "decoding a picture of 1000 x 1000 pixels passes the limit of 1048576 bytes",
    );
    check(
        &jpeg(&shapes(1, 1000, 800), 50),
        &narrow,
        "decoding a picture of 1000 x 800 pixels passes the limit of 1048576 bytes",
    );
}

/// A whole, valid bomb: 2 MB that would unfold to 400 MB.
#[test]
fn a_true_bomb_is_refused() {
    let plain = image::GrayImage::new(20_000, 20_000);
    let mut bytes = Vec::new();
    plain
        .write_to(
            &mut std::io::Cursor::new(&mut bytes),
            image::ImageFormat::Png,
        )
        .unwrap();
    assert!(bytes.len() < 4 << 20, "{}", bytes.len());
    check(
        &bytes,
        &Limits::default(),
        "picture of 20000 x 20000 pixels",
    );
}

#[test]
fn broken_files_say_what_they_are() {
    let limits = Limits::default();
    check(
        b"",
        &limits,
        "no picture in a format that is read; known: JPEG",
    );
    check(b"<html></html>", &limits, "no picture in a format");
    check(b"BM000000", &limits, "no picture in a format");
    check(b"\x89PNG\r\n\x1a\n", &limits, "cannot decode PNG: ");
    check(b"GIF89a", &limits, "cannot decode GIF: ");
    check(b"RIFF\0\0\0\0WEBPVP8 ", &limits, "cannot decode WebP: ");
    check(b"\xff\xd8\xff\xe0", &limits, "cannot decode JPEG: ");
    let whole = png(&shapes(1, 100, 100));
    check(&whole[..whole.len() / 2], &limits, "cannot decode PNG: ");
    let small = Limits {
        max_bytes: 10,
        ..limits
    };
    check(&whole, &small, "picture of ");
    assert_eq!(
        photo::hash(&[0; 11], &small),
        Err(PhotoError::TooManyBytes {
            found: 11,
            limit: 10
        })
    );
}

/// Start of a file of each format, so that the bytes after it reach the decoder.
const STARTS: [&[u8]; 5] = [
    b"",
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x08\x08\x02\0\0\0",
    b"GIF89a\x08\0\x08\0\x80\0\0",
    b"RIFF\xff\0\0\0WEBPVP8 \x40\0\0\0",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
];

fn tight() -> Limits {
    Limits {
        max_pixels: 1_000_000,
        max_alloc_bytes: 16 << 20,
        ..Limits::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn random_bytes_never_panic(start in 0..STARTS.len(), rest in proptest::collection::vec(any::<u8>(), 0..600)) {
        let mut bytes = STARTS[start].to_vec();
        bytes.extend(rest);
        let _ = photo::hash(&bytes, &tight());
        let _ = photo::hash_dihedral(&bytes, &tight());
    }

    #[test]
    fn changed_files_never_panic(as_jpeg: bool, changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..20), cut: usize) {
        let picture = shapes(5, 60, 40);
        let mut bytes = if as_jpeg { jpeg(&picture, 70) } else { png(&picture) };
        for (at, value) in changes {
            let at = at % bytes.len();
            bytes[at] = value;
        }
        bytes.truncate(bytes.len() - cut % (bytes.len() / 2));
        let _ = photo::hash(&bytes, &tight());
    }

    #[test]
    fn every_shape_is_hashed(width in 1u32..40, height in 1u32..40, seed in 0u64..50) {
        let picture = image::imageops::resize(&shapes(seed, 64, 64), width, height, image::imageops::FilterType::Nearest);
        prop_assert!(photo::hash(&png(&picture), &tight()).is_ok());
        prop_assert!(photo::hash(&jpeg(&picture, 80), &tight()).is_ok());
    }
}
