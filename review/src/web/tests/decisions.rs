//! Decisions: who, with what, and what they bind.

use axum::http::StatusCode;
use model::{CaseId, CaseState, Disposition, DispositionReason, Family, Role};
use store::Priority;

use super::seeds::{driver, minor, office, quiet};
use super::stage::{Browser, Stage};
use crate::web::Options;

async fn decisions(stage: &Stage, id: &str) -> Vec<model::Decision> {
    let id = CaseId::new(id).unwrap();
    let look = stage.state.audit(
        &model::Actor::process("test"),
        model::AuditAction::Consult,
        model::AuditObject::Case(id.clone()),
        "test",
    );
    let file = stage
        .state
        .store
        .write(Priority::Interactive, move |tx| tx.case_file(&id, &look))
        .await
        .unwrap();
    file.map(|file| file.decisions).unwrap_or_default()
}

/// The fields of the form on a case page, filled in.
async fn filled(browser: &mut Browser, case: &str) -> Vec<(&'static str, String)> {
    let page = browser.get(&format!("/case/{case}")).await;
    vec![
        ("form-token", page.hidden("form-token")),
        ("evidence", page.hidden("evidence")),
        ("disposition", "refer-help".into()),
        ("reason", "third-party-control".into()),
        ("note", " eerste regel\r\ntweede regel ".into()),
    ]
}

async fn send(
    browser: &mut Browser,
    case: &str,
    fields: &[(&'static str, String)],
) -> super::stage::Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser
        .post(&format!("/case/{case}/decision"), &fields)
        .await
}

#[tokio::test]
async fn a_decision_is_kept_recorded_and_confirmed() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    browser
        .get("/case/g1")
        .await
        .shows("3 listings open Waiting 1 hour");
    let fields = filled(&mut browser, "g1").await;
    let answer = send(&mut browser, "g1", &fields).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/case/g1?decided=1")
    );

    let kept = decisions(&stage, "g1").await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].disposition, Disposition::ReferHelp);
    assert_eq!(kept[0].reason, DispositionReason::ThirdPartyControl);
    assert_eq!(kept[0].note, "eerste regel\ntweede regel");
    assert_eq!(kept[0].by.as_str(), "reviewer");
    let audit = stage.audit().await;
    assert_eq!(audit.last().unwrap(), "reviewer decide case:g1 refer-help");

    let answer = browser.get("/case/g1?decided=1").await;
    answer.shows("Your decision is recorded.");
    answer.shows("Refer to a help organisation – Signs that others arrange the contact or the work eerste regel tweede regel reviewer");
    answer.shows("About the evidence of now.");
    answer.shows("3 listings decided");
    answer.hides("Waiting");
    answer.shows("Nothing more waits in this lane: to the queue");
    browser
        .get("/queue?state=decided")
        .await
        .shows("g1 ● organised");
}

#[tokio::test]
async fn after_a_decision_the_next_case_of_the_lane_is_one_step_away() {
    let stage = Stage::new().await;
    let mut other = driver();
    let assessment = other.assessment.as_mut().unwrap();
    assessment.groups.case = None;
    stage
        .seed(&[other.clone(), office(), quiet(), minor()])
        .await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let case = other.case();
    let decided = format!("/case/{case}?decided=1");
    let answer = browser.get(&decided).await;
    answer.shows("To the next case in this lane");
    let next = format!("<a href=\"/case/{case}\">To the next case");
    assert!(
        answer.body.contains(&next),
        "the one that waits: {}",
        answer.body
    );
    let audit = stage.audit().await;
    assert_eq!(
        *audit.last().unwrap(),
        "reviewer consult queue:organised review"
    );
}

#[tokio::test]
async fn only_a_posted_form_decides() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let answer = browser
        .get("/case/g1/decision?disposition=no-concern&reason=too-little")
        .await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(decisions(&stage, "g1").await, []);
}

#[tokio::test]
async fn the_form_needs_the_token_of_its_session() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let fields = filled(&mut browser, "g1").await;
    let mut other = stage.signed_in(Role::Lead).await;
    let foreign = filled(&mut other, "g1").await[0].1.clone();
    for token in [String::new(), "0".repeat(64), foreign] {
        let mut wrong = fields.clone();
        wrong[0].1 = token;
        let answer = send(&mut browser, "g1", &wrong).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        answer.shows("The form has expired");
    }
    let answer = send(&mut browser, "g1", &fields[1..]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "no token");
    assert_eq!(decisions(&stage, "g1").await, []);
}

