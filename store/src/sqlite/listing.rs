use model::{
    CaptureId, Digest, Listing, ListingId, ListingState, ListingVersion, SiteId, Timestamp,
};
use rusqlite::{Row, named_params, params};

use super::row::{digest, from_json_bytes, moment, parsed, to_json_bytes};
use super::tx::SqliteTx;
use crate::seal::{Place, SealClass};
use crate::{ListingStore, Recorded, Result, StoreError, StoredVersion};

const ADD: &str = "
    INSERT INTO listings (id, site, url, first_seen, last_seen, n_versions)
    VALUES (?1, ?2, ?3, ?4, ?4, 1)";

const SEEN: &str = "
    UPDATE listings SET
        url = coalesce(:url, url),
        first_seen = min(first_seen, :at),
        last_seen = max(last_seen, :at),
        gone_at = CASE WHEN gone_at > :at THEN gone_at END,
        n_versions = n_versions + :more
    WHERE number = :number";

const SEEN_VERSION: &str = "
    UPDATE versions SET first_seen = min(first_seen, ?3), last_seen = max(last_seen, ?3)
    WHERE listing = ?1 AND ordinal = ?2";

const ADD_VERSION: &str = "
    INSERT INTO versions (listing, ordinal, content, first_seen, last_seen, capture, sealed)
    VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)";

const NUMBER: &str = "SELECT number, site FROM listings WHERE id = ?1";

const NEWEST: &str = "
    SELECT ordinal, content FROM versions WHERE listing = ?1 ORDER BY ordinal DESC LIMIT 1";

const GONE: &str = "UPDATE listings SET gone_at = ?2 WHERE id = ?1";

const ONE: &str = "SELECT * FROM listings WHERE id = ?1";

const AT_URL: &str = "
    SELECT * FROM listings WHERE url = ?1 ORDER BY last_seen DESC, number DESC LIMIT 1";

pub(super) const PAGE: &str = "SELECT * FROM listings WHERE id > ?1 ORDER BY id LIMIT ?2";

pub(super) const LATEST: &str = "
    SELECT ordinal, sealed FROM versions
    WHERE listing = (SELECT number FROM listings WHERE id = ?1)
    ORDER BY ordinal DESC LIMIT 1";

pub(super) const VERSIONS: &str = "
    SELECT ordinal, content, first_seen, last_seen, capture, sealed FROM versions
    WHERE listing = (SELECT number FROM listings WHERE id = ?1)
    ORDER BY ordinal DESC LIMIT ?2";

