//! From the named values of one line to a listing version.
//!
//! JSON Lines and CSV both end here. A value that a field cannot hold does not cost the line: it
//! goes to `attributes` under the field's name, and a problem says so.
//!
//! Invariant: nothing is lost (test `unknown_fields_are_kept`).

use std::collections::BTreeMap;

use model::{AgeField, Author, ListingId, ListingVersion, Price, SiteId, Timestamp};
use serde_json::Value;

use crate::values::{number, slug, truth, whole};

/// The named values of one line, by name.
#[derive(Debug, Default)]
pub(crate) struct Fields(pub(crate) BTreeMap<String, Value>);

/// A listing version and what was wrong with its fields.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) version: ListingVersion,
    pub(crate) problems: Vec<String>,
}

impl Fields {
    /// The listing version that these values say.
    pub(crate) fn version(self) -> Result<Read, String> {
        Taker {
            fields: self.0,
            attributes: BTreeMap::new(),
            problems: Vec::new(),
        }
        .version()
    }
}

struct Taker {
    fields: BTreeMap<String, Value>,
    attributes: BTreeMap<String, Value>,
    problems: Vec<String>,
}

impl Taker {
    fn version(mut self) -> Result<Read, String> {
        let mut version = ListingVersion::empty(self.id()?);
        match self.take("attributes") {
            Some(Value::Object(attributes)) => {
                let stated = attributes.into_iter().filter(|(_, value)| !value.is_null());
                self.attributes.extend(stated);
            }
            Some(other) => self.refuse("attributes", other, "is no object"),
            None => {}
        }
        version.site = self.parsed("site", |written| Some(SiteId::new(slug(written)).ok()));
        version.url = self.string("url");
        version.title = self.text("title");
        version.text = self.text("text");
        version.language = self.string("language");
        version.posted_at = self.moment("posted_at");
        version.seen_at = self.moment("seen_at");
        version.age = self.age();
        version.city = self.string("city");
        version.country = self.parsed("country", |written| {
            let code = written.to_ascii_uppercase();
            let shaped = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            Some(shaped.then_some(code))
        });
        version.phones = self.list("phones");
        version.emails = self.list("emails");
        version.handles = self.list("handles");
        version.price = self.price();
        version.author = self.author();
        version.images = self.list("images");
        for (name, value) in std::mem::take(&mut self.fields) {
            if !value.is_null() {
                self.keep(name, value);
            }
        }
        version.attributes = self.attributes;
        Ok(Read {
            version,
            problems: self.problems,
        })
    }

