//! The listings on a case page: lit stretches, hostile texts, contacts, what has expired.

use model::{Band, Evidence, Family, Field, Lane, Role, Span};

use super::seeds::{Seed, minor};
use super::stage::{Answer, Stage};

async fn page(seed: Seed) -> Answer {
    let stage = Stage::empty(crate::web::Options::default()).await;
    let path = format!("/case/{}", seed.case());
    stage.seed(&[seed]).await;
    stage.signed_in(Role::Lead).await.get(&path).await
}

/// The text of the listing as the page has it, links and places shortened.
fn lit(answer: &Answer) -> String {
    let (_, rest) = answer.body.split_once("<p class=\"body\">").unwrap();
    let (body, _) = rest.split_once("</p>").unwrap();
    let mut out = String::new();
    let mut rest = body;
    while let Some((text, tag_on)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, after) = tag_on.split_once('>').unwrap();
        match tag.split(' ').next().unwrap() {
            "mark" => {
                let class = tag.split('"').nth(1).unwrap();
                out.push_str(&format!("[{}:", class.replace("lit look-", "")));
            }
            "/mark" => out.push(']'),
            "sup" => out.push('^'),
            _ => {}
        }
        rest = after;
    }
    out + rest
}

fn raised(seed: Seed) -> Seed {
    seed.raised(Lane::Organised, Band::High, "line")
}

#[tokio::test]
async fn each_stretch_is_lit_by_its_finding() {
    let answer = page(minor()).await;
    assert_eq!(
        lit(&answer),
        "Lena, [minor:zestien jaar]^1, Utrecht. Bel [organised:nul zes 1234 5678]^2, [protective:ik bepaal zelf]^3."
    );
    let place = minor().case();
    for target in ["f1", "f2", "f3", "m1", "m2", "m3"] {
        assert!(
            answer.body.contains(&format!("id=\"{place}-{target}\"")),
            "{target}"
        );
        assert!(
            answer.body.contains(&format!("href=\"#{place}-{target}\"")),
            "{target}"
        );
    }
    assert!(
        answer
            .body
            .contains("aria-label=\"Finding 1: reason of WL-M1 (WL-M1)\"")
    );
}

#[tokio::test]
async fn nested_and_overlapping_stretches_carry_several_findings() {
    let seed = Seed::plain("proefsite:1", "Éva: onze telefoniste plant 24/7 alles.")
        .found(
            "WL-C4",
            Family::Organisation,
            30,
            false,
            "onze telefoniste plant 24/7",
        )
        .found("WL-C13", Family::Organisation, 5, false, "24/7 alles")
        .found("WL-C5", Family::Text, 0, false, "onze");
    let answer = page(raised(seed)).await;
    assert_eq!(
        lit(&answer),
        "Éva: [organised several:onze]^3[organised: telefoniste plant ][organised several:24/7]^1[organised: alles]^2."
    );
    assert!(answer.body.contains(
        "title=\"Finding 1: reason of WL-C4 (WL-C4) · Finding 2: reason of WL-C13 (WL-C13)\""
    ));
}

#[tokio::test]
async fn a_span_out_of_the_text_breaks_nothing() {
    let beyond = Evidence::Span(Span::new(Field::Text, 5, 900));
    let inside = Evidence::Span(Span::new(Field::Text, 1, 2));
    let seed = Seed::plain("proefsite:1", "€ 50, Utrecht")
        .found_on("WL-C4", Family::Organisation, 30, false, beyond)
        .found_on("WL-C5", Family::Text, 20, false, inside);
    let answer = page(raised(seed)).await;
    assert_eq!(lit(&answer), "[organised:€]^2 5[organised:0, Utrecht]^1");
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let hostile = "<script>alert(1)</script> \"quoted\" <img src=x onerror=alert(1)> </textarea>";
    let mut seed = Seed::plain("proefsite:<b>x</b>", hostile).found(
        "WL-C4",
        Family::Organisation,
        30,
        false,
        "<script>alert(1)",
    );
    seed.version.title = "</title><script>alert(2)</script>".into();
    seed.version.city = Some("<svg onload=alert(3)>".into());
    seed.version.language = Some("nl\" onmouseover=\"alert(4)".into());
    let answer = page(raised(seed)).await;
    for raw in ["<script", "<img src=x", "<svg", "\" onmouseover=\"", "<b>x"] {
        answer.hides(raw);
    }
    answer.shows("&lt;script&gt;alert(1)");
    answer.shows("&lt;svg onload=alert(3)&gt;");
}

#[tokio::test]
async fn contacts_are_shown_as_part_of_the_text_only() {
    let answer = page(minor()).await;
    assert_eq!(answer.body.matches("nul zes 1234 5678").count(), 1);
    answer.hides("06 1234 5678");
    answer.hides("+31612345678");
    answer.shows("Contact fields 1, not shown");
    answer.shows("[contact]");
    answer.shows("phone number, written so that a program would miss it");
    answer.shows("age 16 (of who is advertised, in words): zestien jaar");
    answer.shows("Age field 18");
    answer.shows("zestien jaar (read as age 16)");
}

#[tokio::test]
async fn what_is_not_kept_or_has_expired_is_said() {
    let mut features_only = raised(Seed::plain("proefsite:1", "telefoniste").found(
        "WL-C4",
        Family::Organisation,
        60,
        false,
        "telefoniste",
    ));
    features_only.version.text.clear();
    let answer = page(features_only).await;
    answer.shows("No texts of this site are kept, only features.");
    answer.shows("in the text");

    let stage = Stage::empty(crate::web::Options::default()).await;
    stage.seed(&[minor()]).await;
    let day = super::stage::at("2026-04-01").day();
    for class in store::SealClass::ALL {
        stage
            .state
            .store
            .destroy_keys_before(class, day, model::Actor::process("test"))
            .await
            .unwrap();
    }
    let path = format!("/case/{}", minor().case());
    let answer = stage.signed_in(Role::Lead).await.get(&path).await;
    answer.shows("has expired and was destroyed");
    answer.hides("zestien jaar");
}
