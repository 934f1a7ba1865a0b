//! `audit`: every row of the audit with its digests, in `audit/v1`, by row number.

use serde::Serialize;
use store::{AuditRow, Tx};

use crate::export::{Export, Grounds, Page, PageQuery};
use crate::formats::{json_line, next, wrong_key};

pub(crate) const EXPORT: Export = Export {
    name: "audit",
    format: "audit/v1",
    about: "who looked, decided, disclosed and was refused, with the digests that chain the rows",
    grounds: Grounds::OfAllSites,
    page,
};

/// A line of `audit/v1`.
#[derive(Serialize)]
struct Row<'a> {
    number: i64,
    schema: &'static str,
    chain: &'a str,
    position: i64,
    at: String,
    by: &'a str,
    action: &'static str,
    object: String,
    purpose: &'a str,
    previous: String,
    digest: String,
}

fn page(tx: &mut dyn Tx, query: &PageQuery) -> store::Result<Page> {
    let after = match &query.after {
        Some(key) => Some(key.parse::<i64>().map_err(|error| wrong_key(&error))?),
        None => None,
    };
    let rows = tx.audit(after, query.limit)?;
    let mut page = Page::default();
    for row in &rows {
        page.lines.push_str(&json_line(&Row::of(row))?);
        page.rows += 1;
    }
    page.next = next(&rows, query, |row| row.number.to_string());
    Ok(page)
}

impl<'a> Row<'a> {
    fn of(row: &'a AuditRow) -> Self {
        Self {
            number: row.number,
            schema: "audit/v1",
            chain: &row.chain,
            position: row.position,
            at: row.entry.at.to_string(),
            by: row.entry.by.as_str(),
            action: row.entry.action.name(),
            object: row.entry.object.to_string(),
            purpose: &row.entry.purpose,
            previous: row.previous.to_string(),
            digest: row.digest.to_string(),
        }
    }
}
