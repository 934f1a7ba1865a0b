//! `waaklicht demo` as a person runs it.
//!
//! Two runs to the end, `--exit` and with the review pages, are shared by all tests that look at
//! what they printed and left; politeness and the findings themselves are tested in `invariants.rs`,
//! without the program around them.

use std::fs;
use std::net::TcpListener;
use std::sync::LazyLock;

use demo::World;
use model::Clock;

use crate::invariants;
use crate::running::{Ended, On, Running, names};
use crate::support::Test;
use crate::visitor::{Page, Visitor};

/// A demo that went to its end.
struct Shown {
    ended: Ended,
    /// What it left in the temporary folder.
    left: Vec<String>,
}

/// What a person saw on the review pages of a demo.
struct Walk {
    before_signing_in: Page,
    wrong_password: Page,
    queue: Page,
    case: Page,
}

struct Runs {
    exit: Shown,
    serve: Shown,
    walk: Walk,
}

/// Side by side, as each takes 20 s for its delays; so does the world of `invariants`, which the
/// other half of the tests wait for.
static RUNS: LazyLock<Runs> = LazyLock::new(|| {
    std::thread::scope(|scope| {
        let exit = scope.spawn(|| {
            let test = Test::new().args("demo --exit");
            let ended = Running::start(&test).end();
            let left = names(&test);
            Shown { ended, left }
        });
        scope.spawn(invariants::visit);
        let (serve, walk) = serve();
        Runs {
            exit: exit.join().unwrap(),
            serve,
            walk,
        }
    })
});

/// The whole way of a person: the summary, the address, the one-time password, a case, Ctrl-C. On a
/// day that is named, which begins and then runs on as any other.
fn serve() -> (Shown, Walk) {
    let test = Test::new().args("demo --serve 0 --as-of 2026-03-03T09:30:00Z");
    let mut running = Running::start(&test);
    let told = running.wait_for(On::Stdout, "review pages: http://");
    let (address, rest) = told.split_once("/  user: ").unwrap();
    let (user, password) = rest.split_once("  password: ").unwrap();
    let mut visitor = Visitor::new(address);
    let before_signing_in = visitor.get("/queue");
    let wrong_password = visitor.try_sign_in(user, "a wrong password");
    visitor.sign_in(user, password);
    let queue = visitor.get("/queue");
    let case = visitor.get(&queue.first_link("/case/"));
    running.signal("INT");
    let ended = running.end();
    let left = names(&test);
    let walk = Walk {
        before_signing_in,
        wrong_password,
        queue,
        case,
    };
    (Shown { ended, left }, walk)
}

/// The lines of a section of a summary, its heading left out.
#[track_caller]
fn section<'s>(summary: &'s str, heading: &str) -> Vec<&'s str> {
    let mut lines = summary.lines();
    assert!(lines.any(|line| line == heading), "{summary}");
    lines.take_while(|line| !line.is_empty()).collect()
}

#[test]
fn the_summary_has_its_sections_in_order() {
    let headings: Vec<&str> = RUNS
        .exit
        .ended
        .stdout
        .lines()
        .filter(|line| !line.starts_with(' ') && !line.is_empty())
        .collect();
    let [sections @ .., last] = &headings[..] else {
        panic!("{}", RUNS.exit.ended.stdout);
    };
    assert_eq!(
        sections,
        [
            "Crawl",
            "Listings by band and lane",
            "Groups and what joins them",
            "Cases in the queue",
            "Expected against found",
        ]
    );
    assert!(last.contains(" situations as expected, 0 requests against robots.txt, "));
}

/// The rows of the crawl: round, site, requests, refused, new, changed, unchanged, gone, …
#[track_caller]
fn check_crawl(summary: &str) {
    let rows = section(summary, "Crawl");
    assert!(rows[0].contains("refused by robots"), "{summary}");
    let cells: Vec<Vec<&str>> = rows[1..]
        .iter()
        .map(|row| row.split_whitespace().collect())
        .collect();
    let told: Vec<[&str; 2]> = cells.iter().map(|row| [row[0], row[1]]).collect();
    let expected: Vec<[&str; 2]> = ["1", "2"]
        .iter()
        .flat_map(|round| ["gallery", "kleinboerse", "marktplein"].map(|site| [*round, site]))
        .collect();
    assert_eq!(told, expected);
    let sum = |round: &str, column: usize| -> u64 {
        let rows = cells.iter().filter(|row| row[0] == round);
        rows.map(|row| row[column].parse::<u64>().unwrap()).sum()
    };
    assert!(sum("1", 2) > 200 && sum("2", 2) > 150, "{summary}");
    assert!(sum("1", 4) >= 145 && sum("2", 4) == 0, "{summary}");
    assert_eq!((sum("2", 5), sum("2", 7)), (1, 1), "{summary}");
}

