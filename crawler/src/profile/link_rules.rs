//! Which links of a site are followed, and what is expected there.

use regex::Regex;
use store::UrlKind;

/// Patterns over an address's path and query.
#[derive(Clone, Debug)]
pub struct LinkRules {
    /// A listing; its group `key` names the listing within the site.
    pub listing: Regex,
    /// Further pages that list listings.
    pub list: Vec<Regex>,
    /// Whether `rel=next` is followed.
    pub follow_next: bool,
}

impl LinkRules {
    /// What is expected at this address, by its path and query; `None`: it is not followed.
    pub fn kind(&self, url: &url::Url) -> Option<UrlKind> {
        let path = path_and_query(url);
        if self.listing.is_match(&path) {
            return Some(UrlKind::Listing);
        }
        self.list
            .iter()
            .any(|list| list.is_match(&path))
            .then_some(UrlKind::List)
    }

    /// The listing's key within the site.
    pub fn key(&self, url: &url::Url) -> Option<String> {
        let path = path_and_query(url);
        let groups = self.listing.captures(&path)?;
        let key = groups.name("key")?.as_str();
        (!key.is_empty()).then(|| key.to_owned())
    }
}

fn path_and_query(url: &url::Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}
