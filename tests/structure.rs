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
        ("image", &["photo", "demo"]),
        ("clap", &["cli"]),
        ("getrandom", &["cli"]),
        ("directories", &["cli"]),
        ("maud", &["review"]),
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
        for (path, text) in sources(pure) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if path.components().any(|part| part.as_os_str() == "tests")
                || path
                    .file_stem()
                    .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
            {
                continue;
            }
            for (number, line) in code.lines().enumerate() {
                let line = line.trim_start();
                if line.starts_with("//") {
                    continue;
                }
                for word in banned {
                    if line.contains(word) {
                        wrong.push(format!("{}:{}: {word}", path.display(), number + 1));
                    }
                }
            }
        }
    }
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
            assert!(
                text.contains(&format!("fn {test}(")) || text.contains(&format!("{test},")),
                "{} has no test `{test}`",
                path.display()
            );
        }
    }
}
