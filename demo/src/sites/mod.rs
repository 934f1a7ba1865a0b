//! The three imitation sites: which address gives which page in which round. Pure: sockets are in
//! `served`.

mod gallery;
mod kleinboerse;
mod marktplein;

use std::fmt;

use model::Timestamp;

use crate::listing::Listing;
use crate::picture::Encoding;
use crate::world::World;

/// One of the imitation sites; its name is that of its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SiteName {
    /// A Dutch classifieds list.
    Marktplein,
    /// An English gallery with JSON-LD.
    Gallery,
    /// An old-style German and Dutch table site in windows-1252.
    Kleinboerse,
}

impl SiteName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Marktplein, Self::Gallery, Self::Kleinboerse];

    /// The name of the profile.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Marktplein => "marktplein",
            Self::Gallery => "gallery",
            Self::Kleinboerse => "kleinboerse",
        }
    }

    /// Addresses that robots.txt forbids.
    pub(crate) const fn forbidden(self) -> &'static [&'static str] {
        match self {
            Self::Marktplein => marktplein::FORBIDDEN,
            Self::Gallery => gallery::FORBIDDEN,
            Self::Kleinboerse => kleinboerse::FORBIDDEN,
        }
    }

    /// Number of the oldest listing.
    pub(crate) const fn first_key(self) -> u32 {
        match self {
            Self::Marktplein => 1001,
            Self::Gallery => 2001,
            Self::Kleinboerse => 3001,
        }
    }

    /// How the site stores pictures.
    pub(crate) const fn encoding(self) -> Encoding {
        match self {
            Self::Marktplein | Self::Gallery => Encoding::Png,
            Self::Kleinboerse => Encoding::Jpeg,
        }
    }

    /// Which of the two validators it sends: (`ETag`, `Last-Modified`).
    pub(crate) const fn validators(self) -> (bool, bool) {
        match self {
            Self::Marktplein => (true, true),
            Self::Gallery => (true, false),
            Self::Kleinboerse => (false, true),
        }
    }

    /// Whether it compresses what it sends.
    pub(crate) const fn compresses(self) -> bool {
        matches!(self, Self::Gallery)
    }
}

impl fmt::Display for SiteName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is asked of a site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// From the first `/`.
    pub(crate) path: &'a str,
    /// Without the `?`; empty when there is none.
    pub(crate) query: &'a str,
    /// 1 or 2.
    pub(crate) round: u8,
    /// `http://127.0.0.1:PORT`.
    pub(crate) base_url: &'a str,
}

/// What a site answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// 200.
    Page(Page),
    /// 301 or 302, to a path or an address.
    Moved {
        /// The status.
        status: u16,
        /// Where to.
        to: String,
    },
    /// 404 or 410, with a page for people.
    Missing {
        /// The status.
        status: u16,
        /// The page.
        body: Vec<u8>,
    },
}

/// A page or a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// `Content-Type`, with or without a charset.
    pub(crate) media_type: &'static str,
    /// The body.
    pub(crate) body: Vec<u8>,
    /// When it last changed, where the site knows.
    pub(crate) modified: Option<Timestamp>,
    /// Whether the answer takes its time.
    pub(crate) slow: bool,
}

impl Page {
    fn html(body: String) -> Self {
        Self::of("text/html; charset=utf-8", body.into_bytes())
    }

    fn text(body: String) -> Self {
        Self::of("text/plain; charset=utf-8", body.into_bytes())
    }

    fn of(media_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            media_type,
            body,
            modified: None,
            slow: false,
        }
    }

    fn listing(self, listing: &Listing, round: u8, now: Timestamp) -> Self {
        Self {
            modified: Some(listing.modified(round, now)),
            slow: listing.slow,
            ..self
        }
    }
}

/// The answer of a site.
pub(crate) fn answer(world: &World, site: SiteName, asked: &Asked<'_>) -> Answer {
    match site {
        SiteName::Marktplein => marktplein::answer(world, asked),
        SiteName::Gallery => gallery::answer(world, asked),
        SiteName::Kleinboerse => kleinboerse::answer(world, asked),
    }
}

/// The listings of a site that stand in this round, newest first.
fn standing(world: &World, site: SiteName, round: u8) -> Vec<&Listing> {
    let mut listings: Vec<&Listing> = world
        .of_site(site)
        .filter(|listing| listing.stands(round))
        .collect();
    listings.sort_by_key(|listing| std::cmp::Reverse((listing.posted, listing.key)));
    listings
}

/// A picture by its file name, `1042-1.png`: the listing's number and which of its pictures.
fn picture(world: &World, site: SiteName, file: &str) -> Option<Page> {
    let (stem, _extension) = file.split_once('.')?;
    let (key, nth) = stem.split_once('-')?;
    let listing = world.find(site, key.parse().ok()?)?;
    let nth: usize = nth.parse().ok()?;
    let picture = listing.pictures.get(nth.checked_sub(1)?)?;
    let mut page = Page::of(
        site.encoding().media_type(),
        world.encoded(*picture, site.encoding()),
    );
    page.modified = Some(listing.posted);
    Some(page)
}

/// The file names of a listing's pictures.
fn picture_files(listing: &Listing) -> impl Iterator<Item = String> {
    let extension = match listing.site.encoding() {
        Encoding::Png => "png",
        Encoding::Jpeg => "jpg",
    };
    let key = listing.key;
    (1..=listing.pictures.len()).map(move |nth| format!("{key}-{nth}.{extension}"))
}

/// The page of a list, counted from 1, and how many there are.
fn slice<'a, 'l>(
    listings: &'a [&'l Listing],
    nth: usize,
    size: usize,
) -> (&'a [&'l Listing], usize) {
    let n_pages = listings.len().div_ceil(size).max(1);
    let start = nth
        .saturating_sub(1)
        .saturating_mul(size)
        .min(listings.len());
    let end = (start + size).min(listings.len());
    (&listings[start..end], n_pages)
}
