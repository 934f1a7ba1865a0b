//! Planted worlds of persons who travel: groups in a circuit, and who is none.

use crate::world::{check, fact, link, world};

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
