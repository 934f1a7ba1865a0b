//! `waaklicht scan`, from files to lines.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::Test;

/// Three listings; two share a number.
const LISTINGS: &str = r#"{"id":"a1","title":"Anna, 23 jaar","text":"Bel 06 1234 0001, Utrecht, van tien tot tien.","posted_at":"2026-03-01","city":"Utrecht"}
{"id":"a2","title":"Bo","text":"Ik ben 16 jaar, 06 1234 0001, Zwolle.","posted_at":"2026-03-02T09:30:00+01:00","age":18,"attributes":{"zip":"8011"}}
{"id":"a3","title":"Te huur","text":"Kamer te huur in Breda, 06 1234 0009.","posted_at":null}
"#;

/// The same listings as a spreadsheet writes them.
const LISTINGS_CSV: &str = "\u{feff}ID;Title;TEXT;Posted At;City;Age;zip\r\n\
    a1;Anna, 23 jaar;\"Bel 06 1234 0001, Utrecht, van tien tot tien.\";2026-03-01;Utrecht;;\r\n\
    a2;Bo;\"Ik ben 16 jaar, 06 1234 0001, Zwolle.\";2026-03-02T09:30:00+01:00;;18;8011\r\n\
    a3;Te huur;Kamer te huur in Breda, 06 1234 0009.;;;;\r\n";

#[test]
fn json_lines_in_assessments_out() {
    Test::new()
        .file("a.jsonl", LISTINGS)
        .args("scan -q a.jsonl")
        .stdout_golden("scan/assessments.jsonl")
        .run();
}

#[test]
fn csv_and_standard_input_say_the_same() {
    for test in [
        Test::new()
            .file("a.csv", LISTINGS_CSV)
            .args("scan -q a.csv"),
        Test::new().stdin(LISTINGS_CSV).args("scan -q -"),
        Test::new().stdin(LISTINGS).args("scan -q -"),
        Test::new().stdin(LISTINGS).args("scan -q - --format jsonl"),
        Test::new()
            .file("a.txt", LISTINGS_CSV)
            .args("scan -q --format csv a.txt"),
    ] {
        test.stdout_golden("scan/assessments.jsonl").run();
    }
}

#[test]
fn what_a_person_is_told() {
    let ran = Test::new()
        .file("a.csv", LISTINGS_CSV)
        .args("scan a.csv -o found.jsonl")
        .stderr_has(&[
            "3 listings from 1 input: 0 lines refused, 0 listings not read as a whole\n",
            "look first at\n  a.csv:3  a2  minor, high, ",
            "no proof of anything\nanswers: found.jsonl\n",
        ])
        .run();
    assert_eq!(ran.names(), ["a.csv", "found.jsonl"]);
    assert_eq!(ran.read("found.jsonl").lines().count(), 3);
}

/// The lines of the output as JSON.
fn rows(stdout: &str) -> Vec<Value> {
    stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn links_run_across_inputs() {
    let (first, rest) = LISTINGS.split_once('\n').unwrap();
    let ran = Test::new()
        .file("one.jsonl", format!("{first}\n"))
        .file("two.jsonl", rest)
        .args("scan -q one.jsonl two.jsonl")
        .stdout_golden("scan/assessments.jsonl")
        .run();
    let rows = rows(&ran.stdout);
    assert!(rows[0]["groups"]["contact"].is_string());
    assert_eq!(rows[0]["groups"]["contact"], rows[1]["groups"]["contact"]);
    assert_eq!(rows[2]["groups"]["contact"], Value::Null);
}

#[test]
fn one_id_in_two_files_is_two_listings() {
    let ran = Test::new()
        .file("x/a.jsonl", LISTINGS)
        .file("y/b.jsonl", LISTINGS)
        .args("scan -q x/a.jsonl y/b.jsonl")
        .stdout_has(&["\"id\":\"a1\""])
        .run();
    let rows = rows(&ran.stdout);
    let ids: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, ["a1", "a2", "a3", "a1", "a2", "a3"]);
    assert_eq!(rows[0]["groups"]["contact"], rows[3]["groups"]["contact"]);
}

