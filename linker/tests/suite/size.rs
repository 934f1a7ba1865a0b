//! Large worlds: the same answers as small ones. A step that is quadratic in what is shared would
//! not end here; `benches/benches/texts.rs` and `graph.rs` measure.

use model::PhotoHash;

use crate::world::{Numbers, contact, day, fact, item, link, picture, text};

const N_LISTINGS: usize = 20_000;

fn linked(change: impl Fn(usize, &mut linker::Item, &mut Numbers)) -> linker::Linked {
    let mut numbers = Numbers(1);
    let items: Vec<linker::Item> = (0..N_LISTINGS)
        .map(|at| {
            let mut item = item(&format!("l{at:05}"));
            item.first_seen = day(at as i64 % 300);
            item.last_seen = day(at as i64 % 300 + 10);
            item.posted_at = Some(item.first_seen);
            item.names = vec![format!("name{at}")];
            change(at, &mut item, &mut numbers);
            item
        })
        .collect();
    link(&items)
}

/// Kind, listings and sources of the hubs.
fn hubs(linked: &linker::Linked) -> Vec<(&'static str, u32, u32)> {
    linked
        .hubs
        .iter()
        .map(|hub| (hub.kind.name(), hub.n_listings, hub.n_sources))
        .collect()
}

#[test]
fn one_contact_on_every_listing() {
    let linked = linked(|at, item, _| {
        item.contacts = vec![contact("1")];
        item.town = Some(format!("town{}", at % 300));
    });
    assert_eq!(hubs(&linked), [("contact", 20_000, 20_000)]);
    // Names alone: one identity, however many names.
    assert_eq!(fact(&linked, 7, "contact.identities"), Some(1));
    // Those of 90 days and of the days that they stand.
    assert_eq!(fact(&linked, 7, "contact.names"), Some(6767));
}

#[test]
fn one_contact_on_listings_that_stand_for_years() {
    let linked = linked(|at, item, numbers| {
        item.contacts = vec![contact("1")];
        item.first_seen = day(-(numbers.below(15_000) as i64));
        item.last_seen = day(at as i64 % 300);
    });
    assert_eq!(hubs(&linked), [("contact", 20_000, 20_000)]);
}

#[test]
fn one_picture_on_every_listing() {
    let linked = linked(|at, item, _| {
        item.contacts = vec![contact(&at.to_string())];
        item.photos = vec![picture(1, 0), picture(10 + at as u64, 0)];
    });
    assert_eq!(hubs(&linked), [("photo", 20_000, 20_000)]);
}

/// The stamp of each listing in one picture: as many hashes, each a few bits from the others.
#[test]
fn one_stamped_picture_on_every_listing() {
    let linked = linked(|at, item, numbers| {
        item.contacts = vec![contact(&at.to_string())];
        let mut stamped = picture(1, 0);
        let mut bytes = stamped.pdq.map_or([0; 32], |pdq| *pdq.as_bytes());
        for _ in 0..8 {
            let bit = numbers.below(256) as usize;
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        stamped.pdq = Some(PhotoHash::from_bytes(bytes));
        item.photos = vec![stamped];
    });
    assert_eq!(hubs(&linked), [("photo", 20_000, 20_000)]);
}

#[test]
fn one_template_on_every_listing() {
    let linked = linked(|at, item, _| {
        item.contacts = vec![contact(&at.to_string())];
        item.text = text(5, 80, 20, at as u64);
    });
    let n_joined = (0..N_LISTINGS)
        .filter(|at| fact(&linked, *at, "text.listings") > Some(19_000))
        .count();
    // The mark of matching.md, Texts: .95 of copies with up to 20 % changed.
    assert!(
        n_joined > 19_000,
        "{n_joined} of 20000 copies are in one template"
    );
}

/// The same words in stretches of three, in another order in each text.
#[test]
fn one_bag_of_words_in_every_listing() {
    let stretches: Vec<String> = (0..130).map(|at| text(9 + at, 3, 0, 0)).collect();
    let linked = linked(|at, item, numbers| {
        item.contacts = vec![contact(&at.to_string())];
        if at < 1000 {
            let mut order: Vec<&str> = stretches.iter().map(String::as_str).collect();
            for last in (1..order.len()).rev() {
                order.swap(last, numbers.below(last as u64 + 1) as usize);
            }
            item.text = order.join(" ");
        }
    });
    assert_eq!(fact(&linked, 0, "text.listings"), Some(1000));
}

#[test]
fn one_account_on_every_listing() {
    let linked = linked(|at, item, _| {
        item.account = Some("1".to_owned());
        item.town = Some(format!("town{at}"));
        item.ages = vec![18 + (at % 60) as u8];
    });
    assert_eq!(linked.links, []);
}

/// A few who work under one number and are somewhere else every day.
#[test]
fn years_of_travel() {
    let linked = linked(|at, item, _| {
        let (who, stop) = (at % 4, at as i64 / 4);
        item.names = vec![format!("name{who}")];
        item.ages = vec![18 + 10 * who as u8];
        item.contacts = vec![contact("1")];
        item.town = Some(format!("town{}", stop % 7));
        (item.first_seen, item.last_seen) = (day(stop), day(stop));
        item.posted_at = Some(day(stop));
    });
    assert_eq!(fact(&linked, 0, "contact.identities"), Some(4));
    assert_eq!(fact(&linked, 0, "circuit.identities"), Some(4));
    assert_eq!(fact(&linked, 0, "circuit.towns"), Some(7));
}
