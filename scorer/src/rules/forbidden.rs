//! The lint that keeps forbidden features out of rules: origin, ethnicity, skin, migration,
//! nationality, religion, orientation, gender identity, tattoos, face and apparent age
//! (`indicators.md` 2.5; AVG art. 9, LED art. 10 and 11(3)).
//!
//! It reads what decides or labels: patterns, word lists, exclusions and titles. It does not read
//! rationales, which may say that a rule does *not* use such a thing.
//!
//! The same words are hidden from texts before these are compared ([`forbidden_words`]), so that
//! no template is made of them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::RulePack;
use super::problem::Problem;
use super::rule::Rule;
use crate::{Folded, fold};

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

/// Where a text speaks of a forbidden feature: byte ranges of the original, on character borders,
/// ascending. For masking; what it says is nobody's business.
///
/// ```
/// let text = "Nieuw: Poolse dame, Utrecht";
/// let found = scorer::forbidden_words(text);
/// assert_eq!(&text[found[0].clone()], "Poolse");
/// ```
pub fn forbidden_words(original: &str) -> Vec<Range<usize>> {
    let folded = fold(original);
    found_in(&folded)
        .into_iter()
        .map(|(_, stretch)| folded.original(stretch))
        .collect()
}

/// The first forbidden word of a text and what it stands for.
fn forbidden(text: &str) -> Option<(&'static str, String)> {
    let folded = fold(&without_escapes(text));
    let (feature, stretch) = found_in(&folded).into_iter().next()?;
    Some((feature, folded.text()[stretch].to_owned()))
}

/// The forbidden words and phrases of a folded text, with what they stand for, in their order.
fn found_in(folded: &Folded) -> Vec<(&'static str, Range<usize>)> {
    let text = folded.text();
    let words = words_of(text);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(feature) = feature_of(&text[word.clone()]) {
            found.push((feature, word.clone()));
        }
        for (feature, phrases) in FORBIDDEN_PHRASES {
            for phrase in *phrases {
                let stretch = &words[at..words.len().min(at + phrase.split(' ').count())];
                let said = stretch.iter().map(|word| &text[word.clone()]);
                if let Some(last) = stretch.last()
                    && said.eq(phrase.split(' '))
                {
                    found.push((feature, word.start..last.end));
                }
            }
        }
    }
    found
}

/// The stretches of letters and digits.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if sign.is_alphanumeric() => start = Some(at),
            Some(from) if !sign.is_alphanumeric() => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// What a folded word stands for, if that is forbidden.
fn feature_of(word: &str) -> Option<&'static str> {
    /// Beginnings of words without their `$`: the feature, and whether it is a whole word.
    static STEMS: LazyLock<BTreeMap<&str, (&str, bool)>> = LazyLock::new(|| {
        let stems = FORBIDDEN
            .iter()
            .flat_map(|(feature, stems)| stems.iter().map(move |stem| (*stem, *feature)));
        stems
            .map(|(stem, feature)| match stem.strip_suffix('$') {
                Some(whole) => (whole, (feature, true)),
                None => (stem, (feature, false)),
            })
            .collect()
    });
    let ends = word.char_indices().map(|(at, sign)| at + sign.len_utf8());
    ends.filter_map(|end| Some((end, STEMS.get(&word[..end])?)))
        .find(|(end, (_, whole))| !whole || *end == word.len())
        .map(|(_, (feature, _))| *feature)
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

    /// The words that are hidden, joined by `|`.
    #[track_caller]
    fn check_words(text: &str, expected: &str) {
        let found: Vec<&str> = forbidden_words(text)
            .into_iter()
            .map(|stretch| &text[stretch])
            .collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }

    #[test]
    fn words_are_found_where_they_stand_in_the_original() {
        check_words("Nieuw: POOLSE dame, Utrecht", "POOLSE");
        check_words(
            "Rumänische, ＰＯＬＩＳＨ of циганка",
            "Rumänische|ＰＯＬＩＳＨ|циганка",
        );
        check_words("Pool\u{200b}se dame", "Pool\u{200b}se");
        check_words("ziet er\n jong  uit, 23", "jong  uit");
        check_words("transport naar Breda, jong en uit", "");
        check_words("", "");
    }

    #[test]
    fn every_stem_stands_there_once() {
        let mut stems: Vec<&str> = FORBIDDEN
            .iter()
            .flat_map(|(_, stems)| stems.iter().map(|stem| stem.trim_end_matches('$')))
            .collect();
        stems.sort_unstable();
        let twice: Vec<_> = stems.windows(2).filter(|two| two[0] == two[1]).collect();
        assert_eq!(twice, Vec::<&[&str]>::new());
    }

    proptest::proptest! {
        #[test]
        fn stretches_are_on_borders_and_in_order(text in "[ a-zA-Zéä&;＃\u{200b}\n]{0,40}(poolse|jong uit|&amp;|)\\PC{0,20}") {
            let found = forbidden_words(&text);
            let cut: Vec<&str> = found.iter().filter_map(|stretch| text.get(stretch.clone())).collect();
            proptest::prop_assert_eq!(cut.len(), found.len());
            proptest::prop_assert!(found.is_sorted_by_key(|stretch| stretch.start));
        }
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
