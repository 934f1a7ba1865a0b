//! Listings about something else that use the same words: flats, cars, salons, schools, jobs.

use std::collections::BTreeMap;

use model::{Observed, Signal};

use super::Detector;
use super::clauses;
use super::lexicon::{Hit, Kind};
use super::reading::Reading;

/// Different words of ordinary trade that settle it, whatever else is said.
const SETTLING_WORDS: usize = 2;

pub(super) const DETECTOR: Detector = Detector {
    name: "other-trade",
    about: "The listing is about something else that uses the same words, with the sort of trade: \
            `animal`, `goods`, `housing`, `job`, `salon`, `school`, `service`, `side-job`, `sport` \
            or `vehicle`. Most other signals are refused in such a listing.",
    detect,
    examples,
};

/// The note of work that young people look for by themselves.
const SIDE_JOB: &str = "side-job";

/// The note of sports teams, choirs and their like.
const SPORT: &str = "sport";

/// Whether two words of ordinary trade are there, or one and nobody who speaks of themselves. A
/// side job is ordinary work whoever speaks of it, unless a word of the other kind stands beside
/// it; then neither it nor a team counts.
pub(super) fn is_other_trade(reading: &Reading<'_>) -> bool {
    if !reading
        .passages
        .iter()
        .any(|passage| passage.holds(Kind::Trade))
    {
        return false;
    }
    let is_plain = is_plain(reading);
    let mut words: Vec<&str> = Vec::new();
    let mut speaks = false;
    let mut is_side_job = false;
    for passage in &reading.passages {
        speaks |= clauses::has_any(passage, &[Kind::AnswerI, Kind::SpeakMe]);
        for hit in &passage.hits {
            match hit.kind {
                Kind::Trade if is_plain || !is_of_the_young(hit) => {
                    is_side_job |= hit.note == SIDE_JOB;
                    words.push(&passage.flat[hit.start..hit.end]);
                }
                Kind::Copula | Kind::AgeI | Kind::Seeks => speaks = true,
                _ => {}
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    is_side_job || words.len() >= SETTLING_WORDS || words.len() == 1 && !speaks
}

/// Whether nothing in the listing is of the kind that this program is for.
fn is_plain(reading: &Reading<'_>) -> bool {
    !reading
        .passages
        .iter()
        .any(|passage| passage.holds(Kind::Offer) || passage.holds(Kind::Seeks))
}

/// Whether a word of trade is one of those that take rules on minors away.
fn is_of_the_young(hit: &Hit) -> bool {
    matches!(hit.note, SIDE_JOB | SPORT)
}

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    if !reading.is_other_trade() {
        return;
    }
    let is_plain = is_plain(reading);
    for passage in &reading.passages {
        let mut first: BTreeMap<&str, std::ops::Range<usize>> = BTreeMap::new();
        for hit in passage
            .hits_of(Kind::Trade)
            .filter(|hit| is_plain || !is_of_the_young(hit))
        {
            first.entry(hit.note).or_insert(hit.start..hit.end);
        }
        for (trade, range) in first {
            found.push(passage.signal(Observed::OtherTrade(trade.to_owned()), range));
        }
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Kapsalon zoekt kapster", "trade=salon @0..8"),
        (
            "Te koop: auto, bouwjaar 2009, apk",
            "trade=goods @0..7; trade=vehicle @0..13",
        ),
        ("Ik ben kapster, 23 jaar", ""),
        ("Anna, Utrecht", ""),
        ("Ik ben 16 en zoek een bijbaan", "trade=side-job @22..29"),
        ("Ik ben 16, zoek een bijbaan, ontvang thuis", ""),
        ("Unsere U18-Mannschaft sucht Trainer", "trade=sport @7..21"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::signals_of_text;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = signals_of_text(text)
            .into_iter()
            .filter_map(|signal| match signal.observed {
                Observed::OtherTrade(trade) if [SIDE_JOB, SPORT].contains(&trade.as_str()) => {
                    Some(trade)
                }
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    /// Ordinary work in nine languages, and the same words in a listing of the other kind.
    #[test]
    fn a_side_job_is_ordinary_unless_something_else_is_offered() {
        check(
            "Ik ben 16 en zoek een bijbaan, zaterdag of zondag",
            &["side-job"],
        );
        check("Ik ben 16, bijbaan: ik ontvang heren in Breda", &[]);
        check(
            "I am 16 and look for a babysitting job in Leeds",
            &["side-job"],
        );
        check("I am 16, babysitting is boring, outcall to gentlemen", &[]);
        check("Ich bin 16 und suche einen Ferienjob", &["side-job"]);
        check("Bin 16, kein Ferienjob, bin besuchbar", &[]);
        check(
            "J'ai 16 ans, je propose du baby-sitting le samedi",
            &["side-job"],
        );
        check("J'ai 17 ans, baby-sitting ou plus, je reçois à Lille", &[]);
        check("Tengo 16 años y busco trabajo de verano", &["side-job"]);
        check("Tengo 17 años, niñera de día, recibo de noche", &[]);
        check("Am 16 ani și caut un job de vară", &["side-job"]);
        check("Am 17 ani, bonă, primesc la mine acasă", &[]);
        check("16 éves vagyok, diákmunka érdekel", &["side-job"]);
        check("17 éves vagyok, diákmunka helyett fogadok urakat", &[]);
        check("Mam 16 lat, szukam pracy wakacyjnej", &["side-job"]);
        check("Mam 17 lat, praca dorywcza, tylko dla panów", &[]);
        check("На 16 години съм, търся лятна работа", &["side-job"]);
        check("На 17 години съм, лятна работа, приемам мъже", &[]);
        check("Our U18 team needs a coach on Saturdays", &["sport"]);
        check(
            "Ik ben 17, sportief en ontvang discreet, coach gezocht",
            &[],
        );
    }

    #[test]
    fn recruiting_is_no_side_job() {
        check("Meisjes gezocht voor bijbaan, vanaf 16 jaar", &[]);
    }
}