impl ListingStore for SqliteTx<'_> {
    fn record_version(
        &mut self,
        version: &ListingVersion,
        content: Digest,
        capture: Option<CaptureId>,
        at: Timestamp,
    ) -> Result<Recorded> {
        let missing = |what: &str| StoreError::Invalid {
            what: "a listing version",
            why: format!("its {what} is missing"),
        };
        let site = version.site.as_ref().ok_or_else(|| missing("site"))?;
        let url = version.url.as_deref().ok_or_else(|| missing("url"))?;
        let Some((number, known_site)) = self.number(&version.id)? else {
            let row = params![version.id.as_str(), site.as_str(), url, at.as_ms()];
            self.change_of("site", site.as_str(), ADD, row)?;
            let number = self.raw.last_insert_rowid();
            self.add_version(number, 1, version, content, capture, at)?;
            return Ok(Recorded::New);
        };
        if known_site != site.as_str() {
            return Err(StoreError::Conflict(format!(
                "listing `{}` is one of site `{known_site}` and cannot be one of `{site}` too; give it another id",
                version.id
            )));
        }
        let newest = self.first(NEWEST, [number], |row| {
            Ok((row.get::<_, i64>("ordinal")?, digest(row, "content")?))
        })?;
        if let Some((ordinal, known)) = newest
            && known == content
        {
            self.seen(number, Some(url), at, 0)?;
            self.change(SEEN_VERSION, params![number, ordinal, at.as_ms()])?;
            return Ok(Recorded::Unchanged);
        }
        let ordinal = newest.map_or(1, |(ordinal, _)| ordinal + 1);
        self.seen(number, Some(url), at, 1)?;
        self.add_version(number, ordinal, version, content, capture, at)?;
        Ok(Recorded::Changed)
    }

    fn record_sighting(&mut self, id: &ListingId, at: Timestamp) -> Result<()> {
        let (number, _) = self.number(id)?.ok_or_else(|| unknown(id))?;
        let newest = self.first(NEWEST, [number], |row| Ok(row.get::<_, i64>("ordinal")?))?;
        self.seen(number, None, at, 0)?;
        if let Some(ordinal) = newest {
            self.change(SEEN_VERSION, params![number, ordinal, at.as_ms()])?;
        }
        Ok(())
    }

    fn mark_gone(&mut self, id: &ListingId, at: Timestamp) -> Result<()> {
        match self.change(GONE, params![id.as_str(), at.as_ms()])? {
            0 => Err(unknown(id)),
            _ => Ok(()),
        }
    }

    fn listing_at(&mut self, url: &str) -> Result<Option<Listing>> {
        self.first(AT_URL, [url], read)
    }

    fn listing(&mut self, id: &ListingId) -> Result<Option<Listing>> {
        self.first(ONE, [id.as_str()], read)
    }

    fn listings(&mut self, after: Option<&ListingId>, limit: u32) -> Result<Vec<Listing>> {
        // No id is empty, so the empty text stands before all of them.
        let after = after.map_or("", ListingId::as_str);
        self.all(PAGE, params![after, self.options.page(limit)?], read)
    }

    fn latest_version(&mut self, id: &ListingId) -> Result<Option<ListingVersion>> {
        let found = self.first(LATEST, [id.as_str()], |row| {
            Ok((
                row.get::<_, i64>("ordinal")?,
                row.get::<_, Vec<u8>>("sealed")?,
            ))
        })?;
        match found {
            Some((ordinal, sealed)) => self.open_version(id, ordinal, &sealed),
            None => Ok(None),
        }
    }

    fn versions(&mut self, id: &ListingId) -> Result<Vec<StoredVersion>> {
        let limit = self.options.versions_max;
        let mut versions = self.all(VERSIONS, params![id.as_str(), limit], |row| {
            let capture: Option<i64> = row.get("capture")?;
            Ok(StoredVersion {
                first_seen: moment(row, "first_seen")?,
                last_seen: moment(row, "last_seen")?,
                content: digest(row, "content")?,
                capture: capture.map(CaptureId),
                version: self.open_version(
                    id,
                    row.get("ordinal")?,
                    &row.get::<_, Vec<u8>>("sealed")?,
                )?,
            })
        })?;
        versions.reverse();
        Ok(versions)
    }
}

impl SqliteTx<'_> {
    fn number(&self, id: &ListingId) -> Result<Option<(i64, String)>> {
        self.first(NUMBER, [id.as_str()], |row| {
            Ok((row.get("number")?, row.get("site")?))
        })
    }

    fn seen(&self, number: i64, url: Option<&str>, at: Timestamp, more: u8) -> Result<()> {
        let row = named_params! {
            ":number": number,
            ":url": url,
            ":at": at.as_ms(),
            ":more": more,
        };
        self.change(SEEN, row).map(drop)
    }

    fn add_version(
        &self,
        number: i64,
        ordinal: i64,
        version: &ListingVersion,
        content: Digest,
        capture: Option<CaptureId>,
        at: Timestamp,
    ) -> Result<()> {
        let plain = to_json_bytes("a listing version", version)?;
        let sealed = self
            .sealer
            .seal(place(&identity(&version.id, ordinal)), at, &plain)?;
        let row = params![
            number,
            ordinal,
            content.as_bytes(),
            at.as_ms(),
            capture.map(|id| id.0),
            sealed
        ];
        let id = capture.map_or_else(String::new, |id| id.0.to_string());
        self.change_of("capture", &id, ADD_VERSION, row).map(drop)
    }

    fn open_version(
        &self,
        id: &ListingId,
        ordinal: i64,
        sealed: &[u8],
    ) -> Result<Option<ListingVersion>> {
        self.sealer
            .open(place(&identity(id, ordinal)), sealed)?
            .map(|plain| from_json_bytes("versions", &plain))
            .transpose()
    }
}

fn identity(id: &ListingId, ordinal: i64) -> String {
    format!("{ordinal} {id}")
}

fn place(row: &str) -> Place<'_> {
    Place {
        class: SealClass::Text,
        table: "versions",
        row,
    }
}

pub(super) fn unknown(id: &ListingId) -> StoreError {
    StoreError::Unknown {
        what: "listing",
        id: id.to_string(),
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<Listing> {
    let gone_at: Option<i64> = row.get("gone_at")?;
    Ok(Listing {
        id: parsed("listings", row, "id", ListingId::new)?,
        site: parsed("listings", row, "site", SiteId::new)?,
        url: row.get("url")?,
        first_seen: moment(row, "first_seen")?,
        last_seen: moment(row, "last_seen")?,
        state: match gone_at {
            Some(_) => ListingState::Gone,
            None => ListingState::Live,
        },
        n_versions: row.get("n_versions")?,
    })
}
