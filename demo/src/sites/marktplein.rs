//! A Dutch classifieds list: tidy HTML, numbered pages with `rel=next`, dates in Dutch words.

use std::fmt::Write as _;

use super::{Answer, Asked, Page, SiteName, picture, picture_files, slice, standing};
use crate::dates;
use crate::html::{escape, slug};
use crate::listing::Listing;
use crate::robots;
use crate::world::World;

/// Folders that robots.txt forbids; pages link into all of them.
pub(super) const FORBIDDEN: &[&str] = &["/bericht/", "/mijn/", "/advertenties/archief/"];

const SITE: SiteName = SiteName::Marktplein;
const LISTINGS_PER_PAGE: usize = 12;
/// An address that lists name although nothing stands there any more.
const DEAD_LINK: &str = "/advertentie/999-vervallen";

pub(super) fn answer(world: &World, asked: &Asked<'_>) -> Answer {
    let segments: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    let page = match segments.as_slice() {
        [""] => {
            return Answer::Moved {
                status: 302,
                to: "/advertenties/".to_owned(),
            };
        }
        ["robots.txt"] => Some(Page::text(robots::text(FORBIDDEN, None))),
        ["stijl.css"] => Some(Page::of("text/css; charset=utf-8", CSS.as_bytes().to_vec())),
        ["advertenties"] => list(world, 1, asked.round),
        ["advertenties", "pagina", nth] => nth
            .parse()
            .ok()
            .and_then(|nth| list(world, nth, asked.round)),
        ["advertenties", "archief", _] => Some(Page::html(framed("Archief", "<p>Leeg.</p>", ""))),
        ["advertentie", address] => key_of(address)
            .and_then(|key| world.find(SITE, key))
            .filter(|listing| listing.stands(asked.round))
            .map(|listing| {
                Page::html(detail(listing, asked.round)).listing(listing, asked.round, world.now())
            }),
        ["a", key] => {
            if let Some(listing) = key.parse().ok().and_then(|key| world.find(SITE, key)) {
                return Answer::Moved {
                    status: 301,
                    to: address(listing),
                };
            }
            None
        }
        ["foto", file] => picture(world, SITE, file),
        ["bericht" | "mijn", ..] => Some(Page::html(framed(
            "Inloggen",
            "<p>Dit deel van de imitatiesite is niet voor zoekrobots.</p>",
            "",
        ))),
        _ => None,
    };
    match page {
        Some(page) => Answer::Page(page),
        None => Answer::Missing {
            status: 404,
            body: framed("Niet gevonden", "<p>Deze advertentie bestaat niet.</p>", "").into_bytes(),
        },
    }
}

fn key_of(address: &str) -> Option<u32> {
    address.split('-').next()?.parse().ok()
}

fn address(listing: &Listing) -> String {
    format!("/advertentie/{}-{}", listing.key, slug(&listing.title))
}

fn list(world: &World, nth: usize, round: u8) -> Option<Page> {
    let listings = standing(world, SITE, round);
    let (shown, n_pages) = slice(&listings, nth, LISTINGS_PER_PAGE);
    if nth == 0 || nth > n_pages {
        return None;
    }
    let mut body = String::from("<ol class=\"lijst\">\n");
    for listing in shown {
        let href = if listing.moved {
            format!("/a/{}", listing.key)
        } else {
            address(listing)
        };
        let _ = writeln!(
            body,
            "<li><a href=\"{href}\">{}</a> <span class=\"plaats\">{}</span> <span class=\"datum\">{}</span></li>",
            escape(&listing.title),
            escape(&listing.town),
            dates::dutch(listing.posted)
        );
    }
    body.push_str("</ol>\n<nav class=\"bladeren\">");
    for number in 1..=n_pages {
        if number == nth {
            let _ = write!(body, "<b>{number}</b> ");
        } else {
            let _ = write!(body, "<a href=\"{}\">{number}</a> ", page_address(number));
        }
    }
    let mut head = String::new();
    if nth < n_pages {
        let next = page_address(nth + 1);
        let _ = write!(body, "<a rel=\"next\" href=\"{next}\">Volgende</a>");
        let _ = write!(head, "<link rel=\"next\" href=\"{next}\">");
    }
    body.push_str("</nav>\n");
    let _ = writeln!(
        body,
        "<p class=\"ook\">Ook hier: <a href=\"{DEAD_LINK}\">vervallen advertentie</a>, \
         <a href=\"/advertenties/archief/2019\">archief</a>.</p>"
    );
    Some(Page::html(framed(
        &format!("Advertenties, pagina {nth}"),
        &body,
        &head,
    )))
}

