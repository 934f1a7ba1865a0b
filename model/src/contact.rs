use std::fmt;

use serde::{Deserialize, Serialize};

/// A phone number in E.164: `+`, then 8 to 15 digits of which the first is not 0.
///
/// The constructor checks the shape only; whether a number can exist is the scorer's question.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a text is no [`Phone`]. It does not repeat the text: phone numbers stay out of logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an E.164 number: write `+`, the country code and the number, 8 to 15 digits in all")]
pub struct PhoneError;

impl Phone {
    /// Checks and keeps an E.164 number.
    ///
    /// # Errors
    /// [`PhoneError`] when the shape is another.
    pub fn from_e164(written: &str) -> Result<Self, PhoneError> {
        let digits = written.strip_prefix('+').ok_or(PhoneError)?;
        let shaped = (8..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        if shaped {
            Ok(Self(written.to_owned()))
        } else {
            Err(PhoneError)
        }
    }

    /// The number, `+31612345678`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with all but its country code and last two digits hidden, `+31•••••••78`: what
    /// a page shows until a reviewer asks for more.
    pub fn masked(&self) -> String {
        let keep_front = 3.min(self.0.len());
        let keep_back = self.0.len().saturating_sub(2);
        self.0
            .char_indices()
            .map(|(at, sign)| {
                if at < keep_front || at >= keep_back {
                    sign
                } else {
                    '•'
                }
            })
            .collect()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masked, because `{:?}` ends up in logs.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(written: String) -> Result<Self, PhoneError> {
        Self::from_e164(&written)
    }
}

/// The secret under which fingerprints are made. It is kept outside the database.
#[derive(Clone)]
pub struct FingerprintKey([u8; 32]);

impl FingerprintKey {
    /// A key of 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The fingerprint of a contact. `kind` keeps a phone apart from an e-mail address of the same
    /// letters.
    pub fn fingerprint(&self, kind: &str, value: &str) -> Fingerprint {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&(kind.len() as u64).to_le_bytes());
        hasher.update(kind.as_bytes());
        hasher.update(value.as_bytes());
        Fingerprint(*hasher.finalize().as_bytes())
    }
}

impl fmt::Debug for FingerprintKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FingerprintKey(…)")
    }
}

/// A contact under a key (keyed BLAKE3, 32 bytes): equal contacts have equal fingerprints, and
/// without the key nobody can try all numbers. A plain hash of 10^8 numbers would be no protection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Read back from its 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_is_checked() {
        assert!(Phone::from_e164("+31612345678").is_ok());
        for wrong in [
            "0612345678",
            "+0612345678",
            "+31 612345678",
            "+1234567",
            "+1234567890123456",
        ] {
            assert_eq!(Phone::from_e164(wrong), Err(PhoneError), "{wrong}");
        }
    }

    #[test]
    fn debug_does_not_tell_the_number() {
        let phone = Phone::from_e164("+31612345678").unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(+31•••••••78)");
    }

    #[test]
    fn fingerprints_depend_on_key_and_kind() {
        let (one, other) = (FingerprintKey::new([1; 32]), FingerprintKey::new([2; 32]));
        let phone = one.fingerprint("phone", "+31612345678");
        assert_eq!(phone, one.fingerprint("phone", "+31612345678"));
        assert_ne!(phone, other.fingerprint("phone", "+31612345678"));
        assert_ne!(phone, one.fingerprint("handle", "+31612345678"));
    }
}
