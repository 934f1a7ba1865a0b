use model::{Capture, CaptureId};

use crate::Result;

/// Archive records, sealed.
pub trait CaptureStore {
    /// Keeps a capture; its record is sealed under the day's archive key.
    ///
    /// # Errors
    /// [`crate::StoreError::Invalid`] when the record is missing or `record_digest` is not its
    /// digest, [`crate::StoreError::Unknown`] when the site was not saved before.
    fn add_capture(&mut self, capture: &Capture) -> Result<CaptureId>;

    /// A capture with its record opened; the record is `None` once its key is destroyed.
    fn capture(&mut self, id: CaptureId) -> Result<Option<Capture>>;
}
