//! From TOML to a profile: every key, its checks and its message.

use std::collections::BTreeMap;

use model::{LegalGround, Retention, SiteId, Timestamp};
use regex::{Regex, RegexBuilder};
use scraper::Selector;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::toml_reader::{Problems, Section, Sited, text_of};
use super::{
    Collect, Dates, LinkRules, ListingSources, Place, ProfileError, SiteProfile, Source, Sources,
    VisitRules,
};

/// Least delay to a real site: one request a second, a choice of our own on the careful side.
const LEAST_DELAY_MS: u64 = 1_000;
/// Longest delay that a profile can ask for: one request an hour.
const LONGEST_DELAY_MS: u64 = 3_600_000;
/// When a page is looked at again, unless the profile says otherwise: once a day.
const REVISIT_MINUTES: u64 = 1_440;
/// Longest revisit interval: a year.
const LONGEST_REVISIT_MINUTES: u64 = 525_600;
/// Longest retention, ten years: more is no retention period.
const LONGEST_RETENTION_DAYS: u64 = 3_650;
/// Compiled size that one pattern may reach.
const PATTERN_LIMIT_BYTES: usize = 1 << 20;
/// Attributes that a profile may name.
const MOST_ATTRIBUTES: usize = 50;

pub(super) fn profile(origin: &str, text: &str) -> Result<SiteProfile, ProfileError> {
    let mut problems = Problems::new(origin, text);
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            problems.at(&span, format!("not TOML: {}", error.message()));
            return Err(ProfileError(problems.into_lines()));
        }
    };
    let found = read(&mut problems, origin, &table);
    match found {
        Some(profile) if problems.is_empty() => Ok(profile),
        _ => Err(ProfileError(problems.into_lines())),
    }
}

fn read(
    problems: &mut Problems<'_>,
    origin: &str,
    table: &Spanned<DeTable<'_>>,
) -> Option<SiteProfile> {
    let mut root = Section::root(table);
    let id = root
        .required_text(problems, "id", "give the site a name of a-z, 0-9 and `-`")
        .and_then(|id| match SiteId::new(id.value.clone()) {
            Ok(site) => Some(site),
            Err(error) => {
                problems.at(&id.span, error.to_string());
                None
            }
        });
    let name = root.required_text(problems, "name", "give the site's name for people");
    let language = root.text(problems, "language").map(|tag| tag.value);
    let country = root.text(problems, "country").and_then(|country| {
        let shaped =
            country.value.len() == 2 && country.value.bytes().all(|b| b.is_ascii_uppercase());
        if !shaped {
            problems.at(
                &country.span,
                "`country` is no ISO 3166-1 code: write two capitals, such as `NL`",
            );
        }
        shaped.then_some(country.value)
    });
    let collect = collect(problems, &mut root);
    let photos = root.flag(problems, "photos", false);
    let legal = required_section(
        problems,
        &mut root,
        "legal",
        "without ground, purpose and contact no site is visited",
    )
    .and_then(|section| legal(problems, section));
    let retention = required_section(
        problems,
        &mut root,
        "retention",
        "say how many days each class of data is kept",
    )
    .and_then(|section| retention(problems, section));
    let visit = required_section(
        problems,
        &mut root,
        "visit",
        "say where to start and how slowly to go",
    )
    .and_then(|section| visit(problems, section));
    let links = required_section(
        problems,
        &mut root,
        "links",
        "say which addresses are listings",
    )
    .and_then(|section| links(problems, section));
    let dates = match root.section(problems, "dates") {
        Some(section) => dates(problems, section),
        None => Dates::default(),
    };
    let listing = required_section(
        problems,
        &mut root,
        "listing",
        "say where a listing's text stands",
    )
    .and_then(|section| listing(problems, section));
    root.finish(problems);

    let (legal, contact_page, review_line) = legal?;
    let profile = SiteProfile {
        id: id?,
        name: name?.value,
        language,
        country,
        collect: collect?,
        photos,
        legal,
        contact_page,
        retention: retention?,
        visit: visit?,
        links: links?,
        listing: listing?,
        dates,
        origin: origin.to_owned(),
        review_line,
    };
    for start in &profile.visit.start {
        if !profile.covers(start) {
            problems.at(
                &(0..0),
                format!("start page `{start}` is on no host of `visit.hosts`: add its host"),
            );
        }
    }
    Some(profile)
}

fn required_section<'t, 'i>(
    problems: &mut Problems<'_>,
    root: &mut Section<'t, 'i>,
    key: &'static str,
    way_out: &str,
) -> Option<Section<'t, 'i>> {
    if root.value(key).is_none() {
        root.missing(problems, key, way_out);
        return None;
    }
    root.section(problems, key)
}

