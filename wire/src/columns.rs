//! The header of a CSV file, and what its cells say.
//!
//! Columns bear the names of `listing/v1`, in any case, with spaces or hyphens for `_`. `price` and `author`
//! have dotted columns (`price.amount`). Any other column goes to `attributes` under its own name.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::WireError;
use crate::fields::Fields;

/// Fields with one value.
const SINGLE: [&str; 12] = [
    "id",
    "site",
    "url",
    "title",
    "text",
    "language",
    "posted_at",
    "seen_at",
    "age",
    "city",
    "country",
    "attributes",
];

/// Fields with a list of values.
const LISTS: [&str; 4] = ["phones", "emails", "handles", "images"];

/// Fields with fields of their own.
const OBJECTS: [(&str, &[&str]); 2] = [
    ("price", &["amount", "currency", "per"]),
    (
        "author",
        &["id", "name", "kind", "verified", "payer_id", "since"],
    ),
];

/// What stands between cells, most usual first; the first wins when two do equally well.
const DELIMITERS: [u8; 3] = *b",;\t";

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    /// One value of this field.
    Single(&'static str),
    /// A list: a JSON array, or values with `;` or line feeds between them.
    List(&'static str),
    /// An object as JSON, or the one value that it is mostly about.
    Object(&'static str),
    /// A field of an object.
    Inner(&'static str, &'static str),
    /// An attribute, by its name in the header.
    Attribute(String),
}

/// The columns of a file.
#[derive(Debug)]
pub(crate) struct Columns(Vec<Column>);

impl Columns {
    /// Reads the header's cells.
    pub(crate) fn of_header(cells: &[Vec<u8>]) -> Result<Self, WireError> {
        let mut columns = Vec::with_capacity(cells.len());
        let mut names = Vec::with_capacity(cells.len());
        let mut known = BTreeSet::new();
        for (at, cell) in cells.iter().enumerate() {
            let name = std::str::from_utf8(cell).map_err(|_| WireError::HeaderEncoding)?;
            let name = name.trim();
            let column = column(name, at + 1);
            if !matches!(column, Column::Attribute(_)) && !known.insert(field_name(name)) {
                return Err(WireError::ColumnTwice(name.to_owned()));
            }
            names.push(name.to_owned());
            columns.push(column);
        }
        if !columns.contains(&Column::Single("id")) {
            return Err(WireError::MissingId { found: names });
        }
        Ok(Self(columns))
    }

    /// Whether there is anything to read in: a title, a text or a field of the site's own.
    pub(crate) fn hold_words(&self) -> bool {
        self.0
            .iter()
            .any(|column| matches!(column, Column::Single("title" | "text")))
    }

    /// Columns that are no field of a listing, by their names.
    pub(crate) fn attributes(&self) -> Vec<&str> {
        self.0
            .iter()
            .filter_map(|column| match column {
                Column::Attribute(name) => Some(name.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The named values of a record.
    pub(crate) fn fields(&self, cells: &[Vec<u8>]) -> Result<Fields, String> {
        let (n_cells, n_columns) = (cells.len(), self.0.len());
        let surplus = cells.get(n_columns..).unwrap_or_default();
        if n_cells < n_columns || surplus.iter().any(|cell| !cell.is_empty()) {
            return Err(format!(
                "{n_cells} cells, but the header has {n_columns} columns; perhaps a cell with the \
                 delimiter or a quote in it is not quoted"
            ));
        }
        let mut fields = Fields::default();
        for (column, cell) in self.0.iter().zip(cells) {
            let cell = std::str::from_utf8(cell).map_err(|error| {
                format!(
                    "not UTF-8 in column {}, at byte {} of the cell; save the file as UTF-8 (in a \
                     spreadsheet: `CSV UTF-8`)",
                    column.name(),
                    error.valid_up_to() + 1
                )
            })?;
            if !cell.trim().is_empty() {
                column.put(cell, &mut fields);
            }
        }
        Ok(fields)
    }
}

impl Column {
    fn name(&self) -> String {
        match self {
            Self::Single(name) | Self::List(name) | Self::Object(name) => format!("`{name}`"),
            Self::Inner(object, field) => format!("`{object}.{field}`"),
            Self::Attribute(name) => format!("`{name}`"),
        }
    }

    fn put(&self, cell: &str, fields: &mut Fields) {
        let trimmed = cell.trim();
        let text = || Value::String(cell.to_owned());
        let inside = |fields: &mut Fields, object: &str, field: &str, value: Value| {
            let object = fields
                .0
                .entry(object.to_owned())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(object) = object {
                let mut free = field.to_owned();
                while object.contains_key(&free) {
                    free.push('\'');
                }
                object.insert(free, value);
            }
        };
        match self {
            Self::Single("age") => {
                let age = trimmed
                    .parse::<i64>()
                    .map_or_else(|_| text(), |years| Value::Number(years.into()));
                fields.0.insert("age".to_owned(), age);
            }
            Self::Single("attributes") => match serde_json::from_str(trimmed) {
                Ok(Value::Object(stated)) => {
                    for (name, value) in stated {
                        inside(fields, "attributes", &name, value);
                    }
                }
                _ => inside(fields, "attributes", "attributes", text()),
            },
            Self::Single(name) => {
                fields.0.insert((*name).to_owned(), text());
            }
            Self::List(name) => {
                let list = match serde_json::from_str(trimmed) {
                    Ok(list @ Value::Array(_)) => list,
                    _ => trimmed
                        .split([';', '\n'])
                        .map(str::trim)
                        .filter(|item| !item.is_empty())
                        .map(|item| Value::String(item.to_owned()))
                        .collect(),
                };
                fields.0.insert((*name).to_owned(), list);
            }
            Self::Object(name) => match serde_json::from_str(trimmed) {
                Ok(Value::Object(stated)) => {
                    for (field, value) in stated {
                        inside(fields, name, &field, value);
                    }
                }
                _ => {
                    let main = if *name == "price" { "amount" } else { "name" };
                    inside(fields, name, main, text());
                }
            },
            Self::Inner(object, field) => inside(fields, object, field, text()),
            Self::Attribute(name) => inside(fields, "attributes", name, text()),
        }
    }
}

/// The delimiter of a header line: the one that makes an `id` column, and of those the one that
/// makes the most columns.
pub(crate) fn delimiter(header: &[u8]) -> u8 {
    let mut best = (false, 0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let (mut quoted, mut n_columns, mut start, mut has_id) = (false, 1, 0, false);
        let is_id = |cell: &[u8]| {
            std::str::from_utf8(cell)
                .is_ok_and(|cell| field_name(cell.trim().trim_matches('"')) == "id")
        };
        for (at, &byte) in header.iter().enumerate() {
            quoted ^= byte == b'"';
            if byte == delimiter && !quoted {
                has_id |= is_id(&header[start..at]);
                n_columns += 1;
                start = at + 1;
            }
        }
        has_id |= is_id(&header[start..]);
        if (has_id, n_columns) > (best.0, best.1) {
            best = (has_id, n_columns, delimiter);
        }
    }
    best.2
}

/// A column's name as the format writes it: `Posted At` is `posted_at`.
fn field_name(header: &str) -> String {
    header.trim().to_lowercase().replace([' ', '-'], "_")
}

fn column(header: &str, position: usize) -> Column {
    let name = field_name(header);
    if let Some(single) = SINGLE.into_iter().find(|known| *known == name) {
        return Column::Single(single);
    }
    if let Some(list) = LISTS.into_iter().find(|known| *known == name) {
        return Column::List(list);
    }
    for (object, inner) in OBJECTS {
        if name == object {
            return Column::Object(object);
        }
        let field = name
            .strip_prefix(object)
            .and_then(|rest| rest.strip_prefix('.'));
        if let Some(field) = inner.iter().find(|known| Some(**known) == field) {
            return Column::Inner(object, field);
        }
    }
    let own = header.strip_prefix("attributes.").unwrap_or(header);
    if own.is_empty() {
        return Column::Attribute(format!("column_{position}"));
    }
    Column::Attribute(own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_seen_in_the_header() {
        for (header, expected) in [
            ("id,title,text", b','),
            ("ID;Title;Text", b';'),
            ("id\ttitle\ttext", b'\t'),
            ("id", b','),
            ("title;id;\"a,b,c,d\"", b';'),
            ("id;a, b, c, d", b';'),
            ("\"id\",\"x\"", b','),
        ] {
            assert_eq!(delimiter(header.as_bytes()), expected, "{header}");
        }
    }

    #[track_caller]
    fn header(written: &str) -> Result<Columns, WireError> {
        let cells: Vec<Vec<u8>> = written
            .split(',')
            .map(|cell| cell.as_bytes().to_vec())
            .collect();
        Columns::of_header(&cells)
    }

    #[test]
    fn case_and_spaces_do_not_matter() {
        let columns =
            header("ID, Posted At ,PHONES,Price.Amount,author.payer_id,Zip Code,").unwrap();
        assert_eq!(
            columns.0,
            [
                Column::Single("id"),
                Column::Single("posted_at"),
                Column::List("phones"),
                Column::Inner("price", "amount"),
                Column::Inner("author", "payer_id"),
                Column::Attribute("Zip Code".to_owned()),
                Column::Attribute("column_7".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_a_header() {
        let error = header("title,text").unwrap_err().to_string();
        assert_eq!(
            error,
            "no column `id`; found: `title`, `text`; rename the column that tells the listings \
             apart to `id`"
        );
        let error = header("id,Text,text").unwrap_err().to_string();
        assert_eq!(
            error,
            "column `text` stands in the header twice; remove or rename one"
        );
    }

    /// The named values of a record under a header, as JSON.
    #[track_caller]
    fn check(columns: &str, cells: &[&str], expected: &str) {
        let cells: Vec<Vec<u8>> = cells.iter().map(|cell| cell.as_bytes().to_vec()).collect();
        let found = header(columns)
            .unwrap()
            .fields(&cells)
            .map(|fields| serde_json::to_string(&fields.0).unwrap());
        assert_eq!(found.unwrap_or_else(|why| why), expected);
    }

    #[test]
    fn cells() {
        check("id,age", &["1", "23"], r#"{"age":23,"id":"1"}"#);
        check("id,age", &["1", "18+"], r#"{"age":"18+","id":"1"}"#);
        check("id,age", &["1", " "], r#"{"id":"1"}"#);
        check(
            "id,phones",
            &["1", "06 1234 0001; 06 1234 0002"],
            r#"{"id":"1","phones":["06 1234 0001","06 1234 0002"]}"#,
        );
        check(
            "id,images",
            &["1", r#"["a;b.png"]"#],
            r#"{"id":"1","images":["a;b.png"]}"#,
        );
        check(
            "id,price.amount,price.currency",
            &["1", "150,00", "EUR"],
            r#"{"id":"1","price":{"amount":"150,00","currency":"EUR"}}"#,
        );
        check(
            "id,author",
            &["1", "Anna"],
            r#"{"author":{"name":"Anna"},"id":"1"}"#,
        );
        check(
            "id,Zip,attributes,attributes.floor",
            &["1", "3511", r#"{"lift":true}"#, "2"],
            r#"{"attributes":{"Zip":"3511","floor":"2","lift":true},"id":"1"}"#,
        );
    }

    #[test]
    fn the_number_of_cells_must_be_right() {
        check("id,age", &["1", "2", "", ""], r#"{"age":2,"id":"1"}"#);
        check(
            "id,age",
            &["1"],
            "1 cells, but the header has 2 columns; perhaps a cell with the delimiter or a quote \
             in it is not quoted",
        );
        check(
            "id,age",
            &["1", "2", "3"],
            "3 cells, but the header has 2 columns; perhaps a cell with the delimiter or a quote \
             in it is not quoted",
        );
    }
}
