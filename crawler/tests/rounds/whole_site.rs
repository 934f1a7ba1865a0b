use std::time::Duration;

use model::{AuditAction, AuditObject};
use store::Recorded;

use crate::bench::{Bench, DELAY_MS, ad, links, picture, profile};
use crate::fake_site::{FakeSite, Hit, Reply};

fn answers(hit: &Hit) -> Reply {
    match hit.path.as_str() {
        "/robots.txt" => Reply::with(
            200,
            &["content-type: text/plain"],
            "User-agent: waaklicht\nDisallow: /ad/hidden\nDisallow: /img/hidden\n",
        ),
        "/" => Reply::html(
            links(&[
                "/ad/1",
                "/ad/hidden",
                "/about",
                "https://elsewhere.example/ad/9",
            ]) + "<a rel=next href='/list/2'>x</a>",
        ),
        "/list/2" => Reply::html(links(&["/ad/2", "/ad/1#again", "/ad/3?utm_source=x"])),
        "/ad/1" => Reply::html(ad(
            "Anna",
            "<img src='/img/1.png'><img src='/img/hidden.png'><img src='/img/broken.png'>\
             <img src='https://elsewhere.example/x.png'>",
        )),
        "/ad/2" => Reply::html(ad("Bo", "<img src='/img/1.png'>")),
        "/ad/3" => Reply::html(ad("Cleo", "")),
        "/img/1.png" => Reply::with(200, &["content-type: image/png"], picture()),
        "/img/broken.png" => Reply::with(200, &["content-type: image/png"], "no picture"),
        _ => Reply::status(404),
    }
}

#[tokio::test]
async fn a_site_is_visited_politely_and_whole() {
    let site = FakeSite::serve(answers).await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;

    assert_eq!(
        site.paths(),
        [
            "/robots.txt",
            "/",
            "/list/2",
            "/ad/1",
            "/ad/2",
            "/ad/3",
            "/img/1.png",
            "/img/broken.png",
        ]
    );
    assert!(site.shortest_interval() >= Duration::from_millis(DELAY_MS));
    for hit in site.hits() {
        assert!(
            hit.headers["user-agent"].starts_with("waaklicht/"),
            "{:?}",
            hit.headers
        );
        assert!(hit.headers["user-agent"].ends_with("(+https://operator.example/crawl; a test)"));
        assert_eq!(hit.headers["from"], "crawl@operator.example");
        assert!(!hit.headers.contains_key("cookie"));
        assert!(!hit.headers.contains_key("referer"));
    }
    assert_eq!(report.requests, 8);
    assert_eq!(report.refused_by_robots, 2);
    assert_eq!(
        (report.lists, report.listings_new, report.photos),
        (2, 3, 1)
    );
    assert_eq!(report.n_failures, 1, "{:?}", report.failures);
    assert!(
        report.failures[0]
            .reason
            .starts_with("picture cannot be read")
    );
    assert_eq!(report.problems["photo out of the scope of the profile"], 1);
    assert_eq!(report.not_crawled, []);
}

#[tokio::test]
async fn texts_are_judged_before_photos_are_fetched() {
    let site = FakeSite::serve(answers).await;
    let bench = Bench::new();
    bench.visit(&site).await;
    let log = bench.log();
    let first_photo = log.iter().position(|line| line == "visited Photo").unwrap();
    let last_judged = log
        .iter()
        .rposition(|line| line.starts_with("judged"))
        .unwrap();
    assert!(last_judged < first_photo, "{log:?}");
    assert!(log.contains(&"judged fake:1 Anna, 23 jaar, Utrecht".to_owned()));
}

#[tokio::test]
async fn what_was_seen_is_kept_and_can_be_read_again() {
    let site = FakeSite::serve(answers).await;
    let bench = Bench::new();
    bench.visit(&site).await;
    let address = site.url("/img/1.png");
    let (listings, versions, capture, photos, audit) = bench.read(move |tx| {
        let listings = tx.listings(None, 10)?;
        let versions = tx.versions(&listings[0].id)?;
        let capture = versions[0].capture.map(|id| tx.capture(id));
        let photos = tx.photos(std::slice::from_ref(&address))?;
        Ok((
            listings,
            versions,
            capture.transpose()?.flatten(),
            photos,
            tx.audit(None, 10)?,
        ))
    });
    let ids: Vec<&str> = listings.iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["fake:1", "fake:2", "fake:3"]);
    assert_eq!(photos.len(), 1);

    // Extraction run again from the archive gives the version that was kept.
    let archived = crawler::page(&capture.unwrap().record.unwrap()).unwrap();
    let again = crawler::extract(&profile(&site, &[]), &archived.page);
    assert_eq!(again.listing, versions[0].version);

    let row = &audit[0].entry;
    assert_eq!(row.action, AuditAction::Collect);
    assert_eq!(row.object, AuditObject::Site(profile(&site, &[]).id));
    assert_eq!(row.by.as_str(), "process:crawler:fake");
}

