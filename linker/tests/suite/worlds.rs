//! Planted worlds with a known answer each.

use crate::world::{cases, fact, link, world};

/// Facts written `listing fact=value`, one a line, `-` for unknown; and the cases.
#[track_caller]
fn check(lines: &str, expected_facts: &str, expected_cases: &str) {
    let items = world(lines);
    let linked = link(&items);
    let mut expected = String::new();
    let mut found = String::new();
    for line in expected_facts.lines().map(str::trim) {
        let Some((at, facts)) = line.split_once(' ') else {
            continue;
        };
        for written in facts.split_whitespace() {
            let (name, _) = written.split_once('=').unwrap();
            let value = fact(&linked, at.parse().unwrap(), name)
                .map_or_else(|| "-".to_owned(), |value| value.to_string());
            expected.push_str(&format!("{at} {written}\n"));
            found.push_str(&format!("{at} {name}={value}\n"));
        }
    }
    assert_eq!(found, expected);
    assert_eq!(cases(&items, &linked), expected_cases);
}

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

const CIRCUIT: &str = "
    phone=1 name=anna photo=1 town=utrecht days=0..6
    phone=1 name=bea photo=2 town=utrecht days=1..6
    phone=1 name=cleo photo=3 town=utrecht days=0..5
    phone=1 name=anna photo=1 town=zwolle days=7..13
    phone=1 name=bea photo=2 town=zwolle days=7..13
    phone=1 name=cleo photo=3 town=zwolle days=8..13
    phone=1 name=anna photo=1 town=arnhem days=14..20
    phone=1 name=bea photo=2 town=arnhem days=15..20
    phone=1 name=cleo photo=3 town=arnhem days=14..19";

/// The same lines, `days` later.
fn later(lines: &str, days: i64) -> String {
    lines
        .split('\n')
        .map(|line| {
            let Some((front, stay)) = line.rsplit_once("days=") else {
                return line.to_owned();
            };
            let (from, to) = stay.split_once("..").unwrap();
            let (from, to): (i64, i64) = (from.parse().unwrap(), to.parse().unwrap());
            format!("{front}days={}..{}", from + days, to + days)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_circuit_of_three() {
    let all: String = (0..18)
        .map(|at| format!("a{at:02}"))
        .collect::<Vec<_>>()
        .join("+");
    check(
        &format!("{CIRCUIT}\n{}", later(CIRCUIT, 21)),
        "0 circuit.towns=3 circuit.identities=3 circuit.rounds=2 contact.identities=3
         17 circuit.towns=3 circuit.identities=3 circuit.rounds=2",
        &all,
    );
}

/// The listings of earlier stops were left standing: what counts is when they came.
#[test]
fn a_circuit_with_listings_left_standing() {
    let both = format!("{CIRCUIT}\n{}", later(CIRCUIT, 21));
    let standing: String = both
        .lines()
        .map(|line| match line.rsplit_once("..") {
            Some((front, _)) => format!("{front}..60\n"),
            None => String::new(),
        })
        .collect();
    let items = world(&standing);
    let linked = link(&items);
    assert_eq!(fact(&linked, 0, "circuit.rounds"), Some(2));
    assert_eq!(fact(&linked, 0, "circuit.identities"), Some(3));
    assert_eq!(fact(&linked, 0, "contact.identities"), Some(3));
}

#[test]
fn one_round_is_no_circuit() {
    check(
        CIRCUIT,
        "0 circuit.towns=0 circuit.identities=0 circuit.rounds=0",
        "a00+a01+a02+a03+a04+a05+a06+a07+a08",
    );
}

#[test]
fn two_who_tour_together_are_no_circuit() {
    let two: String = CIRCUIT
        .lines()
        .filter(|line| !line.contains("cleo"))
        .collect::<Vec<_>>()
        .join("\n");
    check(
        &format!("{two}\n{}", later(&two, 21)),
        "0 circuit.rounds=0 circuit.identities=0 contact.identities=2",
        "a00+a01+a02+a03+a04+a05+a06+a07+a08+a09+a10+a11",
    );
}

/// Three unrelated persons on the same way, in no group.
#[test]
fn strangers_on_the_same_way_are_no_circuit() {
    let apart = CIRCUIT
        .replace("phone=1 name=bea", "phone=2 name=bea")
        .replace("phone=1 name=cleo", "phone=3 name=cleo");
    check(
        &format!("{apart}\n{}", later(&apart, 21)),
        "0 circuit.rounds=0",
        "a00+a03+a06+a09+a12+a15 a01+a04+a07+a10+a13+a16 a02+a05+a08+a11+a14+a17",
    );
}

/// Linked, the same towns, but weeks apart: they do not travel together.
#[test]
fn the_same_way_at_other_times_is_no_circuit() {
    let shifted: String = CIRCUIT
        .lines()
        .map(|line| match line {
            line if line.contains("bea") => later(line, 60),
            line if line.contains("cleo") => later(line, 120),
            line => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n");
    let items = world(&format!("{shifted}\n{}", later(&shifted, 21)));
    let linked = link(&items);
    assert_eq!(fact(&linked, 0, "circuit.rounds"), Some(0));
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
