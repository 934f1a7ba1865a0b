use std::fmt;

use serde::{Deserialize, Serialize};

/// A language that the product knows cue words in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is named by its ISO 639-1 code")]
pub enum Language {
    Nl,
    En,
    De,
    Fr,
    Es,
    Ro,
    Hu,
    Pl,
    Bg,
}

impl Language {
    /// All of them, in the order of the cue catalogue.
    pub const ALL: [Self; 9] = [
        Self::Nl,
        Self::En,
        Self::De,
        Self::Fr,
        Self::Es,
        Self::Ro,
        Self::Hu,
        Self::Pl,
        Self::Bg,
    ];

    /// ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ro => "ro",
            Self::Hu => "hu",
            Self::Pl => "pl",
            Self::Bg => "bg",
        }
    }

    /// The language of a BCP 47 tag, by its first subtag: `nl-BE` is Dutch. `None` for a language
    /// that the product does not know.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.code() == primary)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_case_do_not_matter() {
        assert_eq!(Language::from_tag("NL-be"), Some(Language::Nl));
        assert_eq!(Language::from_tag("it"), None);
    }
}
