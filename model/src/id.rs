use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Why a text is no identifier of its kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no {what}: {why}")]
pub struct IdError {
    what: &'static str,
    written: String,
    why: &'static str,
}

// An id is named many times over, in links and in the evidence of other listings: copies share
// their letters.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $valid:expr, $why:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Longest accepted, in bytes.
            pub const MAX_BYTES: usize = $max;

            /// Checks and keeps the identifier.
            ///
            /// # Errors
            /// Says what was refused and what is accepted.
            pub fn new(written: impl Into<String>) -> Result<Self, IdError> {
                let written = written.into();
                let valid: fn(&str) -> bool = $valid;
                if written.is_empty() || written.len() > Self::MAX_BYTES || !valid(&written) {
                    return Err(IdError { what: $what, written, why: $why });
                }
                Ok(Self(written.into()))
            }

            /// The identifier as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(written: String) -> Result<Self, IdError> {
                Self::new(written)
            }
        }
    };
}

fn slug(written: &str) -> bool {
    written
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

identifier!(
    /// A site: the name of its profile, such as `marktplein`.
    SiteId, "site", 64, slug, "use a-z, 0-9 and `-`, at most 64"
);
identifier!(
    /// A listing. From a file: the `id` as it stands there. From a crawl: the site and the
    /// listing's key there, `marktplein:1042`.
    ListingId, "listing id", 512, |written| !written.chars().any(char::is_control),
    "use 1 to 512 bytes without control characters"
);
identifier!(
    /// A group of linked listings: a letter for what joins them (`c` contact, `p` photo, `t` text,
    /// `i` identity, `g` all links together) and twelve hex digits of the digest of its smallest
    /// member (invariant 15).
    GroupId, "group id", 64, slug, "use a-z, 0-9 and `-`, at most 64"
);
identifier!(
    /// A case: one group, or one listing without a group. Never one person.
    CaseId, "case id", 64, slug, "use a-z, 0-9 and `-`, at most 64"
);
identifier!(
    /// Who did something: a user's name, or a process such as `crawler` written `process:crawler`.
    Actor, "actor", 80, |written| written.bytes().all(|byte| byte.is_ascii_graphic()),
    "use 1 to 80 visible ASCII characters without spaces"
);

impl GroupId {
    /// The id of the group whose smallest member this is. `letter` says what joins the group.
    pub fn of_smallest(letter: char, smallest: &ListingId) -> Self {
        let digest = crate::Digest::of(smallest.as_str().as_bytes()).short();
        Self(format!("{}{digest}", letter.to_ascii_lowercase()).into())
    }
}

impl CaseId {
    /// The case of a group.
    pub fn of_group(group: &GroupId) -> Self {
        Self(Arc::clone(&group.0))
    }

    /// The case of one listing that is in no group.
    pub fn of_listing(listing: &ListingId) -> Self {
        let digest = crate::Digest::of(listing.as_str().as_bytes()).short();
        Self(format!("l{digest}").into())
    }
}

impl Actor {
    /// A part of the program that acts by itself. `name` is lower-case ASCII.
    pub fn process(name: &'static str) -> Self {
        Self(format!("process:{name}").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_slug() {
        assert!(SiteId::new("marktplein").is_ok());
        let error = SiteId::new("Markt Plein").unwrap_err().to_string();
        assert_eq!(
            error,
            "`Markt Plein` is no site: use a-z, 0-9 and `-`, at most 64"
        );
    }

    #[test]
    fn a_group_is_named_after_its_smallest_member() {
        let smallest = ListingId::new("a1").unwrap();
        let group = GroupId::of_smallest('g', &smallest);
        assert_eq!(group, GroupId::of_smallest('g', &smallest));
        assert_eq!(group.as_str().len(), 13);
    }
}
