//! Web addresses. Links of chat services are handles, links with a phone number are phones.

use std::sync::LazyLock;

use model::{Observed, Signal};
use regex::Regex;

use super::Detector;
use super::claims::Claims;
use super::contacts::pattern;
use super::reading::Reading;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:https?://|www\.)[a-z0-9][^\s<>()\[\]]{2,200}",
        r"|\b[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:nl|be|de|com|net|org|eu|info|biz|co\.uk|uk|ro|hu|fr|es|pl|bg|at|ch|lu|me|io|app|link|site|online|xyz|shop|club)\b(?:/[^\s<>()\[\]]{0,200})?",
    ))
});

pub(super) const DETECTOR: Detector = Detector {
    name: "url",
    about: "A web address. Links of chat services are handles, links that hold a phone number are \
            phones.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for passage in &reading.passages {
        if !may_hold_address(&passage.flat) {
            continue;
        }
        let taken = Claims::of(passage.field, found, |_| true);
        for hit in ADDRESS.find_iter(&passage.flat) {
            let address = hit
                .as_str()
                .trim_end_matches(['.', ',', '!', '?', ';', ':', '\'', '"']);
            let range = hit.start()..hit.start() + address.len();
            let is_address = address.contains("://") || address.chars().any(char::is_alphabetic);
            if is_address && !taken.overlap(passage.span(range.clone())) {
                found.push(passage.signal(Observed::Url(address.to_owned()), range));
            }
        }
    }
}

/// Whether there is a scheme, or a stop with a letter behind it and something in front. A look for
/// these costs far less than the pattern.
fn may_hold_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_joint = |(at, _): (usize, &str)| {
        at > 0
            && !bytes[at - 1].is_ascii_whitespace()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
    };
    text.contains("://") || text.match_indices('.').any(is_joint)
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "Zie https://example.org/a?b=1.",
            "url=https://example.org/a?b=1 @4..29",
        ),
        (
            "www.example.org en example.nl",
            "url=www.example.org @0..15; url=example.nl @19..29",
        ),
        ("Open van 10.00 tot 22.00", ""),
        ("anna@example.org", ""),
    ]
}
