//! The slots of phrases, and what must hold for the text that fills one.
//!
//! Invariant: a name is told by its *shape* (a capital where the text uses them, and no known
//! common word), never by a list of names. A list of names is a list of origins: it would treat
//! listings differently by what somebody is called.

use model::Language;

/// A group of a pattern whose text is checked after a hit.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) group: String,
    pub(crate) kind: SlotKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Number,
    FirstName,
    City,
}

impl SlotKind {
    pub(crate) const ALL: [(&'static str, Self); 3] = [
        ("n", Self::Number),
        ("first_name", Self::FirstName),
        ("city", Self::City),
    ];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, kind)| *kind)
    }

    pub(crate) fn regex(self, languages: &[Language], unicode: bool) -> String {
        match self {
            Self::Number => number_regex(languages),
            Self::FirstName if unicode => {
                r"[a-z\u{400}-\u{4ff}][a-z\u{400}-\u{4ff}'-]{1,19}".to_owned()
            }
            Self::FirstName => "[a-z][a-z'-]{1,19}".to_owned(),
            Self::City if unicode => {
                r"[a-z\u{400}-\u{4ff}][a-z\u{400}-\u{4ff}'-]+(?:[ -][a-z\u{400}-\u{4ff}'-]+){0,2}?"
                    .to_owned()
            }
            Self::City => "[a-z][a-z'-]+(?:[ -][a-z][a-z'-]+){0,2}?".to_owned(),
        }
    }
}

/// Number words from two to twenty as far as houses advertise with them (`cues.md`, "Number words
/// 0–39"), folded.
const NUMBER_WORDS: [(Language, &str); 5] = [
    (
        Language::Nl,
        "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig",
    ),
    (
        Language::En,
        "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty",
    ),
    (
        Language::De,
        "zwei|drei|vier|funf|fuenf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwoelf|funfzehn|zwanzig",
    ),
    (
        Language::Fr,
        "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt",
    ),
    (
        Language::Es,
        "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte",
    ),
];

fn number_regex(languages: &[Language]) -> String {
    let words: Vec<&str> = NUMBER_WORDS
        .iter()
        .filter(|(language, _)| languages.is_empty() || languages.contains(language))
        .map(|(_, words)| *words)
        .collect();
    if words.is_empty() {
        "[0-9]{1,3}".to_owned()
    } else {
        format!("(?:[0-9]{{1,3}}|{})", words.join("|"))
    }
}

/// Whether these folded letters, written so in the original, have the shape of a name.
///
/// `lower_case_text` says that the field uses no capitals at all, so that their absence says
/// nothing.
pub(crate) fn has_name_shape(folded: &str, written: &str, lower_case_text: bool) -> bool {
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    (capital || lower_case_text)
        && folded.chars().count() >= 2
        && !NOT_A_NAME.contains(&folded)
        && !ABSTRACT_ENDINGS
            .iter()
            .any(|ending| folded.len() > ending.len() + 2 && folded.ends_with(ending))
}

/// Endings of abstract nouns in nl, en, de: "mogelijkheden", "information", "Verfügbarkeit".
const ABSTRACT_ENDINGS: [&str; 14] = [
    "heid", "heden", "teit", "tie", "ties", "tarief", "tarieven", "tion", "tions", "ility", "keit",
    "heit", "ungen", "schaft",
];

