//! Linking and assessing everything: the same answer whatever the order and the number of threads,
//! and cases that come and go with their evidence.

use demo::World;
use model::{Actor, Clock, Digest, ListingVersion, PhotoHashes, Site as KnownSite, Timestamp};
use pipeline::{RelinkLimits, Relinked, relink};
use std::collections::BTreeMap;
use store::{Priority, SealClass, Tx};

use crate::house::{House, QUICKLY, profile, profiles};
use crate::site::Site;

/// What a crawl of the imitation world brought, to be kept again in any order.
struct Crawled {
    sites: Vec<KnownSite>,
    versions: Vec<ListingVersion>,
    photos: BTreeMap<String, PhotoHashes>,
    at: Timestamp,
}

async fn crawled() -> (Crawled, Relinked) {
    let world = World::new(cli::SystemClock.now());
    let served = world.serve().await.unwrap();
    let house = House::new();
    house.crawl(&profiles(&world, &served, &[QUICKLY])).await;
    let versions = house.versions();
    let images: Vec<String> = versions
        .iter()
        .flat_map(|version| version.images.clone())
        .collect();
    let (sites, photos) = house.read(move |tx| Ok((tx.sites()?, tx.photos(&images)?)));
    let at = cli::SystemClock.now();
    let linked = relinked(&house, at, RelinkLimits::default(), 2);
    (
        Crawled {
            sites,
            versions,
            photos,
            at,
        },
        linked,
    )
}

fn relinked(house: &House, at: Timestamp, limits: RelinkLimits, n_threads: usize) -> Relinked {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .build()
        .unwrap();
    let stages = &house.stages;
    threads
        .install(|| relink(&stages.store, &stages.scorer, at, &stages.linking, limits))
        .unwrap()
}

/// A store in which these versions were kept in this order.
fn kept(crawled: &Crawled, versions: Vec<ListingVersion>) -> House {
    let house = House::new();
    let (sites, photos, at) = (crawled.sites.clone(), crawled.photos.clone(), crawled.at);
    let keep = house
        .stages
        .store
        .write(Priority::Bulk, move |tx: &mut dyn Tx| {
            for site in &sites {
                tx.save_site(site)?;
            }
            for version in &versions {
                let content = Digest::of(version.text.as_bytes());
                tx.record_version(version, content, None, at)?;
            }
            for (url, hashes) in &photos {
                tx.save_photo(url, hashes, at)?;
            }
            Ok(())
        });
    keep.wait().unwrap();
    house
}

/// The fingerprint key differs from store to store, and with it nothing that is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn order_threads_and_batches_change_nothing() {
    let (crawled, expected) = crawled().await;
    assert!(expected.triaged.len() > 5, "{:#?}", expected.triaged);
    assert!(expected.report.groups.len() > 5);
    let mut backwards = crawled.versions.clone();
    backwards.reverse();
    let mut shuffled = crawled.versions.clone();
    shuffled.sort_by_key(|version| Digest::of(version.id.as_str().as_bytes()));
    let small = RelinkLimits {
        read_batch: 7,
        write_batch: 3,
    };
    let usual = RelinkLimits::default();
    for (versions, limits, n_threads) in [
        (crawled.versions.clone(), usual, 1),
        (backwards, usual, 4),
        (shuffled, small, 3),
    ] {
        let house = kept(&crawled, versions);
        let found = relinked(&house, crawled.at, limits, n_threads);
        assert_eq!(found.assessments, expected.assessments);
        assert_eq!(found.triaged, expected.triaged);
        assert_eq!(found.report.groups, expected.report.groups);
        assert_eq!(found.report.bands, expected.report.bands);
        assert_eq!(found.report.n_links, expected.report.n_links);
        // And again over what it kept itself.
        let again = relinked(&house, crawled.at, limits, n_threads);
        assert_eq!(again.assessments, found.assessments);
        assert_eq!(again.report.cases.unchanged as usize, found.triaged.len());
    }
}

