//! What must be true of the whole house, shown on the imitation world: politeness as the sites see
//! it, texts before pictures, nothing in plain, the answers that were planted.
//!
//! The world is visited once, with the delay that the demo has; the tests look at what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Duration;

use crawler::CrawlReport;
use demo::{Request, SiteRequests, Situation, World};
use model::{Clock, ListingVersion};
use pipeline::Relinked;
use store::AuditVerdict;

use crate::house::{House, profiles};

/// Two rounds over the imitation world, and what they left.
struct Visited {
    situations: Vec<Situation>,
    reports: Vec<CrawlReport>,
    linked: Relinked,
    /// What the sites were asked, and how many of these requests came in the first round.
    requests: Vec<(SiteRequests, usize)>,
    versions: Vec<ListingVersion>,
    /// The files of the store while it was open, and after it was closed.
    files: Vec<(String, Vec<u8>)>,
    audit: AuditVerdict,
    n_captures: u64,
    n_versions: u64,
}

static VISITED: LazyLock<Visited> = LazyLock::new(|| {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(visited())
});

/// Visits the world, if that was not done yet.
pub(crate) fn visit() {
    LazyLock::force(&VISITED);
}

async fn visited() -> Visited {
    let house = House::new();
    let world = World::new(cli::SystemClock.now());
    let served = world.serve().await.unwrap();
    let profiles = profiles(&world, &served, &[]);
    let first = house.crawl(&profiles).await;
    house.stages.relink().await.unwrap();
    let n_first: Vec<usize> = served
        .requests()
        .iter()
        .map(|site| site.requests.len())
        .collect();
    served.set_round(2);
    let second = house.crawl(&profiles).await;
    let linked = house.stages.relink().await.unwrap();
    let versions = house.versions();
    let audit = house.read(|tx| tx.verify_audit());
    let rows = house.read(|tx| tx.stats()).rows;
    let mut files = house.files();
    house.stages.store.shutdown();
    files.extend(house.files());
    Visited {
        situations: world.situations().to_vec(),
        reports: vec![first, second],
        linked,
        requests: served.requests().into_iter().zip(n_first).collect(),
        versions,
        files,
        audit,
        n_captures: rows["captures"],
        n_versions: rows["versions"],
    }
}

fn all_requests() -> impl Iterator<Item = &'static Request> {
    VISITED.requests.iter().flat_map(|(site, _)| &site.requests)
}

#[test]
fn nothing_that_robots_txt_forbids_is_asked_for() {
    assert_eq!(VISITED.requests.len(), 3);
    for (site, _) in &VISITED.requests {
        assert_eq!(site.requests[0].path, "/robots.txt", "{}", site.site);
    }
    let forbidden: Vec<&Request> = all_requests().filter(|request| request.forbidden).collect();
    assert!(forbidden.is_empty(), "{forbidden:#?}");
    // And there was something to be asked for.
    assert!(VISITED.reports[0].total().refused_by_robots >= 3);
}

#[test]
fn every_request_says_who_asks_and_how_to_reach_them() {
    for request in all_requests() {
        assert_eq!(request.method, "GET");
        for part in ["waaklicht/", "https://waaklicht.example/crawl"] {
            assert!(request.user_agent.contains(part), "{request:?}");
        }
    }
}

/// From the answer to one request to the arrival of the next, as the site sees it: nothing overlaps
/// and nothing comes early, from the first request to the last, with the second round right behind
/// the first.
#[test]
fn the_interval_holds_at_every_site() {
    let delay = Duration::from_millis(demo::DELAY_MS);
    for (site, _) in &VISITED.requests {
        assert!(site.requests.len() > 100, "{}", site.site);
        for pair in site.requests.windows(2) {
            let interval = pair[1].arrived.saturating_duration_since(pair[0].answered);
            assert!(
                interval >= delay,
                "{}: {} came {interval:?} after {}",
                site.site,
                pair[1].path,
                pair[0].path
            );
        }
    }
}

/// The address of a picture on its own site.
fn path(url: &str) -> &str {
    let rest = url.strip_prefix("http://").unwrap();
    &rest[rest.find('/').unwrap()..]
}

#[test]
fn pictures_are_asked_for_after_the_page_that_shows_them() {
    let mut n_pictures = 0;
    for (site, _) in &VISITED.requests {
        let of_site = |version: &&ListingVersion| {
            let id = version.site.as_ref();
            id.is_some_and(|id| id.as_str() == site.site)
        };
        // A page may stand at several addresses, and a picture on several pages.
        let first_at = |wanted: &str| {
            let mut asked = site.requests.iter();
            asked.position(|request| request.path == wanted)
        };
        let mut earliest: BTreeMap<&str, usize> = BTreeMap::new();
        for version in VISITED.versions.iter().filter(of_site) {
            let page = first_at(path(version.url.as_deref().unwrap()));
            for image in &version.images {
                let page = page.unwrap_or(usize::MAX);
                let known = earliest.entry(path(image)).or_insert(page);
                *known = page.min(*known);
            }
        }
        for (picture, page) in earliest {
            let Some(asked) = first_at(picture) else {
                continue;
            };
            n_pictures += 1;
            assert!(page < asked, "{}: {picture} before its page", site.site);
        }
    }
    assert!(n_pictures > 30, "{n_pictures}");
}

