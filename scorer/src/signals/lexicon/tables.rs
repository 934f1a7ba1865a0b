//! The tables of cues, read once.

use std::collections::{BTreeMap, BTreeSet};

use model::Language;

use super::kind::Kind;
use super::latin;
use super::trie::Trie;
use super::{Cue, Form, Lexicon, Part, SELF_EVIDENT_WORDS};
use crate::fold;

/// The tables, by language: one of all subjects, and one of youth.
pub(super) const TABLES: [(Language, &str); 18] = [
    (Language::Nl, include_str!("../cues/nl.tsv")),
    (Language::En, include_str!("../cues/en.tsv")),
    (Language::De, include_str!("../cues/de.tsv")),
    (Language::Fr, include_str!("../cues/fr.tsv")),
    (Language::Es, include_str!("../cues/es.tsv")),
    (Language::Ro, include_str!("../cues/ro.tsv")),
    (Language::Hu, include_str!("../cues/hu.tsv")),
    (Language::Pl, include_str!("../cues/pl.tsv")),
    (Language::Bg, include_str!("../cues/bg.tsv")),
    (Language::Nl, include_str!("../cues/youth/nl.tsv")),
    (Language::En, include_str!("../cues/youth/en.tsv")),
    (Language::De, include_str!("../cues/youth/de.tsv")),
    (Language::Fr, include_str!("../cues/youth/fr.tsv")),
    (Language::Es, include_str!("../cues/youth/es.tsv")),
    (Language::Ro, include_str!("../cues/youth/ro.tsv")),
    (Language::Hu, include_str!("../cues/youth/hu.tsv")),
    (Language::Pl, include_str!("../cues/youth/pl.tsv")),
    (Language::Bg, include_str!("../cues/youth/bg.tsv")),
];

/// The tables by subject, which hold all languages side by side: language, kind, cues.
pub(super) const SUBJECTS: [(&str, &str); 14] = [
    ("answers", include_str!("../cues/who/answers.tsv")),
    ("speaker", include_str!("../cues/who/speaker.tsv")),
    ("persons", include_str!("../cues/who/persons.tsv")),
    ("premises", include_str!("../cues/who/premises.tsv")),
    ("company", include_str!("../cues/who/company.tsv")),
    ("decisions", include_str!("../cues/who/decisions.tsv")),
    ("portraits", include_str!("../cues/who/portraits.tsv")),
    ("wider", include_str!("../cues/who/wider.tsv")),
    ("recruiting", include_str!("../cues/who/recruiting.tsv")),
    ("extortion", include_str!("../cues/who/extortion.tsv")),
    ("movement", include_str!("../cues/who/movement.tsv")),
    ("limits", include_str!("../cues/who/limits.tsv")),
    ("ordinary", include_str!("../cues/who/ordinary.tsv")),
    ("pictures", include_str!("../cues/who/pictures.tsv")),
];

/// The row of a Bulgarian table whose Latin forms are written out.
const LATIN_INSIDE: &str = "\nown\t";

const NUMBERS: &str = include_str!("../cues/numbers.tsv");

/// The row that a cue stands in.
struct Source {
    kind: Kind,
    note: &'static str,
    language: Language,
    accented: bool,
}

/// Number words and their values, folded, of all languages: `(form, value, language)`.
pub(crate) fn number_words() -> impl Iterator<Item = (String, u8, Language)> {
    NUMBERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let language = Language::from_tag(columns.next()?)?;
            let value = columns.next()?.parse().ok()?;
            Some((language, value, columns.next()?))
        })
        .flat_map(|(language, value, forms)| {
            forms
                .split('/')
                .map(move |form| (fold(form).text().to_owned(), value, language))
        })
}

