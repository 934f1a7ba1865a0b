use model::{Link, LinkContext, ListingId};

use crate::Result;

/// Links and what they show.
pub trait LinkStore {
    /// Replaces all links and contexts by those of a new linking.
    ///
    /// # Errors
    /// [`crate::StoreError::Unknown`] when a listing is not known.
    fn replace_links(
        &mut self,
        links: &[Link],
        contexts: &[(ListingId, LinkContext)],
    ) -> Result<()>;

    /// What the links of a listing show.
    fn link_context(&mut self, id: &ListingId) -> Result<Option<LinkContext>>;

    /// The links among these listings.
    fn links_among(&mut self, ids: &[ListingId]) -> Result<Vec<Link>>;
}