#[test]
fn the_crawl_is_told_by_round_and_site() {
    check_crawl(&RUNS.exit.ended.stdout);
    let rounds = RUNS.exit.ended.stderr.matches("Round ").count();
    assert_eq!(rounds, 2, "{}", RUNS.exit.ended.stderr);
}

#[test]
fn every_planted_situation_has_a_row() {
    let rows = section(&RUNS.exit.ended.stdout, "Expected against found");
    let world = World::new(cli::SystemClock.now());
    for situation in world.situations() {
        let title = &situation.title.en;
        let row = rows.iter().find(|row| row.contains(title.as_str()));
        let row = row.unwrap_or_else(|| panic!("no row `{title}`:\n{}", RUNS.exit.ended.stdout));
        let verdict = row.split_whitespace().next().unwrap();
        assert!(["ok", "NO"].contains(&verdict), "{row}");
        let n_listings = situation.members.len().to_string();
        assert!(
            row.split_whitespace().any(|word| word == n_listings),
            "{row}"
        );
    }
}

/// The exit code says what the table says.
#[test]
fn the_exit_code_is_that_of_the_table() {
    let rows = section(&RUNS.exit.ended.stdout, "Expected against found");
    let differs = rows.iter().any(|row| row.trim_start().starts_with("NO "));
    assert_eq!(
        RUNS.exit.ended.status,
        Some(i32::from(differs)),
        "{}",
        RUNS.exit.ended.stderr
    );
}

#[test]
fn everything_planted_is_found_and_the_exit_code_is_zero() {
    let n_situations = World::new(cli::SystemClock.now()).situations().len();
    let all = format!("\n{n_situations} of {n_situations} situations as expected, ");
    assert!(
        RUNS.exit.ended.stdout.contains(&all),
        "{}",
        RUNS.exit.ended.stdout
    );
    assert_eq!(RUNS.exit.ended.status, Some(0));
}

#[test]
fn nothing_is_left_behind() {
    assert_eq!(RUNS.exit.left, [""; 0]);
}

/// The folder of the demo inside the test's own, once its database is there.
fn wait_for_its_data(test: &Test, running: &mut Running) {
    running.wait_until("its database", || {
        names(test)
            .iter()
            .any(|name| test.folder().join(name).join("waaklicht.db").exists())
    });
}

#[test]
fn ctrl_c_during_the_crawl_ends_it_and_removes_its_data() {
    for signal in ["INT", "TERM"] {
        let test = Test::new().args("demo");
        let mut running = Running::start(&test);
        running.wait_for(On::Stderr, "Round 1");
        wait_for_its_data(&test, &mut running);
        running.signal(signal);
        let ended = running.end();
        assert_eq!(ended.status, Some(1), "{}", ended.stderr);
        assert!(
            ended.stderr.ends_with("stopped; nothing was kept\n"),
            "{}",
            ended.stderr
        );
        assert_eq!(ended.stdout, "");
        assert_eq!(names(&test), [""; 0]);
    }
}

/// From its first moment on: whenever the signal comes, nothing is left.
#[test]
fn ctrl_c_at_any_moment_leaves_nothing() {
    for _ in 0..5 {
        let test = Test::new().args("demo");
        let mut running = Running::start(&test);
        running.wait_until("its folder", || !names(&test).is_empty());
        running.signal("INT");
        let ended = running.end();
        assert_eq!(ended.status, Some(1), "{}", ended.stderr);
        let told = "stopped; nothing was kept\n";
        assert!(ended.stderr.ends_with(told), "{}", ended.stderr);
        assert_eq!(names(&test), [""; 0]);
    }
}

#[test]
fn asked_twice_it_ends_at_once_and_removes_its_data() {
    let test = Test::new().args("demo");
    let mut running = Running::start(&test);
    wait_for_its_data(&test, &mut running);
    running.wait_for(On::Stderr, "Round 1");
    running.signal("INT");
    running.signal("TERM");
    let ended = running.end();
    assert_eq!(ended.status, Some(1), "{}", ended.stderr);
    assert_eq!(names(&test), [""; 0]);
}

