//! Links all stored listings, assesses each with what its links show, and makes cases.
//!
//! Place in the flow: after a crawl round, between `signals` and `triage`. Everything is computed
//! from the store and written back to it; a run that is killed in the middle leaves assessments
//! of which each is whole, and the next run does all of them again.
//!
//! Invariant: assessing again prolongs nothing. An assessment is sealed under the key of the day on
//! which its listing was last seen, and goes with it (test `linking_again_prolongs_nothing` in
//! `tests/relink.rs` of the suite).

use std::collections::BTreeMap;

use linker::{Hub, Item, Params};
use model::{
    Actor, Assessment, AuditAction, AuditEntry, AuditObject, Band, FingerprintKey, GroupId, Lane,
    LinkContext, Listing, ListingId, ListingVersion, PhotoHashes, Timestamp, Triaged,
};
use rayon::prelude::*;
use scorer::Scorer;
use store::{Combined, Handle, Priority, Tx};

use crate::{PipelineError, item};

/// Named limits of a linking run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelinkLimits {
    /// Listings read in one transaction.
    pub read_batch: u32,
    /// Assessments written in one transaction; small, so that a reader who decides a case never
    /// waits long for the writer.
    pub write_batch: usize,
}

impl Default for RelinkLimits {
    fn default() -> Self {
        Self {
            read_batch: 500,
            write_batch: 100,
        }
    }
}

/// What a linking run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelinkReport {
    /// Listings linked and assessed.
    pub n_listings: u64,
    /// Listings whose text has expired or was never kept: they keep what their text showed when
    /// it was read, and are assessed anew for what their links show.
    pub n_without_text: u64,
    /// Listings of which nothing is known any more, as their features have expired: left out.
    pub n_expired: u64,
    /// Edges between listings.
    pub n_links: u64,
    /// How many listings are in each band and lane.
    pub bands: BTreeMap<(Band, Lane), u64>,
    /// Groups that make one case together, with their members and how they are joined.
    pub groups: Vec<GroupReport>,
    /// Contacts, pictures and texts shared so widely that they join nothing.
    pub hubs: Vec<Hub>,
    /// What became of the cases.
    pub cases: Combined,
}

/// The whole result of a linking run.
#[derive(Clone, Debug)]
pub struct Relinked {
    /// What was done, in numbers.
    pub report: RelinkReport,
    /// The assessments as they were stored, by listing id.
    pub assessments: Vec<Assessment>,
    /// The cases that triage made of them.
    pub triaged: Vec<Triaged>,
}

/// A group of linked listings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupReport {
    /// Its id.
    pub id: GroupId,
    /// Its members.
    pub n_listings: u64,
    /// How many edges of each kind join them, by the kind's name.
    pub links: BTreeMap<&'static str, u64>,
}

/// A stored listing with what linking and assessing need of it.
struct Known {
    version: ListingVersion,
    /// Whether its date of posting is the site's own, and not the day of our first look.
    is_dated: bool,
    last_seen: Timestamp,
    has_text: bool,
    before: Option<Assessment>,
    photos: Vec<PhotoHashes>,
}

/// Links and assesses everything in the store as of a moment, and hands the result to triage.
///
/// Blocking; async callers run it on a thread of its own.
///
/// # Errors
/// When the store fails; nothing half is left but assessments, each whole.
pub fn relink(
    store: &Handle,
    scorer: &Scorer,
    as_of: Timestamp,
    params: &Params,
    limits: RelinkLimits,
) -> Result<Relinked, PipelineError> {
    let (known, n_expired) = read_all(store, limits)?;
    let key = store.fingerprint_key();
    let assessed = link_and_assess(scorer, &known, as_of, params, &key);
    let mut report = assessed.report;
    report.n_expired = n_expired;
    let assessments = assessed.assessments;

    write_all(store, &known, &assessments, limits)?;
    let triaged = review::triage(&assessments);
    let audit = AuditEntry {
        at: as_of,
        by: Actor::process("relink"),
        action: AuditAction::Combine,
        object: AuditObject::Class("listings".to_owned()),
        purpose: "triage".to_owned(),
    };
    let (links, contexts) = (assessed.links, assessed.contexts);
    let cases = triaged.clone();
    report.cases = store
        .write(Priority::Bulk, move |tx: &mut dyn Tx| {
            tx.replace_links(&links, &contexts)?;
            tx.combine(&cases, &audit)
        })
        .wait()?;
    Ok(Relinked {
        report,
        assessments,
        triaged,
    })
}

