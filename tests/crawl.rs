//! `waaklicht crawl` as a person runs it: profiles in a folder, a store, exports, stops and kills.

use serde_json::Value;

use crate::running::{On, Running};
use crate::site::Site;
use crate::support::{Ran, Test};

/// Sixteen, and stated so: a case of its own.
const MINOR: &str = "Anna, 16 jaar, Utrecht. Bel 06 1234 0001.";
/// A near miss.
const ADULT: &str = "Bea, 34 jaar, 16 jaar ervaring, Delft. Bel 06 1234 0002.";

/// After a kill a host is left alone for as long as the request under way might have taken, which
/// is `head_ms`.
const CONFIG: &str = "[crawl]\nsites = \"sites\"\npause_seconds = 0\n\
                      [crawl_limits]\nrequests_per_second = 1000\n\
                      [request_limits]\nhead_ms = 1000\n";

/// A folder with a configuration and these site profiles.
fn test(profiles: &[(&str, String)]) -> Test {
    let mut test = Test::new().file("w.toml", CONFIG);
    for (name, profile) in profiles {
        test = test.file(&format!("sites/{name}.toml"), profile);
    }
    test.args("--config w.toml --data data --color never")
}

/// A further command in the same folder.
fn then(ran: Ran, command: &str) -> Test {
    Test::after(ran)
        .args("--config w.toml --data data --color never")
        .args(command)
}

