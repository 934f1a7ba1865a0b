//! Chat handles, by service: beside the name of a service, in a link, or behind a bare `@`.
//!
//! A handle is kept in small letters, without its `@` and without signs at its end, so that two
//! listings with the same one link. What is only digits is a phone number.

mod links;
pub(super) mod services;
mod words;

use std::ops::Range;

use model::{Field, Observed, Signal};

use self::links::links;
use self::services::{Service, Trust, service, service_in};
use self::words::{BETWEEN, NO_NAMES, OF_THE_SITE, ON};
use super::Detector;
use super::claims::Claims;
use super::contacts::entry_spans;
use super::lexicon::is_border;
use super::reading::{Passage, Reading};
use super::vocabulary::List;
use crate::fold;

/// The service of a name after a bare `@`.
const NO_SERVICE: &str = "unknown";

/// The shortest and the longest handle, in bytes.
const NAME_BYTES: std::ops::RangeInclusive<usize> = 3..=32;

/// The shortest name without digits that counts without a sign between it and the service.
const PLAIN_NAME_BYTES: usize = 6;

/// Bytes before a name in which such words count.
const SITE_BYTES: usize = 40;

pub(super) const DETECTOR: Detector = Detector {
    name: "handle",
    about: "A name at a chat service, in lower case, with the service; `unknown` after a bare `@`.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    for (entry, span) in reading
        .version
        .handles
        .iter()
        .zip(entry_spans(Field::Handles, &reading.version.handles))
    {
        found.push(Signal {
            observed: field(entry),
            span: Some(span),
        });
    }
    for passage in &reading.passages {
        let taken = Claims::of(passage.field, found, |_| true);
        let mut more = Vec::new();
        for (range, service, name) in links(&passage.flat) {
            if !taken.overlap(passage.span(range.clone())) {
                more.push(passage.signal(handle(service, &name), range));
            }
        }
        found.append(&mut more);
        let taken = Claims::of(passage.field, found, |_| true);
        let mut names = named(passage);
        names.extend(bare(passage));
        names.sort_by_key(|name| (name.range.start, name.service == NO_SERVICE));
        let mut free_from = 0;
        for name in names {
            if name.range.start < free_from || taken.overlap(passage.span(name.range.clone())) {
                continue;
            }
            free_from = name.range.end;
            let written = &passage.flat[name.range.clone()];
            found.push(if is_of_the_site(passage, name.range.start) {
                passage.refusal("handle", written, "the site's own", name.range)
            } else {
                passage.signal(handle(name.service, written), name.range)
            });
        }
    }
}

/// A handle in a text.
struct Named {
    service: &'static str,
    /// The name, without its `@`.
    range: Range<usize>,
}

/// An entry of the site's own field: `telegram:anna`, `@anna`, `Telegram @anna`, a link.
fn field(entry: &str) -> Observed {
    let folded = fold(entry.trim());
    let text = folded.text();
    if let Some((_, service, name)) = links(text).into_iter().next() {
        return handle(service, &name);
    }
    let (service, name) = text
        .split_once(':')
        .or_else(|| text.split_once(' '))
        .unwrap_or((NO_SERVICE, text));
    let known = service_in(service.trim()).map_or(service.trim(), |service| service.name);
    handle(known, name)
}

/// Every name beside the name of a service.
fn named(passage: &Passage<'_>) -> Vec<Named> {
    let flat = passage.flat.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    for Range { start, .. } in passage.listed(List::Service) {
        let Some((len, service)) = service(&flat[start..]).filter(|_| is_border(flat, start))
        else {
            continue;
        };
        if start < at {
            continue;
        }
        at = start + len;
        found.extend(
            name_behind(passage, at, service).or_else(|| name_before(passage, start, at, service)),
        );
    }
    for (range, joined) in &passage.spaced_out {
        let letters: String = joined.chars().filter(|sign| sign.is_alphabetic()).collect();
        if let Some(service) = service_in(&letters) {
            found.extend(name_behind(passage, range.end, service));
        }
    }
    found
}

/// "telegram: @anna", "snap is anna99", "insta - anna_k".
fn name_behind(passage: &Passage<'_>, from: usize, service: &Service) -> Option<Named> {
    let text = passage.text();
    let mut at = from;
    let mut is_sign = false;
    let mut is_at = false;
    let mut n_words = 0;
    loop {
        let rest = &text[at..];
        let sign = rest.chars().next()?;
        match sign {
            '@' => is_at = true,
            ':' | '=' | '>' | '→' => is_sign = true,
            ' ' | '-' | '(' | '"' | '\'' | '*' | '\u{fe0f}' | '/' | '&' | '+' | ',' | '.' => {}
            sign if super::reading::is_ornament(sign) => is_sign = true,
            _ => {
                let word = letters(rest);
                let is_filler = word > 0
                    && !is_at
                    && !rest[word..].starts_with(|sign: char| {
                        sign.is_alphanumeric() || matches!(sign, '_' | '.')
                    })
                    && (BETWEEN.contains(&&rest[..word])
                        || service_in(&rest[..word])
                            .is_some_and(|other| other.trust != Trust::Word));
                if !is_filler || n_words == 3 {
                    break;
                }
                // "Telegram is ...": as good as a colon.
                is_sign |=
                    matches!(&rest[..word], "is" | "ist" | "est" | "es" | "este") && n_words < 2;
                n_words += 1;
                at += word;
                continue;
            }
        }
        at += sign.len_utf8();
        if at - from > 32 {
            return None;
        }
    }
    let range = name_at(text, at)?;
    if range.start == from {
        return None;
    }
    let name = &text[range.clone()];
    let is_odd = is_odd(name);
    let ends = passage.ends_clause(range.end)
        || text[range.end..]
            .trim_start()
            .starts_with(['/', '&', '+', '-', '|']);
    let is_word = NO_NAMES.contains(&name) || is_cue(passage, &range) || BETWEEN.contains(&name);
    let counts = match service.trust {
        _ if !name.contains(char::is_alphabetic) => false,
        _ if is_at => true,
        _ if is_word => false,
        Trust::Word => is_sign && is_odd && service.name != "line",
        Trust::Short => is_odd && !is_measure(name) || is_sign && ends,
        Trust::Sure => {
            let stands_alone = || {
                name.len() >= PLAIN_NAME_BYTES
                    && passage.begins_clause(from - service_len(passage, from))
            };
            is_odd || ends && (is_sign || stands_alone())
        }
    };
    counts.then_some(Named {
        service: service.name,
        range,
    })
}

