//! `collect = "features"`: texts are judged and dropped, and what they showed goes on counting.

use std::collections::BTreeMap;

use model::{Assessment, CaseId};
use pipeline::Relinked;

use crate::house::{House, profile};
use crate::site::Site;

/// One telephonist behind one number, a minor, and two who have nothing to do with anything.
const LISTINGS: [(&str, &str); 8] = [
    (
        "10",
        "Lena is 24 en ontvangt in Utrecht van 11:00 tot 22:00. Onze telefoniste neemt op en plant haar afspraken in. Vraag naar Lena op 06 1234 0150.",
    ),
    (
        "11",
        "Maak kennis met Tess, 30 jaar, te vinden in Amersfoort. Zij is aanwezig van woensdag tot en met zaterdag. Bel 06 1234 0150: de telefoniste neemt de telefoon op, vraag naar Tess.",
    ),
    (
        "12",
        "Wij stellen Kim voor. Zij is 22 en werkt vanuit Hilversum, haar tijden zijn 12:00 tot 20:00. Een telefoniste beantwoordt 06 1234 0150 en regelt de rest. Vraag naar Kim.",
    ),
    (
        "13",
        "Roos, 35 jaar, Zeist. De telefoniste op 06 1234 0150 neemt de telefoon op; vraag naar Roos.",
    ),
    (
        "14",
        "Onze Fleur is 27 en werkt in Woerden. Onze telefoniste plant haar afspraken in, 06 1234 0150.",
    ),
    ("20", "Anna, 16 jaar, Utrecht. Bel 06 1234 0001."),
    (
        "30",
        "Bea, 34 jaar, 16 jaar ervaring, Delft. Bel 06 1234 0002.",
    ),
    ("31", "Cora, 41 jaar, Leiden. Bel 06 1234 0003."),
];

const NAMES: [(&str, &str, u8); 5] = [
    ("10", "Lena", 24),
    ("11", "Tess", 30),
    ("12", "Kim", 22),
    ("13", "Roos", 35),
    ("14", "Fleur", 27),
];

fn site() -> Site {
    let site = Site::with(&LISTINGS);
    for (key, name, age) in NAMES {
        let (_, text) = LISTINGS.iter().find(|(known, _)| *known == key).unwrap();
        let more = format!("<i class=name>{name}</i><i class=age>{age}</i>");
        site.listing(key, text, &more);
    }
    site
}

/// The same site, visited twice and linked each time, under a profile that collects so.
async fn collected(collect: &str) -> (House, Vec<Assessment>, [Relinked; 2]) {
    let site = site();
    let stated = format!("collect = \"{collect}\"");
    let text = site.profile("imitation", &[("collect = \"text\"", &stated)]);
    let profiles = [profile(&text)];
    let house = House::new();
    let report = house.crawl(&profiles).await.total();
    assert_eq!(report.listings_new, LISTINGS.len() as u64);
    let at_crawl = LISTINGS.map(|(key, _)| house.assessment(&format!("imitation:{key}")));
    let first = house.stages.relink().await.unwrap();
    let report = house.crawl(&profiles).await.total();
    assert_eq!(report.listings_unchanged, LISTINGS.len() as u64);
    let second = house.stages.relink().await.unwrap();
    (house, at_crawl.to_vec(), [first, second])
}

fn findings(assessment: &Assessment) -> BTreeMap<&str, i32> {
    assessment
        .findings
        .iter()
        .map(|finding| (finding.rule.0.as_str(), finding.points))
        .collect()
}

#[tokio::test]
async fn no_text_is_kept_and_what_it_showed_is() {
    let (house, at_crawl, rounds) = collected("features").await;
    for version in house.versions() {
        assert_eq!((version.title.as_str(), version.text.as_str()), ("", ""));
    }
    for (round, linked) in rounds.iter().enumerate() {
        assert_eq!(linked.report.n_without_text, LISTINGS.len() as u64);
        for (before, after) in at_crawl.iter().zip(&linked.assessments) {
            assert_eq!(before.listing, after.listing);
            assert_eq!(before.signals, after.signals);
            let after_all = findings(after);
            for rule in findings(before).keys() {
                assert!(
                    after_all.contains_key(rule),
                    "round {round}: {rule} of {} is gone",
                    after.listing
                );
            }
        }
    }
    // A second linking has nothing more to say than the first.
    let [first, second] = rounds;
    assert_eq!(
        first.assessments.iter().map(findings).collect::<Vec<_>>(),
        second.assessments.iter().map(findings).collect::<Vec<_>>()
    );
    assert_eq!(second.report.cases.unchanged, first.report.cases.opened);

    let mut files = house.files();
    house.stages.store.shutdown();
    files.extend(house.files());
    for (name, bytes) in files {
        for (_, text) in LISTINGS {
            let start = &text.as_bytes()[..16];
            let found = bytes.windows(16).any(|window| window == start);
            assert!(!found, "{name} holds `{text}`");
        }
    }
}

/// Cases, as somebody who reads the queue would tell them apart.
fn told(linked: &Relinked) -> Vec<(CaseId, String, Vec<String>)> {
    linked
        .triaged
        .iter()
        .map(|case| {
            let indicators = case.indicators.iter().map(|id| id.0.clone()).collect();
            let members: Vec<&str> = case.members.iter().map(model::ListingId::as_str).collect();
            let who = format!("{} {} {}", case.lane, case.band, members.join(" "));
            (case.id.clone(), who, indicators)
        })
        .collect()
}

#[tokio::test]
async fn the_same_cases_are_raised_as_with_texts() {
    let (_features, _, [with_features, _]) = collected("features").await;
    let (_text, _, [with_text, _]) = collected("text").await;
    assert_eq!(with_text.report.n_without_text, 0);
    let cases = told(&with_text);
    let lanes: Vec<&str> = cases
        .iter()
        .map(|(_, who, _)| who.split(' ').next().unwrap())
        .collect();
    assert_eq!(lanes.len(), 2, "{cases:#?}");
    assert!(
        lanes.contains(&"minor") && lanes.contains(&"organised"),
        "{cases:#?}"
    );
    assert_eq!(told(&with_features), cases);
}
