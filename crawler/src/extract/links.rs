//! The links of a page that the profile follows.

use std::collections::BTreeSet;

use scraper::{Html, Selector};
use store::UrlKind;
use url::Url;

use super::{Page, fields};
use crate::address;
use crate::profile::SiteProfile;

/// Most links of one page that are followed.
const LINKS_LIMIT: usize = 5_000;

/// A link that the profile follows, in its one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLink {
    /// Where it leads.
    pub url: Url,
    /// What is expected there.
    pub kind: UrlKind,
}

pub(super) fn links(
    profile: &SiteProfile,
    page: &Page,
    html: &Html,
    problems: &mut Vec<String>,
) -> Vec<FoundLink> {
    let Ok(selector) = Selector::parse("a[href], area[href], link[rel~='next' i][href]") else {
        return Vec::new();
    };
    let base = fields::base(html, &page.url);
    let (mut found, mut seen, mut traps) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for element in html.select(&selector) {
        let Some(url) = element
            .attr("href")
            .and_then(|href| base.join(href.trim()).ok())
            .and_then(|url| address::normalised(&url))
        else {
            continue;
        };
        if !profile.covers(&url) {
            continue;
        }
        let is_next = profile.links.follow_next
            && element.attr("rel").is_some_and(|rel| {
                rel.split_ascii_whitespace()
                    .any(|word| word.eq_ignore_ascii_case("next"))
            });
        let kind = match profile.links.kind(&url) {
            Some(kind) => kind,
            None if is_next => UrlKind::List,
            None => continue,
        };
        if let Some(trap) = address::trap(&url, page.seen_at) {
            traps.insert(trap.reason());
            continue;
        }
        if url == page.url || !seen.insert(url.to_string()) {
            continue;
        }
        if found.len() == LINKS_LIMIT {
            problems.push(format!(
                "more than {LINKS_LIMIT} links: the rest is not followed"
            ));
            break;
        }
        found.push(FoundLink { url, kind });
    }
    problems.extend(
        traps
            .into_iter()
            .map(|reason| format!("links not followed: {reason}")),
    );
    found
}
