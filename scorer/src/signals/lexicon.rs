//! The cue words of nine languages as one trie.
//!
//! Place in the flow: every signal that rests on words reads the hits of this lexicon; the words
//! themselves are data in `cues/`, one table a language and subject. They are expanded when the
//! program is built (`build.rs`); one pass over a text finds all of them.
//!
//! Notation of a table: a row is a kind, a tab, and cues separated by ` / `. A kind may carry a
//! note after a colon (the reason of a refusal, a sort of trade). In a cue `[a,b]` is one of,
//! `(a,b)` is optionally one of, `*` at the end of a word is any ending, and ` ~ ` stands for up
//! to three words in between. Cues are folded, like the texts.
//!
//! Invariant: every row of every table parses, and no cue expands to nothing, or the build fails.

mod border;
mod disguise;
mod kind;
#[cfg(test)]
mod latin;
mod meanings;
mod number_words;
#[cfg(test)]
mod plain_words;
#[cfg(test)]
mod tables;
mod trie;

use std::ops::Range;
use std::sync::LazyLock;

use model::Language;

pub(crate) use self::border::{has_three, is_border, letters_end, word_starts};
pub(crate) use self::kind::{Kind, Kinds};
pub(crate) use self::trie::Trie;

/// Words that ` ~ ` may stand for.
const GAP_WORDS: usize = 3;

/// Bytes that ` ~ ` may stand for, so that one very long word is no bridge.
const GAP_BYTES: usize = 48;

/// Words of a cue from which on it needs no language around it (cue catalogue, rule 2).
pub(crate) const SELF_EVIDENT_WORDS: u8 = 3;

/// Bytes of the ending that ` * ` may stand for: a longer word is none.
const ENDING_BYTES: usize = 64;

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

impl Hit {
    /// The order of hits.
    fn key(&self) -> (usize, usize, Kind, &'static str, Language, u8) {
        let Self {
            start,
            end,
            kind,
            note,
            language,
            n_words,
            ..
        } = *self;
        (start, end, kind, note, language, n_words)
    }
}

/// A function word: it speaks for the languages that have it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vote {
    /// Its first byte in the folded text.
    pub(crate) start: u32,
    /// The languages, and how much it says: a word of their own counts for two.
    pub(crate) weights: &'static [(Language, u8)],
}

/// Which cues a text is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cues {
    /// All of them.
    All,
    /// Those that the reader of phone numbers asks for.
    OfPhones,
}

/// A file that `build.rs` wrote, and the lines that go with it.
macro_rules! written {
    ($name:literal) => {
        Lexicon::of(
            include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".trie")),
            include_str!(concat!(env!("OUT_DIR"), "/", $name, ".txt")),
        )
    };
}

static ALL: LazyLock<Lexicon> = LazyLock::new(|| written!("cues"));
static OF_PHONES: LazyLock<Lexicon> = LazyLock::new(|| written!("phone_cues"));

/// What a form is a cue for, or a part of one.
struct Meaning {
    kind: Kind,
    note: &'static str,
    language: Language,
    n_words: u8,
    accented: bool,
    /// Whether any ending may follow.
    is_open: bool,
    /// Its place in a cue of several parts.
    part: Option<Part>,
}

/// One of the parts that ` ~ ` stands between.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    /// The number of the cue, one for each of several parts.
    cue: u32,
    index: u8,
    n_parts: u8,
}

/// What a stretch of letters is: cues and parts of them, and a function word of languages.
#[derive(Default)]
struct Form {
    meanings: Vec<Meaning>,
    weights: Vec<(Language, u8)>,
    /// The languages of its cues, as bits; all of them where a cue needs no language around it.
    languages: u16,
}

struct Lexicon {
    /// All forms; the value of each is twice its place in `forms`, and one more where any ending
    /// may follow: most words begin with a form that is not asked further then.
    trie: Trie,
    forms: Vec<Form>,
}

impl Lexicon {
    /// Reads what `build.rs` wrote.
    fn of(trie: &[u8], lines: &'static str) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the files are part of the program; a test reads them"
        )]
        Self {
            trie: Trie::read(trie).expect("the forms were written whole"),
            forms: meanings::read(lines).expect("the meanings were written whole"),
        }
    }

    fn with(cues: Cues) -> &'static Self {
        match cues {
            Cues::All => &ALL,
            Cues::OfPhones => &OF_PHONES,
        }
    }
}

