//! An old table site, German and Dutch: windows-1252 bytes, capitals, elements never closed,
//! relative links, and on a third of the pages no word about the charset.
//!
//! Invariant: every page is windows-1252 and holds signs beyond ASCII.

use std::fmt::Write as _;

use super::{Answer, Asked, Page, SiteName, picture, picture_files, slice, standing};
use crate::dates;
use crate::html::escape;
use crate::listing::Listing;
use crate::robots;
use crate::world::World;

/// What robots.txt forbids; pages link to all of it.
pub(super) const FORBIDDEN: &[&str] = &["/intern/", "/druck.php", "/liste.php?alt="];

const SITE: SiteName = SiteName::Kleinboerse;
const LISTINGS_PER_PAGE: usize = 15;
/// The old site never names a charset here; the page may.
const MEDIA_TYPE: &str = "text/html";

pub(super) fn answer(world: &World, asked: &Asked<'_>) -> Answer {
    let value = |name: &str| -> Option<&str> {
        asked
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    };
    let wanted = || value("nr").and_then(|key| key.parse().ok());
    let page = match asked.path {
        "/" | "/index.html" => {
            return Answer::Moved {
                status: 301,
                to: "liste.php".to_owned(),
            };
        }
        "/robots.txt" => Some(Page::text(robots::text(FORBIDDEN, None))),
        "/liste.php" if value("alt").is_some() => Some(closed()),
        "/liste.php" => {
            let nth = value("seite").map_or(Some(1), |nth| nth.parse().ok());
            nth.and_then(|nth| list(world, nth, asked.round))
        }
        "/anzeige.asp" => {
            if let Some(listing) = wanted().and_then(|key| world.find(SITE, key)) {
                return Answer::Moved {
                    status: 301,
                    to: format!("anzeige.php?nr={}", listing.key),
                };
            }
            None
        }
        "/anzeige.php" => wanted()
            .and_then(|key| world.find(SITE, key))
            .filter(|listing| listing.stands(asked.round))
            .map(|listing| {
                Page::of(MEDIA_TYPE, encoded(&detail(listing, asked.round))).listing(
                    listing,
                    asked.round,
                    world.now(),
                )
            }),
        "/druck.php" => Some(closed()),
        path if path.starts_with("/intern/") => Some(closed()),
        path => path
            .strip_prefix("/bilder/")
            .and_then(|file| picture(world, SITE, file)),
    };
    match page {
        Some(page) => Answer::Page(page),
        None => Answer::Missing {
            status: 404,
            body: encoded(&framed(
                "Nicht gefunden",
                "<P>Diese Anzeige gibt es nicht mehr.",
                0,
            )),
        },
    }
}

fn closed() -> Page {
    let body = framed("Geschlossen", "<P>Nicht für Suchmaschinen.", 0);
    Page::of(MEDIA_TYPE, encoded(&body))
}

fn list(world: &World, nth: usize, round: u8) -> Option<Page> {
    let listings = standing(world, SITE, round);
    let (shown, n_pages) = slice(&listings, nth, LISTINGS_PER_PAGE);
    if nth == 0 || nth > n_pages {
        return None;
    }
    let mut body = String::from(
        "<TABLE BORDER=0 CELLPADDING=3 WIDTH=640>\n<TR BGCOLOR=#CCCC99><TH>Datum<TH>Anzeige / Advertentie<TH>Ort\n",
    );
    for listing in shown {
        let page = if listing.moved {
            "anzeige.asp"
        } else {
            "anzeige.php"
        };
        let _ = writeln!(
            body,
            "<TR><TD>{}<TD><A HREF={page}?nr={}>{}</A><TD>{}",
            dates::german(listing.posted),
            listing.key,
            escape(&listing.title),
            escape(&listing.town)
        );
    }
    body.push_str("<TR><TD>01.01.2019<TD><A HREF='anzeige.php?nr=2999'>alte Anzeige</A><TD>?\n</TABLE>\n<P>Seite: ");
    for number in 1..=n_pages {
        if number == nth {
            let _ = write!(body, "<B>{number}</B> ");
        } else {
            let _ = write!(body, "<A HREF=liste.php?seite={number}>{number}</A> ");
        }
    }
    body.push_str("<P><A HREF=liste.php?alt=2004>Frühere Jahrgänge</A>\n");
    let charset = u32::try_from(nth).unwrap_or(0);
    Some(Page::of(
        MEDIA_TYPE,
        encoded(&framed(&format!("Anzeigen, Seite {nth}"), &body, charset)),
    ))
}

