//! Towns, by their usual names.
//!
//! A name that is also a common word or a first name counts only with words of place around it: a
//! preposition or a label before it, another town beside it in a list, or a place of its own
//! between commas next to an age or a number. In Hungarian the preposition is an ending.

mod gazetteer;
mod words;

use std::ops::Range;

use model::{Field, Language, Observed, Signal, Span};

pub(super) use self::gazetteer::names_of_towns;
use self::gazetteer::{Named, Need, Town, named, word_len};
use self::words::{BEFORE, HUNGARIAN_ENDINGS, HUNGARY, STREETS_AFTER, STREETS_BEFORE};
use super::Detector;
use super::claims::Claims;
use super::lexicon::is_border;
use super::reading::{Passage, Reading};
use super::vocabulary::List;
use crate::fold;

/// Bytes of the segment beside a name in which a digit makes it a listing's own line.
const BESIDE_BYTES: usize = 16;

/// The country of a town field that no list knows, when the listing names none: ISO 3166-1 keeps
/// `ZZ` for "unknown".
const UNKNOWN_COUNTRY: &str = "ZZ";

pub(super) const DETECTOR: Detector = Detector {
    name: "place",
    about: "A town by its usual name, with its country (ISO 3166-1). Names that are also common \
            words or first names count only with words of place around them.",
    detect,
    examples,
};

/// Whether a folded word is the name of a town, and hardly anything else.
pub(super) fn is_town(folded: &str) -> bool {
    gazetteer::town(folded, None).is_some_and(|(_, need)| need != Need::Context)
}

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if let Some(city) = &reading.version.city {
        found.push(field(reading, city));
    }
    let country = reading.version.country.as_deref();
    for passage in &reading.passages {
        let contacts = Claims::of(passage.field, found, |observed| {
            matches!(
                observed,
                Observed::Url(_) | Observed::Email(_) | Observed::Handle { .. }
            )
        });
        let mut names = names(passage, reading.language, country);
        names.retain(|(range, _)| {
            !is_street(&passage.flat, range) && !contacts.overlap(passage.span(range.clone()))
        });
        let counts: Vec<bool> = (0..names.len())
            .map(|at| counts(passage, reading.language, &names, at))
            .collect();
        for ((range, name), _) in names.into_iter().zip(counts).filter(|(_, counts)| *counts) {
            found.push(passage.signal(place(name.town), range));
        }
    }
}

/// Every stretch that reads like a name, from left to right, without overlap.
fn names(
    passage: &Passage<'_>,
    language: Option<Language>,
    country: Option<&str>,
) -> Vec<(Range<usize>, Named)> {
    let flat = passage.flat.as_str();
    let mut names = Vec::new();
    let mut free_from = 0;
    for word in passage.beginning(List::Town) {
        if word.start < free_from {
            continue;
        }
        let name = named(&flat[word.start..], word.len(), country)
            .or_else(|| without_ending(&flat[word.clone()], language, country));
        let Some(name) = name else { continue };
        let head = &flat[..word.start];
        let is_apart = head.ends_with('\'') && !is_letter_before(head.len() - 1, flat);
        free_from = word.start + name.len;
        names.push((word.start - usize::from(is_apart)..free_from, name));
    }
    names
}

fn is_letter_before(at: usize, flat: &str) -> bool {
    flat[..at].ends_with(char::is_alphanumeric)
}

/// "budapesten" is in Budapest; the whole word is the name.
fn without_ending(word: &str, language: Option<Language>, country: Option<&str>) -> Option<Named> {
    if !matches!(language, None | Some(Language::Hu)) {
        return None;
    }
    if !gazetteer::begins_with_name(word, HUNGARIAN_ENDINGS) {
        return None;
    }
    HUNGARIAN_ENDINGS.iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        let found = named(stem, stem.len(), country).filter(|found| found.len == stem.len())?;
        let is_sure = language.is_some()
            || found.town.country == HUNGARY && found.need == Need::Nothing
            || ending.len() > 1 && found.need == Need::Nothing;
        is_sure.then_some(Named {
            len: word.len(),
            // The ending stands for the preposition.
            need: found.need.min(Need::Capital),
            ..found
        })
    })
}

/// Whether what has to stand around a name stands there.
fn counts(
    passage: &Passage<'_>,
    language: Option<Language>,
    names: &[(Range<usize>, Named)],
    at: usize,
) -> bool {
    let (range, name) = &names[at];
    let is_capital = passage
        .written(range.clone())
        .chars()
        .find(|sign| sign.is_alphabetic())
        .is_some_and(char::is_uppercase);
    let is_announced = || is_announced(passage, language, range.start);
    match name.need {
        Need::Nothing => true,
        Need::Capital => is_capital || is_announced(),
        Need::Context => {
            is_capital && has_post_code(&passage.flat[range.end..])
                || is_capital
                    && !goes_on_with_a_capital(passage, range.end)
                    && (is_announced()
                        || is_listed(passage, names, at)
                        || is_own_line(passage, range))
        }
    }
}

