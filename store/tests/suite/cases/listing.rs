use model::{DHash, Digest, ListingState, PhotoHash, PhotoHashes, Timestamp};
use store::{Recorded, SealClass, StoreError};

use crate::support::{Fresh, at, days, id, quick, site, version};

fn record(store: &Fresh, listing: &str, text: &str, moment: Timestamp) -> Recorded {
    let version = version(listing, text);
    let content = Digest::of(text.as_bytes());
    store.write(move |tx| tx.record_version(&version, content, None, moment))
}

/// The versions as `text first-last`, in seconds after noon.
fn history(store: &Fresh, listing: &'static str) -> Vec<String> {
    let seconds = |moment: Timestamp| (moment.as_ms() - at(0).as_ms()) / 1_000;
    store
        .read(move |tx| tx.versions(&id(listing)))
        .into_iter()
        .map(|kept| {
            let text = kept
                .version
                .map_or("expired".to_owned(), |version| version.text);
            format!(
                "{text} {}-{}",
                seconds(kept.first_seen),
                seconds(kept.last_seen)
            )
        })
        .collect()
}

pub(crate) fn versions_are_added_by_content(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    assert_eq!(record(&store, "s:1", "a", at(0)), Recorded::New);
    assert_eq!(record(&store, "s:1", "a", at(10)), Recorded::Unchanged);
    assert_eq!(record(&store, "s:1", "b", at(20)), Recorded::Changed);
    assert_eq!(record(&store, "s:1", "b", at(30)), Recorded::Unchanged);
    assert_eq!(history(&store, "s:1"), ["a 0-10", "b 20-30"]);
    let listing = store.read(|tx| tx.listing(&id("s:1"))).unwrap();
    assert_eq!((listing.first_seen, listing.last_seen), (at(0), at(30)));
    assert_eq!(listing.n_versions, 2);
    let latest = store.read(|tx| tx.latest_version(&id("s:1")));
    assert_eq!(latest, Some(version("s:1", "b")), "every field comes back");
    assert_eq!(store.read(|tx| tx.latest_version(&id("s:2"))), None);
}

pub(crate) fn what_comes_back_is_a_version_of_its_own(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    for (text, moment) in [("a", 0), ("b", 10), ("a", 20), ("a", 30)] {
        record(&store, "s:1", text, at(moment));
    }
    assert_eq!(history(&store, "s:1"), ["a 0-0", "b 10-10", "a 20-30"]);
    let store = store.reopen(store::Options {
        versions_max: 2,
        ..quick()
    });
    assert_eq!(history(&store, "s:1"), ["b 10-10", "a 20-30"], "the newest");
}

pub(crate) fn sightings_move_the_last_seen(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    record(&store, "s:1", "a", at(10));
    store.write(|tx| tx.record_sighting(&id("s:1"), at(50)));
    store.write(|tx| tx.record_sighting(&id("s:1"), at(20)));
    assert_eq!(
        history(&store, "s:1"),
        ["a 10-50"],
        "an older moment moves nothing back"
    );
    let error = store.refusal(|tx| tx.record_sighting(&id("s:2"), at(50)));
    assert_eq!(
        error,
        "listing `s:2` is not known to the store; keep it first"
    );
}

pub(crate) fn gone_and_back(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    record(&store, "s:1", "a", at(0));
    let state = || store.read(|tx| tx.listing(&id("s:1"))).unwrap().state;
    assert_eq!(state(), ListingState::Live);
    store.write(|tx| tx.mark_gone(&id("s:1"), at(10)));
    assert_eq!(state(), ListingState::Gone);
    record(&store, "s:1", "a", at(20));
    assert_eq!(state(), ListingState::Live);
    let outcome = store.try_write(|tx| tx.mark_gone(&id("s:9"), at(10)));
    assert!(matches!(outcome, Err(StoreError::Unknown { .. })));
}

pub(crate) fn pages_by_id(store: Fresh) {
    let store = store.with_listings(5);
    let mut after = None;
    let mut pages = Vec::new();
    loop {
        let from = after.clone();
        let page = store.read(move |tx| tx.listings(from.as_ref(), 2));
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        let ids: Vec<String> = page
            .into_iter()
            .map(|listing| listing.id.to_string())
            .collect();
        pages.push(ids.join(" "));
    }
    assert_eq!(pages, ["s:1 s:2", "s:3 s:4", "s:5"]);
    let outcome = store.handle.read(|tx| tx.listings(None, u32::MAX)).wait();
    let error = outcome.unwrap_err().to_string();
    assert!(error.contains("page_rows_max"), "refused, not cut: {error}");
}

