//! The cue words of nine languages as one automaton.
//!
//! Place in the flow: every signal that rests on words reads the hits of this lexicon; the words
//! themselves are data in `cues/`, one table a language. One pass over a text finds all of them.
//!
//! Notation of a table: a row is a kind, a tab, and cues separated by ` / `. A kind may carry a
//! note after a colon (the reason of a refusal, a sort of trade). In a cue `[a,b]` is one of,
//! `(a,b)` is optionally one of, `*` at the end of a word is any ending, and ` ~ ` stands for up
//! to three words in between. Cues are folded when they are loaded, like the texts.
//!
//! Invariant: every row of every table parses, and no cue expands to nothing
//! (`every_table_parses`).

mod kind;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use model::Language;

pub(crate) use self::kind::Kind;
use crate::fold;

/// Words that ` ~ ` may stand for.
const GAP_WORDS: usize = 3;

/// Bytes that ` ~ ` may stand for, so that one very long word is no bridge.
const GAP_BYTES: usize = 48;

/// A cue found in a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// First byte in the folded text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// What it is a cue for.
    pub(crate) kind: Kind,
    /// The note of its row, empty when it has none.
    pub(crate) note: &'static str,
    /// The language of its table.
    pub(crate) language: Language,
    /// How many words it has.
    pub(crate) n_words: u8,
    /// Whether it is written with accents, so that the bare letters may be another language's word.
    pub(crate) accented: bool,
}

/// A function word: it speaks for the languages that have it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vote {
    /// Its first byte in the folded text.
    pub(crate) start: u32,
    /// The languages, and how much it says: a word of their own counts for two.
    pub(crate) weights: &'static [(Language, u8)],
}

/// The tables, by language.
const TABLES: [(Language, &str); 9] = [
    (Language::Nl, include_str!("cues/nl.tsv")),
    (Language::En, include_str!("cues/en.tsv")),
    (Language::De, include_str!("cues/de.tsv")),
    (Language::Fr, include_str!("cues/fr.tsv")),
    (Language::Es, include_str!("cues/es.tsv")),
    (Language::Ro, include_str!("cues/ro.tsv")),
    (Language::Hu, include_str!("cues/hu.tsv")),
    (Language::Pl, include_str!("cues/pl.tsv")),
    (Language::Bg, include_str!("cues/bg.tsv")),
];

const NUMBERS: &str = include_str!("cues/numbers.tsv");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the tables are part of the program; a test reads them"
    )]
    Lexicon::load().expect("the cue tables are well formed")
});

/// The row that a cue stands in.
struct Source {
    kind: Kind,
    note: &'static str,
    language: Language,
    accented: bool,
}

struct Cue {
    kind: Kind,
    note: &'static str,
    language: Language,
    n_words: u8,
    accented: bool,
    n_parts: usize,
    /// Place among the cues of several parts.
    gapped: usize,
}

#[derive(Clone, Copy)]
struct Part {
    cue: usize,
    index: usize,
    /// Whether any ending may follow.
    open: bool,
}

/// What a stretch of letters is: parts of cues, and a function word of languages.
#[derive(Default)]
struct Form {
    parts: Vec<Part>,
    weights: Vec<(Language, u8)>,
}

struct Lexicon {
    automaton: AhoCorasick,
    /// By pattern of the automaton: each form is one, whatever number of cues it is a part of.
    forms: Vec<Form>,
    cues: Vec<Cue>,
    n_gapped: usize,
}

