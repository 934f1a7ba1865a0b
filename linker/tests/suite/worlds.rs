//! Planted worlds with a known answer each: persons, their contacts, pictures and texts.

use crate::world::{cases, check, fact, link, world};

#[test]
fn one_listing_alone() {
    check(
        "phone=1 photo=1 name=anna age=30 town=utrecht text=own days=0..9",
        "0 contact.identities=1 contact.listings=1 contact.names=1 contact.recruits=0 contact.sells=-
         0 photo.identities=1 photo.names=1 photo.contacts=1 text.identities=1 text.listings=1
         0 circuit.towns=0 circuit.identities=0 circuit.rounds=0 identity.stable_days=9 identity.names=1",
        "",
    );
}

#[test]
fn nothing_known_is_unknown_not_zero() {
    check(
        "days=0..1",
        "0 contact.identities=- contact.recruits=- photo.identities=- text.identities=- circuit.towns=- identity.names=- identity.stable_days=-",
        "",
    );
}

#[test]
fn names_alone_never_make_two_identities() {
    check(
        "phone=1 name=anna days=0..9
         phone=1 name=bea days=3..9
         phone=1 name=cleo days=4..9
         phone=1 name=dora days=5..9",
        "0 contact.identities=1 contact.listings=4 contact.names=4",
        "a00+a01+a02+a03",
    );
}

#[test]
fn a_second_difference_makes_two() {
    for second in [
        ("photo=1", "photo=2", 2),
        ("age=20", "age=24", 2),
        ("age=20", "age=23", 1),
        ("town=breda", "town=tilburg", 2),
        ("town=breda", "town=breda", 1),
        ("photo=1", "town=breda", 1),
    ] {
        let (one, other, identities) = second;
        check(
            &format!("phone=1 name=anna {one} days=0..9\nphone=1 name=bea {other} days=0..9"),
            &format!("0 contact.identities={identities} contact.names=2"),
            "a00+a01",
        );
    }
}

#[test]
fn one_difference_without_names_is_not_enough() {
    check(
        "phone=1 photo=1\nphone=1 photo=2",
        "0 contact.identities=1",
        "a00+a01",
    );
    check(
        "phone=1 photo=1 age=20\nphone=1 photo=2 age=30",
        "0 contact.identities=2",
        "a00+a01",
    );
}

#[test]
fn reposts_of_one_person_collapse() {
    check(
        "phone=1 name=anna photo=1 age=25 town=breda days=0..9 text=t1
         phone=1 name=anna photo=1~ age=25 town=breda days=10..19 text=t1
         phone=1 name=bella photo=1+2 age=24 town=breda days=20..29 text=t1
         phone=1 name=anna photo=3 age=25 town=breda days=30..39 text=t1",
        "0 contact.identities=1 contact.listings=4 text.identities=1 text.listings=4 identity.names=2 identity.stable_days=39",
        "a00+a01+a02+a03",
    );
}

#[test]
fn two_independents_share_a_number_and_a_studio() {
    check(
        "phone=1 name=anna photo=1+2 age=30 town=breda days=0..60 text=own
         phone=1 name=bea photo=3+4 age=34 town=breda days=0..60 text=own
         phone=1 name=anna photo=2 age=30 town=breda days=61..90 text=own",
        "0 contact.identities=2 contact.names=2 contact.listings=3 circuit.rounds=0 photo.identities=1 text.identities=1",
        "a00+a01+a02",
    );
}

#[test]
fn touring_alone_under_four_names_on_two_sites() {
    check(
        "site=x phone=1 name=anna photo=1+2 age=28 town=utrecht days=0..6
         site=y phone=1 name=bella photo=1+3 age=28 town=zwolle days=6..13
         site=x phone=1 name=carla photo=2+1 age=27 town=arnhem days=13..20
         site=y phone=1 name=diana photo=1 age=29 town=breda days=20..27
         site=x phone=1 name=anna photo=1+2 age=28 town=utrecht days=27..34
         site=y phone=1 name=bella photo=1+3 age=28 town=zwolle days=34..41
         site=x phone=1 name=carla photo=2+1 age=27 town=arnhem days=41..48
         site=y phone=1 name=diana photo=1 age=29 town=breda days=48..55",
        "0 contact.identities=1 contact.names=4 photo.identities=1 circuit.identities=0 circuit.rounds=0 identity.names=4 identity.stable_days=0",
        "a00+a01+a02+a03+a04+a05+a06+a07",
    );
}

/// The listings of earlier towns were left standing.
#[test]
fn touring_alone_with_listings_left_standing() {
    check(
        "phone=1 name=anna photo=1 town=utrecht days=0..60
         phone=1 name=bella photo=1 town=zwolle days=7..60
         phone=1 name=carla photo=1 town=arnhem days=14..60
         phone=1 name=diana photo=1 town=breda days=21..60",
        "0 contact.identities=1 photo.identities=1 circuit.rounds=0",
        "a00+a01+a02+a03",
    );
}

