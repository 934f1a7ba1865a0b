//! Large worlds stay cheap: no step is quadratic.

use std::time::{Duration, Instant};

use crate::world::{Numbers, contact, day, fact, item, link, picture, text};

/// Generous for a debug build on a busy machine; a quadratic step over 20,000 listings takes
/// minutes. `benches/benches/texts.rs` and `graph.rs` measure.
const LIMIT: Duration = Duration::from_secs(60);

#[track_caller]
fn check(name: &str, change: impl Fn(usize, &mut linker::Item, &mut Numbers)) -> linker::Linked {
    let mut numbers = Numbers(1);
    let items: Vec<linker::Item> = (0..20_000)
        .map(|at| {
            let mut item = item(&format!("l{at:05}"));
            item.first_seen = day(at as i64 % 300);
            item.last_seen = day(at as i64 % 300 + 10);
            item.names = vec![format!("name{at}")];
            change(at, &mut item, &mut numbers);
            item
        })
        .collect();
    let started = Instant::now();
    let linked = link(&items);
    eprintln!(
        "{name}: {:?}, {} links",
        started.elapsed(),
        linked.links.len()
    );
    assert!(started.elapsed() < LIMIT, "{name}: {:?}", started.elapsed());
    linked
}

#[test]
fn one_contact_on_every_listing() {
    let _ = check("one contact", |at, item, _| {
        item.contacts = vec![contact("1")];
        item.town = Some(format!("town{}", at % 300));
    });
}

#[test]
fn one_picture_on_every_listing() {
    let _ = check("one picture", |at, item, _| {
        item.contacts = vec![contact(&at.to_string())];
        item.photos = vec![picture(1, 0), picture(10 + at as u64, 0)];
    });
}

#[test]
fn one_template_on_every_listing() {
    let linked = check("one template", |at, item, _| {
        item.contacts = vec![contact(&at.to_string())];
        item.text = text(5, 80, 20, at as u64);
    });
    let n_joined = (0..20_000)
        .filter(|at| fact(&linked, *at, "text.listings") > Some(19_000))
        .count();
    // The mark of matching.md, Texts: .95 of copies with up to 20 % changed.
    assert!(
        n_joined > 19_000,
        "{n_joined} of 20000 copies are in one template"
    );
}

#[test]
fn one_account_on_every_listing() {
    let _ = check("one account", |at, item, _| {
        item.account = Some("1".to_owned());
        item.town = Some(format!("town{}", at % 300));
        item.ages = vec![18 + (at % 60) as u8];
    });
}
