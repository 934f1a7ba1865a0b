//! What stands around every page: the host is one of ours, the head has a limit, a request has an
//! end, and every answer carries the headers that keep other pages out.
//!
//! Invariant: no answer leaves without these headers, a refusal or a failure included (test
//! `every_answer_carries_the_headers`).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::{Problem, Refusal};
use super::state::{Address, ReviewState};
use super::visit::Visit;

/// No script, no frame, no outside request; the stylesheet and the icon come from here.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer. The referrer stays within this origin: with `no-referrer` browsers
/// would send the forms with the origin `null`, which `posted` refuses.
const ALWAYS: [(&str, &str); 8] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
    ("x-robots-tag", "noindex, nofollow"),
];

pub(super) async fn guard(
    State(state): State<Arc<ReviewState>>,
    request: Request,
    next: Next,
) -> Response {
    let visit = Visit::of(request.uri(), request.headers());
    let mut response = match objection(&state, &request) {
        Some(problem) => Refusal::new(&visit, problem).into_response(),
        None => {
            let limit = Duration::from_millis(state.options.request_timeout_ms);
            match tokio::time::timeout(limit, next.run(request)).await {
                Ok(response) => response,
                Err(_) => Refusal::new(&visit, Problem::TooSlow).into_response(),
            }
        }
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if let Address::Public { .. } = state.options.address {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if let Some(cookie) = visit.cookie_to_remember(&state.options.address) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

fn objection(state: &ReviewState, request: &Request) -> Option<Problem> {
    let head_bytes = request
        .uri()
        .path_and_query()
        .map_or(0, |it| it.as_str().len())
        + request
            .headers()
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum::<usize>();
    if head_bytes > state.options.header_limit_bytes {
        return Some(Problem::HeadTooLarge);
    }
    if !host_is_ours(&state.options.address, request.headers()) {
        return Some(Problem::WrongHost);
    }
    None
}

/// Whether the `Host` header names this server.
fn host_is_ours(address: &Address, headers: &HeaderMap) -> bool {
    let Some(host) = host(headers) else {
        return false;
    };
    match address {
        Address::Public { origin } => origin.strip_prefix("https://") == Some(host),
        Address::Loopback => is_loopback(host),
    }
}

/// Whether the request was sent by one of our own pages, as far as the browser tells: every
/// browser that supports this program sends `Origin` with a form.
pub(super) fn comes_from_here(address: &Address, headers: &HeaderMap) -> bool {
    let fetched_from = headers.get("sec-fetch-site");
    let origin = headers.get(header::ORIGIN);
    let origin_fits = origin.is_none_or(|origin| match address {
        Address::Public { origin: ours } => origin == ours.as_str(),
        Address::Loopback => host(headers).is_some_and(|host| {
            origin.as_bytes().strip_prefix(b"http://") == Some(host.as_bytes())
        }),
    });
    let site_fits = fetched_from.is_none_or(|site| site == "same-origin");
    (origin.is_some() || fetched_from.is_some()) && origin_fits && site_fits
}

fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    hosts.next().is_none().then_some(host)
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|sign| sign.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod checks {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_our_host_is_answered() {
        let public = Address::Public {
            origin: "https://review.example.org".into(),
        };
        for (address, host, expected) in [
            (&Address::Loopback, "localhost", true),
            (&Address::Loopback, "127.0.0.1:8080", true),
            (&Address::Loopback, "[::1]:8080", true),
            (&Address::Loopback, "[::1]", true),
            (&Address::Loopback, "rebound.example.org", false),
            (&Address::Loopback, "127.0.0.1.example.org", false),
            (&Address::Loopback, "localhost:80@example.org", false),
            (&public, "review.example.org", true),
            (&public, "review.example.org:444", false),
            (&public, "localhost", false),
        ] {
            assert_eq!(
                host_is_ours(address, &headers(&[("host", host)])),
                expected,
                "{host}"
            );
        }
        assert!(!host_is_ours(&Address::Loopback, &HeaderMap::new()));
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let public = Address::Public {
            origin: "https://review.example.org".into(),
        };
        let local = Address::Loopback;
        let at = ("host", "localhost:8080");
        for (address, lines, expected) in [
            (&local, vec![at, ("origin", "http://localhost:8080")], true),
            (&local, vec![at, ("sec-fetch-site", "same-origin")], true),
            (&local, vec![at, ("origin", "http://localhost:9")], false),
            (
                &local,
                vec![at, ("origin", "https://localhost:8080")],
                false,
            ),
            (&local, vec![at, ("origin", "null")], false),
            (&local, vec![at], false),
            (
                &local,
                vec![
                    at,
                    ("origin", "http://localhost:8080"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
            (&local, vec![at, ("sec-fetch-site", "same-site")], false),
            (&local, vec![at, ("sec-fetch-site", "none")], false),
            (
                &public,
                vec![("origin", "https://review.example.org")],
                true,
            ),
            (&public, vec![("origin", "https://example.org")], false),
        ] {
            assert_eq!(
                comes_from_here(address, &headers(&lines)),
                expected,
                "{lines:?}"
            );
        }
    }
}
