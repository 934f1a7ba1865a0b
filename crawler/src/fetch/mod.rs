//! Sends one request under a permit and says what came of it.
//!
//! It identifies itself and does nothing by itself: no redirect, no cookie, no retry, no proxy, no
//! unpacking behind our back, no browser's name.
//!
//! Invariant: no request without a [`Permit`], which `fetch` takes by value.
//! Invariant: every length and every wait has a cap ([`FetchLimits`]).

mod body;
mod client;
mod outcome;
mod retry_after;

use std::sync::Arc;
use std::time::Duration;

use model::Clock;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use store::{Traffic, Validators};
use tokio::time::{Instant, timeout};
use url::{Host, Url};

use crate::decompress;
use crate::error::CrawlError;
use crate::limits::{FetchLimits, Limits};
use crate::politeness::{Permit, may_connect};
use crate::profile::SiteProfile;
use body::End;

pub use outcome::{Answer, Exchange, Failure, FetchOutcome, Fetched};
pub use retry_after::RetryAfter;

/// Sends requests. One for the whole process; cheap to share.
pub struct Fetcher {
    client: reqwest::Client,
    pins: client::Pins,
    clock: Arc<dyn Clock>,
    limits: FetchLimits,
    retry_after_max_ms: i64,
}

/// What a request says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks, and for what.
    pub user_agent: String,
    /// Where the site can reach us.
    pub from: String,
    /// What is accepted.
    pub accept: &'static str,
    /// The languages of the site's listings.
    pub language: Option<String>,
    /// What to ask "has it changed?" with.
    pub validators: Validators,
}

impl Request {
    /// For a page of this site.
    pub fn page(profile: &SiteProfile, validators: Validators) -> Self {
        Self {
            user_agent: profile.user_agent(),
            from: profile.legal.contact.clone(),
            accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            language: profile.language.clone(),
            validators,
        }
    }

    /// For a photo of this site.
    pub fn photo(profile: &SiteProfile, validators: Validators) -> Self {
        Self {
            accept: "image/jpeg,image/png,image/webp,image/gif;q=0.8,*/*;q=0.1",
            ..Self::page(profile, validators)
        }
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut add = |name: HeaderName, value: &[u8]| {
            if let Ok(value) = HeaderValue::from_bytes(value) {
                headers.insert(name, value);
            }
        };
        use reqwest::header as h;
        add(h::USER_AGENT, self.user_agent.as_bytes());
        add(h::FROM, self.from.as_bytes());
        add(h::ACCEPT, self.accept.as_bytes());
        add(h::ACCEPT_ENCODING, b"gzip, deflate");
        if let Some(language) = &self.language {
            add(h::ACCEPT_LANGUAGE, language.as_bytes());
        }
        if let Some(etag) = &self.validators.etag {
            add(h::IF_NONE_MATCH, etag);
        }
        if let Some(when) = &self.validators.last_modified {
            add(h::IF_MODIFIED_SINCE, when);
        }
        headers
    }

    fn asks_for_changes(&self) -> bool {
        self.validators != Validators::default()
    }
}

