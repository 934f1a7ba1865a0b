//! What an export was, and on what legal ground its data were collected. The formats of the
//! contract stay as they are, so this goes beside the rows, never among them.

use model::{Actor, Site, Timestamp};
use serde::Serialize;

use crate::ReportError;

/// What came of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportSummary {
    /// Its name.
    pub export: &'static str,
    /// The format of its lines.
    pub format: &'static str,
    /// Lines written.
    pub rows: u64,
    /// Listings left out: what they said has expired, or they were never assessed.
    pub left_out: u64,
    /// Who got it.
    pub by: Actor,
    /// When it was asked for.
    pub at: Timestamp,
    /// The sites with their legal grounds, by id.
    pub sites: Vec<Site>,
}

impl ExportSummary {
    /// The summary as JSON for a file beside the export, `OUT.ground.json`, with a line feed at
    /// the end (`ground/v1`).
    ///
    /// # Errors
    /// When serde cannot write it.
    pub fn ground_json(&self) -> Result<String, ReportError> {
        let row = GroundRow {
            schema: "ground/v1",
            export: self.export,
            format: self.format,
            rows: self.rows,
            left_out: self.left_out,
            by: self.by.as_str(),
            at: self.at.to_string(),
            sites: self.sites.iter().map(SiteRow::of).collect(),
        };
        let mut json =
            serde_json::to_string_pretty(&row).map_err(|source| ReportError::Ground {
                export: self.export,
                source,
            })?;
        json.push('\n');
        Ok(json)
    }

    /// One line for each site, for people: `site: ground; for: purpose; approved by …`.
    pub fn ground_lines(&self) -> Vec<String> {
        self.sites
            .iter()
            .map(|site| {
                let legal = &site.legal;
                format!(
                    "{}: {}; for: {}; approved by {}, to be reviewed by {}",
                    site.id,
                    legal.ground,
                    legal.purpose,
                    legal.approver,
                    legal.review_by.date()
                )
            })
            .collect()
    }
}

#[derive(Serialize)]
struct GroundRow<'a> {
    schema: &'static str,
    export: &'static str,
    format: &'static str,
    rows: u64,
    left_out: u64,
    by: &'a str,
    at: String,
    sites: Vec<SiteRow<'a>>,
}

#[derive(Serialize)]
struct SiteRow<'a> {
    id: &'a str,
    name: &'a str,
    ground: &'a str,
    purpose: &'a str,
    approver: &'a str,
    contact: &'a str,
    review_by: String,
}

impl<'a> SiteRow<'a> {
    fn of(site: &'a Site) -> Self {
        Self {
            id: site.id.as_str(),
            name: &site.name,
            ground: &site.legal.ground,
            purpose: &site.legal.purpose,
            approver: &site.legal.approver,
            contact: &site.legal.contact,
            review_by: site.legal.review_by.to_string(),
        }
    }
}
