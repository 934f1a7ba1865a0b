//! From bytes to text: byte order mark, profile, header, meta element, detector. Never fails.
//!
//! The order is the HTML standard's (section 13.2.3.2), with the profile's word before the
//! header's: a site that is wrong about itself is a reason to write a profile line.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How many bytes are searched for a meta element. The HTML standard asks for 1,024 and lets a
/// meta element further down change the encoding while parsing (section 13.2.3.4); looking further
/// at once comes to the same.
const PRESCAN_BYTES: usize = 64 * 1_024;

/// Text with how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding.
    pub encoding: &'static Encoding,
    /// What told the encoding.
    pub told_by: ToldBy,
    /// Whether bytes stood there that the encoding does not have; they became U+FFFD.
    pub had_errors: bool,
}

/// What told the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// A byte order mark.
    Mark,
    /// The site's profile.
    Profile,
    /// The `charset` of `Content-Type`.
    Header,
    /// A meta element.
    Meta,
    /// The detector.
    Guess,
}

/// Reads the bytes. `content_type` is the header's value.
pub fn decode(
    body: &[u8],
    content_type: Option<&str>,
    profile: Option<&'static Encoding>,
) -> Decoded {
    let (encoding, told_by) = if let Some((encoding, _)) = Encoding::for_bom(body) {
        (encoding, ToldBy::Mark)
    } else if let Some(encoding) = profile {
        (encoding, ToldBy::Profile)
    } else if let Some(encoding) = content_type.and_then(of_content_type) {
        (encoding, ToldBy::Header)
    } else if let Some(encoding) = prescan(body) {
        (encoding, ToldBy::Meta)
    } else {
        (guess(body), ToldBy::Guess)
    };
    let (text, encoding, had_errors) = encoding.decode(body);
    Decoded {
        text: text.into_owned(),
        encoding,
        told_by,
        had_errors,
    }
}

/// The encoding that a `Content-Type` value names.
pub(crate) fn of_content_type(value: &str) -> Option<&'static Encoding> {
    Encoding::for_label(charset_of(value.as_bytes())?)
}

fn guess(body: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The HTML standard's prescan: the encoding that a meta element names.
pub(crate) fn prescan(body: &[u8]) -> Option<&'static Encoding> {
    let mut scan = Scan {
        bytes: &body[..body.len().min(PRESCAN_BYTES)],
        at: 0,
    };
    while scan.at < scan.bytes.len() {
        let rest = &scan.bytes[scan.at..];
        if rest.starts_with(b"<!--") {
            scan.skip_comment();
        } else if is_meta_start(rest) {
            scan.at += 5;
            if let Some(encoding) = scan.meta() {
                return Some(encoding);
            }
        } else if rest.first() == Some(&b'<') && starts_tag(&rest[1..]) {
            scan.skip_tag();
        } else if rest.starts_with(b"<!") || rest.starts_with(b"</") || rest.starts_with(b"<?") {
            scan.skip_to(b'>');
        }
        scan.at += 1;
    }
    None
}

fn is_meta_start(rest: &[u8]) -> bool {
    rest.len() > 5
        && rest[..5].eq_ignore_ascii_case(b"<meta")
        && matches!(rest[5], b'\t' | b'\n' | 0x0C | b'\r' | b' ' | b'/')
}

fn starts_tag(after: &[u8]) -> bool {
    let name = after.strip_prefix(b"/").unwrap_or(after);
    name.first().is_some_and(u8::is_ascii_alphabetic)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_to(&mut self, wanted: u8) {
        let rest = &self.bytes[self.at..];
        let found = rest.iter().position(|byte| *byte == wanted);
        self.at += found.unwrap_or(rest.len());
    }

    /// Leaves the position at the `>` of the first `-->`; its two dashes may be those of `<!--`.
    fn skip_comment(&mut self) {
        let from = self.at + 2;
        let end = self.bytes[from..]
            .windows(3)
            .position(|three| three == b"-->");
        self.at = end.map_or(self.bytes.len(), |end| from + end + 2);
    }

    fn skip_tag(&mut self) {
        while self
            .byte()
            .is_some_and(|byte| !is_space(byte) && byte != b'>')
        {
            self.at += 1;
        }
        while self.attribute().is_some() {}
    }

    fn meta(&mut self) -> Option<&'static Encoding> {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        let (mut got_pragma, mut need_pragma, mut charset) = (false, None, None);
        while let Some((name, value)) = self.attribute() {
            if seen.contains(&name) {
                continue;
            }
            match name.as_slice() {
                b"http-equiv" => got_pragma |= value == b"content-type",
                b"content" if charset.is_none() => {
                    if let Some(found) = charset_of(&value).and_then(Encoding::for_label) {
                        charset = Some(found);
                        need_pragma = Some(true);
                    }
                }
                b"charset" => {
                    charset = Encoding::for_label(&value);
                    need_pragma = Some(false);
                }
                _ => {}
            }
            seen.push(name);
        }
        let needs = need_pragma?;
        if needs && !got_pragma {
            return None;
        }
        charset.map(as_declared)
    }

    /// The standard's "get an attribute": name and value in lower case.
    fn attribute(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        while self
            .byte()
            .is_some_and(|byte| is_space(byte) || byte == b'/')
        {
            self.at += 1;
        }
        if self.byte()? == b'>' {
            return None;
        }
        let mut name = Vec::new();
        loop {
            match self.byte()? {
                b'=' if !name.is_empty() => {
                    self.at += 1;
                    return Some((name, self.value()?));
                }
                byte if is_space(byte) => break,
                b'/' | b'>' => return Some((name, Vec::new())),
                byte => name.push(byte.to_ascii_lowercase()),
            }
            self.at += 1;
        }
        while is_space(self.byte()?) {
            self.at += 1;
        }
        if self.byte()? != b'=' {
            return Some((name, Vec::new()));
        }
        self.at += 1;
        Some((name, self.value()?))
    }

    fn value(&mut self) -> Option<Vec<u8>> {
        while is_space(self.byte()?) {
            self.at += 1;
        }
        let mut value = Vec::new();
        let quote = self.byte()?;
        if matches!(quote, b'"' | b'\'') {
            self.at += 1;
            loop {
                let byte = self.byte()?;
                self.at += 1;
                if byte == quote {
                    return Some(value);
                }
                value.push(byte.to_ascii_lowercase());
            }
        }
        loop {
            let byte = self.byte()?;
            if is_space(byte) || byte == b'>' {
                return Some(value);
            }
            value.push(byte.to_ascii_lowercase());
            self.at += 1;
        }
    }
}

