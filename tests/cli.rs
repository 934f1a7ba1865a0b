//! The command line itself: help, usage, exit codes, pipes, and the small commands.

use std::io::Read;
use std::process::Stdio;

use crate::support::Test;

#[test]
fn the_help_of_the_program() {
    Test::new().args("--help").stdout_golden("help.txt").run();
}

#[test]
fn the_help_of_scan() {
    Test::new()
        .args("scan --help")
        .stdout_golden("help-scan.txt")
        .run();
}

#[test]
fn wrong_usage_is_two() {
    for (arguments, told) in [
        ("", "Usage: waaklicht"),
        ("nonsense", "unrecognized subcommand 'nonsense'"),
        ("scan", "<IN>..."),
        (
            "scan a.csv --threads many",
            "invalid value 'many' for '--threads <N>'",
        ),
        (
            "scan a.csv --as-of soon",
            "`soon` is no date or time; write `2026-03-03`",
        ),
        (
            "scan a.csv --country Nederland",
            "write two letters (ISO 3166-1 alpha-2)",
        ),
        ("scan a.csv --language it", "known: nl, en, de"),
        ("scan a.csv a.csv", "`a.csv` is named twice"),
        ("scan a.csv --policy nobody", "no policy `nobody`; known: "),
        ("--log loudly=x scan a.csv", "`--log loudly=x` is no level"),
        ("user add ann --role king", "known: reader, reviewer"),
        (
            "user add ann --role reader",
            "give it with `--password-stdin`",
        ),
    ] {
        Test::new()
            .args(arguments)
            .status(2)
            .stderr_has(&[told])
            .run();
    }
}

#[test]
fn an_error_is_one_chain_on_standard_error() {
    Test::new()
        .args("scan missing.csv")
        .status(1)
        .stderr("waaklicht: cannot open `missing.csv`: No such file or directory (os error 2)\n")
        .run();
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let lines: String = (0..5000).map(|n| format!("{{\"id\":\"{n}\"}}\n")).collect();
    let test = Test::new()
        .file("many.jsonl", lines)
        .args("scan -q many.jsonl");
    let mut child = test
        .command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn log_lines_hold_counts_and_no_text() {
    let listing = "{\"id\":\"1\",\"text\":\"Anna, 06 1234 0001\"}\n";
    for (format, told) in [
        (
            "json",
            "\"message\":\"scanned\",\"listings\":1,\"refused\":0",
        ),
        ("text", "scanned listings=1 refused=0"),
    ] {
        let ran = Test::new()
            .file("a.jsonl", listing)
            .args("-q --color never --log trace --log-format")
            .args(format)
            .args("scan a.jsonl")
            .stdout_has(&["\"id\":\"1\""])
            .stderr_has(&[told])
            .run();
        assert!(!ran.stderr.contains("Anna") && !ran.stderr.contains("0001"));
    }
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        Test::new()
            .args("completions")
            .args(shell)
            .stdout_has(&["waaklicht", "scan", "completions"])
            .run();
    }
}

#[test]
fn the_manual() {
    Test::new()
        .args("man")
        .stdout_has(&[".TH waaklicht 1", "waaklicht\\-scan(1)", "Exit codes"])
        .run();
    let ran = Test::new()
        .args("man --dir pages")
        .stderr("wrote manual pages into `pages`\n")
        .run();
    assert!(ran.read("pages/waaklicht-scan.1").contains("assessment/v1"));
    assert!(ran.read("pages/waaklicht.1").contains(".TH waaklicht 1"));
}

#[test]
fn the_rules_in_the_program_are_in_order() {
    Test::new()
        .args("rules lint")
        .stderr_has(&["in pack `core`", "nothing is wrong"])
        .run();
    Test::new()
        .args("rules test")
        .stderr_has(&["every example of", "holds"])
        .run();
}

#[test]
fn users_are_added_and_disabled() {
    let ran = Test::new()
        .args("user add ann --role reviewer --role reader --password-stdin")
        .stdin("a long enough password\n")
        .stderr("`ann` may sign in\n")
        .run();
    let ran = Test::after(ran)
        .args("user add ann --role lead --password-stdin")
        .stdin("a long enough password\n")
        .status(1)
        .stderr(
            "waaklicht: `ann` is a user already; give a new password and new roles with \
             `--replace`\n",
        )
        .run();
    let ran = Test::after(ran)
        .args("user disable ann")
        .stderr("`ann` can sign in no more; all sessions have ended\n")
        .run();
    let ran = Test::after(ran)
        .args("user disable bob")
        .status(1)
        .stderr("waaklicht: there is no user `bob`\n")
        .run();
    let ran = Test::after(ran)
        .args("audit verify")
        .stderr("the audit is whole: 2 rows\n")
        .run();
    Test::after(ran)
        .args("user add eve --role reader --password-stdin")
        .stdin("short\n")
        .status(1)
        .stderr_has(&["waaklicht: ", "12 characters or more"])
        .run();
}

#[test]
fn an_empty_store_is_exported_and_counted() {
    let ran = Test::new()
        .args("store stats")
        .status(1)
        .stderr_has(&[
            "there is no store `sqlite:[DIR]/",
            "waaklicht store migrate",
        ])
        .run();
    let ran = Test::after(ran)
        .args("--data here store migrate")
        .stderr("`sqlite:here/waaklicht.db` is up to date\n")
        .run();
    for what in ["listings", "assessments", "cases"] {
        Test::new()
            .args("export")
            .args(what)
            .stderr_has(&[&format!("0 rows of {what}")])
            .run();
    }
    let ran = Test::after(ran)
        .args("--data here export audit -o out/audit.jsonl")
        .status(1)
        .stderr_has(&["cannot write `out/audit.jsonl`"])
        .run();
    let ran = Test::after(ran)
        .args("--data here export listings -o listings.jsonl")
        .stderr_has(&["0 rows of listings (listing/v1)"])
        .run();
    assert_eq!(ran.read("listings.jsonl"), "");
    assert!(
        ran.read("listings.jsonl.ground.json")
            .contains("\"schema\": \"ground/v1\"")
    );
    Test::after(ran)
        .args("--data here store stats")
        .stdout_has(&["listing", " rows\n", "database ", " bytes\n"])
        .run();
}

#[test]
fn site_profiles_are_checked() {
    let lapsed = "id = \"a\"\n";
    Test::new()
        .file("a.toml", lapsed)
        .args("site check a.toml missing.toml")
        .status(1)
        .stderr_has(&[
            "a.toml:1: ",
            "cannot read `missing.toml`",
            "waaklicht: 2 profiles are refused\n",
        ])
        .run();
}
