//! Laws of the verdicts that the examples do not show.

use super::super::signals_of_text;
use super::*;

#[track_caller]
fn check(text: &str, expected: &[(u32, &str)]) {
    let found: Vec<(u32, String)> = signals_of_text(text)
        .into_iter()
        .filter_map(|signal| match signal.observed {
            Observed::Age(seen) => Some((
                u32::from(seen.value),
                format!("{:?}", seen.about).to_lowercase(),
            )),
            _ => None,
        })
        .collect();
    let found: Vec<(u32, &str)> = found
        .iter()
        .map(|(value, about)| (*value, about.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn blockers_act_on_their_own_number() {
    check("I'm 17, free from 18:00", &[(17, "advertised")]);
    check("Ik ben 19, vanaf 21 jaar welkom", &[(19, "advertised")]);
    check("20 jaar, 16 euro, maat 38, 18 uur", &[(20, "advertised")]);
}

#[test]
fn unknown_nouns_are_somebody_else() {
    check(
        "Our flarps are 16 and 17 years old",
        &[(16, "other"), (17, "other")],
    );
    check("Unser Flarp ist 16 und lernt noch", &[(16, "other")]);
    check("Le flarpeur a 16 ans et joue", &[(16, "other")]);
    check("Flarp is 16 and lives in Leeds", &[(16, "advertised")]);
}

#[test]
fn a_relative_clause_has_its_own_subject() {
    check(
        "Ich bin 16 und habe einen Hund, der 12 Jahre alt ist",
        &[(16, "advertised"), (12, "other")],
    );
    check("Girl from Leeds who is 17", &[(17, "advertised")]);
    check("Girl from Leeds with a sister who is 17", &[(17, "other")]);
}