fn page_address(nth: usize) -> String {
    match nth {
        1 => "/advertenties/".to_owned(),
        _ => format!("/advertenties/pagina/{nth}"),
    }
}

fn detail(listing: &Listing, round: u8) -> String {
    let mut facts = String::new();
    let mut fact = |label: &str, class: &str, value: &str| {
        let _ = writeln!(
            facts,
            "<dt>{label}</dt><dd class=\"{class}\">{}</dd>",
            escape(value)
        );
    };
    fact("Geplaatst", "geplaatst", &dates::dutch(listing.posted));
    fact("Plaats", "plaats", &listing.town);
    if let Some(age) = listing.age {
        fact("Leeftijd", "leeftijd", &age.to_string());
    }
    if let Some(phone) = &listing.phone {
        fact("Telefoon", "telefoon", phone);
    }
    if let Some(price) = listing.price {
        fact("Prijs", "prijs", &format!("€ {price} per uur"));
    }
    let (kind, label) = match &listing.licence {
        Some(licence) => (
            "licensed_venue",
            format!("vergund bedrijf, vergunning {licence}"),
        ),
        None => ("private", "particulier".to_owned()),
    };
    let name = listing
        .name
        .as_deref()
        .map(|name| format!("<span class=\"naam\">{}</span> ", escape(name)))
        .unwrap_or_default();
    let mut photos = String::new();
    for file in picture_files(listing) {
        let _ = write!(
            photos,
            "<img src=\"/foto/{file}\" alt=\"gegenereerde afbeelding\">"
        );
    }
    let body = format!(
        "<article class=\"advertentie\" data-nummer=\"{key}\">\n\
         <h1>{title}</h1>\n\
         <p class=\"aanbieder\" data-soort=\"{kind}\">{name}({label})</p>\n\
         <dl>\n{facts}</dl>\n\
         <div class=\"omschrijving\"><p>{text}</p></div>\n\
         <div class=\"fotos\">{photos}</div>\n\
         <p><a href=\"/bericht/{key}\">Reageer op deze advertentie</a></p>\n\
         </article>\n\
         <aside class=\"advies\">Tip van Marktplein: betaal nooit vooruit en spreek af op een plek die je kent.</aside>\n\
         <p><a href=\"/advertenties/\">Alle advertenties</a></p>\n",
        key = listing.key,
        title = escape(&listing.title),
        label = escape(&label),
        text = escape(listing.text(round)),
    );
    framed_in(listing.language.code(), &listing.title, &body, "")
}

/// A page of the site itself.
fn framed(title: &str, body: &str, head: &str) -> String {
    framed_in("nl", title, body, head)
}

/// A page whose main part is in another language says so.
fn framed_in(language: &str, title: &str, body: &str, head: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} - Marktplein (imitatie)</title>\n\
         <link rel=\"stylesheet\" href=\"/stijl.css\">{head}\n</head>\n<body>\n\
         <p class=\"imitatie\">Dit is een imitatiesite. Alle advertenties zijn verzonnen.</p>\n\
         <header><a href=\"/advertenties/\">Marktplein</a> <a href=\"/mijn/inloggen\">Inloggen</a></header>\n\
         <main>\n{body}</main>\n\
         <footer>Vragen over deze site? Bel de klantenservice van Marktplein: 06 1234 9990. \
         Deel nooit je wachtwoord.</footer>\n</body>\n</html>\n",
        title = escape(title),
    )
}

const CSS: &str = "\
body { margin: 0 auto; max-width: 46rem; padding: 0 1rem; font: 1rem/1.5 sans-serif; color: #222; background: #fff }
.imitatie { margin: 0 -1rem; padding: .4rem 1rem; background: #fff3c4; border-bottom: 1px solid #d9c36a }
header { display: flex; justify-content: space-between; padding: 1rem 0; border-bottom: 3px solid #2f6f4f; font-weight: bold }
a { color: #1d5c8a }
.lijst { list-style: none; padding: 0 }
.lijst li { display: flex; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid #ddd }
.lijst a { flex: 1 }
.datum, .lijst .plaats { color: #666; font-size: .875rem }
dl { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem 1rem }
dd { margin: 0 }
.fotos img { width: 12rem; margin-right: .5rem; border: 1px solid #ccc }
.advies, footer { margin: 1.5rem 0; padding: .75rem; background: #f2f4f3; font-size: .875rem }
";