/// Whether any ending may follow a form of this value.
const fn is_open(value: usize) -> bool {
    value % 2 == 1
}

/// The place of a form of this value.
const fn line(value: usize) -> usize {
    value / 2
}

/// Number words and their values, folded, of all languages: `(form, value, language)`.
pub(crate) fn number_words() -> impl Iterator<Item = (String, u8, Language)> {
    number_words::forms()
        .filter_map(|(form, value, code)| Some((form, value, Language::from_tag(code)?)))
}

/// The forms that stand in a text, before it is known which languages count.
pub(crate) struct Scan {
    lexicon: &'static Lexicon,
    /// By start, then by end.
    forms: Vec<Found>,
    /// Function words, by start.
    pub(crate) votes: Vec<Vote>,
}

/// A form and where it stands.
struct Found {
    start: u32,
    end: u32,
    form: u32,
    /// Whether a word may end there.
    is_whole: bool,
}

/// A part of a cue that has several, and where it stands.
#[derive(Clone, Copy)]
struct Fragment {
    part: Part,
    meaning: &'static Meaning,
    /// Where its own letters end, before any ending.
    stem_end: usize,
    start: usize,
    end: usize,
}

impl Fragment {
    /// Parts of one cue together, in the order in which they end.
    const fn key(&self) -> (u32, usize, usize, u8, usize) {
        (
            self.part.cue,
            self.stem_end,
            self.start,
            self.part.index,
            self.end,
        )
    }
}

/// All forms of these cues in a folded text in which line feeds were made spaces.
pub(crate) fn scan(flat: &str, cues: Cues) -> Scan {
    let lexicon = Lexicon::with(cues);
    let mut scan = Scan {
        lexicon,
        forms: Vec::with_capacity(flat.len() / 4),
        votes: Vec::with_capacity(flat.len() / 12),
    };
    for start in word_starts(flat) {
        lexicon
            .trie
            .each_beginning(&flat.as_bytes()[start..], |len, value| {
                let end = start + len;
                let is_whole = is_border(flat, end);
                if !is_whole && !is_open(value) {
                    return;
                }
                let start = narrow(start);
                let form = &lexicon.forms[line(value)];
                if is_whole && !form.weights.is_empty() {
                    scan.votes.push(Vote {
                        start,
                        weights: &form.weights,
                    });
                }
                if !form.meanings.is_empty() {
                    scan.forms.push(Found {
                        start,
                        end: narrow(end),
                        form: narrow(line(value)),
                        is_whole,
                    });
                }
            });
    }
    if disguise::may_stand_in(flat) {
        scan.add_disguised(flat);
    }
    scan
}

/// All cues in a folded text, of whatever language, and its function words.
#[cfg(test)]
pub(crate) fn hits(flat: &str) -> (Vec<Hit>, Vec<Vote>) {
    let scan = scan(flat, Cues::All);
    (scan.hits(flat, |_| u16::MAX, |_| true), scan.votes)
}

impl Scan {
    /// Adds the forms that are written with letters repeated, digits for letters or signs between.
    fn add_disguised(&mut self, flat: &str) {
        let lexicon = self.lexicon;
        let n_plain = self.forms.len();
        for found in word_starts(flat).flat_map(|start| disguise::at(flat, start)) {
            for (len, value) in lexicon.trie.beginnings(found.word.as_bytes()) {
                let is_whole = len == found.word.len();
                let form = &lexicon.forms[line(value)];
                if (is_whole || is_open(value)) && !form.meanings.is_empty() {
                    self.forms.push(Found {
                        start: narrow(found.range.start),
                        end: narrow(found.range.end),
                        form: narrow(line(value)),
                        is_whole,
                    });
                }
            }
        }
        if self.forms.len() > n_plain {
            self.forms.sort_by_key(|found| (found.start, found.end));
        }
    }

