//! The edges that are handed out, each with its kind and measure.

use model::{Link, LinkKind};

use crate::corpus::{Corpus, Pair};
use crate::group::{Network, Spread};

/// Edges over everything that is no hub, ascending. Listings with a key in common are connected by
/// a chain or tree of edges, not by every pair.
pub(crate) fn of(corpus: &Corpus<'_>, network: &Network) -> Vec<Link> {
    let mut links = Vec::new();
    let mut push = |a: u32, b: u32, kind: LinkKind, measure: u16| {
        let (a, b) = (corpus.id(a), corpus.id(b));
        if a != b {
            links.push(Link {
                a: a.min(b).clone(),
                b: a.max(b).clone(),
                kind,
                measure,
            });
        }
    };
    for (items, cut) in network
        .contacts
        .items
        .iter()
        .zip(&network.contact_spread.cut)
    {
        if cut.is_none() {
            for pair in items.windows(2) {
                push(pair[0], pair[1], LinkKind::Contact, 0);
            }
        }
    }
    let whole = |pairs: &[Pair], spread: &Spread| -> Vec<Pair> {
        pairs
            .iter()
            .copied()
            .filter(|pair| spread.cut[pair.key as usize].is_none())
            .collect()
    };
    for pair in whole(&network.pictures.pairs, &network.picture_spread) {
        push(pair.a, pair.b, LinkKind::Photo, pair.measure);
    }
    for pair in whole(&network.templates.pairs, &network.template_spread) {
        push(pair.a, pair.b, LinkKind::Text, pair.measure);
    }
    links.sort_unstable();
    links.dedup_by(|next, kept| (&next.a, &next.b, next.kind) == (&kept.a, &kept.b, kept.kind));
    links
}