#[tokio::test]
async fn who_may_decide() {
    let stage = Stage::new().await;
    let minor_case = minor().case().to_string();
    for (role, organised, minors) in [
        (Role::Reader, false, false),
        (Role::Reviewer, true, false),
        (Role::MinorReviewer, true, true),
        (Role::Lead, true, true),
        (Role::RuleEditor, false, false),
        (Role::Auditor, false, false),
        (Role::Admin, false, false),
    ] {
        for (case, may) in [("g1", organised), (minor_case.as_str(), minors)] {
            let mut lead = stage.signed_in(Role::Lead).await;
            let evidence = lead.get(&format!("/case/{case}")).await.hidden("evidence");
            let mut browser = stage.signed_in(role).await;
            // The token of the session stands in the sign-out form of every page.
            let token = match browser.get("/queue").await {
                page if page.status == StatusCode::OK => page.hidden("form-token"),
                _ => match browser.get("/audit").await {
                    page if page.status == StatusCode::OK => page.hidden("form-token"),
                    _ => continue,
                },
            };
            let fields = [
                ("form-token", token),
                ("evidence", evidence),
                ("disposition", "watch".to_owned()),
                ("reason", "too-little".to_owned()),
            ];
            let before = decisions(&stage, case).await.len();
            let answer = send(&mut browser, case, &fields).await;
            let after = decisions(&stage, case).await.len();
            if may {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{role} {case}");
                assert_eq!(after, before + 1);
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {case}");
                assert_eq!(after, before, "{role} {case}");
                let audit = stage.audit().await;
                let permission = if case == "g1" {
                    "decide-case"
                } else {
                    "decide-minor-case"
                };
                assert_eq!(
                    *audit.last().unwrap(),
                    format!("{role} refuse case:{case} {permission}")
                );
            }
            stage.turn_clock(60_000);
        }
    }
}

#[tokio::test]
async fn evidence_that_changed_meanwhile_is_shown_again() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let fields = filled(&mut browser, "g1").await;
    let changed = quiet()
        .found("WL-C13", Family::Organisation, 5, false, "Zwolle")
        .summed();
    stage.seed(&[minor(), driver(), office(), changed]).await;

    let answer = send(&mut browser, "g1", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.shows("The evidence has changed since you opened this case.");
    answer.shows("reason of WL-C13");
    assert!(
        answer
            .body
            .contains("value=\"refer-help\" required checked"),
        "the choice is kept"
    );
    assert!(
        answer
            .body
            .contains("eerste regel\ntweede regel</textarea>"),
        "the note is kept"
    );
    assert_ne!(answer.hidden("evidence"), fields[1].1);
    assert_eq!(decisions(&stage, "g1").await, []);

    let mut again = fields.clone();
    again[1].1 = answer.hidden("evidence");
    let answer = send(&mut browser, "g1", &again).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn choices_come_from_the_closed_lists() {
    let stage = Stage::empty(Options {
        note_limit_chars: 5,
        ..Options::default()
    })
    .await;
    stage.seed(&[driver(), office(), quiet()]).await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let good = filled(&mut browser, "g1").await;
    for (at, value, status, told) in [
        (
            2,
            "guilty",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Choose a decision and a reason.",
        ),
        (
            2,
            "",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Choose a decision and a reason.",
        ),
        (
            3,
            "because",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Choose a decision and a reason.",
        ),
        (
            4,
            "zes‑en",
            StatusCode::UNPROCESSABLE_ENTITY,
            "use at most 5 characters",
        ),
        (
            1,
            "blake3:77",
            StatusCode::BAD_REQUEST,
            "The form cannot be read",
        ),
    ] {
        let mut fields = good.clone();
        fields[4].1.clear();
        fields[at].1 = value.into();
        let answer = send(&mut browser, "g1", &fields).await;
        assert_eq!(answer.status, status, "{value}");
        answer.shows(told);
    }
    assert_eq!(decisions(&stage, "g1").await, []);
}

#[tokio::test]
async fn a_second_reader_is_asked_for_by_holding_the_case() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Reviewer).await;
    let mut fields = filled(&mut browser, "g1").await;
    fields[2].1 = "needs-second-reader".into();
    send(&mut browser, "g1", &fields).await;
    browser
        .get("/queue?state=held")
        .await
        .shows("g1 ● organised");
    let counts = stage.state.store.read(|tx| tx.case_counts()).await.unwrap();
    assert_eq!(
        counts.get(&(model::Lane::Organised, CaseState::Held)),
        Some(&1)
    );
}