impl Lexicon {
    pub(super) fn load() -> Result<Self, String> {
        let mut forms = BTreeMap::new();
        let mut lexicon = Self {
            trie: Trie::of::<&str>(&[]),
            forms: Vec::new(),
            cues: Vec::new(),
        };
        let mut endings = Vec::new();
        for (language, table) in TABLES {
            let mut known = BTreeSet::new();
            // The table of all subjects holds the Latin forms itself.
            let is_typed = language == Language::Bg && !table.contains(LATIN_INSIDE);
            let bare = bare_forms(table);
            for (at, line) in table.lines().enumerate() {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let place = || format!("{language}.tsv:{}: `{line}`", at + 1);
                let (name, cues) = line.split_once('\t').ok_or_else(place)?;
                let (name, note) = name.split_once(':').unwrap_or((name, ""));
                let kind = Kind::from_name(name).ok_or_else(place)?;
                for cue in cues.split(" / ").filter(|cue| !cue.trim().is_empty()) {
                    let folded = fold(cue);
                    if kind == Kind::Compound {
                        endings.push((language, folded.text().trim().to_owned()));
                        continue;
                    }
                    let has_accents = language != Language::Bg && !cue.is_ascii();
                    for form in expand(folded.text().trim()) {
                        let accented = has_accents && !bare.contains(&(name, form.clone()));
                        if form
                            .split('~')
                            .any(|part| part.trim_matches([' ', '*']).is_empty())
                        {
                            return Err(place());
                        }
                        let typed = if is_typed {
                            latin::latin(&form)
                        } else {
                            Vec::new()
                        };
                        for form in std::iter::once(form).chain(typed) {
                            if known.insert((kind, note, form.clone())) {
                                let source = Source {
                                    kind,
                                    note,
                                    language,
                                    accented,
                                };
                                lexicon.add(source, &form, &mut forms);
                            }
                        }
                    }
                }
            }
        }
        for (subject, table) in SUBJECTS {
            let mut known = BTreeSet::new();
            for (at, line) in table.lines().enumerate() {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                line.split_once('\t')
                    .and_then(|(language, row)| Some((Language::from_tag(language)?, row)))
                    .and_then(|(language, row)| {
                        lexicon.add_row(language, row, &mut known, &mut forms)
                    })
                    .ok_or_else(|| format!("{subject}.tsv:{}: `{line}`", at + 1))?;
            }
        }
        for (form, value, language) in number_words() {
            let note = VALUES.get(usize::from(value)).copied().unwrap_or("");
            let source = Source {
                kind: Kind::Number,
                note,
                language,
                accented: false,
            };
            lexicon.add(source, &form, &mut forms);
            for (_, ending) in endings.iter().filter(|(of, _)| *of == language) {
                let source = Source {
                    kind: Kind::AgeWord,
                    note,
                    language,
                    accented: false,
                };
                lexicon.add(source, &format!("{form}{ending}"), &mut forms);
            }
        }
        // In the order of hits, so that those of one word come sorted.
        for form in forms.values_mut() {
            let cues = &lexicon.cues;
            form.parts.sort_by_key(|part: &Part| cues[part.cue].key());
        }
        let words: Vec<&String> = forms.keys().collect();
        lexicon.trie = Trie::of(&words);
        lexicon.forms = forms.into_values().collect();
        Ok(lexicon)
    }

