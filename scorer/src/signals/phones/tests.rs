//! The published sets, read in place, and our own.

use std::path::PathBuf;

use model::{Field, ListingId, ListingVersion};
use serde_json::Value;

use super::*;
use crate::signals;

fn published(name: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/phones")
        .join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) => {
            println!("NOT RUN: cannot read {}: {error}", path.display());
            None
        }
    }
}

fn version(text: &str, country: Option<&str>) -> ListingVersion {
    let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
    version.text = text.to_owned();
    version.country = country.map(str::to_owned);
    version
}

fn phones(text: &str, country: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = signals(&version(text, country))
        .into_iter()
        .filter_map(|signal| match signal.observed {
            Observed::Phone(seen) => Some(seen.phone.to_string()),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn obfuscated_dutch_numbers() {
    let Some(cases) = published("nl_obfuscation_cases.json") else {
        return;
    };
    let (mut n_numbers, mut n_read, mut n_clean, mut n_negative) = (0, 0, 0, 0);
    for case in cases.as_array().unwrap() {
        let text = case["input"].as_str().unwrap();
        let mut expected: Vec<String> = case["expected"]
            .as_array()
            .unwrap()
            .iter()
            .map(|number| number.as_str().unwrap().to_owned())
            .collect();
        expected.sort();
        let found = phones(text, None);
        let right = found == expected;
        if expected.is_empty() {
            n_negative += 1;
            n_clean += usize::from(right);
        } else {
            n_numbers += 1;
            n_read += usize::from(right);
        }
        if !right {
            println!("{text:?}: expected {expected:?}, found {found:?}");
        }
    }
    println!("with a number {n_read}/{n_numbers}, without {n_clean}/{n_negative}");
    assert!(n_read >= 84, "read {n_read} of {n_numbers}");
    assert_eq!(n_clean, n_negative);
}

/// Numbers of no European plan: what counts here is that span and digits are read.
#[test]
fn shapes_of_written_numbers() {
    let Some(cases) = published("dig_shapes_anonymised.json") else {
        return;
    };
    let cases = cases.as_array().unwrap();
    let mut n_read = 0;
    for case in cases {
        let text = case["input"].as_str().unwrap();
        let expected = (
            case["expected_digits"].as_str().unwrap().to_owned(),
            case["span"].as_str().unwrap(),
        );
        let version = version(text, None);
        let reading = Reading::of(&version);
        let passage = &reading.passages[1];
        assert_eq!(passage.field, Field::Text);
        let found: Vec<(String, &str)> = runs(passage)
            .iter()
            .map(|run| (run.digits(), passage.written(run.range())))
            .collect();
        if found.contains(&expected) {
            n_read += 1;
        } else {
            println!("{text:?}: expected {expected:?}, found {found:?}");
        }
    }
    println!("shapes {n_read}/{}", cases.len());
    assert_eq!(n_read, cases.len());
}

/// Where we answer otherwise than libphonenumber does at its leniency VALID, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    // Shorter than the eight digits that we look for: German landlines of few digits.
    ("+49-49-34", "short"),
    ("04931-49", "short"),
    ("0494949", "short"),
    ("0494949 ext. 49", "short"),
    // Valid under libphonenumber's test metadata only.
    ("+33 3 34 23 12", "metadata"),
    ("+33 3 34 2312", "metadata"),
    // A plus or a letter between digits is a disguise to us.
    ("650+253+1234", "disguise"),
    ("650x2531234", "disguise"),
    ("6502531x234", "disguise"),
    // Measures, dates and rows of numbers are no phones here.
    ("12 7/8 - 14 12/34 - 5", "not a number"),
    ("12.1 - 23.71 - 23.45", "not a number"),
    ("2012-01-02 08", "date"),
    // Neither zero, plus nor a word for calling before it, and of another plan than these pages.
    ("1800-10-10 22", "bare"),
    ("1800-1-0-10 22", "bare"),
];

#[test]
fn cases_of_libphonenumber() {
    let Some(cases) = published("libphonenumber_matcher_cases.json") else {
        return;
    };
    let mut unexpected = Vec::new();
    let mut n_cases = 0;
    let mut n_deviations = 0;
    for (group, cases) in cases.as_object().unwrap() {
        let expects_number = !matches!(group.as_str(), "IMPOSSIBLE_CASES" | "POSSIBLE_ONLY_CASES");
        for case in cases.as_array().unwrap() {
            n_cases += 1;
            let text = case["input"].as_str().unwrap();
            let differs = phones(text, case["region"].as_str()).is_empty() == expects_number;
            n_deviations += usize::from(differs);
            if differs != DEVIATIONS.iter().any(|(listed, _)| *listed == text) {
                unexpected.push(text);
            }
        }
    }
    println!(
        "libphonenumber: {} of {n_cases} as published",
        n_cases - n_deviations
    );
    assert!(
        unexpected.is_empty(),
        "listed as differing or not, and the other way round: {unexpected:#?}"
    );
}
