use std::collections::BTreeSet;

use model::{Link, LinkContext, LinkKind, ListingId};
use rusqlite::params;

use super::listing::unknown;
use super::row::{json, named, parsed, to_json};
use super::tx::SqliteTx;
use crate::{LinkStore, Result};

const FORGET_LINKS: &str = "DELETE FROM links";

const FORGET_CONTEXTS: &str = "DELETE FROM contexts";

const ADD_LINK: &str = "
    INSERT INTO links (a, b, kind, measure)
    SELECT one.number, other.number, ?3, ?4
    FROM listings AS one, listings AS other WHERE one.id = ?1 AND other.id = ?2";

const ADD_CONTEXT: &str = "
    INSERT INTO contexts (listing, context) SELECT number, ?2 FROM listings WHERE id = ?1";

const CONTEXT: &str = "
    SELECT context FROM contexts WHERE listing = (SELECT number FROM listings WHERE id = ?1)";

pub(super) const LINKS_FROM: &str = "
    SELECT other.id AS b, links.kind AS kind, links.measure AS measure
    FROM links JOIN listings AS other ON other.number = links.b
    WHERE links.a = (SELECT number FROM listings WHERE id = ?1)";

impl LinkStore for SqliteTx<'_> {
    fn replace_links(
        &mut self,
        links: &[Link],
        contexts: &[(ListingId, LinkContext)],
    ) -> Result<()> {
        self.change(FORGET_LINKS, [])?;
        self.change(FORGET_CONTEXTS, [])?;
        for link in links {
            let (a, b) = (link.a.as_str(), link.b.as_str());
            let row = params![a, b, link.kind.name(), link.measure];
            if self.change(ADD_LINK, row)? == 0 {
                let known = self.listing_is_known(&link.a)?;
                return Err(unknown(if known { &link.b } else { &link.a }));
            }
        }
        for (id, context) in contexts {
            let written = to_json("a link context", context)?;
            if self.change(ADD_CONTEXT, params![id.as_str(), written])? == 0 {
                return Err(unknown(id));
            }
        }
        Ok(())
    }

    fn link_context(&mut self, id: &ListingId) -> Result<Option<LinkContext>> {
        self.first(CONTEXT, [id.as_str()], |row| {
            json("contexts", row, "context")
        })
    }

    fn links_among(&mut self, ids: &[ListingId]) -> Result<Vec<Link>> {
        let among: BTreeSet<&ListingId> = ids.iter().collect();
        let mut links = Vec::new();
        for a in &among {
            let from = self.all(LINKS_FROM, [a.as_str()], |row| {
                Ok(Link {
                    a: (*a).clone(),
                    b: parsed("listings", row, "b", ListingId::new)?,
                    kind: named("links", row, "kind", kind_named)?,
                    measure: row.get("measure")?,
                })
            })?;
            links.extend(from.into_iter().filter(|link| among.contains(&link.b)));
        }
        links.sort();
        Ok(links)
    }
}

fn kind_named(name: &str) -> Option<LinkKind> {
    [LinkKind::Contact, LinkKind::Photo, LinkKind::Text]
        .into_iter()
        .find(|kind| kind.name() == name)
}
