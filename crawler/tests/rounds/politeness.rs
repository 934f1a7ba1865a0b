use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crawler::CrawlError;
use tokio::sync::watch;

use crate::bench::{Bench, DELAY_MS, ad, links, profile};
use crate::fake_site::{FakeSite, Hit, Reply};

fn ten_listings(hit: &Hit) -> Reply {
    match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        "/" => Reply::html(
            (0..10)
                .map(|n| format!("<a href='/ad/{n}'>x</a>"))
                .collect::<String>(),
        ),
        path => Reply::html(ad(path, "")),
    }
}

/// One reason, and no page asked for.
#[track_caller]
fn check_left_alone(site: &FakeSite, report: &crawler::SiteReport, expected: &str) {
    let reasons: Vec<&str> = report
        .not_crawled
        .iter()
        .map(|left| left.reason.as_str())
        .collect();
    assert_eq!(reasons, [expected]);
    assert!(
        site.paths().iter().all(|path| path == "/robots.txt"),
        "{:?}",
        site.paths()
    );
}

#[tokio::test]
async fn a_robots_file_that_cannot_be_had_closes_the_site() {
    for (reply, expected) in [
        (Reply::status(503), "robots.txt was answered with 503"),
        (Reply::status(500), "robots.txt was answered with 500"),
        (
            Reply::status(403),
            "robots.txt was answered with 403: the operator must ask the site before anything is \
             fetched",
        ),
        (
            Reply::html("").late(2_000),
            "robots.txt could not be fetched",
        ),
        (
            Reply::redirect("/robots.txt"),
            "robots.txt could not be fetched",
        ),
    ] {
        let site = FakeSite::serve(move |_| reply.clone()).await;
        let bench = Bench::new();
        let report = bench.visit(&site).await;
        check_left_alone(&site, &report, expected);
        // The failure is remembered: a round at once does not ask again.
        bench.visit(&site).await;
        assert_eq!(site.paths().len(), 1);
    }
}

#[tokio::test]
async fn redirects_of_robots_txt_count_for_the_first_host() {
    let other = FakeSite::serve(|_| Reply::with(200, &[], "User-agent: *\nDisallow: /ad/\n")).await;
    let target = other.url("/rules.txt");
    let site = FakeSite::serve(move |hit| match hit.path.as_str() {
        "/robots.txt" => Reply::redirect(&target),
        _ => ten_listings(hit),
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(site.paths(), ["/robots.txt", "/"]);
    assert_eq!(other.paths(), ["/rules.txt"]);
    assert_eq!(report.refused_by_robots, 10);
}

#[tokio::test]
async fn crawl_delay_is_honoured() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" => Reply::with(200, &[], "User-agent: *\nCrawl-delay: 0.2\n"),
        "/" => Reply::html(links(&["/ad/1", "/ad/2"])),
        path => Reply::html(ad(path, "")),
    })
    .await;
    let bench = Bench::new();
    bench.visit(&site).await;
    let hits = site.hits();
    assert_eq!(hits.len(), 4);
    // Between robots.txt and the first page the delay asked for is not known yet.
    for pair in hits[1..].windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(200));
    }
}

#[tokio::test]
async fn a_delay_that_is_too_long_is_reported() {
    let site = FakeSite::serve(|_| Reply::with(200, &[], "User-agent: *\nCrawl-delay: 30\n")).await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    check_left_alone(
        &site,
        &report,
        "delay too long: robots.txt asks for 30000 ms, the profile allows 1000",
    );
}

#[tokio::test]
async fn slow_answers_do_not_shorten_the_interval() {
    let site = FakeSite::serve(|hit| ten_listings(hit).late(hit.path.len() as u64 * 7 % 90)).await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(report.listings_new, 10);
    assert!(site.shortest_interval() >= Duration::from_millis(DELAY_MS));
}

#[tokio::test]
async fn the_daily_cap_counts_everything() {
    let site = FakeSite::serve(ten_listings).await;
    let bench = Bench::new();
    let capped = profile(
        &site,
        &[("requests_per_day = 1000", "requests_per_day = 5")],
    );
    let report = bench.visit_as(&capped).await;
    assert_eq!(site.paths().len(), 5);
    assert_eq!(
        report.not_crawled[0].reason,
        "cap of 5 requests a day reached"
    );
    // The same day: nothing more. The next day: five more.
    bench.visit_as(&capped).await;
    assert_eq!(site.paths().len(), 5);
    bench.set_forward(Duration::from_secs(24 * 3600));
    bench.visit_as(&capped).await;
    assert_eq!(site.paths().len(), 10);
}

