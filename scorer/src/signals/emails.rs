//! E-mail addresses, also with "at" and "dot" written out.

use std::sync::LazyLock;

use model::{Field, Observed, Signal};
use regex::Regex;

use super::Detector;
use super::claims::Claims;
use super::contacts::{Signs, entry_spans, pattern, signs};
use super::reading::Reading;
use crate::fold;

static PLAIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}"));

/// The words for "at" and "dot" written out, in brackets or bare, folded.
static WRITTEN_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b([a-z0-9][a-z0-9._-]*) ?(?:@| at |\(at\)|\[at\]| apenstaart(?:je)? | arroba | kukac | malpa ",
        r"| klammeraffe | arobase ) ?([a-z0-9-]+) ?(?:\.|\(dot\)|\[dot\]|\(punt\)| dot | punt | punkt ",
        r"| point | punto | pont | kropka | tochka ) ?([a-z]{2,6})\b",
    ))
});

/// One of these stands in every address: a look for them costs far less than the patterns.
static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    signs(&[
        "@",
        " at ",
        "(at)",
        "[at]",
        " apenstaart",
        " arroba ",
        " kukac ",
        " malpa ",
        " klammeraffe ",
        " arobase ",
    ])
});

pub(super) const DETECTOR: Detector = Detector {
    name: "email",
    about: "An e-mail address in lower case, also with \"at\" and \"dot\" written out.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for (entry, span) in reading
        .version
        .emails
        .iter()
        .zip(entry_spans(Field::Emails, &reading.version.emails))
    {
        let observed = Observed::Email(fold(entry.trim()).text().to_owned());
        found.push(Signal {
            observed,
            span: Some(span),
        });
    }
    for passage in &reading.passages {
        if !SIGNS.stand_in(&passage.flat) {
            continue;
        }
        for hit in PLAIN.find_iter(&passage.flat) {
            let address = hit.as_str().to_owned();
            found.push(passage.signal(Observed::Email(address), hit.range()));
        }
        let taken = Claims::of(passage.field, found, |_| true);
        for parts in WRITTEN_OUT.captures_iter(&passage.flat) {
            let (Some(whole), Some(name), Some(host), Some(top)) =
                (parts.get(0), parts.get(1), parts.get(2), parts.get(3))
            else {
                continue;
            };
            // "look at example.com" is a sentence and a web address.
            let separators = &whole.as_str()[name.len()..];
            let is_sentence = separators.trim_start().starts_with("at ")
                && separators.contains(&format!("{}.{}", host.as_str(), top.as_str()));
            if !is_sentence && !taken.overlap(passage.span(whole.range())) {
                let address = format!("{}@{}.{}", name.as_str(), host.as_str(), top.as_str());
                found.push(passage.signal(Observed::Email(address), whole.range()));
            }
        }
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "Mail Anna.K@Example.org!",
            "email=anna.k@example.org @5..23",
        ),
        ("anna at example dot org", "email=anna@example.org @0..23"),
        ("anna(at)example.org", "email=anna@example.org @0..19"),
        ("look at example.com", ""),
        ("tot 22 uur @ home", ""),
    ]
}
