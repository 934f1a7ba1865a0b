//! Hosts of web and e-mail addresses: which endings are top-level domains.
//!
//! A missing space after a full stop ("lief.de prijs") looks like a host. What tells them apart is
//! the ending: a closed list, and those in it that are words as well count only behind a label that
//! no cue table knows, in small letters.

/// Top-level domains that listings use and that are no words of the nine languages. Source: the root zone
/// database of IANA (<https://www.iana.org/domains/root/db>), read on 2026-11-23.
const SURE: &[&str] = &[
    "nl",
    "com",
    "org",
    "eu",
    "biz",
    "uk",
    "hu",
    "fr",
    "pl",
    "bg",
    "ch",
    "lu",
    "pt",
    "cz",
    "sk",
    "dk",
    "ie",
    "gr",
    "ru",
    "ua",
    "us",
    "ca",
    "tv",
    "cc",
    "io",
    "co",
    "ee",
    "ly",
    "gl",
    "gd",
    "ws",
    "fm",
    "xyz",
    "icu",
    "vip",
    "mobi",
    "blog",
    "website",
    "app",
    "amsterdam",
    "brussels",
    "vlaanderen",
    "gent",
    "koeln",
    "bzh",
    "рф",
    "бг",
    "ро",
    "ею",
    "onl",
    "adult",
    "cam",
    "webcam",
    "bio",
    "dev",
];

/// Those that are words as well.
const WORDS: &[&str] = &[
    "be", "de", "net", "info", "ro", "es", "at", "it", "se", "no", "fi", "me", "nu", "to", "li",
    "in", "is", "la", "so", "am", "my", "as", "si", "hr", "rs", "link", "site", "online", "shop",
    "club", "live", "dating", "top", "pro", "name", "page", "love", "men", "date", "chat", "space",
    "store", "fun", "win", "berlin", "cologne", "hamburg", "wien", "paris", "london", "cat",
    "social", "photo", "photos", "pics", "gallery", "house", "life", "world", "today", "center",
    "direct", "tips", "care", "one", "plus", "red", "pink", "black", "kiss",
];

/// What an ending says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Ending {
    /// A top-level domain.
    Sure,
    /// A top-level domain that is a word too.
    Word,
}

/// Whether a folded label is a top-level domain.
pub(in super::super) fn ending(label: &str) -> Option<Ending> {
    if SURE.contains(&label) || label.starts_with("xn--") {
        Some(Ending::Sure)
    } else if WORDS.contains(&label) {
        Some(Ending::Word)
    } else {
        None
    }
}
