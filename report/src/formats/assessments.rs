//! `assessments`: the newest assessment of each listing, in `assessment/v1`, by id.

use model::ListingVersion;

use crate::export::{Export, Grounds};
use crate::formats::listing_page;

pub(crate) const EXPORT: Export = Export {
    name: "assessments",
    format: "assessment/v1",
    about: "the newest assessment of each listing, with the evidence quoted while its text is kept",
    grounds: Grounds::OfRows,
    page: |tx, query| {
        listing_page(tx, query, |tx, listing| {
            let Some(assessment) = tx.assessment(&listing.id)? else {
                return Ok(None);
            };
            let version = tx
                .latest_version(&listing.id)?
                .unwrap_or_else(|| ListingVersion::empty(listing.id.clone()));
            Ok(Some(
                wire::AssessmentRow::of(&assessment, &version).to_line(),
            ))
        })
    },
};
