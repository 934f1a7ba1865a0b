use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Digest, GroupId, ListingId, Timestamp};

/// What joins two listings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// The same phone, e-mail address or chat handle.
    Contact,
    /// The same picture, or a copy of it.
    Photo,
    /// The same text, or the same template with other words in its slots.
    Text,
}

impl LinkKind {
    /// `contact`, `photo` or `text`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Photo => "photo",
            Self::Text => "text",
        }
    }
}

/// An edge between two listings, with its reason. `a` is the smaller id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// The smaller id.
    pub a: ListingId,
    /// The greater id.
    pub b: ListingId,
    /// What joins them.
    pub kind: LinkKind,
    /// Bits of PDQ that differ for a photo (0 to 80; above 31 the difference hash voted), per mille of the words that are equal for a text,
    /// 0 for a contact.
    pub measure: u16,
}

/// The groups that a listing is in, one for each way of linking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// By contact.
    pub contact: Option<GroupId>,
    /// By photo.
    pub photo: Option<GroupId>,
    /// By text.
    pub text: Option<GroupId>,
    /// Taken to be one and the same advertiser.
    pub identity: Option<GroupId>,
    /// By links that are strong enough together to make one case.
    pub case: Option<GroupId>,
}

/// A number that the links of a listing show. The names are the vocabulary of graph rules: a
/// condition reads `fact = "contact.identities"`. All counts include the listing itself.
///
/// *Identities* are advertisers that differ in more than a name: other pictures, other places at
/// the same time, or ages that do not go together. Listings of one advertiser count once, so the
/// numbers are lower bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum FactName {
    /// Identities that share a contact with this listing in 90 days.
    ContactIdentities,
    /// Listings that share a contact with this listing in 90 days.
    ContactListings,
    /// Different names among them.
    ContactNames,
    /// Identities that show the same picture.
    PhotoIdentities,
    /// Different names over listings with the same picture.
    PhotoNames,
    /// Different contacts over listings with the same picture.
    PhotoContacts,
    /// Identities in the same text template.
    TextIdentities,
    /// Listings in the same text template.
    TextListings,
    /// Towns of a circuit that the group of this listing makes together.
    CircuitTowns,
    /// Identities that make the circuit together.
    CircuitIdentities,
    /// How often the circuit was made.
    CircuitRounds,
    /// Recruitment listings with the contact of this listing, which itself offers.
    ContactRecruits,
    /// Offering listings with the contact of this listing, which itself recruits.
    ContactSells,
    /// Days over which this identity was seen with one contact and one place.
    IdentityStableDays,
    /// Working names of this identity.
    IdentityNames,
}

impl FactName {
    /// All names with their spelling in rules. The one list: everything else derives from it.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::ContactIdentities, "contact.identities"),
        (Self::ContactListings, "contact.listings"),
        (Self::ContactNames, "contact.names"),
        (Self::PhotoIdentities, "photo.identities"),
        (Self::PhotoNames, "photo.names"),
        (Self::PhotoContacts, "photo.contacts"),
        (Self::TextIdentities, "text.identities"),
        (Self::TextListings, "text.listings"),
        (Self::CircuitTowns, "circuit.towns"),
        (Self::CircuitIdentities, "circuit.identities"),
        (Self::CircuitRounds, "circuit.rounds"),
        (Self::ContactRecruits, "contact.recruits"),
        (Self::ContactSells, "contact.sells"),
        (Self::IdentityStableDays, "identity.stable_days"),
        (Self::IdentityNames, "identity.names"),
    ];

    /// The spelling in rules, `contact.identities`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(fact, _)| *fact == self)
            .map_or("unknown", |(_, name)| name)
    }

    /// The fact with this spelling.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(fact, _)| *fact)
    }
}

impl fmt::Display for FactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<FactName> for String {
    fn from(fact: FactName) -> Self {
        fact.name().to_owned()
    }
}

impl TryFrom<String> for FactName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::from_name(&name).ok_or_else(|| format!("unknown fact `{name}`"))
    }
}

/// A fact's number and the listings that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The number.
    pub value: i64,
    /// The linked listings, this one left out, in ascending order.
    pub members: Vec<ListingId>,
}

/// Everything that the answer about a listing rests on besides the listing itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkContext {
    /// The moment of the linking. Windows lie over the sightings of the listings themselves.
    pub as_of: Timestamp,
    /// The groups.
    pub groups: Groups,
    /// The facts that are known. A missing one makes a rule unknown, not false.
    pub facts: BTreeMap<FactName, Fact>,
}

impl LinkContext {
    /// Nothing is known about links: the listing stands alone.
    pub fn alone(as_of: Timestamp) -> Self {
        Self {
            as_of,
            groups: Groups::default(),
            facts: BTreeMap::new(),
        }
    }

    /// A digest of what it says, the moment left out: the same links give the same digest.
    pub fn digest(&self) -> Digest {
        let mut parts: Vec<Vec<u8>> = Vec::new();
        let groups = &self.groups;
        for group in [
            &groups.contact,
            &groups.photo,
            &groups.text,
            &groups.identity,
            &groups.case,
        ] {
            parts.push(
                group
                    .as_ref()
                    .map_or_else(Vec::new, |id| id.as_str().as_bytes().to_vec()),
            );
        }
        for (name, fact) in &self.facts {
            parts.push(name.name().as_bytes().to_vec());
            parts.push(fact.value.to_le_bytes().to_vec());
            parts.push((fact.members.len() as u64).to_le_bytes().to_vec());
            parts.extend(
                fact.members
                    .iter()
                    .map(|id| id.as_str().as_bytes().to_vec()),
            );
        }
        Digest::of_parts(parts.iter().map(Vec::as_slice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_one_spelling() {
        for (fact, name) in FactName::ALL {
            assert_eq!(FactName::from_name(name), Some(fact));
            assert_eq!(fact.name(), name);
        }
    }

    #[test]
    fn the_moment_is_no_part_of_the_digest() {
        let early = LinkContext::alone(Timestamp::from_ms(0));
        let late = LinkContext::alone(Timestamp::from_ms(1));
        assert_eq!(early.digest(), late.digest());
        let mut linked = late;
        linked.facts.insert(
            FactName::ContactNames,
            Fact {
                value: 2,
                members: Vec::new(),
            },
        );
        assert_ne!(early.digest(), linked.digest());
    }
}
