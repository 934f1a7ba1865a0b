use model::Timestamp;
use store::StoredRobots;

use super::lines::{Directive, directives};
use super::pattern::google_spelling;
use super::rules::product_token;
use super::*;
use crate::test_support::shared;

/// Path and query as Google's `GetPathParamsQuery` cuts them out of a text that may be no URL.
fn path_params_query(url: &str) -> String {
    let after_authority = match url.strip_prefix("//") {
        Some(rest) => rest,
        None => {
            let early = url.find(['/', '?', ';']).unwrap_or(url.len());
            match url.find("://") {
                Some(scheme) if scheme <= early => &url[scheme + 3..],
                _ => url,
            }
        }
    };
    let Some(start) = after_authority.find(['/', '?', ';']) else {
        return "/".to_owned();
    };
    let end = after_authority.find('#').unwrap_or(after_authority.len());
    if end < start {
        return "/".to_owned();
    }
    let path = &after_authority[start..end];
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

fn failures(folder: &str, reading: Reading) -> Option<(usize, Vec<String>)> {
    let text = shared(&format!("crawler/{folder}/cases.jsonl"))?;
    let text = String::from_utf8(text).unwrap();
    let (mut passed, mut failed) = (0, Vec::new());
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().unwrap_or_default();
        let robots = RobotsTxt::parse(field("robots").as_bytes());
        let path = path_params_query(field("url"));
        // Google's matcher: an invalid agent name is addressed by nobody but `*`.
        let allowed = robots.allows(reading, field("agent"), &path);
        if allowed == case["allowed"].as_bool().unwrap() {
            passed += 1;
        } else {
            failed.push(field("id").to_owned());
        }
    }
    Some((passed, failed))
}

#[test]
fn googles_cases() {
    let Some(google) = failures("robots-google", Reading::Google) else {
        return;
    };
    assert_eq!(google, (145, Vec::new()));
    // The three where Google does not normalise percent-encodings, against RFC 9309 2.2.2.
    let rfc = failures("robots-google", Reading::Rfc).unwrap();
    assert_eq!(
        rfc,
        (142, vec!["g064".into(), "g066".into(), "g067".into()])
    );
}

#[test]
fn crawler_commons_cases() {
    if let Some(rfc) = failures("robots-crawler-commons", Reading::Rfc) {
        assert_eq!(rfc, (61, Vec::new()));
    }
}

/// Whether a name can be addressed in a robots.txt: letters, `-` and `_` (RFC 9309 section 2.2.1).
fn is_product_token(name: &str) -> bool {
    !name.is_empty() && product_token(name.as_bytes()) == name
}

#[test]
fn product_tokens() {
    let Some(text) = shared("crawler/robots-google/useragent_valid.jsonl") else {
        return;
    };
    for line in String::from_utf8(text).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            is_product_token(case["agent"].as_str().unwrap()),
            case["valid"].as_bool().unwrap(),
            "{line}"
        );
    }
    assert!(is_product_token(crate::PRODUCT_TOKEN));
}

#[test]
fn paths_and_spelling() {
    let Some(text) = shared("crawler/robots-google/path_and_escape.json") else {
        return;
    };
    let cases: serde_json::Value = serde_json::from_slice(&text).unwrap();
    for case in cases["get_path_params_query"].as_array().unwrap() {
        assert_eq!(
            path_params_query(case["url"].as_str().unwrap()),
            case["path"].as_str().unwrap(),
            "{case}"
        );
    }
    for case in cases["escape_pattern"].as_array().unwrap() {
        let spelled = google_spelling(case["pattern"].as_str().unwrap().as_bytes());
        assert_eq!(
            String::from_utf8(spelled).unwrap(),
            case["escaped"].as_str().unwrap()
        );
    }
}

#[test]
fn line_ends_and_marks() {
    let Some(text) = shared("crawler/robots-google/lines_and_bom.json") else {
        return;
    };
    let cases: serde_json::Value = serde_json::from_slice(&text).unwrap();
    for case in cases.as_array().unwrap() {
        let bytes: Vec<u8> = case["robots_latin1"]
            .as_str()
            .unwrap()
            .chars()
            .map(|sign| u8::try_from(u32::from(sign)).unwrap())
            .collect();
        let found = directives(&bytes);
        let unknown = found
            .iter()
            .filter(|line| line.directive == Directive::Unknown)
            .count();
        assert_eq!(
            case["valid_directives"],
            found.len() - unknown,
            "{}",
            case["name"]
        );
        if let Some(expected) = case["unknown_directives"].as_u64() {
            assert_eq!(expected, unknown as u64, "{}", case["name"]);
        }
        if let Some(expected) = case["last_line_seen"].as_u64() {
            let last = found.last().unwrap().number as u64;
            assert_eq!(expected, last, "{}", case["name"]);
        }
    }
}

