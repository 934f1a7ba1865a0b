//! The lines of a robots.txt and what they say.

/// Longest line that is read, as in Google's parser: 8 times the longest address of old browsers,
/// less the byte that closes its buffer.
const LINE_LIMIT_BYTES: usize = 2083 * 8 - 1;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    UserAgent(Vec<u8>),
    Allow(Vec<u8>),
    Disallow(Vec<u8>),
    Sitemap(Vec<u8>),
    CrawlDelay(Vec<u8>),
    Unknown,
}

/// A line that says something, with its number from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) directive: Directive,
}

/// The directives of a file. Understands the three line ends, byte order marks (also broken ones),
/// comments, a missing colon and common misspellings.
pub(super) fn directives(body: &[u8]) -> Vec<Line> {
    let decoded = utf16(body);
    let body = decoded.as_deref().unwrap_or(body);
    let mut found = Vec::new();
    for (at, line) in split_lines(without_mark(body)).enumerate() {
        if let Some(directive) = directive(line) {
            found.push(Line {
                number: at + 1,
                directive,
            });
        }
    }
    found
}

fn utf16(body: &[u8]) -> Option<Vec<u8>> {
    let (encoding, _) = encoding_rs::Encoding::for_bom(body)?;
    if encoding == encoding_rs::UTF_8 {
        return None;
    }
    let (text, _, _) = encoding.decode(body);
    Some(text.into_owned().into_bytes())
}

/// Skips a UTF-8 byte order mark, or as much of one as is there.
fn without_mark(body: &[u8]) -> &[u8] {
    let mark = [0xEF, 0xBB, 0xBF];
    let shared = body.iter().zip(&mark).take_while(|(a, b)| a == b).count();
    &body[shared..]
}

/// Lines without their ends: `\n`, `\r` or `\r\n`.
fn split_lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(body);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            rest = None;
            return Some(text);
        };
        let skip = if text[end..].starts_with(b"\r\n") {
            2
        } else {
            1
        };
        rest = Some(&text[end + skip..]);
        Some(&text[..end])
    })
}

fn directive(line: &[u8]) -> Option<Directive> {
    let line = &line[..line.len().min(LINE_LIMIT_BYTES)];
    let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
    let line = line.trim_ascii();
    if line.is_empty() {
        return None;
    }
    let (key, value) = key_and_value(line)?;
    let key = key.to_ascii_lowercase();
    let value = value.to_vec();
    let is_one_of = |spellings: &[&str]| {
        spellings
            .iter()
            .any(|spelling| key.starts_with(spelling.as_bytes()))
    };
    // The misspellings are those that Google's parser takes for what they mean.
    Some(if is_one_of(&["user-agent", "useragent", "user agent"]) {
        Directive::UserAgent(value)
    } else if is_one_of(&["allow"]) {
        Directive::Allow(value)
    } else if is_one_of(&[
        "disallow",
        "dissallow",
        "dissalow",
        "disalow",
        "diasllow",
        "disallaw",
    ]) {
        Directive::Disallow(value)
    } else if is_one_of(&["sitemap", "site-map"]) {
        Directive::Sitemap(value)
    } else if is_one_of(&["crawl-delay", "crawldelay"]) {
        Directive::CrawlDelay(value)
    } else {
        Directive::Unknown
    })
}

/// Splits at the first colon; without one, at white space when there are exactly two words.
fn key_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    if let Some(colon) = line.iter().position(|byte| *byte == b':') {
        let key = line[..colon].trim_ascii();
        return (!key.is_empty()).then_some((key, line[colon + 1..].trim_ascii()));
    }
    let mut words = line
        .split(|byte| matches!(byte, b' ' | b'\t'))
        .filter(|word| !word.is_empty());
    match (words.next(), words.next(), words.next()) {
        (Some(key), Some(value), None) => Some((key, value)),
        _ => None,
    }
}
