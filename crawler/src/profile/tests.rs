use store::UrlKind;

use super::*;

const EXAMPLE: &str = include_str!("../../sites/example.toml");

fn example() -> SiteProfile {
    SiteProfile::parse("sites/example.toml", EXAMPLE).unwrap()
}

/// Replaces a line of the example and expects one problem.
#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    assert!(EXAMPLE.contains(from), "the example has no `{from}`");
    let text = EXAMPLE.replacen(from, to, 1);
    let error = SiteProfile::parse("p.toml", &text).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[test]
fn the_shipped_example_lints() {
    let profile = example();
    assert_eq!(profile.id.as_str(), "listings-example");
    assert_eq!(profile.collect, Collect::Features);
    assert_eq!(profile.legal.review_by.date(), "2027-12-31");
    assert_eq!(
        profile.leased_hosts(),
        [
            "img.listings.example:443",
            "img.listings.example:80",
            "listings.example:443",
            "listings.example:80"
        ]
    );
}

#[test]
fn without_ground_purpose_or_contact_it_is_refused() {
    check(
        "ground = \"AVG art. 6(1)(e); DPIA 2026-014\"\n",
        "",
        "p.toml:12: `legal.ground` is missing: name the ground in law with its article; without one \
         the site is not visited",
    );
    check(
        "purpose = \"finding signs of exploitation in public advertisements\"",
        "purpose = \" \"",
        "p.toml:14: `legal.purpose` is empty: say what the data are for; it is shown to the site",
    );
    check(
        "\"crawl@operator.example\"",
        "\"operator\"",
        "p.toml:16: `operator` in `legal.contact` is no e-mail address",
    );
}

#[test]
fn a_lapsed_profile_is_refused() {
    let profile = example();
    let day_before: Timestamp = "2027-12-30".parse().unwrap();
    let day: Timestamp = "2027-12-31".parse().unwrap();
    assert_eq!(profile.check(day_before), Ok(()));
    assert_eq!(
        profile.check(day).unwrap_err().to_string(),
        "sites/example.toml:18: the profile of `listings-example` lapsed at 2027-12-31T00:00:00Z: \
         have the approver review ground, purpose and retention, then set a later `review_by`"
    );
}

#[test]
fn each_problem_names_its_line_and_the_way_out() {
    check(
        "photos = false",
        "fotos = false",
        "p.toml:10: unknown key `fotos`; known: collect, country, dates, id, language, legal, links, \
         listing, name, photos, retention, visit",
    );
    check(
        "collect = \"features\"",
        "collect = \"all\"",
        "p.toml:9: unknown value `all` of `collect`; known: features, text",
    );
    check(
        "delay_ms = 5000",
        "delay_ms = 50",
        "p.toml:28: `visit.delay_ms` is no whole number from 1000 to 3600000",
    );
    check(
        "Europe/Amsterdam",
        "Europe/Amsterdamm",
        "p.toml:65: unknown time zone `Europe/Amsterdamm`: write an IANA name, such as \
         `Europe/Amsterdam`",
    );
    check(
        "(?<key>\\d+)",
        "(\\d+)",
        "p.toml:38: `links.listing` has no group `(?<key>…)`: mark the part that names the listing",
    );
    check(
        "\"%d %m %Y\"]",
        "\"%d %m %Y\"",
        "p.toml:65: not TOML: missing comma between array elements, expected `,`",
    );
}

#[test]
fn all_problems_are_reported_at_once() {
    let text = EXAMPLE
        .replace("title = \"h1\"", "title = \"h1[\"")
        .replace("country = \"NL\"", "country = \"nl\"");
    let error = SiteProfile::parse("p.toml", &text).unwrap_err();
    assert_eq!(error.0.len(), 2, "{error}");
    assert!(error.0[0].starts_with("p.toml:8: `country`"), "{error}");
    assert!(error.0[1].starts_with("p.toml:43: CSS selector"), "{error}");
}

#[test]
fn the_loopback_delay_may_be_short() {
    let text = EXAMPLE
        .replace("# allow_loopback = true", "allow_loopback = true")
        .replace("delay_ms = 5000", "delay_ms = 20");
    assert_eq!(SiteProfile::parse("p", &text).unwrap().visit.delay_ms, 20);
}

#[test]
fn scope_and_kinds() {
    let profile = example();
    let url = |written: &str| url::Url::parse(written).unwrap();
    assert!(profile.covers(&url("https://listings.example/ad/1")));
    assert!(!profile.covers(&url("https://listings.example:8443/ad/1")));
    assert!(!profile.covers(&url("https://evil-listings.example/ad/1")));
    assert!(!profile.covers(&url("ftp://listings.example/ad/1")));
    let links = &profile.links;
    let at = |written: &str| links.kind(&url(written));
    assert_eq!(
        at("https://listings.example/ad/12-title"),
        Some(UrlKind::Listing)
    );
    assert_eq!(
        at("https://listings.example/nl/page/2"),
        Some(UrlKind::List)
    );
    assert_eq!(at("https://listings.example/about"), None);
    assert_eq!(
        links.key(&url("https://listings.example/ad/12-title")),
        Some("12".to_owned())
    );
}

#[test]
fn the_user_agent_identifies_us() {
    assert_eq!(
        example().user_agent(),
        format!(
            "waaklicht/{} (+https://operator.example/crawl; finding signs of exploitation in public \
             advertisements)",
            env!("CARGO_PKG_VERSION")
        )
    );
}