#[test]
fn marks_of_two_byte_encodings_are_read() {
    for file in [
        "robots-with-utf16be-bom.txt",
        "robots-with-utf16le-bom.txt",
        "robots-with-utf8-bom.txt",
    ] {
        let Some(body) = shared(&format!("crawler/robots-crawler-commons/{file}")) else {
            return;
        };
        let known = directives(&body)
            .iter()
            .any(|line| matches!(line.directive, Directive::Disallow(_)));
        assert!(known, "{file}");
    }
}

fn stored(status: Option<u16>, body: &str) -> StoredRobots {
    StoredRobots {
        fetched_at: Timestamp::from_ms(0),
        http_status: status,
        body: body.as_bytes().to_vec(),
    }
}

#[track_caller]
fn check(status: Option<u16>, body: &str, address: &str, expected: &str) {
    let url = url::Url::parse(address).unwrap();
    let said = match RobotsPolicy::of(&stored(status, body)).verdict(&url) {
        RobotsVerdict::Allowed(pass) => format!("allowed {}", pass.url().path()),
        RobotsVerdict::Forbidden { line } => format!("forbidden by line {line}"),
        RobotsVerdict::Closed { reason } => format!("closed: {reason}"),
    };
    assert_eq!(said, expected);
}

#[test]
fn what_an_answer_means() {
    let ours = "User-agent: waaklicht\nDisallow: /private/\n";
    check(Some(200), ours, "https://a.example/ad/1", "allowed /ad/1");
    check(
        Some(200),
        ours,
        "https://a.example/private/1",
        "forbidden by line 2",
    );
    check(
        Some(404),
        ours,
        "https://a.example/private/1",
        "allowed /private/1",
    );
    check(
        Some(503),
        "",
        "https://a.example/",
        "closed: robots.txt was answered with 503",
    );
    check(
        None,
        "",
        "https://a.example/",
        "closed: robots.txt could not be fetched",
    );
    check(
        Some(403),
        "",
        "https://a.example/",
        "closed: robots.txt was answered with 403: the operator must ask the site before anything \
         is fetched",
    );
    check(
        Some(429),
        "",
        "https://a.example/",
        "closed: robots.txt was answered with 429, too many requests",
    );
}

#[test]
fn the_stricter_reading_counts() {
    let letters = "User-agent: *\nDisallow: /\nAllow: /%62az\n";
    check(
        Some(200),
        letters,
        "https://a.example/baz",
        "forbidden by line 2",
    );
    let meaning = "User-agent: *\nDisallow: /%62az\n";
    check(
        Some(200),
        meaning,
        "https://a.example/baz",
        "forbidden by line 2",
    );
}

#[test]
fn delays_and_sitemaps() {
    let body = "Sitemap: https://a.example/map.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x\n\
                User-agent: other\nCrawl-delay: 90\n";
    let policy = RobotsPolicy::of(&stored(Some(200), body));
    assert_eq!(policy.crawl_delay_ms(), Some(2_500));
    assert_eq!(policy.sitemaps(), ["https://a.example/map.xml"]);
    for (odd, expected) in [("-1", None), ("NaN", None), ("1e30", Some(31_536_000_000))] {
        let body = format!("User-agent: *\nCrawl-delay: {odd}\n");
        let policy = RobotsPolicy::of(&stored(Some(200), &body));
        assert_eq!(policy.crawl_delay_ms(), expected, "{odd}");
    }
}

#[test]
fn a_failed_attempt_is_repeated_soon() {
    assert_eq!(
        RobotsPolicy::good_until(&stored(Some(200), "")).as_ms(),
        86_400_000
    );
    assert_eq!(
        RobotsPolicy::good_until(&stored(Some(500), "")).as_ms(),
        600_000
    );
}

#[test]
fn only_the_first_500_kib_count() {
    let mut body = b"User-agent: *\nDisallow: /early\n".to_vec();
    body.resize(ROBOTS_LIMIT_BYTES, b'#');
    body.extend(b"\nDisallow: /late\n");
    let robots = RobotsTxt::parse(&body);
    assert!(!robots.allows(Reading::Rfc, "x", "/early"));
    assert!(robots.allows(Reading::Rfc, "x", "/late"));
}
