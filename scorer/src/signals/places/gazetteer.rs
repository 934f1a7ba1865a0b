//! The towns that listings name, looked up word by word.
//!
//! Place in the flow: asked by the detector of places, and by ages and names, which must not take a
//! town for a person. The data is `cues/places.tsv`; its header names sources and licences.
//!
//! Invariant: no name that is a cue, a number word or a first name counts without context
//! (`ambiguous_names_are_marked`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::lexicon::{Trie, is_border, letters_end};
use crate::fold;

/// How many times the population of a place its usual name counts, against another place that is
/// called so in another language: "Bergen" is Bergen rather than Mons.
const USUAL_NAME_FACTOR: u32 = 4;

/// What has to stand around a name for it to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// A capital, or a word of place before it.
    Capital,
    /// Words of place around it.
    Context,
}

/// A town.
pub(super) struct Town {
    /// The usual name.
    pub(super) name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// Whether it is a municipality of the Netherlands or Belgium.
    #[cfg(test)]
    is_municipality: bool,
}

struct Name {
    folded: String,
    need: Need,
    /// Its town, and how likely it is that one among those of the same name.
    town: usize,
    weight: u32,
}

struct Gazetteer {
    towns: Vec<Town>,
    names: Vec<Name>,
    first_words: Trie,
    /// By the first word of a name, the longest name first, then the likeliest.
    by_first_word: Vec<Vec<usize>>,
}

/// A name in a text.
pub(super) struct Named {
    /// The town.
    pub(super) town: &'static Town,
    /// What has to stand around it.
    pub(super) need: Need,
    /// Bytes of the name.
    pub(super) len: usize,
}

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::of(include_str!("../cues/places.tsv")));

/// All names, folded.
pub(in super::super) fn names_of_towns() -> impl Iterator<Item = &'static str> {
    let gazetteer: &'static Gazetteer = &GAZETTEER;
    gazetteer.names.iter().map(|name| name.folded.as_str())
}

/// The name that begins with this word of a folded text: the longest, and of several towns the one
/// in this country, else the likeliest.
pub(super) fn named(text: &str, word_len: usize, country: Option<&str>) -> Option<Named> {
    let gazetteer: &'static Gazetteer = &GAZETTEER;
    let (_, word) = gazetteer
        .first_words
        .beginnings(text.as_bytes())
        .find(|(len, _)| *len == word_len)?;
    let candidates = &gazetteer.by_first_word[word];
    let mut best: Option<(usize, &Name)> = None;
    for name in candidates.iter().map(|&at| &gazetteer.names[at]) {
        let Some(len) = begins_with(text, &name.folded) else {
            continue;
        };
        match best {
            None => best = Some((len, name)),
            Some((longest, _)) if len < longest => break,
            Some(_) if country == Some(gazetteer.towns[name.town].country) => {
                best = Some((len, name));
                break;
            }
            Some(_) => {}
        }
        if country == Some(gazetteer.towns[name.town].country) {
            break;
        }
    }
    best.map(|(len, name)| Named {
        town: &gazetteer.towns[name.town],
        need: name.need,
        len,
    })
}

/// The town with exactly this name, folded.
pub(super) fn town(folded: &str, country: Option<&str>) -> Option<(&'static Town, Need)> {
    let folded = folded.trim_start_matches(|sign: char| !sign.is_alphabetic());
    let found = named(folded, word_len(folded), country)?;
    (found.len == folded.len()).then_some((found.town, found.need))
}

/// Bytes of the letters at the start of a text.
pub(super) fn word_len(text: &str) -> usize {
    letters_end(text, 0)
}

/// Whether a name that is one word goes on to the end of this one with one of these endings.
pub(super) fn begins_with_name(word: &str, endings: &[&str]) -> bool {
    GAZETTEER
        .first_words
        .beginnings(word.as_bytes())
        .any(|(len, _)| endings.contains(&&word[len..]))
}

/// Bytes of the text that a name takes, hyphens and spaces being the same.
fn begins_with(text: &str, name: &str) -> Option<usize> {
    let head = text.get(..name.len())?;
    let is_joint = |byte: u8| matches!(byte, b' ' | b'-');
    let is_same = head
        .bytes()
        .zip(name.bytes())
        .all(|(one, other)| one == other || is_joint(one) && is_joint(other));
    (is_same && is_border(text, name.len())).then_some(name.len())
}