fn collect(problems: &mut Problems<'_>, root: &mut Section<'_, '_>) -> Option<Collect> {
    let collect = root.required_text(
        problems,
        "collect",
        "write `collect = \"features\"`, or `\"text\"` where the ground covers keeping texts",
    )?;
    match collect.value.as_str() {
        "features" => Some(Collect::Features),
        "text" => Some(Collect::Text),
        other => {
            problems.at(
                &collect.span,
                format!("unknown value `{other}` of `collect`; known: features, text"),
            );
            None
        }
    }
}

type Legal = (LegalGround, Option<String>, usize);

fn legal(problems: &mut Problems<'_>, mut section: Section<'_, '_>) -> Option<Legal> {
    let ground = section.required_text(
        problems,
        "ground",
        "name the ground in law with its article; without one the site is not visited",
    );
    let purpose = section.required_text(
        problems,
        "purpose",
        "say what the data are for; it is shown to the site",
    );
    let approver =
        section.required_text(problems, "approver", "name who approved visiting this site");
    let contact = section
        .required_text(
            problems,
            "contact",
            "give an e-mail address at which the site can reach you; it is sent with each request",
        )
        .filter(|contact| {
            let shaped = is_email(&contact.value);
            if !shaped {
                problems.at(
                    &contact.span,
                    format!(
                        "`{}` in `legal.contact` is no e-mail address",
                        contact.value
                    ),
                );
            }
            shaped
        });
    let contact_page =
        section.text(problems, "contact_page").and_then(|page| {
            match url::Url::parse(&page.value) {
                Ok(url) if matches!(url.scheme(), "http" | "https") => Some(url.to_string()),
                _ => {
                    problems.at(
                        &page.span,
                        "`legal.contact_page` is no web address: write `https://…`",
                    );
                    None
                }
            }
        });
    let review_by = section
        .required_text(
            problems,
            "review_by",
            "write the day after which the profile must be reviewed, such as `2027-01-31`",
        )
        .and_then(|date| match date.value.parse::<Timestamp>() {
            Ok(moment) => Some(Sited {
                value: moment,
                span: date.span,
            }),
            Err(error) => {
                problems.at(&date.span, error.to_string());
                None
            }
        });
    section.finish(problems);
    let review_by = review_by?;
    let line = problems.line_of(review_by.span.start);
    let ground = LegalGround {
        ground: ground?.value,
        purpose: purpose?.value,
        approver: approver?.value,
        contact: contact?.value,
        review_by: review_by.value,
    };
    Some((ground, contact_page, line))
}

fn is_email(written: &str) -> bool {
    let graphic = written.bytes().all(|byte| byte.is_ascii_graphic());
    written.split_once('@').is_some_and(|(name, host)| {
        graphic && !name.is_empty() && host.contains('.') && !host.contains(['@', '<', '>', ','])
    })
}

fn retention(problems: &mut Problems<'_>, mut section: Section<'_, '_>) -> Option<Retention> {
    let mut days = |key: &'static str| {
        if section.value(key).is_none() {
            section.missing(problems, key, "say for how many days");
            return None;
        }
        let days = section.number(problems, key, 1..=LONGEST_RETENTION_DAYS)?;
        u16::try_from(days.value).ok()
    };
    let (text, feature, photo) = (
        days("text_days"),
        days("feature_days"),
        days("photo_hash_days"),
    );
    section.finish(problems);
    Some(Retention {
        text_days: text?,
        feature_days: feature?,
        photo_hash_days: photo?,
    })
}