/// A page that could be read to say "UTF-16" in ASCII is not in UTF-16.
fn as_declared(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::UTF_16BE || encoding == encoding_rs::UTF_16LE {
        UTF_8
    } else if encoding == encoding_rs::X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    }
}

/// The standard's "extracting a character encoding from a meta element".
fn charset_of(value: &[u8]) -> Option<&[u8]> {
    let mut rest = value;
    loop {
        let at = rest
            .windows(7)
            .position(|seven| seven.eq_ignore_ascii_case(b"charset"))?;
        rest = rest[at + 7..].trim_ascii_start();
        let Some(after) = rest.strip_prefix(b"=") else {
            continue;
        };
        let after = after.trim_ascii_start();
        let quote = *after.first()?;
        if matches!(quote, b'"' | b'\'') {
            let inner = &after[1..];
            let end = inner.iter().position(|byte| *byte == quote)?;
            return Some(&inner[..end]);
        }
        let end = after
            .iter()
            .position(|byte| is_space(*byte) || *byte == b';')
            .unwrap_or(after.len());
        return Some(&after[..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::shared;

    /// Published prescan cases; where the meta element says nothing, the fallback is windows-1252.
    fn published(file: &str) -> Option<(usize, Vec<String>)> {
        let bytes = shared(&format!("crawler/charset-html5lib/{file}"))?;
        let mut cases: Vec<(Vec<u8>, String)> = Vec::new();
        let (mut data, mut encoding, mut into_data) = (Vec::new(), String::new(), false);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.trim_ascii_end() {
                b"#data" => {
                    if !encoding.is_empty() {
                        cases.push((std::mem::take(&mut data), std::mem::take(&mut encoding)));
                    }
                    into_data = true;
                }
                b"#encoding" => into_data = false,
                _ if into_data => data.extend_from_slice(line),
                text if encoding.is_empty() => {
                    encoding = String::from_utf8_lossy(text).into_owned();
                }
                _ => {}
            }
        }
        cases.push((data, encoding));
        for (data, _) in &mut cases {
            data.pop_if(|byte| *byte == b'\n');
        }
        let (mut passed, mut failed) = (0, Vec::new());
        for (data, expected) in cases {
            let mark = Encoding::for_bom(&data).map(|(encoding, _)| encoding);
            let found = mark.or_else(|| prescan(&data)).unwrap_or(WINDOWS_1252);
            if Encoding::for_label(expected.as_bytes()) == Some(found) {
                passed += 1;
            } else {
                let start = String::from_utf8_lossy(&data[..data.len().min(80)]).into_owned();
                failed.push(format!("{start:?}: {} not {expected}", found.name()));
            }
        }
        Some((passed, failed))
    }

    #[test]
    fn html5lib_cases() {
        for (file, expected) in [
            ("tests1.dat", 59),
            ("tests2.dat", 22),
            ("test-yahoo-jp.dat", 1),
        ] {
            if let Some(found) = published(file) {
                assert_eq!(found, (expected, Vec::new()), "{file}");
            }
        }
    }

    #[track_caller]
    fn check(
        body: &[u8],
        header: Option<&str>,
        profile: Option<&'static Encoding>,
        expected: &str,
    ) {
        let decoded = decode(body, header, profile);
        assert_eq!(
            format!(
                "{} {} {:?}",
                decoded.text,
                decoded.encoding.name(),
                decoded.told_by
            ),
            expected
        );
    }

    #[test]
    fn who_tells_the_encoding() {
        check(
            b"\xEF\xBB\xBFcaf\xC3\xA9",
            Some("text/html; charset=windows-1252"),
            None,
            "café UTF-8 Mark",
        );
        check(
            b"caf\xE9",
            Some("text/html; charset=utf-8"),
            Some(WINDOWS_1252),
            "café windows-1252 Profile",
        );
        check(
            b"caf\xE9",
            Some("text/html;charset=\"ISO-8859-1\""),
            None,
            "café windows-1252 Header",
        );
        check(
            b"<meta charset=utf-8>\xC3\xA9",
            None,
            None,
            "<meta charset=utf-8>é UTF-8 Meta",
        );
        check(
            "Zoë, Groningen".as_bytes(),
            None,
            None,
            "Zoë, Groningen UTF-8 Guess",
        );
        check(
            b"beschikbaar op caf\xE9 \x80 50",
            None,
            None,
            "beschikbaar op café € 50 windows-1252 Guess",
        );
        check(
            b"caf\xE9",
            Some("text/html; charset=utf-8"),
            None,
            "caf\u{FFFD} UTF-8 Header",
        );
    }
}