    fn id(&mut self) -> Result<ListingId, String> {
        let id = match self.take("id") {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) if id.is_i64() || id.is_u64() => id.to_string(),
            Some(_) => return Err("`id` is no string".to_owned()),
            None => return Err("`id` is missing".to_owned()),
        };
        ListingId::new(id.trim()).map_err(|_| {
            format!(
                "`id` has {} bytes or holds control characters; use 1 to {} bytes without them",
                id.trim().len(),
                ListingId::MAX_BYTES
            )
        })
    }

    /// The value of this name; `null` is the same as none.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.fields.remove(name).filter(|value| !value.is_null())
    }

    /// Keeps a value that is no field of the format, beside one of the same name if need be.
    fn keep(&mut self, name: String, value: Value) {
        let mut free = name.clone();
        let mut n_tried = 1;
        while self
            .attributes
            .get(&free)
            .is_some_and(|known| *known != value)
        {
            n_tried += 1;
            free = format!("{name}#{n_tried}");
        }
        self.attributes.insert(free, value);
    }

    fn refuse(&mut self, name: &str, value: Value, why: &str) {
        self.problems
            .push(format!("`{name}` {why}; it was kept in `attributes`"));
        self.keep(name.to_owned(), value);
    }

    /// Text as it stands, so that offsets into it are right.
    fn text(&mut self, name: &str) -> String {
        match self.take(name) {
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => {
                self.refuse(name, other, "is no string");
                String::new()
            }
            None => String::new(),
        }
    }

    /// A short value without the white space around it; empty is the same as none.
    fn string(&mut self, name: &str) -> Option<String> {
        let text = self.text(name);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A short value in another form. `None` from `parse`: silent, as there is nothing.
    /// `Some(None)`: the value is refused.
    fn parsed<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<Option<T>>) -> Option<T> {
        let written = self.string(name)?;
        let parsed = parse(&written)?;
        if parsed.is_none() {
            let why = match name {
                "site" => "holds no letter or digit, or too many",
                "country" => "is no ISO 3166-1 alpha-2 code such as `NL`",
                _ => "cannot be read",
            };
            self.refuse(name, Value::String(written), why);
        }
        parsed
    }

    fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let written = self.string(name)?;
        match written.parse() {
            Ok(moment) => Some(moment),
            Err(error) => {
                self.problems
                    .push(format!("`{name}`: {error}; it was kept in `attributes`"));
                self.keep(name.to_owned(), Value::String(written));
                None
            }
        }
    }

    fn age(&mut self) -> Option<AgeField> {
        match self.take("age")? {
            Value::Number(number) => match whole(&number) {
                Some(years) => Some(AgeField::Number(years)),
                None => Some(AgeField::Words(number.to_string())),
            },
            Value::String(words) => {
                let words = words.trim();
                (!words.is_empty()).then(|| AgeField::Words(words.to_owned()))
            }
            other => {
                self.refuse("age", other, "is neither a number nor a string");
                None
            }
        }
    }

    /// A list of strings; one string is a list of one.
    fn list(&mut self, name: &str) -> Vec<String> {
        let items = match self.take(name) {
            Some(Value::Array(items)) => items,
            Some(one @ (Value::String(_) | Value::Number(_))) => vec![one],
            Some(other) => {
                self.refuse(name, other, "is no list of strings");
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut strings = Vec::new();
        let mut others = Vec::new();
        for item in items {
            match item {
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => strings.push(text),
                Value::Number(number) => strings.push(number.to_string()),
                Value::Null => {}
                other => others.push(other),
            }
        }
        if !others.is_empty() {
            self.refuse(name, Value::Array(others), "holds more than strings");
        }
        strings
    }

    fn price(&mut self) -> Option<Price> {
        let mut inner = match self.take("price")? {
            Value::Object(fields) => self.nested(fields),
            amount @ (Value::Number(_) | Value::String(_)) => {
                self.nested([("amount".to_owned(), amount)])
            }
            other => {
                self.refuse("price", other, "is no object");
                return None;
            }
        };
        let amount = inner.take("amount");
        let currency = inner.string("currency").map(|code| code.to_uppercase());
        let per = inner.string("per");
        let read = amount.as_ref().and_then(number);
        if read.is_none() {
            // Without an amount there is no price: what else was said about it is kept.
            let stated = [
                ("amount", amount.clone()),
                ("currency", currency.clone().map(Value::String)),
                ("per", per.clone().map(Value::String)),
            ];
            let kept: serde_json::Map<String, Value> = stated
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .collect();
            if !kept.is_empty() {
                self.refuse("price", Value::Object(kept), "has no number as `amount`");
            }
        }
        self.absorb("price", inner);
        Some(Price {
            amount: read?,
            currency,
            per,
        })
    }

    fn author(&mut self) -> Option<Author> {
        let mut inner = match self.take("author")? {
            Value::Object(fields) => self.nested(fields),
            name @ Value::String(_) => self.nested([("name".to_owned(), name)]),
            other => {
                self.refuse("author", other, "is no object");
                return None;
            }
        };
        let verified = match inner.take("verified") {
            None => None,
            Some(value) => {
                let read = truth(&value);
                if read.is_none() {
                    inner.refuse("verified", value, "is neither `true` nor `false`");
                }
                read
            }
        };
        let author = Author {
            id: inner.string("id"),
            name: inner.string("name"),
            kind: inner.string("kind"),
            verified,
            payer_id: inner.string("payer_id"),
            since: inner.moment("since"),
        };
        self.absorb("author", inner);
        (author != Author::default()).then_some(author)
    }

    /// The fields of an object inside the line, to be taken in the same way.
    fn nested(&self, fields: impl IntoIterator<Item = (String, Value)>) -> Self {
        Self {
            fields: fields.into_iter().collect(),
            attributes: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    /// Keeps what was left over in an object, under its dotted name.
    fn absorb(&mut self, name: &str, inner: Self) {
        let left = inner
            .fields
            .into_iter()
            .filter(|(_, value)| !value.is_null());
        for (field, value) in left.chain(inner.attributes) {
            self.keep(format!("{name}.{field}"), value);
        }
        for problem in inner.problems {
            let inside = problem.strip_prefix('`').unwrap_or(&problem);
            self.problems.push(format!("`{name}.{inside}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ListingRow;

    /// The listing as it would be written again, then its problems; or why it was refused.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = match Fields::of_json(line).and_then(Fields::version) {
            Ok(read) => {
                let written = ListingRow::of(&read.version).to_line();
                let mut found = written.trim_end().to_owned();
                for problem in read.problems {
                    found.push_str(" ! ");
                    found.push_str(&problem);
                }
                found
            }
            Err(why) => format!("refused: {why}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn fields_of_the_format() {
        check(
            r#"{"id":"a1","title":"Anna","text":"23 jaar","age":23,"city":"Utrecht","country":"nl","phones":["06 1234 0001"]}"#,
            r#"{"id":"a1","title":"Anna","text":"23 jaar","age":23,"city":"Utrecht","country":"NL","phones":["06 1234 0001"]}"#,
        );
        check(
            r#"{"id":"a1","posted_at":"2026-03-03","seen_at":"2026-03-03T09:30:00+01:00"}"#,
            r#"{"id":"a1","posted_at":"2026-03-03T00:00:00Z","seen_at":"2026-03-03T08:30:00Z"}"#,
        );
        check(
            r#"{"id":"a1","author":{"id":"u1","verified":true,"since":"2025-01-01"},"price":{"amount":150,"currency":"eur","per":"hour"}}"#,
            r#"{"id":"a1","price":{"amount":150,"currency":"EUR","per":"hour"},"author":{"id":"u1","verified":true,"since":"2025-01-01T00:00:00Z"}}"#,
        );
    }

    #[test]
    fn null_is_absent() {
        check(
            r#"{"id":"a1","title":null,"phones":null,"price":null,"more":null,"phones":[null]}"#,
            "refused: not a JSON object: `phones` stands there twice, at byte 79",
        );
        check(
            r#"{"id":"a1","title":null,"phones":[null],"price":null,"more":null,"attributes":{"x":null}}"#,
            r#"{"id":"a1"}"#,
        );
    }

    #[test]
    fn unknown_fields_are_kept() {
        check(
            r#"{"id":"a1","zip":"3511","attributes":{"floor":2},"author":{"id":"u1","badge":"gold"}}"#,
            r#"{"id":"a1","author":{"id":"u1"},"attributes":{"author.badge":"gold","floor":2,"zip":"3511"}}"#,
        );
        check(
            r#"{"id":"a1","floor":3,"attributes":{"floor":2}}"#,
            r#"{"id":"a1","attributes":{"floor":2,"floor#2":3}}"#,
        );
    }

    #[test]
    fn ages_as_numbers_and_words() {
        check(r#"{"id":"a","age":18.0}"#, r#"{"id":"a","age":18}"#);
        check(r#"{"id":"a","age":"18+"}"#, r#"{"id":"a","age":"18+"}"#);
        check(r#"{"id":"a","age":" "}"#, r#"{"id":"a"}"#);
        check(r#"{"id":"a","age":18.5}"#, r#"{"id":"a","age":"18.5"}"#);
        check(
            r#"{"id":"a","age":true}"#,
            r#"{"id":"a","attributes":{"age":true}} ! `age` is neither a number nor a string; it was kept in `attributes`"#,
        );
    }

    #[test]
    fn one_string_is_a_list_of_one() {
        check(
            r#"{"id":"a","phones":"06 1234 0001","images":[]}"#,
            r#"{"id":"a","phones":["06 1234 0001"]}"#,
        );
        check(
            r#"{"id":"a","phones":[31612340001, {"x":1}]}"#,
            r#"{"id":"a","phones":["31612340001"],"attributes":{"phones":[{"x":1}]}} ! `phones` holds more than strings; it was kept in `attributes`"#,
        );
    }

    #[test]
    fn a_value_that_does_not_fit_costs_the_field_only() {
        check(
            r#"{"id":"a","posted_at":"03/04/2026","text":"23 jaar"}"#,
            "{\"id\":\"a\",\"text\":\"23 jaar\",\"attributes\":{\"posted_at\":\"03/04/2026\"}} ! \
             `posted_at`: `03/04/2026` is no date or time; write `2026-03-03` or \
             `2026-03-03T09:30:00+01:00` (RFC 3339); it was kept in `attributes`",
        );
        check(
            r#"{"id":"a","country":"Nederland"}"#,
            "{\"id\":\"a\",\"attributes\":{\"country\":\"Nederland\"}} ! `country` is no ISO \
             3166-1 alpha-2 code such as `NL`; it was kept in `attributes`",
        );
        check(
            r#"{"id":"a","price":{"amount":"ask","currency":"EUR"}}"#,
            "{\"id\":\"a\",\"attributes\":{\"price\":{\"amount\":\"ask\",\"currency\":\"EUR\"}}} \
             ! `price` has no number as `amount`; it was kept in `attributes`",
        );
        check(
            r#"{"id":"a","author":{"verified":"perhaps"}}"#,
            "{\"id\":\"a\",\"attributes\":{\"author.verified\":\"perhaps\"}} ! \
             `author.verified` is neither `true` nor `false`; it was kept in `attributes`",
        );
    }

    #[test]
    fn a_site_is_written_as_a_slug() {
        check(
            r#"{"id":"a","site":"Markt-Plein.nl"}"#,
            r#"{"id":"a","site":"markt-plein-nl"}"#,
        );
        check(
            r#"{"id":"a","site":"…"}"#,
            "{\"id\":\"a\",\"attributes\":{\"site\":\"…\"}} ! `site` holds no letter or digit, \
             or too many; it was kept in `attributes`",
        );
    }

    #[test]
    fn ids() {
        check(r#"{"id":1042}"#, r#"{"id":"1042"}"#);
        check(r#"{"title":"x"}"#, "refused: `id` is missing");
        check(r#"{"id":null}"#, "refused: `id` is missing");
        check(r#"{"id":true}"#, "refused: `id` is no string");
        check(
            r#"{"id":12345678901234567890123}"#,
            "refused: `id` is no string",
        );
        check(
            r#"{"id":" "}"#,
            "refused: `id` has 0 bytes or holds control characters; use 1 to 512 bytes without \
             them",
        );
    }

    #[test]
    fn lines_that_are_no_object() {
        check(
            "[1]",
            "refused: not a JSON object: invalid type: sequence, expected an object with the fields of listing/v1, at byte 0",
        );
        check(
            "{\"id\":\"a\"",
            "refused: not a JSON object: EOF while parsing an object, at byte 9",
        );
        check(
            "nothing",
            "refused: not a JSON object: expected ident, at byte 2",
        );
    }
}
