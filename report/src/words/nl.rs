//! The closed lists in Dutch.

use model::{
    About, Answers, Band, EvidenceKind, FactName, Family, Field, How, Lane, Observed, Per, Speaker,
    Statement,
};

use super::{Terms, Tongue, Word};

/// The terms in Dutch.
pub const TERMS: Terms = Terms {
    lane,
    band,
    kind,
    family,
    field,
    fact,
    clause,
    indicator: |id| super::indicators::name(Tongue::Dutch, id),
    observed,
    candidate,
    reason: super::reasons::dutch,
};

const fn lane(lane: Lane) -> Word {
    match lane {
        Lane::None => "geen",
        Lane::Minor => "minderjarig",
        Lane::Organised => "georganiseerd",
        Lane::Recruitment => "werving",
        Lane::VictimHelp => "eerst hulp",
        Lane::Spam => "spam",
        Lane::Door => "huisregels van de site",
    }
}

const fn band(band: Band) -> Word {
    match band {
        Band::None => "niets",
        Band::Low => "laag",
        Band::Medium => "midden",
        Band::High => "hoog",
    }
}

const fn kind(kind: EvidenceKind) -> Word {
    match kind {
        EvidenceKind::Text => "tekst",
        EvidenceKind::Attribute => "veld",
        EvidenceKind::Contact => "contact",
        EvidenceKind::Photo => "foto",
        EvidenceKind::History => "plaats en tijd",
        EvidenceKind::Platform => "platform",
        EvidenceKind::Register => "register",
    }
}

const fn family(family: Family) -> Word {
    match family {
        Family::Minor => "minderjarig",
        Family::Organisation => "organisatie",
        Family::Contact => "contact",
        Family::Photo => "foto",
        Family::Text => "tekst",
        Family::Movement => "rondreizen als groep",
        Family::Recruitment => "werving",
        Family::Extortion => "afpersing",
        Family::Platform => "platform",
        Family::Spam => "spam",
    }
}

const fn field(field: Field) -> Word {
    match field {
        Field::Title => "in de kop",
        Field::Text => "in de tekst",
        Field::Age => "in het leeftijdsveld",
        Field::City => "in het plaatsveld",
        Field::Phones => "in het telefoonveld",
        Field::Emails => "in het e-mailveld",
        Field::Handles => "in het chatveld",
        Field::Price => "in het prijsveld",
        Field::Author => "in de accountgegevens",
        Field::Attributes => "in een ander veld",
    }
}

fn fact(fact: FactName) -> Word {
    match fact {
        FactName::ContactIdentities => "adverteerders met hetzelfde contact in 90 dagen",
        FactName::ContactListings => "advertenties met hetzelfde contact in 90 dagen",
        FactName::ContactNames => "namen bij hetzelfde contact",
        FactName::PhotoIdentities => "adverteerders met dezelfde foto",
        FactName::PhotoNames => "namen bij dezelfde foto",
        FactName::PhotoContacts => "contacten bij dezelfde foto",
        FactName::TextIdentities => "adverteerders met dezelfde tekst",
        FactName::TextListings => "advertenties met dezelfde tekst",
        FactName::CircuitTowns => "plaatsen in de gezamenlijke rondgang",
        FactName::CircuitIdentities => "adverteerders die samen rondgaan",
        FactName::CircuitRounds => "keren dat de rondgang gemaakt is",
        FactName::ContactRecruits => "wervende advertenties met hetzelfde contact",
        FactName::ContactSells => "aanbiedende advertenties met hetzelfde contact",
        FactName::IdentityStableDays => "dagen met één contact en één plaats",
        FactName::IdentityNames => "werknamen van deze adverteerder",
        other => other.name(),
    }
}

fn clause(clause: &str) -> String {
    match clause {
        "hard-minor" => "een hard signaal dat iemand jonger dan 18 is".to_owned(),
        "two-minor" => {
            "twee verschillende aanwijzingen voor een minderjarige, uit verschillende feiten"
                .to_owned()
        }
        "extortion" => "dreiging met publicatie".to_owned(),
        "recruitment" => {
            "werving die samengaat met aanbod of misleiding, of van minderjarigen".to_owned()
        }
        "line" => {
            "genoeg punten, uit meerdere soorten aanwijzingen die op verschillende feiten rusten"
                .to_owned()
        }
        other => format!("bepaling `{other}`"),
    }
}

