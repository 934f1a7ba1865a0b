//! The world: all listings with their dates, and the situations that were planted among them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use model::{Localised, SiteId, Timestamp};

use crate::data::{self, ExpectedRow, ListingRow};
use crate::dates;
use crate::listing::{Later, Listing};
use crate::ordinary;
use crate::phone::Notation;
use crate::picture::{Encoding, Picture};
use crate::profiles;
use crate::served::{DemoError, Served};
use crate::sites::SiteName;
use crate::situation::{Expected, Grouping, Member, Situation};

/// One in so many listings repeats the number of its text in the site's field.
const N_TEXTS_PER_FIELD: usize = 3;

/// The imitation world at one moment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct World {
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    now: Timestamp,
    listings: Vec<Listing>,
    situations: Vec<Situation>,
    /// Drawn when first asked for.
    pictures: BTreeMap<(Picture, Encoding), OnceLock<Vec<u8>>>,
}

/// How much there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Listings of the first round.
    pub n_listings: usize,
    /// The same by site.
    pub by_site: BTreeMap<&'static str, usize>,
    /// The same by language code.
    pub by_language: BTreeMap<&'static str, usize>,
    /// Planted situations, the ordinary listings counted as one.
    pub n_situations: usize,
    /// Pictures that listings show, copies counted.
    pub n_pictures: usize,
}

impl World {
    /// The world as it is at `now`; all dates count back from there.
    pub fn new(now: Timestamp) -> Self {
        let mut planted: Vec<(Listing, usize)> = Vec::new();
        let mut situations = Vec::new();
        for file in data::situations() {
            let mut rows = file.listings;
            rows.extend(file.series.iter().flat_map(data::Series::rows));
            let nth = situations.len();
            for row in rows {
                let listing = listing(row, file.text.as_deref(), planted.len(), now);
                planted.push((listing, nth));
            }
            situations.push(situation(file.id, file.title, file.expected));
        }
        for row in ordinary::rows(&data::ordinary()) {
            planted.push((listing(row, None, planted.len(), now), situations.len()));
        }
        situations.push(ordinary_situation());

        // A site numbers its listings in the order of posting.
        planted.sort_by_key(|(listing, _)| (listing.site, listing.posted));
        let mut next_key: BTreeMap<SiteName, u32> = BTreeMap::new();
        for (listing, nth) in &mut planted {
            let key = next_key
                .entry(listing.site)
                .or_insert(listing.site.first_key());
            listing.key = *key;
            *key += 1;
            situations[*nth].members.push(member(listing));
        }
        let listings: Vec<Listing> = planted.into_iter().map(|(listing, _)| listing).collect();
        let pictures = listings
            .iter()
            .flat_map(|listing| {
                let encoding = listing.site.encoding();
                listing
                    .pictures
                    .iter()
                    .map(move |picture| ((*picture, encoding), OnceLock::new()))
            })
            .collect();
        Self {
            inside: Arc::new(Inside {
                now,
                listings,
                situations,
                pictures,
            }),
        }
    }

    /// Serves the three sites on free ports of 127.0.0.1, in the first round.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn serve(&self) -> Result<Served, DemoError> {
        Served::start(self.clone()).await
    }

    /// The profiles of the served sites: name and TOML text.
    pub fn profiles(&self, served: &Served) -> Vec<(String, String)> {
        profiles::texts(self.inside.now, served)
    }

    /// The planted situations in the order of the table; the last holds the ordinary listings.
    pub fn situations(&self) -> &[Situation] {
        &self.inside.situations
    }

    /// How much there is.
    pub fn counts(&self) -> Counts {
        let mut by_site = BTreeMap::new();
        let mut by_language = BTreeMap::new();
        for listing in &self.inside.listings {
            *by_site.entry(listing.site.name()).or_default() += 1;
            *by_language.entry(listing.language.code()).or_default() += 1;
        }
        Counts {
            n_listings: self.inside.listings.len(),
            by_site,
            by_language,
            n_situations: self.inside.situations.len(),
            n_pictures: self
                .inside
                .listings
                .iter()
                .map(|listing| listing.pictures.len())
                .sum(),
        }
    }

    /// The start of the demo.
    pub fn now(&self) -> Timestamp {
        self.inside.now
    }

    #[cfg(test)]
    pub(crate) fn listings(&self) -> &[Listing] {
        &self.inside.listings
    }

    pub(crate) fn of_site(&self, site: SiteName) -> impl Iterator<Item = &Listing> {
        self.inside
            .listings
            .iter()
            .filter(move |listing| listing.site == site)
    }

    pub(crate) fn find(&self, site: SiteName, key: u32) -> Option<&Listing> {
        self.of_site(site).find(|listing| listing.key == key)
    }

    pub(crate) fn encoded(&self, picture: Picture, encoding: Encoding) -> Vec<u8> {
        match self.inside.pictures.get(&(picture, encoding)) {
            Some(drawn) => drawn.get_or_init(|| picture.encoded(encoding)).clone(),
            None => picture.encoded(encoding),
        }
    }
}

