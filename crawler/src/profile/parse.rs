//! From TOML to a profile: every key, its checks and its message.

use model::{LegalGround, Retention, SiteId, Timestamp};
use toml::Spanned;
use toml::de::DeTable;

use super::parse_listing::listing;
use super::parse_visit::{links, visit};
use super::toml_reader::{Problems, Section, Sited};
use super::{Collect, Dates, ProfileError, SiteProfile};

/// Longest retention, ten years: more is no retention period.
const LONGEST_RETENTION_DAYS: u64 = 3_650;

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
