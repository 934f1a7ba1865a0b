//! Text into HTML and JSON, and names into addresses.

/// A text as it may stand in HTML, in an attribute too.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// JSON as it may stand in a `script` element: nothing in it can end the element.
pub(crate) fn script_json(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// A text as part of an address: `Den Haag` becomes `den-haag`; other letters than a to z go.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for sign in text.chars().flat_map(char::to_lowercase) {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(escape("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
        let json = serde_json::json!({ "text": "</script>" });
        assert_eq!(script_json(&json), r#"{"text":"\u003c/script>"}"#);
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Den Haag"), "den-haag");
        assert_eq!(slug("  Käthe (18+)!"), "k-the-18");
    }
}