fn visit(problems: &mut Problems<'_>, mut section: Section<'_, '_>) -> Option<VisitRules> {
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

fn pattern(problems: &mut Problems<'_>, written: &Sited<String>) -> Option<Regex> {
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

fn links(problems: &mut Problems<'_>, mut section: Section<'_, '_>) -> Option<LinkRules> {
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

fn dates(problems: &mut Problems<'_>, mut section: Section<'_, '_>) -> Dates {
    let formats = section
        .texts(problems, "formats")
        .into_iter()
        .map(|format| format.value)
        .collect();
    let zone = match section.text(problems, "zone") {
        None => jiff::tz::TimeZone::UTC,
        Some(name) => jiff::tz::TimeZone::get(&name.value).unwrap_or_else(|_| {
            problems.at(
                &name.span,
                format!(
                    "unknown time zone `{}`: write an IANA name, such as `Europe/Amsterdam`",
                    name.value
                ),
            );
            jiff::tz::TimeZone::UTC
        }),
    };
    let months: Vec<Sited<String>> = section.texts(problems, "months");
    if let Some(first) = months.first()
        && months.len() != 12
    {
        problems.at(
            &first.span,
            format!(
                "`dates.months` has {} names: give all twelve, or none",
                months.len()
            ),
        );
    }
    section.finish(problems);
    Dates {
        formats,
        zone,
        months: months
            .into_iter()
            .map(|month| month.value.to_lowercase())
            .collect(),
    }
}

fn listing(problems: &mut Problems<'_>, mut section: Section<'_, '_>) -> Option<ListingSources> {
    if section.value("text").is_none() {
        section.missing(
            problems,
            "text",
            "write a CSS selector, or `{ json_ld = \"description\" }`",
        );
    }
    let mut field = |key: &'static str| {
        let path = section.path(key);
        match section.value(key) {
            Some(value) => sources(problems, &path, value),
            None => Sources::default(),
        }
    };
    let mut found = ListingSources {
        title: field("title"),
        text: field("text"),
        age: field("age"),
        city: field("city"),
        phones: field("phones"),
        emails: field("emails"),
        handles: field("handles"),
        price: field("price"),
        price_currency: field("price_currency"),
        price_per: field("price_per"),
        images: field("images"),
        posted_at: field("posted_at"),
        author_id: field("author_id"),
        author_name: field("author_name"),
        author_kind: field("author_kind"),
        author_verified: field("author_verified"),
        author_payer: field("author_payer"),
        author_since: field("author_since"),
        attributes: BTreeMap::new(),
    };
    if let Some(attributes) = section.section(problems, "attributes") {
        for (name, value) in attributes.entries() {
            if found.attributes.len() == MOST_ATTRIBUTES {
                problems.at(
                    attributes.span(),
                    format!("more than {MOST_ATTRIBUTES} attributes: keep what is necessary"),
                );
                break;
            }
            let path = attributes.path(name);
            found
                .attributes
                .insert(name.to_owned(), sources(problems, &path, value));
        }
    }
    section.finish(problems);
    Some(found)
}

fn sources(problems: &mut Problems<'_>, path: &str, value: &Spanned<DeValue<'_>>) -> Sources {
    let found = match value.get_ref() {
        DeValue::Array(items) => items
            .iter()
            .filter_map(|item| source(problems, path, item))
            .collect(),
        _ => source(problems, path, value).into_iter().collect(),
    };
    Sources(found)
}

fn source(problems: &mut Problems<'_>, path: &str, value: &Spanned<DeValue<'_>>) -> Option<Source> {
    let Some(table) = value.get_ref().as_table() else {
        let css = text_of(problems, path, value)?;
        return Some(Source {
            place: Place::Css {
                selector: selector(problems, &css)?,
                attribute: None,
            },
            pattern: None,
        });
    };
    let mut section = Section::of(path, table, value.span());
    let css = section.text(problems, "css");
    let json_ld = section.text(problems, "json_ld");
    let attribute = section.text(problems, "attr");
    let of_type = section.text(problems, "of");
    let wanted = section.text(problems, "pattern");
    let pattern = match &wanted {
        Some(written) => Some(pattern(problems, written)?),
        None => None,
    };
    section.finish(problems);
    let place = match (css, json_ld) {
        (Some(css), None) => {
            if let Some(of_type) = of_type {
                problems.at(
                    &of_type.span,
                    format!("`{path}.of` goes with `json_ld` only"),
                );
            }
            Place::Css {
                selector: selector(problems, &css)?,
                attribute: attribute.map(|name| name.value.to_ascii_lowercase()),
            }
        }
        (None, Some(keys)) => {
            if let Some(attribute) = attribute {
                problems.at(
                    &attribute.span,
                    format!("`{path}.attr` goes with `css` only"),
                );
            }
            Place::JsonLd {
                path: keys.value.split('.').map(str::to_owned).collect(),
                of_type: of_type.map(|name| name.value),
            }
        }
        _ => {
            problems.at(
                &value.span(),
                format!("`{path}` needs one place: `css` or `json_ld`"),
            );
            return None;
        }
    };
    Some(Source { place, pattern })
}

fn selector(problems: &mut Problems<'_>, css: &Sited<String>) -> Option<Selector> {
    match Selector::parse(&css.value) {
        Ok(selector) => Some(selector),
        Err(error) => {
            problems.at(
                &css.span,
                format!("CSS selector `{}` cannot be read: {error}", css.value),
            );
            None
        }
    }
}