fn listing(row: ListingRow, shared_text: Option<&str>, nth: usize, now: Timestamp) -> Listing {
    let written = |notation| row.phone.map(|phone| phone.written(notation, row.language));
    let second = row
        .second_phone
        .map(|phone| phone.written(Notation::Usual, row.language));
    let fill = |template: &str| {
        template
            .replace("{name}", row.name.as_deref().unwrap_or_default())
            .replace(
                "{age}",
                &row.age.map(|age| age.to_string()).unwrap_or_default(),
            )
            .replace("{town}", &row.town)
            .replace("{phone}", &written(row.notation).unwrap_or_default())
            .replace("{phone2}", second.as_deref().unwrap_or_default())
    };
    let template = row.text.as_deref().or(shared_text).unwrap_or_default();
    let later = match (&row.changes_to, row.goes) {
        (Some(text), _) => Later::Changes(fill(text)),
        (None, true) => Later::Goes,
        (None, false) => Later::Same,
    };
    // A number that stands in the text stands in the site's field too for some, plainly written.
    let in_field = !template.contains("{phone}")
        || (row.notation == Notation::Usual && nth.is_multiple_of(N_TEXTS_PER_FIELD));
    let phone = in_field.then(|| written(row.notation)).flatten();
    // Spreads the postings over the day, from 8:00 to 22:00; 37 and 840 share no factor.
    let minute_of_day = u16::try_from(8 * 60 + nth * 37 % (14 * 60)).unwrap_or(12 * 60);
    Listing {
        site: row.site,
        key: 0,
        language: row.language,
        posted: dates::back_dated(now, row.days_ago, minute_of_day),
        title: fill(&row.title),
        text: fill(template),
        phone,
        later,
        age: row.age,
        price: row.price,
        slow: row.slow,
        moved: row.moved,
        name: row.name,
        town: row.town,
        licence: row.licensed,
        pictures: row.pictures,
    }
}

fn situation(id: String, title: Localised, row: ExpectedRow) -> Situation {
    Situation {
        id,
        title,
        members: Vec::new(),
        expected: Expected {
            case: row.case,
            listing_lane: row.listing_lane,
            found: row.found,
            absent: row.absent,
            grouping: row.grouping,
        },
    }
}

fn ordinary_situation() -> Situation {
    let indicators = ["M1", "M3", "C1", "C6", "C8", "H1", "R1"];
    Situation {
        id: "ordinary".to_owned(),
        title: Localised {
            nl: "Gewone advertenties".to_owned(),
            en: "Ordinary listings".to_owned(),
        },
        members: Vec::new(),
        expected: Expected {
            absent: indicators
                .map(|id| model::IndicatorId(id.to_owned()))
                .to_vec(),
            grouping: Grouping::Apart,
            ..Expected::default()
        },
    }
}

#[expect(
    clippy::expect_used,
    reason = "the names of the three sites are site ids, which a test confirms"
)]
fn member(listing: &Listing) -> Member {
    Member {
        site: SiteId::new(listing.site.name()).expect("a site's name is a slug"),
        key: listing.key.to_string(),
        goes: listing.later == Later::Goes,
    }
}

#[cfg(test)]
#[path = "world_tests.rs"]
mod tests;
