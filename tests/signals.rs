//! The reference of the signals, `docs/signals`: made from the detectors and their examples, so that
//! it cannot be stale. `UPDATE_GOLDEN=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use model::{Language, ListingId, ListingVersion, Observed, Refused, Statement};
use report::words::Tongue;
use scorer::{SignalExample, SignalReference};

const MADE: &str = "<!-- Made from `scorer/src/signals` by `UPDATE_GOLDEN=1 cargo test -p cli --test \
                    suite signals`. Changes here are lost. -->";

/// The nine languages by code; a code without a name fails the test.
const LANGUAGES: [(&str, &str); 9] = [
    ("nl", "Dutch"),
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("ro", "Romanian"),
    ("hu", "Hungarian"),
    ("pl", "Polish"),
    ("bg", "Bulgarian"),
];

/// One thing that an example reads: `age=17 advertised digits @4..6`.
struct Read<'a> {
    /// `age=17 advertised digits`, or what a refusal took it for.
    what: &'a str,
    /// Why it was refused.
    reason: Option<&'a str>,
    /// The words that carry it; none when the whole listing does.
    words: Option<&'a str>,
}

fn reads(example: &SignalExample) -> Vec<Read<'static>> {
    let parts = example.expected.split("; ").filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (told, span) = match part.rsplit_once(" @") {
                Some((told, span)) => (told, Some(span)),
                None => (part, None),
            };
            let words = span.map(|span| {
                let (start, end) = span.split_once("..").unwrap();
                &example.text[start.parse().unwrap()..end.parse().unwrap()]
            });
            let refused = told.strip_prefix("refused ");
            let (what, reason) = match refused.and_then(|it| it.rsplit_once(": ")) {
                Some((what, reason)) => (what, Some(reason)),
                None => (told, None),
            };
            Read {
                what,
                reason,
                words,
            }
        })
        .collect()
}

/// Text as code in a cell of a table.
fn code(text: &str) -> String {
    let text = text.replace('\n', "↵").replace('|', "\\|");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

fn page(signal: &SignalReference, examples: &[SignalExample]) -> String {
    let mut page = format!("{MADE}\n\n# {}\n\n{}\n", signal.signal, signal.about);
    let (mut found, mut refused, mut nothing) = (String::new(), String::new(), String::new());
    for example in examples {
        let text = code(example.text);
        let reads = reads(example);
        if reads.is_empty() {
            writeln!(nothing, "- {text}").unwrap();
        }
        for read in reads {
            let words = read.words.map_or("the whole listing".to_owned(), code);
            match read.reason {
                None => writeln!(found, "| {text} | {} | {words} |", code(read.what)).unwrap(),
                Some(reason) => {
                    let what = code(read.what);
                    writeln!(refused, "| {text} | {what} | {reason} | {words} |").unwrap();
                }
            }
        }
    }
    if !found.is_empty() {
        let head = "| text | what is read | words that carry it |\n|---|---|---|\n";
        write!(page, "\n## Read\n\n{head}{found}").unwrap();
    }
    if !refused.is_empty() {
        let head = "| text | taken for | refused because | words |\n|---|---|---|---|\n";
        write!(page, "\n## Looked at and refused\n\n{head}{refused}").unwrap();
    }
    if !nothing.is_empty() {
        write!(page, "\n## Texts that say nothing of the kind\n\n{nothing}").unwrap();
    }
    page
}

/// The pages on which each statement is read.
fn homes() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for example in scorer::signal_examples() {
        for read in reads(&example) {
            if read.reason.is_none() && Statement::from_name(read.what).is_some() {
                homes.entry(read.what).or_default().insert(example.signal);
            }
        }
    }
    homes
}

