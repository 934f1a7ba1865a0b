//! A listing of the imitation world, before a site turns it into a page.

use model::{Language, Timestamp};

use crate::picture::Picture;
use crate::sites::SiteName;

/// One listing.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    /// Where it stands.
    pub(crate) site: SiteName,
    /// Its number there.
    pub(crate) key: u32,
    /// Of its text.
    pub(crate) language: Language,
    /// The working name of who is advertised, or the firm's; none for a notice.
    pub(crate) name: Option<String>,
    /// The site's age field.
    pub(crate) age: Option<u8>,
    /// The site's town field.
    pub(crate) town: String,
    /// When it was posted.
    pub(crate) posted: Timestamp,
    /// Heading.
    pub(crate) title: String,
    /// Body, one paragraph.
    pub(crate) text: String,
    /// The site's phone field.
    pub(crate) phone: Option<String>,
    /// Euros an hour.
    pub(crate) price: Option<u16>,
    /// The number of the licence, of a licensed business.
    pub(crate) licence: Option<String>,
    /// In order.
    pub(crate) pictures: Vec<Picture>,
    /// What the second round finds.
    pub(crate) later: Later,
    /// Whether the page takes its time.
    pub(crate) slow: bool,
    /// Whether lists name its old address, which redirects.
    pub(crate) moved: bool,
}

/// What the second round finds of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Later {
    /// The same.
    Same,
    /// Another text.
    Changes(String),
    /// Nothing: it is gone.
    Goes,
}

impl Listing {
    /// The text in a round.
    pub(crate) fn text(&self, round: u8) -> &str {
        match &self.later {
            Later::Changes(text) if round >= 2 => text,
            _ => &self.text,
        }
    }

    /// Whether it stands on its site in a round.
    pub(crate) fn stands(&self, round: u8) -> bool {
        round < 2 || self.later != Later::Goes
    }

    /// When its page last changed; `now` is the start of the demo, after which the second round
    /// finds its changes.
    pub(crate) fn modified(&self, round: u8, now: Timestamp) -> Timestamp {
        match self.later {
            Later::Changes(_) if round >= 2 => now,
            _ => self.posted,
        }
    }
}