/// A site without dates, seen for the first time: all listings came on that day, as far as anybody
/// knows, and nobody was in four towns.
#[test]
fn touring_alone_on_a_site_without_dates() {
    check(
        "phone=1 name=anna town=utrecht days=0..9 undated
         phone=1 name=bella town=zwolle days=0..9 undated
         phone=1 name=carla town=arnhem days=0..9 undated
         phone=1 name=diana town=breda days=0..9",
        "0 contact.identities=1 contact.names=4 contact.listings=4",
        "a00+a01+a02+a03",
    );
    check(
        "phone=1 name=anna town=utrecht days=0..9
         phone=1 name=bella town=zwolle days=0..9",
        "0 contact.identities=2",
        "a00+a01",
    );
}

#[test]
fn touring_alone_without_pictures() {
    check(
        "phone=1 name=anna age=28 town=utrecht days=0..6
         phone=1 name=bella age=28 town=zwolle days=6..13
         phone=1 name=carla age=28 town=arnhem days=13..20",
        "0 contact.identities=1 contact.names=3",
        "a00+a01+a02",
    );
}

#[test]
fn a_ring_behind_one_number() {
    check(
        "phone=1 name=anna photo=1 age=19 town=breda days=0..20
         phone=1 name=bea photo=2 age=24 town=tilburg days=0..20
         phone=1 name=cleo photo=3 age=29 town=utrecht days=0..20
         phone=1 name=dora photo=4 age=34 town=zwolle days=0..20
         phone=1 name=elsa photo=5 age=39 town=arnhem days=0..20",
        "0 contact.identities=5 contact.names=5 contact.listings=5 circuit.rounds=0
         4 contact.identities=5",
        "a00+a01+a02+a03+a04",
    );
}

/// Every listing of a ring shows the same room or logo beside pictures of its own.
#[test]
fn a_picture_of_the_room_does_not_make_them_one() {
    check(
        "phone=1 name=anna photo=9+1 town=breda days=0..20
         phone=1 name=bea photo=9+2 town=breda days=0..20
         phone=1 name=cleo photo=9+3 town=breda days=0..20
         phone=1 name=dora photo=9+4 town=breda days=0..20
         phone=1 name=elsa photo=9+5 town=breda days=0..20",
        "0 contact.identities=5 photo.names=5 photo.contacts=1",
        "a00+a01+a02+a03+a04",
    );
}

#[test]
fn a_picture_under_other_names_and_numbers() {
    check(
        "phone=1 name=anna photo=7 age=20 town=breda days=0..20 text=own
         phone=2 name=bea photo=7~ age=26 town=tilburg days=0..20 text=own
         phone=3 name=cleo photo=7 age=32 town=utrecht days=0..20 text=own",
        "0 photo.identities=3 photo.names=3 photo.contacts=3 contact.identities=1 text.identities=1",
        "a00+a01+a02",
    );
}

/// One advertiser with a phone and an e-mail address has one contact.
#[test]
fn contacts_of_one_advertiser_count_once() {
    check(
        "phone=1+mail photo=7\nphone=1 photo=7\nphone=2 photo=7",
        "0 photo.contacts=2",
        "a00+a01+a02",
    );
}

#[test]
fn a_template_under_other_contacts() {
    check(
        "phone=1 name=anna photo=1 town=breda days=0..20 text=t5
         phone=2 name=bea photo=2 town=tilburg days=0..20 text=t5
         phone=3 name=cleo photo=3 town=utrecht days=0..20 text=t5
         phone=4 name=dora photo=4 town=zwolle days=0..20 text=own",
        "0 text.identities=3 text.listings=3
         3 text.identities=1 text.listings=1",
        "a00+a01+a02",
    );
}

#[test]
fn a_number_issued_again_is_a_new_number() {
    check(
        "phone=1 name=anna photo=1 days=0..10\nphone=1 name=bea photo=2 days=190..200",
        "0 contact.identities=1 contact.listings=1",
        "",
    );
    check(
        "phone=1 name=anna photo=1 days=0..10\nphone=1 name=bea photo=2 days=189..200",
        "0 contact.identities=1 contact.listings=1",
        "a00+a01",
    );
}

#[test]
fn a_window_is_ninety_days() {
    check(
        "phone=1 name=anna photo=1 days=0..10
         phone=1 name=bea photo=2 days=90..100
         phone=1 name=cleo photo=3 days=180..190
         phone=1 name=dora photo=4 days=185..195",
        "0 contact.identities=2 contact.listings=2
         1 contact.identities=3 contact.listings=3
         2 contact.identities=3 contact.listings=3
         3 contact.identities=3 contact.listings=3",
        "a00+a01+a02+a03",
    );
}