fn rows(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn what_was_crawled_is_exported_and_found_unchanged() {
    let site = Site::with(&[("1", MINOR), ("2", ADULT)]);
    let ran = test(&[("imitation", site.profile("imitation", &[]))])
        .args("crawl")
        .stderr_has(&[
            "4 requests (0 refused by robots.txt): 2 listings new, 0 changed, 0 unchanged, 0 gone; 0 photos hashed\n",
            "2 listings linked and assessed; cases: 1 opened, 0 renewed, 0 reopened, 0 withdrawn\n",
        ])
        .run();
    assert_eq!(ran.stdout, "");

    let ground = "none needed: imitation site, no personal data";
    let ran = then(ran, "export listings")
        .stdout_has(&[MINOR])
        .stderr_has(&["2 rows of listings (listing/v1)", ground])
        .run();
    let listings = ran.stdout.clone();
    let told: Vec<(String, String)> = rows(&listings)
        .iter()
        .map(|row| (row["id"].to_string(), row["text"].to_string()))
        .collect();
    assert_eq!(
        told,
        [
            ("\"imitation:1\"".to_owned(), format!("\"{MINOR}\"")),
            ("\"imitation:2\"".to_owned(), format!("\"{ADULT}\"")),
        ]
    );

    let ran = then(ran, "export assessments")
        .stdout_has(&["assessment/v1"])
        .stderr_has(&["2 rows of assessments (assessment/v1)"])
        .run();
    let assessments = rows(&ran.stdout);
    assert_eq!(assessments[0]["score"]["lane"], "minor");
    assert_eq!(assessments[1]["score"]["lane"], "none");
    assert_eq!(assessments[0]["extracted"]["ages"][0]["value"], 16);

    let ran = then(ran, "export cases")
        .stdout_has(&["imitation:1"])
        .stderr_has(&["1 row of cases", ground])
        .run();
    assert_eq!(rows(&ran.stdout).len(), 1);

    let ran = then(ran, "export audit")
        .stdout_has(&["\"collect\"", "\"combine\"", "\"disclose\""])
        .stderr_has(&["rows of audit"])
        .run();
    for row in rows(&ran.stdout) {
        let row = row.to_string();
        assert!(!row.contains("0001") && !row.contains("Anna"), "{row}");
    }
    let ran = then(ran, "audit verify")
        .stderr_has(&["the audit is whole: "])
        .run();

    // What is exported can be scored again, and the score is the same.
    let ran = Test::after(ran)
        .file("listings.jsonl", &listings)
        .args("-q scan listings.jsonl")
        .stdout_has(&["imitation:1"])
        .run();
    let scanned = rows(&ran.stdout);
    for (scanned, stored) in scanned.iter().zip(&assessments) {
        assert_eq!(scanned["score"], stored["score"]);
        assert_eq!(scanned["findings"], stored["findings"]);
    }

    then(ran, "crawl")
        .stderr_has(&[
            "3 requests (0 refused by robots.txt): 0 listings new, 0 changed, 2 unchanged, 0 gone; 0 photos hashed\n",
            "cases: 0 opened, 0 renewed, 0 reopened, 0 withdrawn\n",
        ])
        .run();
}

#[test]
fn unfit_profiles_are_named_and_the_others_are_visited() {
    let site = Site::with(&[("1", ADULT)]);
    let lapsed = [("review_by = 2999-01-01", "review_by = 2020-01-01")];
    let groundless = [(
        "ground = \"none needed: imitation site, no personal data\"\n",
        "",
    )];
    let ran = test(&[
        ("a-broken", "id = \"broken\"\nname = \"Broken\n".to_owned()),
        ("b-lapsed", site.profile("lapsed", &lapsed)),
        ("c-groundless", site.profile("groundless", &groundless)),
        ("d-twin", site.profile("good", &[])),
        ("good", site.profile("good", &[])),
        ("z-key", site.profile("unknown-key", &[("photos = ", "picture = ")])),
    ])
    .args("crawl")
    .status(3)
    .stderr_has(&[
        "sites/a-broken.toml:2: ",
        "sites/b-lapsed.toml:12: the profile of `lapsed` lapsed at 2020-01-01",
        "sites/c-groundless.toml:6: `legal.ground` is missing: ",
        "sites/good.toml: `good` is the name of `sites/d-twin.toml` already; give each site its own\n",
        "sites/z-key.toml:4: unknown key `picture`; known: ",
        "1 listing new",
    ])
    .run();
    // By name, those that nobody asked for are no business of the crawl.
    let ran = then(ran, "crawl good")
        .status(3)
        .stderr_has(&["sites/good.toml: `good` is the name of", "1 unchanged"])
        .run();
    assert!(!ran.stderr.contains("a-broken"), "{}", ran.stderr);
}

#[test]
fn two_profiles_of_one_host_are_told_apart_before_anything_is_asked() {
    let site = Site::with(&[("1", ADULT)]);
    test(&[
        ("one", site.profile("one", &[])),
        ("other", site.profile("other", &[])),
    ])
    .args("crawl")
    .status(1)
    .stderr_has(&["`one`", "`other`", &site.address.to_string()])
    .run();
    assert!(site.asked().is_empty());
}

#[test]
fn without_a_fit_profile_nothing_is_visited() {
    test(&[])
        .args("crawl")
        .status(1)
        .stderr_has(&[
            "waaklicht: cannot read the site profiles in `sites` (name another folder with \
             `crawl.sites` in the configuration): No such file",
        ])
        .run();
    test(&[])
        .file("sites/README", "no profile")
        .args("crawl")
        .status(1)
        .stderr(
            "waaklicht: no site profile in `sites`: a site is visited only with a profile that \
             states its legal ground (`waaklicht site check` says what a profile needs)\n",
        )
        .run();
    test(&[("a", "id = 3\n".to_owned())])
        .args("crawl")
        .status(1)
        .stderr_has(&[
            "sites/a.toml:1: ",
            "waaklicht: every site profile was refused; no site is visited\n",
        ])
        .run();
    let site = Site::with(&[]);
    test(&[("a", site.profile("known", &[])), ("b", "x".to_owned())])
        .args("crawl known unknown")
        .status(1)
        .stderr_has(&["waaklicht: no fit profile for `unknown` in `sites`\n  sites/b.toml:1: "])
        .run();
    assert!(site.asked().is_empty());
}

#[test]
fn by_default_the_profiles_stand_beside_the_configuration() {
    let site = Site::with(&[("1", ADULT)]);
    Test::new()
        .file("etc/w.toml", "")
        .file("etc/sites/imitation.toml", site.profile("imitation", &[]))
        .args("--config etc/w.toml crawl")
        .stderr_has(&["1 listing new"])
        .run();
}

#[test]
fn only_the_sites_that_are_named_are_visited() {
    let (one, other) = (Site::with(&[("1", ADULT)]), Site::with(&[("1", ADULT)]));
    test(&[
        ("one", one.profile("one", &[])),
        ("other", other.profile("other", &[])),
    ])
    .args("crawl other")
    .stderr_has(&["1 listing new"])
    .run();
    assert!(one.asked().is_empty());
    assert_eq!(other.n_asked("/ad/1"), 1);
}

#[test]
fn a_picture_that_cannot_be_read_costs_nothing_else() {
    let site = Site::with(&[("1", ADULT), ("2", MINOR)]);
    site.listing(
        "1",
        ADULT,
        "<img src='/broken.png'><img src='/missing.png'>",
    );
    site.show("/broken.png", "image/png", "no picture");
    let ran = test(&[("imitation", site.profile("imitation", &[]))])
        .args("crawl")
        .status(3)
        .stderr_has(&[
            &format!(
                "imitation: http://{}/broken.png: picture cannot be read: ",
                site.address
            ),
            &format!(
                "imitation: http://{}/missing.png: answered with 404\n",
                site.address
            ),
            "2 listings new",
            "1 opened",
        ])
        .run();
    then(ran, "export listings")
        .stdout_has(&[ADULT, MINOR, "/broken.png"])
        .stderr_has(&["2 rows"])
        .run();
}

#[test]
fn a_site_that_is_not_there_is_said_and_the_others_are_visited() {
    let site = Site::with(&[("1", ADULT)]);
    let gone = Site::open();
    let profile = gone.profile("gone", &[]);
    drop(gone);
    test(&[("gone", profile), ("here", site.profile("here", &[]))])
        .args("crawl")
        .status(3)
        .stderr_has(&["gone: 127.0.0.1:", "robots.txt", "1 listing new"])
        .run();
}

#[test]
fn a_second_process_on_the_same_store_is_refused_with_a_sentence() {
    let site = Site::with(&[("1", ADULT)]);
    let first = test(&[("imitation", site.profile("imitation", &[]))]).args("crawl --follow");
    let mut running = Running::start(&first);
    running.wait_until("two rounds", || site.n_asked("/") > 1);
    let folder = first.folder().display();
    Test::new()
        .args(&format!(
            "--config {folder}/w.toml --data {folder}/data user disable ann"
        ))
        .status(1)
        .stderr_has(&[
            "is in use by another process, which holds `",
            "stop that one, or let one process do all with `waaklicht run`",
        ])
        .run();
    running.signal("TERM");
    let ended = running.end();
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let rounds = ended.stderr.matches(" linked and assessed").count();
    assert!(rounds > 0, "{}", ended.stderr);
}

/// Killed and stopped in the middle, again and again: what was kept is not fetched again, nothing is
/// lost, and the result is that of a run that nobody disturbed.
#[test]
fn a_run_that_was_ended_goes_on_where_it_was() {
    const N_LISTINGS: usize = 30;
    let keys: Vec<String> = (100..100 + N_LISTINGS).map(|key| key.to_string()).collect();
    let listings: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), ADULT)).collect();
    let site = Site::with(&listings);
    // Looked at once: whoever asks twice does it because it was ended.
    let profile = site.profile(
        "imitation",
        &[("revisit_minutes = 0", "revisit_minutes = 60")],
    );
    let first = test(&[("imitation", profile)]).args("crawl");
    let mut n_ended = 0;
    for (signal, n_asked) in [("KILL", 5), ("TERM", 12), ("KILL", 13), ("INT", 25)] {
        let mut running = Running::start(&first);
        running.wait_until("some requests", || site.asked().len() >= n_asked);
        running.signal(signal);
        let ended = running.end();
        n_ended += 1;
        match signal {
            "KILL" => assert_eq!(ended.status, None),
            _ => {
                assert_eq!(ended.status, Some(0), "{}", ended.stderr);
                let told = "stopped; the next run goes on from here\n";
                assert!(ended.stderr.ends_with(told), "{}", ended.stderr);
            }
        }
    }
    let mut running = Running::start(&first);
    let told = running.wait_for(On::Stderr, " listings linked and assessed");
    assert!(told.starts_with("; cases: "), "{told}");
    assert_eq!(running.end().status, Some(0));

    for key in &keys {
        assert!(site.n_asked(&format!("/ad/{key}")) >= 1, "{key}");
    }
    // The front page and each listing once, robots.txt once, and what was under way at each end.
    let n_needed = 2 + N_LISTINGS;
    let n_twice = site.asked().len() - n_needed;
    assert!(
        n_twice <= n_ended,
        "{n_twice} more requests than needed: {:?}",
        site.asked()
    );

    let folder = first.folder().display();
    let ran = Test::new()
        .args(&format!("-q --data {folder}/data export listings"))
        .stdout_has(&[ADULT])
        .run();
    let exported: Vec<String> = rows(&ran.stdout)
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    let expected: Vec<String> = keys.iter().map(|key| format!("imitation:{key}")).collect();
    assert_eq!(exported, expected);
}
