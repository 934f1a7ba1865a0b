//! A page that was received: archived, extracted, judged. A photo: hashed and dropped.

use std::sync::Arc;

use model::{Capture, Digest, ListingVersion, Timestamp};
use store::{FrontierUrl, OfferedUrl, UrlKind, UrlStatus, Visit};
use tokio::task::JoinError;
use url::Url;

use super::event::Judgement;
use super::host::HostTurn;
use super::settle::{Settled, SettledListing};
use super::site::{SiteRun, offer_of};
use super::visit::{outcome, unusable};
use crate::error::CrawlError;
use crate::extract::{Page, extract};
use crate::fetch::{Answer, Exchange};
use crate::profile::Collect;
use crate::sitemap::{self, SitemapKind};
use crate::warc::{self, WarcVisit};

impl HostTurn {
    /// Reads a page on a thread where that may take its time.
    pub(super) async fn page(
        &self,
        row: &FrontierUrl,
        url: &Url,
        at: Timestamp,
        status: Option<u16>,
        answer: Answer,
        exchange: Option<Exchange>,
    ) -> Result<Settled, CrawlError> {
        let received = Received {
            run: Arc::clone(&self.run),
            row: row.clone(),
            url: url.clone(),
            visit: Visit {
                validators: answer.validators,
                due_at: Some(self.revisit_at(at)),
                ..outcome(UrlStatus::Live, at, status, "")
            },
            content_type: answer.content_type,
            body: answer.body,
            exchange,
        };
        match tokio::task::spawn_blocking(move || received.read()).await {
            Ok(settled) => Ok(settled),
            Err(broken) => self.broken(row, at, status, broken),
        }
    }

    /// A defect of ours costs the one address that showed it, and is said.
    fn broken(
        &self,
        row: &FrontierUrl,
        at: Timestamp,
        status: Option<u16>,
        broken: JoinError,
    ) -> Result<Settled, CrawlError> {
        if !broken.is_panic() {
            return Err(CrawlError::Broken(broken.to_string()));
        }
        let reason = "reading it broke off: a defect of this program, please report it";
        Ok(unusable(self, row, at, status, reason))
    }

    /// Hashes a photo; the bytes do not outlive this call.
    pub(super) async fn photo(
        &self,
        row: &FrontierUrl,
        at: Timestamp,
        status: Option<u16>,
        answer: Answer,
    ) -> Result<Settled, CrawlError> {
        let hashed = tokio::task::spawn_blocking(move || {
            photo::hash(&answer.body, &photo::Limits::default())
        });
        match hashed.await {
            Err(broken) => self.broken(row, at, status, broken),
            Ok(Ok(hashes)) => {
                let mut settled = Settled::only(outcome(UrlStatus::Live, at, status, ""));
                settled.photo = Some(hashes);
                Ok(settled)
            }
            Ok(Err(error)) => {
                let reason = format!("picture cannot be read: {error}");
                Ok(unusable(self, row, at, status, &reason))
            }
        }
    }
}

/// A page with all that is needed to settle it.
struct Received {
    run: Arc<SiteRun>,
    row: FrontierUrl,
    url: Url,
    visit: Visit,
    content_type: Option<String>,
    body: Vec<u8>,
    exchange: Option<Exchange>,
}

impl Received {
    fn read(self) -> Settled {
        if self.row.kind == UrlKind::List && sitemap::looks_like_sitemap(&self.body) {
            return self.read_sitemap();
        }
        let page = Page {
            url: self.url.clone(),
            content_type: self.content_type.clone(),
            body: self.body.clone(),
            seen_at: self.visit.at,
        };
        let extraction = extract(&self.run.profile, &page);
        let depth = self.row.depth.saturating_add(1);
        let mut offers = Vec::new();
        if depth <= self.run.round.limits.steps {
            for link in &extraction.links {
                offers.extend(offer_of(&link.url, link.kind, depth));
            }
        }
        let mut problems = extraction.problems;
        let mut visit = self.visit.clone();
        let Some(version) = extraction.listing else {
            visit.content = Some(digest_of_offers(&offers));
            if self.row.kind == UrlKind::Listing {
                visit.status = UrlStatus::Unusable;
                visit.reason = problems.first().cloned().unwrap_or_default();
            }
            return Settled {
                offers,
                problems,
                ..Settled::only(visit)
            };
        };
        let content = digest_of_version(&version);
        visit.content = Some(content);
        let judgement = self.run.round.judge.judge(&version);
        offers.extend(self.photos(&version, &judgement, &mut problems));
        let capture = (self.row.content != Some(content))
            .then(|| self.capture())
            .flatten();
        Settled {
            offers,
            problems,
            listing: Some(SettledListing {
                version: kept(version, self.run.profile.collect),
                content,
                assessment: judgement.assessment,
                capture,
            }),
            ..Settled::only(visit)
        }
    }

