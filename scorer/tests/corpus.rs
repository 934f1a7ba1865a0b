//! The texts of `corpus`: each is read whole, in pieces, with slips of single bytes, and repeated up
//! to a megabyte, with a budget of time for each size. `corpus/README.md` says what is kept there.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod shared;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use scorer::{fold, signals};

use self::shared::{check_signals, version};

/// Bytes of a text, how often it is read to have something to measure, and how many times as long
/// as plain words of the same size it may take. What is read of a megabyte is bounded
/// (`signals/extent.rs`), so that there the most is near.
const BUDGETS: &[(usize, u32, u32)] = &[
    (1 << 10, 32, 40),
    (1 << 13, 6, 40),
    (1 << 16, 1, 25),
    (1 << 20, 1, 18),
];

/// What a clock on a busy machine may be wrong by.
const GRACE: Duration = Duration::from_millis(4);

/// Times that two texts are measured until they keep to it: other programs may have slowed one.
const TRIES: usize = 12;

/// Common words with a number among them, as in `benches/benches/signals.rs`.
const PLAIN: &str = "beschikbaar vandaag utrecht 06 1234 0001 nieuw bel app 23 jaar geen nummer 150 euro \
                     vriendelijk lang ontvangst hotel uur prijs info engels maandag tot vrijdag avond. ";

/// Names and bytes of the texts, by name.
fn kept() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut kept: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect();
    kept.sort();
    assert!(kept.len() > 20, "the corpus is in its place");
    kept
}

fn repeated(unit: &str, n_bytes: usize) -> String {
    unit.repeat(n_bytes.div_ceil(unit.len().max(1)))
}

fn took(text: &str, n_times: u32) -> Duration {
    let version = version(text);
    let begun = Instant::now();
    for _ in 0..n_times {
        std::hint::black_box(signals(&version));
    }
    begun.elapsed()
}

#[test]
fn each_text_is_read() {
    for (name, bytes) in kept() {
        println!("{name}");
        let text = String::from_utf8_lossy(&bytes);
        check_signals(&version(&text));
        let signs: Vec<char> = text.chars().collect();
        for cut in (0..signs.len()).step_by(7) {
            let (head, tail): (String, String) =
                (signs[..cut].iter().collect(), signs[cut..].iter().collect());
            let mut version = version(&tail);
            version.title = head;
            check_signals(&version);
        }
    }
}

#[test]
fn each_size_keeps_to_its_time() {
    took(PLAIN, 1);
    for &(n_bytes, n_times, most_ratio) in BUDGETS {
        let plain = repeated(PLAIN, n_bytes);
        let mut usual = Duration::MAX;
        for (name, bytes) in kept() {
            let text = repeated(&String::from_utf8_lossy(&bytes), n_bytes);
            let mut here = Duration::MAX;
            let is_within = (0..TRIES).any(|_| {
                usual = usual.min(took(&plain, n_times));
                here = here.min(took(&text, n_times));
                here <= usual * most_ratio + GRACE
            });
            println!("{name}, {n_bytes} bytes: {here:?}, plain words {usual:?}");
            assert!(
                is_within,
                "{name}, {n_bytes} bytes: {here:?}, more than {most_ratio} times {usual:?}"
            );
        }
    }
}

/// One change of bytes, as a fuzzer makes them.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Delete(usize, usize),
    Double(usize, usize),
    Insert(usize, Vec<u8>),
    Swap(usize, usize),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        let at = 0usize..2_000;
        prop_oneof![
            (at.clone(), any::<u8>()).prop_map(|(at, byte)| Self::Flip(at, byte)),
            (at.clone(), 1usize..20).prop_map(|(at, len)| Self::Delete(at, len)),
            (at.clone(), 1usize..40).prop_map(|(at, len)| Self::Double(at, len)),
            (at.clone(), prop::collection::vec(any::<u8>(), 1..8))
                .prop_map(|(at, bytes)| Self::Insert(at, bytes)),
            (at.clone(), at).prop_map(|(one, two)| Self::Swap(one, two)),
        ]
    }

    fn make(&self, bytes: &mut Vec<u8>) {
        let len = bytes.len();
        if len == 0 {
            return;
        }
        let range = |at: usize, n: usize| at % len..(at % len + n).min(len);
        match self {
            Self::Flip(at, by) => bytes[at % len] ^= by,
            Self::Delete(at, n) => drop(bytes.drain(range(*at, *n))),
            Self::Double(at, n) => {
                let part = bytes[range(*at, *n)].to_vec();
                bytes.splice(at % len..at % len, part);
            }
            Self::Insert(at, more) => drop(bytes.splice(at % len..at % len, more.iter().copied())),
            Self::Swap(one, two) => bytes.swap(one % len, two % len),
        }
    }
}

/// A kept text with a few bytes changed.
fn changed() -> impl Strategy<Value = Vec<u8>> {
    let texts: Vec<Vec<u8>> = kept().into_iter().map(|(_, bytes)| bytes).collect();
    let changes = prop::collection::vec(Change::any(), 1..8);
    (prop::sample::select(texts), changes).prop_map(|(mut bytes, changes)| {
        for change in changes {
            change.make(&mut bytes);
        }
        bytes
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        2 => changed(),
        1 => prop::collection::vec(any::<u8>(), 0..600),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read(title in bytes(), text in bytes()) {
        let mut version = version(&String::from_utf8_lossy(&text));
        version.title = String::from_utf8_lossy(&title).into_owned();
        check_signals(&version);
    }

    #[test]
    fn any_bytes_are_folded(bytes in bytes()) {
        let original = String::from_utf8_lossy(&bytes);
        let folded = fold(&original);
        let twice = fold(folded.text());
        prop_assert_eq!(twice.text(), folded.text());
        for (at, sign) in folded.text().char_indices() {
            let back = folded.original(at..at + sign.len_utf8());
            prop_assert!(original.get(back).is_some_and(|found| !found.is_empty()));
        }
    }
}