/// All cues in a folded text in which line feeds were made spaces, by place; and its function
/// words, by end.
pub(crate) fn hits(flat: &str) -> (Vec<Hit>, Vec<Vote>) {
    let lexicon: &'static Lexicon = &LEXICON;
    lexicon.hits(flat)
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
    fn load() -> Result<Self, String> {
        let mut patterns = BTreeMap::new();
        let mut lexicon = Self {
            automaton: AhoCorasick::new([""; 0]).map_err(|error| error.to_string())?,
            forms: Vec::new(),
            cues: Vec::new(),
            n_gapped: 0,
        };
        for (language, table) in TABLES {
            let mut known = BTreeSet::new();
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
                    let accented = language != Language::Bg && !cue.is_ascii();
                    for form in expand(folded.text().trim()) {
                        if form.is_empty() {
                            return Err(place());
                        }
                        if known.insert((kind, note, form.clone())) {
                            let source = Source {
                                kind,
                                note,
                                language,
                                accented,
                            };
                            lexicon.add(source, &form, &mut patterns);
                        }
                    }
                }
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
            lexicon.add(source, &form, &mut patterns);
        }
        // In the order of hits, so that those of one word come sorted.
        for form in &mut lexicon.forms {
            let cues = &lexicon.cues;
            form.parts.sort_by_key(|part| {
                let cue = &cues[part.cue];
                (cue.kind, cue.note, cue.language, cue.n_words)
            });
        }
        let mut forms: Vec<(&String, &usize)> = patterns.iter().collect();
        forms.sort_by_key(|(_, place)| **place);
        lexicon.automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(forms.iter().map(|(form, _)| form.as_str()))
            .map_err(|error| error.to_string())?;
        Ok(lexicon)
    }

    fn add(&mut self, source: Source, form: &str, patterns: &mut BTreeMap<String, usize>) {
        let parts: Vec<&str> = form.split('~').map(str::trim).collect();
        let cue = self.cues.len();
        for (index, part) in parts.iter().enumerate() {
            let open = part.ends_with('*');
            let place = *patterns
                .entry(part.trim_end_matches('*').to_owned())
                .or_insert(self.forms.len());
            if place == self.forms.len() {
                self.forms.push(Form::default());
            }
            let form = &mut self.forms[place];
            match weight(source.kind) {
                Some(weight) => form.weights.push((source.language, weight)),
                None => form.parts.push(Part { cue, index, open }),
            }
        }
        self.cues.push(Cue {
            kind: source.kind,
            note: source.note,
            language: source.language,
            accented: source.accented,
            n_words: u8::try_from(
                form.split([' ', '\''])
                    .filter(|word| !word.is_empty())
                    .count(),
            )
            .unwrap_or(u8::MAX),
            n_parts: parts.len(),
            gapped: self.n_gapped,
        });
        self.n_gapped += usize::from(parts.len() > 1);
    }

    fn hits(&'static self, flat: &str) -> (Vec<Hit>, Vec<Vote>) {
        let mut found = Vec::new();
        let mut votes = Vec::new();
        // For each cue of several parts: where its parts so far began and ended.
        let mut so_far: Vec<Option<(usize, usize, usize)>> = vec![None; self.n_gapped];
        for hit in self.automaton.find_overlapping_iter(flat) {
            if !is_border(flat, hit.start()) {
                continue;
            }
            let form = &self.forms[hit.pattern().as_usize()];
            let is_whole = is_border(flat, hit.end());
            if is_whole && !form.weights.is_empty() {
                votes.push(Vote {
                    start: u32::try_from(hit.start()).unwrap_or(u32::MAX),
                    weights: &form.weights,
                });
            }
            for part in form.parts.iter().filter(|part| part.open || is_whole) {
                let end = if part.open {
                    hit.end() + word_rest(&flat[hit.end()..])
                } else {
                    hit.end()
                };
                found.extend(self.cue(flat, *part, hit.start()..end, &mut so_far));
            }
        }
        // They come by end: nearly sorted, which this sort makes use of.
        found.sort_by_key(|hit| (hit.start, hit.end, hit.kind));
        (found, votes)
    }

    /// The cue that a part of it is, or completes.
    fn cue(
        &self,
        flat: &str,
        part: Part,
        range: Range<usize>,
        so_far: &mut [Option<(usize, usize, usize)>],
    ) -> Option<Hit> {
        let cue = &self.cues[part.cue];
        let mut first = range.start;
        if cue.n_parts > 1 {
            if part.index > 0 {
                match so_far[cue.gapped] {
                    Some((index, began, ended))
                        if index + 1 == part.index && is_gap(flat, ended, range.start) =>
                    {
                        first = began;
                    }
                    _ => return None,
                }
            }
            so_far[cue.gapped] = Some((part.index, first, range.end));
            if part.index + 1 < cue.n_parts {
                return None;
            }
        }
        Some(Hit {
            start: first,
            end: range.end,
            kind: cue.kind,
            note: cue.note,
            language: cue.language,
            n_words: cue.n_words,
            accented: cue.accented,
        })
    }
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

/// Whether ` ~ ` may stand for what is between two parts of a cue.
fn is_gap(flat: &str, from: usize, to: usize) -> bool {
    from <= to
        && to - from <= GAP_BYTES
        && flat.get(from..to).is_some_and(|between| {
            !between.contains(['.', '!', '?', ';', ','])
                && between.split_whitespace().count() <= GAP_WORDS
        })
}

/// Bytes of the letters that go on a word.
fn word_rest(rest: &str) -> usize {
    rest.char_indices()
        .find(|(_, sign)| !sign.is_alphanumeric())
        .map_or(rest.len(), |(at, _)| at)
}

/// Whether a word may begin or end here. Letters and digits are words of their own: `17jaar`.
pub(crate) fn is_border(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    match (before, after) {
        (Some(before), Some(after)) => {
            !(before.is_alphabetic() && after.is_alphabetic()
                || before.is_numeric() && after.is_numeric())
        }
        _ => true,
    }
}

/// All forms of a cue: every choice made, every option left out and put in.
fn expand(cue: &str) -> Vec<String> {
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

    #[test]
    fn every_table_parses() {
        let lexicon = Lexicon::load().unwrap();
        assert!(lexicon.cues.len() > 5_000, "{}", lexicon.cues.len());
    }

    #[test]
    fn notation() {
        assert_eq!(
            expand("bel (me,mij) nu"),
            ["bel me nu", "bel mij nu", "bel nu"]
        );
        assert_eq!(expand("[ik,zij] ~ op"), ["ik ~ op", "zij ~ op"]);
        assert_eq!(expand("[open"), [""]);
    }

    #[track_caller]
    fn check(text: &str, kind: Kind, expected: &[&str]) {
        let found: Vec<&str> = hits(text)
            .0
            .into_iter()
            .filter(|hit| hit.kind == kind && hit.language == Language::Nl)
            .map(|hit| &text[hit.start..hit.end])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_begin_and_end_at_borders() {
        check("17jaar oud", Kind::UnitOld, &["jaar oud"]);
        check("jaargang", Kind::Unit, &[]);
        check("telefonistes", Kind::AnswersOther, &["telefonistes"]);
    }

    #[test]
    fn a_gap_stays_inside_a_sentence() {
        let kind = Kind::AnswersOther;
        check(
            "receptioniste neemt de telefoon op",
            kind,
            &["receptioniste neemt de telefoon op"],
        );
        check("receptioniste. zij neemt op", kind, &[]);
    }
}
