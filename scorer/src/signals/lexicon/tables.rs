//! The tables of cues, read when the program is built.
//!
//! Place in the flow: `build.rs` writes what this reads as two files, the trie of all forms and what
//! each of them means (`meanings.rs` reads those), so that a process need not read the tables.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::Kind;
use super::latin;
use super::number_words;
use super::trie::Trie;
use crate::fold;

/// The tables, by language: one of all subjects, and one of youth.
pub(super) const TABLES: [(&str, &str); 18] = [
    ("nl", include_str!("../cues/nl.tsv")),
    ("en", include_str!("../cues/en.tsv")),
    ("de", include_str!("../cues/de.tsv")),
    ("fr", include_str!("../cues/fr.tsv")),
    ("es", include_str!("../cues/es.tsv")),
    ("ro", include_str!("../cues/ro.tsv")),
    ("hu", include_str!("../cues/hu.tsv")),
    ("pl", include_str!("../cues/pl.tsv")),
    ("bg", include_str!("../cues/bg.tsv")),
    ("nl", include_str!("../cues/youth/nl.tsv")),
    ("en", include_str!("../cues/youth/en.tsv")),
    ("de", include_str!("../cues/youth/de.tsv")),
    ("fr", include_str!("../cues/youth/fr.tsv")),
    ("es", include_str!("../cues/youth/es.tsv")),
    ("ro", include_str!("../cues/youth/ro.tsv")),
    ("hu", include_str!("../cues/youth/hu.tsv")),
    ("pl", include_str!("../cues/youth/pl.tsv")),
    ("bg", include_str!("../cues/youth/bg.tsv")),
];

/// The tables by subject, which hold all languages side by side: language, kind, cues.
pub(super) const SUBJECTS: [(&str, &str); 16] = [
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
    ("years", include_str!("../cues/years.tsv")),
    ("minors", include_str!("../cues/who/minors.tsv")),
];

/// The row of a Bulgarian table whose Latin forms are written out.
const LATIN_INSIDE: &str = "\nown\t";

/// The language whose cues are typed in Latin letters, too.
const BULGARIAN: &str = "bg";

/// The row that a cue stands in.
#[derive(Clone, Copy)]
struct Source<'t> {
    kind: &'t str,
    note: &'t str,
    language: &'t str,
    accented: bool,
}

/// All forms of all cues, and what each of them means.
#[derive(Default)]
pub(crate) struct Forms {
    /// By form, one line for each of its meanings, in the notation of `meanings.rs`.
    meanings: BTreeMap<String, Vec<String>>,
    /// How many cues of several parts there are.
    n_joined: usize,
}

impl Forms {
    /// Those of the tables of the program, or the row that is not well formed.
    pub(crate) fn of_tables() -> Result<Self, String> {
        let mut forms = Self::default();
        let mut endings = Vec::new();
        for (language, table) in TABLES {
            let mut known = BTreeSet::new();
            // The table of all subjects holds the Latin forms itself.
            let is_typed = language == BULGARIAN && !table.contains(LATIN_INSIDE);
            let typed = if is_typed { latin::latin } else { none };
            let bare = bare_forms(table);
            for (at, line) in rows(table) {
                let place = || format!("{language}.tsv:{}: `{line}`", at + 1);
                let (mut source, cues) = Source::of(language, line).ok_or_else(place)?;
                for cue in cues.split(" / ").filter(|cue| !cue.trim().is_empty()) {
                    let folded = fold(cue);
                    if source.kind == "compound" {
                        endings.push((language, folded.text().trim().to_owned()));
                        continue;
                    }
                    let has_accents = language != BULGARIAN && !cue.is_ascii();
                    for form in expand(folded.text().trim()) {
                        source.accented =
                            has_accents && !bare.contains(&(source.kind, form.clone()));
                        forms
                            .add_cue(source, &form, typed, &mut known)
                            .ok_or_else(place)?;
                    }
                }
            }
        }
        for (subject, table) in SUBJECTS {
            let mut known = BTreeSet::new();
            for (at, line) in rows(table) {
                let place = || format!("{subject}.tsv:{}: `{line}`", at + 1);
                let (language, row) = line.split_once('\t').ok_or_else(place)?;
                let (mut source, cues) = Source::of(language, row).ok_or_else(place)?;
                let typed = if language == BULGARIAN {
                    latin::of_words
                } else {
                    none
                };
                for cue in cues.split(" / ").filter(|cue| !cue.trim().is_empty()) {
                    source.accented = language != BULGARIAN && !cue.is_ascii();
                    for form in expand(fold(cue).text().trim()) {
                        forms
                            .add_cue(source, &form, typed, &mut known)
                            .ok_or_else(place)?;
                    }
                }
            }
        }
        for (form, value, language) in number_words::forms() {
            let note = value.to_string();
            let mut source = Source {
                kind: "number",
                note: &note,
                language,
                accented: false,
            };
            forms.add(source, &form);
            source.kind = "age-word";
            for (_, ending) in endings.iter().filter(|(of, _)| *of == language) {
                forms.add(source, &format!("{form}{ending}"));
            }
        }
        Ok(forms)
    }

