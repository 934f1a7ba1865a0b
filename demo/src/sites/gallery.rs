//! An English gallery: a directory for each town, a sitemap, and the listing's data as JSON-LD.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

use super::{Answer, Asked, Page, SiteName, picture, picture_files, standing};
use crate::dates;
use crate::html::{escape, script_json, slug};
use crate::listing::Listing;
use crate::robots;
use crate::world::World;

/// What robots.txt forbids; pages link to all of it.
pub(super) const FORBIDDEN: &[&str] = &["/messages/", "/*?sort=", "/members/"];

const SITE: SiteName = SiteName::Gallery;

pub(super) fn answer(world: &World, asked: &Asked<'_>) -> Answer {
    let segments: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    let page = match segments.as_slice() {
        [""] => Some(home(world, asked.round)),
        ["home"] => {
            return Answer::Moved {
                status: 302,
                to: "/".to_owned(),
            };
        }
        ["robots.txt"] => Some(Page::text(robots::text(
            FORBIDDEN,
            Some(&format!("{}/sitemap.xml", asked.base_url)),
        ))),
        ["sitemap.xml"] => Some(sitemap(world, asked)),
        ["style.css"] => Some(Page::of("text/css; charset=utf-8", CSS.as_bytes().to_vec())),
        ["town", town] => directory(world, town, asked.round),
        ["ad", key] => {
            if let Some(listing) = key.parse().ok().and_then(|key| world.find(SITE, key)) {
                return Answer::Moved {
                    status: 301,
                    to: address(listing),
                };
            }
            None
        }
        ["listing", key] => match key.parse().ok().and_then(|key| world.find(SITE, key)) {
            Some(listing) if !listing.stands(asked.round) => {
                return Answer::Missing {
                    status: 410,
                    body: framed("Gone", "<p>This listing was removed.</p>", "").into_bytes(),
                };
            }
            found => found.map(|listing| {
                Page::html(detail(listing, asked)).listing(listing, asked.round, world.now())
            }),
        },
        ["image", file] => picture(world, SITE, file),
        ["messages" | "members", ..] => Some(Page::html(framed(
            "Members only",
            "<p>This part of the imitation site is closed to robots.</p>",
            "",
        ))),
        _ => None,
    };
    match page {
        Some(page) => Answer::Page(page),
        None => Answer::Missing {
            status: 404,
            body: framed("Not found", "<p>Nothing stands at this address.</p>", "").into_bytes(),
        },
    }
}

fn address(listing: &Listing) -> String {
    format!("/listing/{}/", listing.key)
}

fn home(world: &World, round: u8) -> Page {
    let mut towns: BTreeMap<&str, usize> = BTreeMap::new();
    for listing in standing(world, SITE, round) {
        *towns.entry(&listing.town).or_default() += 1;
    }
    let mut body = String::from("<h1>Browse by town</h1>\n<ul class=\"towns\">\n");
    for (town, n_listings) in towns {
        let _ = writeln!(
            body,
            "<li><a href=\"/town/{}/\">{}</a> ({n_listings})</li>",
            slug(town),
            escape(town)
        );
    }
    body.push_str("<li><a href=\"/town/atlantis/\">Atlantis</a> (closed)</li>\n</ul>\n");
    Page::html(framed("Browse by town", &body, ""))
}

fn directory(world: &World, town: &str, round: u8) -> Option<Page> {
    let listings: Vec<&Listing> = standing(world, SITE, round)
        .into_iter()
        .filter(|listing| slug(&listing.town) == town)
        .collect();
    let name = &listings.first()?.town;
    let mut body = format!(
        "<h1>{}</h1>\n<p><a href=\"/town/{town}/?sort=price\">Sort by price</a></p>\n<ul class=\"cards\">\n",
        escape(name)
    );
    for listing in &listings {
        let href = if listing.moved {
            format!("/ad/{}", listing.key)
        } else {
            address(listing)
        };
        let _ = writeln!(
            body,
            "<li><a href=\"{href}\">{}</a></li>",
            escape(&listing.title)
        );
    }
    body.push_str("</ul>\n");
    Some(Page::html(framed(name, &body, "")))
}

