//! Chat handles, by service.

use std::sync::LazyLock;

use model::{Field, Observed, Signal};
use regex::Regex;

use super::Detector;
use super::claims::Claims;
use super::contacts::{entry_spans, pattern};
use super::reading::Reading;
use crate::fold;

/// Names of services as they are written, folded, and the one that stands for them.
const SERVICES: &[(&str, &str)] = &[
    ("telegram", "telegram"),
    ("tg", "telegram"),
    ("tele", "telegram"),
    ("snapchat", "snapchat"),
    ("snap", "snapchat"),
    ("sc", "snapchat"),
    ("instagram", "instagram"),
    ("insta", "instagram"),
    ("ig", "instagram"),
    ("kik", "kik"),
    ("wechat", "wechat"),
    ("weixin", "wechat"),
    ("signal", "signal"),
    ("discord", "discord"),
    ("twitter", "x"),
    ("tiktok", "tiktok"),
    ("skype", "skype"),
    ("viber", "viber"),
    ("threema", "threema"),
    ("wickr", "wickr"),
    ("session", "session"),
    ("facebook", "facebook"),
    ("fb", "facebook"),
    ("messenger", "facebook"),
];

/// The service of a name after a bare `@`.
const NO_SERVICE: &str = "unknown";

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let services: Vec<&str> = SERVICES.iter().map(|(written, _)| *written).collect();
    pattern(&format!(
        r"\b({})(?: ?(?:naam|name|account|id|user|is|op|me|mij))?( ?[:=@>] ?@?| - |-?> ?@?| )([a-z0-9][a-z0-9._-]{{2,31}})",
        services.join("|")
    ))
});

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(t\.me|telegram\.me|instagram\.com|snapchat\.com/add|facebook\.com|x\.com|twitter\.com|tiktok\.com)/@?([a-z0-9][a-z0-9._-]{2,31})",
    )
});

static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s(:,/])@([a-z][a-z0-9._]{2,31})"));

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
        let folded = fold(entry.trim());
        let (service, name) = folded
            .text()
            .split_once(':')
            .unwrap_or((NO_SERVICE, folded.text()));
        found.push(Signal {
            observed: handle(known(service.trim()), name),
            span: Some(span),
        });
    }
    for passage in &reading.passages {
        // Each pattern needs a sign that most texts do not have.
        let links = if passage.flat.contains('/') {
            passage.flat.as_str()
        } else {
            ""
        };
        let bare = if passage.flat.contains('@') {
            passage.flat.as_str()
        } else {
            ""
        };
        let taken = Claims::of(passage.field, found, |_| true);
        for parts in LINK.captures_iter(links) {
            if let (Some(whole), Some(host), Some(name)) =
                (parts.get(0), parts.get(1), parts.get(2))
            {
                let service = match host.as_str() {
                    "t.me" | "telegram.me" => "telegram",
                    "twitter.com" | "x.com" => "x",
                    host => host.split('.').next().unwrap_or(NO_SERVICE),
                };
                if !taken.overlap(passage.span(whole.range())) {
                    found.push(passage.signal(handle(service, name.as_str()), whole.range()));
                }
            }
        }
        let taken = Claims::of(passage.field, found, |_| true);
        for parts in NAMED.captures_iter(&passage.flat) {
            let (Some(service), Some(join), Some(name)) =
                (parts.get(1), parts.get(2), parts.get(3))
            else {
                continue;
            };
            // "snap you later": without a sign between, only what no ordinary word looks like.
            let name_text = name.as_str().trim_end_matches(['.', '-', '_']);
            let is_announced = join.as_str().contains([':', '=', '@', '>', '-']);
            let is_odd = name_text.contains(|sign: char| sign.is_ascii_digit() || sign == '_')
                && name_text.contains(|sign: char| sign.is_ascii_lowercase());
            let range = name.start()..name.start() + name_text.len();
            if name_text.len() >= 3
                && (is_announced && name_text.contains(char::is_alphabetic) || is_odd)
                && !taken.overlap(passage.span(range.clone()))
            {
                let service = known(service.as_str());
                found.push(passage.signal(handle(service, name_text), range));
            }
        }
        let taken = Claims::of(passage.field, found, |_| true);
        for parts in BARE.captures_iter(bare) {
            if let Some(name) = parts.get(1)
                && !taken.overlap(passage.span(name.range()))
            {
                let name_text = name.as_str().trim_end_matches(['.', '_']);
                let range = name.start()..name.start() + name_text.len();
                found.push(passage.signal(handle(NO_SERVICE, name_text), range));
            }
        }
    }
}

fn known(service: &str) -> &str {
    SERVICES
        .iter()
        .find(|(written, _)| *written == service)
        .map_or(service, |(_, service)| service)
}

fn handle(service: &str, name: &str) -> Observed {
    Observed::Handle {
        service: service.to_owned(),
        name: name.trim().trim_start_matches('@').to_owned(),
    }
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Telegram: @Anna_99", "handle=telegram:anna_99 @11..18"),
        ("snap anna99x", "handle=snapchat:anna99x @5..12"),
        ("snap je later", ""),
        ("t.me/anna99", "handle=telegram:anna99 @0..11"),
        ("volg @anna.k nu", "handle=unknown:anna.k @6..12"),
    ]
}
