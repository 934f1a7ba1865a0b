use super::*;

const PROFILE: &str = r#"
id = "oud"
name = "Oud"
collect = "text"
country = "NL"
[legal]
ground = "test"
purpose = "test"
approver = "test"
contact = "crawl@operator.example"
review_by = 2030-01-01
[retention]
text_days = 7
feature_days = 7
photo_hash_days = 7
[visit]
start = ["https://oud.example/"]
hosts = ["oud.example"]
delay_ms = 1000
requests_per_day = 100
megabytes_per_day = 10
[links]
listing = '^/advertentie\.asp\?nr=(?<key>\d+)'
list = ['^/lijst\.asp']
[listing]
title = ["h2", "title"]
text = "td.tekst"
age = { css = "table", pattern = 'Leeftijd\s*:?\s*(\d+)' }
city = { css = "table", pattern = 'Plaats\s*:?\s*(.+)' }
phones = [{ css = "a[href^='tel:']", attr = "href" }, { json_ld = "telephone" }]
emails = { css = "a[href^='mailto:']", attr = "href" }
price = { css = "table", pattern = 'Prijs\s*:?\s*(.+)' }
images = { css = "img.foto", attr = "src" }
posted_at = { css = "table", pattern = 'Geplaatst\s*:?\s*(.+)' }
author_name = { json_ld = "name", of = "Person" }
author_verified = ".echt"
[listing.attributes]
dagen = "li.dag"
[dates]
formats = ["%d-%m-%Y %H:%M"]
zone = "Europe/Amsterdam"
"#;

fn page(url: &str, body: &[u8]) -> Page {
    Page {
        url: Url::parse(url).unwrap(),
        content_type: Some("text/html".to_owned()),
        body: body.to_vec(),
        seen_at: "2026-03-03T12:00:00Z".parse().unwrap(),
    }
}

fn read(url: &str, body: &[u8]) -> Extraction {
    extract(
        &SiteProfile::parse("oud.toml", PROFILE).unwrap(),
        &page(url, body),
    )
}

/// An old-style page: windows-1252 without saying so, tags unclosed, attributes unquoted.
const OLD_PAGE: &[u8] = b"<HTML><TITLE>x</TITLE><BODY bgcolor=#ffffff>\n\
<H2>Zo\xEB uit Breda</H1>\n\
<TABLE border=1><TR><TD>Leeftijd<TD>23<TR><TD>Plaats :<TD>Breda<TR><TD>Prijs<TD>\x80 100,-\n\
<TR><TD>Geplaatst<TD>02-03-2026 14:05</TR>\n\
<TR><TD class=tekst colspan=2>Welkom bij caf\xE9 Zo\xEB.<P>Ma t/m vr &amp; za<BR>Bel \
<A HREF=tel:+31612340001>06 1234 0001</A></TABLE>\n\
<IMG class=foto src=foto/1.jpg><IMG class=foto src=\"/foto/1.jpg\"><IMG src=logo.gif>\n\
<span class=echt></span><ul><li class=dag>ma<li class=dag>di</ul>\n\
<script type='application/ld+json'>{\"@type\":\"Person\",\"name\":\"Bo\"}</script>\n\
<script type='application/ld+json'>{broken</script>\n\
<A HREF='lijst.asp?p=2'>verder</A> <a href=advertentie.asp?nr=7&PHPSESSID=1>a</a>\
<a href='https://elders.example/lijst.asp'>b</a><a href='advertentie.asp?nr=7#x'>c</a>";

#[test]
fn a_broken_old_page_is_read_whole() {
    let found = read("https://oud.example/advertentie.asp?nr=42", OLD_PAGE);
    let listing = found.listing.unwrap();
    assert_eq!(listing.id.as_str(), "oud:42");
    assert_eq!(listing.title, "Zoë uit Breda");
    assert_eq!(
        listing.text,
        "Welkom bij café Zoë.\nMa t/m vr & za\nBel 06 1234 0001"
    );
    assert_eq!(listing.age, Some(AgeField::Number(23)));
    assert_eq!(listing.city.as_deref(), Some("Breda"));
    assert_eq!(listing.phones, ["+31612340001"]);
    let price = listing.price.unwrap();
    assert_eq!(
        (price.amount, price.currency.as_deref()),
        (100.0, Some("EUR"))
    );
    assert_eq!(
        listing.posted_at.unwrap().to_string(),
        "2026-03-02T13:05:00Z"
    );
    assert_eq!(listing.images, ["https://oud.example/foto/1.jpg"]);
    let author = listing.author.unwrap();
    assert_eq!(
        (author.name.as_deref(), author.verified),
        (Some("Bo"), Some(true))
    );
    assert_eq!(listing.attributes["dagen"], serde_json::json!(["ma", "di"]));
    let links: Vec<String> = found
        .links
        .iter()
        .map(|link| format!("{:?} {}", link.kind, link.url))
        .collect();
    assert_eq!(
        links,
        [
            "List https://oud.example/lijst.asp?p=2",
            "Listing https://oud.example/advertentie.asp?nr=7"
        ]
    );
    assert_eq!(
        found.problems,
        ["JSON-LD block cannot be read, line 1 column 2"]
    );
}

#[test]
fn a_page_that_is_no_listing_has_links_only() {
    let found = read("https://oud.example/lijst.asp", OLD_PAGE);
    assert_eq!(found.listing, None);
    assert_eq!(found.links.len(), 2);
}

#[test]
fn a_listing_without_text_says_what_to_check() {
    let found = read("https://oud.example/advertentie.asp?nr=42", b"<p>weg");
    assert_eq!(found.listing, None);
    assert_eq!(
        found.problems,
        [
            "neither title nor text stands where the profile says: check `listing.title` and \
          `listing.text`"
        ]
    );
}

#[test]
fn next_is_followed_beyond_the_patterns() {
    let found = read(
        "https://oud.example/lijst.asp",
        b"<link rel=next href=/p2><a rel='nofollow NEXT' href=/p3>x</a><a href=/p4>y</a>",
    );
    let paths: Vec<&str> = found.links.iter().map(|link| link.url.path()).collect();
    assert_eq!(paths, ["/p2", "/p3"]);
}

#[test]
fn traps_are_named_once() {
    let found = read(
        "https://oud.example/lijst.asp",
        b"<a href='/lijst.asp/a/a/a'>x</a><a href='/lijst.asp/b/b/b'>y</a>",
    );
    assert_eq!(found.links, []);
    assert_eq!(
        found.problems,
        ["links not followed: a path segment stands three times in the address"]
    );
}

#[test]
fn the_profile_overrides_the_sites_word_on_charset() {
    let profile = PROFILE.replace(
        "delay_ms = 1000",
        "delay_ms = 1000\ncharset = 'windows-1252'",
    );
    let profile = SiteProfile::parse("oud.toml", &profile).unwrap();
    let mut page = page(
        "https://oud.example/advertentie.asp?nr=1",
        b"<meta charset=utf-8><h2>Zo\xEB</h2>",
    );
    page.content_type = Some("text/html; charset=utf-8".to_owned());
    assert_eq!(extract(&profile, &page).listing.unwrap().title, "Zoë");
}
