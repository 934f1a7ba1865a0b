use std::collections::BTreeMap;

use model::{PhotoHashes, Timestamp};
use rusqlite::params;

use super::row::{from_json_bytes, to_json_bytes};
use super::tx::SqliteTx;
use crate::seal::{Place, SealClass};
use crate::{PhotoStore, Result};

const SAVE: &str = "
    INSERT INTO photos (url, at, sealed) VALUES (?1, ?2, ?3)
    ON CONFLICT (url) DO UPDATE SET at = excluded.at, sealed = excluded.sealed";

const ONE: &str = "SELECT sealed FROM photos WHERE url = ?1";

impl PhotoStore for SqliteTx<'_> {
    fn save_photo(&mut self, url: &str, hashes: &PhotoHashes, at: Timestamp) -> Result<()> {
        let plain = to_json_bytes("photo hashes", hashes)?;
        let sealed = self.sealer.seal(place(url), at, &plain)?;
        self.change(SAVE, params![url, at.as_ms(), sealed])
            .map(drop)
    }

    fn photos(&mut self, urls: &[String]) -> Result<BTreeMap<String, PhotoHashes>> {
        let mut found = BTreeMap::new();
        for url in urls {
            let sealed = self.first(ONE, [url], |row| Ok(row.get::<_, Vec<u8>>("sealed")?))?;
            let Some(sealed) = sealed else { continue };
            if let Some(plain) = self.sealer.open(place(url), &sealed)? {
                found.insert(url.clone(), from_json_bytes("photos", &plain)?);
            }
        }
        Ok(found)
    }
}

fn place(url: &str) -> Place<'_> {
    Place {
        class: SealClass::Photo,
        table: "photos",
        row: url,
    }
}
