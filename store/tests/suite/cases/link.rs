use model::{Fact, FactName, Link, LinkContext, LinkKind, ListingId};
use store::StoreError;

use crate::support::{Fresh, at, id};

fn link(a: &str, b: &str, kind: LinkKind) -> Link {
    Link {
        a: id(a),
        b: id(b),
        kind,
        measure: 7,
    }
}

fn context(members: &[&str]) -> LinkContext {
    let mut context = LinkContext::alone(at(0));
    let members: Vec<ListingId> = members.iter().map(|member| id(member)).collect();
    let value = members.len() as i64;
    let fact = Fact { value, members };
    context.facts.insert(FactName::ContactListings, fact);
    context
}

pub(crate) fn replaced_as_a_whole(store: Fresh) {
    let store = store.with_listings(4);
    let all: Vec<ListingId> = (1..=4).map(|n| id(&format!("s:{n}"))).collect();
    let among = |ids: &[ListingId]| {
        let ids = ids.to_vec();
        store.read(move |tx| tx.links_among(&ids))
    };
    let links = [
        link("s:1", "s:2", LinkKind::Contact),
        link("s:1", "s:2", LinkKind::Photo),
        link("s:2", "s:4", LinkKind::Text),
    ];
    let kept = links.clone();
    store.write(move |tx| tx.replace_links(&kept, &[(id("s:1"), context(&["s:2"]))]));
    assert_eq!(among(&all), links);
    assert_eq!(among(&all[..3]), links[..2], "both ends are among them");
    let of = |listing: &'static str| store.read(move |tx| tx.link_context(&id(listing)));
    assert_eq!(of("s:1"), Some(context(&["s:2"])));
    assert_eq!(of("s:2"), None);

    store.write(|tx| {
        let links = [link("s:3", "s:4", LinkKind::Photo)];
        tx.replace_links(&links, &[(id("s:3"), context(&["s:4"]))])
    });
    assert_eq!(among(&all), [link("s:3", "s:4", LinkKind::Photo)]);
    assert_eq!(of("s:1"), None);
}

pub(crate) fn an_unknown_listing_is_refused(store: Fresh) {
    let store = store.with_listings(2);
    store.write(|tx| tx.replace_links(&[link("s:1", "s:2", LinkKind::Text)], &[]));
    for (a, b, unknown) in [("s:1", "s:9", "s:9"), ("s:0", "s:1", "s:0")] {
        let error = store.refusal(move |tx| tx.replace_links(&[link(a, b, LinkKind::Photo)], &[]));
        assert!(error.contains(unknown), "{error}");
    }
    let outcome = store.try_write(|tx| tx.replace_links(&[], &[(id("s:9"), context(&[]))]));
    assert!(matches!(outcome, Err(StoreError::Unknown { .. })));
    let left = store.read(|tx| tx.links_among(&[id("s:1"), id("s:2")]));
    assert_eq!(left.len(), 1, "what was there is still there");
}
