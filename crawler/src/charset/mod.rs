//! From bytes to text: byte order mark, profile, header, meta element, detector. Never fails.
//!
//! The order is the HTML standard's (section 13.2.3.2), with the profile's word before the
//! header's: a site that is wrong about itself is a reason to write a profile line.

mod prescan;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use prescan::{charset_of, prescan};

/// Text with how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding.
    pub encoding: &'static Encoding,
    /// What told the encoding.
    pub told_by: ToldBy,
    /// Whether bytes stood there that the encoding does not have; they became U+FFFD.
    pub had_errors: bool,
}

/// What told the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// A byte order mark.
    Mark,
    /// The site's profile.
    Profile,
    /// The `charset` of `Content-Type`.
    Header,
    /// A meta element.
    Meta,
    /// The detector.
    Guess,
}

/// Reads the bytes. `content_type` is the header's value.
pub fn decode(
    body: &[u8],
    content_type: Option<&str>,
    profile: Option<&'static Encoding>,
) -> Decoded {
    let (encoding, told_by) = if let Some((encoding, _)) = Encoding::for_bom(body) {
        (encoding, ToldBy::Mark)
    } else if let Some(encoding) = profile {
        (encoding, ToldBy::Profile)
    } else if let Some(encoding) = content_type.and_then(of_content_type) {
        (encoding, ToldBy::Header)
    } else if let Some(encoding) = prescan(body) {
        (encoding, ToldBy::Meta)
    } else {
        (guess(body), ToldBy::Guess)
    };
    let (text, encoding, had_errors) = encoding.decode(body);
    Decoded {
        text: text.into_owned(),
        encoding,
        told_by,
        had_errors,
    }
}

/// The encoding that a `Content-Type` value names.
pub(crate) fn of_content_type(value: &str) -> Option<&'static Encoding> {
    Encoding::for_label(charset_of(value.as_bytes())?)
}

fn guess(body: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests;
