//! Writes one visit as records.

use std::io::Write as _;
use std::net::SocketAddr;

use flate2::Compression;
use flate2::write::GzEncoder;
use model::{Digest, Timestamp};
use sha2::{Digest as _, Sha256};

/// One visit, to be archived.
#[derive(Clone, Debug)]
pub struct WarcVisit<'a> {
    /// The address.
    pub url: &'a str,
    /// When the head of the answer arrived.
    pub at: Timestamp,
    /// The address that was connected to.
    pub peer: Option<SocketAddr>,
    /// Request line and headers, as sent.
    pub request_head: &'a str,
    /// Status line and headers, as received.
    pub response_head: &'a [u8],
    /// The body after transfer-decoding, before content-decoding.
    pub body: &'a [u8],
    /// Why the body is not whole, where it is not.
    pub truncated: Option<Truncated>,
    /// How long the answer took.
    pub duration_ms: u64,
    /// The site.
    pub site: &'a str,
}

/// Why a body is not whole: the words of WARC 1.1 section 5.13.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truncated {
    /// Longer than the cap.
    Length,
    /// Slower than the cap.
    Time,
    /// The connection broke.
    Disconnect,
}

impl Truncated {
    /// The word in the record.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
        }
    }
}

/// The visit's records.
pub fn record(visit: &WarcVisit<'_>) -> Vec<u8> {
    let response_id = record_id("response", visit);
    let response_block = [visit.response_head, visit.body].concat();
    let mut response = Head::new("response", &response_id, visit);
    response.field("Content-Type", "application/http;msgtype=response");
    response.field("WARC-Payload-Digest", &digest(visit.body));
    if let Some(truncated) = visit.truncated {
        response.field("WARC-Truncated", truncated.word());
    }

    let mut request = Head::new("request", &record_id("request", visit), visit);
    request.field("Content-Type", "application/http;msgtype=request");
    request.field("WARC-Concurrent-To", &response_id);

    let mut metadata = Head::new("metadata", &record_id("metadata", visit), visit);
    metadata.field("Content-Type", "application/warc-fields");
    metadata.field("WARC-Concurrent-To", &response_id);
    let facts = format!(
        "fetchTimeMs: {}\r\nsite: {}\r\nsoftware: {}/{}\r\n",
        visit.duration_ms,
        visit.site,
        crate::PRODUCT_TOKEN,
        env!("CARGO_PKG_VERSION")
    );

    let mut written = Vec::new();
    for (head, block) in [
        (response, response_block.as_slice()),
        (request, visit.request_head.as_bytes()),
        (metadata, facts.as_bytes()),
    ] {
        written.extend(member(&head.finish(block), block));
    }
    written
}

struct Head(String);

impl Head {
    fn new(kind: &str, id: &str, visit: &WarcVisit<'_>) -> Self {
        let mut head = Self("WARC/1.1\r\n".to_owned());
        head.field("WARC-Type", kind);
        head.field("WARC-Record-ID", id);
        head.field("WARC-Date", &visit.at.to_string());
        head.field("WARC-Target-URI", visit.url);
        if let Some(peer) = visit.peer {
            head.field("WARC-IP-Address", &peer.ip().to_string());
        }
        head
    }

    fn field(&mut self, name: &str, value: &str) {
        // A value cannot open a line of its own.
        let value: String = value.chars().filter(|sign| !sign.is_control()).collect();
        self.0.push_str(&format!("{name}: {value}\r\n"));
    }

    fn finish(mut self, block: &[u8]) -> String {
        self.field("WARC-Block-Digest", &digest(block));
        self.field("Content-Length", &block.len().to_string());
        self.0.push_str("\r\n");
        self.0
    }
}

/// A name for the record that follows from what is in it, so that archiving needs no randomness:
/// a UUID of version 8 (RFC 9562 section 5.8).
fn record_id(kind: &str, visit: &WarcVisit<'_>) -> String {
    let digest = Digest::of_parts([
        kind.as_bytes(),
        visit.url.as_bytes(),
        visit.at.to_string().as_bytes(),
        visit.response_head,
        visit.body,
    ]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "<urn:uuid:{}-{}-{}-{}-{}>",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// `sha256:` and base 32, as the tools that check digests expect it.
pub(super) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base32(&Sha256::digest(bytes)))
}

/// RFC 4648 section 6, without padding.
fn base32(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut written, mut held, mut n_bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        n_bits += 8;
        while n_bits >= 5 {
            n_bits -= 5;
            written.push(char::from(SIGNS[(held >> n_bits & 31) as usize]));
        }
        held &= (1 << n_bits) - 1;
    }
    if n_bits > 0 {
        written.push(char::from(SIGNS[(held << (5 - n_bits) & 31) as usize]));
    }
    written
}

fn member(head: &str, block: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    let written = packed
        .write_all(head.as_bytes())
        .and_then(|()| packed.write_all(block))
        .and_then(|()| packed.write_all(b"\r\n\r\n"))
        .and_then(|()| packed.finish());
    #[expect(clippy::expect_used, reason = "writing into a `Vec` does not fail")]
    written.expect("memory takes every byte")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_of_the_standard() {
        for (plain, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), expected);
        }
    }
}
