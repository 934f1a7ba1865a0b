//! Looks up a profile's sources on one page.

use scraper::{Html, Selector};
use url::Url;

use super::json_ld;
use crate::html::plain_text;
use crate::profile::{Place, Source, Sources};

/// Most elements that one selector yields.
const MATCHES_LIMIT: usize = 200;

/// A page with its structured blocks read once.
pub(super) struct PageFields<'a> {
    html: &'a Html,
    json_ld: Vec<serde_json::Value>,
}

impl<'a> PageFields<'a> {
    pub(super) fn new(html: &'a Html, problems: &mut Vec<String>) -> Self {
        Self {
            html,
            json_ld: json_ld::blocks(html, problems),
        }
    }

    /// The first value that is not empty.
    pub(super) fn one(&self, sources: &Sources) -> Option<String> {
        self.all(sources).into_iter().next()
    }

    /// The first value; an element without text counts too (a badge).
    pub(super) fn one_or_empty(&self, sources: &Sources) -> Option<String> {
        sources
            .0
            .iter()
            .find_map(|source| self.values(source).into_iter().next())
    }

    /// All values of the first source that yields any.
    pub(super) fn all(&self, sources: &Sources) -> Vec<String> {
        for source in &sources.0 {
            let found: Vec<String> = self
                .values(source)
                .into_iter()
                .filter(|value| !value.is_empty())
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn values(&self, source: &Source) -> Vec<String> {
        let written: Vec<String> = match &source.place {
            Place::Css {
                selector,
                attribute,
            } => self
                .html
                .select(selector)
                .take(MATCHES_LIMIT)
                .filter_map(|element| match attribute {
                    Some(name) => element.attr(name).map(|value| value.trim().to_owned()),
                    None => Some(plain_text(element)),
                })
                .collect(),
            Place::JsonLd { path, of_type } => {
                json_ld::values(&self.json_ld, path, of_type.as_deref())
            }
        };
        let Some(pattern) = &source.pattern else {
            return written;
        };
        let mut wanted = Vec::new();
        for text in &written {
            for groups in pattern.captures_iter(text) {
                let part = groups.get(1).or_else(|| groups.get(0));
                wanted.extend(part.map(|part| part.as_str().trim().to_owned()));
            }
        }
        wanted.truncate(MATCHES_LIMIT);
        wanted
    }

    /// The `lang` of the page.
    pub(super) fn declared_language(&self) -> Option<String> {
        let tag = self.html.root_element().attr("lang")?.trim();
        let shaped = !tag.is_empty()
            && tag.len() <= 35
            && tag
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        shaped.then(|| tag.to_owned())
    }

    /// What relative addresses on the page start from.
    pub(super) fn base(&self, page: &Url) -> Url {
        base(self.html, page)
    }
}

/// What relative addresses on the page start from: its `base` element, else its own address.
pub(super) fn base(html: &Html, page: &Url) -> Url {
    let Ok(selector) = Selector::parse("base[href]") else {
        return page.clone();
    };
    html.select(&selector)
        .next()
        .and_then(|element| element.attr("href"))
        .and_then(|href| page.join(href.trim()).ok())
        .unwrap_or_else(|| page.clone())
}
