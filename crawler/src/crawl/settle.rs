//! The one transaction in which everything that came of a visit is kept.

use model::{Assessment, Capture, Digest, ListingId, ListingVersion, PhotoHashes};
use store::{FrontierUrl, OfferedUrl, Priority, Recorded, Traffic, Tx, UrlKind, Visit};

use super::CrawlEvent;
use super::host::HostTurn;
use crate::error::CrawlError;

/// Everything that came of a visit.
pub(super) struct Settled {
    pub(super) visit: Visit,
    pub(super) offers: Vec<OfferedUrl>,
    pub(super) problems: Vec<String>,
    pub(super) listing: Option<SettledListing>,
    pub(super) photo: Option<PhotoHashes>,
    /// Where the photo of this address stands, by a redirect.
    pub(super) photo_moved_to: Option<String>,
    /// The listing that stands at this address is gone.
    pub(super) listing_is_gone: bool,
    /// The listing that stands at this address was seen as it was.
    pub(super) is_unchanged: bool,
}

/// A listing that was read.
pub(super) struct SettledListing {
    pub(super) version: ListingVersion,
    pub(super) content: Digest,
    pub(super) assessment: Assessment,
    pub(super) capture: Option<Capture>,
}

impl Settled {
    pub(super) const fn only(visit: Visit) -> Self {
        Self {
            visit,
            offers: Vec::new(),
            problems: Vec::new(),
            listing: None,
            photo: None,
            photo_moved_to: None,
            listing_is_gone: false,
            is_unchanged: false,
        }
    }

    pub(super) const fn unchanged(visit: Visit) -> Self {
        let mut settled = Self::only(visit);
        settled.is_unchanged = true;
        settled
    }
}

/// What the transaction did.
struct Kept {
    n_new: u32,
    today: Traffic,
    listing: Option<(ListingId, Recorded)>,
    gone: Option<ListingId>,
}

impl HostTurn {
    pub(super) async fn settle(
        &self,
        row: &FrontierUrl,
        settled: Settled,
        traffic: Traffic,
    ) -> Result<(), CrawlError> {
        for problem in &settled.problems {
            self.run.note(|report| report.problem(problem));
        }
        let is_photo = settled.photo.is_some();
        let moved_here = self.run.photos_moved_to(&row.url);
        let is_list =
            row.kind == UrlKind::List && matches!(settled.visit.status, store::UrlStatus::Live);
        let (lease, row, site) = (self.lease.clone(), row.clone(), self.run.site().clone());
        let begin = self.run.round.begin;
        let kept = self.run.round.store.write(Priority::Bulk, move |tx| {
            // First, so that a worker that was fenced off keeps nothing.
            tx.record_visit(&lease, row.id, &settled.visit)?;
            let today = tx.add_traffic(&site, settled.visit.at.day(), traffic)?;
            let n_new = tx.offer(&site, &settled.offers, begin)?;
            let photo = match (settled.photo, &settled.photo_moved_to) {
                (Some(hashes), _) => Some(hashes),
                (None, Some(to)) => tx.photos(std::slice::from_ref(to))?.remove(to),
                (None, None) => None,
            };
            if let Some(hashes) = photo {
                // Listings know it by the addresses that led here.
                for url in moved_here.iter().chain([&row.url]) {
                    tx.save_photo(url, &hashes, settled.visit.at)?;
                }
            }
            let listing = match &settled.listing {
                Some(listing) => Some(keep_listing(tx, listing, &settled.visit)?),
                None if settled.is_unchanged => seen_again(tx, &row.url, &settled.visit)?,
                None => None,
            };
            let gone = match settled.listing_is_gone {
                true => mark_gone(tx, &row.url, &settled.visit)?,
                false => None,
            };
            Ok(Kept {
                n_new,
                today,
                listing,
                gone,
            })
        });
        let kept = kept.await?;
        self.run.counted(traffic, kept.today);
        self.report(kept, is_photo, is_list);
        Ok(())
    }

    fn report(&self, kept: Kept, is_photo: bool, is_list: bool) {
        let site = self.run.site().clone();
        self.run.note(|report| {
            report.photos += u64::from(is_photo);
            report.lists += u64::from(is_list);
            report.listings_gone += u64::from(kept.gone.is_some());
            match kept.listing {
                Some((_, Recorded::New)) => report.listings_new += 1,
                Some((_, Recorded::Changed)) => report.listings_changed += 1,
                Some((_, Recorded::Unchanged)) => report.listings_unchanged += 1,
                None => {}
            }
        });
        if kept.n_new > 0 {
            self.run.tell(CrawlEvent::Offered {
                site: site.clone(),
                n_new: kept.n_new,
            });
        }
        if is_photo {
            self.run
                .tell(CrawlEvent::PhotoHashed { site: site.clone() });
        }
        if let Some(id) = kept.gone {
            self.run.tell(CrawlEvent::ListingGone {
                site: site.clone(),
                id,
            });
        }
        if let Some((id, recorded)) = kept.listing {
            self.run.tell(CrawlEvent::Listing { site, id, recorded });
        }
    }

    /// Says whether the host is still ours, with the store's own error.
    pub(super) async fn check_lease(&self) -> Result<(), CrawlError> {
        let lease = self.lease.clone();
        let until = self
            .run
            .round
            .clock
            .now()
            .plus_ms(self.run.round.limits.lease_ms);
        let renewed = self
            .run
            .round
            .store
            .write(Priority::Bulk, move |tx| tx.renew_host(&lease, until));
        Ok(renewed.await?)
    }
}

fn keep_listing(
    tx: &mut dyn Tx,
    listing: &SettledListing,
    visit: &Visit,
) -> store::Result<(ListingId, Recorded)> {
    let capture = match &listing.capture {
        Some(capture) => Some(tx.add_capture(capture)?),
        None => None,
    };
    let id = listing.version.id.clone();
    let recorded = tx.record_version(&listing.version, listing.content, capture, visit.at)?;
    // An assessment with links is not replaced by one without, where nothing has changed.
    if recorded != Recorded::Unchanged || tx.assessment(&id)?.is_none() {
        tx.save_assessment(&listing.assessment, visit.at)?;
    }
    Ok((id, recorded))
}

fn seen_again(
    tx: &mut dyn Tx,
    url: &str,
    visit: &Visit,
) -> store::Result<Option<(ListingId, Recorded)>> {
    let Some(listing) = tx.listing_at(url)? else {
        return Ok(None);
    };
    tx.record_sighting(&listing.id, visit.at)?;
    Ok(Some((listing.id, Recorded::Unchanged)))
}

fn mark_gone(tx: &mut dyn Tx, url: &str, visit: &Visit) -> store::Result<Option<ListingId>> {
    let Some(listing) = tx.listing_at(url)? else {
        return Ok(None);
    };
    tx.mark_gone(&listing.id, visit.at)?;
    Ok(Some(listing.id))
}
