use std::io::Write as _;

use model::Timestamp;

use super::*;
use crate::test_support::shared;

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn visit<'a>(head: &'a [u8], body: &'a [u8]) -> WarcVisit<'a> {
    WarcVisit {
        url: "https://a.example/ad/1",
        at: Timestamp::from_ms(1_772_500_000_123),
        peer: Some("192.0.2.1:443".parse().unwrap()),
        request_head: "GET /ad/1 HTTP/1.1\r\nHost: a.example\r\n\r\n",
        response_head: head,
        body,
        truncated: None,
        duration_ms: 12,
        site: "a",
    }
}

#[test]
fn a_page_comes_back_as_it_was_received() {
    let body = gz("<p>café".as_bytes());
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\
                 Content-Encoding: gzip\r\n\r\n";
    let written = record(&visit(head, &body));
    let answer = page(&written).unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.page.url.as_str(), "https://a.example/ad/1");
    assert_eq!(answer.page.seen_at.as_ms(), 1_772_500_000_123);
    assert_eq!(
        answer.page.content_type.as_deref(),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(answer.page.body, "<p>café".as_bytes());
    let kinds: Vec<String> = records(&written)
        .unwrap()
        .iter()
        .map(|record| record.field("warc-type").unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["response", "request", "metadata"]);
}

#[test]
fn what_was_changed_is_noticed() {
    let head = b"HTTP/1.1 200 OK\r\n\r\n";
    let mut plain = Vec::new();
    let packed = record(&visit(head, b"<p>23 jaar"));
    std::io::Read::read_to_end(
        &mut flate2::read::MultiGzDecoder::new(packed.as_slice()),
        &mut plain,
    )
    .unwrap();
    let at = plain
        .windows(7)
        .position(|seven| seven == b"23 jaar")
        .unwrap();
    plain[at + 1] = b'4';
    assert_eq!(page(&plain), Err(ArchiveError::Digest("block")));
    assert!(matches!(page(&packed[..40]), Err(ArchiveError::Packed(_))));
}

#[test]
fn a_value_cannot_open_a_line() {
    let mut visit = visit(b"HTTP/1.1 200 OK\r\n\r\n", b"");
    visit.site = "a\r\nx: y";
    visit.url = "https://a.example/\r\nWARC-Type: warcinfo";
    let records = records(&record(&visit)).unwrap();
    assert_eq!(records[0].field("warc-type"), Some("response"));
}

#[test]
fn the_same_visit_gives_the_same_bytes() {
    let head = b"HTTP/1.1 200 OK\r\n\r\n";
    assert_eq!(record(&visit(head, b"x")), record(&visit(head, b"x")));
    assert_ne!(record(&visit(head, b"x")), record(&visit(head, b"y")));
}

#[test]
fn published_archives_are_read() {
    let count = |file: &str| shared(file).map(|bytes| records(&bytes).map(|found| found.len()));
    for (file, expected) in [
        ("crawler/warc-warcio/example.warc", 6),
        ("crawler/warc-warcio/example.warc.gz", 6),
        ("crawler/warc-jwarc/cc.warc.gz", 1),
    ] {
        if let Some(found) = count(file) {
            assert_eq!(found, Ok(expected), "{file}");
        }
    }
}
