//! What holds in any world.

use linker::{Item, Linked, Params};
use model::{LinkContext, ListingId};
use proptest::prelude::*;

use crate::world::{Numbers, contact, day, item, link, picture, text};

/// A crowded little world: few contacts, pictures, templates, names and towns.
fn any_world(seed: u64, n_items: usize) -> Vec<Item> {
    let mut numbers = Numbers(seed);
    (0..n_items)
        .map(|at| {
            let mut item = item(&format!("x{at:03}"));
            if numbers.below(4) > 0 {
                item.contacts = (0..1 + numbers.below(2))
                    .map(|_| contact(&numbers.below(9).to_string()))
                    .collect();
            }
            item.photos = (0..numbers.below(3))
                .map(|_| picture(numbers.below(12), numbers.below(15) as usize))
                .collect();
            let template = numbers.below(12);
            item.text = text(template, 30, 15, at as u64);
            item.names = (0..numbers.below(3))
                .map(|_| format!("name{}", numbers.below(6)))
                .collect();
            item.ages = (0..numbers.below(2))
                .map(|_| 18 + numbers.below(20) as u8)
                .collect();
            if numbers.below(3) > 0 {
                item.town = Some(format!("town{}", numbers.below(4)));
            }
            if numbers.below(5) == 0 {
                item.account = Some(format!("account{}", numbers.below(3)));
            }
            let first = numbers.below(300) as i64;
            item.first_seen = day(first);
            if numbers.below(3) > 0 {
                item.posted_at = Some(item.first_seen);
            }
            item.last_seen = day(first + numbers.below(30) as i64);
            item
        })
        .collect()
}

fn by_id(items: &[Item], linked: &Linked) -> Vec<(ListingId, LinkContext)> {
    let mut contexts: Vec<_> = items
        .iter()
        .map(|item| item.id.clone())
        .zip(linked.contexts.iter().cloned())
        .collect();
    contexts.sort_by(|one, other| one.0.cmp(&other.0));
    contexts
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn order_does_not_matter(seed: u32, shuffle: u32) {
        let items = any_world(u64::from(seed), 60);
        let mut shuffled = items.clone();
        let mut numbers = Numbers(u64::from(shuffle));
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, numbers.below(at as u64 + 1) as usize);
        }
        let (one, other) = (link(&items), link(&shuffled));
        prop_assert_eq!(by_id(&items, &one), by_id(&shuffled, &other));
        prop_assert_eq!(one.links, other.links);
        prop_assert_eq!(one.hubs, other.hubs);
    }

    #[test]
    fn facts_rest_on_listings_that_exist(seed: u32) {
        let items = any_world(u64::from(seed), 60);
        let linked = link(&items);
        for (item, context) in items.iter().zip(&linked.contexts) {
            for (name, fact) in &context.facts {
                prop_assert!(fact.value >= 0, "{} of {}", name, item.id);
                prop_assert!(fact.members.is_sorted());
                prop_assert!(!fact.members.contains(&item.id));
                prop_assert!(fact.members.iter().all(|id| items.iter().any(|item| item.id == *id)));
            }
        }
        for edge in &linked.links {
            prop_assert!(edge.a < edge.b);
        }
    }

    /// Whoever is one advertiser's is in one case, and linked listings are too.
    #[test]
    fn cases_hold_together(seed: u32) {
        let items = any_world(u64::from(seed), 50);
        let linked = link(&items);
        let place = |id: &ListingId| items.iter().position(|item| item.id == *id).unwrap();
        for edge in &linked.links {
            let case = |id| &linked.contexts[place(id)].groups.case;
            prop_assert!(case(&edge.a).is_some());
            prop_assert_eq!(case(&edge.a), case(&edge.b));
        }
        for one in &linked.contexts {
            for other in &linked.contexts {
                if one.groups.identity.is_some() && one.groups.identity == other.groups.identity {
                    prop_assert_eq!(&one.groups.case, &other.groups.case);
                }
            }
        }
    }

    /// Any listings, named otherwise only, are no two identities.
    #[test]
    fn other_names_alone_change_no_count_of_identities(seed: u32) {
        let mut items = any_world(u64::from(seed), 30);
        for (at, item) in items.iter_mut().enumerate() {
            item.names = vec![format!("name{at}")];
            item.photos.clear();
            item.ages.clear();
            item.town = None;
        }
        let linked = link(&items);
        for context in &linked.contexts {
            for name in ["contact.identities", "text.identities"] {
                let name = model::FactName::from_name(name).unwrap();
                if let Some(fact) = context.facts.get(&name) {
                    prop_assert_eq!(fact.value, 1);
                }
            }
        }
    }

    #[test]
    fn what_explain_says_is_what_link_does(seed: u32, a in 0usize..40, b in 0usize..40) {
        let items = any_world(u64::from(seed), 40);
        let linked = link(&items);
        let explanation = linker::explain(&items, a, b, &Params::default()).unwrap();
        let cases = (&linked.contexts[a].groups.case, &linked.contexts[b].groups.case);
        let together = a == b || (cases.0.is_some() && cases.0 == cases.1);
        prop_assert_eq!(matches!(explanation.verdict, linker::Verdict::Together(_)), together);
    }
}

