//! `waaklicht explain`: one listing of a file, of standard input or of the store. How it is drawn is
//! tested in `report`.

use std::sync::Arc;

use cli::{SystemClock, SystemEntropy};
use model::{Digest, LegalGround, ListingId, ListingVersion, Retention, Site, SiteId};
use store::{Priority, StoreUrl};
use tempfile::TempDir;

use crate::support::Test;

/// Stable under changes of rules and cues: a field of its own for each thing.
const LISTINGS: &str = concat!(
    r#"{"id":"a1","title":"Anna","text":"Ik ben 23 jaar. Bel 06 1234 0001. Kamer te huur","posted_at":"2026-03-03"}"#,
    "\n\nno listing\n",
    r#"{"id":"a2","text":"Ik ben Eva en ik ben 16 jaar","price":{"amount":"much"}}"#,
    "\n",
);

fn test() -> Test {
    Test::new().file("listings.jsonl", LISTINGS)
}

#[test]
fn a_listing_of_a_file_in_whole() {
    for arguments in ["a1 --in listings.jsonl", "listings.jsonl:1"] {
        test()
            .file(
                "rules/WL-TST-0001.toml",
                include_str!("data/WL-TST-0001.toml"),
            )
            .args("explain --rules rules")
            .args(arguments)
            .stdout_golden("explain/a1.txt")
            .run();
    }
}

#[test]
fn the_help_of_explain() {
    Test::new()
        .args("explain --help")
        .stdout_golden("help-explain.txt")
        .run();
}

#[test]
fn standard_input_holds_one_line_or_a_bare_text() {
    let line = "{\"id\":\"b1\",\"text\":\"Ik ben l7\"}\n";
    let told = [
        "Listing b1\n",
        "“l7”: age 17 (of who is advertised, in disguise)\n",
    ];
    let from =
        |arguments: &str, input: &str| Test::new().args("explain").args(arguments).stdin(input);
    from("-", line).stdout_has(&told).run();
    from("- --text", "16 jaar ervaring,\nbel nul zes 1234 0001\n")
        .stdout_has(&[
            "Listing text\n  read from: -\n",
            "\n  ⟦16⟧¹ jaar ervaring,\n  bel ⟦nul zes 1234 0001⟧²\n",
            "looked at and refused:\n    1  “16”: age 16: years of experience\n",
            "a program would miss it: +31612340001\n",
        ])
        .run();
    from("-", &line.repeat(2))
        .status(1)
        .stderr("waaklicht: more than one listing in `-`; give it one line\n")
        .run();
    from("-", "")
        .status(1)
        .stderr_has(&["no listing in `-`; with `--text`"])
        .run();
    from("-", "Ik ben l7\n")
        .status(1)
        .stderr_has(&["waaklicht: cannot read `-`: ", "no column `id`"])
        .run();
    Test::new()
        .file("a.txt", "ik ben l7")
        .args("explain a.txt --text --lang nl")
        .stdout_has(&[
            "Advertentie text",
            "leeftijd 17 (over wie geadverteerd wordt",
        ])
        .run();
}

#[test]
fn what_is_not_there_is_answered_with_what_is() {
    for (arguments, told) in [
        (
            "a9 --in listings.jsonl",
            "no listing `a9` in `listings.jsonl`; it has `a1`, `a2`, and 1 that cannot be read, \
             the first listings.jsonl:3: ",
        ),
        (
            "listings.jsonl:2",
            "no listing begins on line 2 of `listings.jsonl`; it has `a1`, `a2`",
        ),
        (
            "listings.jsonl:3",
            "waaklicht: listings.jsonl:3: not a JSON object",
        ),
        (
            "listings.jsonl",
            "more than one listing in `listings.jsonl`; name one: \
             `waaklicht explain a1 --in listings.jsonl` or `waaklicht explain listings.jsonl:1`",
        ),
        (
            "folder",
            "cannot read `folder`: cannot read the input: Is a directory",
        ),
        (
            "a1 --in missing.jsonl",
            "cannot open `missing.jsonl`: No such file",
        ),
        (
            "--data here marktplein:1",
            "`marktplein:1` is no file, and there is no store `sqlite:here/waaklicht.db` with such \
             a listing; name a file with `--in FILE`, or write `FILE:LINE`",
        ),
    ] {
        test()
            .file("folder/empty", "")
            .args("explain")
            .args(arguments)
            .status(1)
            .stderr_has(&[told])
            .run();
    }
    let many: String = (0..40).map(|n| format!("{{\"id\":\"{n}\"}}\n")).collect();
    Test::new()
        .file("many.jsonl", many)
        .args("explain 40 --in many.jsonl")
        .status(1)
        .stderr_has(&["`11`, 28 more\n"])
        .run();
}

#[test]
fn wrong_usage_is_two() {
    for (arguments, told) in [
        ("", "<LISTING>"),
        ("a1 --lang de", "invalid value 'de' for '--lang <TAG>'"),
        ("a1 --text --in a.csv", "cannot be used with"),
        ("a1 --country Nederland", "write two letters"),
    ] {
        Test::new()
            .args("explain")
            .args(arguments)
            .status(2)
            .stderr_has(&[told])
            .run();
    }
}

