//! What an imitation site forbids to robots: the one table from which its robots.txt is written and
//! by which requests in the log are marked as breaches.

/// The robots.txt of a site. A pattern may hold `*`; a sitemap is named where there is one.
pub(crate) fn text(forbidden: &[&str], sitemap: Option<&str>) -> String {
    let mut text = String::from("# imitation site of the demo\nUser-agent: *\n");
    for pattern in forbidden {
        text.push_str("Disallow: ");
        text.push_str(pattern);
        text.push('\n');
    }
    if let Some(sitemap) = sitemap {
        text.push_str("\nSitemap: ");
        text.push_str(sitemap);
        text.push('\n');
    }
    text
}

/// Whether one of the patterns forbids this path and query (RFC 9309, section 2.2: from the start,
/// `*` stands for any signs).
pub(crate) fn forbids(forbidden: &[&str], path_and_query: &str) -> bool {
    forbidden
        .iter()
        .any(|pattern| matches(pattern, path_and_query))
}

fn matches(pattern: &str, path: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    for piece in pieces {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_stars() {
        let forbidden = ["/bericht/", "/*?sort="];
        assert!(forbids(&forbidden, "/bericht/1001"));
        assert!(forbids(&forbidden, "/town/delft/?sort=price"));
        assert!(!forbids(&forbidden, "/town/delft/"));
        assert!(!forbids(&forbidden, "/berichten"));
    }

    #[test]
    fn the_text_names_every_pattern() {
        assert_eq!(
            text(&["/a/"], Some("http://127.0.0.1:1/sitemap.xml")),
            "# imitation site of the demo\nUser-agent: *\nDisallow: /a/\n\n\
             Sitemap: http://127.0.0.1:1/sitemap.xml\n"
        );
    }
}