    /// Adds the cues of one row, kind and cues; `None` when it is not well formed.
    fn add_row(
        &mut self,
        language: Language,
        row: &'static str,
        known: &mut BTreeSet<(Language, Kind, &'static str, String)>,
        forms: &mut BTreeMap<String, Form>,
    ) -> Option<()> {
        let (name, cues) = row.split_once('\t')?;
        let (name, note) = name.split_once(':').unwrap_or((name, ""));
        let kind = Kind::from_name(name)?;
        for cue in cues.split(" / ").filter(|cue| !cue.trim().is_empty()) {
            let folded = fold(cue);
            let accented = language != Language::Bg && !cue.is_ascii();
            for form in expand(folded.text().trim()) {
                let mut parts = form.split('~');
                if parts.any(|part| part.trim_matches([' ', '*']).is_empty()) {
                    return None;
                }
                let typed = if language == Language::Bg {
                    latin::of_words(&form)
                } else {
                    Vec::new()
                };
                for form in std::iter::once(form).chain(typed) {
                    if known.insert((language, kind, note, form.clone())) {
                        let source = Source {
                            kind,
                            note,
                            language,
                            accented,
                        };
                        self.add(source, &form, forms);
                    }
                }
            }
        }
        Some(())
    }

    fn add(&mut self, source: Source, written: &str, forms: &mut BTreeMap<String, Form>) {
        let parts: Vec<&str> = written.split('~').map(str::trim).collect();
        let words = written.split([' ', '\'']).filter(|word| !word.is_empty());
        let n_words = u8::try_from(words.count()).unwrap_or(u8::MAX);
        let cue = self.cues.len();
        for (index, part) in parts.iter().enumerate() {
            let is_open = part.ends_with('*');
            let word = part.trim_end_matches('*').to_owned();
            let form = forms.entry(word).or_default();
            if let Some(weight) = weight(source.kind) {
                form.weights.push((source.language, weight));
                continue;
            }
            form.is_open |= is_open;
            form.languages |= if n_words >= SELF_EVIDENT_WORDS {
                u16::MAX
            } else {
                1 << source.language as u16
            };
            form.parts.push(Part {
                cue,
                index,
                is_open,
            });
        }
        self.cues.push(Cue {
            kind: source.kind,
            note: source.note,
            language: source.language,
            accented: source.accented,
            n_words,
            n_parts: parts.len(),
        });
    }
}

/// The forms that a table also writes without accents, so that they need none: by row name.
fn bare_forms(table: &'static str) -> BTreeSet<(&'static str, String)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(name, cues)| {
            cues.split(" / ")
                .filter(|cue| cue.is_ascii())
                .flat_map(|cue| expand(cue.trim()))
                .map(move |form| (name.split_once(':').map_or(name, |(name, _)| name), form))
        })
        .collect()
}

/// How much a function word says about the language: one that hardly any other language has, twice
/// as much.
const fn weight(kind: Kind) -> Option<u8> {
    match kind {
        Kind::Own => Some(2),
        Kind::Word => Some(1),
        _ => None,
    }
}

/// All forms of a cue: every choice made, every option left out and put in.
pub(super) fn expand(cue: &str) -> Vec<String> {
    let Some(open) = cue.find(['[', '(']) else {
        let tidy: Vec<&str> = cue.split_whitespace().collect();
        return vec![tidy.join(" ")];
    };
    let closing = if cue[open..].starts_with('[') {
        ']'
    } else {
        ')'
    };
    let Some(close) = cue[open..].find(closing).map(|at| open + at) else {
        return vec![String::new()];
    };
    let mut choices: Vec<&str> = cue[open + 1..close].split(',').collect();
    if closing == ')' {
        choices.push("");
    }
    choices
        .into_iter()
        .flat_map(|choice| expand(&format!("{}{choice}{}", &cue[..open], &cue[close + 1..])))
        .collect()
}

/// The values of number words as notes.
const VALUES: [&str; 100] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
    "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48",
    "49", "50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64",
    "65", "66", "67", "68", "69", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "80",
    "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94", "95", "96",
    "97", "98", "99",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// No language may carry risk cues without protective ones, nor a class that the others lack.
    #[test]
    fn every_class_is_there_in_every_language() {
        for (subject, table) in SUBJECTS {
            let mut languages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for row in table.lines().filter(|line| !line.starts_with('#')) {
                if let Some((language, rest)) = row.split_once('\t') {
                    let class = rest.split('\t').next().unwrap();
                    languages.entry(class).or_default().insert(language);
                }
            }
            for (class, found) in languages {
                assert_eq!(
                    found.len(),
                    Language::ALL.len(),
                    "{subject} {class}: {found:?}"
                );
            }
        }
    }
}