#[test]
fn what_could_not_be_read_is_named() {
    test()
        .args("explain a2 --in listings.jsonl")
        .status(3)
        .stderr_has(&["listings.jsonl:4: `price`"])
        .stdout_has(&[
            "age 16 (of who is advertised, in digits)",
            "Not read well:\n  `price`",
        ])
        .run();
}

#[test]
fn a_listing_without_a_date_is_seen_at_the_stated_moment() {
    let born = "{\"id\":\"c1\",\"text\":\"Geboren in 2008\"}";
    let explain = |arguments: &str| Test::new().args("explain -").args(arguments).stdin(born);
    explain("")
        .stdout_has(&["no date of the listing to count from"])
        .run();
    explain("--as-of 2026-03-03")
        .stdout_has(&[
            "  seen: 2026-03-03T00:00:00Z\n",
            "age 18 (of who is advertised, from a date of birth)",
        ])
        .run();
}

#[test]
fn colours_where_they_are_wanted_and_escapes_of_a_listing_never() {
    let hostile = "{\"id\":\"d1\",\"title\":\"\\u001b[7m\\u001b]0;t\\u0007\",\"text\":\"ik ben 1\\u202e7 <b>\"}";
    let explain = |arguments: &str| Test::new().args("explain -").args(arguments).stdin(hostile);
    for arguments in ["", "--color never", "--color auto"] {
        let ran = explain(arguments).stdout_has(&["␛[7m␛]0;t␇"]).run();
        assert!(
            !ran.stdout.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{arguments}"
        );
    }
    let ran = explain("--color always")
        .stdout_has(&["\u{1b}[1mListing d1\u{1b}[0m\n"])
        .run();
    assert!(!ran.stdout.contains("\u{1b}[7m") && !ran.stdout.contains("\u{1b}]"));
    let ran = explain("--html -o page.html").run();
    let page = ran.read("page.html");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    assert!(page.contains("&lt;b&gt;") && !page.contains(['\u{1b}', '\u{202e}']));
}

/// A store with one listing whose text is kept and one whose text is not.
fn stored() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let handle = store::open(
        &StoreUrl::sqlite(folder.path().join("waaklicht.db")),
        store::Options::default(),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
    )
    .unwrap();
    let now = model::Clock::now(&SystemClock);
    let site = Site {
        id: SiteId::new("marktplein").unwrap(),
        name: "Marktplein".to_owned(),
        legal: LegalGround {
            ground: "a ground".to_owned(),
            purpose: "signs of minors".to_owned(),
            approver: "a. approver".to_owned(),
            contact: "crawl@example.org".to_owned(),
            review_by: "2099-01-01".parse().unwrap(),
        },
        retention: Retention {
            text_days: 7,
            feature_days: 90,
            photo_hash_days: 30,
        },
    };
    let listing = |key: &str, text: &str| {
        let mut version =
            ListingVersion::empty(ListingId::new(format!("marktplein:{key}")).unwrap());
        version.site = Some(site.id.clone());
        version.url = Some(format!("http://127.0.0.1/{key}"));
        text.clone_into(&mut version.text);
        version
    };
    let versions = [listing("1", "Ik ben l7"), listing("2", "")];
    handle
        .write(Priority::Interactive, move |tx| {
            tx.save_site(&site)?;
            for version in &versions {
                tx.record_version(version, Digest::of(version.text.as_bytes()), None, now)?;
            }
            Ok(())
        })
        .wait()
        .unwrap();
    handle.shutdown();
    folder
}

#[test]
fn a_look_into_the_store_is_recorded() {
    let folder = stored();
    let run = |arguments: &str| {
        Test::new()
            .args("--data")
            .args(folder.path().to_str().unwrap())
            .args(arguments)
    };
    run("explain marktplein:1 --by ann")
        .stdout_has(&[
            "Listing marktplein:1\n",
            "  site: marktplein\n",
            "“l7”: age 17",
        ])
        .run();
    run("explain marktplein:2")
        .status(1)
        .stderr_has(&["the text of `marktplein:2` is not kept, or has expired"])
        .run();
    run("explain marktplein:3")
        .status(1)
        .stderr_has(&["`marktplein:3` is no file, and no listing in the store"])
        .run();
    let audit = run("export audit")
        .stderr_has(&["3 rows of audit"])
        .stdout_has(&[])
        .run();
    let rows: Vec<&str> = audit.stdout.lines().collect();
    for (row, by, listing) in [
        (0, "ann", "marktplein:1"),
        (1, "process:cli", "marktplein:2"),
    ] {
        for part in [by, listing, "\"consult\"", "\"explain\""] {
            assert!(rows[row].contains(part), "{part} is not in {}", rows[row]);
        }
    }
    run("audit verify")
        .stderr("the audit is whole: 3 rows\n")
        .run();
}