/// Many listings that share numbers, texts and towns in many ways.
fn many() -> String {
    let towns = ["Utrecht", "Zwolle", "Breda", "Gent", "Venlo"];
    let line = |n: usize| {
        let (name, town) = (["Anna", "Bo", "Cato"][n % 3], towns[n % 5]);
        format!(
            "{{\"id\":\"n{n}\",\"title\":\"{name}, {} jaar\",\"text\":\"Nieuw in {town}, bel 06 \
             1234 {:04}, elke dag van tien tot tien, alleen op afspraak, met vriendelijke groet \
             van {name}.\",\"posted_at\":\"2026-02-{:02}\"}}\n",
            20 + n % 9,
            n % 97,
            1 + n % 28
        )
    };
    (0..3000).map(line).collect()
}

#[test]
fn threads_do_not_change_the_bytes() {
    let listings = many();
    let run = |threads: &str| {
        let ran = Test::new()
            .file("many.jsonl", &listings)
            .args("scan -q many.jsonl --threads")
            .args(threads)
            .stdout_has(&["\"id\":\"n2999\""])
            .run();
        ran.stdout
    };
    let one = run("1");
    assert_eq!(one.lines().count(), 3000);
    for threads in ["2", "4", "0"] {
        assert!(run(threads) == one, "{threads} threads give other bytes");
    }
}

#[test]
fn the_day_of_the_run_does_not_change_the_bytes() {
    for day in ["2026-03-02T08:30:00Z", "2031-01-01"] {
        Test::new()
            .file("a.jsonl", LISTINGS)
            .args("scan -q a.jsonl --as-of")
            .args(day)
            .stdout_golden("scan/assessments.jsonl")
            .run();
    }
}

#[test]
fn a_broken_line_is_named_and_the_rest_goes_on() {
    let broken = LISTINGS.replace("{\"id\":\"a2\",", "{\"id\":\"a2\",,");
    let ran = Test::new()
        .file("a.jsonl", broken)
        .args("scan -q a.jsonl")
        .status(3)
        .stderr("a.jsonl:2: not a JSON object: key must be a string, at byte 12\n")
        .stdout_has(&["\"id\":\"a1\"", "\"id\":\"a3\""])
        .run();
    assert_eq!(ran.stdout.lines().count(), 2);
}

#[test]
fn a_field_that_cannot_be_read_is_named_and_kept() {
    let ran = Test::new()
        .file("a.csv", "id;text;posted_at\n1;Utrecht;3 maart\n")
        .args("scan -q a.csv")
        .status(3)
        .stderr(
            "a.csv:2: `posted_at`: `3 maart` is no date or time; write `2026-03-03` or \
             `2026-03-03T09:30:00+01:00` (RFC 3339); it was kept in `attributes`\n",
        )
        .stdout_has(&["\"problems\":[\"`posted_at`: `3 maart` is no date"])
        .run();
    assert_eq!(ran.stdout.lines().count(), 1);
}

#[test]
fn a_column_of_problems_does_not_fill_the_screen() {
    let rows: String = (0..100)
        .map(|n| format!("{n};Utrecht;gisteren\n"))
        .collect();
    Test::new()
        .file("a.csv", format!("id;text;posted_at\n{rows}"))
        .args("scan -q a.csv")
        .status(3)
        .stdout_has(&["\"id\":\"99\""])
        .stderr_has(&[
            "a.csv:21: `posted_at`",
            "\n80 more like these; each stands in `problems` of its answer\n",
        ])
        .run();
}

#[test]
fn inputs_that_cannot_be_read_at_all() {
    for (name, content, told) in [
        (
            "a.csv",
            "Nummer;Text\n1;x\n",
            "no column `id`; found: `Nummer`, `Text`; rename the column that tells the listings \
             apart to `id`\n",
        ),
        (
            "a.json",
            "[{\"id\":\"1\"}]",
            "the input is one JSON array; write one object a line",
        ),
        ("a.csv", "\u{0}id", "no column `id`; found: `\u{0}id`"),
    ] {
        Test::new()
            .file(name, content)
            .args("scan")
            .args(name)
            .status(1)
            .stderr_has(&[&format!("waaklicht: cannot read `{name}`: {told}")])
            .run();
    }
}

#[test]
fn a_file_without_words_is_noticed() {
    Test::new()
        .file("a.csv", "id;omschrijving\n1;Utrecht\n")
        .args("scan a.csv")
        .stdout_has(&["\"id\":\"1\""])
        .stderr_has(&["`a.csv` has neither a column `title` nor a column `text`"])
        .run();
}

