//! One file for each format; the registry is [`crate::Export::ALL`].

pub(crate) mod assessments;
pub(crate) mod audit;
pub(crate) mod cases;
pub(crate) mod listings;

use model::{Listing, ListingId};
use store::{StoreError, Tx};

use crate::export::{Page, PageQuery};

/// Walks a page of listings. `line` gives the line of a listing, or `None` when there is none.
fn listing_page(
    tx: &mut dyn Tx,
    query: &PageQuery,
    mut line: impl FnMut(&mut dyn Tx, &Listing) -> store::Result<Option<String>>,
) -> store::Result<Page> {
    let after = match &query.after {
        Some(key) => Some(ListingId::new(key.clone()).map_err(|error| wrong_key(&error))?),
        None => None,
    };
    let listings = tx.listings(after.as_ref(), query.limit)?;
    let mut page = Page::default();
    for listing in &listings {
        match line(tx, listing)? {
            Some(written) => {
                page.lines.push_str(&written);
                page.rows += 1;
                page.sites.insert(listing.site.clone());
            }
            None => page.left_out += 1,
        }
    }
    page.next = next(&listings, query, |listing| listing.id.to_string());
    Ok(page)
}

/// The key to go on after, when the page is full.
fn next<T>(rows: &[T], query: &PageQuery, key: impl Fn(&T) -> String) -> Option<String> {
    let full = u32::try_from(rows.len()).is_ok_and(|n| n >= query.limit);
    rows.last().filter(|_| full).map(key)
}

fn wrong_key(error: &dyn std::error::Error) -> StoreError {
    StoreError::Invalid {
        what: "the key of an export's page",
        why: error.to_string(),
    }
}

/// A row as a line of JSON.
fn json_line(row: &impl serde::Serialize) -> store::Result<String> {
    let mut line = serde_json::to_string(row).map_err(|error| StoreError::Invalid {
        what: "a row of an export",
        why: error.to_string(),
    })?;
    line.push('\n');
    Ok(line)
}
