//! What every answer carries, limits of requests, languages, assets.

use axum::http::{Request, StatusCode, header};
use model::Role;

use super::stage::Stage;
use crate::web::problem::Problem;
use crate::web::words::words;
use crate::web::{Address, Options};
use report::words::Tongue;

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let stage = Stage::new().await;
    let mut signed_in = stage.signed_in(Role::Lead).await;
    let style = style_path(&signed_in.get("/queue").await.body);
    let mut answers = Vec::new();
    for path in [
        "/",
        "/queue",
        "/case/g1",
        "/case/none",
        "/audit",
        "/sign-in",
        "/nothing",
        &style,
        "/assets/none",
    ] {
        answers.push((path.to_owned(), signed_in.get(path).await));
        answers.push((
            format!("{path} signed out"),
            stage.browser().get(path).await,
        ));
        answers.push((format!("POST {path}"), signed_in.post(path, &[]).await));
    }
    let mut elsewhere = stage.browser();
    elsewhere.host = "rebound.example.org".into();
    answers.push(("another host".into(), elsewhere.get("/sign-in").await));
    for (path, answer) in &answers {
        for (name, part) in [
            ("content-security-policy", "default-src 'none'"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
        ] {
            assert!(answer.header(name).contains(part), "{path}: {name}");
        }
        let caching = answer.header("cache-control");
        let expected = if path.starts_with(&style) && answer.status == StatusCode::OK {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        assert_eq!(caching, expected, "{path}");
        for banned in [
            "<script",
            "javascript:",
            "style=\"",
            "<style",
            " onload=",
            " onclick=",
        ] {
            answer.hides(banned);
        }
    }
}

fn style_path(page: &str) -> String {
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn public_pages_ask_for_tls_from_now_on() {
    let stage = Stage::empty(Options {
        address: Address::Public {
            origin: "https://review.example.org".into(),
        },
        ..Options::default()
    })
    .await;
    let answer = stage.browser().get("/sign-in").await;
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
    let local = Stage::new().await.browser().get("/sign-in").await;
    assert_eq!(local.header("strict-transport-security"), "");
}

#[tokio::test]
async fn another_host_is_refused_before_anything_else() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Lead).await;
    browser.host = "rebound.example.org".into();
    let answer = browser.get("/case/g1").await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
    answer.hides("telefoniste");
}

#[tokio::test]
async fn large_requests_are_refused() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Lead).await;
    let request = Request::get("/queue").header("x-much", "a".repeat(17 * 1024));
    let answer = browser.send(request, String::new()).await;
    assert_eq!(answer.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    let answer = browser
        .post("/sign-out", &[("note", &"a".repeat(65 * 1024))])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.shows("Too much text");
    let request = Request::post("/sign-out")
        .header(header::ORIGIN, "http://localhost:8080")
        .header(header::CONTENT_TYPE, "application/json");
    let answer = browser.send(request, "{}".into()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn each_page_is_there_in_both_languages_and_switches() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Lead).await;
    for (path, dutch, english) in [
        ("/queue", "Wachtrij", "Queue"),
        ("/queue?lane=organised", "georganiseerd", "organised"),
        (
            "/case/g1",
            "Een advertentie bewijst niets.",
            "An advertisement proves nothing.",
        ),
        (
            "/case/g1",
            "+35 punten reden van WL-C4",
            "+35 points reason of WL-C4",
        ),
        ("/nothing", "Niet gevonden", "Not found"),
    ] {
        for (code, shown) in [("nl", dutch), ("en", english)] {
            let joint = if path.contains('?') { '&' } else { '?' };
            let answer = browser.get(&format!("{path}{joint}lang={code}")).await;
            answer.shows(shown);
            assert!(
                answer.body.contains(&format!("<html lang=\"{code}\">")),
                "{path}"
            );
            let again = browser.get(path).await;
            again.shows(shown);
            assert_eq!(
                browser.cookies["waaklicht-language"], code,
                "the choice is kept"
            );
            let other = if code == "nl" { "en" } else { "nl" };
            assert!(
                again.body.contains(&format!("lang={other}\"")),
                "{path}: no switch"
            );
        }
    }
}

#[test]
fn every_problem_has_a_title_and_a_way_out_in_both_languages() {
    for problem in Problem::ALL {
        let [dutch, english] = Tongue::ALL.map(|tongue| (words(tongue).problem)(problem));
        assert_ne!(dutch, english, "{problem:?}");
        assert!(problem.status().is_client_error() || problem.status().is_server_error());
    }
}

#[tokio::test]
async fn the_stylesheet_is_served_under_the_name_of_its_content() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let path = style_path(&browser.get("/sign-in").await.body);
    let answer = browser.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert!(
        path.contains(&model::Digest::of(answer.body.as_bytes()).short()),
        "{path}"
    );
    let old = browser.get("/assets/style-000000000000.css").await;
    assert_eq!(old.status, StatusCode::NOT_FOUND);
}
