//! Writes `listing/v1`.

use std::collections::BTreeMap;

use model::{AgeField, ListingVersion};
use serde::Serialize;
use serde_json::{Number, Value};

/// One line of `listing/v1`. Absent fields are left out; the order is that of the contract.
#[derive(Debug, Serialize)]
pub struct ListingRow<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    posted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    phones: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    emails: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    handles: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<PriceRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<AuthorRow<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    images: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: &'a BTreeMap<String, Value>,
}

#[derive(Debug, Serialize)]
struct PriceRow<'a> {
    amount: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct AuthorRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payer_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

impl<'a> ListingRow<'a> {
    /// The row of a listing version.
    pub fn of(version: &'a ListingVersion) -> Self {
        Self {
            id: version.id.as_str(),
            site: version.site.as_ref().map(model::SiteId::as_str),
            url: version.url.as_deref(),
            title: &version.title,
            text: &version.text,
            language: version.language.as_deref(),
            posted_at: version.posted_at.map(|moment| moment.to_string()),
            seen_at: version.seen_at.map(|moment| moment.to_string()),
            age: version.age.as_ref().map(|age| match age {
                AgeField::Number(years) => Value::from(*years),
                AgeField::Words(words) => Value::from(words.as_str()),
            }),
            city: version.city.as_deref(),
            country: version.country.as_deref(),
            phones: &version.phones,
            emails: &version.emails,
            handles: &version.handles,
            price: version.price.as_ref().and_then(|price| {
                Some(PriceRow {
                    amount: amount(price.amount)?,
                    currency: price.currency.as_deref(),
                    per: price.per.as_deref(),
                })
            }),
            author: version.author.as_ref().map(|author| AuthorRow {
                id: author.id.as_deref(),
                name: author.name.as_deref(),
                kind: author.kind.as_deref(),
                verified: author.verified,
                payer_id: author.payer_id.as_deref(),
                since: author.since.map(|moment| moment.to_string()),
            }),
            images: &version.images,
            attributes: &version.attributes,
        }
    }

    /// The row as one line of JSON, its line feed included.
    pub fn to_line(&self) -> String {
        line(self)
    }
}

/// A whole amount without a decimal point, as it was most likely stated. `None` for what is no
/// number, which JSON cannot hold.
fn amount(amount: f64) -> Option<Number> {
    // Up to 2^53 every whole f64 is exact.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and inside the exact range of an f64"
    )]
    let whole = (amount.fract() == 0.0 && amount.abs() < 9e15).then_some(amount as i64);
    whole.map_or_else(
        || Number::from_f64(amount),
        |whole| Some(Number::from(whole)),
    )
}

/// One line of JSON, its line feed included.
pub(crate) fn line(row: &impl Serialize) -> String {
    // Only a map with keys that are no strings, or a writer that fails, can go wrong here.
    #[expect(clippy::expect_used, reason = "rows have string keys and go to memory")]
    let mut line = serde_json::to_string(row).expect("a row is plain JSON");
    line.push('\n');
    line
}
