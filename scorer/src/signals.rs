//! What one listing says, each observation with the exact bytes that carry it.
//!
//! Place in the flow: after extraction, before linking and rules. Pure: the same version gives the
//! same signals, and no text makes it fail.
//!
//! A signal is one file here and one line in `DETECTORS`. The file carries its `examples()`: a
//! text and the signals it must give, which `every_example_holds` runs, and `about`: both are the
//! page of the signal in `docs/signals`. A detector sees what the ones before it found, so that the
//! digits of a phone number are not read as an age.
//!
//! Invariant: signals are sorted by field and span; spans lie on character borders.
//! Invariant: time is linear in the length of the texts
//! (`tests/laws.rs`, `a_text_four_times_as_long_takes_as_long_as_four`).

mod ages;
mod aliases;
mod answers;
mod boundaries;
#[cfg(test)]
mod cases;
mod claims;
mod clauses;
mod company;
mod contacts;
mod emails;
mod extent;
mod handles;
mod hours;
mod language;
mod lexicon;
mod money;
mod movement;
mod name_shapes;
mod names;
mod numbers;
mod ordinary;
mod persons;
mod phones;
mod pictures;
mod places;
mod premises;
mod prices;
mod reading;
mod seeking;
mod several;
mod speaker;
mod statements;
mod threats;
mod trade;
mod urls;
mod vocabulary;
mod whom;
mod youth;

pub use ages::AgeEvidence;
use model::{ListingVersion, Signal};
use reading::Reading;

/// One kind of observation.
struct Detector {
    /// What rules, pages and refusals call it.
    name: &'static str,
    /// What it reads and which values that has, for the reference in `docs/signals`.
    about: &'static str,
    /// Adds what it finds to what was found before.
    detect: fn(&Reading<'_>, &mut Vec<Signal>),
    /// Texts and the signals of this detector that they must give, rendered.
    examples: fn() -> &'static [(&'static str, &'static str)],
}

/// In this order: contacts first, because their digits are nobody's age.
const DETECTORS: &[Detector] = &[
    emails::DETECTOR,
    phones::DETECTOR,
    handles::DETECTOR,
    urls::DETECTOR,
    prices::DETECTOR,
    ages::DETECTOR,
    youth::DETECTOR,
    places::DETECTOR,
    hours::DETECTOR,
    aliases::DETECTOR,
    persons::DETECTOR,
    pictures::DETECTOR,
    several::DETECTOR,
    speaker::DETECTOR,
    answers::DETECTOR,
    premises::DETECTOR,
    company::DETECTOR,
    movement::DETECTOR,
    boundaries::DETECTOR,
    seeking::DETECTOR,
    money::DETECTOR,
    threats::DETECTOR,
    trade::DETECTOR,
    language::DETECTOR,
];

/// Everything that one listing version says. Never fails; sorted by field and span.
pub fn signals(version: &ListingVersion) -> Vec<Signal> {
    let reading = Reading::of(version);
    let mut found = Vec::new();
    for detector in DETECTORS {
        (detector.detect)(&reading, &mut found);
    }
    found.extend(reading.passages.iter().filter_map(extent::refusal));
    found.sort_by_key(|signal| signal.span);
    found
}

/// The phone numbers alone, as `signals` finds them, and what was refused.
pub fn phones(version: &ListingVersion) -> Vec<Signal> {
    let mut found = Vec::new();
    (phones::DETECTOR.detect)(&Reading::of_phones(version), &mut found);
    found.sort_by_key(|signal| signal.span);
    found
}

/// What is asked about the numbers of a listing that no construction makes an age or something else,
/// with the answers. The weights that are added for them, `signals/ages/weights.tsv`, are counted
/// out of it by `examples/fit_ages.rs`.
pub fn age_evidence(version: &ListingVersion) -> Vec<AgeEvidence> {
    let reading = Reading::of(version);
    let mut found = Vec::new();
    for detector in DETECTORS {
        if detector.name == ages::DETECTOR.name {
            break;
        }
        (detector.detect)(&reading, &mut found);
    }
    ages::evidence(&reading, &found)
}

/// A text and what one signal reads from it: the source of the reference pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalExample {
    /// The signal, `phone`.
    pub signal: &'static str,
    /// The text of a listing posted on 2026-03-03.
    pub text: &'static str,
    /// What is read from it, one line: `age=16 advertised digits @0..7`. Offsets are bytes of the
    /// text; empty where nothing is to be found.
    pub expected: &'static str,
}

