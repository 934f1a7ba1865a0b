//! The language of a listing.

use model::{Observed, Signal};

use super::Detector;
use super::reading::Reading;

pub(super) const DETECTOR: Detector = Detector {
    name: "language",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if let Some(language) = reading.language {
        found.push(Signal {
            observed: Observed::Language(language),
            span: None,
        });
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
        ("06 1234 0001", ""),
        ("Anna 23 Utrecht", ""),
    ]
}
