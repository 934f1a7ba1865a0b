use crate::bench::{Bench, ad, links, picture};
use crate::fake_site::{FakeSite, Reply};

/// The site answers `/` with a link to `/ad/start`; the failures of the round as `path: reason`.
async fn failures(
    answers: impl Fn(&str) -> Reply + Send + Sync + 'static,
) -> (FakeSite, Vec<String>, u64) {
    let site = FakeSite::serve(move |hit| match hit.path.as_str() {
        "/robots.txt" => Reply::with(200, &[], "User-agent: *\nDisallow: /ad/hidden\n"),
        "/" => Reply::html(links(&["/ad/start"])),
        path => answers(path),
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    let base = site.url("");
    let failures = report
        .failures
        .iter()
        .map(|failure| format!("{}: {}", failure.url.replace(&base, ""), failure.reason))
        .collect();
    (site, failures, report.listings_new)
}

#[tokio::test]
async fn followed_within_scope() {
    let (site, failures, n_new) = failures(|path| match path {
        "/ad/start" => Reply::redirect("/ad/end"),
        _ => Reply::html(ad("Anna", "")),
    })
    .await;
    assert_eq!((failures, n_new), (Vec::new(), 1));
    assert_eq!(site.paths(), ["/robots.txt", "/", "/ad/start", "/ad/end"]);
}

#[tokio::test]
async fn loops_end() {
    let (site, found, _) = failures(|path| match path {
        "/ad/start" => Reply::redirect("/ad/other"),
        _ => Reply::redirect("/ad/start"),
    })
    .await;
    assert_eq!(found, ["/ad/other: redirect loop"]);
    assert_eq!(site.paths().len(), 4);

    let (_, found, _) = failures(|_| Reply::redirect("/ad/start")).await;
    assert_eq!(found, ["/ad/start: redirect to itself"]);

    let (site, found, _) = failures(|path| {
        let n = path.len();
        Reply::redirect(&format!("/ad/{}", "x".repeat(n)))
    })
    .await;
    assert_eq!(found.len(), 1);
    assert!(
        found[0].ends_with("more than 5 redirects in a row"),
        "{found:?}"
    );
    assert_eq!(site.paths().len(), 8);
}

#[tokio::test]
async fn not_followed_out_of_scope_or_into_what_robots_forbids() {
    for (to, expected) in [
        (
            "https://elsewhere.example/ad/1",
            "redirect out of the scope of the profile",
        ),
        (
            "http://127.0.0.1:25/ad/1",
            "redirect out of the scope of the profile",
        ),
        (
            "http://169.254.169.254/ad/1",
            "redirect out of the scope of the profile",
        ),
        (
            "file:///etc/hostname",
            "redirect to what is no web address, or carries a password",
        ),
        (
            "data:text/html,x",
            "redirect to what is no web address, or carries a password",
        ),
        ("http://[", "redirect to what is no address"),
        ("/about", "redirect to what is no listing"),
    ] {
        let (site, found, _) = failures(move |_| Reply::redirect(to)).await;
        assert_eq!(found, [format!("/ad/start: {expected}")]);
        assert_eq!(site.paths().len(), 3, "{to}");
    }
    let (site, found, _) = failures(|_| Reply::redirect("/ad/hidden")).await;
    assert_eq!(found, [""; 0]);
    assert_eq!(site.count("/ad/hidden"), 0);
    let (_, found, _) = failures(|_| Reply::status(302)).await;
    assert_eq!(found, ["/ad/start: redirect without a target"]);
}

/// Listings name the first address of a photo; its hash must be found under that one.
#[tokio::test]
async fn a_photo_that_stands_elsewhere_is_known_by_the_address_of_the_listing() {
    let site = FakeSite::serve(|hit| match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        "/" => Reply::html(links(&["/ad/1"])),
        "/ad/1" => {
            let images = ["a", "b", "c"].map(|name| format!("<img src='/img/{name}'>"));
            Reply::html(ad("Anna", &images.concat()))
        }
        "/img/a" | "/img/b" => Reply::redirect("/big/1"),
        "/img/c" => Reply::redirect("/next"),
        "/next" => Reply::redirect("/big/1"),
        _ => Reply::with(200, &[], picture()),
    })
    .await;
    let bench = Bench::new();
    let report = bench.visit(&site).await;
    assert_eq!((report.n_failures, site.count("/big/1")), (0, 1));
    let images = ["/img/a", "/img/b", "/img/c"].map(|path| site.url(path));
    let known = bench.read(move |tx| tx.photos(&images));
    assert_eq!(known.len(), 3);
}