/// Bytes of the word that ends here.
fn service_len(passage: &Passage<'_>, end: usize) -> usize {
    passage.flat[..end]
        .chars()
        .rev()
        .take_while(|sign| sign.is_alphabetic())
        .map(char::len_utf8)
        .sum()
}

/// "@anna op telegram", "anna99 (snap)".
fn name_before(
    passage: &Passage<'_>,
    start: usize,
    end: usize,
    service: &Service,
) -> Option<Named> {
    let text = passage.text();
    let mut head = text[..start].trim_end_matches([' ', '(', ':']);
    let mut is_on = false;
    for word in ON {
        if let Some(shorter) = head.strip_suffix(word)
            && shorter.ends_with(' ')
        {
            head = shorter.trim_end();
            is_on = true;
            break;
        }
    }
    let is_bracket = text[..start].ends_with('(') && text[end..].starts_with(')');
    if !is_on && !is_bracket {
        return None;
    }
    let len: usize = head
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
        .count();
    let range = head.len() - len..head.len();
    let name = &text[range.clone()];
    let is_at = text[..range.start].ends_with('@');
    let counts = NAME_BYTES.contains(&len)
        && name.contains(char::is_alphabetic)
        && (is_at || is_odd(name) && !is_measure(name) && service.trust != Trust::Word)
        && !name.contains("..");
    counts.then_some(Named {
        service: service.name,
        range,
    })
}

/// "volg @anna.k"
fn bare(passage: &Passage<'_>) -> Vec<Named> {
    let text = passage.text();
    text.match_indices('@')
        .filter_map(|(at, _)| {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let range = name_at(text, at + 1)?;
            let name = &text[range.clone()];
            let counts = range.start == at + 1
                && !before.is_alphanumeric()
                && !matches!(before, '.' | '_' | '-')
                && name.starts_with(char::is_alphabetic)
                && !NO_NAMES.contains(&name)
                // "@name.org" is the end of an address that was cut.
                && !text[range.end..].starts_with('@');
            counts.then_some(Named {
                service: NO_SERVICE,
                range,
            })
        })
        .collect()
}

/// The name that begins here: letters, digits, `_`, `.`, `-`, without signs at its end.
fn name_at(text: &str, at: usize) -> Option<Range<usize>> {
    let len = text[at..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        .count();
    let name = text[at..at + len].trim_end_matches(['.', '-', '_']);
    // A trailing underscore is part of a name when a letter or digit stands before it.
    let len = name.len();
    let goes_on = text[at + len..].starts_with(char::is_alphanumeric);
    (NAME_BYTES.contains(&len)
        && !goes_on
        && text[at..].starts_with(|sign: char| sign.is_ascii_alphanumeric()))
    .then(|| at..at + len)
}

/// Whether no ordinary word looks like this: letters with digits or an underscore, or a full stop inside.
fn is_odd(name: &str) -> bool {
    let has_letter = name.contains(|sign: char| sign.is_ascii_lowercase());
    let has_digit = name.contains(|sign: char| sign.is_ascii_digit());
    has_letter && (has_digit || name.contains('_'))
}

/// "18jaar", "24h", "60min": a number and its unit.
fn is_measure(name: &str) -> bool {
    let rest = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
    rest.len() < name.len() && rest.chars().all(char::is_alphabetic) && rest.len() <= 5
}

fn is_cue(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage
        .hits_in(range.start..range.start + 1)
        .iter()
        .any(|hit| hit.end >= range.end)
}

fn is_of_the_site(passage: &Passage<'_>, at: usize) -> bool {
    let mut from = at.saturating_sub(SITE_BYTES);
    while !passage.flat.is_char_boundary(from) {
        from += 1;
    }
    let head = &passage.flat[from..at];
    OF_THE_SITE.iter().any(|words| head.contains(words))
}

fn letters(text: &str) -> usize {
    text.find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(text.len())
}

fn handle(service: &str, name: &str) -> Observed {
    Observed::Handle {
        service: service.to_owned(),
        name: name
            .trim()
            .trim_start_matches('@')
            .trim_end_matches(['.', '-', '_', ',', '!'])
            .to_owned(),
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Telegram: @Anna_99", "handle=telegram:anna_99 @11..18"),
        ("snap anna99x", "handle=snapchat:anna99x @5..12"),
        ("snap je later", ""),
        ("t.me/anna99", "handle=telegram:anna99 @0..11"),
        ("volg @anna.k nu", "handle=unknown:anna.k @6..12"),
        ("@annak op telegram", "handle=telegram:annak @1..6"),
        (
            "t e l e g r a m : annak99",
            "handle=telegram:annak99 @18..25",
        ),
        (
            "Volg ons op Twitter @example",
            "refused handle example: the site's own @21..28",
        ),
        ("Session: relaxing", ""),
        ("signal lost, line up", ""),
        ("tot 22 @ 18:00", ""),
    ]
}