fn sitemap(world: &World, asked: &Asked<'_>) -> Page {
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for listing in standing(world, SITE, asked.round) {
        let _ = writeln!(
            body,
            "<url><loc>{}{}</loc><lastmod>{}</lastmod></url>",
            asked.base_url,
            address(listing),
            dates::iso(listing.modified(asked.round, world.now()))
        );
    }
    body.push_str("</urlset>\n");
    Page::of("application/xml", body.into_bytes())
}

fn detail(listing: &Listing, asked: &Asked<'_>) -> String {
    let text = listing.text(asked.round);
    let images: Vec<String> = picture_files(listing)
        .map(|file| format!("{}/image/{file}", asked.base_url))
        .collect();
    let mut offered_by = json!({ "@type": "Person", "name": listing.name });
    if let Some(phone) = &listing.phone {
        offered_by["telephone"] = json!(phone);
    }
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Offer",
        "identifier": listing.key.to_string(),
        "name": listing.title,
        "description": text,
        "inLanguage": listing.language.code(),
        "validFrom": dates::iso(listing.posted),
        "areaServed": { "@type": "City", "name": listing.town },
        "offeredBy": offered_by,
        "image": images,
    });
    if let Some(price) = listing.price {
        data["price"] = json!(price);
        data["priceCurrency"] = json!("EUR");
    }
    let organisation = json!({ "@context": "https://schema.org", "@type": "Organization",
        "name": "The Gallery (imitation)", "telephone": "+44 20 7946 0990" });
    let head = format!(
        "<script type=\"application/ld+json\">{}</script>\n<script type=\"application/ld+json\">{}</script>",
        script_json(&organisation),
        script_json(&data)
    );
    let mut photos = String::new();
    for image in &images {
        let _ = write!(photos, "<img src=\"{image}\" alt=\"generated picture\">");
    }
    let age = listing
        .age
        .map(|age| format!("<li>Age: <b class=\"age\">{age}</b></li>"))
        .unwrap_or_default();
    let body = format!(
        "<h1>{title}</h1>\n<div class=\"photos\">{photos}</div>\n\
         <ul class=\"facts\"><li>Town: {town}</li>{age}<li>Posted: {date}</li></ul>\n\
         <p class=\"body\">{text}</p>\n\
         <p><a href=\"/messages/new?to={key}\">Send a message</a></p>\n\
         <p class=\"advice\">Stay safe: meet in a place you know and never pay in advance.</p>\n\
         <p><a href=\"/town/{slug}/\">More in {town}</a></p>\n",
        title = escape(&listing.title),
        town = escape(&listing.town),
        date = &dates::iso(listing.posted)[..10],
        text = escape(text),
        key = listing.key,
        slug = slug(&listing.town),
    );
    framed_in(listing.language.code(), &listing.title, &body, &head)
}

/// A page of the site itself.
fn framed(title: &str, body: &str, head: &str) -> String {
    framed_in("en", title, body, head)
}

/// A page whose main part is in another language says so.
fn framed_in(language: &str, title: &str, body: &str, head: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} | The Gallery (imitation)</title>\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n{head}\n</head>\n<body>\n\
         <p class=\"imitation\">This is an imitation site. Every listing is invented.</p>\n\
         <header><a href=\"/home\">The Gallery</a> <a href=\"/members/login\">Members</a></header>\n\
         <main>\n{body}</main>\n\
         <footer>Help desk of The Gallery: +44 20 7946 0990. We never ask for your password.</footer>\n\
         </body>\n</html>\n",
        title = escape(title),
    )
}

const CSS: &str = "\
body { margin: 0 auto; max-width: 52rem; padding: 0 1rem; font: 1rem/1.5 Georgia, serif; color: #e8e6e1; background: #23262b }
.imitation { margin: 0 -1rem; padding: .4rem 1rem; background: #5a4a12; color: #fff }
header { display: flex; justify-content: space-between; padding: 1rem 0; border-bottom: 1px solid #555 }
a { color: #9cc4e4 }
.towns, .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .75rem; list-style: none; padding: 0 }
.cards li { padding: .75rem; background: #2e3238; border-radius: 4px }
.photos img { width: 16rem; margin-right: .5rem; border-radius: 4px }
.advice, footer { margin: 1.5rem 0; padding: .75rem; background: #2e3238; font-size: .875rem }
";