impl Gazetteer {
    fn of(table: &'static str) -> Self {
        let mut gazetteer = Self {
            towns: Vec::new(),
            names: Vec::new(),
            first_words: Trie::of::<&str>(&[]),
            by_first_word: Vec::new(),
        };
        let mut by_first_word = BTreeMap::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(name), Some(country), Some(size), Some(names)) = (
                columns.next(),
                columns.next(),
                columns.next(),
                columns.next(),
            ) {
                gazetteer.add(name, country, size, names, &mut by_first_word);
            }
        }
        let words: Vec<&String> = by_first_word.keys().collect();
        gazetteer.first_words = Trie::of(&words);
        gazetteer.by_first_word = by_first_word.into_values().collect();
        let names = &gazetteer.names;
        for places in &mut gazetteer.by_first_word {
            places.sort_by_key(|&at| {
                let name: &Name = &names[at];
                std::cmp::Reverse((name.folded.len(), name.weight))
            });
        }
        gazetteer
    }

    fn add(
        &mut self,
        name: &'static str,
        country: &'static str,
        size: &str,
        names: &str,
        by_first_word: &mut BTreeMap<String, Vec<usize>>,
    ) {
        let population: u32 = size.trim_end_matches('m').parse().unwrap_or(1);
        let town = self.towns.len();
        for marked in names.split('|') {
            let (need, written) = if let Some(written) = marked.strip_prefix('?') {
                (Need::Context, written)
            } else if let Some(written) = marked.strip_prefix('^') {
                (Need::Capital, written)
            } else {
                (Need::Nothing, marked)
            };
            let folded = fold(written)
                .text()
                .trim_start_matches(|sign: char| !sign.is_alphabetic())
                .to_owned();
            let factor = if written == name {
                USUAL_NAME_FACTOR
            } else {
                1
            };
            by_first_word
                .entry(folded[..word_len(&folded)].to_owned())
                .or_default()
                .push(self.names.len());
            self.names.push(Name {
                folded,
                need,
                town,
                weight: population.saturating_mul(factor),
            });
        }
        self.towns.push(Town {
            name,
            country,
            #[cfg(test)]
            is_municipality: size.ends_with('m'),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{lexicon, names};
    use super::*;

    #[test]
    fn municipalities_are_complete() {
        let count = |country: &str| {
            let is_one = |town: &&Town| town.is_municipality && town.country == country;
            GAZETTEER.towns.iter().filter(is_one).count()
        };
        // 342 since 2023, of which two are called Bergen; 565 since 2025.
        assert_eq!((count("NL"), count("BE")), (341, 565));
    }

    #[test]
    fn ambiguous_names_are_marked() {
        let mut unmarked = Vec::new();
        for name in &GAZETTEER.names {
            let (hits, _) = lexicon::hits(&name.folded);
            let is_cue = hits
                .iter()
                .any(|hit| hit.start == 0 && hit.end == name.folded.len());
            if name.need != Need::Context && (is_cue || names::is_first_name(&name.folded)) {
                unmarked.push(name.folded.as_str());
            }
        }
        assert!(unmarked.is_empty(), "mark in places.tsv: {unmarked:?}");
    }

    #[track_caller]
    fn check(folded: &str, country: Option<&str>, expected: Option<(&str, &str)>) {
        let found = town(folded, country).map(|(town, _)| (town.name, town.country));
        assert_eq!(found, expected, "{folded}");
    }

    #[test]
    fn one_usual_name() {
        check("anvers", None, Some(("Antwerpen", "BE")));
        check("'s-gravenhage", None, Some(("Den Haag", "NL")));
        check("the hague", None, Some(("Den Haag", "NL")));
        check("luttich", None, Some(("Liège", "BE")));
        check("cologne", None, Some(("Köln", "DE")));
        check("софия", None, Some(("Sofia", "BG")));
        check(
            "alphen-aan-den-rijn",
            None,
            Some(("Alphen aan den Rijn", "NL")),
        );
        check("bergen", None, Some(("Bergen", "NL")));
        check("bergen", Some("BE"), Some(("Mons", "BE")));
        check("zwijndrecht", Some("BE"), Some(("Zwijndrecht", "BE")));
        check("amster", None, None);
    }
}