/// All listings of which something is known, and the number of the others.
fn read_all(store: &Handle, limits: RelinkLimits) -> Result<(Vec<Known>, u64), PipelineError> {
    let mut known = Vec::new();
    let mut n_expired = 0;
    let mut after: Option<ListingId> = None;
    loop {
        let from = after.clone();
        let (batch, last) = store
            .read(move |tx: &mut dyn Tx| {
                let listings = tx.listings(from.as_ref(), limits.read_batch)?;
                let last = listings.last().map(|listing| listing.id.clone());
                let batch: Vec<Option<Known>> = listings
                    .into_iter()
                    .map(|listing| read(tx, listing))
                    .collect::<Result<_, _>>()?;
                Ok((batch, last))
            })
            .wait()?;
        let n_read = batch.len();
        n_expired += batch.iter().filter(|read| read.is_none()).count() as u64;
        known.extend(batch.into_iter().flatten());
        after = last;
        if n_read < limits.read_batch as usize {
            return Ok((known, n_expired));
        }
    }
}

/// A listing with what is known of it; `None` when all of that has expired.
fn read(tx: &mut dyn Tx, listing: Listing) -> store::Result<Option<Known>> {
    let before = tx.assessment(&listing.id)?;
    let latest = tx.latest_version(&listing.id)?;
    if before.is_none() && latest.is_none() {
        return Ok(None);
    }
    let has_text = latest
        .as_ref()
        .is_some_and(|version| !version.title.is_empty() || !version.text.is_empty());
    let mut version = latest.unwrap_or_else(|| ListingVersion::empty(listing.id));
    version.site.get_or_insert(listing.site);
    let is_dated = version.posted_at.is_some();
    version.posted_at.get_or_insert(listing.first_seen);
    version.seen_at = Some(listing.last_seen);
    let photos = tx.photos(&version.images)?.into_values().collect();
    Ok(Some(Known {
        version,
        is_dated,
        last_seen: listing.last_seen,
        has_text,
        before,
        photos,
    }))
}

struct Assessed {
    assessments: Vec<Assessment>,
    contexts: Vec<(ListingId, LinkContext)>,
    links: Vec<model::Link>,
    report: RelinkReport,
}

fn link_and_assess(
    scorer: &Scorer,
    known: &[Known],
    as_of: Timestamp,
    params: &Params,
    key: &FingerprintKey,
) -> Assessed {
    let signals: Vec<_> = known
        .par_iter()
        .map(|listing| match &listing.before {
            Some(before) if !listing.has_text => before.signals.clone(),
            _ => scorer::signals(&listing.version),
        })
        .collect();
    let items: Vec<Item> = known
        .iter()
        .zip(&signals)
        .map(|(listing, signals)| {
            let item = item(&listing.version, signals, &listing.photos, key, as_of);
            Item {
                posted_at: item.posted_at.filter(|_| listing.is_dated),
                ..item
            }
        })
        .collect();
    let linked = linker::link(&items, as_of, params);
    let assessments: Vec<Assessment> = known
        .par_iter()
        .zip(signals)
        .zip(&linked.contexts)
        .map(|((listing, signals), context)| match &listing.before {
            Some(before) if !listing.has_text => {
                scorer.assess_without_text(before, &listing.version, context)
            }
            _ => scorer.assess(&listing.version, signals, context),
        })
        .collect();

    let mut report = RelinkReport {
        n_listings: known.len() as u64,
        n_without_text: known.iter().filter(|listing| !listing.has_text).count() as u64,
        n_links: linked.links.len() as u64,
        hubs: linked.hubs,
        ..RelinkReport::default()
    };
    for assessment in &assessments {
        *report
            .bands
            .entry((assessment.score.band, assessment.score.lane))
            .or_default() += 1;
    }
    report.groups = groups(&items, &linked.contexts, &linked.links);
    let contexts = items
        .into_iter()
        .map(|item| item.id)
        .zip(linked.contexts)
        .collect();
    Assessed {
        assessments,
        contexts,
        links: linked.links,
        report,
    }
}

