//! From TOML to where a site is visited: start pages, scope, pace, caps, links.

use regex::{Regex, RegexBuilder};

use super::toml_reader::{Problems, Section, Sited};
use super::{LinkRules, VisitRules};

/// Least delay to a real site: one request a second, a choice of our own on the careful side.
const LEAST_DELAY_MS: u64 = 1_000;
/// Longest delay that a profile can ask for: one request an hour.
const LONGEST_DELAY_MS: u64 = 3_600_000;
/// When a page is looked at again, unless the profile says otherwise: once a day.
const REVISIT_MINUTES: u64 = 1_440;
/// Longest revisit interval: a year.
const LONGEST_REVISIT_MINUTES: u64 = 525_600;
/// Compiled size that one pattern may reach.
const PATTERN_LIMIT_BYTES: usize = 1 << 20;

pub(super) fn visit(
    problems: &mut Problems<'_>,
    mut section: Section<'_, '_>,
) -> Option<VisitRules> {
    let mut start = Vec::new();
    for address in section.texts(problems, "start") {
        match url::Url::parse(&address.value) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => start.push(url),
            _ => problems.at(
                &address.span,
                format!("`{}` in `visit.start` is no web address", address.value),
            ),
        }
    }
    if start.is_empty() {
        section.missing(problems, "start", "name at least one page to begin with");
    }
    let mut hosts = Vec::new();
    for host in section.texts(problems, "hosts") {
        let parsed = url::Url::parse(&format!("http://{}/", host.value));
        match parsed.ok().as_ref().and_then(url::Url::host_str) {
            Some(name) if !host.value.contains(['/', '@', '?', '#', ' ', '*']) => {
                let port = host.value.rsplit_once(':').map(|(_, port)| port);
                match port.filter(|port| port.parse::<u16>().is_ok()) {
                    Some(port) => hosts.push(format!("{name}:{port}")),
                    None => hosts.push(name.to_owned()),
                }
            }
            _ => problems.at(
                &host.span,
                format!(
                    "`{}` in `visit.hosts` is no host: write `listings.example` or \
                     `listings.example:8080`",
                    host.value
                ),
            ),
        }
    }
    if hosts.is_empty() {
        section.missing(problems, "hosts", "name the hosts that may be visited");
    }
    let allow_loopback = section.flag(problems, "allow_loopback", false);
    let least = if allow_loopback { 0 } else { LEAST_DELAY_MS };
    let mut required = |key: &'static str, range, way_out: &str| {
        if section.value(key).is_none() {
            section.missing(problems, key, way_out);
            return None;
        }
        section.number(problems, key, range).map(|n| n.value)
    };
    let delay_ms = required(
        "delay_ms",
        least..=LONGEST_DELAY_MS,
        "say how many milliseconds lie between two requests",
    );
    let requests_per_day = required(
        "requests_per_day",
        1..=1_000_000,
        "say how many requests a day are proportionate",
    );
    let megabytes_per_day = required(
        "megabytes_per_day",
        1..=1_000_000,
        "say how many megabytes a day are proportionate",
    );
    let max_delay_ms = section
        .number(problems, "max_delay_ms", least..=LONGEST_DELAY_MS)
        .map_or(60_000, |n| n.value);
    let revisit_minutes = section
        .number(problems, "revisit_minutes", 0..=LONGEST_REVISIT_MINUTES)
        .map_or(REVISIT_MINUTES, |n| n.value);
    let sitemaps = section.flag(problems, "sitemaps", true);
    let charset = section.text(problems, "charset").and_then(|label| {
        let known = encoding_rs::Encoding::for_label(label.value.as_bytes());
        if known.is_none() {
            problems.at(
                &label.span,
                format!(
                    "unknown charset `{}`: write a label of the WHATWG encoding standard, such as \
                     `windows-1252`",
                    label.value
                ),
            );
        }
        known
    });
    section.finish(problems);
    Some(VisitRules {
        start,
        hosts,
        delay_ms: delay_ms?,
        max_delay_ms: max_delay_ms.max(delay_ms?),
        requests_per_day: requests_per_day?,
        bytes_per_day: megabytes_per_day? * 1_000_000,
        revisit_ms: i64::try_from(revisit_minutes).unwrap_or(i64::MAX / 60_000) * 60_000,
        sitemaps,
        charset,
        allow_loopback,
    })
}

pub(super) fn pattern(problems: &mut Problems<'_>, written: &Sited<String>) -> Option<Regex> {
    let built = RegexBuilder::new(&written.value)
        .size_limit(PATTERN_LIMIT_BYTES)
        .build();
    match built {
        Ok(regex) => Some(regex),
        Err(error) => {
            let why = error.to_string();
            let last = why.lines().last().unwrap_or_default().trim().to_owned();
            problems.at(
                &written.span,
                format!("pattern `{}` cannot be read: {last}", written.value),
            );
            None
        }
    }
}

pub(super) fn links(
    problems: &mut Problems<'_>,
    mut section: Section<'_, '_>,
) -> Option<LinkRules> {
    let listing = section
        .required_text(
            problems,
            "listing",
            "write a pattern over path and query with a group `(?<key>…)`",
        )
        .and_then(|written| {
            let regex = pattern(problems, &written)?;
            if regex.capture_names().flatten().any(|name| name == "key") {
                return Some(regex);
            }
            problems.at(
                &written.span,
                "`links.listing` has no group `(?<key>…)`: mark the part that names the listing",
            );
            None
        });
    let list = section
        .texts(problems, "list")
        .iter()
        .filter_map(|written| pattern(problems, written))
        .collect();
    let follow_next = section.flag(problems, "follow_next", true);
    section.finish(problems);
    Some(LinkRules {
        listing: listing?,
        list,
        follow_next,
    })
}