/// Common words, folded, that stand where a name may stand in the cue phrases: what one asks for,
/// whom one meets, who opens. Own list, sorted; several languages together because a common word
/// of one language is hardly a name in another.
const NOT_A_NAME: &[&str] = &[
    "a",
    "aanbieding",
    "aber",
    "actie",
    "adres",
    "adresse",
    "advertentie",
    "advice",
    "advies",
    "afspraak",
    "afspraken",
    "all",
    "alle",
    "alles",
    "also",
    "an",
    "and",
    "andere",
    "angebot",
    "angebote",
    "anything",
    "app",
    "appointment",
    "appointments",
    "arrangement",
    "availability",
    "baas",
    "bekannte",
    "beschikbaarheid",
    "bedingungen",
    "besichtigung",
    "bilder",
    "bookings",
    "booking",
    "buro",
    "business",
    "chef",
    "company",
    "condities",
    "contact",
    "cost",
    "costs",
    "dame",
    "dames",
    "damen",
    "das",
    "dat",
    "date",
    "datum",
    "de",
    "dein",
    "deine",
    "dem",
    "den",
    "der",
    "detail",
    "details",
    "deze",
    "die",
    "directions",
    "dir",
    "direct",
    "discount",
    "du",
    "each",
    "een",
    "ein",
    "eine",
    "einem",
    "einen",
    "einer",
    "elke",
    "er",
    "es",
    "everyone",
    "everything",
    "extra",
    "extras",
    "family",
    "foto",
    "fotos",
    "frau",
    "frauen",
    "freunde",
    "friend",
    "friends",
    "gast",
    "gaste",
    "gegevens",
    "girl",
    "girls",
    "haar",
    "heer",
    "help",
    "hem",
    "her",
    "here",
    "heren",
    "herr",
    "herren",
    "het",
    "hij",
    "hilfe",
    "him",
    "his",
    "hotel",
    "hours",
    "house",
    "hulp",
    "huis",
    "haus",
    "i",
    "ich",
    "iedereen",
    "iemand",
    "ihm",
    "ihnen",
    "ihr",
    "ik",
    "info",
    "infos",
    "information",
    "informatie",
    "interesse",
    "it",
    "je",
    "jede",
    "jeder",
    "jij",
    "jouw",
    "jullie",
    "jungs",
    "kaart",
    "karte",
    "klant",
    "klanten",
    "kollegen",
    "korting",
    "kosten",
    "kunden",
    "ladies",
    "lady",
    "la",
    "le",
    "leute",
    "location",
    "los",
    "madchen",
    "maar",
    "man",
    "manager",
    "manner",
    "me",
    "meer",
    "meeting",
    "mehr",
    "mein",
    "meine",
    "meisjes",
    "men",
    "menu",
    "mensen",
    "mich",
    "mij",
    "mijn",
    "mir",
    "mogelijkheden",
    "more",
    "moglichkeiten",
    "mr",
    "mrs",
    "mw",
    "my",
    "mevrouw",
    "na",
    "naam",
    "name",
    "niemand",
    "nobody",
    "noch",
    "nog",
    "nous",
    "number",
    "nummer",
    "offer",
    "offers",
    "office",
    "one",
    "ons",
    "onze",
    "openingstijden",
    "opties",
    "options",
    "or",
    "our",
    "ours",
    "people",
    "permission",
    "photo",
    "photos",
    "pics",
    "pictures",
    "please",
    "preis",
    "preise",
    "preisen",
    "preisliste",
    "price",
    "prices",
    "prijs",
    "prijslijst",
    "prijzen",
    "privacy",
    "quote",
    "rabatt",
    "rate",
    "rates",
    "receptie",
    "receptionist",
    "reception",
    "rezeption",
    "service",
    "services",
    "she",
    "sie",
    "someone",
    "something",
    "special",
    "specials",
    "tarief",
    "tarieven",
    "tarif",
    "tarife",
    "team",
    "termin",
    "termine",
    "terminen",
    "that",
    "the",
    "them",
    "there",
    "they",
    "this",
    "time",
    "times",
    "today",
    "trust",
    "u",
    "uit",
    "und",
    "uns",
    "unser",
    "unsere",
    "us",
    "uw",
    "verder",
    "video",
    "videos",
    "voorwaarden",
    "vorkasse",
    "vous",
    "voucher",
    "vragen",
    "waar",
    "was",
    "wat",
    "we",
    "weg",
    "welcome",
    "wel",
    "welke",
    "wer",
    "wie",
    "wij",
    "willkommen",
    "wir",
    "wishes",
    "wunsche",
    "wunschen",
    "yo",
    "you",
    "your",
    "zeiten",
    "zij",
    "zimmer",
    "ze",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(folded: &str, written: &str, lower_case_text: bool, expected: bool) {
        assert_eq!(
            has_name_shape(folded, written, lower_case_text),
            expected,
            "{written}"
        );
    }

    #[test]
    fn shape_tells_names_from_common_words() {
        check("anna", "Anna", false, true);
        check("xaveria", "Xaveria", false, true);
        check("anna", "anna", false, false);
        check("anna", "anna", true, true);
        check("prijs", "Prijs", false, false);
        check("mogelijkheden", "mogelijkheden", true, false);
        check("verfugbarkeit", "Verfügbarkeit", false, false);
    }
}
