//! From a page to what it says: a listing, links, and what was wrong.
//!
//! Pure: the same profile and page give the same extraction, today and from the archive.
//!
//! Invariant: extraction never fails. What could not be read is a problem beside what could.

mod fields;
mod json_ld;
mod links;
mod values;

use model::{AgeField, Author, ListingId, ListingVersion, Price, Timestamp};
use store::UrlKind;
use url::Url;

use crate::charset;
use crate::html::Tree;
use crate::profile::SiteProfile;
use fields::PageFields;

pub use links::FoundLink;

/// Most values of one list field.
const VALUES_LIMIT: usize = 50;
/// Most bytes of one text field; more is no advertisement.
const TEXT_LIMIT_BYTES: usize = 200_000;

/// A page as it was received, content-decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// Value of `Content-Type`.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// When it was received.
    pub seen_at: Timestamp,
}

/// What a page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The listing, where the page is one.
    pub listing: Option<ListingVersion>,
    /// Links that the profile follows, in the order of the page, each once.
    pub links: Vec<FoundLink>,
    /// What was wrong, for people; no text of the page.
    pub problems: Vec<String>,
}

/// Reads a page by its site's profile.
pub fn extract(profile: &SiteProfile, page: &Page) -> Extraction {
    let decoded = charset::decode(
        &page.body,
        page.content_type.as_deref(),
        profile.visit.charset,
    );
    let mut problems = Vec::new();
    if decoded.had_errors {
        problems.push(format!(
            "bytes that are not {}: shown as U+FFFD",
            decoded.encoding.name()
        ));
    }
    let tree = Tree::parse(&decoded.text);
    if let Some(cut) = tree.cut {
        problems.push(cut.reason().to_owned());
    }
    let links = links::links(profile, page, &tree.html, &mut problems);
    let listing = match profile.links.kind(&page.url) {
        Some(UrlKind::Listing) => {
            let fields = PageFields::new(&tree.html, &mut problems);
            listing(profile, page, &fields, &mut problems)
        }
        _ => None,
    };
    Extraction {
        listing,
        links,
        problems,
    }
}

fn listing(
    profile: &SiteProfile,
    page: &Page,
    fields: &PageFields<'_>,
    problems: &mut Vec<String>,
) -> Option<ListingVersion> {
    let Some(key) = profile.links.key(&page.url) else {
        problems.push("the address has no listing key: check `links.listing`".to_owned());
        return None;
    };
    let id = match ListingId::new(format!("{}:{key}", profile.id)) {
        Ok(id) => id,
        Err(error) => {
            problems.push(error.to_string());
            return None;
        }
    };
    let sources = &profile.listing;
    let title = fields
        .one(&sources.title)
        .unwrap_or_default()
        .replace('\n', " ");
    let mut text = fields.all(&sources.text).join("\n");
    if title.is_empty() && text.is_empty() {
        problems.push(
            "neither title nor text stands where the profile says: check `listing.title` and \
             `listing.text`"
                .to_owned(),
        );
        return None;
    }
    if text.is_empty() {
        problems.push("no text stands where `listing.text` says".to_owned());
    }
    if text.len() > TEXT_LIMIT_BYTES {
        problems.push(format!("text cut at {TEXT_LIMIT_BYTES} bytes"));
        text.truncate(text.floor_char_boundary(TEXT_LIMIT_BYTES));
    }
    let mut date = |field: &str, source| {
        let written = fields.one(source)?;
        let read = values::date(&written, &profile.dates);
        if read.is_none() {
            problems.push(format!("date in `{field}` not understood: check `dates`"));
        }
        read
    };
    let posted_at = date("posted_at", &sources.posted_at);
    let since = date("author_since", &sources.author_since);
    let author = Author {
        id: fields.one(&sources.author_id),
        name: fields.one(&sources.author_name),
        kind: fields.one(&sources.author_kind),
        verified: fields
            .one_or_empty(&sources.author_verified)
            .map(|said| values::is_yes(&said)),
        payer_id: fields.one(&sources.author_payer),
        since,
    };
    let written_price = fields.one(&sources.price);
    let price = written_price
        .as_deref()
        .and_then(values::amount)
        .map(|amount| Price {
            amount,
            currency: fields
                .one(&sources.price_currency)
                .or_else(|| written_price.clone())
                .and_then(|written| values::currency(&written)),
            per: fields.one(&sources.price_per),
        });
    if written_price.is_some() && price.is_none() {
        problems.push("no amount in `price`".to_owned());
    }
    Some(ListingVersion {
        site: Some(profile.id.clone()),
        url: Some(page.url.to_string()),
        title,
        text,
        language: profile
            .language
            .clone()
            .or_else(|| fields.declared_language()),
        posted_at,
        seen_at: Some(page.seen_at),
        age: fields
            .one(&sources.age)
            .map(|written| match written.trim().parse() {
                Ok(number) => AgeField::Number(number),
                Err(_) => AgeField::Words(written),
            }),
        city: fields.one(&sources.city),
        country: profile.country.clone(),
        phones: values::contacts(fields.all(&sources.phones), "tel:"),
        emails: values::contacts(fields.all(&sources.emails), "mailto:"),
        handles: values::distinct(fields.all(&sources.handles)),
        price,
        author: (author != Author::default()).then_some(author),
        images: images(page, fields, profile),
        attributes: sources
            .attributes
            .iter()
            .filter_map(|(name, source)| {
                let mut found = fields.all(source);
                found.truncate(VALUES_LIMIT);
                match found.len() {
                    0 => None,
                    1 => Some((name.clone(), found.remove(0).into())),
                    _ => Some((name.clone(), found.into())),
                }
            })
            .collect(),
        ..ListingVersion::empty(id)
    })
}

fn images(page: &Page, fields: &PageFields<'_>, profile: &SiteProfile) -> Vec<String> {
    let mut found = Vec::new();
    for written in fields.all(&profile.listing.images) {
        let url = fields
            .base(&page.url)
            .join(written.trim())
            .ok()
            .and_then(|url| crate::address::normalised(&url));
        if let Some(url) = url {
            found.push(url.to_string());
        }
    }
    values::distinct(found)
}

#[cfg(test)]
mod tests;
