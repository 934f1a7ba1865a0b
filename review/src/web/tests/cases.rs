//! The queue, case and audit pages: what they show, to whom, and the rows they leave.

use axum::http::StatusCode;
use model::{Band, Family, Lane, Role};

use super::seeds::{Seed, driver, minor};
use super::stage::Stage;
use crate::web::Options;

#[tokio::test]
async fn who_may_see_which_page() {
    use Role::{Admin, Auditor, Lead, MinorReviewer, Reader, Reviewer, RuleEditor};
    let stage = Stage::new().await;
    let minor_case = format!("/case/{}", minor().case());
    let pages = [
        "/queue",
        "/queue?lane=minor",
        "/case/g1",
        &minor_case,
        "/audit",
    ];
    let (yes, no) = (StatusCode::OK, StatusCode::FORBIDDEN);
    for (role, expected) in [
        (Reader, [yes, no, yes, no, no]),
        (Reviewer, [yes, no, yes, no, no]),
        (MinorReviewer, [yes, yes, yes, yes, no]),
        (Lead, [yes, yes, yes, yes, no]),
        (RuleEditor, [yes, no, no, no, no]),
        (Auditor, [no, no, no, no, yes]),
        (Admin, [no, no, no, no, no]),
    ] {
        let mut browser = stage.signed_in(role).await;
        for (page, status) in pages.iter().zip(expected) {
            let before = stage.audit().await.len();
            let answer = browser.get(page).await;
            assert_eq!(answer.status, status, "{role} {page}");
            let rows = stage.audit().await;
            assert_eq!(
                rows.len(),
                before + 1,
                "{role} {page}: one row for each look or refusal"
            );
            let action = if status == yes { "consult" } else { "refuse" };
            let row = rows.last().unwrap();
            assert!(
                row.starts_with(&format!("{role} {action} ")),
                "{page}: {row}"
            );
        }
    }
}

#[tokio::test]
async fn the_rows_name_what_was_looked_at() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let minor_case = minor().case();
    browser.get("/queue").await;
    browser.get("/queue?lane=organised").await;
    browser.get("/case/g1").await;
    browser.get(&format!("/case/{minor_case}")).await;
    assert_eq!(
        stage.audit().await[1..],
        [
            "reviewer consult queue:all review".to_owned(),
            "reviewer consult queue:organised review".to_owned(),
            "reviewer consult case:g1 review".to_owned(),
            format!("reviewer refuse case:{minor_case} see-minor-case"),
        ]
    );
}

#[tokio::test]
async fn nobody_sees_a_page_without_signing_in() {
    let stage = Stage::new().await;
    for page in ["/", "/queue", "/case/g1", "/audit"] {
        assert_eq!(
            stage.browser().get(page).await.location(),
            "/sign-in",
            "{page}"
        );
    }
    assert!(stage.audit().await.is_empty());
}

#[tokio::test]
async fn roles_without_pages_are_told_so() {
    let stage = Stage::new().await;
    let answer = stage.signed_in(Role::Admin).await.get("/").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer.shows("Your role has no pages here");
    let answer = stage.signed_in(Role::Auditor).await.get("/").await;
    assert_eq!(answer.location(), "/audit");
}

#[tokio::test]
async fn the_queue_shows_the_most_urgent_lane_first_to_those_who_may() {
    let stage = Stage::new().await;
    let answer = stage.signed_in(Role::Lead).await.get("/queue").await;
    let words = answer.words();
    let minor_at = words.find(minor().case().as_str()).expect(&words);
    assert!(minor_at < words.find("g1 ").expect(&words), "{words}");
    answer.shows("▲ minor hard finding ▰▰▰ high 110 age under 18; disguised number · text 1 ");
    answer.shows("g1 ● organised ▰▰▱ medium 75 contact of several advertisers; movement restricted; somebody else answers or arranges · text, contact 3 ");

    let answer = stage.signed_in(Role::Reader).await.get("/queue").await;
    answer.hides(minor().case().as_str());
    answer.hides("lane-minor");
    answer.shows("g1 ● organised");
}

#[tokio::test]
async fn the_queue_is_paged_by_key() {
    let stage = Stage::empty(Options {
        page_rows: 2,
        ..Options::default()
    })
    .await;
    let seeds: Vec<Seed> = (0..5)
        .map(|n| {
            Seed::plain(&format!("proefsite:{n}"), "Onze telefoniste plant alles")
                .found("WL-C4", Family::Organisation, 60 + n, false, "telefoniste")
                .raised(Lane::Organised, Band::High, "line")
        })
        .collect();
    stage.seed(&seeds).await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let mut address = "/queue?lane=organised".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = browser.get(&address).await;
        let ids: Vec<String> = answer
            .body
            .match_indices("<a href=\"/case/")
            .map(|(at, start)| {
                answer.body[at + start.len()..]
                    .split('"')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert!(ids.len() <= 2);
        seen.extend(ids);
        let Some((_, next)) = answer.body.split_once("rel=\"next\" href=\"") else {
            break;
        };
        address = next.split('"').next().unwrap().replace("&amp;", "&");
    }
    let expected: Vec<String> = seeds
        .iter()
        .rev()
        .map(|seed| seed.case().to_string())
        .collect();
    assert_eq!(seen, expected, "by points, each once");
}

#[tokio::test]
async fn a_filter_out_of_the_list_falls_back_to_all_open_cases() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Lead).await;
    for address in [
        "/queue?lane=people&state=lost",
        "/queue?lane=spam&state=withdrawn",
        "/queue?after=%F0%28",
        "/queue?lane=%22%3E%3Cscript%3E",
    ] {
        let answer = browser.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        answer.shows("g1 ● organised");
        answer.hides("<script");
    }
    let answer = browser.get("/queue?after=g999").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "no such case");
    browser
        .get("/queue?state=decided")
        .await
        .shows("Nothing waits here");
}