    /// The photos to fetch: only once the text has been judged.
    fn photos(
        &self,
        version: &ListingVersion,
        judgement: &Judgement,
        problems: &mut Vec<String>,
    ) -> Vec<OfferedUrl> {
        if !self.run.profile.photos || !judgement.wants_photos {
            return Vec::new();
        }
        let mut offers = Vec::new();
        for image in version
            .images
            .iter()
            .take(self.run.round.limits.photos_per_listing)
        {
            let url = Url::parse(image)
                .ok()
                .filter(|url| self.run.profile.covers(url));
            match url {
                Some(url) if crate::address::trap(&url, self.visit.at).is_none() => {
                    offers.extend(offer_of(&url, UrlKind::Photo, self.row.depth));
                }
                _ => problems.push("photo out of the scope of the profile".to_owned()),
            }
        }
        offers
    }

    /// The sealed page copy, where the profile has a ground to keep texts.
    fn capture(&self) -> Option<Capture> {
        if self.run.profile.collect != Collect::Text {
            return None;
        }
        let exchange = self.exchange.as_ref()?;
        let record = warc::record(&WarcVisit {
            url: self.url.as_str(),
            at: self.visit.at,
            peer: exchange.peer,
            request_head: &exchange.request_head,
            response_head: &exchange.response_head,
            body: &exchange.body,
            truncated: exchange.truncated,
            duration_ms: exchange.duration_ms,
            site: self.run.site().as_str(),
        });
        Some(Capture {
            site: self.run.site().clone(),
            url: self.url.to_string(),
            fetched_at: self.visit.at,
            status: self.visit.http_status.unwrap_or_default(),
            record_digest: Digest::of(&record),
            record: Some(record),
        })
    }

    fn read_sitemap(self) -> Settled {
        let mut visit = self.visit.clone();
        let sitemap = match sitemap::parse(&self.body) {
            Ok(sitemap) => sitemap,
            Err(why) => {
                visit.status = UrlStatus::Unusable;
                visit.reason = format!("sitemap cannot be read: {why}");
                let problems = vec![visit.reason.clone()];
                return Settled {
                    problems,
                    ..Settled::only(visit)
                };
            }
        };
        let mut problems: Vec<String> = sitemap
            .problem
            .iter()
            .map(|problem| format!("sitemap: {problem}"))
            .collect();
        let depth = self.row.depth.saturating_add(1);
        let is_nested = sitemap.kind == SitemapKind::Sitemaps && depth >= sitemap::LEVELS_LIMIT;
        if is_nested {
            problems.push("sitemap index within an index: not followed".to_owned());
        }
        let mut offers = Vec::new();
        for entry in &sitemap.entries {
            let Ok(url) = self.url.join(&entry.location) else {
                continue;
            };
            let kind = match sitemap.kind {
                SitemapKind::Sitemaps if is_nested => None,
                SitemapKind::Sitemaps => Some(UrlKind::List),
                SitemapKind::Pages => self.run.profile.links.kind(&url),
            };
            let is_fine = self.run.profile.covers(&url)
                && crate::address::trap(&url, self.visit.at).is_none();
            if let Some(kind) = kind.filter(|_| is_fine) {
                offers.extend(offer_of(&url, kind, depth));
            }
        }
        visit.content = Some(digest_of_offers(&offers));
        Settled {
            offers,
            problems,
            ..Settled::only(visit)
        }
    }
}

/// What is kept of a version: in `features` the text has served once it is judged.
fn kept(mut version: ListingVersion, collect: Collect) -> ListingVersion {
    if collect == Collect::Features {
        version.title.clear();
        version.text.clear();
    }
    version
}

/// Digest of what a listing says: not when it was seen, nor under which of its addresses.
fn digest_of_version(version: &ListingVersion) -> Digest {
    let said = ListingVersion {
        seen_at: None,
        url: None,
        ..version.clone()
    };
    Digest::of(&serde_json::to_vec(&said).unwrap_or_default())
}

fn digest_of_offers(offers: &[OfferedUrl]) -> Digest {
    Digest::of_parts(offers.iter().map(|offer| offer.url.as_bytes()))
}
