//! What one listing says: texts a second on one core, the worst of a megabyte, and memory.
//!
//! Texts are made from a fixed seed. `plain` ones are those of `shared/peers/matching/phones_bench.py`
//! made anew, 441 characters in the mean: common words, a phone number in one of four notations, an
//! age and a price. `dense` ones, as long, are the examples of all signals one after another, in
//! nine languages: far more is found in them than in any listing.
//!
//! `signals` tells the language; `signals_told` is handed it, so that the difference, which is
//! `language`, is what telling it costs. Memory is that of a process of its own for each text: the
//! most that it held beyond what it held when the tables were loaded, by byte of the text. Memory
//! that was given back after loading goes back to the system at once there, so that none is counted
//! as held before.
//!
//! Peer (`WAAKLICHT_PEERS=1`): libphonenumber's matcher on the plain texts. Install:
//! `pip install phonenumbers`.

#![expect(
    clippy::expect_used,
    reason = "a benchmark may stop when its input is wrong"
)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::process::Command;

use benches::made::Numbers;
use benches::{forget_peak_memory, peak_memory_mib, peer, rate, report, seconds_of};
use model::{ListingId, ListingVersion};

const N_TEXTS: usize = 4_000;
/// Times that all texts are read for one figure.
const N_ROUNDS: usize = 5;
/// Characters of a dense text.
const CHARACTERS: usize = 441;
const HARD_BYTES: usize = 1_000_000;

/// The first argument of the process that measures memory; the name of a hard text follows.
const MEMORY: &str = "memory-of";

const PHONENUMBERS: &str = include_str!("../peers/phonenumbers.py");
const HARD: &str = include_str!("../../scorer/tests/hard.tsv");

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, task, name] = arguments.as_slice()
        && task == MEMORY
    {
        memory_of(name);
        return Ok(());
    }
    let texts = plain_texts();
    let n_characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    report(
        "plain_mean",
        n_characters as f64 / N_TEXTS as f64,
        "characters",
    );
    let plain = versions(&texts);
    // The tables are loaded once in a process, at the first text.
    scorer::signals(&plain[0]);

    each("fold", &plain, |version| {
        scorer::fold(&version.text).text().len()
    });
    let phones = each("phones", &plain, |version| scorer::phones(version).len());
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("texts.txt"), texts.join("\n"))?;
    peer(
        "peer-phonenumbers",
        phones,
        "texts/s",
        PHONENUMBERS,
        folder.path(),
    );

    both("plain", &plain);
    both("dense", &versions(&dense_texts()));
    hard_texts();
    memory()
}

/// Texts a second for this work.
fn each(name: &str, versions: &[ListingVersion], work: impl Fn(&ListingVersion) -> usize) -> f64 {
    let (rate, _) = rate(name, versions.len() * N_ROUNDS, "texts/s", || {
        let mut sum = 0;
        for _ in 0..N_ROUNDS {
            for version in versions {
                sum += work(black_box(version));
            }
        }
        black_box(sum)
    });
    rate
}

/// All signals, with the language told and without.
fn both(name: &str, versions: &[ListingVersion]) {
    let signals = |version: &ListingVersion| scorer::signals(version).len();
    let mut told = versions.to_vec();
    for version in &mut told {
        version.language = Some("nl".to_owned());
    }
    let told = each(&format!("signals_told_{name}"), &told, signals);
    let detected = each(&format!("signals_{name}"), versions, signals);
    let language_us = 1e6 / detected - 1e6 / told;
    report(&format!("language_{name}"), language_us, "us/text");
}

/// A megabyte of each unit.
fn hard_texts() {
    let mut worst = (0.0, "");
    for (name, unit) in hard_units() {
        let version = version(0, repeated(&unit));
        let (seconds, _) = seconds_of(|| black_box(scorer::signals(&version)));
        let ms = seconds * 1e3;
        report(&format!("megabyte_{name}"), ms, "ms");
        if ms > worst.0 {
            worst = (ms, name);
        }
    }
    report(&format!("megabyte_worst_{}", worst.1), worst.0, "ms");
}

