//! The cues right before and right behind a number, and which of several counts.

use model::Language;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::Passage;

/// The note of letters and words that make a rank of a number.
const RANK: &str = "floor or rank";

/// Bytes between a cue and its number, and between a label and it: "leeftijd .... 17".
const CUE_GAP_BYTES: usize = 3;
const LABEL_GAP_BYTES: usize = 8;

/// Words that may stand between a verb and its number: "word in mei pas 18".
const SKIPPED_WORDS: usize = 4;

/// The cue in front of a number. Adverbs and months may stand between the two, and a verb in front
/// of them says more than they do: "word ik pas 18", "I'm still 29".
pub(super) fn cue_before<'p>(
    passage: &'p Passage<'_>,
    start: usize,
    language: Option<Language>,
) -> Option<&'p Hit> {
    let text = passage.text();
    let near = strongest(
        passage
            .hits_before(start, LABEL_GAP_BYTES, may_stand_before)
            .filter(|hit| hit.kind == Kind::AgeLabel || start - hit.end <= CUE_GAP_BYTES)
            .filter(|hit| is_left(hit.kind) && gap_fits(hit, &text[hit.end..start]))
            // "él 28" is no "el 28".
            .filter(|hit| {
                hit.kind != Kind::NotBefore
                    || hit.accented
                    || hit.language == Language::Bg
                    || passage.written(hit.start..hit.end).is_ascii()
            }),
        language,
    );
    if near.is_some_and(|hit| hit.kind == Kind::Limit || !is_skipped(passage, hit)) {
        return near;
    }
    let mut at = start;
    let mut behind_month = false;
    for _ in 0..SKIPPED_WORDS {
        let between = passage
            .hits_before(at, 1, |sign| sign == ' ')
            .filter(|hit| match hit.kind {
                Kind::Adverb | Kind::Now | Kind::Month | Kind::JustPast => true,
                Kind::Prep => behind_month,
                _ => false,
            })
            .max_by_key(|hit| hit.end - hit.start);
        let Some(between) = between else {
            break;
        };
        behind_month = between.kind == Kind::Month;
        at = between.start;
        let verb = strongest(
            passage
                .hits_before(at, 1, |sign| sign == ' ')
                .filter(|hit| matches!(hit.kind, Kind::Limit | Kind::AgeI | Kind::AgeThird))
                .filter(|hit| hit.kind == Kind::Limit || !is_skipped(passage, hit)),
            language,
        );
        if verb.is_some() {
            return verb;
        }
    }
    near
}

/// Whether a cue is no more than a word that may stand between a verb and its number.
fn is_skipped(passage: &Passage<'_>, hit: &Hit) -> bool {
    passage
        .hits_in(hit.start..hit.start + 1)
        .iter()
        .any(|other| matches!(other.kind, Kind::Adverb | Kind::Now) && other.end == hit.end)
}

/// Bytes of a half written in digits: `,5`.
pub(super) fn half_sign(rest: &str) -> usize {
    let behind = rest.strip_prefix(",5").or_else(|| rest.strip_prefix(".5"));
    match behind {
        Some(behind) if !behind.starts_with(|sign: char| sign.is_ascii_digit()) => 2,
        _ => 0,
    }
}

/// "And", folded, where months follow years.
const AND_MONTHS: &[&str] = &["and", "en", "und", "et", "y", "si", "es", "i", "и", "&"];

/// Words for months that are counted, as they begin, folded.
const MONTHS: &[&str] = &[
    "month",
    "maand",
    "monat",
    "mois",
    "mes",
    "luni",
    "luna",
    "honap",
    "miesi",
    "месец",
];

/// The end of the months that follow a number of years: " 4 months", " en 4 maanden".
pub(super) fn months_behind(text: &str, at: usize) -> Option<usize> {
    let mut rest = text[at..].trim_start_matches([' ', ',']);
    if let Some(and) = AND_MONTHS
        .iter()
        .find(|and| rest.starts_with(**and) && rest[and.len()..].starts_with(' '))
    {
        rest = rest[and.len()..].trim_start();
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].trim_start();
    if !(1..=2).contains(&digits) || !MONTHS.iter().any(|month| behind.starts_with(month)) {
        return None;
    }
    let word = behind
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(behind.len());
    Some(text.len() - behind.len() + word)
}

pub(super) fn may_stand_before(sign: char) -> bool {
    matches!(
        sign,
        ' ' | ':' | '=' | '"' | '\'' | '*' | '(' | '~' | '-' | '.' | '\n' | '?' | '}' | '>'
    )
}

pub(super) fn may_stand_after(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '\'' | '*' | '"')
}

/// Units that count years of anything, unlike "years old".
pub(super) fn is_vague(unit: &Hit) -> bool {
    unit.kind == Kind::Unit
        || unit.kind == Kind::UnitOld
            && matches!(
                unit.language,
                Language::Fr | Language::Es | Language::Ro | Language::Pl | Language::Bg
            )
}

pub(super) const fn is_left(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Limit
            | Kind::AgeI
            | Kind::AgeThird
            | Kind::AgeLabel
            | Kind::AgeOf
            | Kind::NotBefore
            | Kind::Since
            | Kind::Is
    )
}

pub(super) const fn is_unit(kind: Kind) -> bool {
    matches!(kind, Kind::Unit | Kind::UnitOld | Kind::UnitAdjective)
}

/// "-year-old": the age of what follows.
pub(super) const fn is_adjective(unit: &Hit) -> bool {
    matches!(unit.kind, Kind::UnitAdjective | Kind::AgeWord)
}

/// A line break or a full stop may stand behind a label or an abbreviation only.
pub(super) fn gap_fits(hit: &Hit, gap: &str) -> bool {
    match hit.kind {
        // "Leeftijd .... 17"
        Kind::AgeLabel => !gap.contains(". ") || gap.contains(".."),
        Kind::NotBefore => !gap.contains(['\n', '?']) && !gap.contains(". "),
        _ => !gap.contains(['\n', '.', '-', '?']) || gap == "-",
    }
}

pub(super) const fn is_subject(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::I | Kind::Third | Kind::You | Kind::Thing | Kind::Relative | Kind::Person
    )
}

pub(super) fn right_hits<'p>(passage: &'p Passage<'_>, at: usize) -> impl Iterator<Item = &'p Hit> {
    passage
        .hits_after(at, 2, may_stand_after)
        .filter(|hit| is_unit(hit.kind) || matches!(hit.kind, Kind::NotAfter | Kind::Half))
        .filter(move |hit| match hit.kind {
            // "17e": one letter ranks only what it is glued to.
            Kind::NotAfter if hit.end - hit.start == 1 && hit.note == RANK => hit.start == at,
            Kind::NotAfter => hit.start <= at + 1,
            _ => true,
        })
}

/// The longest; with equal length the one of the listing's language, then the more telling kind.
pub(super) fn strongest<'p>(
    hits: impl Iterator<Item = &'p Hit>,
    language: Option<Language>,
) -> Option<&'p Hit> {
    hits.max_by_key(|hit| {
        (
            hit.end - hit.start,
            Some(hit.language) == language,
            hit.kind != Kind::Is,
            std::cmp::Reverse(hit.kind),
        )
    })
}

/// The unit of age right behind a number.
pub(super) fn unit_behind<'p>(passage: &'p Passage<'_>, at: usize) -> Option<&'p Hit> {
    right_hits(passage, at)
        .filter(|hit| is_unit(hit.kind))
        .max_by_key(|hit| hit.end)
}
