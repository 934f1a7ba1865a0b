use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{FactName, Field, ListingId, Span};

/// A rule's id, such as `WL-MIN-0001`. It is never reused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(pub String);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An indicator of the catalogue, such as `M1` or `C4`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorId(pub String);

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text for people in Dutch and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localised {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $written:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $written)] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the contract.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $written),+ }
            }

            /// The one with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use closed_list;

closed_list!(
    /// The kind of evidence: what the finding was read from.
    EvidenceKind {
        /// The words of the listing.
        Text = "text",
        /// A field of the listing.
        Attribute = "attribute",
        /// A shared contact.
        Contact = "contact",
        /// A shared picture.
        Photo = "photo",
        /// Places and times.
        History = "history",
        /// What the platform knows.
        Platform = "platform",
        /// A register or calendar.
        Register = "register",
    }
);

closed_list!(
    /// The family of a finding; the points of one family have a cap.
    Family {
        /// Signs of a minor.
        Minor = "minor",
        /// Signs of organisation by others.
        Organisation = "organisation",
        /// Shared or hidden contacts.
        Contact = "contact",
        /// Reused pictures.
        Photo = "photo",
        /// Shared texts.
        Text = "text",
        /// Groups that travel together.
        Movement = "movement",
        /// Seeking persons.
        Recruitment = "recruitment",
        /// Threats to publish.
        Extortion = "extortion",
        /// What the platform knows.
        Platform = "platform",
        /// Not an advertisement of this kind at all.
        Spam = "spam",
    }
);

/// What a rule found in a listing, and on what it rests. It speaks of the listing, never of a
/// person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// Its version.
    pub version: u32,
    /// The indicator of the catalogue.
    pub indicator: IndicatorId,
    /// What it was read from.
    pub kind: EvidenceKind,
    /// Whose cap it counts under.
    pub family: Family,
    /// Points; 0 makes it a label, which never counts towards a case.
    pub points: i32,
    /// Whether it goes to a person whatever the score. Only in the family `minor`.
    pub hard: bool,
    /// What it rests on, in ascending order.
    pub evidence: Vec<Evidence>,
    /// Why, for people.
    pub why: Localised,
}

/// Evidence that speaks against concern. Same shape as a [`Finding`], with points below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectiveFinding {
    /// The rule.
    pub rule: RuleId,
    /// Its version.
    pub version: u32,
    /// The indicator of the catalogue, `P1` to `P7`.
    pub indicator: IndicatorId,
    /// Points, zero or below.
    pub points: i32,
    /// What it rests on, in ascending order.
    pub evidence: Vec<Evidence>,
    /// Why, for people.
    pub why: Localised,
}

/// What a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A stretch of the listing.
    Span(Span),
    /// A field as a whole, where the text of the field is no part of the listing's text.
    Field(Field),
    /// A fact about linked listings.
    Linked {
        /// The fact.
        fact: FactName,
        /// Its number.
        value: i64,
        /// The linked listings, in ascending order.
        members: Vec<ListingId>,
    },
}