/// "in Best", "stad: Best", "#best".
fn is_announced(passage: &Passage<'_>, language: Option<Language>, at: usize) -> bool {
    let head = &passage.flat[..at];
    if head.ends_with('#') {
        return true;
    }
    let head = head.trim_end_matches([' ', ':', '\'']);
    BEFORE.iter().any(|(word, languages)| {
        head.ends_with(word)
            && is_border(head, head.len() - word.len())
            && (languages.is_empty()
                || language.map_or(languages.len() == 1, |language| {
                    languages.contains(&language)
                })
                || passage
                    .written(head.len() - word.len()..head.len())
                    .contains('à'))
    })
}

/// "In Nice Surroundings": a heading, in which capitals say nothing.
fn goes_on_with_a_capital(passage: &Passage<'_>, end: usize) -> bool {
    let rest = &passage.flat[end..];
    let Some(word) = rest.strip_prefix(' ') else {
        return false;
    };
    let next = end + 1;
    let len = word_len(word);
    len > 0
        && passage
            .written(next..next + len)
            .starts_with(char::is_uppercase)
        && gazetteer::town(&word[..len], None).is_none()
}

/// "Paris 75011", "Paris 11e"
fn has_post_code(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(' ') else {
        return false;
    };
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &rest[n_digits..];
    n_digits == 5 && !behind.starts_with(char::is_alphanumeric)
        || (1..=2).contains(&n_digits)
            && ["e", "er", "eme"]
                .iter()
                .any(|ending| behind.starts_with(ending) && is_border(behind, ending.len()))
}

/// Whether a sure town stands beside it, in a list.
fn is_listed(passage: &Passage<'_>, names: &[(Range<usize>, Named)], at: usize) -> bool {
    let is_list = |from: usize, to: usize| {
        passage.flat.get(from..to).is_some_and(|gap| {
            matches!(
                gap.trim(),
                "," | "/"
                    | "|"
                    | "-"
                    | "&"
                    | "+"
                    | "•"
                    | "en"
                    | "and"
                    | "und"
                    | "et"
                    | "y"
                    | "e"
                    | "si"
                    | "es"
                    | "i"
                    | "и"
                    | "of"
                    | "or"
                    | "oder"
                    | "ou"
            ) || !gap.is_empty() && gap.trim().is_empty() && passage.text()[from..to].contains('\n')
        })
    };
    let is_sure = |place: usize| names[place].1.need != Need::Context;
    let before = at > 0 && is_sure(at - 1) && is_list(names[at - 1].0.end, names[at].0.start);
    let after =
        at + 1 < names.len() && is_sure(at + 1) && is_list(names[at].0.end, names[at + 1].0.start);
    before || after
}

/// "23 jaar, Ede": a segment of its own, beside one that ends or begins with a number.
fn is_own_line(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    if super::names::is_first_name(&passage.flat[range.clone()])
        || !passage.begins_clause(range.start)
        || !passage.ends_clause(range.end)
    {
        return false;
    }
    let text = passage.flat.as_str();
    let mut from = range.start.saturating_sub(BESIDE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    has_digit(&text[from..range.start])
        || text[range.end..]
            .trim_start_matches(|sign: char| !sign.is_alphanumeric() && sign != '+')
            .starts_with(|sign: char| sign.is_ascii_digit() || sign == '+')
}

fn place(town: &Town) -> Observed {
    Observed::Place {
        town: town.name.to_owned(),
        country: town.country.to_owned(),
    }
}

fn field(reading: &Reading<'_>, city: &str) -> Signal {
    let folded = fold(city);
    let country = reading.version.country.as_deref();
    let known = gazetteer::town(folded.text().trim(), country);
    let observed = known.map_or_else(
        || Observed::Place {
            town: city.trim().to_owned(),
            country: country.unwrap_or(UNKNOWN_COUNTRY).to_owned(),
        },
        |(town, _)| place(town),
    );
    Signal {
        observed,
        span: Some(Span::new(Field::City, 0, city.len())),
    }
}

/// `Utrechtsestraat` is caught by its border; `Amsterdam straat`, `Londen weg`, `rue de Liège` here.
fn is_street(flat: &str, range: &Range<usize>) -> bool {
    let rest = flat[range.end..].trim_start_matches([' ', '-']);
    let head = flat[..range.start].trim_end_matches([' ', '\'']);
    let head = ["de la", "de", "d", "du", "van", "el"]
        .iter()
        .find_map(|of| head.strip_suffix(of).filter(|head| head.ends_with(' ')))
        .unwrap_or(head)
        .trim_end();
    STREETS_AFTER.iter().any(|street| rest.starts_with(street))
        || STREETS_BEFORE
            .iter()
            .any(|street| head.ends_with(street) && is_border(head, head.len() - street.len()))
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
        (
            "Anvers, Gand et Liège",
            "place=Antwerpen BE @0..6; place=Gent BE @8..12; place=Liège BE @16..22",
        ),
        (
            "Breda / Best / Tilburg",
            "place=Breda NL @0..5; place=Best NL @8..12; place=Tilburg NL @15..22",
        ),
        ("In Nice Surroundings", ""),
        ("rue de Bruxelles", ""),
        ("23 jaar, Ede", "place=Ede NL @9..12"),
    ]
}
