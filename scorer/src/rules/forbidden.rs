//! The lint that keeps forbidden features out of rules: origin, ethnicity, skin, migration,
//! nationality, religion, orientation, gender identity, tattoos, face and apparent age
//! (`indicators.md` 2.5; AVG art. 9, LED art. 10 and 11(3)).
//!
//! It reads what decides or labels: patterns, word lists, exclusions and titles. It does not read
//! rationales, which may say that a rule does *not* use such a thing.

use super::problem::Problem;
use super::rule::Rule;
use super::{RulePack, fold_words};

/// Beginnings of words, folded, with what they stand for. Nine languages together: a stem is
/// forbidden wherever it stands. A stem that ends in `$` is a whole word.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "origin or nationality",
        &[
            "nationalit",
            "nationality",
            "afkomst",
            "herkomst",
            "herkunft",
            "abstammung",
            "staatsangehor",
            "origine$",
            "origin$",
            "origins$",
            "foreign",
            "buitenland",
            "auslander",
            "auslandisch",
            "etranger",
            "extranjer",
            "strain$",
            "straina$",
            "kulfold",
            "cudzozie",
            "zagranic",
            "чужден",
            "чужбин",
            "националн",
            "произход",
            "szarmaz",
            "pochodzen",
            "narodow",
            "nemzetis",
            "nederlandse",
            "hollands",
            "dutch$",
            "belgisch",
            "belgian",
            "vlaamse",
            "duitse",
            "deutsche",
            "german$",
            "germans$",
            "franse",
            "french$",
            "franzos",
            "francaise",
            "spaanse",
            "spanish",
            "spanisch",
            "espanol",
            "engelse",
            "englisch",
            "british",
            "italiaans",
            "italian",
            "poolse",
            "polish",
            "polnisch",
            "polska$",
            "polka$",
            "polki$",
            "polonais",
            "roemeens",
            "romanian",
            "rumanisch",
            "roumain",
            "romanca$",
            "hongaars",
            "hungarian",
            "ungarisch",
            "magyar",
            "bulgaars",
            "bulgarian",
            "bulgarisch",
            "българк",
            "българин",
            "russisch",
            "russian",
            "oekrai",
            "ukrain",
            "ukrainisch",
            "tsjech",
            "czech",
            "tschech",
            "slowaak",
            "slovak",
            "slowak",
            "turks",
            "turkish",
            "turkisch",
            "marokkaan",
            "moroccan",
            "marokkan",
            "afrikaan",
            "african",
            "afrikanisch",
            "africain",
            "nigeria",
            "ghanees",
            "ghana",
            "aziat",
            "asian",
            "asiat",
            "thai",
            "chinees",
            "chinese",
            "chinesisch",
            "chinoise",
            "japans",
            "japanese",
            "filipin",
            "vietnam",
            "latina",
            "latino",
            "latijns",
            "braziliaan",
            "brazilian",
            "brasilian",
            "colombia",
            "dominica",
            "carib",
            "oosteuropes",
            "osteurop",
            "europese",
        ],
    ),
    (
        "ethnicity",
        &[
            "etnic",
            "etnisch",
            "ethnic",
            "ethnisch",
            "ethnie",
            "ras$",
            "rasse$",
            "race$",
            "raza$",
            "rasa$",
            "roma$",
            "sinti",
            "gypsy",
            "zigeuner",
            "zigan",
            "gitan",
            "tsigan",
            "tigan",
            "cigany",
            "cygan",
            "цигани",
            "циганк",
            "arab",
            "joods",
            "jewish",
            "judisch",
            "mulat",
            "mestiz",
        ],
    ),
    (
        "skin",
        &[
            "huid$",
            "huidskleur",
            "getint",
            "skin$",
            "skinned",
            "haut$",
            "hautfarbe",
            "peau$",
            "piel$",
            "piele$",
            "bor$",
            "borszin",
            "skora$",
            "кожа$",
            "zwarte",
            "black$",
            "schwarze",
            "blanke",
            "white$",
            "weisse$",
            "donkere",
            "dunkelhaut",
            "ebony",
            "negr",
            "neger",
            "kleurling",
        ],
    ),
    (
        "migration",
        &[
            "migrant",
            "migratie",
            "migration",
            "immigr",
            "vluchteling",
            "refugee",
            "fluchtling",
            "refugie",
            "refugiat",
            "menekult",
            "uchodz",
            "бежан",
            "asiel",
            "asylum",
            "asyl",
            "illegaal$",
            "illegale$",
            "illegal$",
            "paspoort",
            "passport",
            "reisepass",
            "visum",
            "verblijfsvergun",
            "aufenthalt",
            "sanspapiers",
            "accent$",
            "akzent$",
        ],
    ),
    (
        "religion",
        &[
            "religi",
            "geloof$",
            "moslim",
            "muslim",
            "islam",
            "christen$",
            "christian$",
            "katholiek",
            "catholic",
            "katholisch",
            "hindoe",
            "hindu",
            "boeddh",
            "buddh",
            "sikh",
            "hoofddoek",
            "hijab",
            "kopftuch",
            "headscarf",
            "vallas$",
            "wyznani",
            "религи",
            "мюсюлман",
        ],
    ),
    (
        "orientation or gender identity",
        &[
            "homo$",
            "homosek",
            "homosex",
            "lesbi",
            "lesbo",
            "gay$",
            "gays$",
            "schwul",
            "hetero",
            "bisek",
            "bisex",
            "queer",
            "transgender",
            "transsek",
            "transsex",
            "trans$",
            "shemale",
            "transvest",
            "gender",
            "meleg$",
            "leszbi",
            "гей$",
            "лесби",
            "транс$",
        ],
    ),
    (
        "tattoos, face or looks",
        &[
            "tattoo",
            "tatoeage",
            "tatowier",
            "tatouage",
            "tatuaj",
            "tatuaz",
            "tetovalas",
            "татуир",
            "gezicht$",
            "face$",
            "faces$",
            "facial",
            "gesicht",
            "visage",
            "rostro",
            "chip$",
            "arcvonas",
            "twarz",
            "лице$",
        ],
    ),
    (
        "apparent age",
        &[
            "jonguitziend",
            "younglooking",
            "jungaussehend",
            "jeunette",
            "jovencita",
            "youthful",
            "jeugdig",
            "jugendlichaussehend",
        ],
    ),
];

