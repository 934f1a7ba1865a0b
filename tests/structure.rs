//! The walls of the house: who may import whom, what stands only in one place, and that every
//! invariant in `docs/architecture.md` names a test that exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The import table of `docs/architecture.md`. A new arrow is a design change: own commit, own
/// reason.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("wire", &["model"]),
    ("scorer", &["model"]),
    ("photo", &["model"]),
    ("linker", &["model", "photo"]),
    ("store", &["model"]),
    ("demo", &["model"]),
    ("crawler", &["model", "photo", "store"]),
    ("report", &["model", "store", "wire"]),
    ("review", &["model", "report", "store"]),
    (
        "pipeline",
        &[
            "crawler", "linker", "model", "photo", "report", "review", "scorer", "store", "wire",
        ],
    ),
    ("cli", ALL),
    ("benches", ALL),
];

const ALL: &[&str] = &[
    "crawler", "demo", "linker", "model", "photo", "pipeline", "report", "review", "scorer",
    "store", "wire",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn manifest(folder: &str) -> toml::Table {
    let path = root().join(folder).join("Cargo.toml");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn members() -> BTreeSet<String> {
    manifest(".")["workspace"]["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member.as_str().unwrap().to_owned())
        .collect()
}

/// All `.rs` files below `folder/src`, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_import_table_holds() {
    let members = members();
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    assert_eq!(
        members.iter().map(String::as_str).collect::<Vec<_>>(),
        table.keys().copied().collect::<Vec<_>>(),
        "a crate is missing in the table, or the table names one that is gone"
    );
    let mut wrong = Vec::new();
    for (name, allowed) in table {
        let manifest = manifest(name);
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(dependencies) = manifest.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for dependency in dependencies.keys().filter(|key| members.contains(*key)) {
                if !allowed.contains(&dependency.as_str()) {
                    wrong.push(format!("{name} imports {dependency} ({section})"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn outside_crates_stand_only_where_they_belong() {
    let only: &[(&str, &[&str])] = &[
        ("rusqlite", &["store"]),
        ("reqwest", &["crawler"]),
        ("rustls", &["crawler"]),
        ("scraper", &["crawler"]),
        ("zune-jpeg", &["photo"]),
        ("image", &["photo", "demo", "benches"]),
        ("clap", &["cli"]),
        ("getrandom", &["cli"]),
        ("directories", &["cli"]),
        ("maud", &["report", "review"]),
        ("argon2", &["review"]),
    ];
    let mut wrong = Vec::new();
    for member in members() {
        let manifest = manifest(&member);
        let Some(dependencies) = manifest.get("dependencies").and_then(toml::Value::as_table)
        else {
            continue;
        };
        for (dependency, homes) in only {
            if dependencies.contains_key(*dependency) && !homes.contains(&member.as_str()) {
                wrong.push(format!(
                    "{member} depends on {dependency}; its place is {homes:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The lines of a crate that end up in the program, each as `FILE:LINE` and its code: no comments,
/// no tests.
fn code(folder: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for (path, text) in sources(folder) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_test = stem.ends_with("tests") || stem.starts_with("test_");
        if is_test || path.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            if !line.trim_start().starts_with("//") {
                lines.push((
                    format!("{}:{}", path.display(), number + 1),
                    line.to_owned(),
                ));
            }
        }
    }
    lines
}

#[test]
fn pure_crates_touch_no_files_network_clock_or_threads() {
    let banned = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "tokio",
        "rayon",
    ];
    let mut wrong = Vec::new();
    for pure in ["model", "scorer", "linker", "photo"] {
        for (place, line) in code(pure) {
            for word in banned.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{place}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What `clippy.toml` forbids in each place where it is called, seen from above: one file calls it.
/// Benchmarks are asked by variable whether peers are measured too.
#[test]
fn the_clock_randomness_and_the_environment_are_asked_in_one_file() {
    let calls = [
        "SystemTime::now",
        "env::var",
        "getrandom::fill",
        "Timestamp::now",
        "Zoned::now",
    ];
    let mut found = Vec::new();
    for member in members().iter().filter(|member| *member != "benches") {
        for (place, line) in code(member) {
            if calls.iter().any(|call| line.contains(call)) {
                found.push(place);
            }
        }
    }
    assert!(!found.is_empty());
    found.retain(|place| !place.contains("cli/src/system.rs:"));
    assert!(found.is_empty(), "{found:#?}");
}

/// Rules tell people why; what they tell is about listings.
#[test]
fn no_rule_calls_anybody_a_suspect_or_a_victim() {
    let words = [
        "suspect",
        "verdacht",
        "verdächtig",
        "victim",
        "slachtoffer",
        "opfer",
        "dader",
        "täter",
        "offender",
        "culprit",
        "criminal",
        "crimineel",
    ];
    let mut wrong = Vec::new();
    let mut n_rules = 0;
    let mut folders = vec![root().join("rules/core")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let rule: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            // The pack's own file is no rule.
            if !rule.contains_key("indicator") {
                continue;
            }
            n_rules += 1;
            for key in ["title", "rationale"] {
                let told = rule[key].to_string().to_lowercase();
                for word in words.iter().filter(|word| told.contains(**word)) {
                    wrong.push(format!("{}: `{word}` in `{key}`", path.display()));
                }
            }
        }
    }
    assert!(n_rules >= 30, "{n_rules} rules");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_store_knows_sql() {
    let statements = [
        "SELECT ",
        "INSERT INTO ",
        "DELETE FROM ",
        "UPDATE ",
        "CREATE TABLE ",
        "PRAGMA ",
    ];
    let mut wrong = Vec::new();
    for member in members().iter().filter(|member| member.as_str() != "store") {
        for (path, text) in sources(member) {
            for (number, line) in text.lines().enumerate() {
                if statements
                    .iter()
                    .any(|statement| line.contains(&format!("\"{statement}")))
                {
                    wrong.push(format!("{}:{}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "SQL outside `store`: {wrong:#?}");
}

#[test]
fn the_lock_file_stays_small_with_one_of_each() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock"))
        .unwrap()
        .parse()
        .unwrap();
    let packages = lock["package"].as_array().unwrap();
    assert!(
        packages.len() <= 650,
        "{} entries in Cargo.lock, at most 650",
        packages.len()
    );
    let versions = |name: &str| {
        packages
            .iter()
            .filter(|package| package["name"].as_str() == Some(name))
            .count()
    };
    for one in ["rustls", "reqwest", "libsqlite3-sys", "hyper"] {
        assert_eq!(versions(one), 1, "`{one}` must be there once");
    }
    for none in [
        "openssl-sys",
        "native-tls",
        "aws-lc-sys",
        "ureq",
        "curl-sys",
    ] {
        assert_eq!(versions(none), 0, "`{none}` must not be there");
    }
}

/// Whether this is a file, or a folder, of tests.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path
            .file_stem()
            .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
}

#[test]
fn only_the_form_makes_a_decision() {
    // The type itself, what the store reads back, and the page behind the form.
    let homes = [
        "model/src/case.rs",
        "store/src/",
        "review/src/web/decide.rs",
    ];
    let mut made = Vec::new();
    for member in members() {
        for (path, text) in sources(&member) {
            let shown = path.display().to_string();
            if is_test(&path) || homes.iter().any(|home| shown.contains(home)) {
                continue;
            }
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            // A decision holds a disposition; robots.txt knows decisions of another kind.
            if !code.contains("Disposition") && !code.contains("disposition") {
                continue;
            }
            for (number, line) in code.lines().enumerate() {
                let mut before = line.match_indices("Decision {").map(|(at, _)| &line[..at]);
                if before.any(|before| !before.ends_with(char::is_alphanumeric)) {
                    made.push(format!("{shown}:{}: {line}", number + 1));
                }
            }
        }
    }
    assert!(
        made.is_empty(),
        "a decision is made outside its form: {made:#?}"
    );
}

/// `docs/architecture.md` says behind each invariant `Held by` and the tests, each written
/// `` `path/to/file.rs::name` ``, or `Still to come` and what has to bring it.
#[test]
fn every_invariant_names_a_test_that_exists() {
    let map = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let section = map
        .split("\n## ")
        .find(|section| section.starts_with("Invariants"))
        .expect("docs/architecture.md has a section `Invariants`");
    let invariants: Vec<&str> = section
        .split("\n\n")
        .filter(|paragraph| {
            paragraph
                .split_once(". ")
                .is_some_and(|(number, _)| number.parse::<u8>().is_ok())
        })
        .collect();
    assert_eq!(invariants.len(), 15, "fifteen invariants");
    for invariant in invariants {
        let tests: Vec<(&str, &str)> = invariant
            .split('`')
            .filter_map(|word| word.split_once(".rs::"))
            .collect();
        assert!(
            !tests.is_empty() || invariant.contains("Still to come"),
            "neither a test nor what is to come: {invariant}"
        );
        for (file, test) in tests {
            let path = root().join(format!("{file}.rs"));
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let is_there = [format!("fn {test}("), format!("macro_rules! {test} ")]
                .iter()
                .any(|definition| text.contains(definition));
            assert!(is_there, "{} has no test `{test}`", path.display());
        }
    }
}
