use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ListingId, SiteId, Timestamp};

/// A listing through time. What it said stands in its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its id.
    pub id: ListingId,
    /// Where it stands.
    pub site: SiteId,
    /// Its address.
    pub url: String,
    /// When it was first seen by us.
    pub first_seen: Timestamp,
    /// When it was last seen by us.
    pub last_seen: Timestamp,
    /// Whether it still stands there.
    pub state: ListingState,
    /// How many versions are known.
    pub n_versions: u32,
}

/// Whether a listing still stands on its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListingState {
    /// It was there at the last visit.
    Live,
    /// The site answered that it is gone.
    Gone,
}

/// What an advertisement said at one moment: the fields of `listing/v1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListingVersion {
    /// The listing.
    pub id: ListingId,
    /// Where it stands.
    pub site: Option<SiteId>,
    /// Its address.
    pub url: Option<String>,
    /// Heading, plain text.
    pub title: String,
    /// Body, plain text.
    pub text: String,
    /// Declared language, BCP 47; detected when absent.
    pub language: Option<String>,
    /// When the site says that it was posted.
    pub posted_at: Option<Timestamp>,
    /// When it was seen.
    pub seen_at: Option<Timestamp>,
    /// The site's own age field.
    pub age: Option<AgeField>,
    /// The site's own place field.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: Option<String>,
    /// The site's own phone fields, any notation.
    pub phones: Vec<String>,
    /// The site's own e-mail fields.
    pub emails: Vec<String>,
    /// The site's own chat handles, `service:name` or any notation.
    pub handles: Vec<String>,
    /// The site's own price field.
    pub price: Option<Price>,
    /// What the platform knows of the author.
    pub author: Option<Author>,
    /// Pictures: absolute path, path relative to the input file, or URL.
    pub images: Vec<String>,
    /// Anything else that was stated.
    pub attributes: BTreeMap<String, serde_json::Value>,
}

impl ListingVersion {
    /// A version with nothing in it but its id.
    pub fn empty(id: ListingId) -> Self {
        Self {
            id,
            site: None,
            url: None,
            title: String::new(),
            text: String::new(),
            language: None,
            posted_at: None,
            seen_at: None,
            age: None,
            city: None,
            country: None,
            phones: Vec::new(),
            emails: Vec::new(),
            handles: Vec::new(),
            price: None,
            author: None,
            images: Vec::new(),
            attributes: BTreeMap::new(),
        }
    }

    /// When this was so: the posting date, else the moment it was seen.
    pub fn moment(&self) -> Option<Timestamp> {
        self.posted_at.or(self.seen_at)
    }

    /// The original text that spans of this field point into. The list fields are joined by a
    /// line feed; `None` where the field is absent or has no text of its own.
    pub fn field_text(&self, field: crate::Field) -> Option<std::borrow::Cow<'_, str>> {
        use std::borrow::Cow;

        use crate::Field;
        let joined = |parts: &[String]| (!parts.is_empty()).then(|| Cow::Owned(parts.join("\n")));
        match field {
            Field::Title => Some(Cow::Borrowed(self.title.as_str())),
            Field::Text => Some(Cow::Borrowed(self.text.as_str())),
            Field::Age => self.age.as_ref().map(|age| Cow::Owned(age.written())),
            Field::City => self.city.as_deref().map(Cow::Borrowed),
            Field::Phones => joined(&self.phones),
            Field::Emails => joined(&self.emails),
            Field::Handles => joined(&self.handles),
            Field::Price | Field::Author | Field::Attributes => None,
        }
    }
}

/// The site's own age field: a number or whatever stood there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AgeField {
    /// A number, as the site gave it.
    Number(i64),
    /// Words, such as `twenty-three` or `18+`.
    Words(String),
}

impl AgeField {
    /// As it was written.
    pub fn written(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Words(words) => words.clone(),
        }
    }
}

/// A stated price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// How much.
    pub amount: f64,
    /// ISO 4217.
    pub currency: Option<String>,
    /// For what unit, as stated.
    pub per: Option<String>,
}

/// Facts of the platform about who placed the listing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The account.
    pub id: Option<String>,
    /// The account's name.
    pub name: Option<String>,
    /// What the platform calls it: `private`, `agency`, `licensed_venue`, …
    pub kind: Option<String>,
    /// Whether the platform verified it.
    pub verified: Option<bool>,
    /// Who pays.
    pub payer_id: Option<String>,
    /// Since when the account exists.
    pub since: Option<Timestamp>,
}
