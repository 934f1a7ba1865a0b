//! Passwords: hashed with argon2id, checked in the same time for a wrong name and a wrong word,
//! and drawn at random for a first sign-in.
//!
//! These functions take long on purpose (tens of milliseconds): never call them on a thread that
//! serves requests.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error as HashError, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use model::Entropy;

use crate::ReviewError;

/// Fewest characters of a password: OWASP ASVS 5.0, 6.2.1 asks for 8 and advises 15; 12 lies
/// between as sign-in attempts are limited.
pub const MIN_PASSWORD_CHARS: usize = 12;

/// Longest password in bytes: longer ones cost time and add nothing (ASVS 5.0, 6.2.9: at least 64
/// characters must be possible).
pub const MAX_PASSWORD_BYTES: usize = 512;

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB and 2 passes: OWASP Password Storage Cheat Sheet, argon2id.
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            passes: 2,
        }
    }
}

/// The PHC string (`$argon2id$v=19$…`) of a password, with a salt of 16 random bytes.
///
/// # Errors
/// A password that is too short or too long, a cost that argon2 does not allow, or no randomness.
pub fn hash_password(
    password: &str,
    entropy: &dyn Entropy,
    cost: PasswordCost,
) -> Result<String, ReviewError> {
    let n_chars = password.chars().count();
    if n_chars < MIN_PASSWORD_CHARS || password.len() > MAX_PASSWORD_BYTES {
        return Err(ReviewError::Password {
            why: format!(
                "it has {n_chars} characters; use {MIN_PASSWORD_CHARS} characters or more, at most {MAX_PASSWORD_BYTES} bytes"
            ),
        });
    }
    let wrong_cost = |why: String| ReviewError::Cost {
        memory_kib: cost.memory_kib,
        passes: cost.passes,
        why,
    };
    let params = Params::new(cost.memory_kib, cost.passes, 1, None)
        .map_err(|error| wrong_cost(error.to_string()))?;
    let mut salt = [0; 16];
    draw(entropy, &mut salt, "a password's salt")?;
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| wrong_cost(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether the password is the one of the hash. The cost is the one written in the hash.
///
/// # Errors
/// When the hash cannot be read.
pub fn verify(password: &str, hash: &str) -> Result<bool, ReviewError> {
    let unreadable = |error: HashError| ReviewError::Hash {
        why: error.to_string(),
    };
    let parsed = PasswordHash::new(hash).map_err(|error| unreadable(error.into()))?;
    if password.len() > MAX_PASSWORD_BYTES {
        return Ok(false);
    }
    match Argon2::default().verify_password(password.as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(error) => Err(unreadable(error)),
    }
}

/// Letters that are not taken for another one when read from a screen: no `i`, `l`, `o`.
const LETTERS: &[u8; 23] = b"abcdefghjkmnpqrstuvwxyz";

/// Four groups of four letters, `kmrt-wqph-vvea-jdnc`: 72 bits, easy to type.
///
/// # Errors
/// When the system has no randomness to give.
pub fn one_time_password(entropy: &dyn Entropy) -> Result<String, ReviewError> {
    // Each letter is the remainder of a byte below the greatest multiple of 23, so that all are
    // equally likely; the rest is drawn again.
    const EVEN: u8 = (u8::MAX / LETTERS.len() as u8) * LETTERS.len() as u8;
    let mut letters = String::with_capacity(19);
    let mut n_letters = 0;
    while n_letters < 16 {
        let mut bytes = [0; 32];
        draw(entropy, &mut bytes, "a one-time password")?;
        for byte in bytes.into_iter().filter(|byte| *byte < EVEN) {
            if n_letters == 16 {
                break;
            }
            if n_letters > 0 && n_letters % 4 == 0 {
                letters.push('-');
            }
            letters.push(char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
            n_letters += 1;
        }
    }
    Ok(letters)
}

/// Fills the bytes with random ones.
pub(crate) fn draw(
    entropy: &dyn Entropy,
    bytes: &mut [u8],
    what: &'static str,
) -> Result<(), ReviewError> {
    entropy
        .fill(bytes)
        .map_err(|why| ReviewError::Entropy { what, why })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    const CHEAP: PasswordCost = PasswordCost {
        memory_kib: 8,
        passes: 1,
    };

    /// Counts up: different bytes at each call.
    #[derive(Default)]
    struct Counting(AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), String> {
            for byte in bytes {
                *byte = self.0.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        }
    }

    struct Dry;

    impl Entropy for Dry {
        fn fill(&self, _: &mut [u8]) -> Result<(), String> {
            Err("no source".into())
        }
    }

    #[test]
    fn only_the_same_password_verifies() {
        let hash = hash_password("twaalf tekens", &Counting::default(), CHEAP).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert!(verify("twaalf tekens", &hash).unwrap());
        assert!(!verify("twaalf teken", &hash).unwrap());
        assert!(!verify("", &hash).unwrap());
        assert!(!verify(&"x".repeat(MAX_PASSWORD_BYTES + 1), &hash).unwrap());
    }

    #[test]
    fn the_same_password_hashes_differently_each_time() {
        let entropy = Counting::default();
        let first = hash_password("twaalf tekens", &entropy, CHEAP).unwrap();
        assert_ne!(
            first,
            hash_password("twaalf tekens", &entropy, CHEAP).unwrap()
        );
    }

    #[test]
    fn refusals_say_what_is_accepted() {
        for (result, expected) in [
            (
                hash_password("elf letters", &Counting::default(), CHEAP),
                "cannot take this password: it has 11 characters; use 12 characters or more, at most 512 bytes",
            ),
            (
                hash_password("twaalf tekens", &Dry, CHEAP),
                "cannot draw random bytes for a password's salt: no source",
            ),
        ] {
            assert_eq!(result.unwrap_err().to_string(), expected);
        }
        let error = verify("twaalf tekens", "plain").unwrap_err().to_string();
        assert!(error.contains("waaklicht user add"), "{error}");
    }

    #[test]
    fn a_one_time_password_is_four_groups_without_look_alikes() {
        let entropy = Counting::default();
        let first = one_time_password(&entropy).unwrap();
        assert_eq!(first.len(), 19);
        for group in first.split('-') {
            assert_eq!(group.len(), 4, "{first}");
            assert!(group.bytes().all(|sign| LETTERS.contains(&sign)), "{first}");
        }
        assert_ne!(first, one_time_password(&entropy).unwrap());
        assert!(first.chars().count() >= MIN_PASSWORD_CHARS);
    }
}