#[tokio::test]
async fn features_only_keeps_no_text() {
    let site = FakeSite::serve(answers).await;
    let bench = Bench::new();
    let profile = profile(&site, &[("collect = \"text\"", "collect = \"features\"")]);
    bench.visit_as(&profile).await;
    let (versions, assessment) = bench.read(|tx| {
        let listing = tx.listings(None, 1)?.remove(0).id;
        Ok((tx.versions(&listing)?, tx.assessment(&listing)?))
    });
    let version = versions[0].version.as_ref().unwrap();
    assert_eq!((version.title.as_str(), version.text.as_str()), ("", ""));
    assert_eq!(version.images.len(), 4);
    assert_eq!(versions[0].capture, None);
    assert!(assessment.is_some());
    assert!(
        bench
            .log()
            .iter()
            .any(|line| line.ends_with("Anna, 23 jaar, Utrecht"))
    );
}

#[tokio::test]
async fn sitemaps_are_read_two_levels_deep() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" => {
            let host = &hit.headers["host"];
            Reply::with(200, &[], format!("Sitemap: http://{host}/maps/index.xml\n"))
        }
        "/maps/index.xml" => Reply::with(
            200,
            &["content-type: text/xml"],
            format!(
                "<sitemapindex><sitemap><loc>http://{}/maps/a.xml.gz</loc></sitemap></sitemapindex>",
                hit.headers["host"]
            ),
        ),
        "/maps/a.xml.gz" => {
            let host = &hit.headers["host"];
            let body = format!(
                "<urlset><url><loc>http://{host}/ad/7</loc></url>\
                 <url><loc>http://{host}/about</loc></url></urlset>"
            );
            let fast = flate2::Compression::fast();
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), fast);
            std::io::Write::write_all(&mut packed, body.as_bytes()).unwrap();
            let packed = packed.finish().unwrap();
            Reply::with(200, &["content-type: application/gzip"], packed)
        }
        "/ad/7" => Reply::html(ad("Dee", "")),
        _ => Reply::html("nothing"),
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!(
        site.paths(),
        [
            "/robots.txt",
            "/",
            "/maps/index.xml",
            "/maps/a.xml.gz",
            "/ad/7"
        ]
    );
    assert_eq!((report.lists, report.listings_new), (3, 1));
}

#[tokio::test]
async fn a_page_in_windows_1252_with_broken_markup_is_read() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/" => Reply::with(
            200,
            &["content-type: text/html"],
            b"<a href=/ad/1>Zo\xEB</b><table><tr><td>",
        ),
        "/ad/1" => Reply::with(
            200,
            &["content-type: text/html"],
            b"<h1>Zo\xEB</h2><table><td class=text>caf\xE9, \x80 80<p>Breda</table>",
        ),
        _ => Reply::status(404),
    })
    .await;
    let bench = Bench::new();
    bench.visit(&site).await;
    let version = bench.read(|tx| {
        let id = tx.listings(None, 1)?.remove(0).id;
        tx.latest_version(&id)
    });
    let version = version.unwrap();
    assert_eq!(version.title, "Zoë");
    assert_eq!(version.text, "café, € 80\nBreda");
}

#[tokio::test]
async fn a_listing_counts_once_under_two_addresses() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/" => Reply::html(links(&["/ad/1", "/list/ad/1"])),
        "/ad/1" | "/list/ad/1" => Reply::html(ad("Anna", "")),
        _ => Reply::status(404),
    })
    .await;
    let bench = Bench::new();
    let by_either = profile(&site, &[("'^/ad/", "'^(?:/list)?/ad/")]);
    let report = bench.visit_as(&by_either).await;
    assert_eq!((report.listings_new, report.listings_unchanged), (1, 1));
    assert_ne!(Recorded::New, Recorded::Unchanged);
}
