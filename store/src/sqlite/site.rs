use model::{LegalGround, Retention, Site, SiteId};
use rusqlite::{Row, named_params};

use super::row::{moment, parsed};
use super::tx::SqliteTx;
use crate::{Result, SiteStore};

const SAVE: &str = "
    INSERT INTO sites (id, name, ground, purpose, approver, contact, review_by,
        text_days, feature_days, photo_hash_days)
    VALUES (:id, :name, :ground, :purpose, :approver, :contact, :review_by,
        :text_days, :feature_days, :photo_hash_days)
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, ground = excluded.ground, purpose = excluded.purpose,
        approver = excluded.approver, contact = excluded.contact,
        review_by = excluded.review_by, text_days = excluded.text_days,
        feature_days = excluded.feature_days, photo_hash_days = excluded.photo_hash_days";

const ONE: &str = "SELECT * FROM sites WHERE id = ?1";

const ALL: &str = "SELECT * FROM sites ORDER BY id";

impl SiteStore for SqliteTx<'_> {
    fn save_site(&mut self, site: &Site) -> Result<()> {
        let legal = &site.legal;
        let params = named_params! {
            ":id": site.id.as_str(),
            ":name": site.name,
            ":ground": legal.ground,
            ":purpose": legal.purpose,
            ":approver": legal.approver,
            ":contact": legal.contact,
            ":review_by": legal.review_by.as_ms(),
            ":text_days": site.retention.text_days,
            ":feature_days": site.retention.feature_days,
            ":photo_hash_days": site.retention.photo_hash_days,
        };
        self.change(SAVE, params).map(drop)
    }

    fn site(&mut self, id: &SiteId) -> Result<Option<Site>> {
        self.first(ONE, [id.as_str()], read)
    }

    fn sites(&mut self) -> Result<Vec<Site>> {
        self.all(ALL, [], read)
    }
}

fn read(row: &Row<'_>) -> Result<Site> {
    Ok(Site {
        id: parsed("sites", row, "id", SiteId::new)?,
        name: row.get("name")?,
        legal: LegalGround {
            ground: row.get("ground")?,
            purpose: row.get("purpose")?,
            approver: row.get("approver")?,
            contact: row.get("contact")?,
            review_by: moment(row, "review_by")?,
        },
        retention: Retention {
            text_days: row.get("text_days")?,
            feature_days: row.get("feature_days")?,
            photo_hash_days: row.get("photo_hash_days")?,
        },
    })
}