#[test]
fn columns_under_other_names_are_told() {
    Test::new()
        .file("a.csv", "id;text;Stad;Leeftijd\n1;Anna;Utrecht;23\n")
        .args("scan a.csv")
        .stdout_has(&["\"id\":\"1\""])
        .stderr_has(&["`a.csv`: no field of a listing, so kept as attributes: `Stad`, `Leeftijd`"])
        .run();
}

/// A picture with enough in it to be told apart: stripes that widen.
fn picture() -> Vec<u8> {
    // Portable, in the simplest form that every decoder reads: a PNG made of stored blocks.
    let (width, height) = (64_u32, 64_u32);
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        for x in 0..width {
            let wave = (x * x / 40 + y * y / 90 + (x / 16) * 60 + (y / 24) * 90) % 256;
            raw.push(u8::try_from(wave).unwrap());
        }
    }
    let mut zlib = vec![0x78, 0x01, 0x01];
    let length = u16::try_from(raw.len()).unwrap();
    zlib.extend(length.to_le_bytes());
    zlib.extend((!length).to_le_bytes());
    zlib.extend(&raw);
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in &raw {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    zlib.extend(((high << 16) | low).to_be_bytes());
    let crc = |bytes: &[u8]| {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                };
            }
        }
        !crc
    };
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 0, 0, 0, 0]);
    for (kind, content) in [
        (b"IHDR", header.as_slice()),
        (b"IDAT", &zlib),
        (b"IEND", &[]),
    ] {
        png.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let chunk = [kind.as_slice(), content].concat();
        png.extend(&chunk);
        png.extend(crc(&chunk).to_be_bytes());
    }
    png
}

#[test]
fn local_pictures_link_and_unreadable_ones_are_named() {
    let ran = Test::new()
        .file("in/one.png", picture())
        .file("in/copy.png", picture())
        .file("in/broken.jpg", "no picture")
        .file(
            "in/a.jsonl",
            "{\"id\":\"1\",\"images\":[\"one.png\"]}\n\
             {\"id\":\"2\",\"images\":[\"copy.png\",\"https://example.org/never-asked.png\"]}\n\
             {\"id\":\"3\",\"images\":[\"broken.jpg\",\"missing.jpg\",\"/dev/zero\"]}\n",
        )
        .args("scan -q in/a.jsonl")
        .status(3)
        .stdout_has(&["\"id\":\"3\""])
        .stderr_has(&[
            "in/a.jsonl:3: `images`: `broken.jpg` cannot be read: ",
            "in/a.jsonl:3: `images`: `missing.jpg` cannot be read: No such file",
            "in/a.jsonl:3: `images`: `/dev/zero` cannot be read: not a plain file\n",
        ])
        .run();
    let rows = rows(&ran.stdout);
    assert!(rows[0]["groups"]["photo"].is_string());
    assert_eq!(rows[0]["groups"]["photo"], rows[1]["groups"]["photo"]);
    assert_eq!(rows[2]["problems"].as_array().unwrap().len(), 3);
}

#[test]
fn a_failed_scan_leaves_no_output() {
    let ran = Test::new()
        .file("a.jsonl", LISTINGS)
        .file("out.jsonl", "from before\n")
        .args("scan a.jsonl missing.jsonl -o out.jsonl")
        .status(1)
        .stderr_has(&["waaklicht: cannot open `missing.jsonl`"])
        .run();
    assert_eq!(ran.read("out.jsonl"), "from before\n");
    assert_eq!(ran.names(), ["a.jsonl", "out.jsonl"]);
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    Test::new()
        .file("a.jsonl", LISTINGS)
        .args("scan a.jsonl -o missing/out.jsonl")
        .status(1)
        .stderr_has(&["waaklicht: cannot write `missing/out.jsonl`: "])
        .run();
}

/// Ctrl-C and a kill end a scan, even one that waits for input, and leave nothing half.
#[test]
fn a_scan_that_is_stopped_leaves_no_output() {
    for signal in ["-INT", "-TERM"] {
        let test = Test::new()
            .file("out.jsonl", "from before\n")
            .args("scan - -o out.jsonl");
        let mut child = test
            .command()
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let names = || fs::read_dir(test.folder()).unwrap().count();
        // The half file is made before the signals are watched for; both take no time.
        while names() < 2 {
            std::thread::yield_now();
        }
        let mut waits = child.stdin.take().unwrap();
        // Enough that some of it was read when the signal comes.
        waits.write_all(LISTINGS.repeat(500).as_bytes()).unwrap();
        let pid = child.id().to_string();
        let kill = std::process::Command::new("kill")
            .args([signal, &pid])
            .status();
        assert!(kill.unwrap().success());
        let output = child.wait_with_output().unwrap();
        drop(waits);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{signal}: {told}");
        assert!(
            told.ends_with("waaklicht: stopped; nothing was kept\n"),
            "{told}"
        );
        assert_eq!(names(), 1);
        let kept = fs::read_to_string(test.folder().join("out.jsonl")).unwrap();
        assert_eq!(kept, "from before\n");
    }
}

