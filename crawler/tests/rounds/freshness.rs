use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use model::ListingState;

use crate::bench::{Bench, ad, links};
use crate::fake_site::{FakeSite, Reply};

const HOUR: Duration = Duration::from_secs(3_600);

/// A site with one listing, `/ad/1`, that answers by the number of the round.
async fn site(
    answer: impl Fn(usize) -> Reply + Send + Sync + 'static,
) -> (FakeSite, Arc<AtomicUsize>) {
    let round = Arc::new(AtomicUsize::new(1));
    let now = Arc::clone(&round);
    let site = FakeSite::serve(move |hit| match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        "/" => Reply::html(links(&["/ad/1"])),
        _ => answer(now.load(Ordering::Relaxed)),
    })
    .await;
    (site, round)
}

/// Three rounds so far apart: new, changed, unchanged, gone of each, the state at the end, and how
/// often the listing was asked for.
async fn rounds(
    apart: Duration,
    answer: impl Fn(usize) -> Reply + Send + Sync + 'static,
) -> (String, Option<ListingState>, usize) {
    let (site, round) = site(answer).await;
    let bench = Bench::new();
    let mut said = Vec::new();
    for n in 1..=3 {
        round.store(n, Ordering::Relaxed);
        let report = bench.visit(&site).await;
        said.push(format!(
            "{}{}{}{}",
            report.listings_new,
            report.listings_changed,
            report.listings_unchanged,
            report.listings_gone
        ));
        bench.set_forward(apart);
    }
    let state = bench.read(|tx| Ok(tx.listings(None, 1)?.first().map(|listing| listing.state)));
    (said.join(" "), state, site.count("/ad/1"))
}

#[tokio::test]
async fn changes_are_told_by_what_was_extracted() {
    let (said, state, _) = rounds(2 * HOUR, |n| {
        Reply::html(ad("Anna", &format!("<i>{n}</i>")))
    })
    .await;
    assert_eq!(
        (said.as_str(), state),
        ("1000 0010 0010", Some(ListingState::Live))
    );
    let (said, ..) = rounds(2 * HOUR, |n| {
        Reply::html(ad(if n == 1 { "Anna" } else { "Bo" }, ""))
    })
    .await;
    assert_eq!(said, "1000 0100 0010");
}

#[tokio::test]
async fn a_listing_that_is_gone() {
    let with = |later: u16| {
        move |n| match n {
            1 => Reply::html(ad("Anna", "")),
            _ => Reply::status(later),
        }
    };
    let (said, state, n_asked) = rounds(2 * HOUR, with(410)).await;
    assert_eq!(
        (said.as_str(), state),
        ("1000 0001 0000", Some(ListingState::Gone))
    );
    assert_eq!(n_asked, 2, "what is gone is not asked for again");
    let (said, state, n_asked) = rounds(25 * HOUR, with(404)).await;
    assert_eq!(
        (said.as_str(), state),
        ("1000 0000 0001", Some(ListingState::Gone))
    );
    assert_eq!(n_asked, 3);
    let (said, state, n_asked) = rounds(2 * HOUR, with(404)).await;
    assert_eq!(
        (said.as_str(), state),
        ("1000 0000 0000", Some(ListingState::Live)),
        "in trouble for some hours is not gone"
    );
    assert_eq!(n_asked, 2);
}

#[tokio::test]
async fn one_404_between_is_not_gone() {
    let (said, state, _) = rounds(25 * HOUR, |n| match n {
        2 => Reply::status(404),
        _ => Reply::html(ad("Anna", "")),
    })
    .await;
    assert_eq!(
        (said.as_str(), state),
        ("1000 0000 0010", Some(ListingState::Live))
    );
}

#[tokio::test]
async fn not_modified_is_asked_with_the_validators_byte_for_byte() {
    let etag = "W/\"a b;\\c\"";
    let when = "Tue, 03 Mar 2026 08:00:00 GMT ";
    let site = FakeSite::serve(move |hit| match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        "/" => Reply::html(links(&["/ad/1"])),
        _ if hit
            .headers
            .get("if-none-match")
            .is_some_and(|asked| asked == etag) =>
        {
            Reply::status(304)
        }
        _ => Reply::with(
            200,
            &[&format!("etag: {etag}"), &format!("last-modified: {when}")],
            ad("Anna", ""),
        ),
    })
    .await;
    let bench = Bench::new();
    for expected in [(1, 0), (0, 1), (0, 1)] {
        let report = bench.visit(&site).await;
        assert_eq!((report.listings_new, report.listings_unchanged), expected);
        bench.set_forward(2 * HOUR);
    }
    let last = site.hits().pop().unwrap();
    assert_eq!(last.headers["if-modified-since"], when.trim());
    let seen = bench.read(|tx| Ok(tx.listings(None, 1)?.remove(0).last_seen));
    assert_eq!(seen.to_string().get(..13), Some("2026-03-03T16"));
}

#[tokio::test]
async fn within_its_interval_nothing_is_asked_again() {
    let (site, _) = site(|_| Reply::html(ad("Anna", ""))).await;
    let bench = Bench::new();
    bench.visit(&site).await;
    bench.visit(&site).await;
    assert_eq!(site.paths(), ["/robots.txt", "/", "/ad/1"]);
    bench.set_forward(25 * HOUR);
    bench.visit(&site).await;
    // A day later the robots.txt is asked for anew.
    assert_eq!(site.count("/robots.txt"), 2);
}
