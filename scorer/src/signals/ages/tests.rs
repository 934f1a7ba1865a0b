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
