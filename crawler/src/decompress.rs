//! Undoes `Content-Encoding`, with caps on what comes out.
//!
//! Invariant: never more memory than the cap, whatever the input claims (zip bombs).

use std::fmt;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Ratio above which a body is a bomb: text packs 3 to 10 times, markup rarely 50.
pub(crate) const RATIO_LIMIT: usize = 100;
/// Small bodies of one repeated sign pack well and do no harm: below this the ratio is not asked.
const RATIO_FREE_BYTES: usize = 64 * 1024;
/// Encodings in a row from which a body is refused: two exist in the wild, three are an attack.
const LAYERS_LIMIT: usize = 3;

/// What came out.
#[derive(Debug)]
pub(crate) struct Expanded {
    /// The bytes, as far as they came.
    pub bytes: Vec<u8>,
    /// Why there are no more.
    pub problem: Option<ExpandProblem>,
}

/// Why a body was not expanded, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExpandProblem {
    /// More bytes than the cap.
    TooLarge {
        /// The cap.
        limit_bytes: usize,
    },
    /// More than [`RATIO_LIMIT`] times its packed size.
    Bomb,
    /// The packed bytes are damaged or cut.
    Damaged,
    /// An encoding that was not asked for.
    Unknown {
        /// Its name.
        encoding: String,
    },
    /// Encoded three times or more.
    Nested,
}

impl fmt::Display for ExpandProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit_bytes } => {
                write!(f, "more than {limit_bytes} bytes once unpacked")
            }
            Self::Bomb => write!(f, "unpacks to more than {RATIO_LIMIT} times its size"),
            Self::Damaged => write!(f, "packed bytes are damaged or cut"),
            Self::Unknown { encoding } => write!(f, "encoding `{encoding}` was not asked for"),
            Self::Nested => write!(f, "encoded three times or more"),
        }
    }
}

/// Undoes the encodings that a `Content-Encoding` value names.
pub(crate) fn expand(body: &[u8], content_encoding: &str, limit_bytes: usize) -> Expanded {
    let layers: Vec<String> = content_encoding
        .split(',')
        .map(|layer| layer.trim().to_ascii_lowercase())
        .filter(|layer| !layer.is_empty() && layer != "identity")
        .collect();
    let nothing = |problem| Expanded {
        bytes: Vec::new(),
        problem: Some(problem),
    };
    if layers.len() >= LAYERS_LIMIT {
        return nothing(ExpandProblem::Nested);
    }
    let mut expanded = Expanded {
        bytes: body.to_vec(),
        problem: None,
    };
    for layer in layers.iter().rev() {
        let packed = expanded.bytes;
        expanded = match layer.as_str() {
            "gzip" | "x-gzip" => gzip(&packed, limit_bytes, Some(body.len())),
            "deflate" => deflate(&packed, limit_bytes, body.len()),
            other => {
                return nothing(ExpandProblem::Unknown {
                    encoding: other.chars().take(40).collect(),
                });
            }
        };
        if expanded.problem.is_some() {
            break;
        }
    }
    if expanded.bytes.len() > limit_bytes {
        expanded.bytes.truncate(limit_bytes);
        expanded.problem = Some(ExpandProblem::TooLarge { limit_bytes });
    }
    expanded
}

/// Unpacks gzip. `packed_bytes`, where given, is what the ratio is measured against.
pub(crate) fn gzip(packed: &[u8], limit_bytes: usize, packed_bytes: Option<usize>) -> Expanded {
    read(MultiGzDecoder::new(packed), limit_bytes, packed_bytes)
}

/// `deflate` means zlib; some servers send it bare.
fn deflate(packed: &[u8], limit_bytes: usize, packed_bytes: usize) -> Expanded {
    let zlib = read(ZlibDecoder::new(packed), limit_bytes, Some(packed_bytes));
    if zlib.bytes.is_empty() && zlib.problem == Some(ExpandProblem::Damaged) {
        return read(DeflateDecoder::new(packed), limit_bytes, Some(packed_bytes));
    }
    zlib
}

fn read(mut unpacker: impl Read, limit_bytes: usize, packed_bytes: Option<usize>) -> Expanded {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    let problem = loop {
        let length = match unpacker.read(&mut piece) {
            Ok(0) => break None,
            Ok(length) => length,
            Err(_) => break Some(ExpandProblem::Damaged),
        };
        if bytes.len() + length > limit_bytes {
            bytes.extend_from_slice(&piece[..limit_bytes - bytes.len()]);
            break Some(ExpandProblem::TooLarge { limit_bytes });
        }
        bytes.extend_from_slice(&piece[..length]);
        let is_bomb = packed_bytes.is_some_and(|packed| {
            bytes.len() > RATIO_FREE_BYTES && bytes.len() > packed.saturating_mul(RATIO_LIMIT)
        });
        if is_bomb {
            break Some(ExpandProblem::Bomb);
        }
    };
    Expanded { bytes, problem }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[track_caller]
    fn check(body: &[u8], encoding: &str, expected: Result<&[u8], ExpandProblem>) {
        let found = expand(body, encoding, 1_000_000);
        match expected {
            Ok(bytes) => assert_eq!((found.bytes.as_slice(), found.problem), (bytes, None)),
            Err(problem) => assert_eq!(found.problem, Some(problem)),
        }
    }

    #[test]
    fn known_encodings() {
        let text = b"23 jaar, Utrecht";
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(text).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(text).unwrap();
        check(text, "", Ok(text));
        check(text, "identity", Ok(text));
        check(&gz(text), "GZip", Ok(text));
        check(&zlib.finish().unwrap(), "deflate", Ok(text));
        check(&bare.finish().unwrap(), "deflate", Ok(text));
        check(&gz(&gz(text)), "gzip, gzip", Ok(text));
    }

    #[test]
    fn hostile_bodies() {
        check(&gz(b"x"), "gzip, gzip, gzip", Err(ExpandProblem::Nested));
        let unknown = ExpandProblem::Unknown {
            encoding: "br".to_owned(),
        };
        check(b"x", "br", Err(unknown));
        check(b"no gzip", "gzip", Err(ExpandProblem::Damaged));
        check(
            &gz(&[b'x'; 1000])[..20],
            "gzip",
            Err(ExpandProblem::Damaged),
        );
        check(&gz(&vec![0; 900_000]), "gzip", Err(ExpandProblem::Bomb));
        check(
            &gz(&gz(&vec![0; 900_000])),
            "gzip, gzip",
            Err(ExpandProblem::Bomb),
        );
        let noise: Vec<u8> = (0..1_100_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let limit_bytes = 1_000_000;
        check(
            &gz(&noise),
            "gzip",
            Err(ExpandProblem::TooLarge { limit_bytes }),
        );
        check(&noise, "", Err(ExpandProblem::TooLarge { limit_bytes }));
        check(&gz(&[b'x'; 60_000]), "gzip", Ok(&[b'x'; 60_000]));
    }
}
