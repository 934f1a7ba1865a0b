//! The sites on loopback: listeners, conditional answers, and a log of what was asked and when.
//!
//! Invariant: listeners are bound to 127.0.0.1 only.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::dates;
use crate::robots;
use crate::sites::{self, Answer, Asked, Page, SiteName};
use crate::world::World;

/// Requests that a site's log holds; later ones are served and not logged.
pub const REQUEST_LOG_LIMIT: usize = 100_000;
/// How long the slow page takes.
const SLOW_PAGE: Duration = Duration::from_millis(1_500);

/// Why the imitation sites cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// No port on loopback.
    #[error(
        "cannot listen on a free port of 127.0.0.1 for the imitation site `{site}`: allow this \
         program to listen on loopback, or close programs that hold many ports"
    )]
    Listen {
        /// The site.
        site: SiteName,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The three sites while they are served. Dropping it stops them.
#[derive(Debug)]
pub struct Served {
    /// The sites, in the order of [`SiteName::ALL`].
    pub sites: Vec<ServedSite>,
    round: Arc<AtomicU8>,
    logs: Vec<Arc<Log>>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Where a site is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedSite {
    /// The name of its profile, `marktplein`.
    pub name: String,
    /// `http://127.0.0.1:PORT`, without a `/` at the end.
    pub base_url: String,
}

/// What one site was asked, in the order of arrival.
#[derive(Clone, Debug)]
pub struct SiteRequests {
    /// The site.
    pub site: String,
    /// The requests.
    pub requests: Vec<Request>,
}

/// A request as the site saw it.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it arrived.
    pub arrived: Instant,
    /// When the answer was handed over for sending.
    pub answered: Instant,
    /// `GET`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// `User-Agent`, empty where there was none.
    pub user_agent: String,
    /// Whether robots.txt forbids the address: a breach.
    pub forbidden: bool,
}

#[derive(Debug, Default)]
struct Log(Mutex<Vec<Request>>);

struct Shared {
    world: World,
    site: SiteName,
    base_url: String,
    round: Arc<AtomicU8>,
    log: Arc<Log>,
}

impl Served {
    pub(crate) async fn start(world: World) -> Result<Self, DemoError> {
        let round = Arc::new(AtomicU8::new(1));
        let (stop, _) = watch::channel(false);
        let mut served = Self {
            sites: Vec::new(),
            round: Arc::clone(&round),
            logs: Vec::new(),
            stop,
            tasks: Vec::new(),
        };
        for site in SiteName::ALL {
            let failed = |source| DemoError::Listen { site, source };
            let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
                .await
                .map_err(failed)?;
            let base_url = format!("http://{}", listener.local_addr().map_err(failed)?);
            let log = Arc::new(Log::default());
            let shared = Arc::new(Shared {
                world: world.clone(),
                site,
                base_url: base_url.clone(),
                round: Arc::clone(&round),
                log: Arc::clone(&log),
            });
            let router = Router::new().fallback(handle).with_state(shared);
            let mut stopped = served.stop.subscribe();
            served.tasks.push(tokio::spawn(async move {
                let until = async move {
                    // An error means that the sender is gone: then, too, it is over.
                    let _ = stopped.wait_for(|stop| *stop).await;
                };
                // Serving ends with `until`; axum itself never fails here.
                let _ = axum::serve(listener, router)
                    .with_graceful_shutdown(until)
                    .await;
            }));
            served.logs.push(log);
            served.sites.push(ServedSite {
                name: site.name().to_owned(),
                base_url,
            });
        }
        Ok(served)
    }

    /// From now on the sites show this round: 1, or 2 with its changes.
    pub fn set_round(&self, round: u8) {
        self.round.store(round, Ordering::SeqCst);
    }

    /// What was asked so far, by site.
    pub fn requests(&self) -> Vec<SiteRequests> {
        self.sites
            .iter()
            .zip(&self.logs)
            .map(|(site, log)| SiteRequests {
                site: site.name.clone(),
                requests: log.all(),
            })
            .collect()
    }

    /// Stops listening. Connections that are still open are cut.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        for task in &mut self.tasks {
            // A client may hold its connection open for ever.
            if tokio::time::timeout(Duration::from_millis(200), &mut *task)
                .await
                .is_err()
            {
                task.abort();
            }
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Log {
    fn add(&self, request: Request) {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() < REQUEST_LOG_LIMIT {
            requests.push(request);
        }
    }

    fn all(&self) -> Vec<Request> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = requests.clone();
        all.sort_by_key(|request| request.arrived);
        all
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: HttpRequest) -> Response<Body> {
    let arrived = Instant::now();
    let uri = request.uri();
    let (path, query) = (
        uri.path().to_owned(),
        uri.query().unwrap_or_default().to_owned(),
    );
    let path_and_query = uri
        .path_and_query()
        .map_or_else(|| path.clone(), |both| both.as_str().to_owned());
    let asked = Asked {
        path: &path,
        query: &query,
        round: shared.round.load(Ordering::SeqCst),
        base_url: &shared.base_url,
    };
    let response = if request.method() == Method::GET {
        match sites::answer(&shared.world, shared.site, &asked) {
            Answer::Page(page) => {
                if page.slow {
                    tokio::time::sleep(SLOW_PAGE).await;
                }
                respond(shared.site, page, request.headers())
            }
            Answer::Moved { status, to } => plain(status, &[(header::LOCATION, to)], Vec::new()),
            Answer::Missing { status, body } => {
                let html = (header::CONTENT_TYPE, "text/html".to_owned());
                plain(status, &[html], body)
            }
        }
    } else {
        plain(405, &[(header::ALLOW, "GET".to_owned())], Vec::new())
    };
    let user_agent = request.headers().get(header::USER_AGENT);
    shared.log.add(Request {
        arrived,
        answered: Instant::now(),
        method: request.method().to_string(),
        status: response.status().as_u16(),
        user_agent: user_agent
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
        forbidden: robots::forbids(shared.site.forbidden(), &path_and_query),
        path: path_and_query,
    });
    response
}

/// A page with its validators; 304 when the asker has it already.
fn respond(site: SiteName, page: Page, asked: &HeaderMap) -> Response<Body> {
    let (with_tag, with_date) = site.validators();
    let mut headers = vec![(header::CONTENT_TYPE, page.media_type.to_owned())];
    let tag = with_tag.then(|| {
        // Weak where the bytes on the wire may be compressed or not.
        let mark = if site.compresses() { "W/" } else { "" };
        format!("{mark}\"{}\"", model::Digest::of(&page.body).short())
    });
    let date = page.modified.filter(|_| with_date).map(dates::http);
    if let Some(tag) = &tag {
        headers.push((header::ETAG, tag.clone()));
    }
    if let Some(date) = &date {
        headers.push((header::LAST_MODIFIED, date.clone()));
    }
    if is_unchanged(tag.as_deref(), date.as_deref(), asked) {
        return plain(304, &headers, Vec::new());
    }
    let mut body = page.body;
    let is_text = !page.media_type.starts_with("image/");
    if site.compresses() && is_text {
        headers.push((header::VARY, "Accept-Encoding".to_owned()));
        if value(asked, header::ACCEPT_ENCODING).contains("gzip")
            && let Ok(smaller) = gzipped(&body)
        {
            headers.push((header::CONTENT_ENCODING, "gzip".to_owned()));
            body = smaller;
        }
    }
    plain(200, &headers, body)
}

/// RFC 9110, section 13.2.2: `If-None-Match` decides where it is sent, else `If-Modified-Since`.
/// Dates are compared as text: whoever sends one sends ours back.
fn is_unchanged(tag: Option<&str>, date: Option<&str>, asked: &HeaderMap) -> bool {
    let tags = value(asked, header::IF_NONE_MATCH);
    if !tags.is_empty() {
        return tag.is_some_and(|tag| tags.split(',').any(|sent| sent.trim() == tag));
    }
    let since = value(asked, header::IF_MODIFIED_SINCE);
    date.is_some_and(|date| date == since)
}

fn value(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn gzipped(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

fn plain(status: u16, headers: &[(header::HeaderName, String)], body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name.clone(), value);
        }
    }
    response
}

#[cfg(test)]
#[path = "served_tests.rs"]
mod tests;
