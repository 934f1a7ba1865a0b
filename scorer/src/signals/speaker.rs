//! Who speaks in a listing: the person who is advertised, somebody about them, or several.

use model::{Language, Observed, Signal, Speaker};

use super::Detector;
use super::lexicon::{Hit, Kind};
use super::reading::{Passage, Reading};

pub(super) const DETECTOR: Detector = Detector {
    name: "speaker",
    about: "Who speaks: `first` (\"I\"), `third` (\"she\", \"he\" about who is advertised) or \
            `plural` (\"we\", presenting others).",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let first = first_of(reading, |_, hit| matches!(hit.kind, Kind::I | Kind::AgeI));
    let third = first_of(reading, |passage, hit| {
        matches!(hit.kind, Kind::Third | Kind::AgeThird) && !is_polite(passage, hit)
    });
    let plural = first_of(reading, |_, hit| hit.kind == Kind::We);
    // "She" beside "I" may be anybody; alone it presents the person.
    let third = third.filter(|_| first.is_none());
    for (speaker, place) in [
        (Speaker::First, first),
        (Speaker::Third, third),
        (Speaker::Plural, plural),
    ] {
        if let Some((passage, hit)) = place {
            found.push(passage.signal(Observed::Speaker(speaker), hit.start..hit.end));
        }
    }
}

fn first_of<'r, 'a>(
    reading: &'r Reading<'a>,
    counts: fn(&Passage<'_>, &Hit) -> bool,
) -> Option<(&'r Passage<'a>, &'r Hit)> {
    reading.passages.iter().find_map(|passage| {
        passage
            .hits
            .iter()
            .find(|hit| counts(passage, hit))
            .map(|hit| (passage, hit))
    })
}

/// German "Sie" and "Ihr" with a capital speak to the reader.
fn is_polite(passage: &Passage<'_>, hit: &Hit) -> bool {
    hit.language == Language::De
        && passage
            .written(hit.start..hit.end)
            .starts_with(char::is_uppercase)
        && !passage.begins_clause(hit.start)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Ik ben er vandaag", "speaker=first @0..2"),
        ("She is in town", "speaker=third @0..3"),
        ("Onze dames zijn er", "speaker=plural @0..4"),
        ("Rufen Sie an", ""),
    ]
}
