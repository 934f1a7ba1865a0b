//! What `explain` says.

use linker::{Params, explain};

use crate::world::world;

#[track_caller]
fn check(lines: &str, (a, b): (usize, usize), expected: &str) {
    let explanation = explain(&world(lines), a, b, &Params::default()).unwrap();
    assert_eq!(explanation.to_string(), expected);
}

#[test]
fn a_path_over_two_kinds() {
    check(
        "phone=1 photo=1 name=anna\nphone=1 photo=2 name=bea\nphone=2 photo=2~ name=cleo",
        (0, 2),
        "`a00` and `a02` are in one case\n  \
         `a00` -> `a01`: the same contact (2 listings, 2 advertisers)\n  \
         `a01` -> `a02`: the same picture (2 listings, 2 sources)\n\
         two identities: they differ in names and pictures",
    );
}

#[test]
fn nothing_in_common() {
    check(
        "phone=1\nphone=2",
        (0, 1),
        "`a00` and `a01` are kept apart\n  \
         too few words to compare the texts\n\
         their advertisers differ in nothing that is known",
    );
}

#[test]
fn a_number_issued_again() {
    check(
        "phone=1 name=anna days=0..10\nphone=1 name=bea days=400..410",
        (1, 0),
        "`a01` and `a00` are kept apart\n  \
         the same contact, but 390 days lie between: taken for issued again\n  \
         too few words to compare the texts\n\
         their advertisers differ in names: one difference makes no two identities",
    );
}

#[test]
fn a_hub() {
    check(
        &"phone=1 text=own\n".repeat(30),
        (4, 5),
        "`a04` and `a05` are kept apart\n  \
         the same contact, too widespread to join (30 listings, 30 advertisers)\n  \
         no text in common: 0 of 1000 words are equal, 600 are needed\n\
         their advertisers differ in nothing that is known",
    );
}

#[test]
fn one_advertiser() {
    check(
        "phone=1 name=anna\nphone=1 name=Anna",
        (0, 1),
        "`a00` and `a01` are in one case\n  \
         `a00` -> `a01`: the same contact (2 listings, 1 advertiser)\n\
         taken to be one advertiser's",
    );
}

#[test]
fn a_place_that_does_not_exist() {
    assert_eq!(explain(&world("phone=1"), 0, 1, &Params::default()), None);
}
