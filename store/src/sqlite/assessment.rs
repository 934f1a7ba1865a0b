use std::collections::BTreeMap;

use model::{Assessment, Band, Lane, ListingId, Timestamp};
use rusqlite::params;

use super::listing::unknown;
use super::row::{from_json_bytes, named, to_json_bytes};
use super::tx::SqliteTx;
use crate::seal::{Place, SealClass};
use crate::{AssessmentStore, Result};

const SAVE: &str = "
    INSERT INTO assessments (listing, at, band, lane, sealed)
    SELECT number, ?2, ?3, ?4, ?5 FROM listings WHERE id = ?1
    ON CONFLICT (listing) DO UPDATE SET
        at = excluded.at, band = excluded.band, lane = excluded.lane, sealed = excluded.sealed";

const ONE: &str = "
    SELECT sealed FROM assessments WHERE listing = (SELECT number FROM listings WHERE id = ?1)";

pub(super) const COUNTS: &str =
    "SELECT band, lane, count(*) AS n FROM assessments GROUP BY band, lane";

impl AssessmentStore for SqliteTx<'_> {
    fn save_assessment(&mut self, assessment: &Assessment, at: Timestamp) -> Result<()> {
        let id = assessment.listing.as_str();
        let plain = to_json_bytes("an assessment", assessment)?;
        let sealed = self.sealer.seal(place(id), at, &plain)?;
        let (band, lane) = (assessment.score.band, assessment.score.lane);
        let row = params![id, at.as_ms(), band.name(), lane.name(), sealed];
        match self.change(SAVE, row)? {
            0 => Err(unknown(&assessment.listing)),
            _ => Ok(()),
        }
    }

    fn assessment(&mut self, id: &ListingId) -> Result<Option<Assessment>> {
        let id = id.as_str();
        let sealed = self.first(ONE, [id], |row| Ok(row.get::<_, Vec<u8>>("sealed")?))?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        self.sealer
            .open(place(id), &sealed)?
            .map(|plain| from_json_bytes("assessments", &plain))
            .transpose()
    }

    fn assessment_counts(&mut self) -> Result<BTreeMap<(Band, Lane), u64>> {
        let counts = self.all(COUNTS, [], |row| {
            let band = named("assessments", row, "band", Band::from_name)?;
            let lane = named("assessments", row, "lane", Lane::from_name)?;
            Ok(((band, lane), row.get::<_, i64>("n")?.unsigned_abs()))
        })?;
        Ok(counts.into_iter().collect())
    }
}

fn place(listing: &str) -> Place<'_> {
    Place {
        class: SealClass::Feature,
        table: "assessments",
        row: listing,
    }
}
