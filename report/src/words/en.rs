//! The closed lists in English.

use model::{
    About, Answers, Band, EvidenceKind, FactName, Family, Field, How, Lane, Observed, Per, Speaker,
    Statement,
};

use super::{Terms, Tongue, Word};

/// The terms in English.
pub const TERMS: Terms = Terms {
    lane,
    band,
    kind,
    family,
    field,
    fact,
    clause,
    indicator: |id| super::indicators::name(Tongue::English, id),
    observed,
    candidate,
    reason: |reason| Some(reason),
};

const fn lane(lane: Lane) -> Word {
    match lane {
        Lane::None => "none",
        Lane::Minor => "minor",
        Lane::Organised => "organised",
        Lane::Recruitment => "recruitment",
        Lane::VictimHelp => "help first",
        Lane::Spam => "spam",
        Lane::Door => "house rules of the site",
    }
}

const fn band(band: Band) -> Word {
    match band {
        Band::None => "nothing",
        Band::Low => "low",
        Band::Medium => "medium",
        Band::High => "high",
    }
}

const fn kind(kind: EvidenceKind) -> Word {
    match kind {
        EvidenceKind::Text => "text",
        EvidenceKind::Attribute => "field",
        EvidenceKind::Contact => "contact",
        EvidenceKind::Photo => "picture",
        EvidenceKind::History => "place and time",
        EvidenceKind::Platform => "platform",
        EvidenceKind::Register => "register",
    }
}

const fn family(family: Family) -> Word {
    match family {
        Family::Minor => "minor",
        Family::Organisation => "organisation",
        Family::Contact => "contact",
        Family::Photo => "picture",
        Family::Text => "text",
        Family::Movement => "travelling as a group",
        Family::Recruitment => "recruitment",
        Family::Extortion => "extortion",
        Family::Platform => "platform",
        Family::Spam => "spam",
    }
}

const fn field(field: Field) -> Word {
    match field {
        Field::Title => "in the heading",
        Field::Text => "in the text",
        Field::Age => "in the age field",
        Field::City => "in the place field",
        Field::Phones => "in the phone field",
        Field::Emails => "in the e-mail field",
        Field::Handles => "in the chat field",
        Field::Price => "in the price field",
        Field::Author => "in what the site knows of the account",
        Field::Attributes => "in another field",
    }
}

fn fact(fact: FactName) -> Word {
    match fact {
        FactName::ContactIdentities => "advertisers with the same contact in 90 days",
        FactName::ContactListings => "listings with the same contact in 90 days",
        FactName::ContactNames => "names with the same contact",
        FactName::PhotoIdentities => "advertisers with the same picture",
        FactName::PhotoNames => "names with the same picture",
        FactName::PhotoContacts => "contacts with the same picture",
        FactName::TextIdentities => "advertisers with the same text",
        FactName::TextListings => "listings with the same text",
        FactName::CircuitTowns => "towns of the circuit made together",
        FactName::CircuitIdentities => "advertisers who make the circuit together",
        FactName::CircuitRounds => "times the circuit was made",
        FactName::ContactRecruits => "recruiting listings with the same contact",
        FactName::ContactSells => "offering listings with the same contact",
        FactName::IdentityStableDays => "days with one contact and one place",
        FactName::IdentityNames => "working names of this advertiser",
        other => other.name(),
    }
}

fn clause(clause: &str) -> String {
    match clause {
        "hard-minor" => "a hard finding that somebody is under 18".to_owned(),
        "two-minor" => "two different signs of a minor, from different facts".to_owned(),
        "extortion" => "a threat to publish".to_owned(),
        "recruitment" => "recruitment together with offers or deceit, or of minors".to_owned(),
        "line" => {
            "enough points, from several kinds of evidence that rest on different facts".to_owned()
        }
        other => format!("clause `{other}`"),
    }
}

