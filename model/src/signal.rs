use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Language, Phone, Span};

/// Something observed in one listing, with the exact bytes that carry it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// What was observed.
    pub observed: Observed,
    /// Where; `None` for what the whole listing shows, such as its language.
    pub span: Option<Span>,
}

/// What can be observed in one listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observed {
    /// The language of the listing.
    Language(Language),
    /// A phone number.
    Phone(PhoneSeen),
    /// A stated age.
    Age(AgeSeen),
    /// A chat handle.
    Handle {
        /// The service, lower case, such as `telegram`.
        service: String,
        /// The name there, normalised.
        name: String,
    },
    /// An e-mail address, lower case.
    Email(String),
    /// A web address.
    Url(String),
    /// A town, by its usual name.
    Place {
        /// The usual name.
        town: String,
        /// ISO 3166-1 alpha-2.
        country: String,
    },
    /// A price.
    Price {
        /// Whole units of the currency.
        amount: u32,
        /// ISO 4217.
        currency: String,
        /// What it is for; `None` where the listing does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        per: Option<Per>,
    },
    /// Opening hours or availability: `round_the_clock` for "24/7" and its like.
    Hours {
        /// Whether it says that somebody is there at all hours.
        round_the_clock: bool,
    },
    /// A name that the listing uses for who is advertised.
    Alias(String),
    /// How many persons are offered, where it says so.
    Persons(u16),
    /// Who speaks.
    Speaker(Speaker),
    /// Who answers the contact.
    Answers(Answers),
    /// The listing seeks persons for work, whether or not it promises anything.
    SeeksPersons,
    /// Something said in words that has no value of its own.
    Statement(Statement),
    /// Ages stated of the advertised person that cannot both be true.
    AgeConflict {
        /// The lowest of them.
        lowest: u8,
        /// The highest of them.
        highest: u8,
    },
    /// The listing is about something else: a flat, a car, a salon, a school.
    OtherTrade(String),
    /// A candidate that was looked at and refused.
    Refused(Refused),
}

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// So many minutes; an hour is 60.
    Minutes(u16),
    /// A night.
    Night,
    /// A day.
    Day,
    /// A weekend.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A visit, however long.
    Visit,
}

impl fmt::Display for Per {
    /// `30 min`, `night`: the spelling of `assessment/v1`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(minutes) => write!(out, "{minutes} min"),
            Self::Night => out.write_str("night"),
            Self::Day => out.write_str("day"),
            Self::Weekend => out.write_str("weekend"),
            Self::Week => out.write_str("week"),
            Self::Month => out.write_str("month"),
            Self::Visit => out.write_str("visit"),
        }
    }
}

/// A phone number as found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneSeen {
    /// The number.
    pub phone: Phone,
    /// The characters it was read from.
    pub written_as: String,
    /// Whether it was written so that a program would miss it.
    pub obscured: bool,
    /// Whose it is.
    pub owner: PhoneOwner,
}

/// Whose phone number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneOwner {
    /// The contact of the listing.
    Advertiser,
    /// The site's own.
    Site,
    /// A help line.
    HelpLine,
    /// Somebody else's, such as one that is warned about.
    ThirdParty,
}

/// An age as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeSeen {
    /// In years; for a limit ("not yet 18") the greatest age that it allows.
    pub value: u8,
    /// Whose age it is.
    pub about: About,
    /// How it was stated.
    pub how: How,
}

/// Whose age it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// The person who is advertised.
    Advertised,
    /// Somebody or something else.
    Other,
    /// It cannot be told.
    Unknown,
}

/// How an age was stated (`contract.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The site's own field.
    Field,
    /// In digits.
    Digits,
    /// In words.
    Words,
    /// With look-alike signs.
    Disguised,
    /// As a sum or a riddle.
    Puzzle,
    /// From a year or date of birth.
    Birth,
    /// From a school year.
    School,
    /// From a limit, such as "not yet 18".
    Limit,
}

/// Who speaks in the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// "I".
    First,
    /// "She", "he", or a name, about the person who is advertised.
    Third,
    /// "We", "our", presenting others.
    Plural,
}

/// Who answers the contact of the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// The person who is advertised.
    Self_,
    /// Somebody else.
    Other,
}

/// Something that a listing says in words, about who is advertised or who is behind it. A rule
/// names it by its spelling: `one_of = ["just-eighteen"]`. Ids in brackets are those of the indicator
/// catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statement {
    /// Turned 18 a short while ago (M5).
    JustEighteen,
    /// Goes to a school for minors (M6).
    AtSchool,
    /// Is called by a word for somebody of that age, such as "teenager" (M6).
    YouthWord,
    /// The true age is withheld, or told on request only (M7).
    AgeWithheld,
    /// Is new to the work: a weak sign of its own.
    Beginner,
    /// Several persons are offered, without a count (C10).
    SeveralPersons,
    /// Two who know each other offer together: a label (C10).
    TwoTogether,
    /// A house, club or flat that other advertised persons use too (C19).
    SharedPremises,
    /// Somebody comes along or is present, which may be a safety measure: a label (C20).
    Accompanied,
    /// May not come or go freely, or somebody else decides (C20).
    Restricted,
    /// New in town, here for some days: a label for research (H2).
    Movement,
    /// Limits or rules of the person's own (P1).
    Boundaries,
    /// The absence of any limits (C14).
    NoBoundaries,
    /// The phone number stands in a picture only.
    NumberInPicture,
    /// The text stands in a picture.
    TextInPicture,
    /// Spoken about or presented by others, nowhere in a voice of her or his own (C5).
    Presented,
    /// Persons are sought for work that is not named, with a promise (R1).
    Recruiting,
    /// Others take the money, or lend it to be worked off (R7).
    MoneyToOthers,
    /// Somebody's pictures or data will be spread unless they pay or obey (R5).
    Threat,
    /// Verified accounts are sold, let or sought (R6).
    AccountTrade,
}

impl Statement {
    /// All statements with their spelling in rules. The one list: everything else derives from it.
    pub const ALL: [(Self, &'static str); 20] = [
        (Self::JustEighteen, "just-eighteen"),
        (Self::AtSchool, "at-school"),
        (Self::YouthWord, "youth-word"),
        (Self::AgeWithheld, "age-withheld"),
        (Self::Beginner, "beginner"),
        (Self::SeveralPersons, "several-persons"),
        (Self::TwoTogether, "two-together"),
        (Self::SharedPremises, "shared-premises"),
        (Self::Accompanied, "accompanied"),
        (Self::Restricted, "restricted"),
        (Self::Movement, "movement"),
        (Self::Boundaries, "boundaries"),
        (Self::NoBoundaries, "no-boundaries"),
        (Self::NumberInPicture, "number-in-picture"),
        (Self::TextInPicture, "text-in-picture"),
        (Self::Presented, "presented"),
        (Self::Recruiting, "recruiting"),
        (Self::MoneyToOthers, "money-to-others"),
        (Self::Threat, "threat"),
        (Self::AccountTrade, "account-trade"),
    ];

    /// The spelling in rules, `just-eighteen`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(statement, _)| *statement == self)
            .map_or("unknown", |(_, name)| name)
    }

    /// The statement with this spelling.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(statement, _)| *statement)
    }
}

/// A candidate that was looked at and refused, so that `explain` can say why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What it might have been: `age`, `phone`, …
    pub candidate: String,
    /// The value read, such as `16`.
    pub read_as: String,
    /// Why it is none, for people: `years of experience`.
    pub reason: String,
}
