//! `waaklicht review` and `waaklicht run`: the pages over a store that a crawl filled.

use std::net::TcpListener;

use crate::running::{On, Running};
use crate::site::Site;
use crate::support::Test;
use crate::visitor::Visitor;

const MINOR: &str = "Anna, 16 jaar, Utrecht. Bel 06 1234 0001.";
const PASSWORD: &str = "a long enough password";
/// Sites stand in `sites` beside it. A password costs next to nothing here.
const CONFIG: &str = "[review]\npassword_memory_kib = 8192\npassword_passes = 1\n";

/// A folder with a configuration and a profile of this site.
fn test(site: &Site) -> Test {
    Test::new()
        .file("w.toml", CONFIG)
        .file("sites/imitation.toml", site.profile("imitation", &[]))
        .args("--config w.toml --data data")
}

/// A test in the folder of another one, which stays its owner.
fn beside(test: &Test, command: &str) -> Test {
    let folder = test.folder().display();
    Test::new()
        .args(&format!("--config {folder}/w.toml --data {folder}/data"))
        .args(command)
}

fn add_user(test: &Test, name: &str, roles: &str) {
    beside(test, &format!("user add {name} {roles} --password-stdin"))
        .stdin(&format!("{PASSWORD}\n"))
        .stderr(&format!("`{name}` may sign in\n"))
        .run();
}

#[test]
fn it_says_where_the_pages_are_and_that_nobody_may_sign_in_yet() {
    let test = test(&Site::with(&[])).args("review --listen 127.0.0.1:0");
    for signal in ["TERM", "INT"] {
        let mut running = Running::start(&test);
        let address = running.wait_for(On::Stderr, "review pages: http://");
        let address = address.trim_end_matches('/');
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        let mut visitor = Visitor::new(address);
        assert_eq!(visitor.get("/sign-in").status, 200);
        assert_ne!(visitor.try_sign_in("ann", PASSWORD).status, 303);
        running.signal(signal);
        let ended = running.end();
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        assert_eq!(ended.stdout, "");
        assert_eq!(
            ended.stderr,
            format!(
                "nobody may sign in yet: end this and run `waaklicht user add NAME --role \
                 reviewer`\nreview pages: http://{address}/\n"
            )
        );
    }
}

#[test]
fn a_reader_sees_the_case_that_a_crawl_made() {
    let site = Site::with(&[("1", MINOR)]);
    let test = test(&site).args("review --listen 127.0.0.1:0");
    beside(&test, "crawl")
        .stderr_has(&["cases: 1 opened"])
        .run();
    add_user(&test, "ann", "--role reviewer --role minor-reviewer");
    add_user(&test, "bob", "--role reviewer");

    let mut running = Running::start(&test);
    let address = running.wait_for(On::Stderr, "review pages: http://");
    let mut ann = Visitor::new(address.trim_end_matches('/'));
    ann.sign_in("ann", PASSWORD);
    let queue = ann.get("/queue");
    assert_eq!(queue.status, 200);
    let case = queue.first_link("/case/");
    let page = ann.get(&case);
    assert_eq!(page.status, 200);
    for part in ["Anna", "16 jaar", "<mark", "imitation:1"] {
        assert!(page.body.contains(part), "no `{part}`:\n{}", page.body);
    }
    // The minor lane is not for everybody.
    let mut bob = Visitor::new(address.trim_end_matches('/'));
    bob.sign_in("bob", PASSWORD);
    assert!(!bob.get("/queue").body.contains(&case));
    assert_eq!(bob.get(&case).status, 403);

    running.signal("TERM");
    let ended = running.end();
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    assert!(
        !ended.stderr.contains("nobody may sign in"),
        "{}",
        ended.stderr
    );

    let ran = beside(&test, "export audit -q")
        .stdout_has(&[
            "\"sign-in\"",
            "\"consult\"",
            "\"refuse\"",
            "\"ann\"",
            "\"bob\"",
        ])
        .run();
    assert!(!ran.stdout.contains("Anna") && !ran.stdout.contains("0001"));
}

#[test]
fn run_crawls_while_it_serves() {
    let site = Site::with(&[("1", MINOR)]);
    let test = test(&site).args("run --listen 127.0.0.1:0");
    add_user(&test, "ann", "--role minor-reviewer");
    let mut running = Running::start(&test);
    let address = running.wait_for(On::Stderr, "review pages: http://");
    running.wait_for(On::Stderr, "cases: 1 opened");
    let mut ann = Visitor::new(address.trim_end_matches('/'));
    ann.sign_in("ann", PASSWORD);
    let case = ann.get("/queue").first_link("/case/");
    assert!(ann.get(&case).body.contains("16 jaar"));
    assert_eq!(site.n_asked("/ad/1"), 1);
    running.signal("TERM");
    let ended = running.end();
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    beside(&test, "audit verify")
        .stderr_has(&["the audit is whole: "])
        .run();
}

#[test]
fn a_stop_in_the_middle_of_a_round_ends_both() {
    let listings: Vec<String> = (0..200).map(|key| key.to_string()).collect();
    let listings: Vec<(&str, &str)> = listings.iter().map(|key| (key.as_str(), MINOR)).collect();
    let site = Site::with(&listings);
    let test = test(&site).args("run --listen 127.0.0.1:0");
    let mut running = Running::start(&test);
    running.wait_until("some requests", || site.asked().len() > 5);
    running.signal("TERM");
    let ended = running.end();
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    assert!(
        ended
            .stderr
            .ends_with("stopped; the next run goes on from here\n"),
        "{}",
        ended.stderr
    );
    assert!(site.asked().len() < 200);
}

#[test]
fn a_port_in_use_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let site = Site::with(&[]);
    for command in ["review", "run"] {
        test(&site)
            .args(&format!("{command} --listen 127.0.0.1:{port}"))
            .status(1)
            .stderr_has(&[
                &format!("waaklicht: cannot serve the review pages on `127.0.0.1:{port}` (choose another port"),
                "in use",
            ])
            .run();
    }
    assert!(site.asked().is_empty());
}

#[test]
fn run_without_a_fit_profile_ends_before_anything_is_opened() {
    let ran = Test::new()
        .file("w.toml", CONFIG)
        .file("sites/a.toml", "id = 3\n")
        .args("--config w.toml --data data run")
        .status(1)
        .stderr_has(&["sites/a.toml:1: ", "every site profile was refused"])
        .run();
    assert_eq!(ran.names(), ["sites", "w.toml"]);
}
