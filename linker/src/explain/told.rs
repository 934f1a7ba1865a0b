//! Explanations in words.

use std::fmt;

use model::LinkKind;

use super::{Apart, Explanation, Joined, Verdict};
use crate::HubReason;
use crate::identity::Difference;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.verdict {
            Verdict::Together(steps) => {
                writeln!(f, "`{}` and `{}` are in one case", self.a, self.b)?;
                for step in steps {
                    writeln!(f, "  `{}` -> `{}`: {}", step.from, step.to, step.by)?;
                }
            }
            Verdict::Apart(reasons) => {
                writeln!(f, "`{}` and `{}` are kept apart", self.a, self.b)?;
                for reason in reasons {
                    writeln!(f, "  {reason}")?;
                }
            }
        }
        if self.one_advertiser {
            return write!(f, "taken to be one advertiser's");
        }
        let differences: Vec<String> = self.differences.iter().map(ToString::to_string).collect();
        match differences.len() {
            0 => write!(f, "their advertisers differ in nothing that is known"),
            1 => write!(
                f,
                "their advertisers differ in {}: one difference makes no two identities",
                differences[0]
            ),
            _ => write!(
                f,
                "two identities: they differ in {}",
                differences.join(" and ")
            ),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Names => "names",
            Self::Pictures => "pictures",
            Self::Ages => "ages",
            Self::Places => "places at the same time",
        })
    }
}

const fn noun(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Contact => "contact",
        LinkKind::Photo => "picture",
        LinkKind::Text => "text",
    }
}

/// `3 advertisers`, `1 source`.
fn sources(kind: LinkKind, n: u32) -> String {
    let noun = match kind {
        LinkKind::Contact => "advertiser",
        LinkKind::Photo | LinkKind::Text => "source",
    };
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl fmt::Display for Joined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shared {
                kind,
                n_listings,
                n_sources,
            } => write!(
                f,
                "the same {} ({n_listings} listings, {})",
                noun(*kind),
                sources(*kind, *n_sources)
            ),
            Self::OneAdvertiser => write!(f, "taken to be one advertiser's"),
            Self::TwoHubs { n_listings } => write!(
                f,
                "two widespread things that only {n_listings} listings share together"
            ),
        }
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hub {
                kind,
                why,
                n_listings,
                n_sources,
            } => {
                let why = match why {
                    HubReason::Widespread => "too widespread to join",
                    HubReason::Licensed => "of a licensed business",
                };
                write!(
                    f,
                    "the same {}, {why} ({n_listings} listings, {})",
                    noun(*kind),
                    sources(*kind, *n_sources)
                )
            }
            Self::Silence { days } => write!(
                f,
                "the same contact, but {days} days lie between: taken for issued again"
            ),
            Self::PicturesDiffer { nearest_bits } => write!(
                f,
                "no picture in common: the nearest differ in {nearest_bits} of 256 bits"
            ),
            Self::TextsDiffer {
                equal_per_mille,
                needed_per_mille,
            } => write!(
                f,
                "no text in common: {equal_per_mille} of 1000 words are equal, {needed_per_mille} are needed"
            ),
            Self::TextTooShort => write!(f, "too few words to compare the texts"),
            Self::Nothing => write!(f, "nothing in common"),
        }
    }
}