fn detail(listing: &Listing, round: u8) -> String {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let (kind, label) = match &listing.licence {
        Some(licence) => ("licensed_venue", format!("vergund bedrijf {licence}")),
        None => ("private", "privat".to_owned()),
    };
    // Old hands broke lines by hand: the first sentence stands on a line of its own.
    let text = escape(listing.text(round)).replacen(". ", ".<BR>\n", 1);
    let mut body = format!(
        "<TABLE BORDER=1 CELLPADDING=4 WIDTH=640>\n\
         <TR BGCOLOR=#CCCC99><TH COLSPAN=2>{title}\n\
         <TR><TD WIDTH=160>Datum<TD>{date}\n\
         <TR><TD>Name / Naam<TD>{name}\n\
         <TR><TD>Anbieter / Aanbieder<TD ABBR={kind}>{label}\n\
         <TR><TD>Alter / Leeftijd<TD>{age}\n\
         <TR><TD>Ort / Plaats<TD>{town}\n\
         <TR><TD>Telefon<TD>{phone}\n\
         <TR><TD>Preis / Prijs<TD>{price}\n\
         <TR><TD COLSPAN=2><FONT FACE=Verdana SIZE=2>{text}\n\
         <TR><TD COLSPAN=2 ALIGN=center>",
        title = escape(&listing.title),
        date = dates::german(listing.posted),
        name = escape(listing.name.as_deref().unwrap_or("-")),
        label = escape(&label),
        age = or_dash(listing.age.map(|age| age.to_string())),
        town = escape(&listing.town),
        phone = escape(listing.phone.as_deref().unwrap_or("-")),
        price = or_dash(listing.price.map(|price| format!("{price} EUR / Std."))),
    );
    for file in picture_files(listing) {
        let _ = write!(
            body,
            "<IMG SRC=bilder/{file} ALT='erzeugtes Bild' WIDTH=200> "
        );
    }
    let _ = write!(
        body,
        "\n</TABLE>\n<P><FONT SIZE=1>Hinweis: Zahlen Sie nie im Voraus. Für Inhalte haftet der Anbieter.</FONT>\n\
         <P><A HREF=druck.php?nr={key}>Druckansicht</A> <A HREF=liste.php>zurück zur Übersicht</A>\n",
        key = listing.key
    );
    framed(&listing.title, &body, listing.key)
}

fn framed(title: &str, body: &str, nth: u32) -> String {
    let charset = match nth % 3 {
        0 => "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1252'>\n",
        1 => "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=iso-8859-1'>\n",
        _ => "",
    };
    format!(
        "<HTML><HEAD>\n{charset}<TITLE>{title} - Kleinbörse Grenzland (Nachahmung)</TITLE>\n</HEAD>\n\
         <BODY BGCOLOR=#F4F1E4 TEXT=#222222 LINK=#003388>\n<CENTER>\n\
         <TABLE BORDER=0 WIDTH=640 BGCOLOR=#FFEE99><TR><TD>Nachahmung zur Vorführung: alle Anzeigen sind erfunden. \
         / Imitatie: alle advertenties zijn verzonnen.</TABLE>\n\
         <FONT SIZE=5><B>Kleinbörse Grenzland</B></FONT><BR><FONT SIZE=2>Anzeigen für Käufer und Verkäufer beiderseits der Grenze \
         - <A HREF=liste.php>Übersicht</A> - <A HREF=intern/anmelden.php>Anmelden</A></FONT>\n<HR WIDTH=640>\n\
         {body}<HR WIDTH=640>\n<FONT SIZE=1>Kundendienst der Kleinbörse: +49 171 3920099 (werktags). \
         Geöffnet für Rückfragen zur Bezahlung in €. Grüße aus dem Büro.</FONT>\n</CENTER>\n",
        title = escape(title),
    )
}

/// The page as bytes. What windows-1252 does not have becomes a character reference, as browsers
/// of the time sent it.
fn encoded(page: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(page).0.into_owned()
}
