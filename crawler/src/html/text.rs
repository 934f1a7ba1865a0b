//! Readable plain text: blocks on lines of their own, entities decoded, scripts and styles out.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

/// The plain text of an element. White space is collapsed within a line; lines without anything on
/// them are left out. Everything else stays as it was written: folding look-alike or invisible
/// characters is the scorer's work, which must see them.
pub(crate) fn plain_text(element: ElementRef<'_>) -> String {
    let mut written = Lines::default();
    let mut skipping = 0_usize;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if skipping == 0 => written.push(text),
                Node::Element(element) => {
                    if is_unreadable(element.name()) {
                        skipping += 1;
                    }
                    written.border(element.name());
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if is_unreadable(element.name()) {
                        skipping -= 1;
                    }
                    written.border(element.name());
                }
            }
        }
    }
    written.finish()
}

#[derive(Default)]
struct Lines {
    text: String,
    gap: Gap,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
}

impl Lines {
    fn push(&mut self, text: &str) {
        for sign in text.chars() {
            // U+00A0 is a space to a reader; other invisible signs stay.
            if sign.is_ascii_whitespace() || sign == '\u{A0}' {
                self.gap = self.gap.max(Gap::Space);
                continue;
            }
            if !self.text.is_empty() {
                match self.gap {
                    Gap::None => {}
                    Gap::Space => self.text.push(' '),
                    Gap::Line => self.text.push('\n'),
                }
            }
            self.gap = Gap::None;
            self.text.push(sign);
        }
    }

    fn border(&mut self, name: &str) {
        if is_block(name) {
            self.gap = Gap::Line;
        } else if matches!(name, "td" | "th") {
            self.gap = self.gap.max(Gap::Space);
        }
    }

    fn finish(self) -> String {
        self.text
    }
}

fn is_unreadable(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "iframe"
            | "object"
            | "svg"
            | "select"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::super::Tree;
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let tree = Tree::parse(page);
        assert_eq!(plain_text(tree.html.root_element()), expected);
    }

    #[test]
    fn blocks_are_lines() {
        check("<p>Anna</p><p>Utrecht</p>", "Anna\nUtrecht");
        check("Anna<br>Utrecht<br><br>bel", "Anna\nUtrecht\nbel");
        check("<ul><li>ma<li>di</ul>na 12 uur", "ma\ndi\nna 12 uur");
        check(
            "<tr><table><tr><td>Leeftijd<td>23<tr><td>Stad<td>Breda",
            "Leeftijd 23\nStad Breda",
        );
    }

    #[test]
    fn words_hold_together() {
        check("Am<b>ster</b>dam", "Amsterdam");
        check("  Anna \n\t uit&nbsp;Utrecht ", "Anna uit Utrecht");
        check("0&#54; 1&shy;2", "06 1\u{AD}2");
        check("caf&eacute; &lt;b&gt;", "café <b>");
    }

    #[test]
    fn what_nobody_reads_is_out() {
        check(
            "<title>t</title><style>p{}</style><p>a<script>b</script>c",
            "ac",
        );
        check("<!-- weg -->hier", "hier");
    }
}
