//! What a meta element says of the encoding, without parsing the page.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How many bytes are searched for a meta element. The HTML standard asks for 1,024 and lets a
/// meta element further down change the encoding while parsing (section 13.2.3.4); looking further
/// at once comes to the same.
const PRESCAN_BYTES: usize = 64 * 1_024;

/// The HTML standard's prescan: the encoding that a meta element names.
pub(super) fn prescan(body: &[u8]) -> Option<&'static Encoding> {
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
pub(super) fn charset_of(value: &[u8]) -> Option<&[u8]> {
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