/// All examples, in the order of the detectors. A test of this file runs each of them.
pub fn signal_examples() -> impl Iterator<Item = SignalExample> {
    DETECTORS.iter().flat_map(|detector| {
        (detector.examples)()
            .iter()
            .map(|&(text, expected)| SignalExample {
                signal: detector.name,
                text,
                expected,
            })
    })
}

/// What one signal is, for the reference pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalReference {
    /// The signal, `phone`.
    pub signal: &'static str,
    /// What it reads and which values that has, in English; Markdown.
    pub about: &'static str,
}

/// All signals, in the order in which they are looked for.
pub fn signal_references() -> impl Iterator<Item = SignalReference> {
    DETECTORS.iter().map(|detector| SignalReference {
        signal: detector.name,
        about: detector.about,
    })
}

/// Everything that a bare text says, for tests.
#[cfg(test)]
fn signals_of_text(text: &str) -> Vec<Signal> {
    let mut version = ListingVersion::empty(model::ListingId::new("t").unwrap());
    version.text = text.to_owned();
    signals(&version)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use model::{ListingId, Observed, PhoneOwner, Speaker};

    use super::*;

    /// A signal as one line: `age=16 @0..7`.
    pub(crate) fn render(signals: &[Signal]) -> String {
        let parts: Vec<String> = signals.iter().map(render_one).collect();
        parts.join("; ")
    }

    fn render_one(signal: &Signal) -> String {
        let mut line = match &signal.observed {
            Observed::Phone(seen) => {
                let owner = match seen.owner {
                    PhoneOwner::Advertiser => "",
                    PhoneOwner::Site => " site",
                    PhoneOwner::HelpLine => " help line",
                    PhoneOwner::ThirdParty => " third party",
                };
                let obscured = if seen.obscured { " obscured" } else { "" };
                format!("phone={}{obscured}{owner}", seen.phone)
            }
            Observed::Refused(refused) => {
                format!(
                    "refused {} {}: {}",
                    refused.candidate, refused.read_as, refused.reason
                )
            }
            Observed::Age(seen) => {
                format!("age={} {:?} {:?}", seen.value, seen.about, seen.how).to_lowercase()
            }
            Observed::Language(language) => format!("language={language}"),
            Observed::Handle { service, name } => format!("handle={service}:{name}"),
            Observed::Email(address) => format!("email={address}"),
            Observed::Url(address) => format!("url={address}"),
            Observed::Place { town, country } => format!("place={town} {country}"),
            Observed::Price {
                amount,
                currency,
                per,
            } => per.map_or_else(
                || format!("price={amount} {currency}"),
                |per| format!("price={amount} {currency}/{per}"),
            ),
            Observed::Hours {
                round_the_clock: true,
            } => "hours=always".to_owned(),
            Observed::Hours {
                round_the_clock: false,
            } => "hours".to_owned(),
            Observed::Alias(name) => format!("alias={name}"),
            Observed::Persons(n_persons) => format!("persons={n_persons}"),
            Observed::Speaker(Speaker::First) => "speaker=first".to_owned(),
            Observed::Speaker(Speaker::Third) => "speaker=third".to_owned(),
            Observed::Speaker(Speaker::Plural) => "speaker=plural".to_owned(),
            Observed::Answers(model::Answers::Self_) => "answers=self".to_owned(),
            Observed::Answers(model::Answers::Other) => "answers=other".to_owned(),
            Observed::SeeksPersons => "seeks".to_owned(),
            Observed::OtherTrade(trade) => format!("trade={trade}"),
            Observed::Statement(statement) => statement.name().to_owned(),
            Observed::AgeConflict { lowest, highest } => format!("ages={lowest}|{highest}"),
        };
        if let Some(span) = &signal.span {
            write!(line, " @{}..{}", span.start, span.end).unwrap();
        }
        line
    }

    #[test]
    fn every_example_holds() {
        let mut wrong = String::new();
        for detector in DETECTORS {
            let examples = (detector.examples)();
            assert!(!examples.is_empty(), "{} has no examples", detector.name);
            for (text, expected) in examples {
                let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
                version.text = (*text).to_owned();
                version.posted_at = Some("2026-03-03".parse().unwrap());
                let reading = Reading::of(&version);
                let mut found = Vec::new();
                for earlier in DETECTORS {
                    if earlier.name == detector.name {
                        break;
                    }
                    (earlier.detect)(&reading, &mut found);
                }
                let mut own = found.clone();
                (detector.detect)(&reading, &mut own);
                let mut own = own.split_off(found.len());
                own.sort_by_key(|signal| signal.span);
                let rendered = render(&own);
                if rendered != *expected {
                    writeln!(
                        wrong,
                        "{}: {text:?}\n  expected {expected}\n     found {rendered}",
                        detector.name
                    )
                    .unwrap();
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }
}