/// Runs this program again for each hard text, so that one does not hide what another needs.
fn memory() -> std::io::Result<()> {
    let mut worst = (0.0, "");
    for (name, _) in hard_units() {
        let ran = Command::new(env::current_exe()?)
            .args([MEMORY, name])
            .env("MALLOC_MMAP_THRESHOLD_", "16384")
            .env("MALLOC_TRIM_THRESHOLD_", "16384")
            .output()?;
        let written = String::from_utf8_lossy(&ran.stdout);
        // No figure where the system does not tell how much a process held.
        let Ok(bytes) = written.trim().parse::<f64>() else {
            continue;
        };
        if bytes > worst.0 {
            worst = (bytes, name);
        }
        if matches!(name, "one-long-word" | "first-person-age") {
            report(&format!("memory_{name}"), bytes, "bytes/byte");
        }
    }
    report(&format!("memory_worst_{}", worst.1), worst.0, "bytes/byte");
    Ok(())
}

/// Prints how many bytes were held for each byte of a hard text.
#[expect(
    clippy::print_stdout,
    reason = "the figure goes to the process that asked"
)]
fn memory_of(name: &str) {
    let Some((_, unit)) = hard_units().find(|(known, _)| *known == name) else {
        return;
    };
    let version = version(0, repeated(&unit));
    scorer::signals(&plain_version("06 1234 0001, 23 jaar, Utrecht"));
    forget_peak_memory();
    let before = peak_memory_mib();
    black_box(scorer::signals(&version));
    if let (Some(before), Some(after)) = (before, peak_memory_mib()) {
        println!("{}", (after - before) * 1_048_576.0 / HARD_BYTES as f64);
    }
}

fn hard_units() -> impl Iterator<Item = (&'static str, String)> {
    HARD.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (name, unit) = line.split_once('\t').expect("a name, a tab and a unit");
            let unit = serde_json::from_str(unit).expect("the unit is a JSON string");
            (name, unit)
        })
}

fn repeated(unit: &str) -> String {
    unit.repeat(HARD_BYTES / unit.len())
}

fn plain_version(text: &str) -> ListingVersion {
    version(0, text.to_owned())
}

fn version(number: usize, text: String) -> ListingVersion {
    let id = ListingId::new(format!("n{number}")).expect("a letter and digits");
    let mut version = ListingVersion::empty(id);
    version.text = text;
    version.posted_at = Some("2026-03-03".parse().expect("a date"));
    version
}

fn versions(texts: &[String]) -> Vec<ListingVersion> {
    texts
        .iter()
        .enumerate()
        .map(|(number, text)| version(number, text.clone()))
        .collect()
}

/// Common words with a phone number of the fixture range, an age and a price.
fn plain_texts() -> Vec<String> {
    const WORDS: [&str; 28] = [
        "beschikbaar",
        "vandaag",
        "utrecht",
        "amsterdam",
        "centrum",
        "nieuw",
        "bel",
        "app",
        "geen",
        "prive",
        "nummer",
        "discreet",
        "vriendelijk",
        "blond",
        "lang",
        "ontvangst",
        "hotel",
        "escort",
        "uur",
        "prijs",
        "info",
        "engels",
        "nederlands",
        "maandag",
        "tot",
        "vrijdag",
        "van",
        "avond",
    ];
    let mut numbers = Numbers(1);
    (0..N_TEXTS)
        .map(|_| {
            let n_words = 34 + numbers.below(51) as usize;
            let mut words: Vec<String> = (0..n_words)
                .map(|_| WORDS[numbers.below(WORDS.len() as u64) as usize].to_owned())
                .collect();
            let last = numbers.below(10_000);
            let phone = match numbers.below(4) {
                0 => format!("061234{last:04}"),
                1 => format!("06-1234{last:04}"),
                2 => format!("06 12 34 {:02} {:02}", last / 100, last % 100),
                _ => format!("+3161234{last:04}"),
            };
            words.insert(numbers.below(n_words as u64) as usize, phone);
            words.insert(3, (18 + numbers.below(43)).to_string());
            words.insert(7, format!("{} euro", 50 + numbers.below(251)));
            words.join(" ")
        })
        .collect()
}

/// Examples of the signals, in an order that a seed makes.
fn dense_texts() -> Vec<String> {
    let examples: Vec<&str> = scorer::signal_examples()
        .map(|example| example.text)
        .collect();
    let mut numbers = Numbers(2);
    (0..N_TEXTS)
        .map(|_| {
            let mut text = String::new();
            while text.chars().count() < CHARACTERS {
                text.push_str(examples[numbers.below(examples.len() as u64) as usize]);
                text.push_str(". ");
            }
            text.chars().take(CHARACTERS).collect()
        })
        .collect()
}