const fn statement(said: Statement) -> &'static str {
    match said {
        Statement::JustEighteen => "pas 18 geworden",
        Statement::AtSchool => "zit op school",
        Statement::YouthWord => "woord voor een jongere",
        Statement::AgeWithheld => "echte leeftijd wordt niet genoemd",
        Statement::Beginner => "nieuw in het werk",
        Statement::SeveralPersons => "meerdere personen aangeboden",
        Statement::TwoTogether => "twee bekenden samen",
        Statement::SharedPremises => "gedeelde werkplek",
        Statement::Accompanied => "iemand gaat mee of is aanwezig",
        Statement::Restricted => "mag niet vrij komen en gaan, of een ander beslist",
        Statement::Movement => "woorden over reizen",
        Statement::Boundaries => "noemt eigen grenzen of regels",
        Statement::NoBoundaries => "zegt geen grenzen te hebben",
        Statement::NumberInPicture => "telefoonnummer alleen in een afbeelding",
        Statement::TextInPicture => "tekst in een afbeelding",
        Statement::Presented => "door anderen voorgesteld, zonder eigen stem",
        Statement::Recruiting => "zoekt personen en belooft iets",
        Statement::MoneyToOthers => "geld gaat naar anderen of wordt voorgeschoten",
        Statement::Threat => "dreigt beelden of gegevens te verspreiden",
        Statement::AccountTrade => "handel in geverifieerde accounts",
    }
}

fn observed(observed: &Observed) -> String {
    match observed {
        Observed::Language(language) => format!("taal {language}"),
        Observed::Phone(seen) if seen.obscured => {
            "telefoonnummer, zo geschreven dat een programma het mist".to_owned()
        }
        Observed::Phone(_) => "telefoonnummer".to_owned(),
        Observed::Age(seen) => {
            let about = match seen.about {
                About::Advertised => "over wie geadverteerd wordt",
                About::Other => "over iets of iemand anders",
                About::Unknown => "onduidelijk over wie",
            };
            let how = match seen.how {
                How::Field => "uit het leeftijdsveld",
                How::Digits => "in cijfers",
                How::Words => "in woorden",
                How::Disguised => "vermomd geschreven",
                How::Puzzle => "als som of raadsel",
                How::Birth => "uit een geboortedatum",
                How::School => "uit een schooljaar",
                How::Limit => "uit een grens, zoals “nog geen 18”",
            };
            format!("leeftijd {} ({about}, {how})", seen.value)
        }
        Observed::Handle { service, .. } => format!("chatnaam bij {service}"),
        Observed::Email(_) => "e-mailadres".to_owned(),
        Observed::Url(_) => "webadres".to_owned(),
        Observed::Place { town, .. } => format!("plaats {town}"),
        Observed::Price {
            amount,
            currency,
            per,
        } => per.map_or_else(
            || format!("prijs {amount} {currency}"),
            |per| format!("prijs {amount} {currency} {}", duration(per)),
        ),
        Observed::Hours {
            round_the_clock: true,
        } => "dag en nacht bereikbaar".to_owned(),
        Observed::Hours {
            round_the_clock: false,
        } => "uren".to_owned(),
        Observed::Alias(_) => "naam in de advertentie".to_owned(),
        Observed::Persons(n) => format!("{n} personen aangeboden"),
        Observed::Speaker(Speaker::First) => "de advertentie spreekt als “ik”".to_owned(),
        Observed::Speaker(Speaker::Third) => "de advertentie spreekt over iemand".to_owned(),
        Observed::Speaker(Speaker::Plural) => {
            "de advertentie spreekt als “wij” over anderen".to_owned()
        }
        Observed::Answers(Answers::Self_) => "de persoon zelf neemt op".to_owned(),
        Observed::Answers(Answers::Other) => "iemand anders neemt op".to_owned(),
        Observed::SeeksPersons => "zoekt personen".to_owned(),
        Observed::OtherTrade(_) => "gaat over iets anders".to_owned(),
        Observed::Statement(said) => statement(*said).to_owned(),
        Observed::AgeConflict { lowest, highest } => {
            format!("genoemde leeftijden spreken elkaar tegen: {lowest} en {highest}")
        }
        Observed::Refused(refused) => Tongue::Dutch.reason(&refused.reason).0.to_owned(),
    }
}

fn candidate(candidate: &str) -> &str {
    match candidate {
        "text" => "tekst",
        "age" => "leeftijd",
        "phone" => "telefoonnummer",
        "hours" => "uren",
        "answers" => "wie opneemt",
        "price" => "prijs",
        "place" => "plaats",
        "persons" => "aantal personen",
        "alias" => "naam",
        "handle" => "chatnaam",
        "email" => "e-mailadres",
        "url" => "webadres",
        "language" => "taal",
        "speaker" => "wie spreekt",
        "other-trade" => "ander onderwerp",
        "seeks-persons" => "zoekt personen",
        other => match Statement::from_name(other) {
            Some(said) => statement(said),
            None => other,
        },
    }
}

/// What a price is for.
fn duration(per: Per) -> String {
    match per {
        Per::Minutes(minutes) => format!("voor {minutes} minuten"),
        Per::Night => "per nacht".to_owned(),
        Per::Day => "per dag".to_owned(),
        Per::Weekend => "per weekend".to_owned(),
        Per::Week => "per week".to_owned(),
        Per::Month => "per maand".to_owned(),
        Per::Visit => "per bezoek".to_owned(),
    }
}
