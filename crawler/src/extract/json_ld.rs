//! Values in `application/ld+json` blocks, by a path of keys.

use scraper::{Html, Selector};
use serde_json::Value;

/// Most blocks of a page that are read.
const BLOCKS_LIMIT: usize = 20;
/// Most values that one path yields.
const VALUES_LIMIT: usize = 200;

/// The blocks that can be read.
pub(super) fn blocks(html: &Html, problems: &mut Vec<String>) -> Vec<Value> {
    let Ok(selector) = Selector::parse("script[type='application/ld+json' i]") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for element in html.select(&selector).take(BLOCKS_LIMIT) {
        let text: String = element.text().collect();
        // `serde_json` stops at 128 levels.
        match serde_json::from_str(text.trim()) {
            Ok(value) => found.push(value),
            Err(error) => problems.push(format!(
                "JSON-LD block cannot be read, line {} column {}",
                error.line(),
                error.column()
            )),
        }
    }
    found
}

/// The texts, numbers and truth values at a path. The path starts at any object of the blocks
/// (lists and `@graph` are gone into), at those of one `@type` where that is given.
pub(super) fn values(blocks: &[Value], path: &[String], of_type: Option<&str>) -> Vec<String> {
    let mut starts: Vec<&Value> = Vec::new();
    let mut open: Vec<&Value> = blocks.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => {
                if of_type.is_none_or(|wanted| is_of_type(value, wanted)) {
                    starts.push(value);
                }
                match of_type {
                    None => open.extend(fields.get("@graph")),
                    Some(_) => open.extend(fields.values().rev()),
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for start in starts {
        follow(start, path, &mut found);
    }
    found.truncate(VALUES_LIMIT);
    found
}

fn is_of_type(value: &Value, wanted: &str) -> bool {
    match &value["@type"] {
        Value::String(name) => name == wanted,
        Value::Array(names) => names.iter().any(|name| name == wanted),
        _ => false,
    }
}

fn follow(start: &Value, path: &[String], found: &mut Vec<String>) {
    let mut open: Vec<(&Value, usize)> = vec![(start, 0)];
    while let Some((value, step)) = open.pop() {
        if found.len() >= VALUES_LIMIT {
            return;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().rev().map(|item| (item, step))),
            Value::Object(fields) => {
                if let Some(next) = path.get(step).and_then(|key| fields.get(key)) {
                    open.push((next, step + 1));
                }
            }
            _ if step < path.len() => {}
            Value::String(text) => found.push(text.trim().to_owned()),
            Value::Number(number) => found.push(number.to_string()),
            Value::Bool(said) => found.push(said.to_string()),
            Value::Null => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(block: &str, path: &str, of_type: Option<&str>, expected: &[&str]) {
        let block: Value = serde_json::from_str(block).unwrap();
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        assert_eq!(values(&[block], &path, of_type), expected);
    }

    #[test]
    fn paths() {
        let block = r#"{"@type":"Product","name":"Anna","offers":[{"price":"100"},{"price":120.5}],
            "image":["/a.png","/b.png"],"seller":{"@type":"Person","name":"Bo","verified":true}}"#;
        check(block, "name", None, &["Anna"]);
        check(block, "offers.price", None, &["100", "120.5"]);
        check(block, "image", Some("Product"), &["/a.png", "/b.png"]);
        check(block, "name", Some("Person"), &["Bo"]);
        check(block, "seller.verified", None, &["true"]);
        check(block, "seller", None, &[]);
        check(block, "name.first", None, &[]);
        check(
            r#"{"@graph":[{"@type":["A","B"],"x":1}]}"#,
            "x",
            Some("B"),
            &["1"],
        );
        check(r#"[{"x":1},{"x":null},{"x":2}]"#, "x", None, &["1", "2"]);
    }
}
