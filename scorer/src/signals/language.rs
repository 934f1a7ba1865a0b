//! The language of a listing, and of the sentences that are in another one.
//!
//! Function words decide where they can: they are counted for the cues anyway, and they read
//! Bulgarian in Latin letters, which trained detectors do not. Where they leave it open, the
//! `whatlang` crate is asked, among the nine languages only. "Unknown" is an answer: a listing of
//! numbers has no language.
//!
//! Invariant: what is found does not hang on this. Cues count where their language is plausible
//! (`reading.rs`), and rules run for every language that stands here, or for all when none does.

use std::sync::LazyLock;

use model::{Language, Observed, Signal};
use whatlang::{Detector as Trigrams, Lang};

use super::Detector;
use super::reading::Reading;
use crate::fold::ceil_border;

/// Letters that a text must have for its trigrams to say something: a name and a town have none.
const FEWEST_LETTERS: usize = 24;

/// The least confidence of the crate that counts, 0 to 1. On the 2,045 texts of `tests/sets`, of 91
/// characters in the mean, words and trigrams together are right on 93 %, wrong on 1.3 % and silent
/// on the rest; at 0.15 they would be wrong on 2 %. Words alone were right on 76 %, the crate alone
/// on 92 %. (`lingua` is right on 96 % at a twentieth of the rate and 50 MB of program.)
const LEAST_CONFIDENCE: f64 = 0.3;

/// Bytes of a field whose trigrams are counted: more say nothing new about its language.
const TRIGRAM_BYTES: usize = 16_384;

static TRIGRAMS: LazyLock<Trigrams> = LazyLock::new(|| {
    Trigrams::with_allowlist(vec![
        Lang::Nld,
        Lang::Eng,
        Lang::Deu,
        Lang::Fra,
        Lang::Spa,
        Lang::Ron,
        Lang::Hun,
        Lang::Pol,
        Lang::Bul,
    ])
});

pub(super) const DETECTOR: Detector = Detector {
    name: "language",
    about: "The language of the listing, one of nine; besides, that of each sentence in another one. \
            Nothing where it cannot be told.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let whole = reading.language.or_else(|| by_trigrams(reading));
    if let Some(language) = whole {
        found.push(Signal {
            observed: Observed::Language(language),
            span: None,
        });
    }
    for passage in &reading.passages {
        for sentence in passage.sentences() {
            if let Some(language) = passage.language_of(sentence.clone())
                && whole.is_some_and(|whole| whole != language)
            {
                found.push(passage.signal(Observed::Language(language), sentence));
            }
        }
    }
}

/// The part of a text that its trigrams are counted in.
fn beginning(text: &str) -> &str {
    &text[..ceil_border(text, TRIGRAM_BYTES)]
}

fn by_trigrams(reading: &Reading<'_>) -> Option<Language> {
    let words: Vec<&str> = reading
        .passages
        .iter()
        .map(|passage| beginning(passage.original))
        .collect();
    let words = words.join(" ");
    let n_letters = words.chars().filter(|sign| sign.is_alphabetic()).count();
    let seen = TRIGRAMS.detect(&words)?;
    let is_sure = n_letters >= FEWEST_LETTERS && seen.confidence() >= LEAST_CONFIDENCE;
    is_sure.then(|| language(seen.lang())).flatten()
}

const fn language(lang: Lang) -> Option<Language> {
    match lang {
        Lang::Nld => Some(Language::Nl),
        Lang::Eng => Some(Language::En),
        Lang::Deu => Some(Language::De),
        Lang::Fra => Some(Language::Fr),
        Lang::Spa => Some(Language::Es),
        Lang::Ron => Some(Language::Ro),
        Lang::Hun => Some(Language::Hu),
        Lang::Pol => Some(Language::Pl),
        Lang::Bul => Some(Language::Bg),
        _ => None,
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "Ik ben vandaag in de stad en jij bent welkom",
            "language=nl",
        ),
        ("I am in town and you are welcome to call me", "language=en"),
        (
            "Ich bin heute in der Stadt und freue mich auf dich",
            "language=de",
        ),
        (
            "Je suis en ville et je vous attends chez moi",
            "language=fr",
        ),
        (
            "Soy nueva en la ciudad y te espero en mi casa",
            "language=es",
        ),
        (
            "Sunt în oraș și te aștept, sună-mă pentru detalii",
            "language=ro",
        ),
        (
            "Új vagyok a városban és várlak, hívj fel még ma",
            "language=hu",
        ),
        (
            "Jestem w mieście i czekam na ciebie, zadzwoń do mnie",
            "language=pl",
        ),
        (
            "Аз съм в града и те чакам, обади се за среща",
            "language=bg",
        ),
        (
            "Zdravei, az sum v grada i te chakam, pishi sled 18 chasa",
            "language=bg",
        ),
        (
            "Ik ben er morgen weer voor je, bel of app gerust naar mijn nummer. You can also write to me.",
            "language=nl; language=en @66..91",
        ),
        ("06 1234 0001", ""),
        ("Anna 23 Utrecht", ""),
    ]
}