#[tokio::test]
async fn a_case_goes_and_comes_with_its_text() {
    const MINOR: &str = "Anna, 16 jaar, Utrecht. Bel 06 1234 0001.";
    const ADULT: &str = "Anna, 26 jaar, Utrecht. Bel 06 1234 0001.";
    let site = Site::with(&[("1", MINOR), ("2", ADULT)]);
    let profiles = [profile(&site.profile("imitation", &[]))];
    let house = House::new();
    let mut told = Vec::new();
    for text in [MINOR, MINOR, ADULT, ADULT, MINOR] {
        site.listing("1", text, "");
        house.crawl(&profiles).await;
        let cases = house.stages.relink().await.unwrap().report.cases;
        told.push([
            cases.opened,
            cases.unchanged,
            cases.withdrawn,
            cases.reopened,
            cases.renewed,
        ]);
    }
    assert_eq!(
        told,
        [
            [1, 0, 0, 0, 0],
            [0, 1, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 0, 1, 0],
        ]
    );
    let versions = house.read(|tx| tx.versions(&model::ListingId::new("imitation:1").unwrap()));
    assert_eq!(versions.len(), 3, "what stood there on a day is kept");
}

/// Half a year later the text is gone, then what was read in it: linking in between moves neither day.
#[tokio::test]
async fn linking_again_prolongs_nothing() {
    let site = Site::with(&[
        ("1", "Anna, 16 jaar, Utrecht."),
        ("2", "Bea, 34 jaar, Delft."),
    ]);
    let house = House::new();
    house
        .crawl(&[profile(&site.profile("imitation", &[]))])
        .await;
    let seen = cli::SystemClock.now();
    let link = |days| relinked(&house, seen.plus_days(days), RelinkLimits::default(), 1);
    let destroy = |class| {
        let store = &house.stages.store;
        let destroyed = store.destroy_keys_before(class, seen.day() + 1, Actor::process("test"));
        assert_ne!(destroyed.wait().unwrap().destroyed, [], "{class:?}");
    };
    assert_eq!(link(0).report.cases.opened, 1);
    assert_eq!(link(6).report.n_without_text, 0);
    destroy(SealClass::Text);
    for days in [7, 100] {
        let linked = link(days).report;
        assert_eq!((linked.n_listings, linked.n_without_text), (2, 2));
        assert_eq!(linked.cases.unchanged, 1);
    }
    destroy(SealClass::Feature);
    let linked = link(180).report;
    assert_eq!((linked.n_listings, linked.n_expired), (0, 2));
    assert_eq!(linked.cases.withdrawn, 1);
}

/// Killed in the middle and begun anew, again and again, on all three sites at once; in the end
/// there is what an undisturbed run finds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_crawl_of_the_world_ends_with_the_same_listings() {
    let world = World::new(cli::SystemClock.now());
    let served = world.serve().await.unwrap();
    // Not due again for an hour: what is asked for twice was lost.
    let once = ("revisit_minutes = 0", "revisit_minutes = 60");
    let profiles = profiles(&world, &served, &[QUICKLY, once]);
    let undisturbed = House::new();
    undisturbed.crawl(&profiles).await;
    let n_asked = |served: &demo::Served| -> usize {
        served
            .requests()
            .iter()
            .map(|site| site.requests.len())
            .sum()
    };
    let n_needed = n_asked(&served);

    let mut house = House::new();
    // After a kill a host is left alone for as long as the request under way might have taken.
    house.stages.crawl.fetch.head_ms = 2_000;
    let mut n_kills = 0;
    for kill_at in [5, 60, 200] {
        let killed = async {
            while n_asked(&served) < n_needed + kill_at {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            _ = house.crawl(&profiles) => {}
            () = killed => n_kills += 1,
        }
        house.reopen();
    }
    assert_eq!(n_kills, 3);
    house.crawl(&profiles).await;
    // Each site may have had one request under way at each kill.
    let n_more = n_asked(&served) - 2 * n_needed;
    assert!(n_more <= 3 * n_kills, "{n_more} requests more than needed");

    let said = |house: &House| -> Vec<ListingVersion> {
        let mut versions = house.versions();
        for version in &mut versions {
            version.seen_at = None;
        }
        versions
    };
    assert_eq!(said(&house), said(&undisturbed));
    let at = cli::SystemClock.now();
    let limits = RelinkLimits::default();
    let (found, expected) = (
        relinked(&house, at, limits, 2),
        relinked(&undisturbed, at, limits, 2),
    );
    assert_eq!(found.triaged, expected.triaged);
}
