//! The published sets, read in place; `docs/published-phones.md` is made here from what they give.

use std::fmt::Write;
use std::path::{Path, PathBuf};

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

/// What a published set gave: how many of its cases of each kind are as published, and the others
/// as lines of a table.
#[derive(Default)]
struct Outcome {
    n_right: usize,
    n_cases: usize,
    failing: String,
}

impl Outcome {
    fn add(&mut self, is_right: bool, row: impl FnOnce() -> String) {
        self.n_cases += 1;
        self.n_right += usize::from(is_right);
        if !is_right {
            writeln!(self.failing, "{}", row()).unwrap();
        }
    }
}

/// Our own Dutch cases: those with a number, and those without.
fn obfuscated_dutch_numbers() -> Option<[Outcome; 2]> {
    let cases = published("nl_obfuscation_cases.json")?;
    let mut outcomes = [Outcome::default(), Outcome::default()];
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
        outcomes[usize::from(expected.is_empty())].add(found == expected, || {
            format!(
                "| `{text}` | {} | {} |",
                expected.join(", "),
                found.join(", ")
            )
        });
    }
    Some(outcomes)
}

/// Numbers of no European plan: what counts here is that span and digits are read.
fn shapes_of_written_numbers() -> Option<Outcome> {
    let cases = published("dig_shapes_anonymised.json")?;
    let mut outcome = Outcome::default();
    for case in cases.as_array().unwrap() {
        let text = case["input"].as_str().unwrap();
        let digits = case["expected_digits"].as_str().unwrap();
        let span = case["span"].as_str().unwrap();
        let version = version(text, None);
        let reading = Reading::of(&version);
        let passage = &reading.passages[1];
        assert_eq!(passage.field, Field::Text);
        let is_read = runs(passage)
            .iter()
            .any(|run| run.digits() == digits && passage.written(run.range()) == span);
        outcome.add(is_read, || format!("| `{text}` | {digits} | |"));
    }
    Some(outcome)
}

/// Where we answer otherwise than libphonenumber does at its leniency VALID, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    ("+49-49-34", SHORT),
    ("04931-49", SHORT),
    ("0494949", SHORT),
    ("0494949 ext. 49", SHORT),
    ("+33 3 34 23 12", METADATA),
    ("+33 3 34 2312", METADATA),
    ("650+253+1234", DISGUISE),
    ("800 234 1 111x1111", ROW),
    (
        "12 7/8 - 14 12/34 - 5",
        "fractions in a row of measures; no advertisement writes a number so",
    ),
    (
        "12.1 - 23.71 - 23.45",
        "decimals in a row of measures; no advertisement writes a number so",
    ),
    (
        "2012-01-02 08",
        "begins with a whole date, which is a date here",
    ),
    ("1800-10-10 22", FREE),
    ("1800-1-0-10 22", FREE),
];

const SHORT: &str = "a German landline of six or seven digits: fewer than the eight that we look for, because \
                     prices, postal codes and house numbers have as many";
const METADATA: &str =
    "valid under libphonenumber's test metadata only; the plan in use wants nine digits";
const DISGUISE: &str = "libphonenumber takes the sign for an extension or a break; a sign or letter between all \
                        digits is how numbers are disguised here";
const ROW: &str = "groups of these lengths with an extension are as likely a row of figures; nobody advertised is \
                   reached by an extension";
const FREE: &str = "an Australian number free of charge without country code or word of calling: nobody \
                    advertised is reached there";

fn cases_of_libphonenumber() -> Option<Outcome> {
    let cases = published("libphonenumber_matcher_cases.json")?;
    let mut outcome = Outcome::default();
    for (group, cases) in cases.as_object().unwrap() {
        let expects_number = !matches!(group.as_str(), "IMPOSSIBLE_CASES" | "POSSIBLE_ONLY_CASES");
        for case in cases.as_array().unwrap() {
            let text = case["input"].as_str().unwrap();
            let region = case["region"].as_str().unwrap();
            let found = phones(text, Some(region));
            let is_right = found.is_empty() != expects_number;
            let reason = DEVIATIONS
                .iter()
                .find(|(listed, _)| *listed == text)
                .map(|(_, reason)| *reason);
            assert_eq!(is_right, reason.is_none(), "listed as differing? {text}");
            outcome.add(is_right, || {
                let published = if expects_number { "number" } else { "none" };
                let ours = if expects_number { "none" } else { "number" };
                let reason = reason.unwrap_or("");
                format!("| `{text}` | {region} | {published} | {ours} | {reason} |")
            });
        }
    }
    Some(outcome)
}

fn page() -> Option<String> {
    let [with, without] = obfuscated_dutch_numbers()?;
    let shapes = shapes_of_written_numbers()?;
    let matcher = cases_of_libphonenumber()?;
    println!(
        "with a number {}/{}, without {}/{}, shapes {}/{}, libphonenumber {}/{}",
        with.n_right,
        with.n_cases,
        without.n_right,
        without.n_cases,
        shapes.n_right,
        shapes.n_cases,
        matcher.n_right,
        matcher.n_cases
    );
    assert!(with.n_right >= 84, "{}", with.failing);
    assert_eq!(without.n_right, without.n_cases, "{}", without.failing);
    assert_eq!(shapes.n_right, shapes.n_cases, "{}", shapes.failing);
    let mut page = String::from(
        "<!-- Made by `UPDATE_GOLDEN=1 cargo test -p scorer --lib published_sets`. Changes here are lost. -->\n\n\
         # Phone numbers: the published sets\n\n\
         | set | as published | of |\n|---|---|---|\n",
    );
    for (name, outcome) in [
        ("Dutch obfuscations, with a number", &with),
        ("Dutch obfuscations, without", &without),
        (
            "shapes of written numbers, after DIG's ground truth",
            &shapes,
        ),
        (
            "libphonenumber's matcher cases, at its leniency VALID",
            &matcher,
        ),
    ] {
        writeln!(
            page,
            "| {name} | {} | {} |",
            outcome.n_right, outcome.n_cases
        )
        .unwrap();
    }
    page.push_str(
        "\nEvery case that differs, and why. libphonenumber's cases were written against test metadata that \
         differ from the plans in use.\n\n\
         | text | region | published | ours | why |\n|---|---|---|---|---|\n",
    );
    page.push_str(&matcher.failing);
    let ours = format!("{}{}", with.failing, shapes.failing);
    if !ours.is_empty() {
        page.push_str("\n| text | published | ours |\n|---|---|---|\n");
        page.push_str(&ours);
    }
    Some(page)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "UPDATE_GOLDEN=1 rewrites golden files (conventions)"
)]
fn published_sets() {
    let Some(page) = page() else {
        return;
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/published-phones.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(kept, page, "UPDATE_GOLDEN=1 writes {} anew", file.display());
}
