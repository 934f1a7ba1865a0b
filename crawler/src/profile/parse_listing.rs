//! From TOML to the places where a listing's fields stand.

use std::collections::BTreeMap;

use scraper::Selector;
use toml::Spanned;
use toml::de::DeValue;

use super::parse_visit::pattern;
use super::toml_reader::{Problems, Section, Sited, text_of};
use super::{ListingSources, Place, Source, Sources};

/// Attributes that a profile may name.
const MOST_ATTRIBUTES: usize = 50;

pub(super) fn listing(
    problems: &mut Problems<'_>,
    mut section: Section<'_, '_>,
) -> Option<ListingSources> {
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
