//! Parses a page in pieces and stops feeding when it grows hostile.

use std::cell::Cell;

use html5ever::ParseOpts;
use html5ever::driver::parse_document;
use html5ever::interface::Tracer;
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

/// Open elements beyond which a page is cut. 128 kB of nested lists took 5.7 s, the same bytes
/// flat 0.03 s (measured on html5ever 0.40); real pages stay below 100.
pub(super) const DEPTH_LIMIT: usize = 512;
/// Bytes fed between two looks at the depth.
const PIECE_BYTES: usize = 4 * 1024;
/// Attributes of one element beyond which a page is cut: each new one is compared with all others.
const ATTRIBUTE_LIMIT: usize = 1_000;

/// A parsed page.
pub(crate) struct Tree {
    /// The tree.
    pub html: Html,
    /// Why the rest of the page is missing, where it is.
    pub cut: Option<Cut>,
}

/// Why a page was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nested too deep.
    Depth,
    /// An element with too many attributes.
    Attributes,
}

impl Cut {
    /// For people.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Depth => "page cut: elements nested deeper than 512",
            Self::Attributes => "page cut: an element with more than 1,000 attributes",
        }
    }
}

impl Tree {
    /// Parses a page; never fails.
    pub(crate) fn parse(page: &str) -> Self {
        let flood = attribute_flood(page);
        let mut cut = flood.map(|_| Cut::Attributes);
        let mut rest = &page[..flood.unwrap_or(page.len())];
        let sink = HtmlTreeSink::new(Html::new_document());
        let mut parser = parse_document(sink, ParseOpts::default());
        while !rest.is_empty() {
            let mut end = rest.len().min(PIECE_BYTES);
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            parser.process(StrTendril::from(&rest[..end]));
            rest = &rest[end..];
            let depth = OpenElements::default();
            parser.tokenizer.sink.trace_handles(&depth);
            if depth.count.get() > DEPTH_LIMIT {
                cut = Some(Cut::Depth);
                break;
            }
        }
        Self {
            html: parser.finish(),
            cut,
        }
    }
}

/// Counts what the tree builder holds open.
#[derive(Default)]
struct OpenElements {
    count: Cell<usize>,
}

impl Tracer for OpenElements {
    type Handle = <HtmlTreeSink as html5ever::interface::TreeSink>::Handle;

    fn trace_handle(&self, _: &Self::Handle) {
        self.count.set(self.count.get() + 1);
    }
}

/// Where the first tag begins that has too many attributes. Scripts and styles are passed over:
/// what looks like a tag there is none.
fn attribute_flood(page: &str) -> Option<usize> {
    let bytes = page.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        let start = at + found;
        at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let end = tag_end(bytes, at)?;
        match end {
            TagEnd::At(end) => at = end,
            TagEnd::Flood => return Some(start),
        }
        for raw in [b"script".as_slice(), b"style"] {
            let named = bytes.get(start + 1..start + 1 + raw.len());
            if named.is_some_and(|name| name.eq_ignore_ascii_case(raw)) {
                at = raw_text_end(bytes, at, raw);
            }
        }
    }
    None
}

enum TagEnd {
    At(usize),
    Flood,
}

/// The byte after the tag that is open at `at`; `None` when the page ends within it.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<TagEnd> {
    let mut attributes = 0;
    let mut before = b'x';
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'>' => return Some(TagEnd::At(at + 1)),
            b'"' | b'\'' if before == b'=' => {
                at += 1;
                at += bytes[at..].iter().position(|other| *other == byte)?;
            }
            b'"' | b'\'' | b'=' => {}
            byte if byte.is_ascii_whitespace() || byte == b'/' => {
                at += 1;
                // White space before `=` and its value belongs to the attribute.
                if before != b'=' {
                    before = b' ';
                }
                continue;
            }
            _ if before == b' ' || before == b'"' || before == b'\'' => {
                attributes += 1;
                if attributes > ATTRIBUTE_LIMIT {
                    return Some(TagEnd::Flood);
                }
            }
            _ => {}
        }
        before = byte;
        at += 1;
    }
    (attributes > ATTRIBUTE_LIMIT).then_some(TagEnd::Flood)
}

fn raw_text_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += found + 1;
        let closes = bytes.get(at) == Some(&b'/')
            && bytes
                .get(at + 1..at + 1 + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name));
        if closes {
            return at;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Far above what it takes here, far below the seconds that it takes without the caps.
    #[track_caller]
    fn check(page: &str, expected: Option<Cut>) {
        let begin = Instant::now();
        let tree = Tree::parse(page);
        assert_eq!(tree.cut, expected);
        assert!(
            begin.elapsed() < Duration::from_secs(2),
            "{:?}",
            begin.elapsed()
        );
    }

    #[test]
    fn hostile_pages_are_cut() {
        check(&"<ul><li>".repeat(100_000), Some(Cut::Depth));
        check(&"<b>".repeat(300_000), Some(Cut::Depth));
        check(&"<table><td>".repeat(50_000), Some(Cut::Depth));
        let attributes: String = (0..300_000).map(|n| format!(" a{n}=1")).collect();
        check(&format!("<p{attributes}>x</p>"), Some(Cut::Attributes));
        let quoted: String = (0..100_000).map(|n| format!(" a{n}='>'")).collect();
        check(&format!("<p {quoted}"), Some(Cut::Attributes));
        check(&"\0".repeat(1_000_000), None);
    }

    #[test]
    fn ordinary_pages_are_whole() {
        check(&"<p class=a>x</p>".repeat(20_000), None);
        let script = "a <b c ".repeat(5_000);
        check(&format!("<script>{script}</script><p>x"), None);
        check(&format!("<img src='data:,{}'>", "x ".repeat(50_000)), None);
        check("a < b and a <b", None);
    }

    #[test]
    fn what_stands_before_the_cut_is_kept() {
        let page = format!("<h1>Kamer</h1>{}", "<div>".repeat(100_000));
        let tree = Tree::parse(&page);
        let heading = scraper::Selector::parse("h1").unwrap();
        assert_eq!(tree.html.select(&heading).count(), 1);
    }
}
