//! How audit rows are chained and checked; the same for every backend.
//!
//! A row's digest is the BLAKE3 of these parts, each preceded by its length (8 bytes, little
//! endian): `waaklicht audit 1`, the chain's name, its position, the row's number, the moment in
//! milliseconds (these three as 8 bytes, little endian), who, the action, the object as
//! `kind:id`, the purpose, the digest of the row before (32 zero bytes for the first).
//!
//! Invariant: a row that is changed, moved or taken out of the middle of its chain is found.
//! What is taken off the end of the newest chain is found by whoever kept its head.

use model::{AuditEntry, Digest};

use crate::{AuditRow, AuditVerdict, Result, StoreError};

/// What stands before the first row of a chain.
pub(crate) const START: Digest = Digest::from_bytes([0; 32]);

const LABEL: &[u8] = b"waaklicht audit 1";

/// The digest of a row.
pub(crate) fn digest(
    chain: &str,
    position: i64,
    number: i64,
    entry: &AuditEntry,
    previous: Digest,
) -> Digest {
    Digest::of_parts([
        LABEL,
        chain.as_bytes(),
        &position.to_le_bytes(),
        &number.to_le_bytes(),
        &entry.at.as_ms().to_le_bytes(),
        entry.by.as_str().as_bytes(),
        entry.action.name().as_bytes(),
        entry.object.to_string().as_bytes(),
        entry.purpose.as_bytes(),
        previous.as_bytes(),
    ])
}

/// Checks rows that come chain by chain, each in the order of its positions.
#[derive(Default)]
pub(crate) struct Check {
    before: Option<(String, i64, Digest)>,
    rows: u64,
}

impl Check {
    /// The next row; what is wrong with it, if anything is.
    pub(crate) fn next(&mut self, row: &AuditRow) -> Option<AuditVerdict> {
        let (position, previous) = match &self.before {
            Some((chain, position, digest)) if *chain == row.chain => (position + 1, *digest),
            _ => (1, START),
        };
        let broken = |reason: String| AuditVerdict::Broken {
            number: row.number,
            reason,
        };
        if row.position != position {
            return Some(broken(format!(
                "it is at position {} of chain `{}` and the one before it at {}: a row is missing",
                row.position,
                row.chain,
                position - 1
            )));
        }
        if row.previous != previous {
            return Some(broken("it does not rest on the row before it".to_owned()));
        }
        let expected = digest(&row.chain, row.position, row.number, &row.entry, previous);
        if row.digest != expected {
            return Some(broken("its content is not what it was".to_owned()));
        }
        self.before = Some((row.chain.clone(), row.position, row.digest));
        self.rows += 1;
        None
    }

    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }
}

/// Longest purpose, in bytes.
const PURPOSE_BYTES_MAX: usize = 64;

/// Digits in a row that a purpose may have: a year has four, a phone number more.
const DIGITS_MAX: usize = 4;

/// Refuses a purpose that could hold what a person typed, or a number: the audit outlives both.
pub(crate) fn check_purpose(purpose: &str) -> Result<()> {
    let word = purpose.bytes().all(|byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.:,/".contains(&byte)
    });
    let longest_number = purpose
        .split(|sign: char| !sign.is_ascii_digit())
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fits = (1..=PURPOSE_BYTES_MAX).contains(&purpose.len());
    if word && fits && longest_number <= DIGITS_MAX {
        return Ok(());
    }
    Err(StoreError::Invalid {
        what: "an audit row",
        why: format!(
            "its purpose has {} bytes and is no word of the program's own: write 1 to {PURPOSE_BYTES_MAX} of a-z, 0-9 and `-_.:,/`, and no more than {DIGITS_MAX} digits in a row",
            purpose.len()
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_a_word_of_the_program() {
        for fine in ["review", "refer-help", "retention:text", "2026-03-03"] {
            assert!(check_purpose(fine).is_ok(), "{fine}");
        }
        for wrong in [
            "",
            "called her",
            "0612345678",
            "+31612345678",
            "Review",
            &"x".repeat(65),
        ] {
            let error = check_purpose(wrong).unwrap_err().to_string();
            assert!(!wrong.contains("06") || !error.contains("06"), "{error}");
        }
    }
}
