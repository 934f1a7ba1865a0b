//! Our PDQ against the hashes and pictures that Meta publishes with it.

use std::fs;
use std::path::Path;

use model::PhotoHash;
use photo::{HASH_VERSION, Limits};

/// Bits that may differ from a reference hash when the quality is 80 or more: the README of PDQ
/// in facebook/ThreatExchange, quoted in `expected_hashes.json`.
const BITS_AT_QUALITY_80: u32 = 10;

/// What the reference's own test allows between implementations (`SOURCE.txt`).
const BITS_AT_ANY_QUALITY: u32 = 16;

fn pdq_of(path: &Path) -> (PhotoHash, u8) {
    let hashes = photo::hash(&fs::read(path).unwrap(), &Limits::default()).unwrap();
    (hashes.pdq.unwrap(), hashes.quality)
}

#[test]
fn reference_hashes_are_met() {
    let Some(folder) = crate::common::published() else {
        return;
    };
    let expected: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("expected_hashes.json")).unwrap()).unwrap();
    let mut n_checked = 0;
    for case in expected["cases"].as_array().unwrap() {
        let name = case["image"].as_str().unwrap();
        let local = name
            .replace("misc-images/", "images/misc/")
            .replace("reg-test-input/", "images/");
        let path = folder.join(&local);
        let Some(written) = case["expected_pdq_python_ref"].as_str() else {
            continue;
        };
        // Some of the pictures are not part of the published set at hand.
        let Ok(bytes) = fs::read(&path) else { continue };
        let hashes = photo::hash(&bytes, &Limits::default()).unwrap();
        n_checked += 1;
        let Some(pdq) = hashes.pdq else {
            assert!(hashes.quality <= 49, "{name}");
            assert_eq!(
                case["quality"], 0,
                "{name} has no detail by the reference either"
            );
            continue;
        };
        let distance = pdq.distance(&PhotoHash::from_hex(written).unwrap());
        println!("{name}: {distance} bits, quality {}", hashes.quality);
        let allowed = if hashes.quality >= 80 {
            BITS_AT_QUALITY_80
        } else {
            BITS_AT_ANY_QUALITY
        };
        assert!(distance <= allowed, "{name}: {distance} bits");
    }
    assert!(n_checked >= 11, "only {n_checked} pictures were there");
}

#[test]
fn copies_of_the_bridge_match() {
    let Some(folder) = crate::common::published() else {
        return;
    };
    let folder = folder.join("images/bridge-mods");
    let original = crate::common::hash(&fs::read(folder.join("aaa-orig.jpg")).unwrap());
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let copy = crate::common::hash(&fs::read(&path).unwrap());
        let found = photo::same_picture(&original, &copy);
        println!("{}: {found:?}", path.display());
        assert!(found.is_some(), "{}", path.display());
    }
}

#[test]
fn one_decoding_gives_all_eight_orientations() {
    let Some(folder) = crate::common::published() else {
        return;
    };
    let folder = folder.join("images/dih");
    let original = fs::read(folder.join("bridge-1-original.jpg")).unwrap();
    let turned = photo::hash_dihedral(&original, &Limits::default()).unwrap();
    let derived = photo::orientations(&turned[0].pdq.unwrap());
    for (at, name) in [
        "1-original",
        "2-rotate-90",
        "3-rotate-180",
        "4-rotate-270",
        "5-flipx",
        "6-flipy",
        "7-flip-plus-1",
        "8-flip-minus-1",
    ]
    .iter()
    .enumerate()
    {
        let (laid, _) = pdq_of(&folder.join(format!("bridge-{name}.jpg")));
        let by_coefficients = laid.distance(&turned[at].pdq.unwrap());
        let by_bits = laid.distance(&derived[at]);
        println!("{name}: {by_coefficients} bits by coefficients, {by_bits} by bits");
        // The sampling grid lies half a pixel off centre, by the reference's own rule.
        assert!(
            by_coefficients <= photo::PDQ_MATCH,
            "{name}: {by_coefficients}"
        );
        assert!(by_bits <= photo::PDQ_MATCH, "{name}: {by_bits}");
    }
}

/// Hashes of generated pictures, pinned: a change here is a new [`HASH_VERSION`].
#[test]
fn version_1_hashes_stay_what_they_are() {
    assert_eq!(HASH_VERSION, 1);
    let mut found = String::new();
    for (seed, width, height) in [(0, 400, 300), (1, 800, 600), (2, 333, 777)] {
        let hashes = crate::common::hash(&crate::common::png(&crate::common::shapes(
            seed, width, height,
        )));
        found.push_str(&format!(
            "{} {:016x} {}\n",
            hashes.pdq.map_or_else(|| "-".to_owned(), |pdq| pdq.hex()),
            hashes.dhash.0,
            hashes.quality
        ));
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/version_1.txt");
    if asked_to_update() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&golden).unwrap());
}

#[test]
fn decoded_pixels_hash_as_their_file_does() {
    let picture = crate::common::shapes(9, 640, 480);
    let (pdq, quality) = photo::pdq_of_rgb(640, 480, picture.as_raw()).unwrap();
    let from_file = crate::common::hash(&crate::common::png(&picture));
    assert_eq!((Some(pdq), quality), (from_file.pdq, from_file.quality));
    assert_eq!(photo::pdq_of_rgb(640, 480, &[0; 10]), None);
    assert_eq!(photo::pdq_of_rgb(0, 480, &[]), None);
}

#[expect(
    clippy::disallowed_methods,
    reason = "golden files are rewritten on request"
)]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}
