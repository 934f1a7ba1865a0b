//! Towns, by their usual names.
//!
//! A name that is also a common word or a first name counts only with a word such as "in" or
//! "near" before it, or as the whole of the site's own field.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use model::{Field, Observed, Signal, Span};

use super::Detector;
use super::claims::Claims;
use super::lexicon::is_border;
use super::reading::{Passage, Reading};
use crate::fold;

/// Words before a town, folded, of all languages.
const BEFORE: &[&str] = &[
    "in", "te", "uit", "regio", "omgeving", "nabij", "bij", "naar", "rond", "near", "from",
    "around", "at", "aus", "bei", "nahe", "raum", "a", "chez", "de", "desde", "cerca de", "din",
    "la", "langa", "w", "we", "z", "kolo", "okolice", "в", "от", "до", "v", "city", "centrum",
    "centre", "center", "regio:", "stad", "plaats",
];

/// The country of a town field that no list knows, when the listing names none: ISO 3166-1 keeps
/// `ZZ` for "unknown".
const UNKNOWN_COUNTRY: &str = "ZZ";

struct Town {
    name: &'static str,
    country: &'static str,
    is_ambiguous: bool,
}

struct Gazetteer {
    towns: Vec<Town>,
    by_folded: BTreeMap<String, usize>,
    automaton: AhoCorasick,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut towns = Vec::new();
    let mut by_folded = BTreeMap::new();
    let mut names = Vec::new();
    for line in include_str!("cues/towns.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let mut columns = line.split('\t');
        let (Some(name), Some(country)) = (columns.next(), columns.next()) else {
            continue;
        };
        let folded = fold(name).text().to_owned();
        by_folded.insert(folded.clone(), towns.len());
        names.push(folded);
        towns.push(Town {
            name,
            country,
            is_ambiguous: columns.next() == Some("?"),
        });
    }
    #[expect(
        clippy::expect_used,
        reason = "some hundred short names, far below the limits"
    )]
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names)
        .expect("the towns make an automaton");
    Gazetteer {
        towns,
        by_folded,
        automaton,
    }
});

pub(super) const DETECTOR: Detector = Detector {
    name: "place",
    detect,
    examples,
};

/// Whether a folded word is the name of a town.
pub(super) fn is_town(folded: &str) -> bool {
    GAZETTEER.by_folded.contains_key(folded)
}

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if let Some(city) = &reading.version.city {
        found.push(field(reading, city));
    }
    for passage in &reading.passages {
        let contacts = Claims::of(passage.field, found, |observed| {
            matches!(
                observed,
                Observed::Url(_) | Observed::Email(_) | Observed::Handle { .. }
            )
        });
        let flat = passage.flat.as_str();
        for hit in GAZETTEER.automaton.find_iter(flat) {
            let town = &GAZETTEER.towns[hit.pattern().as_usize()];
            let range = hit.start()..hit.end();
            if !is_border(flat, range.start) || !is_border(flat, range.end) {
                continue;
            }
            if town.is_ambiguous && !is_announced(passage, range.start) {
                continue;
            }
            if is_street(&flat[range.end..]) || contacts.overlap(passage.span(range.clone())) {
                continue;
            }
            found.push(passage.signal(place(town), range));
        }
    }
}

fn place(town: &Town) -> Observed {
    Observed::Place {
        town: town.name.to_owned(),
        country: town.country.to_owned(),
    }
}

fn field(reading: &Reading<'_>, city: &str) -> Signal {
    let folded = fold(city);
    let known = GAZETTEER
        .by_folded
        .get(folded.text().trim())
        .map(|&at| &GAZETTEER.towns[at]);
    let observed = known.map_or_else(
        || Observed::Place {
            town: city.trim().to_owned(),
            country: reading
                .version
                .country
                .clone()
                .unwrap_or_else(|| UNKNOWN_COUNTRY.to_owned()),
        },
        place,
    );
    Signal {
        observed,
        span: Some(Span::new(Field::City, 0, city.len())),
    }
}

fn is_announced(passage: &Passage<'_>, at: usize) -> bool {
    let head = passage.flat[..at].trim_end_matches([' ', ':']);
    let is_word = |word: &&&str| head.ends_with(**word) && is_border(head, head.len() - word.len());
    let written = passage.written(at..at + 1);
    written.chars().next().is_some_and(char::is_uppercase)
        && BEFORE.iter().any(|word| is_word(&word))
}

/// `Utrechtsestraat` is caught by its border; `Amsterdam straat`, `Londen weg` here.
fn is_street(rest: &str) -> bool {
    ["straat", "laan", "street", "road", "strasse"]
        .iter()
        .any(|street| rest.trim_start_matches([' ', '-']).starts_with(street))
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("23 jaar, Utrecht", "place=Utrecht NL @9..16"),
        (
            "Bin in Köln, bald in Düsseldorf",
            "place=Köln DE @7..12; place=Düsseldorf DE @22..33",
        ),
        ("Best prices", ""),
        ("Ik woon in Best", "place=Best NL @11..15"),
        ("nice reading", ""),
        ("utrechtsestraat 17", ""),
    ]
}
