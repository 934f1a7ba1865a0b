//! Seals what must be able to expire: texts, features, archive records, photo hashes, notes.
//!
//! A sealed value is XChaCha20-Poly1305 under a data key of 32 bytes that belongs to one class and
//! one day (UTC). The keys lie in a folder of their own, never in the database ([`Keys`]):
//! destroying a key takes away what was sealed under it in the database, its journal, its free
//! pages and all its backups at once (invariant 14).
//!
//! Layout of a sealed value: version (1 byte, `1`), class (1), day (4, little endian, days since
//! the epoch), nonce (24), ciphertext with its tag of 16. The first six bytes, the table and the
//! row's identity are associated data: a value that is moved to another row does not open.
//!
//! Invariant: a destroyed key gives `None`; anything else that does not open is an error.

mod files;
mod keys;

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use model::{Entropy, Timestamp};

use crate::{Result, StoreError};

pub use keys::{DestroyedKey, KeyReceipt};
pub(crate) use keys::{Folder, Keys};

/// A class of data that is kept for a number of days of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SealClass {
    /// What listings said.
    Text,
    /// What was read from them: assessments with their signals.
    Feature,
    /// Archive records.
    Archive,
    /// Hashes of pictures, which cannot be keyed: the shortest.
    Photo,
    /// What readers wrote about cases.
    Case,
}

impl SealClass {
    /// All classes.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Feature,
        Self::Archive,
        Self::Photo,
        Self::Case,
    ];

    /// The name in key files and the audit.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Feature => "feature",
            Self::Archive => "archive",
            Self::Photo => "photo",
            Self::Case => "case",
        }
    }

    /// The class with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// The byte in sealed values. Never changed, never used again.
    const fn code(self) -> u8 {
        match self {
            Self::Text => 1,
            Self::Feature => 2,
            Self::Archive => 3,
            Self::Photo => 4,
            Self::Case => 5,
        }
    }
}

impl fmt::Display for SealClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) class: SealClass,
    pub(crate) table: &'static str,
    /// The row's identity, unique in its table and fixed for the life of the row.
    pub(crate) row: &'a str,
}

const VERSION: u8 = 1;
const HEADER_BYTES: usize = 6;
const NONCE_BYTES: usize = 24;

/// Seals and opens.
#[derive(Clone)]
pub(crate) struct Sealer {
    keys: Arc<Keys>,
    entropy: Arc<dyn Entropy>,
}

impl Sealer {
    pub(crate) fn new(keys: Arc<Keys>, entropy: Arc<dyn Entropy>) -> Self {
        Self { keys, entropy }
    }

    /// Seals under the key of the day of `at`; where that key is destroyed already, under that of
    /// the first day whose key may live, so that it goes with the next purge.
    pub(crate) fn seal(&self, place: Place<'_>, at: Timestamp, plain: &[u8]) -> Result<Vec<u8>> {
        let (day, key) = self.keys.sealing_key(place.class, at.day())?;
        let header = header(place.class, day)?;
        let mut nonce = [0; NONCE_BYTES];
        self.entropy
            .fill(&mut nonce)
            .map_err(|why| StoreError::Entropy {
                purpose: "a nonce",
                why,
            })?;
        let ciphertext = XChaCha20Poly1305::new(&key.into())
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: &associated(&header, place),
                },
            )
            .map_err(|_| StoreError::Invalid {
                what: "a sealed value",
                why: "it is too large to seal".to_owned(),
            })?;
        let mut sealed = Vec::with_capacity(HEADER_BYTES + NONCE_BYTES + ciphertext.len());
        sealed.extend_from_slice(&header);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens; `None` once the key is destroyed.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
        let damaged = || StoreError::Damaged {
            table: place.table,
            row: place.row.to_owned(),
        };
        let (header, rest) = sealed
            .split_first_chunk::<HEADER_BYTES>()
            .ok_or_else(damaged)?;
        let (nonce, ciphertext) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or_else(damaged)?;
        let [version, class, day @ ..] = *header;
        if version != VERSION || class != place.class.code() {
            return Err(damaged());
        }
        let day = i64::from(i32::from_le_bytes(day));
        let Some(key) = self.keys.opening_key(place.class, day)? else {
            return Ok(None);
        };
        XChaCha20Poly1305::new(&key.into())
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: ciphertext,
                    aad: &associated(header, place),
                },
            )
            .map(Some)
            .map_err(|_| damaged())
    }
}

fn header(class: SealClass, day: i64) -> Result<[u8; HEADER_BYTES]> {
    let day = i32::try_from(day).map_err(|_| StoreError::Invalid {
        what: "a sealed value",
        why: format!("its moment is {day} days from 1970; check the clock"),
    })?;
    let [a, b, c, d] = day.to_le_bytes();
    Ok([VERSION, class.code(), a, b, c, d])
}

/// Table and row with their lengths, so that no two places give the same bytes.
fn associated(header: &[u8; HEADER_BYTES], place: Place<'_>) -> Vec<u8> {
    let mut bytes = header.to_vec();
    for part in [place.table.as_bytes(), place.row.as_bytes()] {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}
