//! The registry of exports, and the walk that is the same for all: page by page, each page in a
//! transaction of its own, written as JSON Lines.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use model::{Actor, AuditAction, AuditEntry, AuditObject, Site, SiteId, Timestamp};
use store::{Handle, Priority, StoreError, Tx};

use crate::formats::{assessments, audit, cases, listings};
use crate::{ExportSummary, ReportError};

/// A format that data can leave in.
#[derive(Debug)]
pub struct Export {
    /// What to ask for: `listings`.
    pub name: &'static str,
    /// The format of each line: `listing/v1`.
    pub format: &'static str,
    /// What it holds, for the help text, in English.
    pub about: &'static str,
    /// Whose legal grounds belong to it.
    pub(crate) grounds: Grounds,
    /// Reads a page.
    pub(crate) page: fn(&mut dyn Tx, &PageQuery) -> store::Result<Page>,
}

/// Whose legal grounds belong to an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grounds {
    /// Those of the sites that its rows come from.
    OfRows,
    /// Those of every site: its rows do not say where they come from.
    OfAllSites,
}

/// Who asks for an export, and how it is read.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who gets it; stands in the audit.
    pub by: Actor,
    /// When it was asked for.
    pub at: Timestamp,
    /// Rows read in one transaction, at least 1; at most the store's longest page. 500 keeps a
    /// transaction in the order of 20 milliseconds, so that nobody waits long behind an export.
    pub page_rows: u32,
}

/// Which page to read.
#[derive(Clone, Debug)]
pub(crate) struct PageQuery {
    /// The key of the last row of the page before.
    pub(crate) after: Option<String>,
    /// At most so many.
    pub(crate) limit: u32,
    /// Who and when, for the store's methods that ask for a row of their own.
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
}

impl PageQuery {
    /// An audit row that says that this object was disclosed.
    pub(crate) fn disclosed(&self, object: AuditObject) -> AuditEntry {
        AuditEntry {
            at: self.at,
            by: self.by.clone(),
            action: AuditAction::Disclose,
            object,
            purpose: "export".to_owned(),
        }
    }
}

/// A page, written out.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Whole lines, each with its line feed.
    pub(crate) lines: String,
    /// How many.
    pub(crate) rows: u64,
    /// Listings that have no line: expired, or never assessed.
    pub(crate) left_out: u64,
    /// The sites that the lines come from.
    pub(crate) sites: BTreeSet<SiteId>,
    /// The key of the last row read; `None` when there are no more.
    pub(crate) next: Option<String>,
}

impl Export {
    /// All of them. A new one is a file in `formats` and a line here.
    pub const ALL: &'static [Self] = &[
        listings::EXPORT,
        assessments::EXPORT,
        cases::EXPORT,
        audit::EXPORT,
    ];

    /// The one of this name.
    ///
    /// # Errors
    /// Names the exports that there are.
    pub fn named(name: &str) -> Result<&'static Self, ReportError> {
        Self::ALL
            .iter()
            .find(|export| export.name == name)
            .ok_or_else(|| ReportError::Unknown {
                name: name.to_owned(),
                known: Self::ALL
                    .iter()
                    .map(|export| format!("`{}`", export.name))
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }

    /// Writes everything to `out`, one JSON object a line, in the order of the keys. Blocks; not
    /// for async threads.
    ///
    /// The first transaction appends an audit row `disclose` for the export as a whole. Rows that
    /// come in while it runs may or may not be in it.
    ///
    /// # Errors
    /// When the store or `out` fails, or a site's legal ground is not known. What was written
    /// before that stays.
    pub fn write(
        &self,
        store: &Handle,
        request: &Request,
        out: &mut dyn Write,
    ) -> Result<ExportSummary, ReportError> {
        let mut query = PageQuery {
            after: None,
            limit: request.page_rows.max(1),
            by: request.by.clone(),
            at: request.at,
        };
        let mut sites: BTreeMap<SiteId, Site> = BTreeMap::new();
        let (mut rows, mut left_out) = (0, 0);
        loop {
            let (page, found) = self.read(store, &query, rows)?;
            for id in &page.sites {
                if !found.contains_key(id) {
                    return Err(ReportError::NoGround {
                        site: id.to_string(),
                    });
                }
            }
            sites.extend(found);
            out.write_all(page.lines.as_bytes())
                .map_err(|source| self.unwritten(rows, source))?;
            rows += page.rows;
            left_out += page.left_out;
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        out.flush().map_err(|source| self.unwritten(rows, source))?;
        Ok(ExportSummary {
            export: self.name,
            format: self.format,
            rows,
            left_out,
            by: request.by.clone(),
            at: request.at,
            sites: sites.into_values().collect(),
        })
    }

    /// A page and the legal grounds that belong to it, in one transaction.
    fn read(
        &self,
        store: &Handle,
        query: &PageQuery,
        rows: u64,
    ) -> Result<(Page, BTreeMap<SiteId, Site>), ReportError> {
        let (read_page, grounds, name) = (self.page, self.grounds, self.name);
        let query = query.clone();
        store
            .write(Priority::Bulk, move |tx| {
                if query.after.is_none() {
                    tx.append_audit(&query.disclosed(AuditObject::Class(name.to_owned())))?;
                }
                let page = read_page(tx, &query)?;
                let sites = match grounds {
                    Grounds::OfAllSites => tx.sites()?,
                    Grounds::OfRows => {
                        let mut sites = Vec::new();
                        for id in &page.sites {
                            sites.extend(tx.site(id)?);
                        }
                        sites
                    }
                };
                let by_id = sites.into_iter().map(|site| (site.id.clone(), site));
                Ok((page, by_id.collect()))
            })
            .wait()
            .map_err(|source| self.unread(rows, source))
    }

    fn unread(&self, rows: u64, source: StoreError) -> ReportError {
        ReportError::Store {
            export: self.name,
            rows,
            source,
        }
    }

    fn unwritten(&self, rows: u64, source: std::io::Error) -> ReportError {
        ReportError::Write {
            export: self.name,
            rows,
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        assert_eq!(
            Export::named("people").unwrap_err().to_string(),
            "no export is called `people`; known: `listings`, `assessments`, `cases`, `audit`"
        );
        for export in Export::ALL {
            assert_eq!(Export::named(export.name).unwrap().format, export.format);
        }
    }
}
