//! E-mail addresses, also with "at" and "dot" written out or the letters spaced out.

use std::sync::LazyLock;

use model::{Field, Observed, Signal};
use regex::Regex;

use super::Detector;
use super::claims::Claims;
use super::contacts::domains::{Ending, ending};
use super::contacts::{AT, DOT, Signs, entry_spans, pattern, signs};
use super::reading::{Passage, Reading};
use super::vocabulary::List;
use crate::fold;

static PLAIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}"));

/// Name, "at", host, "dot", top-level domain, and perhaps one more.
static WRITTEN_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b([a-z0-9][a-z0-9_+-]*(?:(?:{DOT}|\.)[a-z0-9][a-z0-9_-]*)?)({AT})([a-z0-9-]+)({DOT})([a-z]{{2,10}})\b(?:({DOT})([a-z]{{2,4}})\b)?"
    ))
});

/// "gmail" without its ending is known all the same.
static PROVIDER: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b([a-z0-9][a-z0-9._+-]{{2,}})({AT})(gmail)\b")));

/// One of these stands in every address that is written out: a look for them costs far less than
/// the patterns.
static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    signs(&[
        "@",
        " at ",
        "at)",
        "at]",
        "at}",
        "(a)",
        "[a]",
        "-at-",
        "_at_",
        "*at*",
        "staart",
        "arrob",
        "arobas",
        "kukac",
        "malpa",
        "affe",
        "maimuta",
        "rond",
        "маймун",
        "кльомба",
        "majmun",
    ])
});

static DOTS: LazyLock<Regex> = LazyLock::new(|| pattern(DOT));

/// Hosts that are known for mail: behind them a written-out ending may be a word too.
const PROVIDERS: &[&str] = &[
    "gmail",
    "hotmail",
    "outlook",
    "yahoo",
    "live",
    "icloud",
    "proton",
    "protonmail",
    "gmx",
    "web",
    "mail",
    "abv",
    "wp",
    "onet",
    "interia",
    "o2",
    "freemail",
    "citromail",
    "orange",
    "free",
    "laposte",
    "ziggo",
    "kpnmail",
    "telenet",
    "skynet",
    "tutanota",
    "aol",
];

pub(super) const DETECTOR: Detector = Detector {
    name: "email",
    about: "An e-mail address in lower case, also with \"at\" and \"dot\" written out or the letters \
            spaced out.",
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
        let folded = fold(entry.trim());
        let address = folded.text().trim_start_matches("mailto:").to_owned();
        found.push(Signal {
            observed: Observed::Email(address),
            span: Some(span),
        });
    }
    for passage in &reading.passages {
        let flat = passage.flat.as_str();
        for hit in PLAIN.find_iter(if flat.contains('@') { flat } else { "" }) {
            found.push(passage.signal(Observed::Email(hit.as_str().to_owned()), hit.range()));
        }
        // What the patterns below begin with: most texts have none of it.
        if (passage.lists(List::At) || flat.contains('@')) && SIGNS.stand_in(flat) {
            written_out(passage, found);
        }
        for (range, joined) in &passage.spaced_out {
            if let Some(hit) = PLAIN
                .find(joined)
                .filter(|_| range.len() + 1 == 2 * joined.len())
            {
                let range = range.start + 2 * hit.start()..range.start + 2 * hit.end() - 1;
                found.push(passage.signal(Observed::Email(hit.as_str().to_owned()), range));
            }
        }
    }
}

fn written_out(passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let taken = Claims::of(passage.field, found, |_| true);
    let mut more = Vec::new();
    for parts in WRITTEN_OUT.captures_iter(&passage.flat) {
        let (Some(whole), Some(name), Some(at), Some(host), Some(dot), Some(top)) = (
            parts.get(0),
            parts.get(1),
            parts.get(2),
            parts.get(3),
            parts.get(4),
            parts.get(5),
        ) else {
            continue;
        };
        let Some(ending) = ending(top.as_str()) else {
            continue;
        };
        let is_provider = PROVIDERS.contains(&host.as_str());
        let is_word_at = matches!(at.as_str(), " at " | " a rond ");
        let is_word_dot = dot.as_str().trim().chars().all(char::is_alphabetic);
        // "look at example.com" is a sentence and a web address, "@ home. De rest" two sentences.
        // "insta @anna.fr" is a handle.
        let is_handle = at.as_str() == " @" && !is_provider;
        let is_sentence = is_handle
            || !is_provider
                && (is_word_at && (!is_word_dot || ending == Ending::Word)
                    || dot.as_str().ends_with(' ')
                        && !is_word_dot
                        && !dot.as_str().starts_with(' ')
                        && !dot.as_str().contains(['(', '[', '{', '<']));
        if is_sentence || taken.overlap(passage.span(whole.range())) {
            continue;
        }
        let name = DOTS.replace_all(name.as_str(), ".");
        let second = parts
            .get(7)
            .filter(|second| matches!(second.as_str(), "uk" | "hu" | "ro" | "pl" | "bg" | "at"))
            .filter(|_| matches!(top.as_str(), "co" | "com" | "org"));
        let end = second.map_or(top.end(), |second| second.end());
        let second = second.map_or(String::new(), |second| format!(".{}", second.as_str()));
        let address = format!("{name}@{}.{}{second}", host.as_str(), top.as_str());
        more.push(passage.signal(Observed::Email(address), whole.start()..end));
    }
    found.append(&mut more);
    let taken = Claims::of(passage.field, found, |_| true);
    for parts in PROVIDER.captures_iter(&passage.flat) {
        if let (Some(whole), Some(name), Some(host)) = (parts.get(0), parts.get(1), parts.get(3))
            && !taken.overlap(passage.span(whole.range()))
        {
            let address = format!("{}@{}.com", name.as_str(), host.as_str());
            found.push(passage.signal(Observed::Email(address), whole.range()));
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
        (
            "naam apenstaartje gmail punt com",
            "email=naam@gmail.com @0..32",
        ),
        ("anna.k [at] gmail", "email=anna.k@gmail.com @0..17"),
        ("a n n a @ x . o r g", "email=anna@x.org @0..19"),
        ("meet at club point", ""),
    ]
}
