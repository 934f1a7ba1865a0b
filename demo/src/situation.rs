//! A planted situation and what is expected of the program.

use model::{IndicatorId, Lane, ListingId, Localised, SiteId};

/// Listings that were planted together, with a known answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// A short name, `ring`.
    pub id: String,
    /// For people.
    pub title: Localised,
    /// Its listings.
    pub members: Vec<Member>,
    /// The answer.
    pub expected: Expected,
}

/// A listing of a situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where it stands: the name of the site's profile.
    pub site: SiteId,
    /// The listing's key there.
    pub key: String,
    /// Whether it is gone in the second round, and then need not be assessed.
    pub goes: bool,
}

/// What is expected of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The lane of the case that must be raised; `None`: no member may be in any case.
    pub case: Option<Lane>,
    /// The lane that the assessment of every member must show, where one is expected.
    pub listing_lane: Option<Lane>,
    /// Indicators that at least one member must show, protective ones and labels included.
    pub found: Vec<IndicatorId>,
    /// Indicators that no member may show with points.
    pub absent: Vec<IndicatorId>,
    /// Whether the members are linked.
    pub grouping: Grouping,
}

/// Whether the members of a situation are linked strongly enough to make one case
/// (`model::Groups::case`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// Either answer will do.
    #[default]
    Free,
    /// All in one group, and nobody else in it.
    Together,
    /// Each in a group of its own, or in none.
    Apart,
}

impl Member {
    /// The listing's id, `marktplein:1042`.
    #[expect(
        clippy::expect_used,
        reason = "a site's name and a number are short and hold no control characters"
    )]
    pub fn listing_id(&self) -> ListingId {
        ListingId::new(format!("{}:{}", self.site, self.key)).expect("site and key make an id")
    }
}
