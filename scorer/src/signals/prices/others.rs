//! Amounts that are no price of a visit: discounts, travel costs, deposits, wages.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::lexicon::Trie;
use super::super::reading::Passage;

/// Beginnings of words, folded, beside which an amount is something else, and what it is.
const OTHERS: &[(&str, &[&str])] = &[
    (
        "discount",
        &[
            "korting",
            "discount",
            "off",
            "rabatt",
            "ermassig",
            "nachlass",
            "remise",
            "reduction",
            "descuento",
            "rebaja",
            "reducere",
            "kedvezmeny",
            "znizk",
            "rabat",
            "отстъпк",
            "намалени",
            "otstapka",
        ],
    ),
    (
        "travel costs",
        &[
            "reiskost",
            "vervoerskost",
            "travel",
            "fahrtkost",
            "anfahrt",
            "fahrgeld",
            "deplacement",
            "frais",
            "desplazamiento",
            "deplasare",
            "utikoltseg",
            "kiszallas",
            "dojazd",
            "transport",
            "пътни",
            "транспорт",
            "taxi",
            "taksi",
            "такси",
            "parkeer",
            "parking",
            "benzin",
            "uber",
        ],
    ),
    (
        "deposit",
        &[
            "aanbetaling",
            "voorschot",
            "borg",
            "deposit",
            "prepay",
            "anzahlung",
            "kaution",
            "vorkasse",
            "acompte",
            "caution",
            "arrhes",
            "fianza",
            "senal",
            "adelanto",
            "avans",
            "garantie",
            "eloleg",
            "kaucio",
            "foglalo",
            "zaliczk",
            "kaucja",
            "depozyt",
            "zadatek",
            "депозит",
            "капаро",
            "kaparo",
        ],
    ),
    (
        "wage or earnings",
        &[
            "bruto",
            "netto",
            "loon",
            "salaris",
            "verdien",
            "wage",
            "salary",
            "earn",
            "gehalt",
            "lohn",
            "brutto",
            "salaire",
            "gagne",
            "salario",
            "sueldo",
            "gana",
            "ganar",
            "salariu",
            "castig",
            "fizetes",
            "kereset",
            "keres",
            "zarob",
            "pensja",
            "wynagrodz",
            "заплата",
            "печел",
            "pechel",
        ],
    ),
    (
        "fine, debt or rent",
        &[
            "boete",
            "schuld",
            "huur",
            "lening",
            "fine",
            "debt",
            "rent",
            "loan",
            "strafe",
            "schulden",
            "miete",
            "kredit",
            "amende",
            "dette",
            "loyer",
            "multa",
            "deuda",
            "alquiler",
            "amenda",
            "datorie",
            "chirie",
            "birsag",
            "berlet",
            "tartozas",
            "kara",
            "dlug",
            "czynsz",
            "глоба",
            "дълг",
            "наем",
        ],
    ),
];

/// The stems of all of them, each with the place of what it says in `OTHERS`.
static STEMS: LazyLock<Trie> = LazyLock::new(|| {
    let mut stems: BTreeMap<&str, u32> = BTreeMap::new();
    for ((_, written), at) in OTHERS.iter().zip(0..) {
        for &stem in *written {
            stems.entry(stem).or_insert(at);
        }
    }
    let stems: Vec<(&str, u32)> = stems.into_iter().collect();
    Trie::smallest(&stems)
});

/// Bytes on both sides in which such a word counts.
const BESIDE_BYTES: usize = 32;

/// What an amount is, when a word beside it in its clause says that it is no price.
pub(super) fn other(passage: &Passage<'_>, range: &Range<usize>) -> Option<&'static str> {
    let clause = passage.clause(range.clone());
    let text = passage.flat.as_str();
    let mut from = clause.start.max(range.start.saturating_sub(BESIDE_BYTES));
    let mut to = clause.end.min(range.end + BESIDE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let beside = text.get(from..to).unwrap_or("");
    beside
        .split(|sign: char| !sign.is_alphabetic())
        .filter(|word| word.len() > 2)
        .find_map(|word| {
            STEMS
                .beginnings(word.as_bytes())
                .filter(|(stem, _)| *stem > 4 || word.len() <= stem + 3)
                .map(|(_, at)| at)
                .min()
        })
        .map(|at| OTHERS[at].0)
}
