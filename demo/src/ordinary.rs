//! Ordinary listings: adults who work for themselves, each in words of her or his own.
//!
//! A listing takes one sentence form from each slot. The slots of a language differ in length, so
//! that two listings share one form at most.

use model::Language;

use crate::data::{ListingRow, OrdinaryFile};
use crate::phone::{FixturePhone, Notation};
use crate::picture::{Copied, Picture};

/// First number of each range that ordinary listings use; the planted ones stay below.
const FIRST_NL: u16 = 2000;
const FIRST_UK: u16 = 500;
const FIRST_DE: u16 = 70;
/// Pictures of ordinary listings; the planted ones stay below.
const FIRST_SEED: u64 = 2000;

/// The ordinary listings of all languages.
pub(crate) fn rows(files: &[OrdinaryFile]) -> Vec<ListingRow> {
    let mut numbers = Numbers::default();
    let mut rows = Vec::new();
    for (nth_file, file) in files.iter().enumerate() {
        for nth in 0..file.n_listings {
            rows.push(row(file, nth, nth_file * 13 + nth * 7, &mut numbers));
        }
    }
    rows
}

fn row(file: &OrdinaryFile, nth: usize, spread: usize, numbers: &mut Numbers) -> ListingRow {
    let phone = numbers.next(pick::<String>(&file.ranges, nth));
    let from = 9 + spread % 5;
    let to = 17 + spread % 6;
    let mut sentences: Vec<String> = file
        .slots
        .iter()
        .map(|forms| {
            pick(forms, nth)
                .replace("{from}", &hour(file.language, from))
                .replace("{to}", &hour(file.language, to))
        })
        .collect();
    // The greeting stays in front; the rest comes in another order each time.
    if let Some((_, rest)) = sentences.split_first_mut() {
        let by = spread % rest.len().max(1);
        rest.rotate_left(by);
    }
    ListingRow {
        site: *pick(&file.sites, nth),
        language: file.language,
        name: Some(pick(&file.names, nth).clone()),
        age: u8::try_from(21 + spread % 35).ok(),
        town: pick(&file.towns, nth).clone(),
        days_ago: u16::try_from(3 + spread * 17 % 280).unwrap_or(3),
        phone: Some(phone),
        second_phone: None,
        notation: Notation::Usual,
        price: u16::try_from(90 + spread % 9 * 10).ok(),
        licensed: None,
        title: pick(&file.titles, nth).clone(),
        text: Some(sentences.join(" ")),
        pictures: match nth % 3 {
            0 => vec![Picture {
                seed: FIRST_SEED + spread as u64,
                copy: Copied::Plain,
            }],
            _ => Vec::new(),
        },
        changes_to: None,
        goes: false,
        slow: false,
        moved: false,
    }
}

fn pick<T>(of: &[T], nth: usize) -> &T {
    &of[nth % of.len()]
}

fn hour(language: Language, hour: usize) -> String {
    match language {
        Language::En if hour > 12 => format!("{}pm", hour - 12),
        Language::En if hour < 12 => format!("{hour}am"),
        Language::En => "noon".to_owned(),
        Language::Nl => format!("{hour}:00"),
        _ => hour.to_string(),
    }
}

/// Hands out every number once.
#[derive(Default)]
struct Numbers {
    nl: u16,
    uk: u16,
    de: u16,
}

impl Numbers {
    fn next(&mut self, range: &str) -> FixturePhone {
        match range {
            "uk" => {
                self.uk += 1;
                FixturePhone::Uk(FIRST_UK + self.uk)
            }
            "de" => {
                self.de += 1;
                FixturePhone::De(FIRST_DE + self.de)
            }
            _ => {
                self.nl += 1;
                FixturePhone::Nl(FIRST_NL + self.nl * 7)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn two_listings_share_one_sentence_at_most() {
        for file in crate::data::ordinary() {
            let used = |nth: usize| -> BTreeSet<&String> {
                file.slots.iter().map(|forms| pick(forms, nth)).collect()
            };
            for one in 0..file.n_listings {
                for other in one + 1..file.n_listings {
                    let shared = used(one).intersection(&used(other)).count();
                    assert!(shared <= 1, "{} {one} {other}", file.language);
                }
            }
        }
    }

    #[test]
    fn ordinary_people_are_adults_with_a_number_each() {
        let rows = rows(&crate::data::ordinary());
        let phones: BTreeSet<_> = rows.iter().filter_map(|row| row.phone).collect();
        let seeds: Vec<u64> = rows
            .iter()
            .flat_map(|row| &row.pictures)
            .map(|p| p.seed)
            .collect();
        assert_eq!(phones.len(), rows.len());
        assert_eq!(seeds.iter().collect::<BTreeSet<_>>().len(), seeds.len());
        assert!(rows.iter().all(|row| (21..=55).contains(&row.age.unwrap())));
    }
}