#[tokio::test]
async fn robots_txt_may_be_the_last_request_of_the_day() {
    let site = FakeSite::serve(ten_listings).await;
    let bench = Bench::new();
    let capped = profile(
        &site,
        &[("requests_per_day = 1000", "requests_per_day = 1")],
    );
    let report = bench.visit_as(&capped).await;
    check_left_alone(&site, &report, "cap of 1 requests a day reached");
    assert_eq!(report.requests, 1);
}

#[tokio::test]
async fn retry_after_makes_the_host_wait() {
    let n_asked = AtomicUsize::new(0);
    let site = FakeSite::serve(move |hit| {
        if hit.path == "/ad/3" && n_asked.fetch_add(1, Ordering::Relaxed) == 0 {
            return Reply::with(429, &["retry-after: 1"], "");
        }
        ten_listings(hit)
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(report.listings_new, 10);
    let hits = site.hits();
    let at = hits.iter().position(|hit| hit.path == "/ad/3").unwrap();
    assert_eq!(hits[at + 1].path, "/ad/3", "the address stays due");
    assert!(hits[at + 1].at - hits[at].at >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_long_retry_after_outlives_the_round() {
    for header in ["retry-after: 3600", "retry-after: 315360000"] {
        let site = FakeSite::serve(move |hit| match hit.path.as_str() {
            "/robots.txt" => Reply::status(404),
            _ => Reply::with(503, &[header], ""),
        })
        .await;
        let mut bench = Bench::new();
        let report = bench.visit(&site).await;
        assert!(
            report.not_crawled[0]
                .reason
                .starts_with("busy: asks to wait")
        );
        assert_eq!(site.paths().len(), 2);
        // Another process, before the hour has passed, and a day later.
        bench.reopen();
        let report = bench.visit(&site).await;
        assert!(
            report.not_crawled[0]
                .reason
                .starts_with("asked to be left alone until"),
            "{:?}",
            report.not_crawled
        );
        assert_eq!(site.paths().len(), 2);
        bench.set_forward(Duration::from_secs(25 * 3600));
        bench.visit(&site).await;
        assert!(site.paths().len() > 2);
    }
}

#[tokio::test]
async fn a_busy_host_without_a_word_is_left_after_five() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        _ => Reply::with(429, &["retry-after: soon"], ""),
    })
    .await;
    let mut bench = Bench::new();
    bench.limits.retry_wait_ms = 30;
    let report = bench.visit(&site).await;
    assert_eq!(site.count("/"), 5);
    assert_eq!(report.not_crawled[0].reason, "busy: our own wait of 480 ms");
}

#[tokio::test]
async fn walls_are_reported_and_not_passed() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" | "/" => ten_listings(hit),
        _ => Reply::status(403),
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(site.paths().len(), 5);
    assert_eq!(
        report.not_crawled[0].reason,
        "access refused three times in a row: the operator must ask the site"
    );
}

#[tokio::test]
async fn the_breaker_opens_after_five_server_errors() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" | "/" => ten_listings(hit),
        _ => Reply::status(500),
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(site.paths().len(), 7);
    assert_eq!(report.not_crawled[0].reason, "5 failures in a row");
}