#[test]
fn the_second_round_asks_only_what_has_changed() {
    let [first, second] = &VISITED.reports[..] else {
        panic!("two rounds");
    };
    let (first, second) = (first.total(), second.total());
    assert!((145..=160).contains(&first.listings_new), "{first:?}");
    assert_eq!(first.listings_changed + first.listings_gone, 0);
    assert_eq!(second.listings_new, 0);
    assert_eq!((second.listings_changed, second.listings_gone), (1, 1));
    assert_eq!(
        second.listings_unchanged,
        first.listings_new - 2,
        "{second:?}"
    );
    // What stands as it stood is not sent again: the answer to its listing is 304.
    let pages: BTreeSet<&str> = VISITED
        .versions
        .iter()
        .map(|version| path(version.url.as_deref().unwrap()))
        .collect();
    let mut statuses: BTreeMap<u16, u64> = BTreeMap::new();
    for (site, n_first) in &VISITED.requests {
        let second = site.requests[*n_first..].iter();
        for request in second.filter(|request| pages.contains(request.path.as_str())) {
            *statuses.entry(request.status).or_default() += 1;
        }
    }
    assert_eq!(statuses[&200], 1, "{statuses:?}");
    assert!(statuses[&304] >= second.listings_unchanged, "{statuses:?}");
}

#[test]
fn every_request_is_counted() {
    let n_counted: u64 = VISITED
        .reports
        .iter()
        .map(|report| report.total().requests)
        .sum();
    assert_eq!(n_counted, all_requests().count() as u64);
}

/// Looked for in every file of the store: each text, title, name and number as it stood on a page,
/// and the numbers as they were read.
#[test]
fn nothing_that_a_listing_says_stands_in_plain_in_the_store() {
    let mut sought: BTreeSet<String> = BTreeSet::new();
    for version in &VISITED.versions {
        sought.insert(version.title.clone());
        // Stretches too, should only a part have leaked.
        for text in [&version.title, &version.text] {
            let signs: Vec<char> = text.chars().collect();
            sought.extend(signs.chunks(16).map(|stretch| stretch.iter().collect()));
        }
        sought.extend(version.phones.iter().cloned());
    }
    for assessment in &VISITED.linked.assessments {
        for signal in &assessment.signals {
            if let model::Observed::Phone(seen) = &signal.observed {
                let digits = seen.phone.as_str().trim_start_matches('+');
                // Without the country's digits it is the number as it is dialled, less its zero.
                sought.extend([digits.to_owned(), digits[2..].to_owned()]);
                sought.insert(seen.written_as.clone());
            }
        }
    }
    // A word alone may stand in an address, and addresses are kept as they are.
    sought.retain(|text| {
        let text = text.trim();
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        text.len() >= 8 && (is_number || text.contains(' '))
    });
    assert!(sought.len() > 500, "{}", sought.len());
    assert!(VISITED.files.len() > 4, "{}", VISITED.files.len());
    // A search of its own kind for each file: eight bytes in, then the rest.
    let mut by_start: BTreeMap<[u8; 8], Vec<&str>> = BTreeMap::new();
    for text in &sought {
        let start = text.as_bytes()[..8].try_into().unwrap();
        by_start.entry(start).or_default().push(text);
    }
    let mut found = Vec::new();
    for (name, bytes) in &VISITED.files {
        for (at, window) in bytes.windows(8).enumerate() {
            for text in by_start.get(window).into_iter().flatten() {
                if bytes[at..].starts_with(text.as_bytes()) {
                    found.push(format!("{name} holds `{text}` at {at}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// What picture files begin with is nowhere to be found.
#[test]
fn no_picture_is_kept() {
    // Eight bytes or more: fewer turn up in sealed bytes by chance.
    let marks: [&[u8]; 3] = [
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x0DIHDR",
        b"\xFF\xD8\xFF\xE0\0\x10JFIF",
    ];
    assert!(VISITED.reports[0].total().photos > 50);
    for (name, bytes) in &VISITED.files {
        for mark in marks {
            let found = bytes.windows(mark.len()).any(|window| window == mark);
            assert!(!found, "{name} holds {mark:x?}");
        }
    }
    // Nor sealed: what is archived are pages.
    assert_eq!(VISITED.n_captures, VISITED.n_versions);
}

#[test]
fn the_audit_is_whole_and_says_who_collected_and_joined() {
    let AuditVerdict::Whole { rows } = VISITED.audit else {
        panic!("{:?}", VISITED.audit);
    };
    // Each round a row for each site and one for triage.
    assert_eq!(rows, 2 * (3 + 1));
}

#[test]
fn no_case_is_raised_outside_the_planted_situations() {
    let planted: BTreeSet<_> = VISITED
        .situations
        .iter()
        .filter(|situation| situation.expected.case.is_some())
        .flat_map(|situation| &situation.members)
        .map(demo::Member::listing_id)
        .collect();
    let strays: Vec<_> = VISITED
        .linked
        .triaged
        .iter()
        .filter(|case| case.members.iter().any(|member| !planted.contains(member)))
        .collect();
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn everything_planted_is_found_as_expected() {
    let wrong: Vec<String> = VISITED
        .situations
        .iter()
        .flat_map(|situation| {
            let differences =
                situation.compare(&VISITED.linked.assessments, &VISITED.linked.triaged);
            differences
                .into_iter()
                .map(|difference| format!("{}: {difference}", situation.id))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
