//! Web addresses, also without a scheme and with "dot" written out. Links of chat services are
//! handles, links with a phone number are phones.
//!
//! An address is kept as it links: no scheme, no `www.`, the host in small letters, no parameters
//! that only say where a click came from, no slash at the end.

use std::ops::Range;
use std::sync::LazyLock;

use model::{Observed, Signal};
use regex::Regex;

use super::Detector;
use super::claims::Claims;
use super::contacts::domains::{Ending, ending};
use super::contacts::{DOT, Signs, pattern, signs};
use super::reading::{Passage, Reading};
use super::vocabulary::List;

/// "www punt anna punt nl", "anna (dot) com"
static WRITTEN_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?:(www|w w w|3w){DOT})?([a-z0-9][a-z0-9-]{{2,62}})({DOT})([a-z]{{2,10}})\b"
    ))
});

/// Words and signs that "dot" may be written as: without one there is nothing to look for.
static DOTS: LazyLock<Signs> = LazyLock::new(|| {
    signs(&[
        " dot ",
        " punt ",
        " punkt ",
        " point ",
        " punto ",
        " punct ",
        " pont ",
        " kropka ",
        " точка ",
        " tochka ",
        "dot)",
        "punt)",
        "punkt)",
        "point)",
        "punto)",
        "punct)",
        "pont)",
        "kropka)",
        "точка)",
        "dot]",
        "punt]",
        "(.)",
        "[.]",
        "{.}",
        "( . )",
        "www .",
    ])
});

/// The longest address, in bytes.
const LONGEST_BYTES: usize = 256;

/// Parameters that say where a click came from, and begin like this.
const TRACKING: &[&str] = &[
    "utm_",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "igsh",
    "igshid",
    "mc_",
    "ref",
    "ref_src",
    "source",
    "si",
    "yclid",
    "_ga",
    "wbraid",
    "gbraid",
    "aff",
    "affid",
    "campaign",
    "cid",
    "session",
    "sid",
    "phpsessid",
    "jsessionid",
];

pub(super) const DETECTOR: Detector = Detector {
    name: "url",
    about: "A web address as it links: without scheme, `www.` and tracking parameters. Links of chat \
            services are handles, links that hold a phone number are phones.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for passage in &reading.passages {
        let taken = Claims::of(passage.field, found, |_| true);
        for range in candidates(&passage.flat) {
            let address = &passage.flat[range.clone()];
            if is_address(passage, address, &range) && !taken.overlap(passage.span(range.clone())) {
                let written = passage.written(range.clone());
                found.push(passage.signal(Observed::Url(normal(written)), range));
            }
        }
        if may_be_written_out(passage) && DOTS.stand_in(&passage.flat) {
            written_out(passage, found);
        }
    }
}

/// Every stretch without a space that may be an address: it holds a full stop between letters or
/// digits, and only what a host and a path hold.
fn candidates(flat: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(dot) = flat[rest..].find('.').map(|skip| rest + skip) {
        let at = flat[rest..dot]
            .rfind(is_outside)
            .map_or(rest, |sign| rest + sign + len_at(flat, rest + sign));
        let end = flat[dot..]
            .find(is_outside)
            .map_or(flat.len(), |len| dot + len);
        let token = &flat[at..end];
        rest = end;
        if token.len() > LONGEST_BYTES {
            continue;
        }
        let skip = ["http", "hxxp", "www."]
            .iter()
            .filter_map(|begin| token.find(begin))
            .min()
            .or_else(|| label(token))
            .unwrap_or(0);
        let address = &token[skip..];
        let address = address
            .trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '/' && sign != '=');
        let head = &token[..skip];
        if !address.is_empty()
            && !head
                .ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '@' | '.' | '_'))
        {
            found.push(at + skip..at + skip + address.len());
        }
    }
    found
}

/// Where a host begins behind a label: "site:example.org".
fn label(token: &str) -> Option<usize> {
    let dot = token.find('.')?;
    let from = token[..dot]
        .rfind(|sign: char| !sign.is_alphanumeric() && sign != '-')
        .map_or(0, |at| at + len_at(token, at));
    Some(from)
}

/// Bytes of the sign at a place.
fn len_at(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

/// Whether there is a word for "dot", or a dot that stands apart.
fn may_be_written_out(passage: &Passage<'_>) -> bool {
    let is_apart = |(at, _): (usize, &str)| passage.flat[..at].ends_with(['(', '[', '{', ' ']);
    passage.lists(List::Dot) || passage.flat.match_indices('.').any(is_apart)
}

fn is_outside(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '<' | '>' | '(' | ')' | '{' | '}' | '|' | '"' | ',')
}