#[test]
fn no_listings_at_all() {
    let linked = link(&[]);
    assert_eq!(
        (linked.contexts.len(), linked.links.len(), linked.hubs.len()),
        (0, 0, 0)
    );
}

/// Numbers come from a configuration: whatever they are, linking ends and does not panic.
#[test]
fn strange_params_do_no_harm() {
    let items = any_world(3, 60);
    for (number, days) in [
        (0, 0),
        (1, -1),
        (usize::MAX, i64::MAX),
        (usize::MAX, i64::MIN),
    ] {
        let small = u16::try_from(number).unwrap_or(u16::MAX);
        let params = Params {
            contacts_per_listing: number,
            names_per_listing: number,
            photos_per_listing: number,
            window_days: days,
            windows_cap: number,
            silent_days: days,
            age_gap_years: small as u8,
            rare_advertisers: number,
            rare_sources: number,
            source_listings: number,
            common_picture_holders: number,
            boilerplate_percent: number,
            boilerplate_listings: number,
            boilerplate_sources: number,
            text_min_words: number,
            text_long_words: number,
            text_similar_per_mille: small,
            text_short_similar_per_mille: small,
            text_max_words: number,
            reorder_max_words: number,
            pair_frequency_cap: number,
            shared_pairs_percent: number,
            text_candidates_cap: number,
            frequent_pairs_sampled: number,
            frequent_pair_leaders: number,
            hash_bucket_cap: number,
            collapse_tries: number,
            identity_count_cap: number,
            members_cap: number,
            circuit_identities: number,
            circuit_towns: number,
            circuit_rounds: number,
            circuit_arrival_days: days,
            circuit_stops: number,
            circuit_candidates: number,
        };
        let linked = linker::link(&items, day(400), &params);
        assert_eq!(linked.contexts.len(), items.len());
    }
}

/// Masks beyond the text, backwards or inside a character do no harm.
#[test]
fn strange_items_do_no_harm() {
    let mut strange = item("a");
    strange.text = "één twee drie".to_owned();
    let backwards = std::ops::Range { start: 9, end: 2 };
    strange.masks = vec![1..2, 5..900, backwards, usize::MAX - 1..usize::MAX];
    (strange.first_seen, strange.last_seen) = (day(9), day(2));
    strange.names = vec![String::new(), "  ".to_owned()];
    let mut farthest = strange.clone();
    farthest.first_seen = model::Timestamp::from_ms(i64::MIN);
    farthest.last_seen = model::Timestamp::from_ms(i64::MAX);
    let linked = link(&[strange.clone(), strange, farthest]);
    assert_eq!(linked.contexts.len(), 3);
}

/// One listing with thousands of everything costs no more than a full one.
#[test]
fn one_listing_of_thousands() {
    let items: Vec<Item> = ["a", "b", "c"]
        .into_iter()
        .map(|id| {
            let mut item = item(id);
            item.contacts = (0..20_000).map(|at| contact(&at.to_string())).collect();
            item.photos = (0..2_000).map(|at| picture(at, 0)).collect();
            item.names = (0..5_000).map(|at| format!("name{at}")).collect();
            item
        })
        .collect();
    let linked = link(&items);
    assert!(linked.contexts[0].groups.identity.is_some());
}
