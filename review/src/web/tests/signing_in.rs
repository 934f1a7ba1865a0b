//! Signing in and out, sessions and their limits, cookies.

use axum::http::StatusCode;
use model::{Actor, Role};
use store::User;

use super::stage::{PASSWORD, Stage, save_user};
use crate::web::{Address, Options};

const MINUTE_MS: i64 = 60_000;

#[tokio::test]
async fn the_right_password_opens_the_queue() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let answer = browser.get("/queue").await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/sign-in")
    );

    let answer = browser.sign_in("reviewer", PASSWORD).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/")
    );
    let answer = browser.get("/").await;
    assert_eq!(answer.location(), "/queue");
    let answer = browser.get("/queue").await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.shows("Signed in as reviewer");
    assert_eq!(
        stage.audit().await[0],
        "reviewer sign-in user:reviewer sign-in"
    );
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_get_the_same_answer() {
    let stage = Stage::new().await;
    let mut pages = Vec::new();
    for (name, password) in [
        ("reviewer", "zeventien schepen"),
        ("nobody", PASSWORD),
        ("no such name at all!", PASSWORD),
        ("", ""),
    ] {
        let mut browser = stage.browser();
        let answer = browser.sign_in(name, password).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        answer.shows("Name and password do not belong together");
        assert!(!browser.cookies.contains_key("waaklicht-session"), "{name}");
        pages.push(answer.body.replace(&answer.hidden("form-token"), ""));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1, "the pages tell which names exist");
    assert_eq!(
        stage.audit().await,
        [
            "process:review refuse user:reviewer sign-in",
            "process:review refuse class:unknown-user sign-in",
            "process:review refuse class:unknown-user sign-in",
            "process:review refuse class:unknown-user sign-in",
        ]
    );
}

#[tokio::test]
async fn a_disabled_user_gets_the_same_answer_and_loses_the_session() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    assert_eq!(browser.get("/queue").await.status, StatusCode::OK);
    let name = Actor::new("reviewer").unwrap();
    let known = stage
        .state
        .store
        .read(move |tx| tx.user(&name))
        .await
        .unwrap()
        .unwrap();
    save_user(
        &stage.state.store,
        User {
            disabled: true,
            ..known
        },
    )
    .await;
    assert_eq!(browser.get("/queue").await.location(), "/sign-in?ended=1");
    let answer = stage.browser().sign_in("reviewer", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("Name and password do not belong together");
}

#[tokio::test]
async fn attempts_are_limited_for_a_name_and_the_right_password_waits_too() {
    let stage = Stage::empty(Options {
        attempts_per_user_per_minute: 2,
        ..Options::default()
    })
    .await;
    let mut browser = stage.browser();
    for _ in 0..2 {
        let answer = browser.sign_in("lead", "wrong").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = browser.sign_in("lead", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("retry-after"), "60");
    answer.shows("Too many attempts");
    let answer = browser.sign_in("reader", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "another name is free");

    stage.turn_clock(MINUTE_MS);
    let answer = stage.browser().sign_in("lead", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_at_its_absolute_limit() {
    let options = Options {
        session_idle_minutes: 30,
        session_absolute_minutes: 100,
        ..Options::default()
    };
    let stage = Stage::empty(options).await;
    let mut browser = stage.signed_in(Role::Reader).await;
    // Used every 25 minutes it lives on, up to 100 minutes.
    for _ in 0..3 {
        stage.turn_clock(25 * MINUTE_MS);
        assert_eq!(browser.get("/queue").await.status, StatusCode::OK);
    }
    stage.turn_clock(25 * MINUTE_MS);
    let answer = browser.get("/queue").await;
    assert_eq!(answer.location(), "/sign-in?ended=1");
    browser
        .get("/sign-in?ended=1")
        .await
        .shows("The session has ended");

    let mut browser = stage.signed_in(Role::Reader).await;
    stage.turn_clock(30 * MINUTE_MS);
    assert_eq!(browser.get("/queue").await.location(), "/sign-in?ended=1");
}

#[tokio::test]
async fn signing_out_ends_the_session_in_the_store_too() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let stolen = browser.cookies.clone();
    let token = browser.get("/queue").await.hidden("form-token");
    let answer = browser.post("/sign-out", &[("form-token", &token)]).await;
    assert_eq!(answer.location(), "/sign-in?out=1");
    assert!(!browser.cookies.contains_key("waaklicht-session"));
    browser.cookies = stolen;
    assert_eq!(browser.get("/queue").await.location(), "/sign-in?ended=1");
    let audit = stage.audit().await;
    assert_eq!(audit.last().unwrap(), "reader sign-in user:reader sign-out");
}

#[tokio::test]
async fn each_sign_in_gives_a_new_token_and_ends_the_one_before() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let first = browser.cookies["waaklicht-session"].clone();
    let form_page = stage.browser().get("/sign-in").await;
    let cookie = form_page
        .header("set-cookie")
        .split(['=', ';'])
        .nth(1)
        .unwrap()
        .to_owned();
    browser.cookies.insert("waaklicht-sign-in".into(), cookie);
    let fields = [
        ("form-token", form_page.hidden("form-token")),
        ("name", "reader".into()),
        ("password", PASSWORD.into()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let second = browser.cookies["waaklicht-session"].clone();
    assert_ne!(first, second);
    browser.cookies.insert("waaklicht-session".into(), first);
    assert_eq!(browser.get("/queue").await.location(), "/sign-in?ended=1");
}

#[tokio::test]
async fn the_cookies_are_closed_to_scripts_and_other_sites() {
    let stage = Stage::new().await;
    let answer = stage.browser().sign_in("reader", PASSWORD).await;
    let line = answer.header("set-cookie");
    assert!(line.starts_with("waaklicht-session="), "{line}");
    assert!(
        line.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
        "{line}"
    );

    let public = Stage::empty(Options {
        address: Address::Public {
            origin: "https://review.example.org".into(),
        },
        ..Options::default()
    })
    .await;
    let answer = public.browser().sign_in("reader", PASSWORD).await;
    let line = answer.header("set-cookie");
    assert!(line.starts_with("__Host-waaklicht-session="), "{line}");
    assert!(
        line.ends_with("; HttpOnly; SameSite=Strict; Secure"),
        "{line}"
    );
}

#[tokio::test]
async fn the_sign_in_form_needs_its_own_token() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let fields = [("name", "reader"), ("password", PASSWORD)];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "no cookie at all");
    browser.get("/sign-in").await;
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "no token in the form");
    let token = stage.browser().get("/sign-in").await.hidden("form-token");
    let fields = [
        ("form-token", token.as_str()),
        ("name", "reader"),
        ("password", PASSWORD),
    ];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(
        answer.status,
        StatusCode::FORBIDDEN,
        "the token of another browser"
    );
    assert!(!browser.cookies.contains_key("waaklicht-session"));
}

#[tokio::test]
async fn a_form_from_another_origin_is_refused() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reader).await;
    let token = browser.get("/queue").await.hidden("form-token");
    browser.origin = "http://elsewhere.example.org".into();
    let answer = browser.post("/sign-out", &[("form-token", &token)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(
        browser.get("/queue").await.status,
        StatusCode::OK,
        "still signed in"
    );
}
