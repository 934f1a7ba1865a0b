//! What several test modules share.

use std::path::Path;

/// Published test data, read in place; says loudly when it is not there.
pub(crate) fn shared(path: &str) -> Option<Vec<u8>> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data")
        .join(path);
    match std::fs::read(&full) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            eprintln!(
                "NOT TESTED: published data {} cannot be read: {error}",
                full.display()
            );
            None
        }
    }
}
