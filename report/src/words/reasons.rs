//! The reasons of the scorer for a refusal, in Dutch. They are written in English where they are
//! made: in the code of the detectors and in the notes of their cue tables.
//!
//! A reason that is not here is shown in English. `tests/signals.rs` of the suite names those that
//! the texts in `scorer` come to.

/// English, Dutch; by the English words.
const REASONS: &[(&str, &str)] = &[
    ("a lower age is stated", "er staat een lagere leeftijd"),
    ("a row of figures", "een rij cijfers"),
    ("a school of another kind", "een ander soort school"),
    ("a surname", "een achternaam"),
    ("a thing", "een ding"),
    ("a warning or report", "een waarschuwing of melding"),
    ("about a thing", "gaat over een ding"),
    ("about an animal or thing", "over een dier of ding"),
    ("about somebody else", "gaat over iemand anders"),
    ("about visitors", "gaat over bezoekers"),
    ("address or number of a thing", "adres of nummer van iets"),
    (
        "advertisement or order number",
        "advertentie- of bestelnummer",
    ),
    ("age of a thing", "leeftijd van een ding"),
    ("age of a time gone by", "leeftijd van vroeger"),
    ("age on the site", "leeftijd op de site"),
    ("age to come", "leeftijd die nog komt"),
    ("an adult age is stated", "er staat een volwassen leeftijd"),
    (
        "an age wished or felt, not had",
        "een leeftijd die gewenst of gevoeld wordt",
    ),
    (
        "an ordinary trade is named",
        "een gewoon beroep of bedrijf wordt genoemd",
    ),
    ("at a university", "op een universiteit of hogeschool"),
    ("availability", "bereikbaarheid"),
    ("bank account", "bankrekening"),
    ("birthday party or rank", "verjaardagsfeest of rangnummer"),
    ("border of a place", "grens van een plaats"),
    ("business anniversary", "jubileum van een bedrijf"),
    (
        "chamber of commerce number",
        "nummer van de Kamer van Koophandel",
    ),
    ("claimed by others", "door anderen beweerd"),
    ("clock time", "kloktijd"),
    ("condition or wish", "voorwaarde of wens"),
    ("coordinate", "coördinaat"),
    ("date", "datum"),
    ("denied", "ontkend"),
    ("deposit", "aanbetaling"),
    (
        "digits that nothing calls a phone number",
        "cijfers die nergens een telefoonnummer heten",
    ),
    ("discount", "korting"),
    ("district of a city", "wijk van een stad"),
    ("duration", "duur"),
    ("figure of speech", "beeldspraak"),
    ("fine, debt or rent", "boete, schuld of huur"),
    ("floor or rank", "verdieping of rangnummer"),
    (
        "how old somebody looks or feels",
        "hoe oud iemand oogt of zich voelt",
    ),
    (
        "listing about something else",
        "advertentie over iets anders",
    ),
    ("lottery numbers", "lotnummers"),
    ("married or together", "getrouwd of samen"),
    (
        "more around it speaks against an age than for it",
        "er spreekt meer tegen een leeftijd dan ervoor",
    ),
    (
        "more than a listing holds, not looked at",
        "meer dan er in een advertentie staat, niet bekeken",
    ),
    ("new in a place", "nieuw in een plaats"),
    ("no age of a person", "geen leeftijd van een mens"),
    ("no age of the person", "geen leeftijd van de persoon"),
    (
        "no date of the listing to count from",
        "geen datum van de advertentie om vanaf te rekenen",
    ),
    ("no experience asked for", "geen ervaring gevraagd"),
    (
        "no number of a numbering plan that is expected here",
        "geen nummer uit een nummerplan dat hier te verwachten is",
    ),
    ("not one number", "niet één getal"),
    ("not said of the person", "niet over de persoon gezegd"),
    ("not that age", "niet die leeftijd"),
    ("not that age any more", "die leeftijd niet meer"),
    ("nothing is offered", "er wordt niets aangeboden"),
    ("number of a thing", "nummer van iets"),
    ("number of days or pieces", "aantal dagen of stuks"),
    ("number of visits", "aantal bezoeken"),
    ("number of years, not an age", "aantal jaren, geen leeftijd"),
    ("only after a birthday", "pas na een verjaardag"),
    (
        "ordinary trade or company sought",
        "gewoon werk of gezelschap gezocht",
    ),
    ("persons sought", "personen gezocht"),
    ("placeholder", "vulwaarde"),
    ("price", "prijs"),
    ("question to the reader", "vraag aan de lezer"),
    ("quoted", "een aangehaald woord"),
    ("range of numbers", "reeks van getallen"),
    ("school is a workplace", "school is een werkplek"),
    ("since that many years", "sinds zoveel jaar"),
    ("size or measure", "maat"),
    ("somebody else", "iemand anders"),
    ("something else", "iets anders"),
    (
        "something else about pictures",
        "iets anders over afbeeldingen",
    ),
    ("something else of that age", "iets anders van die leeftijd"),
    ("still to come", "moet nog komen"),
    ("tax number", "belastingnummer"),
    ("the person speaks", "de persoon zelf spreekt"),
    ("the site's own", "van de site zelf"),
    ("time gone by", "verstreken tijd"),
    ("travel costs", "reiskosten"),
    ("visitor rule", "regel voor bezoekers"),
    ("wage or earnings", "loon of verdiensten"),
    ("warranty or contract", "garantie of contract"),
    ("years of experience", "jaren ervaring"),
];

/// The reason in Dutch, if there are words for it.
pub(super) fn dutch(reason: &str) -> Option<&'static str> {
    let at = REASONS
        .binary_search_by_key(&reason, |(english, _)| english)
        .ok()?;
    Some(REASONS[at].1)
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn reasons_are_in_the_order_in_which_they_are_looked_up() {
        assert!(REASONS.is_sorted_by(|(one, _), (other, _)| one < other));
    }

    #[test]
    fn known_in_dutch_and_others_not() {
        assert_eq!(dutch("years of experience"), Some("jaren ervaring"));
        assert_eq!(dutch("something new"), None);
    }
}
