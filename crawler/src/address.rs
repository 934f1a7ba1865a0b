//! Addresses: one spelling for each, and the traps that lead nowhere.
//!
//! Sites spell the same address in many ways. What the URL standard says is the `url` crate's
//! work; here come the habits: fragments, session ids, tracking parameters, needless encodings.

use model::Timestamp;
use url::Url;

/// Longest address that is followed.
pub const URL_LIMIT_BYTES: usize = 2_048;
/// Most path segments of an address that is followed.
pub const SEGMENT_LIMIT: usize = 12;
/// How often a segment may stand in a path before it is taken for a loop of relative links.
const SEGMENT_REPEATS: usize = 3;
/// Calendars run on for ever: dates further off than this many years are not followed.
const CALENDAR_YEARS: i32 = 2;

/// Parameters that name the visit, not the page.
const SESSION_PARAMETERS: [&str; 9] = [
    "phpsessid",
    "jsessionid",
    "aspsessionid",
    "sessionid",
    "session_id",
    "sid",
    "cfid",
    "cftoken",
    "zenid",
];
/// Parameters that name the way here, not the page.
const TRACKING_PARAMETERS: [&str; 6] = ["gclid", "fbclid", "msclkid", "dclid", "yclid", "igshid"];

/// Why an address is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trap {
    /// Longer than [`URL_LIMIT_BYTES`].
    TooLong,
    /// More than [`SEGMENT_LIMIT`] path segments.
    TooDeep,
    /// A path segment stands three times in it.
    Repeats,
    /// A page of a calendar, years away.
    FarDate,
}

impl Trap {
    /// For people.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::TooLong => "address longer than 2,048 bytes",
            Self::TooDeep => "more than 12 path segments",
            Self::Repeats => "a path segment stands three times in the address",
            Self::FarDate => "a calendar page years away",
        }
    }
}

/// The one spelling of an address. `None` for what is no `http` or `https` address, or carries a
/// name and password.
///
/// Doing it twice changes nothing.
pub fn normalised(url: &Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https")
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return None;
    }
    let mut url = url.clone();
    url.set_fragment(None);
    let path = without_session(&plain_encoding(url.path()));
    url.set_path(&path);
    let query = url
        .query()
        .map(kept_query)
        .filter(|query| !query.is_empty());
    url.set_query(query.as_deref());
    Some(url)
}

/// Host and port, the unit that is leased and delayed.
pub fn host_key(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(format!("{host}:{}", url.port_or_known_default()?))
}

/// Whether following the address would lead nowhere.
pub fn trap(url: &Url, now: Timestamp) -> Option<Trap> {
    if url.as_str().len() > URL_LIMIT_BYTES {
        return Some(Trap::TooLong);
    }
    let segments: Vec<&str> = url.path().split('/').filter(|s| !s.is_empty()).collect();
    if segments.len() > SEGMENT_LIMIT {
        return Some(Trap::TooDeep);
    }
    let repeats = |segment: &&&str| {
        segments.iter().filter(|other| other == segment).count() >= SEGMENT_REPEATS
    };
    if segments.iter().any(|segment| repeats(&segment)) {
        return Some(Trap::Repeats);
    }
    years(url)
        .any(|year| (year - i32::from(now.year())).abs() > CALENDAR_YEARS)
        .then_some(Trap::FarDate)
}

/// Years of the dates in an address: `/2031/05/`, `2031-05-01`, `month=2031-05`.
fn years(url: &Url) -> impl Iterator<Item = i32> {
    let text: Vec<u8> = url
        .path()
        .bytes()
        .chain([b'?'])
        .chain(url.query().unwrap_or("").bytes())
        .collect();
    let digit = |text: &[u8], at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    for at in 0..text.len() {
        let starts = at == 0 || !text[at - 1].is_ascii_digit();
        let shaped = (0..4).all(|step| digit(&text, at + step))
            && matches!(text.get(at + 4), Some(b'-' | b'/'))
            && digit(&text, at + 5)
            && digit(&text, at + 6)
            && !digit(&text, at + 7);
        if !starts || !shaped {
            continue;
        }
        let number = |from: usize, to: usize| {
            text[from..to]
                .iter()
                .fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0'))
        };
        if (1..=12).contains(&number(at + 5, at + 7)) && (1970..=9999).contains(&number(at, at + 4))
        {
            found.push(number(at, at + 4));
        }
    }
    found.into_iter()
}