#[tokio::test]
async fn a_case_shows_facts_apart_from_inferences_and_why_it_is_here() {
    let stage = Stage::new().await;
    let answer = stage.signed_in(Role::Reader).await.get("/case/g1").await;
    answer.shows("An advertisement proves nothing.");
    answer.shows("1 of 3 listings raised it: enough points, from several kinds of evidence");
    answer.shows("Facts: what it says");
    answer.shows("Inferences of rules");
    answer.shows("+35 points reason of WL-C4");
    answer.shows("WL-C4 v2 · C4");
    answer.shows("advertisers with the same contact in 90 days: 3 with proefsite:21 , elders:9");
    answer.shows("Points: organisation 45 + contact 30 = 75");
    answer.shows("organisation (up to the cap) 55 45");
    answer.shows("Total 75");
    answer.shows("Raises a case: not by itself (0 points of 60)");
    answer.shows("3 of 3 listings are linked to another by the same number or address");
    answer.shows("proefsite:20 proefsite:21 the same number or address");
    answer.shows("proefsite:22 Utrecht 2026-02-27 12:00 2026-03-01 10:00 2026-03-01 10:00 yes");
    answer.shows("Your role may read this case, but not decide it.");
    answer.hides("<img src=\"http");
}

/// Two listings of one group whose rules agree are told once, with the most points and all quotes.
#[tokio::test]
async fn what_a_rule_found_in_several_listings_is_told_once() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let answer = browser.get("/case/g1").await;
    let words = answer.words();
    let (why, listings) = words
        .split_once("Listings, and what was found in them")
        .unwrap();
    assert_eq!(why.matches("reason of WL-C4").count(), 1, "{why}");
    assert_eq!(
        listings.matches("reason of WL-C4").count(),
        2,
        "in their lists"
    );
    answer.shows("+35 points reason of WL-C4 Onze telefoniste plant alles in 2 of 3 listings");
    answer.shows("+30 points reason of WL-C1 advertisers with the same contact in 90 days: 3 in 1 of 3 listings");
    let order: Vec<usize> = ["WL-C4", "WL-C1", "WL-C20"]
        .iter()
        .map(|rule| why.find(&format!("reason of {rule}")).unwrap())
        .collect();
    assert!(order.is_sorted(), "the strongest first: {why}");
    answer.shows("Speaks against concern Nothing was found");
}

#[tokio::test]
async fn one_listing_is_not_told_twice() {
    let stage = Stage::new().await;
    let path = format!("/case/{}", minor().case());
    let answer = stage.signed_in(Role::Lead).await.get(&path).await;
    answer.shows("The listing raised it: a hard finding that somebody is under 18.");
    let words = answer.words();
    assert_eq!(
        words.matches("+100 points reason of WL-M1").count(),
        1,
        "{words}"
    );
}

/// Words that are in English only are marked so for screen readers, on Dutch pages too.
#[tokio::test]
async fn what_the_scorer_says_in_english_is_marked() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let answer = browser.get("/case/g1?lang=nl").await;
    answer.shows("Geeft aanleiding tot een zaak: niet op zichzelf (0 points of 60)");
    assert!(answer.body.contains("lang=\"en\">(0 points of 60)"));
}

#[tokio::test]
async fn a_case_that_is_not_there() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Lead).await;
    for path in ["/case/g9", "/case/G%20X", "/case/%3Cscript%3E", "/nothing"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        answer.hides("<script");
    }
}

#[tokio::test]
async fn large_cases_are_paged_with_those_that_raised_it_first() {
    let stage = Stage::empty(Options {
        members_per_page: 3,
        ..Options::default()
    })
    .await;
    let mut seeds = vec![driver()];
    for n in 0..6 {
        seeds.push(Seed::plain(&format!("proefsite:a{n}"), "Ida, 31 jaar.").in_group("g1"));
    }
    stage.seed(&seeds).await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let mut shown = Vec::new();
    let mut address = "/case/g1".to_owned();
    loop {
        let answer = browser.get(&address).await;
        shown.extend(
            answer
                .body
                .match_indices("<summary><h3>")
                .map(|(at, start)| {
                    answer.body[at + start.len()..]
                        .split('<')
                        .next()
                        .unwrap()
                        .to_owned()
                }),
        );
        let Some((_, next)) = answer.body.split_once("rel=\"next\" href=\"") else {
            break;
        };
        address = next.split(['"', '#']).next().unwrap().to_owned();
    }
    let mut expected = vec!["proefsite:20".to_owned()];
    expected.extend((0..6).map(|n| format!("proefsite:a{n}")));
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn the_audit_shows_its_rows_and_says_whether_it_is_whole() {
    let stage = Stage::new().await;
    stage.signed_in(Role::Reader).await.get("/case/g1").await;
    let mut browser = stage.signed_in(Role::Auditor).await;
    let answer = browser.get("/audit").await;
    answer.shows("reader consult case:g1 review");
    answer.hides("The audit is whole");
    browser
        .get("/audit?verify=1")
        .await
        .shows("The audit is whole:");
    let rows = stage.audit().await;
    assert_eq!(rows.last().unwrap(), "auditor consult class:audit audit");
}