fn written_out(passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let taken = Claims::of(passage.field, found, |_| true);
    let mut more = Vec::new();
    for parts in WRITTEN_OUT.captures_iter(&passage.flat) {
        let (Some(whole), Some(host), Some(dot), Some(top)) =
            (parts.get(0), parts.get(2), parts.get(3), parts.get(4))
        else {
            continue;
        };
        // "anna.nl" was read above; " . " between two words is a sentence's end.
        let dot = dot.as_str().trim();
        let is_written = dot != "." || parts.get(1).is_some();
        let is_top = match ending(top.as_str()) {
            Some(Ending::Sure) => true,
            Some(Ending::Word) => parts.get(1).is_some() || dot.starts_with(['(', '[', '{', '<']),
            None => false,
        };
        let is_name = parts.get(1).is_some() || !is_known_word(passage, host.range());
        if is_written && is_top && is_name && !taken.overlap(passage.span(whole.range())) {
            let address = format!("{}.{}", host.as_str(), top.as_str());
            more.push(passage.signal(Observed::Url(address), whole.range()));
        }
    }
    found.append(&mut more);
}

/// Whether a stretch is an address: it says so, or its host ends in a top-level domain that cannot be
/// the first word of the next sentence here.
fn is_address(passage: &Passage<'_>, address: &str, range: &Range<usize>) -> bool {
    if address.contains("://") || address.starts_with("www.") || address.contains("[:]//") {
        return true;
    }
    let (host, path) = address.split_once(['/', '?', '#']).unwrap_or((address, ""));
    let host = host.split(':').next().unwrap_or(host);
    let Some((labels, top)) = host.rsplit_once('.') else {
        return false;
    };
    let host_only = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '.' | '[' | ']');
    if !labels.contains(char::is_alphabetic)
        || !labels.chars().all(host_only)
        || labels.starts_with(['.', '-'])
    {
        return false;
    }
    let from = range.start + labels.len() + 1;
    let written = passage.written(from..from + top.len());
    // "Utrecht.De prijs": a sentence begins with a capital.
    let begins_sentence =
        written.starts_with(char::is_uppercase) && written.chars().skip(1).all(char::is_lowercase);
    match ending(top) {
        None => false,
        Some(Ending::Sure) => !begins_sentence || labels.chars().all(|sign| !sign.is_lowercase()),
        Some(Ending::Word) => {
            !begins_sentence
                && (!path.is_empty()
                    || labels.contains(['.', '-'])
                    || labels.contains(|sign: char| sign.is_ascii_digit())
                    || !is_known_word(passage, range.start..range.start + labels.len())
                        && !goes_on(passage, range.end))
        }
    }
}

/// Whether a cue begins and ends here: a word of a sentence rather than a name.
fn is_known_word(passage: &Passage<'_>, range: Range<usize>) -> bool {
    passage
        .hits_in(range.start..range.start + 1)
        .iter()
        .any(|hit| hit.end == range.end)
}

/// Whether a word in small letters follows: "graag.de prijs is".
fn goes_on(passage: &Passage<'_>, end: usize) -> bool {
    let Some(rest) = passage.flat[end..].strip_prefix(' ') else {
        return false;
    };
    let len = rest
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(rest.len());
    let is_linking = [
        "en", "of", "voor", "and", "or", "for", "und", "oder", "fur", "et", "ou", "pour", "y", "o",
        "para", "si", "sau", "es", "vagy", "i", "lub", "и", "или",
    ]
    .contains(&&rest[..len]);
    len > 0 && !is_linking
}

/// The address as it links.
fn normal(written: &str) -> String {
    let written = written.replace("[:]", ":").replace("[.]", ".");
    let rest = written
        .split_once("://")
        .map_or(written.as_str(), |(_, rest)| rest);
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let address = address.split('#').next().unwrap_or(address);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let kept: Vec<&str> = query
        .split('#')
        .next()
        .unwrap_or("")
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or("").to_lowercase();
            !name.is_empty()
                && !TRACKING.iter().any(|tracking| {
                    name == *tracking || tracking.ends_with('_') && name.starts_with(tracking)
                })
        })
        .collect();
    let mut normal = host.to_owned();
    let path = path.trim_end_matches('/');
    if !path.is_empty() {
        normal.push('/');
        normal.push_str(path);
    }
    if !kept.is_empty() {
        normal.push('?');
        normal.push_str(&kept.join("&"));
    }
    normal
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "Zie https://example.org/a?b=1.",
            "url=example.org/a?b=1 @4..29",
        ),
        (
            "www.Example.org en example.nl",
            "url=example.org @0..15; url=example.nl @19..29",
        ),
        ("Open van 10.00 tot 22.00", ""),
        ("anna@example.org", ""),
        ("Kom langs.De prijs is goed", ""),
        ("ik ben graag.de rest later", ""),
        ("één uur.bel me", ""),
        (
            "hxxps://example.org/?utm_source=x",
            "url=example.org @0..33",
        ),
        ("www punt example punt nl", "url=example.nl @0..24"),
    ]
}
