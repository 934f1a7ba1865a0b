//! Reads the data inside the binary: planted situations and the sentence forms of ordinary
//! listings. What the files mean stands in `data/README.md`.

use serde::Deserialize;

use crate::phone::{FixturePhone, Notation};
use crate::picture::Picture;
use crate::sites::SiteName;

macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        [$((concat!($folder, "/", $name, ".toml"),
            include_str!(concat!("../data/", $folder, "/", $name, ".toml")))),+]
    };
}

/// Planted situations, in the order of the demo's table.
const SITUATIONS: [(&str, &str); 27] = files!(
    "situations": "independent", "tours-alone", "two-friends", "shared-studio", "licensed-agency",
    "ring", "reused-photo", "reused-photo-and-text", "template-text", "circuit", "recruitment",
    "minor-words-nl", "minor-words-en", "minor-words-de", "near-miss-years",
    "near-miss-house-rules", "near-miss-times", "near-miss-amounts", "near-miss-places",
    "near-miss-others", "ordinary-jobs", "extortion", "victim-warning", "spam",
    "obscured-number", "stated-boundaries", "odd-pages",
);

/// Sentence forms, one file a language.
const ORDINARY: [(&str, &str); 5] = files!("ordinary": "nl", "en", "de", "ro", "hu");

/// A planted situation as it is written down.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SituationFile {
    pub(crate) id: String,
    pub(crate) title: model::Localised,
    /// The text of every listing that has none of its own.
    #[serde(default)]
    pub(crate) text: Option<String>,
    pub(crate) expected: ExpectedRow,
    #[serde(default, rename = "listing")]
    pub(crate) listings: Vec<ListingRow>,
    #[serde(default)]
    pub(crate) series: Option<Series>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedRow {
    #[serde(default)]
    pub(crate) case: Option<model::Lane>,
    #[serde(default)]
    pub(crate) listing_lane: Option<model::Lane>,
    #[serde(default)]
    pub(crate) found: Vec<model::IndicatorId>,
    #[serde(default)]
    pub(crate) absent: Vec<model::IndicatorId>,
    #[serde(default)]
    pub(crate) grouping: crate::situation::Grouping,
}

/// A listing as it is written down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListingRow {
    pub(crate) site: SiteName,
    pub(crate) language: model::Language,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) age: Option<u8>,
    pub(crate) town: String,
    pub(crate) days_ago: u16,
    #[serde(default)]
    pub(crate) phone: Option<FixturePhone>,
    #[serde(default)]
    pub(crate) second_phone: Option<FixturePhone>,
    #[serde(default = "usual")]
    pub(crate) notation: Notation,
    #[serde(default)]
    pub(crate) price: Option<u16>,
    #[serde(default)]
    pub(crate) licensed: Option<String>,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) pictures: Vec<Picture>,
    #[serde(default)]
    pub(crate) changes_to: Option<String>,
    #[serde(default)]
    pub(crate) goes: bool,
    #[serde(default)]
    pub(crate) slow: bool,
    #[serde(default)]
    pub(crate) moved: bool,
}

const fn usual() -> Notation {
    Notation::Usual
}

/// Several people, each posting at every stop.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Series {
    language: model::Language,
    phone: FixturePhone,
    price: u16,
    title: String,
    people: Vec<Person>,
    stops: Vec<Stop>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    name: String,
    age: u8,
    seed: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stop {
    site: SiteName,
    town: String,
    days_ago: u16,
}

/// The sentence forms of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrdinaryFile {
    pub(crate) language: model::Language,
    /// Taken in turn.
    pub(crate) sites: Vec<SiteName>,
    /// Ranges of phone numbers, taken in turn: `nl`, `uk`, `de`.
    pub(crate) ranges: Vec<String>,
    pub(crate) n_listings: usize,
    pub(crate) names: Vec<String>,
    pub(crate) towns: Vec<String>,
    pub(crate) titles: Vec<String>,
    /// One form is taken from each.
    pub(crate) slots: Vec<Vec<String>>,
}

impl Series {
    /// The listings of the series, person by person within each stop.
    pub(crate) fn rows(&self) -> Vec<ListingRow> {
        let mut rows = Vec::new();
        for stop in &self.stops {
            for person in &self.people {
                rows.push(ListingRow {
                    site: stop.site,
                    language: self.language,
                    name: Some(person.name.clone()),
                    age: Some(person.age),
                    town: stop.town.clone(),
                    days_ago: stop.days_ago,
                    phone: Some(self.phone),
                    second_phone: None,
                    notation: Notation::Usual,
                    price: Some(self.price),
                    licensed: None,
                    title: self.title.clone(),
                    text: None,
                    pictures: vec![Picture {
                        seed: person.seed,
                        copy: crate::picture::Copied::Plain,
                    }],
                    changes_to: None,
                    goes: false,
                    slow: false,
                    moved: false,
                });
            }
        }
        rows
    }
}

/// All planted situations.
pub(crate) fn situations() -> Vec<SituationFile> {
    SITUATIONS.iter().map(read).collect()
}

/// The sentence forms of all languages.
pub(crate) fn ordinary() -> Vec<OrdinaryFile> {
    ORDINARY.iter().map(read).collect()
}

#[expect(
    clippy::panic,
    reason = "the files are part of the binary and a test reads every one: a user cannot meet this"
)]
fn read<T: serde::de::DeserializeOwned>((path, text): &(&str, &str)) -> T {
    match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => panic!("demo/data/{path}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_listed_and_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/");
        for (name, n_listed) in [
            ("situations", situations().len()),
            ("ordinary", ordinary().len()),
        ] {
            let n_files = std::fs::read_dir(format!("{folder}{name}"))
                .unwrap()
                .count();
            assert_eq!(n_files, n_listed, "{name}");
        }
    }
}
