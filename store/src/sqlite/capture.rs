use model::{Capture, CaptureId, Digest, SiteId, Timestamp};
use rusqlite::params;

use super::row::{digest, moment, parsed};
use super::tx::SqliteTx;
use crate::seal::{Place, SealClass};
use crate::{CaptureStore, Result, StoreError};

const ADD: &str = "
    INSERT INTO captures (site, url, fetched_at, status, record_digest, sealed)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

const ONE: &str = "
    SELECT site, url, fetched_at, status, record_digest, sealed FROM captures WHERE id = ?1";

impl CaptureStore for SqliteTx<'_> {
    fn add_capture(&mut self, capture: &Capture) -> Result<CaptureId> {
        let invalid = |why: &str| StoreError::Invalid {
            what: "a capture",
            why: why.to_owned(),
        };
        let record = capture
            .record
            .as_deref()
            .ok_or_else(|| invalid("its archive record is missing"))?;
        if Digest::of(record) != capture.record_digest {
            return Err(invalid("its digest is not that of its archive record"));
        }
        let at = capture.fetched_at;
        let row = identity(&capture.site, at, capture.record_digest);
        let sealed = self.sealer.seal(place(&row), at, record)?;
        let site = capture.site.as_str();
        let columns = params![
            site,
            capture.url,
            at.as_ms(),
            capture.status,
            capture.record_digest.as_bytes(),
            sealed
        ];
        self.change_of("site", site, ADD, columns)?;
        Ok(CaptureId(self.raw.last_insert_rowid()))
    }

    fn capture(&mut self, id: CaptureId) -> Result<Option<Capture>> {
        let found = self.first(ONE, [id.0], |row| {
            let sealed: Vec<u8> = row.get("sealed")?;
            let capture = Capture {
                site: parsed("captures", row, "site", SiteId::new)?,
                url: row.get("url")?,
                fetched_at: moment(row, "fetched_at")?,
                status: row.get("status")?,
                record_digest: digest(row, "record_digest")?,
                record: None,
            };
            Ok((capture, sealed))
        })?;
        let Some((mut capture, sealed)) = found else {
            return Ok(None);
        };
        let row = identity(&capture.site, capture.fetched_at, capture.record_digest);
        capture.record = self.sealer.open(place(&row), &sealed)?;
        Ok(Some(capture))
    }
}

/// The row number is not known before the row is there, so what names the capture is its content.
fn identity(site: &SiteId, at: Timestamp, record: Digest) -> String {
    format!("{site} {} {}", at.as_ms(), record.hex())
}

fn place(row: &str) -> Place<'_> {
    Place {
        class: SealClass::Archive,
        table: "captures",
        row,
    }
}