#[test]
fn the_ends_of_two_windows_do_not_meet() {
    check(
        "phone=1 name=anna photo=1 days=0..10
         phone=1 name=bea photo=2 days=100..109
         phone=1 name=cleo photo=3 days=200..210",
        "0 contact.identities=2\n1 contact.identities=2\n2 contact.identities=1",
        "a00+a01+a02",
    );
}

#[test]
fn recruitment_and_sale_under_one_contact() {
    check(
        "phone=1 name=anna photo=1\nphone=1 name=bea photo=2\nphone=1 seeks\nphone=2 seeks",
        "0 contact.recruits=1 contact.sells=- contact.identities=2 contact.listings=3
         2 contact.sells=2 contact.recruits=-
         3 contact.sells=0",
        "a00+a01+a02",
    );
}

#[test]
fn one_account_is_one_advertiser_unless_facts_speak_against_it() {
    check(
        "site=x account=u7 name=anna photo=1 age=30 town=breda days=0..5
         site=x account=u7 name=bea photo=2 age=31 town=breda days=0..5
         site=x account=u7 name=cleo photo=3 age=45 town=breda days=0..5
         site=y account=u7 name=dora photo=4",
        "0 identity.names=2\n2 identity.names=1",
        "a00+a01",
    );
}

/// A site that places everybody's listing under one account, with its logo on each.
#[test]
fn a_guest_account_joins_nobody() {
    for own in ["phone=", "name=n"] {
        let lines: String = (0..40)
            .map(|at| format!("site=x account=guest {own}{at} photo=5 text=own\n"))
            .collect();
        let items = world(&lines);
        let linked = link(&items);
        assert_eq!(cases(&items, &linked), "", "{own}");
        assert_eq!(linked.hubs[0].n_sources, 40, "{own}");
    }
    let few: String = (0..24)
        .map(|at| format!("site=x account=u7 phone={at} text=own\n"))
        .collect();
    let items = world(&few);
    let together: Vec<String> = (0..24).map(|at| format!("a{at:02}")).collect();
    assert_eq!(cases(&items, &link(&items)), together.join("+"));
}

/// Reposts without a name or picture are one advertiser's, and no hub however many there are.
#[test]
fn one_text_under_one_number_is_one_advertisers() {
    let reposts: String = (0..30)
        .map(|at| format!("phone=1 text=t1 town=breda days={at}..{at}\n"))
        .collect();
    let items = world(&reposts);
    let linked = link(&items);
    assert_eq!(linked.hubs, []);
    let together: Vec<String> = (0..30).map(|at| format!("a{at:02}")).collect();
    assert_eq!(cases(&items, &linked), together.join("+"));
    assert!(linked.contexts[0].groups.identity.is_some());
    // A ring has one text for all: other names or other pictures are other advertisers.
    for own in ["name=n", "photo="] {
        let ring: String = (0..5)
            .map(|at| format!("phone=1 text=t1 {own}{at} days=0..9\n"))
            .collect();
        let linked = link(&world(&ring));
        assert_eq!(linked.contexts[0].groups.identity, None, "{own}");
    }
    // Texts of their own under one number are a hub: nothing says that they are one advertiser's.
    let linked = link(&world(&reposts.replace("t1", "own")));
    assert_eq!(linked.hubs[0].n_sources, 30);
}

#[test]
fn a_line_of_the_site_is_no_template() {
    let advice = "lees eerst de tips van deze website over veilig afspreken voordat je contact opneemt met wie dan ook";
    let mut items = world(
        &(0..40)
            .map(|at| format!("site=x phone={at} name=n{at} photo={at} text=own\n"))
            .collect::<String>(),
    );
    for item in &mut items {
        item.text = format!("kort en eigen {}\n{advice}.", item.id);
    }
    let linked = link(&items);
    assert_eq!(cases(&items, &linked), "");
    assert_eq!(fact(&linked, 0, "text.listings"), None);
    // The same line from one ring is no line of the site.
    for item in &mut items {
        item.contacts = world("phone=1")[0].contacts.clone();
    }
    assert_eq!(fact(&link(&items), 0, "text.listings"), Some(40));
}

#[test]
fn masked_words_do_not_make_texts_alike() {
    let shared = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien";
    let mut items = world("phone=1\nphone=2");
    for (item, own) in items.iter_mut().zip(["alfa beta", "gamma delta"]) {
        item.text = format!("{own} {shared}");
    }
    assert_eq!(fact(&link(&items), 0, "text.listings"), Some(2));
    for item in &mut items {
        let shown = item.text.len() - 60;
        item.masks.push(shown..item.text.len());
    }
    assert_eq!(fact(&link(&items), 0, "text.listings"), None);
}
