//! Planted worlds with a number, picture or account that many share.

use crate::world::{cases, fact, link, world};

/// Lines of a world: an agency's number under forty unrelated names.
fn agency(extra: &str) -> String {
    (0..40)
        .map(|at| {
            format!(
                "phone=1 name=n{at} photo={} town=t{at} days=0..9 text=own {extra}\n",
                100 + at
            )
        })
        .collect()
}

#[test]
fn an_agency_number_is_context_and_joins_nothing() {
    let items = world(&agency(""));
    let linked = link(&items);
    assert_eq!(cases(&items, &linked), "");
    assert_eq!(linked.links, []);
    assert_eq!(fact(&linked, 0, "contact.identities"), Some(40));
    assert_eq!(fact(&linked, 0, "contact.names"), Some(40));
    let hub = &linked.hubs[0];
    assert_eq!(
        (linked.hubs.len(), hub.n_listings, hub.n_sources),
        (1, 40, 40)
    );
    assert_eq!(hub.why, linker::HubReason::Widespread);
}

#[test]
fn a_licensed_number_joins_nothing() {
    let items = world(
        "phone=1 name=anna photo=1 licensed\nphone=1 name=bea photo=2\nphone=1 name=cleo photo=3",
    );
    let linked = link(&items);
    assert_eq!(cases(&items, &linked), "");
    assert_eq!(linked.hubs[0].why, linker::HubReason::Licensed);
    assert_eq!(fact(&linked, 1, "contact.identities"), Some(3));
}

/// A hub and something rare: the rare thing joins.
#[test]
fn a_ring_under_an_agency_number_is_joined_by_its_template() {
    let lines: String = agency("")
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let line = if at % 10 == 0 {
                line.replace("text=own", "text=t1")
            } else {
                line.to_owned()
            };
            format!("{line}\n")
        })
        .collect();
    let items = world(&lines);
    assert_eq!(cases(&items, &link(&items)), "a00+a10+a20+a30");
}

#[test]
fn a_placeholder_picture_joins_and_counts_nothing() {
    let lines: String = (0..40)
        .map(|at| format!("phone={at} name=n{at} photo=5+{} text=own\n", 100 + at))
        .collect();
    let items = world(&lines);
    let linked = link(&items);
    assert_eq!(cases(&items, &linked), "");
    assert_eq!(fact(&linked, 0, "photo.identities"), Some(1));
    assert_eq!(fact(&linked, 0, "photo.names"), Some(1));
    assert_eq!(linked.hubs[0].n_sources, 40);
}

/// An agency number on forty listings and a placeholder on forty others, `both` listings under
/// both, among `others` more.
fn two_hubs(both: usize, others: usize) -> String {
    let mut lines = agency("");
    for at in 0..both {
        let own = format!("photo={} ", 100 + at);
        lines = lines.replace(&own, &format!("photo=5+{} ", 100 + at));
    }
    for at in 0..40 {
        let photo = 300 + at;
        lines.push_str(&format!(
            "phone=x{at} name=m{at} photo=5+{photo} text=own\n"
        ));
    }
    for at in 0..others {
        lines.push_str(&format!("phone=y{at} text=own\n"));
    }
    lines
}

#[test]
fn two_hubs_that_few_share_join_them() {
    let items = world(&two_hubs(4, 6000));
    assert_eq!(cases(&items, &link(&items)), "a00+a01+a02+a03");
}

#[test]
fn two_hubs_that_meet_by_chance_join_nothing() {
    // Forty times forty-four of four hundred: chance puts four listings under both.
    let items = world(&two_hubs(4, 316));
    assert_eq!(cases(&items, &link(&items)), "");
    let items = world(&two_hubs(2, 6000));
    assert_eq!(cases(&items, &link(&items)), "");
}

#[test]
fn one_name_at_an_agency_is_not_one_person() {
    let mut lines = agency("");
    lines.push_str("phone=1 name=n3 photo=900 town=t80 text=own days=20..29\n");
    let items = world(&lines);
    assert_eq!(cases(&items, &link(&items)), "");
}