#[tokio::test]
async fn a_passing_failure_is_tried_again_in_the_round() {
    let n_asked = AtomicUsize::new(0);
    let site = FakeSite::serve(move |hit| {
        if hit.path == "/" && n_asked.fetch_add(1, Ordering::Relaxed) == 0 {
            return Reply::status(500);
        }
        ten_listings(hit)
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(report.listings_new, 10);
    assert_eq!((report.n_failures, site.count("/")), (1, 2));
    let hits = site.hits();
    assert!(hits[2].at - hits[1].at >= Duration::from_millis(150));
}

#[tokio::test]
async fn a_stop_ends_the_round_cleanly() {
    let site = FakeSite::serve(ten_listings).await;
    let bench = Bench::new();
    let (stop, stopped) = watch::channel(false);
    let profiles = [profile(&site, &[])];
    let crawl = bench.round_until(&profiles, stopped);
    let signal = async {
        while site.paths().len() < 4 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.send_replace(true);
    };
    let (report, ()) = tokio::join!(crawl, signal);
    let report = report.unwrap();
    assert!(report.stopped);
    let n_asked = site.paths().len();
    assert!((4..=5).contains(&n_asked), "{n_asked}");
    // What is left is visited next time.
    let report = bench.visit(&site).await;
    assert!(report.listings_new >= 6);
    for n in 0..10 {
        assert!(site.count(&format!("/ad/{n}")) <= 2);
    }
    assert!(site.shortest_interval() >= Duration::from_millis(DELAY_MS));
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_slow_robots_file() {
    let site = FakeSite::serve(|hit| ten_listings(hit).late(60_000)).await;
    let mut bench = Bench::new();
    bench.limits.fetch.head_ms = 60_000;
    let (stop, stopped) = watch::channel(false);
    let profiles = [profile(&site, &[])];
    let signal = async {
        while site.paths().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.send_replace(true);
    };
    let round = async { tokio::join!(bench.round_until(&profiles, stopped), signal) };
    let (report, ()) = tokio::time::timeout(Duration::from_secs(20), round)
        .await
        .unwrap();
    let report = report.unwrap();
    assert!(report.stopped);
    assert_eq!(report.total().requests, 1, "it was sent, so it counts");
}

#[tokio::test]
async fn unfit_profiles_are_refused() {
    let site = FakeSite::serve(ten_listings).await;
    let bench = Bench::new();
    let one = profile(&site, &[]);
    let other = profile(&site, &[("id = \"fake\"", "id = \"other\"")]);
    let error = bench.round(&[one.clone(), other]).await.unwrap_err();
    assert!(matches!(error, CrawlError::SharedHost { .. }), "{error}");
    let lapsed = profile(&site, &[("2030-01-01", "2026-03-03")]);
    let error = bench.round(&[lapsed]).await.unwrap_err();
    assert!(error.to_string().contains("lapsed"), "{error}");
    let no_loopback = profile(
        &site,
        &[
            ("allow_loopback = true", ""),
            ("delay_ms = 40", "delay_ms = 1000"),
        ],
    );
    let report = bench.visit_as(&no_loopback).await;
    check_left_alone(&site, &report, "robots.txt could not be fetched");
    assert_eq!(site.paths().len(), 0);
}

/// A process that is killed while it sits out a `Retry-After` leaves the wait to the next one.
#[tokio::test]
async fn a_wait_that_was_asked_for_outlives_a_kill() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        _ => Reply::with(429, &["retry-after: 20"], ""),
    })
    .await;
    let mut bench = Bench::new();
    bench.limits.patience_ms = 30_000;
    let profiles = [profile(&site, &[])];
    let answered = async {
        while site.paths().len() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // The answer is on its way; the crawler sits out the wait.
        tokio::time::sleep(Duration::from_millis(600)).await;
    };
    tokio::select! {
        _ = bench.round(&profiles) => panic!("the round waits"),
        () = answered => {}
    }
    bench.reopen();
    bench.limits.patience_ms = 100;
    let report = bench.visit(&site).await;
    assert_eq!(site.paths().len(), 2);
    assert!(
        report.not_crawled[0]
            .reason
            .starts_with("asked to be left alone until"),
        "{:?}",
        report.not_crawled
    );
}

#[tokio::test]
async fn a_host_too_busy_for_its_robots_file_is_left_alone_as_long_as_it_asks() {
    let site = FakeSite::serve(|_| Reply::with(429, &["retry-after: 7200"], "")).await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    check_left_alone(
        &site,
        &report,
        "robots.txt was answered with 429, too many requests",
    );
    // The failed attempt is forgotten after ten minutes, the two hours are not.
    bench.set_forward(Duration::from_secs(3_600));
    bench.visit(&site).await;
    assert_eq!(site.paths().len(), 1);
    bench.set_forward(Duration::from_secs(3_700));
    bench.visit(&site).await;
    assert_eq!(site.paths().len(), 2);
}

/// A stop while the request for robots.txt waits its turn says nothing about the site.
#[tokio::test]
async fn a_stop_is_not_kept_as_an_answer_to_robots_txt() {
    let n_asked = AtomicUsize::new(0);
    let site = FakeSite::serve(move |hit| {
        if n_asked.fetch_add(1, Ordering::Relaxed) == 0 {
            return Reply::with(429, &["retry-after: 620"], "");
        }
        ten_listings(hit)
    })
    .await;
    let mut bench = Bench::new();
    bench.limits.patience_ms = 30_000;
    bench.visit(&site).await;
    // The failed attempt is forgotten after 600 s, the host is to be left alone for 20 s more.
    bench.set_forward(Duration::from_secs(600));
    let (stop, stopped) = watch::channel(false);
    let profiles = [profile(&site, &[])];
    let signal = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        stop.send_replace(true);
    };
    let (report, ()) = tokio::join!(bench.round_until(&profiles, stopped), signal);
    assert!(report.unwrap().stopped);
    assert_eq!(site.paths().len(), 1, "stopped while it waited");
    bench.set_forward(Duration::from_secs(21));
    let report = bench.visit(&site).await;
    assert_eq!(report.not_crawled, []);
    assert_eq!(report.listings_new, 10);
}