    /// The cues of a text, by place. `languages` says which may count at a place, as bits; a cue that
    /// needs no language is asked about at every place. `keeps` has the last word.
    pub(crate) fn hits(
        &self,
        flat: &str,
        mut languages: impl FnMut(usize) -> u16,
        mut keeps: impl FnMut(&Hit) -> bool,
    ) -> Vec<Hit> {
        let lexicon = self.lexicon;
        let mut hits = Vec::with_capacity(self.forms.len());
        let mut fragments: Vec<Fragment> = Vec::new();
        for found in &self.forms {
            let (start, stem_end) = (found.start as usize, found.end as usize);
            let form = &lexicon.forms[found.form as usize];
            if form.languages & languages(start) == 0 {
                continue;
            }
            for meaning in &form.meanings {
                if !(found.is_whole || meaning.is_open) {
                    continue;
                }
                let end = if meaning.is_open {
                    stem_end + word_rest(&flat[stem_end..])
                } else {
                    stem_end
                };
                if let Some(part) = meaning.part {
                    fragments.push(Fragment {
                        part,
                        meaning,
                        stem_end,
                        start,
                        end,
                    });
                    continue;
                }
                let hit = meaning.hit(start..end);
                if keeps(&hit) {
                    hits.push(hit);
                }
            }
        }
        fragments.sort_unstable_by_key(Fragment::key);
        for of_cue in fragments.chunk_by(|one, next| one.part.cue == next.part.cue) {
            hits.extend(joined(flat, of_cue).filter(|hit| keeps(hit)));
        }
        hits.sort_by_key(Hit::key);
        hits
    }
}

impl Meaning {
    const fn hit(&self, range: Range<usize>) -> Hit {
        Hit {
            start: range.start,
            end: range.end,
            kind: self.kind,
            note: self.note,
            language: self.language,
            n_words: self.n_words,
            accented: self.accented,
        }
    }

    /// In the order of hits at one place.
    const fn key(&self) -> (Kind, &'static str, Language, u8) {
        (self.kind, self.note, self.language, self.n_words)
    }
}

/// The hits that the parts of one cue make, each part right behind the one before but for a gap.
fn joined(flat: &str, fragments: &[Fragment]) -> impl Iterator<Item = Hit> {
    // Of the parts so far: the last one, where the first began and where the last ended.
    let mut so_far: Option<(u8, usize, usize)> = None;
    fragments.iter().filter_map(move |fragment| {
        let mut first = fragment.start;
        let part = fragment.part;
        if part.index > 0 {
            let (index, began, ended) = so_far?;
            if index + 1 != part.index || !is_gap(flat, ended, fragment.start) {
                return None;
            }
            first = began;
        }
        so_far = Some((part.index, first, fragment.end));
        (part.index + 1 == part.n_parts).then(|| fragment.meaning.hit(first..fragment.end))
    })
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
        .find(|(at, sign)| !sign.is_alphanumeric() || *at >= ENDING_BYTES)
        .map_or(rest.len(), |(at, _)| at)
}

/// Texts beyond 4 GiB do not occur: bodies have limits far below.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::tables::expand;
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let forms = tables::Forms::of_tables().unwrap();
        let keeps: [fn(Kind) -> bool; 2] = [|_| true, tables::is_of_phones];
        for (cues, keeps) in [Cues::All, Cues::OfPhones].into_iter().zip(keeps) {
            let lexicon = Lexicon::with(cues);
            let (trie, lines) = forms.written(keeps);
            assert!(lexicon.trie == Trie::read(&trie).unwrap());
            assert_eq!(lexicon.forms.len(), lines.lines().count());
            assert!(lexicon.forms.len() > 1_000, "{cues:?}");
        }
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
        check("bijbaantje", Kind::Trade, &["bijbaantje"]);
        check("bijbaantjes2", Kind::Trade, &[]);
    }

    #[test]
    fn disguised_words_are_cues_where_all_of_them_is_one() {
        let kind = Kind::Trade;
        for text in [
            "kaaapsalon",
            "k4ps4l0n",
            "k a p s a l o n",
            "k.a.p.s.a.l.o.n",
        ] {
            check(text, kind, &[text]);
        }
        check("kapsa1 lon 17jaar b2b h2o 4x4 boo zee", kind, &[]);
    }

    #[test]
    fn a_gap_stays_inside_a_sentence() {
        let found = |text| {
            let hits = hits(text).0;
            let mut hits = hits.iter().filter(|hit| hit.kind == Kind::LongAgo);
            hits.next().map(|hit| &text[hit.start..hit.end])
        };
        assert_eq!(found("vor vielen jahren"), Some("vor vielen jahren"));
        assert_eq!(found("vor. vielen jahren"), None);
        assert_eq!(found("vor vielen. jahren"), None);
    }
}
