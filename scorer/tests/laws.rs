//! What holds for every text, however it is written: nothing panics, spans lie on characters, the
//! same text gives the same signals, and time is linear.
//!
//! The texts are those that a careless reader would trip over (`hard.tsv`), the examples of
//! all signals with slips of the pen and odd signs put in, and bytes of any kind.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod shared;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use model::{AgeField, Observed, Signal};
use proptest::prelude::*;
use scorer::{phones, signal_examples, signals};

use self::shared::{check_signals, version};

/// Bytes of the shorter of two texts whose times are compared, both short enough to be read whole
/// whatever they hold (`signals/extent.rs`), and how often that is done to have something to measure.
const SHORT_BYTES: usize = 3_000;
const ROUNDS: usize = 7;

/// The longer text is four times as long, and read once where the shorter is read four times: equal
/// work, a square would be four times as much. Patterns change to a slower machine on long texts.
const TIMES: usize = 4;
const MOST_RATIO: f64 = 2.75;

/// What a clock on a busy machine may be wrong by.
const GRACE: Duration = Duration::from_millis(4);

/// Times that two texts are measured until they keep to it: other programs may have slowed one.
const TRIES: usize = 12;

/// The units of `hard.tsv`, with their names.
fn hard_units() -> impl Iterator<Item = (&'static str, String)> {
    include_str!("hard.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (name, unit) = line.split_once('\t').unwrap();
            (name, serde_json::from_str(unit).unwrap())
        })
}

/// How long a text of this unit takes that is read so many times.
fn took(unit: &str, n_bytes: usize, n_times: usize) -> Duration {
    let version = version(&unit.repeat(n_bytes / unit.len()));
    let begun = Instant::now();
    for _ in 0..n_times {
        std::hint::black_box(signals(&version));
    }
    begun.elapsed()
}

#[test]
fn a_text_four_times_as_long_takes_as_long_as_four() {
    took("23 jaar, 06 1234 0001 ", 100, 1);
    for (name, unit) in hard_units() {
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        let is_linear = (0..TRIES).any(|_| {
            short = short.min(took(&unit, SHORT_BYTES, ROUNDS * TIMES));
            long = long.min(took(&unit, TIMES * SHORT_BYTES, ROUNDS));
            long <= short.mul_f64(MOST_RATIO) + GRACE
        });
        println!("{name}: {short:?}, {long:?}");
        assert!(
            is_linear,
            "{name}: {short:?} for four texts, {long:?} for one four times as long"
        );
    }
}

/// Windows of so many bytes are cut before and behind numbers: none may begin inside a sign.
#[test]
fn windows_are_cut_between_signs() {
    for n_letters in 0..240 {
        let letters = "a".repeat(n_letters);
        signals(&version(&format!(
            "❤é😀 {letters}. 06 1234 0001 {letters} 😀é❤"
        )));
        signals(&version(&format!(
            "ik ben 17 jaar {letters}😀 150 euro {letters}❤ 23 jaar"
        )));
        signals(&version(&format!(
            "{letters} 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀 06 1234 0001, 19 jaar"
        )));
    }
}

/// Signs that change what is beside them, or seem to.
const ODD: &[&str] = &[
    "\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{fe0f}\u{20e3}",
    "\u{ad}",
    "е",
    "о",
    "І",
    "ß",
    "½",
    "ａ",
    "𝟎",
    "①",
    "🇳",
    "😀",
    "❤️",
    "&amp;",
    "&#",
    "<br>",
    "<b",
    "0",
    "6",
    "17",
    "18",
    "l",
    "o",
    "nul",
    "een",
    "jaar",
    "ik",
    "@",
    ".",
    ",",
    "-",
    "+",
    "(",
    ")",
    "€",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "й",
    "ﷺ",
];

/// Letters and digits, and what looks like them.
const TWINS: &[(char, &str)] = &[
    ('a', "а"),
    ('a', "@"),
    ('c', "с"),
    ('e', "е"),
    ('e', "3"),
    ('e', "è"),
    ('h', "н"),
    ('i', "1"),
    ('i', "ı"),
    ('j', "🇯"),
    ('k', "к"),
    ('l', "1"),
    ('l', "I"),
    ('m', "м"),
    ('n', "η"),
    ('o', "0"),
    ('o', "ο"),
    ('p', "р"),
    ('r', "𝗿"),
    ('s', "5"),
    ('s', "ѕ"),
    ('t', "ｔ"),
    ('u', "υ"),
    ('x', "х"),
    ('y', "у"),
    ('0', "O"),
    ('0', "0\u{fe0f}\u{20e3}"),
    ('0', "٠"),
    ('1', "l"),
    ('1', "①"),
    ('2', "２"),
    ('3', "𝟑"),
    ('4', "⁴"),
    ('6', "б"),
    ('8', "B"),
];

