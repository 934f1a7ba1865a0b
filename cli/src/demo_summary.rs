//! What the demo did, in tables: the crawl, the listings, the groups, the cases, and what was
//! expected against what was found.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use crawler::CrawlReport;
use demo::{Situation, World};
use model::{Band, EvidenceKind, Lane, Triaged};
use pipeline::Relinked;

use crate::message::counted;
use crate::table::table;

/// What the rounds of the demo left.
pub(crate) struct Rounds {
    /// The report of each round.
    pub(crate) crawls: Vec<CrawlReport>,
    /// The linking after the last round.
    pub(crate) linked: Relinked,
    /// Requests that the sites saw although their robots.txt forbids them.
    pub(crate) n_forbidden: usize,
}

/// Per situation, everything in which the answer differs; empty when all is as expected.
pub(crate) fn differences<'w>(
    world: &'w World,
    linked: &Relinked,
) -> BTreeMap<&'w str, Vec<String>> {
    world
        .situations()
        .iter()
        .map(|situation| {
            let differences = situation.compare(&linked.assessments, &linked.triaged);
            (situation.id.as_str(), differences)
        })
        .filter(|(_, differences)| !differences.is_empty())
        .collect()
}

/// The summary as it is printed.
pub(crate) fn summary(
    world: &World,
    rounds: &Rounds,
    differences: &BTreeMap<&str, Vec<String>>,
    took: Duration,
) -> String {
    let mut text = String::new();
    let sections = [
        ("Crawl", crawl(rounds)),
        ("Listings by band and lane", bands(&rounds.linked)),
        ("Groups and what joins them", groups(&rounds.linked)),
        ("Cases in the queue", cases(&rounds.linked.triaged)),
        (
            "Expected against found",
            expected(world, rounds, differences),
        ),
    ];
    for (heading, section) in sections {
        // Writing to a string does not fail.
        let _ = write!(text, "\n{heading}\n{section}");
    }
    let n_situations = world.situations().len();
    let _ = write!(
        text,
        "\n{} of {n_situations} situations as expected, {} against robots.txt, {:.1} s\n",
        n_situations - differences.len(),
        counted(rounds.n_forbidden as u64, "request", "requests"),
        took.as_secs_f64(),
    );
    text
}

fn crawl(rounds: &Rounds) -> String {
    let mut rows = vec![words(&[
        "round",
        "site",
        "requests",
        "refused by robots",
        "new",
        "changed",
        "unchanged",
        "gone",
        "photos hashed",
        "failed",
        "KiB",
    ])];
    for (round, report) in rounds.crawls.iter().enumerate() {
        for (site, found) in &report.sites {
            rows.push(vec![
                (round + 1).to_string(),
                site.to_string(),
                found.requests.to_string(),
                found.refused_by_robots.to_string(),
                found.listings_new.to_string(),
                found.listings_changed.to_string(),
                found.listings_unchanged.to_string(),
                found.listings_gone.to_string(),
                found.photos.to_string(),
                found.n_failures.to_string(),
                (found.bytes / 1024).to_string(),
            ]);
        }
    }
    table(&rows, &[0, 2, 3, 4, 5, 6, 7, 8, 9, 10])
}

fn bands(linked: &Relinked) -> String {
    let lanes: Vec<Lane> = Lane::ALL
        .iter()
        .copied()
        .filter(|lane| linked.report.bands.keys().any(|(_, found)| found == lane))
        .collect();
    let mut head = vec!["band".to_owned()];
    head.extend(lanes.iter().map(|lane| match lane {
        Lane::None => "no lane".to_owned(),
        lane => lane.to_string(),
    }));
    let mut rows = vec![head];
    for band in Band::ALL.iter().rev() {
        let counts = lanes
            .iter()
            .map(|lane| linked.report.bands.get(&(*band, *lane)).copied());
        let mut row = vec![band.to_string()];
        row.extend(counts.map(|count| count.unwrap_or(0).to_string()));
        rows.push(row);
    }
    table(&rows, &(1..=lanes.len()).collect::<Vec<_>>())
}

fn groups(linked: &Relinked) -> String {
    if linked.report.groups.is_empty() {
        return "  none\n".to_owned();
    }
    let mut rows = vec![words(&["group", "listings", "joined by"])];
    for group in &linked.report.groups {
        let joined: Vec<String> = group
            .links
            .iter()
            .map(|(kind, n)| format!("{kind} ({})", counted(*n, "link", "links")))
            .collect();
        rows.push(vec![
            group.id.to_string(),
            group.n_listings.to_string(),
            joined.join(", "),
        ]);
    }
    table(&rows, &[1])
}

fn cases(triaged: &[Triaged]) -> String {
    let mut cases: Vec<&Triaged> = triaged.iter().collect();
    cases.sort_by_key(|case| {
        let urgency = Lane::BY_URGENCY.iter().position(|lane| *lane == case.lane);
        (urgency, std::cmp::Reverse(case.points), &case.id)
    });
    let mut rows = vec![words(&[
        "case",
        "lane",
        "band",
        "points",
        "listings",
        "kinds",
        "indicators",
    ])];
    for case in cases {
        let kinds: Vec<&str> = case.kinds.iter().copied().map(EvidenceKind::name).collect();
        let indicators: Vec<&str> = case.indicators.iter().map(|id| id.0.as_str()).collect();
        rows.push(vec![
            case.id.to_string(),
            case.lane.to_string(),
            case.band.to_string(),
            case.points.to_string(),
            case.members.len().to_string(),
            kinds.join(" "),
            indicators.join(" "),
        ]);
    }
    table(&rows, &[3, 4])
}

fn expected(world: &World, rounds: &Rounds, differences: &BTreeMap<&str, Vec<String>>) -> String {
    let mut rows = vec![words(&["", "situation", "listings", "expected", "found"])];
    let mut notes = String::new();
    for situation in world.situations() {
        let wrong = differences.get(situation.id.as_str());
        rows.push(vec![
            if wrong.is_some() { "NO" } else { "ok" }.to_owned(),
            situation.title.en.clone(),
            situation.members.len().to_string(),
            answer(situation.expected.case, situation.expected.listing_lane),
            found(situation, &rounds.linked),
        ]);
        for difference in wrong.into_iter().flatten() {
            // Writing to a string does not fail.
            let _ = writeln!(notes, "  {}: {difference}", situation.id);
        }
    }
    table(&rows, &[2]) + &notes
}

fn found(situation: &Situation, linked: &Relinked) -> String {
    let case = linked
        .triaged
        .iter()
        .find(|case| case.members.iter().any(|member| situation.includes(member)));
    let lane = linked
        .assessments
        .iter()
        .filter(|assessment| situation.includes(&assessment.listing))
        .map(|assessment| assessment.score.lane)
        .find(|lane| *lane == Lane::Spam);
    answer(case.map(|case| case.lane), lane)
}

fn answer(case: Option<Lane>, listing_lane: Option<Lane>) -> String {
    match (case, listing_lane) {
        (Some(lane), _) => format!("case, {lane}"),
        (None, Some(Lane::Spam)) => "spam, no case".to_owned(),
        (None, _) => "no case".to_owned(),
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
