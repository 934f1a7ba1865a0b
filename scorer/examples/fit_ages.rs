//! Counts out how much each answer about a number weighs, from texts with known ages:
//! `cargo run --release -p scorer --example fit_ages [FOLDER ...]` writes
//! `src/signals/ages/weights.tsv` from `tests/sets/seen` and `src/signals/cases`
//! (and the folders named).
//!
//! A logistic regression, fitted by gradient steps of shrinking size in a fixed order, so that the
//! same texts give the same weights on any machine. Answers that fewer than [`LEAST_SEEN`] numbers
//! gave weigh nothing. A quarter of the texts is held back first, to print what weights that have
//! not seen a text say of it; the weights written come from all of them.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for who changes the scorer: it stops where a table is wrong, and prints"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use model::{AgeField, ListingId, ListingVersion};
use scorer::AgeEvidence;

/// Numbers that must have given an answer for it to weigh anything: below it chance weighs more.
const LEAST_SEEN: usize = 25;

const ROUNDS: usize = 60;

/// How strongly weights are held near nought.
const SHRINKAGE: f64 = 1e-3;

/// Whole steps of a weight in one unit of the regression (log odds).
const STEPS: f64 = 10.0;

type Answers = Vec<(&'static str, &'static str)>;
type Weights = BTreeMap<(&'static str, &'static str), f64>;

/// A number: what was answered about it, and whether it is an age of who is advertised.
struct Number {
    answers: Answers,
    is_age: bool,
    /// Held back for the figures.
    is_held: bool,
}

fn main() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![own.join("tests/sets/seen"), own.join("src/signals/cases")];
    folders.extend(std::env::args().skip(1).map(PathBuf::from));
    let numbers: Vec<Number> = folders.iter().flat_map(|folder| numbers(folder)).collect();

    let kept: Vec<&Number> = numbers.iter().filter(|number| !number.is_held).collect();
    let held: Vec<&Number> = numbers.iter().filter(|number| number.is_held).collect();
    let weights = fitted(&kept);
    println!("{} numbers, {} held back", numbers.len(), held.len());
    figures("fitted on", &kept, &weights);
    figures("held back", &held, &weights);

    let weights = fitted(&numbers.iter().collect::<Vec<_>>());
    let mut table = "# Made by `cargo run --release -p scorer --example fit_ages`; not by hand.\n\
                     # question\tanswer\tweight\n"
        .to_owned();
    let mut n_weights = 0;
    for ((question, answer), weight) in &weights {
        let weight = rounded(*weight);
        if weight != 0 {
            n_weights += 1;
            writeln!(table, "{question}\t{answer}\t{weight}").unwrap();
        }
    }
    fs::write(own.join("src/signals/ages/weights.tsv"), table).unwrap();
    println!("{n_weights} weights");
}

/// The numbers of the texts in a folder: rows of `tests/sets`, or of `src/signals/cases`.
fn numbers(folder: &Path) -> Vec<Number> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("ages")
        })
        .collect();
    files.sort();
    let mut numbers = Vec::new();
    for file in files {
        for row in fs::read_to_string(file).unwrap().lines() {
            let columns: Vec<&str> = row.split('\t').collect();
            match *columns.as_slice() {
                [_, field, ages, _, _, text] => numbers.extend(of_text(field, ages, text)),
                [ages, text] if !ages.starts_with('#') => numbers.extend(of_text("-", ages, text)),
                _ => {}
            }
        }
    }
    numbers
}

/// The numbers of a text. Its ages are separated by commas; those of others begin with `o`, and `!`
/// stands behind those under 18.
fn of_text(field: &str, ages: &str, text: &str) -> Vec<Number> {
    let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
    version.text = text.replace('|', "\n");
    version.posted_at = Some("2026-03-03".parse().unwrap());
    version.age = (field != "-").then(|| AgeField::Words(field.to_owned()));
    let ages: Vec<u32> = ages
        .split(',')
        .filter_map(|age| age.trim_end_matches('!').parse().ok())
        .collect();
    let is_held = text.bytes().map(u32::from).sum::<u32>() % 4 == 0;
    let of_text = scorer::age_evidence(&version);
    of_text
        .into_iter()
        .map(|AgeEvidence { value, answers }| Number {
            answers,
            is_age: ages.contains(&value),
            is_held,
        })
        .collect()
}

fn fitted(numbers: &[&Number]) -> Weights {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    for answer in numbers.iter().flat_map(|number| &number.answers) {
        *seen.entry(*answer).or_default() += 1;
    }
    let mut weights: Weights = seen
        .into_iter()
        .filter(|(_, n_seen)| *n_seen >= LEAST_SEEN)
        .map(|(answer, _)| (answer, 0.0))
        .collect();
    let mut squares: Weights = weights.keys().map(|answer| (*answer, 1e-6)).collect();
    for round in 0..ROUNDS {
        // Another order each round: strides that share no factor with most lengths.
        let stride = 7_919 + 104_729 * round;
        for step in 0..numbers.len() {
            let number = numbers[step * stride % numbers.len()];
            let surplus = chance(&number.answers, &weights) - f64::from(u8::from(number.is_age));
            for answer in &number.answers {
                let Some(weight) = weights.get_mut(answer) else {
                    continue;
                };
                let slope = surplus + SHRINKAGE * *weight;
                let square = squares.get_mut(answer).unwrap();
                *square += slope * slope;
                *weight -= 0.2 * slope / square.sqrt();
            }
        }
    }
    weights
}

fn chance(answers: &Answers, weights: &Weights) -> f64 {
    let sum: f64 = answers
        .iter()
        .filter_map(|answer| weights.get(answer))
        .sum();
    1.0 / (1.0 + (-sum.clamp(-30.0, 30.0)).exp())
}

/// A weight in whole steps.
#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are some tens of steps"
)]
fn rounded(weight: f64) -> i64 {
    (weight * STEPS).round() as i64
}

fn figures(name: &str, numbers: &[&Number], weights: &Weights) {
    let (mut n_right, mut n_wrong, mut n_missed) = (0.0, 0.0, 0.0);
    for number in numbers {
        let sum: i64 = number
            .answers
            .iter()
            .filter_map(|answer| weights.get(answer))
            .map(|weight| rounded(*weight))
            .sum();
        match (sum > 0, number.is_age) {
            (true, true) => n_right += 1.0,
            (true, false) => n_wrong += 1.0,
            (false, true) => n_missed += 1.0,
            (false, false) => {}
        }
    }
    println!(
        "{name}: precision {:.3} recall {:.3}",
        n_right / (n_right + n_wrong),
        n_right / (n_right + n_missed)
    );
}
