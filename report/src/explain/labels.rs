//! What an explanation says besides the terms of the closed lists, in Dutch and English.

use model::{Field, PhoneOwner};

use super::theme::Theme;
use crate::words::Tongue;

type Word = &'static str;

/// The words of an explanation in one language.
pub(super) struct Labels {
    pub(super) explained: Word,
    pub(super) read_from: Word,
    pub(super) site: Word,
    pub(super) address: Word,
    pub(super) posted: Word,
    pub(super) seen: Word,
    pub(super) no_words: Word,
    pub(super) nothing_observed: Word,
    pub(super) refused: Word,
    pub(super) whole: Word,
    pub(super) legend: Word,
    pub(super) findings: Word,
    pub(super) no_findings: Word,
    pub(super) protective: Word,
    pub(super) no_protective: Word,
    pub(super) hard: Word,
    pub(super) points: fn(i32) -> String,
    pub(super) score: Word,
    pub(super) band: Word,
    pub(super) lane: Word,
    pub(super) gate: Word,
    pub(super) gate_open: Word,
    pub(super) gate_closed: Word,
    pub(super) alone: fn(usize) -> String,
    pub(super) undecided: Word,
    pub(super) problems: Word,
    pub(super) rules_and_policy: Word,
    pub(super) proves_nothing: Word,
    pub(super) heading: fn(Field) -> Word,
    pub(super) theme: fn(Theme) -> Word,
    /// Whose number it is, where it is not the advertiser's.
    pub(super) owner: fn(PhoneOwner) -> Option<Word>,
}

impl Labels {
    pub(super) const fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::Dutch => &DUTCH,
            Tongue::English => &ENGLISH,
        }
    }
}

static DUTCH: Labels = Labels {
    explained: "Advertentie",
    read_from: "gelezen uit",
    site: "site",
    address: "adres",
    posted: "geplaatst",
    seen: "gezien",
    no_words: "De advertentie heeft geen kop en geen tekst.",
    nothing_observed: "niets waargenomen",
    refused: "bekeken en niet meegeteld",
    whole: "De advertentie als geheel",
    legend: "Onderstreept:",
    findings: "Wat de regels vonden",
    no_findings: "Geen bevindingen.",
    protective: "Pleit ertegen",
    no_protective: "Niets gevonden dat ertegen pleit.",
    hard: "hard signaal",
    points: |n| signed(n, "punt", "punten"),
    score: "Punten",
    band: "gewicht",
    lane: "baan",
    gate: "Geeft aanleiding tot een zaak",
    gate_open: "ja,",
    gate_closed: "niet op zichzelf",
    alone: |n| {
        match n {
        0 => "Naar verbanden met andere advertenties is niet gekeken.".to_owned(),
        1 => "Naar verbanden met andere advertenties is niet gekeken: 1 regel die ze nodig heeft zegt niets."
            .to_owned(),
        _ => format!(
            "Naar verbanden met andere advertenties is niet gekeken: {n} regels die ze nodig hebben zeggen niets."
        ),
    }
    },
    undecided: "Regels die niets konden zeggen, en wat ontbrak",
    problems: "Niet goed gelezen",
    rules_and_policy: "regels en beleid",
    proves_nothing: "Een advertentie bewijst niets. Wat hier staat zijn aanwijzingen in een tekst, geen oordeel over een persoon.",
    heading: |field| match field {
        Field::Title => "Kop",
        Field::Text => "Tekst",
        Field::Age => "Leeftijdsveld",
        Field::City => "Plaatsveld",
        Field::Phones => "Telefoonveld",
        Field::Emails => "E-mailveld",
        Field::Handles => "Chatveld",
        Field::Price => "Prijsveld",
        Field::Author => "Account",
        Field::Attributes => "Overige velden",
    },
    theme: |theme| match theme {
        Theme::Age => "leeftijd",
        Theme::Contact => "contact",
        Theme::People => "wie het betreft",
        Theme::Limits => "grenzen",
        Theme::Setting => "plaats, tijd en prijs",
        Theme::Purpose => "ander doel",
        Theme::Refused => "bekeken en niet meegeteld",
    },
    owner: |owner| match owner {
        PhoneOwner::Advertiser => None,
        PhoneOwner::Site => Some("van de site zelf"),
        PhoneOwner::HelpLine => Some("van een hulplijn"),
        PhoneOwner::ThirdParty => Some("van een ander"),
    },
};

static ENGLISH: Labels = Labels {
    explained: "Listing",
    read_from: "read from",
    site: "site",
    address: "address",
    posted: "posted",
    seen: "seen",
    no_words: "The listing has no heading and no text.",
    nothing_observed: "nothing observed",
    refused: "looked at and refused",
    whole: "The listing as a whole",
    legend: "Underlined:",
    findings: "What the rules found",
    no_findings: "No findings.",
    protective: "Speaks against concern",
    no_protective: "Nothing found that speaks against concern.",
    hard: "hard finding",
    points: |n| signed(n, "point", "points"),
    score: "Points",
    band: "band",
    lane: "lane",
    gate: "Raises a case",
    gate_open: "yes,",
    gate_closed: "not by itself",
    alone: |n| match n {
        0 => "Links with other listings were not looked at.".to_owned(),
        1 => "Links with other listings were not looked at: 1 rule that needs them says nothing."
            .to_owned(),
        _ => format!(
            "Links with other listings were not looked at: {n} rules that need them say nothing."
        ),
    },
    undecided: "Rules that could not tell, and what was missing",
    problems: "Not read well",
    rules_and_policy: "rules and policy",
    proves_nothing: "A listing proves nothing. What stands here are signs in a text, no judgement of a person.",
    heading: |field| match field {
        Field::Title => "Heading",
        Field::Text => "Text",
        Field::Age => "Age field",
        Field::City => "Place field",
        Field::Phones => "Phone field",
        Field::Emails => "E-mail field",
        Field::Handles => "Chat field",
        Field::Price => "Price field",
        Field::Author => "Account",
        Field::Attributes => "Other fields",
    },
    theme: |theme| match theme {
        Theme::Age => "age",
        Theme::Contact => "contact",
        Theme::People => "who it is about",
        Theme::Limits => "limits",
        Theme::Setting => "place, time and price",
        Theme::Purpose => "another purpose",
        Theme::Refused => "looked at and refused",
    },
    owner: |owner| match owner {
        PhoneOwner::Advertiser => None,
        PhoneOwner::Site => Some("the site’s own"),
        PhoneOwner::HelpLine => Some("of a help line"),
        PhoneOwner::ThirdParty => Some("of somebody else"),
    },
};

/// With a true minus sign, which is as wide as a digit and read aloud as one.
fn signed(points: i32, one: &str, many: &str) -> String {
    let sign = match points {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let unit = if points.abs() == 1 { one } else { many };
    format!("{sign}{} {unit}", points.unsigned_abs())
}
