//! `listings`: what each listing says now, in `listing/v1`, by id.

use crate::export::{Export, Grounds};
use crate::formats::listing_page;

pub(crate) const EXPORT: Export = Export {
    name: "listings",
    format: "listing/v1",
    about: "what each listing says now; listings whose text has expired are counted and left out",
    grounds: Grounds::OfRows,
    page: |tx, query| {
        listing_page(tx, query, |tx, listing| {
            let version = tx.latest_version(&listing.id)?;
            Ok(version.map(|version| wire::ListingRow::of(&version).to_line()))
        })
    },
};