/// Several words in a row, folded.
const FORBIDDEN_PHRASES: &[(&str, &[&str])] = &[(
    "apparent age",
    &[
        "jong uit",
        "jonger uit",
        "looks young",
        "look young",
        "young looking",
        "looks younger",
        "sieht jung",
        "sieht junger",
        "junger aus",
        "air jeune",
        "fait jeune",
        "parece joven",
        "par tanara",
        "arata tanara",
        "fiatalnak",
        "wyglada mlodo",
        "изглежда млад",
    ],
)];

/// Every place where a pack uses a forbidden feature; empty for a pack that loaded, because
/// loading refuses it.
pub fn lint_forbidden(pack: &RulePack) -> Vec<Problem> {
    pack.rules().iter().flat_map(lint_rule).collect()
}

fn lint_rule(rule: &Rule) -> Vec<Problem> {
    lint_texts(&rule.path, &rule.lintable)
}

/// The same for texts with their lines.
pub(crate) fn lint_texts(path: &str, texts: &[(usize, String)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (line, text) in texts {
        if let Some((feature, word)) = forbidden(text) {
            problems.push(Problem {
                path: path.to_owned(),
                line: *line,
                why: format!("`{word}` speaks of {feature}, which no rule may use; take it out"),
            });
        }
    }
    problems
}

/// The first forbidden word of a text and what it stands for.
fn forbidden(text: &str) -> Option<(&'static str, String)> {
    let words = fold_words(&without_escapes(text));
    for word in &words {
        for (feature, stems) in FORBIDDEN {
            let found = stems.iter().any(|stem| match stem.strip_suffix('$') {
                Some(whole) => word == whole,
                None => word.starts_with(stem),
            });
            if found {
                return Some((feature, word.clone()));
            }
        }
    }
    let joined = format!(" {} ", words.join(" "));
    for (feature, phrases) in FORBIDDEN_PHRASES {
        for phrase in *phrases {
            if joined.contains(&format!(" {phrase} ")) {
                return Some((feature, (*phrase).to_owned()));
            }
        }
    }
    None
}

/// Without `\b`, `\w` and their like, whose letter would stick to the word behind it.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign == '\\' {
            signs.next();
            plain.push(' ');
        } else {
            plain.push(sign);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(
            forbidden(text).map(|(feature, _)| feature),
            expected,
            "{text}"
        );
    }

    #[test]
    fn every_feature_in_several_languages() {
        for text in [
            "onze [Poolse,nieuwe] dames",
            "Polish girls",
            "unsere Rumänische(n) Damen",
        ] {
            check(text, Some("origin or nationality"));
        }
        for text in ["donkere dames", r"\bblack\b", "femme à la peau"] {
            check(text, Some("skin"));
        }
        check("Roma", Some("ethnicity"));
        check("циганка", Some("ethnicity"));
        check("[menekült,új] lány", Some("migration"));
        check("moslima", Some("religion"));
        check("muzułmanka, religia", Some("religion"));
        check("trans", Some("orientation or gender identity"));
        check("met tatoeages", Some("tattoos, face or looks"));
        check("ziet er jong uit", Some("apparent age"));
        check("looks (very) young", None);
        check("looks young", Some("apparent age"));
    }

    #[test]
    fn neighbours_stay_allowed() {
        for text in [
            "romantisch",
            "transport",
            "chipknip",
            "onze dames",
            "interface",
            "racefiets",
            "borrel",
            "Hausbesuche",
            "Strainer",
            "chauffeur",
            "originele sleutel",
            "whiteboard",
        ] {
            check(text, None);
        }
    }
}