/// A device on which every write fails as on a full disk.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    Test::new()
        .file("a.jsonl", LISTINGS)
        .args("scan a.jsonl -o /dev/full")
        .status(1)
        .stderr_has(&["No space left on device"])
        .run();
    let test = Test::new()
        .file("a.jsonl", LISTINGS)
        .args("scan -q a.jsonl");
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = test
        .command()
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("No space left on device"), "{told}");
}

/// A small folder in memory that fills up. Needs the right to mount, which tests often lack.
#[test]
#[cfg(target_os = "linux")]
fn a_full_folder_keeps_what_was_there() {
    let test = Test::new()
        .file("many.jsonl", many())
        .args("scan -q many.jsonl -o small/out.jsonl")
        .status(1)
        .stderr_has(&["No space left on device"]);
    let small = test.folder().join("small");
    fs::create_dir(&small).unwrap();
    let mount = |program: &str, arguments: &[&str]| {
        std::process::Command::new(program)
            .args(arguments)
            .arg(&small)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !mount("mount", &["-t", "tmpfs", "-o", "size=64k", "tmpfs"]) {
        eprintln!("SKIPPED: no right to mount a small folder; `/dev/full` was tried instead");
        return;
    }
    fs::write(small.join("out.jsonl"), "from before\n").unwrap();
    let ran = test.run();
    let (kept, names) = (
        ran.read("small/out.jsonl"),
        fs::read_dir(&small).unwrap().count(),
    );
    assert!(mount("umount", &[]));
    assert_eq!((kept.as_str(), names), ("from before\n", 1));
}

/// A rule with a mistake in it, and one whose example does not hold.
#[test]
fn rules_that_cannot_be_used() {
    let rule = include_str!("data/WL-TST-0001.toml");
    let test = |file: &str, rule: String| {
        Test::new()
            .file(&format!("rules/{file}"), rule)
            .file("a.jsonl", LISTINGS)
            .args("scan a.jsonl --rules rules")
    };
    test("WL-TST-0001.toml", rule.to_owned())
        .stdout_has(&["\"rule\":\"WL-TST-0001\""])
        .stderr_has(&["3 listings"])
        .run();
    test("WL-TST-0001.toml", rule.replace("status =", "statuss ="))
        .status(1)
        .stderr_has(&[
            "waaklicht: cannot use the rules in `rules`:\n  rules/WL-TST-0001.toml:",
            "`statuss`",
        ])
        .run();
    test(
        "WL-TST-0001.toml",
        rule.replace("Bel onze receptie, Utrecht", "Bel ons, Utrecht"),
    )
    .status(1)
    .stderr_has(&[
        "waaklicht: cannot use the rules in `rules`:\n  rules/WL-TST-0001.toml:",
        "example 1 of `WL-TST-0001`: expected a hit, found no hit",
    ])
    .run();
    Test::new()
        .file("empty/readme.txt", "")
        .file("a.jsonl", LISTINGS)
        .args("scan a.jsonl --rules empty")
        .status(1)
        .stderr_has(&["no rule in `empty`"])
        .run();
}

#[test]
fn a_policy_from_a_file() {
    let policy = include_str!("../rules/policies/police.toml");
    let own = policy.replace("name = \"police\"", "name = \"own\"");
    Test::new()
        .file("own.toml", &own)
        .file("a.jsonl", LISTINGS)
        .args("scan -q a.jsonl --policy own.toml")
        .stdout_has(&["\"policy\":{\"name\":\"own\""])
        .run();
    Test::new()
        .file("own.toml", format!("{own}\nunheard_of = 1\n"))
        .file("a.jsonl", LISTINGS)
        .args("scan -q a.jsonl --policy own.toml")
        .status(1)
        .stderr_has(&[
            "waaklicht: cannot use the policy `own.toml`:\n  own.toml:",
            "unheard_of",
        ])
        .run();
}
