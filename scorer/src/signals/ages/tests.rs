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

#[track_caller]
fn check_birth(text: &str, expected: &[(u32, &str)]) {
    let mut version = model::ListingVersion::empty(model::ListingId::new("t").unwrap());
    version.text = text.to_owned();
    version.posted_at = Some("2026-03-03".parse().unwrap());
    let found: Vec<(u32, String)> = super::super::signals(&version)
        .into_iter()
        .filter_map(|signal| match signal.observed {
            Observed::Age(seen) if seen.how == How::Birth => Some((
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
fn a_birthday_to_come_is_not_counted_yet() {
    check_birth("ur. 3 marca 2008, Jasło", &[(18, "advertised")]);
    check_birth("ur. 4 marca 2008, Jasło", &[(17, "advertised")]);
    check_birth("ur. 19.05.08, Jasło", &[(17, "advertised")]);
    check_birth("nací en agosto del 2008, Lleida", &[(17, "advertised")]);
    check_birth("nací en el 2008 en enero, Lleida", &[(18, "advertised")]);
    check_birth("Születési idő: 2008. november 3.", &[(17, "advertised")]);
    check_birth("родена 12.11.2008, Дупница", &[(17, "advertised")]);
}

#[test]
fn the_cue_may_stand_behind_the_year() {
    check_birth("2009-es születésű srác", &[(17, "advertised")]);
    check_birth("92-es évjárat vagyok", &[(34, "advertised")]);
    check_birth("2009-ben született játékosok", &[(17, "other")]);
    check_birth("2009 óta vagyok masszőr", &[]);
}

#[test]
fn years_of_two_digits_need_a_cue_of_their_own() {
    check_birth("rocznik 89, Stalowa Wola", &[(37, "advertised")]);
    check_birth("del 87, me llamo Charo", &[(39, "advertised")]);
    check_birth("me llamo Charo, vengo del 87", &[]);
    check_birth("набор 88, Силистра", &[(38, "advertised")]);
}

#[test]
fn a_year_gives_way_to_what_narrows_it() {
    check("Rocznik 2008, jeszcze nie mam 18", &[(17, "advertised")]);
}
