//! Names that a listing uses for who is advertised.
//!
//! A name is a capitalised word behind "my name is" and its like, or in front of an age. What
//! follows "I am" may also be an adjective of origin, which must not be kept (indicator catalogue,
//! 2.5): there, words that end like one are no names.

use std::ops::Range;

use model::{About, Observed, Signal};

use super::Detector;
use super::ages::name_before;
use super::lexicon::{Hit, Kind};
use super::places;
use super::reading::{Passage, Reading};

/// Endings of adjectives and nouns that follow "I am" with a capital, folded.
const ADJECTIVE_ENDINGS: &[&str] = &[
    "se", "sche", "ian", "ish", "ese", "isch", "ische", "nees", "aans", "erin", "in", "nka", "ka",
    "ana", "eanca", "enne", "aine", "ana", "ano", "ean", "aise", "can",
];

/// The longest name, in letters; longer capitalised words are something else.
const LONGEST_NAME: usize = 14;

pub(super) const DETECTOR: Detector = Detector {
    name: "alias",
    about: "A name that the listing uses for who is advertised. Words that may be of origin are \
            never taken for names.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let ages: Vec<(model::Span, About)> = found
        .iter()
        .filter_map(|signal| match signal.observed {
            Observed::Age(seen) => Some((signal.span?, seen.about)),
            _ => None,
        })
        .collect();
    for passage in &reading.passages {
        let mut names: Vec<Range<usize>> = Vec::new();
        for hit in passage
            .hits
            .iter()
            .filter(|hit| matches!(hit.kind, Kind::Alias | Kind::AliasThird))
        {
            names.extend(name_behind(passage, hit));
        }
        for (span, about) in &ages {
            if span.field == passage.field && *about == About::Advertised {
                let at = passage.folded.folded(span.range()).start;
                names.extend(
                    name_before(passage, at)
                        .filter(|name| passage.begins_clause(name.start) && at - name.end <= 3),
                );
            }
        }
        names.sort_by_key(|name| (name.start, name.end));
        names.dedup();
        for name in names {
            let written = passage.written(name.clone()).to_owned();
            found.push(passage.signal(Observed::Alias(written), name));
        }
    }
}

/// The capitalised word behind "my name is".
fn name_behind(passage: &Passage<'_>, hit: &Hit) -> Option<Range<usize>> {
    let rest = &passage.flat[hit.end..];
    let gap = rest.len() - rest.trim_start_matches([' ', ':', '"', '\'']).len();
    if gap == 0 || gap > 3 {
        return None;
    }
    let start = hit.end + gap;
    let len = rest[gap..]
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(rest.len() - gap);
    let end = start + len;
    let name = &passage.flat[start..end];
    if !(2..=LONGEST_NAME).contains(&name.chars().count()) {
        return None;
    }
    let written = passage.written(start..end);
    let mut letters = written.chars();
    if !letters.next().is_some_and(char::is_uppercase) || !letters.all(char::is_lowercase) {
        return None;
    }
    // "I am Anna" and "I am Dutch" look alike; "my name is" leaves no doubt.
    let says_name = [
        "heet",
        "naam",
        "name",
        "heisse",
        "appelle",
        "llamo",
        "nombre",
        "numesc",
        "nume",
        "nevem",
        "imie",
        "kazvam",
        "казвам",
        "име",
        "vraag naar",
        "ask for",
        "frag nach",
    ]
    .iter()
    .any(|word| passage.flat[hit.start..hit.end].contains(word));
    if !says_name
        && (ADJECTIVE_ENDINGS
            .iter()
            .any(|ending| name.ends_with(ending))
            || !ends_like_a_name(passage, end))
    {
        return None;
    }
    let is_cue = passage
        .hits_in(start..start + 1)
        .iter()
        .any(|cue| cue.end >= end && !matches!(cue.kind, Kind::Alias | Kind::AliasThird));
    (!is_cue && !places::is_town(name)).then_some(start..end)
}

/// Behind a name the clause ends, or an age, "and" or "from" follows.
fn ends_like_a_name(passage: &Passage<'_>, end: usize) -> bool {
    passage.ends_clause(end)
        || passage.flat[end..]
            .trim_start()
            .starts_with(|sign: char| sign.is_ascii_digit())
        || passage
            .hits_after(end, 1, |sign| sign == ' ')
            .any(|hit| matches!(hit.kind, Kind::Tail))
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Ik heet Anna, 23 jaar", "alias=Anna @8..12"),
        ("Lisa (19), Utrecht", "alias=Lisa @0..4"),
        ("Vraag naar Eva.", "alias=Eva @11..14"),
        ("Vraag naar de prijs", ""),
        ("I am Polish", ""),
        ("My name is Mia", "alias=Mia @11..14"),
    ]
}
