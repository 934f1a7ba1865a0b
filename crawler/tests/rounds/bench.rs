//! A store, a clock, a judge and an observer to crawl with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crawler::{
    CrawlError, CrawlEvent, CrawlReport, FetchLimits, Judge, Judgement, Limits, Observer,
    SiteProfile, SiteReport,
};
use model::{
    Assessment, Band, Clock, Digest, Entropy, Gate, Groups, Lane, ListingVersion, PackRef,
    PolicyRef, Score, Timestamp,
};
use store::{Handle, StoreUrl, Tx};
use tokio::sync::watch;

use crate::fake_site::FakeSite;

/// Starts at a fixed moment, runs with real time, can be set forward.
pub(crate) struct TestClock {
    begin: Instant,
    ahead_ms: AtomicI64,
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let start: Timestamp = "2026-03-03T12:00:00Z".parse().unwrap();
        let passed = i64::try_from(self.begin.elapsed().as_millis()).unwrap();
        start.plus_ms(passed + self.ahead_ms.load(Ordering::Relaxed))
    }
}

struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String> {
        for byte in bytes {
            *byte = self.0.fetch_add(41, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Wants the photos of every listing and writes down what it judged, in order with the events.
pub(crate) struct TestJudge(Arc<Mutex<Vec<String>>>);

impl Judge for TestJudge {
    fn judge(&self, version: &ListingVersion) -> Judgement {
        assert_ne!(version.title, "Boom", "a defect, played");
        self.0
            .lock()
            .unwrap()
            .push(format!("judged {} {}", version.id, version.text));
        Judgement {
            assessment: assessment(version),
            wants_photos: true,
        }
    }
}

fn assessment(version: &ListingVersion) -> Assessment {
    Assessment {
        listing: version.id.clone(),
        engine: "test".to_owned(),
        pack: PackRef {
            name: "test".to_owned(),
            version: "1.0.0".to_owned(),
            digest: Digest::of(b""),
        },
        policy: PolicyRef {
            name: "test".to_owned(),
            digest: Digest::of(b""),
        },
        context: Digest::of(b""),
        language: None,
        signals: Vec::new(),
        findings: Vec::new(),
        protective: Vec::new(),
        score: Score {
            total: 0,
            by_family: BTreeMap::new(),
            kinds: BTreeSet::new(),
            protective: 0,
            band: Band::None,
            lane: Lane::None,
        },
        gate: Gate::Closed {
            missing: "test".to_owned(),
        },
        groups: Groups::default(),
        unknown: Vec::new(),
        problems: Vec::new(),
    }
}

struct TestObserver(Arc<Mutex<Vec<String>>>);

impl Observer for TestObserver {
    fn event(&self, event: &CrawlEvent) {
        if let CrawlEvent::Visited { kind, .. } = event {
            self.0.lock().unwrap().push(format!("visited {kind:?}"));
        }
    }
}

/// All that a crawl needs, on a temporary folder.
pub(crate) struct Bench {
    pub clock: Arc<TestClock>,
    pub limits: Limits,
    pub log: Arc<Mutex<Vec<String>>>,
    folder: tempfile::TempDir,
    store: Option<Handle>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let clock = TestClock {
            begin: Instant::now(),
            ahead_ms: AtomicI64::new(0),
        };
        let mut bench = Self {
            clock: Arc::new(clock),
            limits: limits(),
            log: Arc::default(),
            folder: tempfile::tempdir().unwrap(),
            store: None,
        };
        bench.reopen();
        bench
    }

    /// Closes the store and opens it again, as a new process would.
    pub(crate) fn reopen(&mut self) {
        if let Some(store) = self.store.take() {
            store.shutdown();
        }
        let database: PathBuf = self.folder.path().join("store.db");
        let url = StoreUrl::Sqlite {
            keys: self.folder.path().join("keys"),
            database,
        };
        let store = store::open(
            &url,
            store::Options::default(),
            Arc::clone(&self.clock) as Arc<dyn Clock>,
            Arc::new(Counting(AtomicU8::new(7))),
        );
        self.store = Some(store.unwrap());
    }

    pub(crate) fn store(&self) -> &Handle {
        self.store.as_ref().unwrap()
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        closure: impl FnMut(&mut dyn Tx) -> store::Result<T> + Send + 'static,
    ) -> T {
        self.store().read(closure).wait().unwrap()
    }

    pub(crate) fn set_forward(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap();
        self.clock.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }

    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    pub(crate) async fn round(&self, profiles: &[SiteProfile]) -> Result<CrawlReport, CrawlError> {
        let (_keep, stop) = watch::channel(false);
        self.round_until(profiles, stop).await
    }

    pub(crate) async fn round_until(
        &self,
        profiles: &[SiteProfile],
        stop: watch::Receiver<bool>,
    ) -> Result<CrawlReport, CrawlError> {
        round_as(self, profiles, &self.limits, stop).await
    }

    /// One round over one site.
    pub(crate) async fn visit(&self, site: &FakeSite) -> SiteReport {
        self.visit_as(&profile(site, &[])).await
    }

    pub(crate) async fn visit_as(&self, profile: &SiteProfile) -> SiteReport {
        let mut report = self.round(std::slice::from_ref(profile)).await.unwrap();
        report.sites.remove(&profile.id).unwrap()
    }
}

/// A round with limits of one's own.
pub(crate) async fn round_as(
    bench: &Bench,
    profiles: &[SiteProfile],
    limits: &Limits,
    stop: watch::Receiver<bool>,
) -> Result<CrawlReport, CrawlError> {
    crawler::crawl(
        profiles,
        bench.store(),
        Arc::new(TestJudge(Arc::clone(&bench.log))),
        Arc::new(TestObserver(Arc::clone(&bench.log))),
        Arc::clone(&bench.clock) as Arc<dyn Clock>,
        limits,
        stop,
    )
    .await
}

/// Short enough for tests; every behaviour is that of the defaults.
fn limits() -> Limits {
    Limits {
        requests_per_second: 1_000,
        retry_wait_ms: 150,
        patience_ms: 4_000,
        fetch: FetchLimits {
            head_ms: 1_000,
            body_ms: 1_500,
            rate_window_ms: 300,
            body_bytes: 300_000,
            unpacked_bytes: 500_000,
            ..FetchLimits::default()
        },
        ..Limits::default()
    }
}

pub(crate) const DELAY_MS: u64 = 40;

/// A profile for the fake site, with lines of it replaced.
pub(crate) fn profile(site: &FakeSite, replaced: &[(&str, &str)]) -> SiteProfile {
    let mut text = format!(
        r#"
id = "fake"
name = "Fake"
collect = "text"
photos = true
[legal]
ground = "test"
purpose = "a test"
approver = "test"
contact = "crawl@operator.example"
contact_page = "https://operator.example/crawl"
review_by = 2030-01-01
[retention]
text_days = 7
feature_days = 7
photo_hash_days = 7
[visit]
start = ["http://{address}/"]
hosts = ["{address}"]
delay_ms = {DELAY_MS}
max_delay_ms = 1000
requests_per_day = 1000
megabytes_per_day = 10
revisit_minutes = 60
allow_loopback = true
[links]
listing = '^/ad/(?<key>[\w.-]+)$'
list = ['^/list/']
[listing]
title = "h1"
text = ".text"
images = {{ css = "img", attr = "src" }}
"#,
        address = site.address
    );
    for (from, to) in replaced {
        assert!(text.contains(from), "the profile has no `{from}`");
        text = text.replace(from, to);
    }
    SiteProfile::parse("fake.toml", &text).unwrap()
}

/// The page of a listing.
pub(crate) fn ad(title: &str, more: &str) -> String {
    format!("<h1>{title}</h1><div class=text>{title}, 23 jaar, Utrecht</div>{more}")
}

/// A page with links to these paths.
pub(crate) fn links(paths: &[&str]) -> String {
    paths
        .iter()
        .map(|path| format!("<p><a href='{path}'>x</a>"))
        .collect()
}

/// A drawn picture: shapes.
pub(crate) fn picture() -> Vec<u8> {
    let shape = image::RgbImage::from_fn(96, 96, |x, y| {
        let inside = (x / 12 + y / 17) % 3 == 0;
        image::Rgb([(x * 2) as u8, if inside { 220 } else { 30 }, (y * 2) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    shape.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
