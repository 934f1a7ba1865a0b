//! Opening hours, and availability at all hours.

use model::{Observed, Refused, Signal};

use super::Detector;
use super::claims::Stretches;
use super::lexicon::Kind;
use super::reading::Reading;

/// Words and signs between two clock times of one range, folded.
const TO: &[&str] = &[
    "-", "tot", "to", "till", "until", "bis", "a", "a las", "hasta", "pana la", "do", "до",
    "uur tot", "h -", "uur -", "h a", "uhr bis", "t/m",
];

pub(super) const DETECTOR: Detector = Detector {
    name: "hours",
    about: "Opening hours, and `always` where somebody is said to be there day and night.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let is_other_trade = reading.is_other_trade();
    for passage in &reading.passages {
        let not = Stretches::of(
            passage
                .hits_of(Kind::AlwaysNot)
                .map(|hit| hit.start..hit.end),
        );
        let words = passage
            .hits_of(Kind::Always)
            .map(|hit| hit.start..hit.end)
            .filter(|range| !not.overlap(range));
        let signs = passage
            .shapes()
            .iter()
            .filter(|shape| shape.reason == "availability")
            .map(|shape| shape.range.clone());
        let mut free_from = 0;
        let mut always: Vec<_> = words.chain(signs).collect();
        always.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        for range in always {
            if range.start < free_from {
                continue;
            }
            free_from = range.end;
            let observed = if is_other_trade {
                Observed::Refused(Refused {
                    candidate: "hours".to_owned(),
                    read_as: passage.flat[range.clone()].to_owned(),
                    reason: "listing about something else".to_owned(),
                })
            } else {
                Observed::Hours {
                    round_the_clock: true,
                }
            };
            found.push(passage.signal(observed, range));
        }
        let clocks: Vec<_> = passage
            .shapes()
            .iter()
            .filter(|shape| shape.reason == "clock time")
            .collect();
        for pair in clocks.windows(2) {
            let gap = passage
                .flat
                .get(pair[0].range.end..pair[1].range.start)
                .unwrap_or("");
            if TO.contains(&gap.trim()) {
                let range = pair[0].range.start..pair[1].range.end;
                found.push(passage.signal(
                    Observed::Hours {
                        round_the_clock: false,
                    },
                    range,
                ));
            }
        }
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("24/7 bereikbaar", "hours=always @0..4"),
        ("Dag en nacht", "hours=always @0..12"),
        ("Open 10:00-22:00", "hours @5..16"),
        ("Antwoord binnen 24 uur", ""),
        (
            "Slotenmaker in de regio, takeldienst, 24/7",
            "refused hours 24/7: listing about something else @38..42",
        ),
    ]
}
