//! The configuration file: made, read, and refused with a line.

use crate::support::Test;

#[test]
fn init_writes_what_check_accepts() {
    let ran = Test::new()
        .args("config init --config w.toml")
        .stderr(
            "wrote `w.toml`: every setting with its default; change what you need and run \
             `waaklicht config check`\n",
        )
        .run();
    let written = ran.read("w.toml");
    let ran = Test::after(ran)
        .args("config check --config w.toml")
        .stderr("`w.toml` is in order\n")
        .run();
    let ran = Test::after(ran)
        .args("config init --config w.toml")
        .status(1)
        .stderr_has(&["`w.toml` is there already", "--force"])
        .run();
    let ran = Test::after(ran)
        .args("config init --config w.toml --force -q")
        .run();
    assert_eq!(ran.read("w.toml"), written);
    Test::after(ran)
        .args("config init --stdout")
        .stdout(&written)
        .run();
}

#[test]
fn the_defaults_hold_without_a_file() {
    Test::new()
        .args("config check")
        .stderr_has(&["is not there: the defaults hold", "waaklicht.toml"])
        .run();
}

#[test]
fn a_file_that_is_named_must_be_there() {
    for test in [
        Test::new().args("config check --config w.toml"),
        Test::new()
            .args("config check")
            .variable("WAAKLICHT_CONFIG", "w.toml"),
    ] {
        test.status(1)
            .stderr_has(&[
                "waaklicht: cannot read the configuration `w.toml` (make one with `waaklicht \
                 config init`): No such file",
            ])
            .run();
    }
}

#[test]
fn what_is_wrong_is_named_by_file_and_line() {
    for (text, told) in [
        (
            "[scan]\npolice = 1\n",
            "waaklicht: w.toml:2: unknown field `police`, expected one of",
        ),
        (
            "[scan]\nthreads = -1\n",
            "waaklicht: w.toml:2: invalid value: integer `-1`",
        ),
        ("[scan\n", "waaklicht: w.toml:1: "),
        (
            "[store]\nurl = \"mysql:x\"\n",
            "waaklicht: `store.url` of the configuration: ",
        ),
    ] {
        Test::new()
            .file("w.toml", text)
            .args("config check --config w.toml")
            .status(1)
            .stderr_has(&[told])
            .run();
    }
}

#[test]
fn settings_are_used_and_arguments_go_before_them() {
    let test = || {
        Test::new()
            .file(
                "w.toml",
                "[scoring]\npolicy = \"research\"\n[lines]\nmax_line_bytes = 20\n",
            )
            .file(
                "a.jsonl",
                "{\"id\":\"1\"}\n{\"id\":\"2\",\"text\":\"longer than twenty\"}\n",
            )
            .args("--config w.toml -q scan a.jsonl")
            .status(3)
            .stderr("a.jsonl:2: longer than 20 bytes\n")
    };
    test()
        .stdout_has(&["\"policy\":{\"name\":\"research\""])
        .run();
    test()
        .args("--policy police")
        .stdout_has(&["\"policy\":{\"name\":\"police\""])
        .run();
}
