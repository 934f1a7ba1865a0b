use std::collections::BTreeMap;

use model::{PhotoHashes, Timestamp};

use crate::Result;

/// Hashes of pictures, by address, sealed. Never a picture.
pub trait PhotoStore {
    /// Keeps the hashes of the picture at this address.
    fn save_photo(&mut self, url: &str, hashes: &PhotoHashes, at: Timestamp) -> Result<()>;

    /// The hashes of the pictures at these addresses, as far as they are known and not expired.
    fn photos(&mut self, urls: &[String]) -> Result<BTreeMap<String, PhotoHashes>>;
}