impl Fetcher {
    /// A fetcher.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(clock: Arc<dyn Clock>, limits: &Limits) -> Result<Self, CrawlError> {
        let pins = client::Pins::default();
        Ok(Self {
            client: client::client(&limits.fetch, pins.clone())?,
            pins,
            clock,
            limits: limits.fetch.clone(),
            retry_after_max_ms: limits.retry_after_max_ms,
        })
    }

    /// Sends the request that the permit is for.
    pub async fn fetch(&self, mut permit: Permit, request: Request) -> Fetched {
        let begin = Instant::now();
        let url = permit.url().clone();
        let _pin = match url.host() {
            Some(Host::Domain(name)) => Some(self.pins.pin(name, permit.address().ip())),
            _ => None,
        };
        let headers = request.headers();
        let request_head = request_head(&url, &headers);
        let head = Duration::from_millis(self.limits.head_ms);
        let sent = self.client.get(url.clone()).headers(headers).send();
        let answer = timeout(head, sent).await;
        permit.count_from_now();
        let at = self.clock.now();
        let failed = |failure, requests| Fetched {
            outcome: FetchOutcome::Failed(failure),
            status: None,
            traffic: Traffic { requests, bytes: 0 },
            at,
            exchange: None,
        };
        let response = match answer {
            Err(_) => return failed(Failure::HeadTimeout, 1),
            Ok(Err(error)) if error.is_connect() => return failed(Failure::Connect, 1),
            Ok(Err(_)) => return failed(Failure::Broken, 1),
            Ok(Ok(response)) => response,
        };
        let peer = response.remote_addr();
        let is_allowed = peer.is_none_or(|peer| may_connect(peer.ip(), permit.allow_loopback()));
        if !is_allowed {
            return failed(Failure::WrongPeer, 1);
        }
        let status = response.status().as_u16();
        let answered = response.headers().clone();
        let response_head = response_head(&response);
        let header_bytes: usize = answered
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum();
        let too_many =
            header_bytes > self.limits.header_bytes || answered.len() > self.limits.headers;
        let received = if too_many {
            body::Received {
                bytes: Vec::new(),
                end: End::TooLarge,
            }
        } else {
            body::read(response, &self.limits).await
        };
        let outcome = if too_many {
            FetchOutcome::Unusable {
                reason: "headers larger than the cap".to_owned(),
            }
        } else {
            self.outcome(&url, &request, status, &answered, &received)
        };
        Fetched {
            outcome,
            status: Some(status),
            traffic: Traffic {
                requests: 1,
                bytes: received.bytes.len() as u64,
            },
            at,
            exchange: Some(Exchange {
                request_head,
                response_head,
                truncated: received.end.truncated(),
                body: received.bytes,
                peer,
                duration_ms: u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX),
            }),
        }
    }

    fn outcome(
        &self,
        url: &Url,
        request: &Request,
        status: u16,
        headers: &HeaderMap,
        received: &body::Received,
    ) -> FetchOutcome {
        let header = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
        let retry_after = || {
            RetryAfter::read(
                header("retry-after"),
                self.clock.now(),
                self.retry_after_max_ms,
            )
        };
        match status {
            200..=299 => self.answer(headers, received),
            304 if request.asks_for_changes() => FetchOutcome::Unchanged,
            304 => FetchOutcome::Failed(Failure::UnaskedNotModified),
            300..=399 => FetchOutcome::Redirect {
                to: redirect_target(url, header("location")),
            },
            404 | 410 => FetchOutcome::Gone,
            429 => FetchOutcome::Busy(retry_after()),
            503 if header("retry-after").is_some() => FetchOutcome::Busy(retry_after()),
            401 | 402 | 403 | 407 | 451 => FetchOutcome::Walled,
            500..=599 => FetchOutcome::Failed(Failure::Server(status)),
            _ => FetchOutcome::Unusable {
                reason: format!("answered with {status}"),
            },
        }
    }

    fn answer(&self, headers: &HeaderMap, received: &body::Received) -> FetchOutcome {
        match &received.end {
            End::Whole => {}
            End::TooLarge => {
                return FetchOutcome::Unusable {
                    reason: format!("body larger than {} bytes", self.limits.body_bytes),
                };
            }
            End::Failed(failure) => return FetchOutcome::Failed(failure.clone()),
        }
        let owned = |name: &str| headers.get(name).map(|value| value.as_bytes().to_vec());
        let encodings: Vec<String> = headers
            .get_all("content-encoding")
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        let expanded = decompress::expand(
            &received.bytes,
            &encodings.join(","),
            self.limits.unpacked_bytes,
        );
        if let Some(problem) = expanded.problem {
            return FetchOutcome::Unusable {
                reason: problem.to_string(),
            };
        }
        FetchOutcome::Body(Answer {
            content_type: headers
                .get("content-type")
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
            body: expanded.bytes,
            validators: Validators {
                etag: owned("etag"),
                last_modified: owned("last-modified"),
            },
        })
    }
}

fn redirect_target(url: &Url, location: Option<&[u8]>) -> Result<Url, &'static str> {
    let location = location.ok_or("redirect without a target")?;
    let location = String::from_utf8_lossy(location);
    let target = url
        .join(location.trim())
        .map_err(|_| "redirect to what is no address")?;
    let target = crate::address::normalised(&target)
        .ok_or("redirect to what is no web address, or carries a password")?;
    if target == *url {
        return Err("redirect to itself");
    }
    Ok(target)
}

fn request_head(url: &Url, headers: &HeaderMap) -> String {
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let host = match (url.host_str().unwrap_or_default(), url.port()) {
        (host, Some(port)) => format!("{host}:{port}"),
        (host, None) => host.to_owned(),
    };
    let mut head = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in headers {
        head.push_str(&format!(
            "{name}: {}\r\n",
            String::from_utf8_lossy(value.as_bytes())
        ));
    }
    head + "\r\n"
}

/// Status line and headers as received, names in lower case. The body is archived without its
/// chunks, so the header that speaks of them goes by another name.
fn response_head(response: &reqwest::Response) -> Vec<u8> {
    let status = response.status();
    let mut head = format!(
        "HTTP/1.1 {} {}\r\n",
        status.as_u16(),
        status.canonical_reason().unwrap_or_default()
    )
    .into_bytes();
    for (name, value) in response.headers() {
        let name = match name.as_str() {
            "transfer-encoding" => "x-archive-transfer-encoding",
            name => name,
        };
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}
