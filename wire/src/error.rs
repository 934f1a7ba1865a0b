//! What can be wrong with an input: with all of it, or with one of its lines.

use std::{fmt, io};

/// Why an input cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// The system could not read on.
    #[error("cannot read the input")]
    Read(#[source] io::Error),
    /// Two bytes at the start say UTF-16.
    #[error(
        "the input is UTF-16; save it as UTF-8 (in a spreadsheet: `CSV UTF-8`), or convert it: \
         `iconv -f UTF-16 -t UTF-8`"
    )]
    Utf16,
    /// The header has bytes that are no UTF-8.
    #[error(
        "the header is not UTF-8; save the file as UTF-8 (in a spreadsheet: `CSV UTF-8`), or \
         convert it: `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    HeaderEncoding,
    /// The header's quotes do not close, or it is longer than a line may be.
    #[error("the header cannot be read: {0}")]
    Header(String),
    /// A CSV file without an `id` column.
    #[error(
        "no column `id`; found: {}; rename the column that tells the listings apart to `id`",
        list(found)
    )]
    MissingId {
        /// The columns that were found.
        found: Vec<String>,
    },
    /// A column of the format stands there twice.
    #[error("column `{0}` stands in the header twice; remove or rename one")]
    ColumnTwice(String),
    /// One JSON array instead of a line for each listing.
    #[error(
        "the input is one JSON array; write one object a line: `jq -c '.[]' IN.json > OUT.jsonl`"
    )]
    JsonArray,
}

fn list(columns: &[String]) -> String {
    if columns.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Why a line was refused. The lines after it are read all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LineError {
    /// Its number, from 1; for a CSV record of several lines the first of them.
    pub line: u64,
    /// Why, for people. It names fields and repeats no text, phone or name of the listing.
    pub why: String,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.why)
    }
}