#[test]
fn the_pages_open_with_the_password_it_prints() {
    let Walk {
        before_signing_in,
        wrong_password,
        queue,
        case,
    } = &RUNS.walk;
    assert_eq!(before_signing_in.status, 303, "nobody sees it without");
    assert_eq!(wrong_password.status, 422, "{}", wrong_password.body);
    assert_eq!(queue.status, 200, "{}", queue.body);
    assert_eq!(case.status, 200, "{}", case.body);
    assert!(
        case.body.contains("<mark"),
        "nothing is lit:\n{}",
        case.body
    );
}

#[test]
fn ctrl_c_closes_the_pages_and_removes_the_data() {
    let ended = &RUNS.serve.ended;
    check_crawl(&ended.stdout);
    assert_eq!(ended.status, RUNS.exit.ended.status, "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 2, "{}", ended.stderr);
    assert_eq!(RUNS.serve.left, [""; 0]);
}

#[test]
fn a_port_in_use_is_said_at_once() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = Test::new()
        .args(&format!("demo --serve {port}"))
        .status(1)
        .stderr_has(&[
            &format!(
                "waaklicht: cannot serve the review pages on `127.0.0.1:{port}` (choose another \
                 port, or 0 for a free one): "
            ),
            "in use",
        ])
        .run();
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert_eq!(ran.names(), [""; 0]);
}

#[test]
fn what_is_kept_stays_and_is_not_written_over() {
    let test = Test::new().args("demo --keep here/below");
    let mut running = Running::start(&test);
    let database = test.folder().join("here/below/waaklicht.db");
    running.wait_until("its database", || database.exists());
    running.wait_for(On::Stderr, "Round 1");
    running.signal("INT");
    let ended = running.end();
    assert_eq!(ended.status, Some(1), "{}", ended.stderr);
    assert!(
        ended
            .stderr
            .ends_with("stopped; what was crawled is in `here/below`\n"),
        "{}",
        ended.stderr
    );
    let before = fs::read(&database).unwrap();
    let folder = test.folder().join("here/below").display().to_string();
    Test::new()
        .args(&format!("demo --exit --keep {folder}"))
        .status(1)
        .stderr(&format!(
            "waaklicht: `{folder}` is not empty; name a new folder\n"
        ))
        .run();
    assert_eq!(fs::read(&database).unwrap(), before);
    // What was kept is a store like any other.
    Test::new()
        .args(&format!("--data {folder} audit verify"))
        .stderr_has(&["the audit is whole: "])
        .run();
}

#[test]
fn a_place_that_cannot_be_had_is_named() {
    Test::new()
        .args("demo --exit")
        .variable("TMPDIR", "/nowhere/at/all")
        .status(1)
        .stderr_has(&[
            "waaklicht: cannot make a temporary folder (set `TMPDIR` to one that can be written, \
             or name one with `--keep DIR`): ",
            "/nowhere/at/all",
        ])
        .run();
    Test::new()
        .file("file", "")
        .args("demo --exit --keep file/below")
        .status(1)
        .stderr_has(&["waaklicht: cannot keep the demo in `file/below`: "])
        .run();
}

/// A temporary folder that is too small from the beginning, and one that fills up on the way. Needs
/// the right to mount, as root or in a namespace of its own.
#[test]
#[cfg(target_os = "linux")]
fn a_full_temporary_folder_is_said_with_the_way_out() {
    for kib in [64, 768] {
        let test = Test::new();
        let small = test.folder().join("small");
        fs::create_dir(&small).unwrap();
        let script = format!(
            "mount -t tmpfs -o size={kib}k tmpfs {small} || exit 77\n\
             TMPDIR={small} {program} demo --exit\n\
             status=$?\n\
             ls {small}\n\
             exit $status\n",
            small = small.display(),
            program = env!("CARGO_BIN_EXE_waaklicht"),
        );
        let output = std::process::Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
            .env("HOME", test.folder())
            .output();
        let output = match output {
            Ok(output) if ![Some(77), None].contains(&output.status.code()) => output,
            _ => {
                eprintln!("SKIPPED: no right to mount a small folder");
                return;
            }
        };
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{kib} KiB: {told}");
        let place = format!("waaklicht: the demo keeps its data in `{}", small.display());
        for part in [
            place.as_str(),
            "(give it another place with `--keep DIR` or `TMPDIR`): ",
            "full",
        ] {
            assert!(told.contains(part), "{kib} KiB: no `{part}` in:\n{told}");
        }
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            "",
            "{kib} KiB: left behind"
        );
    }
}
