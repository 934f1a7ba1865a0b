use std::collections::BTreeMap;

use model::{Assessment, Band, Lane, ListingId, Timestamp};

use crate::Result;

/// Assessments; sealed, as they hold what was read from a text.
pub trait AssessmentStore {
    /// Keeps the newest assessment of a listing; the one before goes.
    ///
    /// # Errors
    /// [`crate::StoreError::Unknown`] when the listing is not known.
    fn save_assessment(&mut self, assessment: &Assessment, at: Timestamp) -> Result<()>;

    /// The newest assessment of a listing; `None` where there is none or it has expired.
    fn assessment(&mut self, id: &ListingId) -> Result<Option<Assessment>>;

    /// How many newest assessments are in each band and lane.
    fn assessment_counts(&mut self) -> Result<BTreeMap<(Band, Lane), u64>>;
}