    /// The trie of all forms as `trie.rs` reads it, and lines that say what a form means. The value
    /// of a form is twice the number of its line, and one more where any ending may follow. Only
    /// what cues of these kinds need is written.
    pub(crate) fn written(&self, keeps: fn(Kind) -> bool) -> (Vec<u8>, String) {
        let mut lines = BTreeMap::new();
        let mut text = String::new();
        let mut values = Vec::with_capacity(self.meanings.len());
        for (form, meanings) in &self.meanings {
            let mut meanings: Vec<&str> = meanings
                .iter()
                .map(String::as_str)
                .filter(|meaning| kind_of(meaning).is_some_and(keeps))
                .collect();
            if meanings.is_empty() {
                continue;
            }
            meanings.sort_unstable();
            let next = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            let line = *lines.entry(meanings.join("\t")).or_insert_with_key(|line| {
                text.push_str(line);
                text.push('\n');
                next
            });
            let is_open = meanings.iter().any(|meaning| is_open(meaning));
            values.push((form.as_str(), 2 * line + u32::from(is_open)));
        }
        (bytes(&Trie::smallest(&values)), text)
    }

    /// Adds a form of a cue and the ways to type it, once each for a table; `None` for a form in
    /// which a part is empty.
    fn add_cue<'t>(
        &mut self,
        source: Source<'t>,
        form: &str,
        typed: fn(&str) -> Vec<String>,
        known: &mut BTreeSet<(&'t str, &'t str, &'t str, String)>,
    ) -> Option<()> {
        let mut parts = form.split('~');
        if parts.any(|part| part.trim_matches([' ', '*']).is_empty()) {
            return None;
        }
        for form in std::iter::once(form.to_owned()).chain(typed(form)) {
            let Source {
                language,
                kind,
                note,
                ..
            } = source;
            if known.insert((language, kind, note, form.clone())) {
                self.add(source, &form);
            }
        }
        Some(())
    }

    fn add(&mut self, source: Source<'_>, form: &str) {
        let parts: Vec<&str> = form.split('~').map(str::trim).collect();
        let words = form.split([' ', '\'']).filter(|word| !word.is_empty());
        let n_words = words.count();
        let Source {
            kind,
            note,
            language,
            accented,
        } = source;
        let accent = if accented { "a" } else { "" };
        for (index, part) in parts.iter().enumerate() {
            let open = if part.ends_with('*') { "*" } else { "" };
            let place = match parts.len() {
                1 => String::new(),
                n_parts => format!("{}.{index}.{n_parts}", self.n_joined),
            };
            let meaning = format!("{language} {n_words} {accent}{open} {place} {kind}:{note}");
            let form = part.trim_end_matches('*').to_owned();
            self.meanings.entry(form).or_default().push(meaning);
        }
        self.n_joined += usize::from(parts.len() > 1);
    }
}

/// Whether the reader of phone numbers asks for cues of a kind, or for the language that they speak
/// for: `phones` looks for no others (`phones_alone_are_the_phones_of_all_in_the_sets`).
pub(crate) const fn is_of_phones(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Own
            | Kind::Word
            | Kind::Phone
            | Kind::Id
            | Kind::Reversed
            | Kind::OwnerHelp
            | Kind::OwnerSite
            | Kind::OwnerThird
            | Kind::OwnerOwn
            | Kind::PhoneCountry
            | Kind::Filler
            | Kind::Repeat
            | Kind::Plural
            | Kind::ZeroBefore
            | Kind::NotAfter
            | Kind::Unit
            | Kind::UnitOld
    )
}

/// Whether any ending may follow a form with this meaning.
fn is_open(meaning: &str) -> bool {
    let marks = meaning.split(' ').nth(2);
    marks.is_some_and(|marks| marks.contains('*'))
}

/// The kind of a meaning.
fn kind_of(meaning: &str) -> Option<Kind> {
    let kind = meaning.splitn(5, ' ').nth(4)?;
    Kind::from_name(kind.split(':').next()?)
}

fn bytes(trie: &Trie) -> Vec<u8> {
    let mut bytes = trie.classes.to_vec();
    bytes.extend(trie.root.to_le_bytes());
    for slot in &trie.slots {
        bytes.extend(slot.base.to_le_bytes());
        bytes.extend(slot.reached.to_le_bytes());
    }
    bytes
}

impl<'t> Source<'t> {
    /// The kind and note of a row, and its cues; `None` for a kind that does not exist.
    fn of(language: &'t str, row: &'t str) -> Option<(Self, &'t str)> {
        let (name, cues) = row.split_once('\t')?;
        let (kind, note) = name.split_once(':').unwrap_or((name, ""));
        Kind::from_name(kind)?;
        let source = Self {
            kind,
            note,
            language,
            accented: false,
        };
        Some((source, cues))
    }
}

/// The rows of a table with their places.
fn rows(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = table.lines().enumerate();
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// A form that is typed in one way only.
fn none(_: &str) -> Vec<String> {
    Vec::new()
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

#[cfg(test)]
mod tests {
    use model::Language;

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
