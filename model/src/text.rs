use std::fmt;

use serde::{Deserialize, Serialize};

/// A field of a listing that carries evidence, named as in `listing/v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The heading.
    Title,
    /// The body.
    Text,
    /// The site's own age field.
    Age,
    /// The site's own place field.
    City,
    /// The site's own phone fields, joined by a line feed.
    Phones,
    /// The site's own e-mail fields, joined by a line feed.
    Emails,
    /// The site's own chat handles, joined by a line feed.
    Handles,
    /// The site's own price field.
    Price,
    /// What the platform knows of the author.
    Author,
    /// Anything else the site states.
    Attributes,
}

impl Field {
    /// The name in `listing/v1`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
            Self::Age => "age",
            Self::City => "city",
            Self::Phones => "phones",
            Self::Emails => "emails",
            Self::Handles => "handles",
            Self::Price => "price",
            Self::Author => "author",
            Self::Attributes => "attributes",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A stretch of a field: byte offsets `start..end` into the *original* UTF-8 text, both on
/// character borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The field.
    pub field: Field,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of a field. Offsets beyond 4 GiB do not occur: bodies have limits far below.
    pub fn new(field: Field, start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            field,
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// The stretch as a range of bytes.
    pub const fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two share at least one byte of the same field.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.field == other.field && self.start < other.end && other.start < self.end
    }
}