/// One change of a text.
#[derive(Clone, Debug)]
enum Slip {
    Delete(usize),
    Double(usize),
    Swap(usize),
    Cut(usize, usize),
    Repeat(usize, usize),
    Insert(usize, &'static str),
    /// A letter, wherever it stands from here on, becomes what looks like it.
    Disguise(usize, (char, &'static str)),
}

impl Slip {
    fn any() -> impl Strategy<Value = Self> {
        let at = 0usize..400;
        prop_oneof![
            at.clone().prop_map(Self::Delete),
            at.clone().prop_map(Self::Double),
            at.clone().prop_map(Self::Swap),
            (at.clone(), 1usize..12).prop_map(|(at, len)| Self::Cut(at, len)),
            (at.clone(), 1usize..12).prop_map(|(at, len)| Self::Repeat(at, len)),
            (at.clone(), prop::sample::select(ODD)).prop_map(|(at, odd)| Self::Insert(at, odd)),
            (at, prop::sample::select(TWINS)).prop_map(|(at, twin)| Self::Disguise(at, twin)),
        ]
    }

    fn make(&self, letters: &mut Vec<char>) {
        if letters.is_empty() {
            return;
        }
        let len = letters.len();
        match *self {
            Self::Delete(at) => {
                letters.remove(at % len);
            }
            Self::Double(at) => letters.insert(at % len, letters[at % len]),
            Self::Swap(at) => letters.swap(at % len, (at + 1) % len),
            Self::Cut(at, n) => {
                letters.drain(at % len..(at % len + n).min(len));
            }
            Self::Repeat(at, n) => {
                let part = letters[at % len..(at % len + n).min(len)].to_vec();
                letters.splice(at % len..at % len, part);
            }
            Self::Insert(at, odd) => {
                letters.splice(at % len..at % len, odd.chars());
            }
            Self::Disguise(at, (letter, twin)) => {
                let tail = letters.split_off(at % len);
                for sign in tail {
                    if sign == letter {
                        letters.extend(twin.chars());
                    } else {
                        letters.push(sign);
                    }
                }
            }
        }
    }
}

/// Examples of the signals, one after another, with slips of the pen.
fn mutated() -> impl Strategy<Value = String> {
    let known: Vec<&'static str> = signal_examples().map(|example| example.text).collect();
    let texts = prop::collection::vec(prop::sample::select(known), 1..4);
    (texts, prop::collection::vec(Slip::any(), 0..8)).prop_map(|(texts, slips)| {
        let mut letters: Vec<char> = texts.join(". ").chars().collect();
        for slip in slips {
            slip.make(&mut letters);
        }
        letters.into_iter().collect()
    })
}

/// Hard units in a row, and bytes of any kind.
fn strange() -> impl Strategy<Value = String> {
    let units: Vec<String> = hard_units().map(|(_, unit)| unit).collect();
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        any::<char>().prop_map(String::from),
        "[0-9]{1,12}",
        "[a-zA-Zéüйл .,:/@+-]{1,8}",
        (prop::sample::select(units), 1usize..6).prop_map(|(unit, n)| unit.repeat(n)),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![mutated(), strange()]
}

/// Whether a signal is one of the detector of phones.
fn is_phone(signal: &Signal) -> bool {
    match &signal.observed {
        Observed::Phone(_) => true,
        Observed::Refused(refused) => refused.candidate == "phone",
        _ => false,
    }
}

/// The texts of the sets, with line feeds for their bars.
fn texts_of_sets() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sets/seen");
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let table = fs::read_to_string(entry.unwrap().path()).unwrap();
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        let last_columns = rows.filter_map(|line| line.rsplit('\t').next());
        texts.extend(last_columns.map(|text| text.replace('|', "\n")));
    }
    texts
}

#[test]
fn phones_alone_are_the_phones_of_all_in_the_sets() {
    let texts = texts_of_sets();
    assert!(texts.len() > 2_000, "{}", texts.len());
    for text in texts {
        let version = version(&text);
        let mut all = signals(&version);
        all.retain(is_phone);
        assert_eq!(phones(&version), all, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_a_detector(
        title in any_text(),
        text in any_text(),
        phone in strange(),
        age in strange(),
        city in strange(),
        handle in strange(),
        language in prop::option::of("[a-z]{2}"),
    ) {
        let mut version = version(&text);
        version.title = title;
        version.phones = vec![phone.clone(), phone];
        version.age = Some(AgeField::Words(age));
        version.city = Some(city);
        version.emails = vec![handle.clone()];
        version.handles = vec![handle];
        version.language = language;
        check_signals(&version);
    }

    #[test]
    fn phones_alone_are_the_phones_of_all(text in any_text()) {
        let version = version(&text);
        let all: Vec<Signal> = signals(&version).into_iter().filter(is_phone).collect();
        prop_assert_eq!(phones(&version), all);
    }
}
