//! The stages around a store in a folder of its own, without the program around them.

use std::path::Path;
use std::sync::Arc;

use cli::{SystemClock, SystemEntropy};
use crawler::{CrawlEvent, CrawlReport, Observer, SiteProfile};
use demo::{Served, World};
use model::{Assessment, Clock, ListingId, ListingVersion};
use pipeline::{RelinkLimits, Stages};
use scorer::{Policy, RulePack, Scorer};
use store::{Handle, StoreUrl, Tx};
use tempfile::TempDir;
use tokio::sync::watch;

/// Stages and what they keep. The store is closed and the folder goes when it is dropped.
pub(crate) struct House {
    folder: TempDir,
    pub(crate) stages: Stages,
}

/// Watches nothing.
struct Nobody;

impl Observer for Nobody {
    fn event(&self, _: &CrawlEvent) {}
}

impl House {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let stages = Stages {
            store: open(folder.path()),
            scorer: Arc::new(Scorer::new(
                RulePack::core(),
                Policy::named("police").unwrap(),
            )),
            clock,
            crawl: crawler::Limits {
                // The cap over all hosts is not what is tested here.
                requests_per_second: 10_000,
                ..crawler::Limits::default()
            },
            linking: linker::Params::default(),
            relink: RelinkLimits::default(),
        };
        Self { folder, stages }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the store and opens it again, as a new process would.
    pub(crate) fn reopen(&mut self) {
        self.stages.store.shutdown();
        self.stages.store = open(self.folder.path());
    }

    /// One crawl round.
    pub(crate) async fn crawl(&self, profiles: &[SiteProfile]) -> CrawlReport {
        let (_keep, stop) = watch::channel(false);
        self.crawl_until(profiles, stop).await
    }

    pub(crate) async fn crawl_until(
        &self,
        profiles: &[SiteProfile],
        stop: watch::Receiver<bool>,
    ) -> CrawlReport {
        let crawled = self.stages.crawl(profiles, Arc::new(Nobody), stop).await;
        crawled.unwrap()
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        closure: impl FnMut(&mut dyn Tx) -> store::Result<T> + Send + 'static,
    ) -> T {
        self.stages.store.read(closure).wait().unwrap()
    }

    /// The newest versions of all listings, by id.
    pub(crate) fn versions(&self) -> Vec<ListingVersion> {
        self.read(|tx| {
            let mut versions = Vec::new();
            for listing in tx.listings(None, 1_000)? {
                versions.extend(tx.latest_version(&listing.id)?);
            }
            Ok(versions)
        })
    }

    pub(crate) fn assessment(&self, id: &str) -> Assessment {
        let id = ListingId::new(id).unwrap();
        self.read(move |tx| tx.assessment(&id)).unwrap()
    }

    /// The bytes of every file of the store.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        files(self.folder())
    }
}

fn open(folder: &Path) -> Handle {
    store::open(
        &StoreUrl::sqlite(folder.join("waaklicht.db")),
        store::Options::default(),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
    )
    .unwrap()
}

/// Name and bytes of every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            let name = path.display().to_string();
            files.push((name, std::fs::read(path).unwrap()));
        }
    }
    files.sort();
    files
}

/// The profiles of the imitation sites, with stretches of them replaced.
pub(crate) fn profiles(
    world: &World,
    served: &Served,
    replaced: &[(&str, &str)],
) -> Vec<SiteProfile> {
    world
        .profiles(served)
        .into_iter()
        .map(|(name, mut text)| {
            for (from, to) in replaced {
                assert!(text.contains(from), "the profile has no `{from}`");
                text = text.replace(from, to);
            }
            SiteProfile::parse(&name, &text).unwrap()
        })
        .collect()
}

/// Where the interval is not what is tested.
pub(crate) const QUICKLY: (&str, &str) = ("\ndelay_ms = 100\n", "\ndelay_ms = 1\n");

/// A profile out of its text.
pub(crate) fn profile(text: &str) -> SiteProfile {
    SiteProfile::parse("test.toml", text).unwrap()
}