pub(crate) fn found_by_address(store: Fresh) {
    let store = store.with_listings(2);
    let found = |url: &'static str| {
        let listing = store.read(move |tx| tx.listing_at(url));
        listing.map(|listing| listing.id.to_string())
    };
    assert_eq!(found("http://s.test/2").as_deref(), Some("s:2"));
    assert_eq!(found("http://s.test/3"), None);
    let mut moved = version("s:2", "Anna, 23, Utrecht");
    moved.url = Some("http://s.test/1".to_owned());
    store.write(move |tx| tx.record_version(&moved, Digest::of(b"one"), None, at(5)));
    assert_eq!(found("http://s.test/2"), None, "it moved");
    assert_eq!(
        found("http://s.test/1").as_deref(),
        Some("s:2"),
        "seen last"
    );
}

pub(crate) fn texts_expire_with_their_key(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    record(&store, "s:1", "a", days(0));
    record(&store, "s:1", "b", days(1));
    store.destroy(SealClass::Text, days(1).day());
    assert_eq!(history(&store, "s:1"), ["expired 0-0", "b 86400-86400"]);
    store.destroy(SealClass::Text, days(2).day());
    assert_eq!(store.read(|tx| tx.latest_version(&id("s:1"))), None);
    assert!(
        store.read(|tx| tx.listing(&id("s:1"))).is_some(),
        "the row stays"
    );
    // A text of a day whose key is gone already is sealed under the first that lives.
    record(&store, "s:1", "c", days(0));
    let latest = || store.read(|tx| tx.latest_version(&id("s:1")));
    assert_eq!(latest().unwrap().text, "c");
    store.destroy(SealClass::Text, days(3).day());
    assert_eq!(latest(), None);
}

pub(crate) fn what_is_missing_is_refused(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    let mut nowhere = version("s:1", "a");
    nowhere.url = None;
    let error = store.refusal(move |tx| tx.record_version(&nowhere, Digest::of(b"a"), None, at(0)));
    assert_eq!(
        error,
        "a listing version cannot be kept: its url is missing"
    );
    let error = store.refusal(|tx| {
        let version = version("t:1", "a");
        tx.record_version(&version, Digest::of(b"a"), None, at(0))
    });
    assert_eq!(error, "site `t` is not known to the store; keep it first");
    let error = store.refusal(|tx| {
        let capture = Some(model::CaptureId(7));
        tx.record_version(&version("s:1", "a"), Digest::of(b"a"), capture, at(0))
    });
    assert_eq!(
        error,
        "capture `7` is not known to the store; keep it first"
    );
    assert_eq!(store.read(|tx| tx.listing(&id("s:1"))), None);
}

pub(crate) fn another_site_is_a_conflict(store: Fresh) {
    let store = store.with_listings(1);
    let outcome = store.try_write(|tx| {
        tx.save_site(&site("t"))?;
        let mut version = version("s:1", "a");
        version.site = Some(crate::support::site_id("t"));
        tx.record_version(&version, Digest::of(b"a"), None, at(0))
    });
    assert!(matches!(outcome, Err(StoreError::Conflict(_))));
}

pub(crate) fn photo_hashes_by_address(store: Fresh) {
    let hashes = |seed: u8| PhotoHashes {
        pdq: (seed > 1).then(|| PhotoHash::from_bytes([seed; 32])),
        quality: 80,
        dhash: DHash(u64::MAX - u64::from(seed)),
        width: 640,
        height: 480,
        version: 1,
    };
    store.write(move |tx| {
        tx.save_photo("http://s.test/1.png", &hashes(1), days(0))?;
        tx.save_photo("http://s.test/2.png", &hashes(9), days(0))?;
        tx.save_photo("http://s.test/2.png", &hashes(2), days(1))
    });
    let urls: Vec<String> = (1..=3).map(|n| format!("http://s.test/{n}.png")).collect();
    let known = |urls: &[String]| {
        let urls = urls.to_vec();
        store.read(move |tx| tx.photos(&urls))
    };
    assert_eq!(
        known(&urls),
        [(urls[0].clone(), hashes(1)), (urls[1].clone(), hashes(2))].into()
    );
    store.destroy(SealClass::Photo, days(1).day());
    assert_eq!(known(&urls), [(urls[1].clone(), hashes(2))].into());
}
