//! The indicators of the catalogue by name, in Dutch and English: what a row of the queue says of
//! a case. Source of the list: `indicators.md`; the rules of a pack cite its ids.

use super::Tongue;

/// Id, Dutch, English; by id.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "C1",
        "contact van meer adverteerders",
        "contact of several advertisers",
    ),
    ("C10", "meer personen aangeboden", "several persons offered"),
    ("C11", "een ander betaalt", "somebody else pays"),
    (
        "C12",
        "vervoer, bewaking of werkplek aangeboden",
        "transport, security or workplace offered",
    ),
    ("C13", "dag en nacht bereikbaar", "available day and night"),
    (
        "C14",
        "zegt geen grenzen te hebben",
        "says there are no limits",
    ),
    (
        "C15",
        "prijs ver onder wat gewoon is",
        "price far below the usual",
    ),
    ("C16", "plaatst als een machine", "posts like a machine"),
    ("C17", "telkens een andere naam", "another name each time"),
    ("C19", "gedeeld huis of club", "shared house or club"),
    ("C2", "wisselende nummers", "changing numbers"),
    ("C20", "kan niet vrij gaan en staan", "movement restricted"),
    ("C3", "verhuld nummer", "disguised number"),
    (
        "C4",
        "een ander neemt op of regelt",
        "somebody else answers or arranges",
    ),
    (
        "C5",
        "over iemand geschreven, niet als “ik”",
        "written about somebody, not as “I”",
    ),
    (
        "C6",
        "zelfde tekst bij meer adverteerders",
        "same text at several advertisers",
    ),
    ("C7", "zelfde schrijfstijl", "same style of writing"),
    (
        "C8",
        "foto van meer adverteerders",
        "picture of several advertisers",
    ),
    (
        "C9",
        "foto’s uit dezelfde kamer",
        "pictures from the same room",
    ),
    ("D1", "tegen de huisregels", "against the house rules"),
    ("D2", "vergunning ontbreekt", "licence missing"),
    (
        "H1",
        "groep die samen rondreist",
        "group travelling together",
    ),
    ("H2", "woorden over verplaatsing", "words about moving"),
    (
        "H3",
        "nummer gaat over op een ander",
        "number passes to another",
    ),
    ("H4", "op twee plaatsen tegelijk", "in two places at once"),
    (
        "H5",
        "verdwijnt en komt elders terug",
        "vanishes and returns elsewhere",
    ),
    ("H6", "aanbod tijdens een verbod", "offered during a ban"),
    ("H8", "snel weer weg", "gone again soon"),
    ("M1", "leeftijd onder 18", "age under 18"),
    (
        "M2",
        "leeftijd onder die van de site",
        "age under the site’s own",
    ),
    ("M3", "leeftijden die botsen", "ages that conflict"),
    ("M4", "leeftijd die verschuift", "age that shifts"),
    ("M5", "net 18", "just 18"),
    (
        "M6",
        "woorden voor school of jeugd",
        "words for school or youth",
    ),
    ("M7", "verhulde leeftijd", "disguised age"),
    ("M8", "alleen via jongerenapps", "only through youth apps"),
    ("M9", "verificatie klopt niet", "verification does not fit"),
    ("P1", "noemt grenzen", "states limits"),
    ("P2", "neemt zelf op", "answers in person"),
    ("P3", "al lang dezelfde gegevens", "steady details for long"),
    (
        "P4",
        "eigen site met hetzelfde nummer",
        "own site with the same number",
    ),
    (
        "P5",
        "schrijft al lang op dezelfde wijze",
        "has long written the same way",
    ),
    (
        "P6",
        "identiteit geverifieerd door de site",
        "identity verified by the site",
    ),
    ("P7", "vergund bedrijf", "licensed business"),
    (
        "R1",
        "zoekt personen met mooie beloften",
        "seeks persons with fine promises",
    ),
    (
        "R2",
        "contact werft en biedt aan",
        "contact recruits and offers",
    ),
    ("R3", "misleidende vacature", "deceptive job"),
    ("R4", "werft minderjarigen", "recruits minors"),
    ("R5", "dreigt met publicatie", "threatens to publish"),
    ("R6", "handel in accounts", "trade in accounts"),
    ("R7", "schuld of voorschot", "debt or advance"),
    ("spam", "spam", "spam"),
];

/// The name of an indicator; one that is not in the catalogue is named by its id.
pub(super) fn name(tongue: Tongue, id: &str) -> &str {
    match NAMES.binary_search_by_key(&id, |(known, ..)| known) {
        Ok(at) => match tongue {
            Tongue::Dutch => NAMES[at].1,
            Tongue::English => NAMES[at].2,
        },
        Err(_) => id,
    }
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn names_are_in_the_order_in_which_they_are_looked_up() {
        assert!(NAMES.is_sorted_by(|(one, ..), (other, ..)| one < other));
    }

    #[test]
    fn known_by_name_and_others_by_id() {
        assert_eq!(name(Tongue::Dutch, "M1"), "leeftijd onder 18");
        assert_eq!(name(Tongue::English, "C20"), "movement restricted");
        assert_eq!(name(Tongue::Dutch, "X99"), "X99");
    }
}
