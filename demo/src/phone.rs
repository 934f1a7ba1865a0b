//! Phone numbers of the ranges kept free for fiction, and the ways in which people write them.
//!
//! Invariant: no other number can be made here; tests scan every page for numbers outside.

use model::Language;

/// A number of a range kept free for fiction.
///
/// Sources: +44 20 7946 0xxx is Ofcom's range for drama use, +49 171 39200xx that of the
/// Bundesnetzagentur; the Netherlands has none for mobile numbers, there the project's own
/// convention is `06 1234 xxxx`, never dialled: everything stays on loopback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum FixturePhone {
    /// 06 1234 0000 to 06 1234 9999.
    Nl(u16),
    /// +44 20 7946 0000 to +44 20 7946 0999.
    Uk(u16),
    /// +49 171 3920000 to +49 171 3920099.
    De(u16),
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Notation {
    /// As ordinary people write it; which way, differs by number.
    Usual,
    /// In words, digit by digit.
    Words,
}

impl TryFrom<String> for FixturePhone {
    type Error = String;

    /// Reads `nl:0101`.
    fn try_from(written: String) -> Result<Self, String> {
        let refused = || {
            format!(
                "`{written}` is no fixture number: write `nl:0000` to `nl:9999`, `uk:0000` to `uk:0999` or `de:00` to `de:99`"
            )
        };
        let (range, number) = written.split_once(':').ok_or_else(refused)?;
        let number: u16 = number.parse().map_err(|_| refused())?;
        match (range, number) {
            ("nl", 0..=9999) => Ok(Self::Nl(number)),
            ("uk", 0..=999) => Ok(Self::Uk(number)),
            ("de", 0..=99) => Ok(Self::De(number)),
            _ => Err(refused()),
        }
    }
}

impl FixturePhone {
    /// The number as it stands in a text.
    pub(crate) fn written(self, notation: Notation, language: Language) -> String {
        match (notation, self) {
            (Notation::Usual, Self::Nl(number)) => match number % 5 {
                0 => format!("06 1234 {number:04}"),
                1 => format!("06-1234{number:04}"),
                2 => format!("+31 6 1234 {number:04}"),
                3 => format!("061234{number:04}"),
                _ => format!("06 12 34 {:02} {:02}", number / 100, number % 100),
            },
            (Notation::Usual, Self::Uk(number)) => match number % 2 {
                0 => format!("+44 20 7946 0{number:03}"),
                _ => format!("0044 20 79460{number:03}"),
            },
            (Notation::Usual, Self::De(number)) => match number % 2 {
                0 => format!("+49 171 39200{number:02}"),
                _ => format!("0049 171 39200{number:02}"),
            },
            (Notation::Words, phone) => in_words(&phone.digits(), language),
        }
    }

    fn digits(self) -> String {
        match self {
            Self::Nl(number) => format!("061234{number:04}"),
            Self::Uk(number) => format!("00442079460{number:03}"),
            Self::De(number) => format!("004917139200{number:02}"),
        }
    }
}

fn in_words(digits: &str, language: Language) -> String {
    let words: [&str; 10] = match language {
        Language::Nl => [
            "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen",
        ],
        Language::De => [
            "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
        ],
        _ => [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        ],
    };
    digits
        .bytes()
        .map(|digit| words[usize::from(digit - b'0')])
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phone: &str, expected: &str) {
        let phone = FixturePhone::try_from(phone.to_owned()).unwrap();
        assert_eq!(phone.written(Notation::Usual, Language::Nl), expected);
    }

    #[test]
    fn numbers_are_written_in_several_ways() {
        check("nl:0100", "06 1234 0100");
        check("nl:0101", "06-12340101");
        check("nl:0102", "+31 6 1234 0102");
        check("nl:0103", "0612340103");
        check("nl:0104", "06 12 34 01 04");
        check("uk:0180", "+44 20 7946 0180");
        check("uk:0181", "0044 20 79460181");
        check("de:07", "0049 171 3920007");
        check("de:08", "+49 171 3920008");
    }

    #[test]
    fn words_spell_every_digit() {
        let phone = FixturePhone::Nl(220);
        assert_eq!(
            phone.written(Notation::Words, Language::Nl),
            "nul zes een twee drie vier nul twee twee nul"
        );
        assert!(
            phone
                .written(Notation::Words, Language::En)
                .starts_with("zero six")
        );
    }

    #[test]
    fn numbers_outside_the_ranges_cannot_be_made() {
        for wrong in ["nl:10000", "uk:1000", "de:100", "fr:1", "0612345678", "nl:"] {
            assert!(FixturePhone::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