fn groups(items: &[Item], contexts: &[LinkContext], links: &[model::Link]) -> Vec<GroupReport> {
    let group_of: BTreeMap<&ListingId, &GroupId> = items
        .iter()
        .zip(contexts)
        .filter_map(|(item, context)| Some((&item.id, context.groups.case.as_ref()?)))
        .collect();
    let mut groups: BTreeMap<&GroupId, GroupReport> = BTreeMap::new();
    for group in group_of.values() {
        groups
            .entry(group)
            .or_insert_with(|| GroupReport {
                id: (*group).clone(),
                n_listings: 0,
                links: BTreeMap::new(),
            })
            .n_listings += 1;
    }
    for link in links {
        let (one, other) = (group_of.get(&link.a), group_of.get(&link.b));
        if let (Some(group), true) = (one, one == other)
            && let Some(report) = groups.get_mut(*group)
        {
            *report.links.entry(link.kind.name()).or_default() += 1;
        }
    }
    groups.into_values().collect()
}

fn write_all(
    store: &Handle,
    known: &[Known],
    assessments: &[Assessment],
    limits: RelinkLimits,
) -> Result<(), PipelineError> {
    let rows: Vec<(&Assessment, Timestamp)> = assessments
        .iter()
        .zip(known.iter().map(|listing| listing.last_seen))
        .collect();
    for batch in rows.chunks(limits.write_batch.max(1)) {
        let batch: Vec<(Assessment, Timestamp)> = batch
            .iter()
            .map(|(assessment, last_seen)| ((*assessment).clone(), *last_seen))
            .collect();
        store
            .write(Priority::Bulk, move |tx: &mut dyn Tx| {
                batch.iter().try_for_each(|(assessment, last_seen)| {
                    tx.save_assessment(assessment, *last_seen)
                })
            })
            .wait()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::FactName;
    use scorer::{Policy, RulePack};

    use super::*;

    /// How many identities linking sees under one number, in two towns under two names, where the
    /// listings' dates are the site's own or those of our first look.
    fn identities(is_dated: bool) -> Option<i64> {
        let known: Vec<Known> = [("1", "Anna", "Utrecht"), ("2", "Bea", "Zwolle")]
            .into_iter()
            .map(|(id, name, city)| {
                let mut version = ListingVersion::empty(ListingId::new(id).unwrap());
                version.posted_at = Some(Timestamp::from_ms(0));
                version.city = Some(city.to_owned());
                version.phones = vec!["06 1234 5678".to_owned()];
                version.author = Some(model::Author {
                    name: Some(name.to_owned()),
                    ..model::Author::default()
                });
                Known {
                    version,
                    is_dated,
                    last_seen: Timestamp::from_ms(0),
                    has_text: true,
                    before: None,
                    photos: Vec::new(),
                }
            })
            .collect();
        let assessed = link_and_assess(
            &Scorer::new(RulePack::core(), Policy::named("police").unwrap()),
            &known,
            Timestamp::from_ms(0),
            &Params::default(),
            &FingerprintKey::new([7; 32]),
        );
        let facts = &assessed.contexts[0].1.facts;
        facts
            .get(&FactName::ContactIdentities)
            .map(|fact| fact.value)
    }

    #[test]
    fn the_day_of_our_first_look_says_nobody_was_there() {
        assert_eq!(identities(true), Some(2));
        assert_eq!(identities(false), Some(1));
    }
}