fn index(signals: &[SignalReference]) -> String {
    let mut page = format!(
        "{MADE}\n\n# Signals\n\n\
         A signal is something observed in one listing, with the exact bytes that carry it. Signals \
         judge nothing: [rules](../../rules/README.md) read them, and linking compares them. What \
         was looked at and refused is kept with the reason; `waaklicht explain` shows both for any \
         listing. Of a title or text that is longer than any listing, which would cost as much to \
         read as 25,000 words, only the beginning and the end are read; the refusal `text` says \
         which bytes were not looked at.\n\n\
         Below stands each signal in the order in which they are looked for. The texts of the \
         examples are those of a listing that was posted on 2026-03-03.\n\n\
         | signal | what it reads |\n|---|---|\n"
    );
    for signal in signals {
        let name = signal.signal;
        writeln!(page, "| [{name}]({name}.md) | {} |", signal.about).unwrap();
    }
    page.push_str(
        "\n## Statements\n\n\
         What a listing says in words without a value of its own. A rule names a statement by its \
         spelling: `signal = \"statement\"`, `one_of = [\"just-eighteen\"]`.\n\n\
         | statement | English | Dutch | read by |\n|---|---|---|---|\n",
    );
    let homes = homes();
    for (statement, name) in Statement::ALL {
        let [dutch, english] =
            Tongue::ALL.map(|tongue| (tongue.terms().observed)(&Observed::Statement(statement)));
        let by = homes.get(name).map_or("nothing yet".to_owned(), |homes| {
            let links: Vec<String> = homes.iter().map(|it| format!("[{it}]({it}.md)")).collect();
            links.join(", ")
        });
        writeln!(page, "| `{name}` | {english} | {dutch} | {by} |").unwrap();
    }
    page.push_str("\n## Languages\n\nCue words are there for nine languages: ");
    let languages: Vec<String> = Language::ALL
        .into_iter()
        .map(|language| {
            let known = LANGUAGES.iter().find(|(code, _)| *code == language.code());
            format!("{} (`{language}`)", known.unwrap().1)
        })
        .collect();
    page.push_str(&languages.join(", "));
    page.push_str(
        ". A cue counts where its language is plausible: for the listing, for its sentence, or by \
         itself when it is three words long. The cues are data, one table a language, in \
         `scorer/src/signals/cues`.\n\n\
         ## A new signal\n\n\
         One file in `scorer/src/signals` and one line in `DETECTORS` of `scorer/src/signals.rs`. \
         The file holds `about`, the function that looks, and examples: texts with what must be \
         read from them, and near misses. A test runs every example, and this reference is made \
         from them. A statement that a cue makes by itself needs little more than its rows in the \
         tables of cues: `boundaries.rs` is the model.\n",
    );
    page
}

/// What is refused in the examples and in the scorer's own sets of texts.
fn refusals() -> Vec<Refused> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scorer/src/signals/cases");
    let mut texts: Vec<String> = scorer::signal_examples()
        .map(|example| example.text.to_owned())
        .collect();
    for entry in fs::read_dir(cases).unwrap() {
        let table = fs::read_to_string(entry.unwrap().path()).unwrap();
        texts.extend(table.split(['\t', '\n']).map(str::to_owned));
    }
    let mut refusals = Vec::new();
    for text in texts {
        let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
        version.text = text;
        for signal in scorer::signals(&version) {
            if let Observed::Refused(refused) = signal.observed {
                refusals.push(refused);
            }
        }
    }
    refusals
}

#[test]
fn every_refusal_has_dutch_words() {
    let refusals = refusals();
    let reasons: BTreeSet<&str> = refusals.iter().map(|it| it.reason.as_str()).collect();
    assert!(reasons.len() > 20, "{reasons:?}");
    let lacking: Vec<&&str> = reasons
        .iter()
        .filter(|reason| Tongue::Dutch.reason(reason).1 != Tongue::Dutch)
        .collect();
    let way_out = "add a line to `report/src/words/reasons.rs`";
    assert!(lacking.is_empty(), "no Dutch for {lacking:?}; {way_out}");

    let candidates: BTreeSet<&str> = refusals.iter().map(|it| it.candidate.as_str()).collect();
    for candidate in candidates {
        let dutch = (Tongue::Dutch.terms().candidate)(candidate);
        let way_out = "add it to `candidate` in `report/src/words/nl.rs`";
        assert_ne!(dutch, candidate, "no Dutch for it; {way_out}");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/signals")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite its golden files"
)]
#[test]
fn the_reference_of_the_signals_is_of_these_signals() {
    let signals: Vec<SignalReference> = scorer::signal_references().collect();
    let mut pages = BTreeMap::from([("README.md".to_owned(), index(&signals))]);
    for signal in &signals {
        let examples: Vec<SignalExample> = scorer::signal_examples()
            .filter(|example| example.signal == signal.signal)
            .collect();
        assert!(!signal.about.is_empty(), "{}", signal.signal);
        pages.insert(format!("{}.md", signal.signal), page(signal, &examples));
    }
    assert_eq!(pages.len(), signals.len() + 1, "two signals of one name");
    let folder = folder();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, page) in &pages {
            fs::write(folder.join(name), page).unwrap();
        }
    }
    let written: BTreeMap<String, String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    let way_out = "UPDATE_GOLDEN=1 writes `docs/signals` anew";
    assert_eq!(names(&written), names(&pages), "{way_out}");
    for (name, page) in &pages {
        assert_eq!(
            &written[name], page,
            "`docs/signals/{name}` is stale; {way_out}"
        );
    }
}
