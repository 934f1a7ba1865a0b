use model::{Site, SiteId};

use crate::Result;

/// The sites that were ever crawled, with the legal ground of their profile.
pub trait SiteStore {
    /// Keeps the site as its profile states it now.
    fn save_site(&mut self, site: &Site) -> Result<()>;

    /// The site.
    fn site(&mut self, id: &SiteId) -> Result<Option<Site>>;

    /// All sites, by id.
    fn sites(&mut self) -> Result<Vec<Site>>;
}
