use std::fmt;

use serde::{Deserialize, Serialize};

/// A PDQ hash: 256 bits of the whole picture. It holds no face and no person, and it cannot be
/// turned back into a picture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhotoHash([u8; 32]);

/// Why a text is no [`PhotoHash`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no PDQ hash: write 64 hex digits")]
pub struct PhotoHashError(String);

impl PhotoHash {
    /// Bits in a hash.
    pub const BITS: u32 = 256;

    /// From 32 bytes, most significant bit first, as PDQ's hex form has them.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From PDQ's written form, 64 hex digits.
    ///
    /// # Errors
    /// [`PhotoHashError`] for anything else.
    pub fn from_hex(written: &str) -> Result<Self, PhotoHashError> {
        let wrong = || PhotoHashError(written.chars().take(80).collect());
        if written.len() != 64 || !written.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(written.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }

    /// PDQ's written form.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// In how many of the 256 bits the two differ.
    pub fn distance(&self, other: &Self) -> u32 {
        self.0
            .iter()
            .zip(&other.0)
            .map(|(one, two)| (one ^ two).count_ones())
            .sum()
    }
}

impl fmt::Debug for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhotoHash({}…)", &self.hex()[..8])
    }
}

impl From<PhotoHash> for String {
    fn from(hash: PhotoHash) -> Self {
        hash.hex()
    }
}

impl TryFrom<String> for PhotoHash {
    type Error = PhotoHashError;

    fn try_from(written: String) -> Result<Self, PhotoHashError> {
        Self::from_hex(&written)
    }
}

/// A difference hash of 64 bits, which sees through a stamp better than PDQ and tells different
/// pictures apart worse: the two vote together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DHash(pub u64);

impl DHash {
    /// In how many of the 64 bits the two differ.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// All that is kept of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PhotoHashes {
    /// The PDQ hash; `None` for a picture without enough detail (quality of 49 or less).
    pub pdq: Option<PhotoHash>,
    /// PDQ's quality, 0 to 100.
    pub quality: u8,
    /// The difference hash.
    pub dhash: DHash,
    /// Width in pixels before any resizing.
    pub width: u32,
    /// Height in pixels before any resizing.
    pub height: u32,
    /// Version of the hashing, its fixed pre-resize included: hashes of different versions are
    /// not compared.
    pub version: u16,
}
