//! Reads `listing/v1`, one row at a time.

use std::collections::BTreeMap;
use std::io::BufRead;

use model::{ListingId, ListingVersion};

use crate::columns::{self, Columns};
use crate::fields::Fields;
use crate::lines::Lines;
use crate::records::Records;
use crate::{LineError, WireError};

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// A header and records, with `,`, `;` or a tab between cells.
    Csv,
}

impl Format {
    /// The format that a file's name tells: `.jsonl`, `.ndjson` and `.json` or `.csv` and `.tsv`,
    /// in any case. `None` for any other name: the content decides.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// Upper bounds on what a reader holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest line, or CSV record of several lines, in bytes. A longer one is refused and the
    /// rest is read. Default: 4 MiB, a thousand times the longest advertisement we have seen
    /// described.
    pub max_line_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_line_bytes: 4 << 20,
        }
    }
}

/// A listing as it stood in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line's number, from 1; for a CSV record of several lines the first of them.
    pub line: u64,
    /// The listing.
    pub version: ListingVersion,
    /// Fields that could not be read and were kept in `attributes`, for people; each names the
    /// field.
    pub problems: Vec<String>,
}

/// Reads the rows of one input.
///
/// ```
/// use wire::{Limits, ListingReader};
/// let input = "id;Title;phones\na1;Anna, 23;06 1234 0001\na1;twice;\n";
/// let mut reader = ListingReader::open(input.as_bytes(), None, Limits::default())?;
/// let row = reader.next_row()?.unwrap()?;
/// assert_eq!((row.line, row.version.title.as_str()), (2, "Anna, 23"));
/// let refused = reader.next_row()?.unwrap().unwrap_err();
/// assert_eq!(refused.to_string(), "3: `id` is the same as in line 2");
/// assert!(reader.next_row()?.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ListingReader<R> {
    source: Source<R>,
    limits: Limits,
    /// The line of each id so far.
    seen: BTreeMap<ListingId, u64>,
}

/// A line's number with its named values, or why it has none.
type Numbered = (u64, Result<Fields, String>);

#[derive(Debug)]
enum Source<R> {
    JsonLines(Lines<R>),
    Csv(Records<R>, Columns),
    /// A CSV input without a single line.
    Empty,
}

impl<R: BufRead> ListingReader<R> {
    /// Opens an input; a CSV header is read at once. Without a format the first sign decides: `{`
    /// begins JSON Lines.
    ///
    /// # Errors
    /// [`WireError`] when nothing can be read from it: UTF-16, a header without `id`, a JSON
    /// array.
    pub fn open(input: R, format: Option<Format>, limits: Limits) -> Result<Self, WireError> {
        let mut lines = Lines::new(input, limits.max_line_bytes);
        let first = lines.peek().map_err(WireError::Read)?;
        if first.starts_with(b"\xFF\xFE") || first.starts_with(b"\xFE\xFF") {
            return Err(WireError::Utf16);
        }
        let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
        let sign = first.iter().find(|byte| !byte.is_ascii_whitespace());
        let format = format.unwrap_or(match sign {
            Some(b'{' | b'[') => Format::JsonLines,
            _ => Format::Csv,
        });
        if format == Format::JsonLines && sign == Some(&b'[') {
            return Err(WireError::JsonArray);
        }
        let source = match format {
            Format::JsonLines => Source::JsonLines(lines),
            Format::Csv => csv(lines, limits)?,
        };
        Ok(Self {
            source,
            limits,
            seen: BTreeMap::new(),
        })
    }

    /// Whether there can be anything to read in: a CSV file that has neither a `title` nor a
    /// `text` column is most likely one with other names for them.
    pub fn holds_words(&self) -> bool {
        match &self.source {
            Source::Csv(_, columns) => columns.hold_words(),
            Source::JsonLines(_) | Source::Empty => true,
        }
    }

    /// The columns of a CSV file that are no field of a listing and are kept as attributes, in
    /// the order of the file: perhaps fields under other names.
    pub fn attribute_columns(&self) -> Vec<&str> {
        match &self.source {
            Source::Csv(_, columns) => columns.attributes(),
            Source::JsonLines(_) | Source::Empty => Vec::new(),
        }
    }

    /// The next row, or why a line was refused; `None` at the end.
    ///
    /// # Errors
    /// [`WireError::Read`] when the system could not read on.
    pub fn next_row(&mut self) -> Result<Option<Result<Row, LineError>>, WireError> {
        let Some((line, fields)) = self.next_fields()? else {
            return Ok(None);
        };
        let refused = |why| LineError { line, why };
        let row = fields
            .and_then(Fields::version)
            .map_err(refused)
            .and_then(|read| {
                let id = read.version.id.clone();
                if let Some(before) = self.seen.get(&id) {
                    return Err(refused(format!("`id` is the same as in line {before}")));
                }
                self.seen.insert(id, line);
                Ok(Row {
                    line,
                    version: read.version,
                    problems: read.problems,
                })
            });
        Ok(Some(row))
    }

