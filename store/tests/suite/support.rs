//! A fresh store with a clock and entropy of its own, and short ways to write values down.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use model::{
    Actor, Assessment, AuditAction, AuditEntry, AuditObject, Band, Clock, Digest, Entropy, Gate,
    Groups, Lane, LegalGround, ListingId, ListingVersion, PackRef, PolicyRef, Retention, Score,
    Site, SiteId, Timestamp,
};
use store::{Handle, Options, Priority, Result, SealClass, StoreUrl, Tx};

/// An empty store and what it was opened with.
pub(crate) struct Fresh {
    pub(crate) handle: Handle,
    pub(crate) url: StoreUrl,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) entropy: Arc<Counted>,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let url = StoreUrl::sqlite(folder.path().join("store.db"));
    let clock = Arc::new(HandClock(Mutex::new(at(0))));
    let entropy = Arc::new(Counted(AtomicU64::new(0)));
    Fresh {
        handle: open(&url, quick(), &clock, &entropy).unwrap(),
        url,
        clock,
        entropy,
        folder,
    }
}

/// Default limits, with less patience for a busy database.
pub(crate) fn quick() -> Options {
    Options {
        busy_timeout_ms: 50,
        reruns_max: 3,
        ..Options::default()
    }
}

pub(crate) fn open(
    url: &StoreUrl,
    options: Options,
    clock: &Arc<HandClock>,
    entropy: &Arc<Counted>,
) -> Result<Handle> {
    store::open(url, options, clock.clone(), entropy.clone())
}

impl Fresh {
    pub(crate) fn try_write<T: Send + 'static>(
        &self,
        closure: impl FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.handle.write(Priority::Interactive, closure).wait()
    }

    #[track_caller]
    pub(crate) fn write<T: Send + 'static>(
        &self,
        closure: impl FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
    ) -> T {
        self.try_write(closure).unwrap()
    }

    #[track_caller]
    pub(crate) fn read<T: Send + 'static>(
        &self,
        closure: impl FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
    ) -> T {
        self.handle.read(closure).wait().unwrap()
    }

    /// The message with which a write is refused.
    #[track_caller]
    pub(crate) fn refusal<T: Send + std::fmt::Debug + 'static>(
        &self,
        closure: impl FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
    ) -> String {
        self.try_write(closure).unwrap_err().to_string()
    }

    /// Destroys the keys of a class of all days before this one.
    #[track_caller]
    pub(crate) fn destroy(&self, class: SealClass, day: i64) {
        self.handle
            .destroy_keys_before(class, day, actor("process:purge"))
            .wait()
            .unwrap();
    }

    /// With other limits, on the same files.
    pub(crate) fn reopen(mut self, options: Options) -> Self {
        self.handle.shutdown();
        self.handle = open(&self.url, options, &self.clock, &self.entropy).unwrap();
        self
    }

    /// With the site `s` and the listings `s:1`, `s:2`, … up to this number.
    pub(crate) fn with_listings(self, n: u32) -> Self {
        self.write(move |tx| {
            tx.save_site(&site("s"))?;
            for number in 1..=n {
                let version = version(&format!("s:{number}"), "Anna, 23, Utrecht");
                tx.record_version(&version, Digest::of(b"one"), None, at(0))?;
            }
            Ok(())
        });
        self
    }
}

/// A clock that is set by hand.
pub(crate) struct HandClock(pub(crate) Mutex<Timestamp>);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Different bytes at every call, the same in every run.
pub(crate) struct Counted(pub(crate) AtomicU64);

impl Entropy for Counted {
    fn fill(&self, bytes: &mut [u8]) -> std::result::Result<(), String> {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let digest = Digest::of(&count.to_le_bytes());
            chunk.copy_from_slice(&digest.as_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

const START: &str = "2026-03-03T12:00:00Z";

/// So many seconds after noon of 3 March 2026.
pub(crate) fn at(seconds: i64) -> Timestamp {
    START.parse::<Timestamp>().unwrap().plus_ms(seconds * 1_000)
}

pub(crate) fn days(n: i64) -> Timestamp {
    at(0).plus_days(n)
}

pub(crate) fn actor(name: &str) -> Actor {
    Actor::new(name).unwrap()
}

pub(crate) fn id(written: &str) -> ListingId {
    ListingId::new(written).unwrap()
}

pub(crate) fn site_id(written: &str) -> SiteId {
    SiteId::new(written).unwrap()
}

pub(crate) fn site(written: &str) -> Site {
    Site {
        id: site_id(written),
        name: "Marktplein".to_owned(),
        legal: LegalGround {
            ground: "art. 6(1)(e) GDPR".to_owned(),
            purpose: "triage".to_owned(),
            approver: "J. Jansen".to_owned(),
            contact: "mailto:contact@example.org".to_owned(),
            review_by: days(365),
        },
        retention: Retention {
            text_days: 7,
            feature_days: 90,
            photo_hash_days: 5,
        },
    }
}

/// A version of the listing `site:key`, with something in every field.
pub(crate) fn version(written: &str, text: &str) -> ListingVersion {
    let (site, key) = written.split_once(':').unwrap();
    let mut version = ListingVersion::empty(id(written));
    version.site = Some(site_id(site));
    version.url = Some(format!("http://{site}.test/{key}"));
    version.title = "Anna".to_owned();
    version.text = text.to_owned();
    version.phones = vec!["06 1234 5678".to_owned()];
    version
        .attributes
        .insert("hours".to_owned(), "10-22".into());
    version
}

pub(crate) fn assessment(listing: &str, band: Band, lane: Lane) -> Assessment {
    Assessment {
        listing: id(listing),
        engine: "0.1.0".to_owned(),
        pack: PackRef {
            name: "core".to_owned(),
            version: "1.0.0".to_owned(),
            digest: Digest::of(b"pack"),
        },
        policy: PolicyRef {
            name: "police".to_owned(),
            digest: Digest::of(b"policy"),
        },
        context: Digest::of(b"context"),
        language: None,
        signals: Vec::new(),
        findings: Vec::new(),
        protective: Vec::new(),
        score: Score {
            total: 60,
            by_family: [].into(),
            kinds: [].into(),
            protective: 0,
            band,
            lane,
        },
        gate: Gate::Closed {
            missing: "60 points of 60, 1 kind of 2".to_owned(),
        },
        groups: Groups::default(),
        unknown: Vec::new(),
        problems: Vec::new(),
    }
}

/// An audit row of `anna`.
pub(crate) fn audit(action: AuditAction, purpose: &str) -> AuditEntry {
    AuditEntry {
        at: at(0),
        by: actor("anna"),
        action,
        object: AuditObject::Queue("organised".to_owned()),
        purpose: purpose.to_owned(),
    }
}

pub(crate) fn look() -> AuditEntry {
    audit(AuditAction::Consult, "review")
}
