//! What every request brings: the language of its page and the words of its address.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};

use super::session::{cookie, cookie_line};
use super::state::Address;
use super::words::{Words, words};
use report::words::Tongue;

const LANGUAGE_COOKIE: &str = "waaklicht-language";
const YEAR_SECONDS: u32 = 31_536_000;

/// The language and the address of a request.
#[derive(Clone)]
pub(super) struct Visit {
    /// The language of the page.
    pub(super) tongue: Tongue,
    /// All words in it.
    pub(super) words: &'static Words,
    path: String,
    query: BTreeMap<String, String>,
}

impl Visit {
    pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let query = Query::<BTreeMap<String, String>>::try_from_uri(uri)
            .map(|Query(query)| query)
            .unwrap_or_default();
        let tongue = query
            .get("lang")
            .and_then(|code| Tongue::from_code(code))
            .or_else(|| Tongue::from_code(cookie(headers, LANGUAGE_COOKIE)?))
            .or_else(|| preferred(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
            .unwrap_or(Tongue::Dutch);
        Self {
            tongue,
            words: words(tongue),
            path: uri.path().to_owned(),
            query,
        }
    }

    /// A value out of the address, `?name=value`.
    pub(super) fn asked(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// The same visit for a page that stands elsewhere: the answer to a form is no place to come
    /// back to, so the language is switched at the page that holds the form.
    pub(super) fn at(&self, path: String) -> Self {
        Self {
            path,
            query: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// This page in another language. The values of the address are closed lists and ids, so all
    /// that is no plain sign is left out.
    pub(super) fn here_in(&self, tongue: Tongue) -> String {
        let plain = |text: &str| {
            text.bytes()
                .all(|sign| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign))
        };
        let mut address = format!("{}?", self.path);
        for (name, value) in &self.query {
            if name != "lang" && plain(name) && plain(value) {
                address.push_str(&format!("{name}={value}&"));
            }
        }
        address.push_str("lang=");
        address.push_str(tongue.code());
        address
    }

    /// The cookie that keeps a language chosen by `?lang=`.
    pub(super) fn cookie_to_remember(&self, address: &Address) -> Option<HeaderValue> {
        let chosen = Tongue::from_code(self.asked("lang")?)?;
        Some(cookie_line(
            address,
            LANGUAGE_COOKIE,
            chosen.code(),
            Some(YEAR_SECONDS),
        ))
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

/// The known language that an `Accept-Language` header likes best.
fn preferred(accepted: &str) -> Option<Tongue> {
    let mut best: Option<(Tongue, f32)> = None;
    for entry in accepted.split(',') {
        let (tag, weight) = entry.split_once(";q=").unwrap_or((entry, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let code = tag.trim().split('-').next().unwrap_or_default();
        let Some(tongue) = Tongue::from_code(&code.to_ascii_lowercase()) else {
            continue;
        };
        if weight > 0.0 && best.is_none_or(|(_, most)| weight > most) {
            best = Some((tongue, weight));
        }
    }
    best.map(|(tongue, _)| tongue)
}

#[cfg(test)]
mod checks {
    use super::*;

    #[track_caller]
    fn check(
        address: &'static str,
        lines: &[(header::HeaderName, &'static str)],
        expected: Tongue,
    ) {
        let headers: HeaderMap = lines
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        let visit = Visit::of(&Uri::from_static(address), &headers);
        assert_eq!(visit.tongue, expected, "{address} {lines:?}");
    }

    #[test]
    fn address_then_cookie_then_browser_then_dutch() {
        use Tongue::{Dutch, English};
        use header::{ACCEPT_LANGUAGE, COOKIE};
        check("/", &[], Dutch);
        check(
            "/",
            &[(ACCEPT_LANGUAGE, "en-GB,en;q=0.9,nl;q=0.8")],
            English,
        );
        check(
            "/",
            &[(ACCEPT_LANGUAGE, "fr, en;q=0.3, nl-BE;q=0.5")],
            Dutch,
        );
        check("/", &[(ACCEPT_LANGUAGE, "en;q=0")], Dutch);
        check("/", &[(ACCEPT_LANGUAGE, "fr;q=x;;,")], Dutch);
        let english = (COOKIE, "a=b; waaklicht-language=en");
        check("/", &[english.clone(), (ACCEPT_LANGUAGE, "nl")], English);
        check("/?lang=nl", std::slice::from_ref(&english), Dutch);
        check("/?lang=fr", &[english], English);
    }

    #[test]
    fn the_switch_keeps_the_page_and_drops_what_is_no_plain_value() {
        let uri = Uri::from_static("/queue?lane=minor&lang=nl&x=%22%3E&after=g1");
        let visit = Visit::of(&uri, &HeaderMap::new());
        assert_eq!(
            visit.here_in(Tongue::English),
            "/queue?after=g1&lane=minor&lang=en"
        );
    }
}