const fn statement(said: Statement) -> &'static str {
    match said {
        Statement::JustEighteen => "turned 18 a short while ago",
        Statement::AtSchool => "goes to school",
        Statement::YouthWord => "word for somebody young",
        Statement::AgeWithheld => "true age is withheld",
        Statement::Beginner => "new to the work",
        Statement::SeveralPersons => "several persons offered",
        Statement::TwoTogether => "two who know each other, together",
        Statement::SharedPremises => "shared premises",
        Statement::Accompanied => "somebody comes along or is present",
        Statement::Restricted => "may not come and go freely, or somebody else decides",
        Statement::Movement => "words about travelling",
        Statement::Boundaries => "states own limits or rules",
        Statement::NoBoundaries => "says to have no limits",
        Statement::NumberInPicture => "phone number in a picture only",
        Statement::TextInPicture => "text in a picture",
        Statement::Presented => "presented by others, without a voice of her or his own",
        Statement::Recruiting => "seeks persons and makes a promise",
        Statement::MoneyToOthers => "money goes to others or is advanced",
        Statement::Threat => "threatens to spread pictures or data",
        Statement::AccountTrade => "trade in verified accounts",
    }
}

fn observed(observed: &Observed) -> String {
    match observed {
        Observed::Language(language) => format!("language {language}"),
        Observed::Phone(seen) if seen.obscured => {
            "phone number, written so that a program would miss it".to_owned()
        }
        Observed::Phone(_) => "phone number".to_owned(),
        Observed::Age(seen) => {
            let about = match seen.about {
                About::Advertised => "of who is advertised",
                About::Other => "of something or somebody else",
                About::Unknown => "unclear of whom",
            };
            let how = match seen.how {
                How::Field => "from the age field",
                How::Digits => "in digits",
                How::Words => "in words",
                How::Disguised => "in disguise",
                How::Puzzle => "as a sum or a riddle",
                How::Birth => "from a date of birth",
                How::School => "from a school year",
                How::Limit => "from a limit, such as “not yet 18”",
            };
            format!("age {} ({about}, {how})", seen.value)
        }
        Observed::Handle { service, .. } => format!("chat name at {service}"),
        Observed::Email(_) => "e-mail address".to_owned(),
        Observed::Url(_) => "web address".to_owned(),
        Observed::Place { town, .. } => format!("place {town}"),
        Observed::Price {
            amount,
            currency,
            per,
        } => per.map_or_else(
            || format!("price {amount} {currency}"),
            |per| format!("price {amount} {currency} {}", duration(per)),
        ),
        Observed::Hours {
            round_the_clock: true,
        } => "available day and night".to_owned(),
        Observed::Hours {
            round_the_clock: false,
        } => "hours".to_owned(),
        Observed::Alias(_) => "name in the listing".to_owned(),
        Observed::Persons(n) => format!("{n} persons offered"),
        Observed::Speaker(Speaker::First) => "the listing speaks as “I”".to_owned(),
        Observed::Speaker(Speaker::Third) => "the listing speaks about somebody".to_owned(),
        Observed::Speaker(Speaker::Plural) => "the listing speaks as “we” about others".to_owned(),
        Observed::Answers(Answers::Self_) => "the person answers in person".to_owned(),
        Observed::Answers(Answers::Other) => "somebody else answers".to_owned(),
        Observed::SeeksPersons => "seeks persons".to_owned(),
        Observed::OtherTrade(_) => "is about something else".to_owned(),
        Observed::Statement(said) => statement(*said).to_owned(),
        Observed::AgeConflict { lowest, highest } => {
            format!("stated ages contradict each other: {lowest} and {highest}")
        }
        Observed::Refused(refused) => refused.reason.clone(),
    }
}

fn candidate(candidate: &str) -> &str {
    match candidate {
        "phone" => "phone number",
        "answers" => "who answers",
        "alias" => "name",
        "handle" => "chat name",
        "email" => "e-mail address",
        "url" => "web address",
        "speaker" => "who speaks",
        "other-trade" => "another subject",
        "seeks-persons" => "seeks persons",
        other => match Statement::from_name(other) {
            Some(said) => statement(said),
            None => other,
        },
    }
}

/// What a price is for.
fn duration(per: Per) -> String {
    match per {
        Per::Minutes(minutes) => format!("for {minutes} minutes"),
        Per::Night => "a night".to_owned(),
        Per::Day => "a day".to_owned(),
        Per::Weekend => "a weekend".to_owned(),
        Per::Week => "a week".to_owned(),
        Per::Month => "a month".to_owned(),
        Per::Visit => "a visit".to_owned(),
    }
}
