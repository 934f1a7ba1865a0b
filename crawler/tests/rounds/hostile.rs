use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::bench::{Bench, ad, links};
use crate::fake_site::{FakeSite, Reply};

/// `/ad/bad` answers so; `/ad/good` must be read all the same. Gives the reason of the failure.
#[track_caller]
fn check(bad: Reply, expected: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let site = FakeSite::serve(move |hit| match hit.path.as_str() {
            "/robots.txt" => Reply::status(404),
            "/" => Reply::html(links(&["/ad/bad", "/ad/good"])),
            "/ad/bad" => bad.clone(),
            _ => Reply::html(ad("Anna", "")),
        })
        .await;
        let mut bench = Bench::new();
        bench.limits.attempts_per_round = 1;
        let begin = Instant::now();
        let report = bench.visit(&site).await;
        assert!(
            begin.elapsed() < Duration::from_secs(6),
            "{:?}",
            begin.elapsed()
        );
        assert_eq!(site.count("/ad/good"), 1);
        assert!(report.listings_new >= 1);
        let reasons: Vec<&str> = report.failures.iter().map(|f| f.reason.as_str()).collect();
        assert_eq!(reasons.join("; "), expected);
    });
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n";

#[test]
fn slow_head() {
    check(Reply::html("late").late(3_000), "no answer in time");
}

#[test]
fn slow_body() {
    check(
        Reply::raw(CHUNKED).endless(200, "1\r\nx\r\n"),
        "body too slow",
    );
}

#[test]
fn a_body_that_never_ends_in_time() {
    let piece = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    check(
        Reply::raw(CHUNKED).endless(100, piece),
        "body not complete in time",
    );
}

#[test]
fn endless_chunks() {
    let piece = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
    check(
        Reply::raw(CHUNKED).endless(0, piece),
        "body larger than 300000 bytes",
    );
}

#[test]
fn gzip_bomb() {
    let encoding = ["content-encoding: gzip"];
    check(
        Reply::with(200, &encoding, gzip(&vec![b' '; 400_000])),
        "unpacks to more than 100 times its size",
    );
    check(
        Reply::with(200, &encoding, gzip(&vec![b' '; 100_000_000])),
        "more than 500000 bytes once unpacked",
    );
}

#[test]
fn encodings_nested_or_unknown() {
    check(
        Reply::with(200, &["content-encoding: gzip, gzip, gzip"], "x"),
        "encoded three times or more",
    );
    check(
        Reply::with(200, &["content-encoding: br"], "x"),
        "encoding `br` was not asked for",
    );
}

#[test]
fn headers_without_measure() {
    let headers: String = (0..10_000).map(|n| format!("x-{n}: 1\r\n")).collect();
    check(
        Reply::raw(format!(
            "HTTP/1.1 200 OK\r\n{headers}content-length: 0\r\n\r\n"
        )),
        "connection broke or answer is not HTTP",
    );
    let long = "x".repeat(100_000);
    check(
        Reply::with(200, &[&format!("x-long: {long}")], "x"),
        "headers larger than the cap",
    );
}

#[test]
fn answers_that_are_no_http() {
    for raw in [
        "<html>HTTP/0.9",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nshortlong",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx\r\n",
        "",
    ] {
        check(Reply::raw(raw), "connection broke or answer is not HTTP");
    }
}

#[test]
fn a_304_that_nobody_asked_for() {
    check(Reply::status(304), "304 without a question");
}

#[test]
fn an_odd_status() {
    check(Reply::status(418), "answered with 418");
}

#[test]
fn deep_markup_is_cut_and_the_rest_read() {
    let deep = ad("Bo", &"<div>".repeat(50_000));
    check(Reply::html(deep), "");
}

#[test]
fn a_defect_of_ours_costs_one_page() {
    check(
        Reply::html(ad("Boom", "")),
        "reading it broke off: a defect of this program, please report it",
    );
}
