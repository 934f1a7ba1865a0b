//! Parses a page in pieces and stops feeding when it grows hostile.

use std::cell::Cell;

use html5ever::interface::{TokenizerResult, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink};

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

/// Open elements beyond which a page is cut. 128 kB of nested lists took 5.7 s, the same bytes
/// flat 0.03 s (measured on html5ever 0.40); real pages stay below 100.
pub(super) const DEPTH_LIMIT: usize = 512;
/// Bytes fed between two looks at the depth.
const PIECE_BYTES: usize = 4 * 1024;
/// Words within one tag or comment from which its further bytes count as long. The tokenizer compares
/// each new attribute with all others of its tag: 300,000 of them would keep it busy for minutes.
const WORDS_LIMIT: usize = 1_000;
/// Long bytes of a page beyond which it is cut: some 10,000 attributes, which take a tenth of a
/// second; a comment that leaves out half a page stays below.
const LONG_LIMIT_BYTES: usize = 64 * 1024;

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
    /// A tag with too many attributes, or what could be one.
    Attributes,
}

impl Cut {
    /// For people.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Depth => "page cut: elements nested deeper than 512",
            Self::Attributes => {
                "page cut: a tag with thousands of attributes, or a comment of such a length"
            }
        }
    }
}

impl Tree {
    /// Parses a page; never fails.
    pub(crate) fn parse(page: &str) -> Self {
        let sink = HtmlTreeSink::new(Html::new_document());
        let watched = Watched {
            builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
            got_token: Cell::new(false),
        };
        let tokenizer = Tokenizer::new(watched, TokenizerOpts::default());
        let (input, sink) = (BufferQueue::default(), &tokenizer.sink);
        let (mut rest, mut cut) = (page, None);
        let (mut n_words, mut long_bytes) = (0, 0);
        while !rest.is_empty() && cut.is_none() {
            let end = rest.ceil_char_boundary(PIECE_BYTES);
            input.push_back(StrTendril::from(&rest[..end]));
            // It stops at scripts, for somebody to run them, and goes on when asked again.
            while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
            if sink.got_token.take() {
                n_words = 0;
            } else {
                n_words += words(&rest[..end]);
            }
            if n_words > WORDS_LIMIT {
                long_bytes += end;
            }
            rest = &rest[end..];
            let depth = OpenElements::default();
            sink.builder.trace_handles(&depth);
            cut = if depth.count.get() > DEPTH_LIMIT {
                Some(Cut::Depth)
            } else {
                (long_bytes > LONG_LIMIT_BYTES).then_some(Cut::Attributes)
            };
        }
        tokenizer.end();
        Self {
            html: tokenizer.sink.builder.sink.finish(),
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
    type Handle = <HtmlTreeSink as TreeSink>::Handle;

    fn trace_handle(&self, _: &Self::Handle) {
        self.count.set(self.count.get() + 1);
    }
}

/// The tree builder, watched for whether it gets anything to build with: within a tag or a comment
/// the tokenizer gives it nothing, however long that is.
struct Watched {
    builder: Builder,
    got_token: Cell<bool>,
}

impl TokenSink for Watched {
    type Handle = <Builder as TokenSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        // Errors are reported from within a tag too.
        if !matches!(token, Token::ParseError(_)) {
            self.got_token.set(true);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts what can begin an attribute, without asking whether it does: at least as many as there
/// are.
fn words(piece: &str) -> usize {
    let between = |byte: u8| byte.is_ascii_whitespace() || b"/\"'".contains(&byte);
    piece
        .as_bytes()
        .windows(2)
        .filter(|pair| between(pair[0]) && !between(pair[1]))
        .count()
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

    /// Where a reader of the page's letters, without the tokenizer's state, would look away.
    #[test]
    fn floods_of_attributes_do_not_hide() {
        let flood: String = (0..300_000).map(|n| format!(" a{n}")).collect();
        for before in [
            "</p",
            "<scripty><p",
            "<!-- <script> --><p",
            "<svg><style><p",
            "<p b==\"",
            "<p b=<!--",
            "<textarea></textarea",
        ] {
            check(&format!("{before}{flood}\">x"), Some(Cut::Attributes));
        }
        // Each tag below the count, all of them together.
        let many: String = (0..900).map(|n| format!(" a{n}")).collect();
        check(&format!("<p{many}>").repeat(300), None);
    }

    #[test]
    fn ordinary_pages_are_whole() {
        check(&"<p class=a>x</p>".repeat(20_000), None);
        let script = "a <b c ".repeat(5_000);
        check(&format!("<script>{script}</script><p>x"), None);
        for value in ["A".repeat(500_000), "x ".repeat(20_000)] {
            check(&format!("<img src='data:,{value}'>"), None);
        }
        check("a < b and a <b", None);
        check(&format!("<p>a<!-- {} --><p>b", "weg ".repeat(10_000)), None);
    }

    #[test]
    fn what_stands_before_the_cut_is_kept() {
        let page = format!("<h1>Kamer</h1>{}", "<div>".repeat(100_000));
        let tree = Tree::parse(&page);
        let heading = scraper::Selector::parse("h1").unwrap();
        assert_eq!(tree.html.select(&heading).count(), 1);
    }
}