/// Encoded unreserved characters as themselves, hex digits in capitals, a lone `%` encoded.
fn plain_encoding(written: &str) -> String {
    let bytes = written.as_bytes();
    let mut plain = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let start = bytes.len() - rest.len() + at;
        let value = bytes
            .get(start + 1..start + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match value {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
                rest = &rest[at + 3..];
            }
            Some(byte) => {
                plain.push_str(&format!("%{byte:02X}"));
                rest = &rest[at + 3..];
            }
            None => {
                plain.push_str("%25");
                rest = &rest[at + 1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// A path without `;jsessionid=…`.
fn without_session(path: &str) -> String {
    let mut kept = String::with_capacity(path.len());
    for (at, segment) in path.split('/').enumerate() {
        if at > 0 {
            kept.push('/');
        }
        let mut parts = segment.split(';');
        kept.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let name = part.split('=').next().unwrap_or_default();
            if !is_session(name) {
                kept.push(';');
                kept.push_str(part);
            }
        }
    }
    kept
}

fn kept_query(query: &str) -> String {
    let kept: Vec<String> = query
        .split('&')
        .filter(|pair| {
            let name = pair
                .split('=')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let visit = is_session(&name)
                || TRACKING_PARAMETERS.contains(&name.as_str())
                || name.starts_with("utm_");
            !pair.is_empty() && !visit
        })
        .map(plain_encoding)
        .collect();
    kept.join("&")
}

fn is_session(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SESSION_PARAMETERS.iter().any(|session| {
        name == *session || (name.starts_with("aspsessionid") && session.starts_with("aspsession"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::shared;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let url = normalised(&Url::parse(written).unwrap());
        assert_eq!(url.as_ref().map_or("refused", |url| url.as_str()), expected);
        if let Some(url) = url {
            assert_eq!(normalised(&url), Some(url.clone()), "twice is once");
        }
    }

    #[test]
    fn one_spelling() {
        check("HTTP://A.example:80/x#part", "http://a.example/x");
        check(
            "https://a.example/%7euser/%e9",
            "https://a.example/~user/%E9",
        );
        check(
            "https://a.example/x?a=1&utm_source=z&b=2",
            "https://a.example/x?a=1&b=2",
        );
        check("https://a.example/x?PHPSESSID=0af", "https://a.example/x");
        check(
            "https://a.example/x;jsessionid=0af/y?q",
            "https://a.example/x/y?q",
        );
        check("https://a.example/x;v=1", "https://a.example/x;v=1");
        check("https://a.example/100%", "https://a.example/100%25");
        check("https://a.example/%%36%31", "https://a.example/%2561");
        check("https://user:pw@a.example/", "refused");
        check("ftp://a.example/", "refused");
        check("https://a.example/x?side=2", "https://a.example/x?side=2");
    }

    #[test]
    fn published_cases_stay_the_same_the_second_time() {
        let Some(text) = shared("crawler/url-urlcanon/idempotence.json") else {
            return;
        };
        let cases: Vec<String> = serde_json::from_slice(&text).unwrap();
        for written in cases {
            let Some(once) = Url::parse(&written).ok().and_then(|url| normalised(&url)) else {
                continue;
            };
            assert_eq!(normalised(&once), Some(once.clone()), "{written}");
        }
    }

    #[test]
    fn published_cases_of_the_precise_form() {
        let Some(text) = shared("crawler/url-urlcanon/semantic_precise.json") else {
            return;
        };
        let cases: std::collections::BTreeMap<String, String> =
            serde_json::from_slice(&text).unwrap();
        let (mut same, mut other) = (0, 0);
        for (written, expected) in &cases {
            let (Ok(url), Ok(expected)) = (Url::parse(written), Url::parse(expected)) else {
                continue;
            };
            let Some(ours) = normalised(&url) else {
                continue;
            };
            // The published form keeps fragments, which never reach a server.
            let mut expected = expected;
            expected.set_fragment(None);
            if ours == expected {
                same += 1;
            } else {
                other += 1;
            }
            assert_eq!(normalised(&ours), Some(ours.clone()), "{written}");
        }
        // The others are choices of that form which may change what a server answers: parameters
        // sorted, encodings undone again and again, double slashes and reserved signs folded,
        // odd host names read as numbers, Latin-1 read as UTF-8.
        assert_eq!((same, other), (87, 47));
    }

    #[test]
    fn traps() {
        let now: Timestamp = "2026-03-03".parse().unwrap();
        let check = |written: &str, expected: Option<Trap>| {
            assert_eq!(
                trap(&Url::parse(written).unwrap(), now),
                expected,
                "{written}"
            );
        };
        check("https://a.example/ad/12", None);
        check(
            &format!("https://a.example/{}", "x".repeat(2_100)),
            Some(Trap::TooLong),
        );
        check("https://a.example/1/2/3/4/5/6/7/8/9/10/11/12", None);
        check(
            "https://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13",
            Some(Trap::TooDeep),
        );
        check("https://a.example/nl/ad/nl/ad/nl", Some(Trap::Repeats));
        check("https://a.example/nl/ad/nl", None);
        check("https://a.example/2026/04/", None);
        check("https://a.example/agenda/2049/04/", Some(Trap::FarDate));
        check(
            "https://a.example/agenda?month=1999-12",
            Some(Trap::FarDate),
        );
        check("https://a.example/tel/2049-99", None);
        check("https://a.example/ad/12049-04", None);
    }
}