    fn next_fields(&mut self) -> Result<Option<Numbered>, WireError> {
        match &mut self.source {
            Source::Empty => Ok(None),
            Source::JsonLines(lines) => loop {
                let Some(line) = lines.next().map_err(WireError::Read)? else {
                    return Ok(None);
                };
                let Some(bytes) = line.bytes else {
                    let why = format!("longer than {} bytes", self.limits.max_line_bytes);
                    return Ok(Some((line.number, Err(why))));
                };
                if bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                return Ok(Some((line.number, json(&bytes))));
            },
            Source::Csv(records, columns) => {
                let Some(record) = records.next().map_err(WireError::Read)? else {
                    return Ok(None);
                };
                Ok(Some(match record {
                    Ok(record) => (record.line, columns.fields(&record.cells)),
                    Err(error) => (error.line, Err(error.why)),
                }))
            }
        }
    }
}

fn json(bytes: &[u8]) -> Result<Fields, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        format!(
            "not UTF-8 at byte {}; save the file as UTF-8",
            error.valid_up_to() + 1
        )
    })?;
    Fields::of_json(text)
}

/// Reads the header; a line `sep=;` before it, as Excel writes it, names the delimiter.
fn csv<R: BufRead>(lines: Lines<R>, limits: Limits) -> Result<Source<R>, WireError> {
    let mut records = Records::new(lines, b',', limits.max_line_bytes);
    let mut stated = None;
    let header = loop {
        let Some(line) = records.peek_line().map_err(WireError::Read)? else {
            break None;
        };
        let content = line.trim_ascii();
        if let Some(&[delimiter]) = content.strip_prefix(b"sep=") {
            stated = Some(delimiter);
        } else if !content.is_empty() {
            break Some(content.to_vec());
        }
        records.skip_line().map_err(WireError::Read)?;
    };
    let delimiter = stated.unwrap_or_else(|| columns::delimiter(&header.unwrap_or_default()));
    records.delimit(delimiter);
    match records.next().map_err(WireError::Read)? {
        None => Ok(Source::Empty),
        Some(Err(error)) => Err(WireError::Header(error.why)),
        Some(Ok(header)) => {
            let columns = Columns::of_header(&header.cells)?;
            Ok(Source::Csv(records, columns))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `line:id` for each row and `line!why` for each refusal.
    #[track_caller]
    fn check(input: &[u8], expected: &[&str]) {
        let limits = Limits {
            max_line_bytes: 100,
        };
        let mut reader = ListingReader::open(input, None, limits).unwrap();
        let mut found = Vec::new();
        while let Some(row) = reader.next_row().unwrap() {
            found.push(match row {
                Ok(row) => format!("{}:{}", row.line, row.version.id),
                Err(error) => format!("{}!{}", error.line, error.why),
            });
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn a_bad_line_does_not_stop_the_rest() {
        check(
            b"{\"id\":\"a\"}\n\nnot json\n{\"id\":\"b\"}\n{\"id\":\"a\"}\n{\"id\":\"\xff\"}\n{\"id\":\"c\"}",
            &[
                "1:a",
                "3!not a JSON object: expected ident, at byte 2",
                "4:b",
                "5!`id` is the same as in line 1",
                "6!not UTF-8 at byte 8; save the file as UTF-8",
                "7:c",
            ],
        );
        let long = format!(
            "{{\"id\":\"a\",\"text\":\"{}\"}}\n{{\"id\":\"b\"}}\n",
            "x".repeat(100)
        );
        check(long.as_bytes(), &["1!longer than 100 bytes", "2:b"]);
    }

    #[test]
    fn a_spreadsheet_csv() {
        check(
            b"\xEF\xBB\xBFID;Title\r\n1;\"Anna; 23\"\r\n2;\xEB\r\n3;x;y\r\n4;\"two\r\nlines\"\r\n5;ok\r\n",
            &[
                "2:1",
                "3!not UTF-8 in column `title`, at byte 1 of the cell; save the file as UTF-8 (in \
                 a spreadsheet: `CSV UTF-8`)",
                "4!3 cells, but the header has 2 columns; perhaps a cell with the delimiter or a \
                 quote in it is not quoted",
                "5:4",
                "7:5",
            ],
        );
        check(b"sep=;\r\nid;title\r\n1;a,b\r\n", &["3:1"]);
    }

    #[test]
    fn an_empty_input_has_no_rows() {
        check(b"", &[]);
        check(b"\n \n", &[]);
        check(b"id,title\n", &[]);
    }

    #[track_caller]
    fn check_refused(input: &[u8], format: Option<Format>, expected: &str) {
        let error = ListingReader::open(input, format, Limits::default()).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }

    #[test]
    fn inputs_that_cannot_be_read() {
        check_refused(
            b"\xFF\xFEi\0d\0",
            None,
            "the input is UTF-16; save it as UTF-8",
        );
        check_refused(b"  [{\"id\":\"a\"}]", None, "the input is one JSON array");
        check_refused(
            b"name,text\n",
            None,
            "no column `id`; found: `name`, `text`",
        );
        check_refused(b"id,l\xEBngte\n", None, "the header is not UTF-8");
        check_refused(b"id,\"text\n", None, "the header cannot be read: a quote");
    }

    #[test]
    fn names_tell_the_format() {
        for (name, expected) in [
            ("a.jsonl", Some(Format::JsonLines)),
            ("a.b.NDJSON", Some(Format::JsonLines)),
            ("a.json", Some(Format::JsonLines)),
            ("a.CSV", Some(Format::Csv)),
            ("a.tsv", Some(Format::Csv)),
            ("a.txt", None),
            ("csv", None),
        ] {
            assert_eq!(Format::of_name(name), expected, "{name}");
        }
    }
}
