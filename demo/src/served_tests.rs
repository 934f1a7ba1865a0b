use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;

/// One request over a plain socket; the head and the body of the answer.
async fn get(site: &ServedSite, path: &str, extra: &str) -> (String, Vec<u8>) {
    let host = site.base_url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{extra}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    (head, answer[end + 4..].to_vec())
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

async fn served() -> (World, Served) {
    let world = World::new("2026-03-03T09:30:00Z".parse().unwrap());
    let served = world.serve().await.unwrap();
    (world, served)
}

#[tokio::test]
async fn three_sites_on_loopback_log_what_they_are_asked() {
    let (_, served) = served().await;
    assert_eq!(served.sites.len(), 3);
    for site in &served.sites {
        assert!(site.base_url.starts_with("http://127.0.0.1:"), "{site:?}");
        let (head, _) = get(site, "/robots.txt", "User-Agent: test\r\n").await;
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    }
    get(&served.sites[0], "/bericht/1001", "").await;
    let requests = served.requests();
    assert_eq!(requests[0].site, "marktplein");
    let log: Vec<(&str, u16, &str, bool)> = requests[0]
        .requests
        .iter()
        .map(|one| {
            (
                one.path.as_str(),
                one.status,
                one.user_agent.as_str(),
                one.forbidden,
            )
        })
        .collect();
    assert_eq!(
        log,
        [
            ("/robots.txt", 200, "test", false),
            ("/bericht/1001", 200, "", true)
        ]
    );
    assert!(requests[0].requests[0].answered >= requests[0].requests[0].arrived);
    let gone = served.sites[1].base_url.clone();
    served.shutdown().await;
    assert!(
        TcpStream::connect(gone.trim_start_matches("http://"))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_is_unchanged_is_answered_with_304() {
    let (_, served) = served().await;
    for (site, path, validator, condition) in [
        (0, "/advertenties/", "etag", "If-None-Match"),
        (1, "/listing/2001/", "etag", "If-None-Match"),
        (
            2,
            "/anzeige.php?nr=3001",
            "last-modified",
            "If-Modified-Since",
        ),
    ] {
        let site = &served.sites[site];
        let (head, body) = get(site, path, "").await;
        assert!(!body.is_empty());
        let value = header(&head, validator).unwrap();
        let (head, body) = get(site, path, &format!("{condition}: {value}\r\n")).await;
        assert!(head.starts_with("HTTP/1.1 304"), "{path}: {head}");
        assert!(body.is_empty());
        let (head, _) = get(site, path, &format!("{condition}: \"other\"\r\n")).await;
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
    }
}

#[tokio::test]
async fn a_changed_listing_has_another_tag_and_a_gone_one_says_so() {
    let (world, served) = served().await;
    let find = |later: fn(&crate::listing::Later) -> bool| {
        let mut all = world.listings().iter();
        all.find(|listing| later(&listing.later)).unwrap().key
    };
    let changing = find(|later| matches!(later, crate::listing::Later::Changes(_)));
    let going = find(|later| matches!(later, crate::listing::Later::Goes));
    let (changing, going) = (
        format!("/advertentie/{changing}-x"),
        format!("/listing/{going}/"),
    );
    let (before, _) = get(&served.sites[0], &changing, "").await;
    let (present, _) = get(&served.sites[1], &going, "").await;
    served.set_round(2);
    let (after, _) = get(&served.sites[0], &changing, "").await;
    let (gone, _) = get(&served.sites[1], &going, "").await;
    assert_ne!(header(&before, "etag"), header(&after, "etag"));
    assert_ne!(
        header(&before, "last-modified"),
        header(&after, "last-modified")
    );
    assert!(present.starts_with("HTTP/1.1 200"), "{present}");
    assert!(gone.starts_with("HTTP/1.1 410"), "{gone}");
}

#[tokio::test]
async fn redirects_compression_and_the_slow_page() {
    let (world, served) = served().await;
    let (head, _) = get(&served.sites[0], "/", "").await;
    assert_eq!(header(&head, "location").as_deref(), Some("/advertenties/"));
    let (head, _) = get(&served.sites[2], "/anzeige.asp?nr=3001", "").await;
    assert!(head.starts_with("HTTP/1.1 301"), "{head}");
    assert_eq!(
        header(&head, "location").as_deref(),
        Some("anzeige.php?nr=3001")
    );

    let (head, body) = get(&served.sites[1], "/", "Accept-Encoding: gzip\r\n").await;
    assert_eq!(header(&head, "content-encoding").as_deref(), Some("gzip"));
    assert_eq!(body[..2], [0x1f, 0x8b]);

    let slow = world
        .listings()
        .iter()
        .find(|listing| listing.slow)
        .unwrap()
        .key;
    let began = Instant::now();
    get(&served.sites[2], &format!("/anzeige.php?nr={slow}"), "").await;
    assert!(began.elapsed() >= SLOW_PAGE);
    let log = &served.requests()[2].requests;
    assert!(log.last().unwrap().answered - log.last().unwrap().arrived >= SLOW_PAGE);
}

#[tokio::test]
async fn a_profile_stands_for_each_site() {
    let (world, served) = served().await;
    let profiles = world.profiles(&served);
    assert_eq!(profiles.len(), 3);
    for ((name, text), site) in profiles.iter().zip(&served.sites) {
        assert_eq!(*name, site.name);
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["id"].as_str(), Some(name.as_str()));
        let host = site.base_url.trim_start_matches("http://");
        assert_eq!(table["visit"]["hosts"][0].as_str(), Some(host));
        let review = table["legal"]["review_by"]
            .as_datetime()
            .unwrap()
            .to_string();
        assert_eq!(review, "2026-08-30");
    }
}
