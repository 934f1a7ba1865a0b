//! From what was observed in a listing to what linking compares.
//!
//! The one place where `scorer`'s signals become `linker`'s items, for files (`scan`) and for the
//! store (`relink`) alike.

use std::collections::BTreeSet;
use std::ops::Range;

use linker::{Item, Offer};
use model::{
    About, Field, FingerprintKey, ListingVersion, Observed, PhoneOwner, PhotoHashes, Signal,
    Timestamp,
};

/// What linking needs of a listing.
///
/// * Contacts are the advertiser's phone numbers, e-mail addresses and chat handles, as
///   fingerprints under `key`. A help line's number, the site's own or one that is warned about
///   joins nobody.
/// * The text is the title and the body with a line feed between them; phones, ages, names,
///   places, prices and addresses in it are masked, so that a template is seen through the words
///   in its slots. So are words of origin and the other forbidden features: no template is made
///   of them.
/// * The place is the site's own field, by its usual name where that is known; without the field
///   it is the first place in the text.
/// * A listing without dates counts as seen at `as_of`: windows count back from there, and a file
///   without dates is a file of what stands there now. When somebody was in a place only the site's
///   own date of posting says.
pub fn item(
    version: &ListingVersion,
    signals: &[Signal],
    photos: &[PhotoHashes],
    key: &FingerprintKey,
    as_of: Timestamp,
) -> Item {
    let mut contacts = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut ages = BTreeSet::new();
    let mut offer = Offer::Sells;
    for signal in signals {
        match &signal.observed {
            Observed::Phone(seen) if seen.owner == PhoneOwner::Advertiser => {
                contacts.insert(key.fingerprint("phone", seen.phone.as_str()));
            }
            Observed::Email(address) => {
                contacts.insert(key.fingerprint("email", address));
            }
            Observed::Handle { service, name } => {
                contacts.insert(key.fingerprint("handle", &format!("{service}:{name}")));
            }
            Observed::Alias(name) => {
                names.insert(name.trim().to_lowercase());
            }
            Observed::Age(seen) if seen.about == About::Advertised => {
                ages.insert(seen.value);
            }
            Observed::SeeksPersons => offer = Offer::Seeks,
            _ => {}
        }
    }
    let author = version.author.as_ref();
    if let Some(name) = author.and_then(|author| author.name.as_deref()) {
        names.insert(name.trim().to_lowercase());
    }
    names.remove("");
    let kind = author.and_then(|author| author.kind.as_deref());
    let moments = [version.posted_at, version.seen_at];
    let text = format!("{}\n{}", version.title, version.text);
    Item {
        id: version.id.clone(),
        site: version.site.clone(),
        account: author.and_then(|author| author.id.clone()),
        contacts: contacts.into_iter().collect(),
        photos: photos.to_vec(),
        masks: masks(version, &text, signals),
        text,
        names: names.into_iter().collect(),
        ages: ages.into_iter().collect(),
        town: town(version, signals),
        posted_at: version.posted_at,
        first_seen: moments.into_iter().flatten().min().unwrap_or(as_of),
        last_seen: moments.into_iter().flatten().max().unwrap_or(as_of),
        offer,
        licensed: kind.is_some_and(|kind| kind.to_lowercase().starts_with("licensed")),
    }
}

/// The stretches of title and body, joined as in [`item`], that differ between listings of one
/// template, and those that nobody may be grouped by.
fn masks(version: &ListingVersion, text: &str, signals: &[Signal]) -> Vec<Range<usize>> {
    let body = version.title.len() + 1;
    let mut masks: Vec<Range<usize>> = signals
        .iter()
        .filter(|signal| fills_a_slot(&signal.observed))
        .filter_map(|signal| signal.span)
        .filter_map(|span| match span.field {
            Field::Title => Some(span.range()),
            Field::Text => Some(span.start as usize + body..span.end as usize + body),
            _ => None,
        })
        .collect();
    masks.extend(scorer::forbidden_words(text));
    masks.sort_by_key(|mask| (mask.start, mask.end));
    masks
}

/// Whether this is what a template leaves open.
const fn fills_a_slot(observed: &Observed) -> bool {
    matches!(
        observed,
        Observed::Phone(_)
            | Observed::Age(_)
            | Observed::Handle { .. }
            | Observed::Email(_)
            | Observed::Url(_)
            | Observed::Place { .. }
            | Observed::Price { .. }
            | Observed::Alias(_)
    )
}

fn town(version: &ListingVersion, signals: &[Signal]) -> Option<String> {
    let places = || {
        signals.iter().filter_map(|signal| match &signal.observed {
            Observed::Place { town, .. } => Some((signal.span.map(|span| span.field), town)),
            _ => None,
        })
    };
    let in_field = || {
        places()
            .find(|(field, _)| *field == Some(Field::City))
            .map(|(_, town)| town.clone())
    };
    let as_stated = || version.city.as_deref().map(|city| city.trim().to_owned());
    let in_text = || places().next().map(|(_, town)| town.clone());
    in_field().or_else(as_stated).or_else(in_text)
}

#[cfg(test)]
mod tests {
    use model::{AgeSeen, Author, How, ListingId, Phone, PhoneSeen, Span};

    use super::*;

    const KEY: FingerprintKey = FingerprintKey::new([7; 32]);

    fn version() -> ListingVersion {
        let mut version = ListingVersion::empty(ListingId::new("a1").unwrap());
        "Anna, 23".clone_into(&mut version.title);
        "Utrecht, 06 1234 0001".clone_into(&mut version.text);
        version
    }

    fn signal(observed: Observed, field: Field, start: usize, end: usize) -> Signal {
        Signal {
            observed,
            span: Some(Span::new(field, start, end)),
        }
    }

    fn phone(e164: &str, owner: PhoneOwner) -> Observed {
        Observed::Phone(PhoneSeen {
            phone: Phone::from_e164(e164).unwrap(),
            written_as: String::new(),
            obscured: false,
            owner,
        })
    }

    fn place(town: &str) -> Observed {
        Observed::Place {
            town: town.to_owned(),
            country: "NL".to_owned(),
        }
    }

    fn age(value: u8, about: About) -> Observed {
        Observed::Age(AgeSeen {
            value,
            about,
            how: How::Digits,
        })
    }

    fn item_of(version: &ListingVersion, signals: &[Signal]) -> Item {
        item(version, signals, &[], &KEY, Timestamp::from_ms(1000))
    }

    #[test]
    fn slots_are_masked_where_they_stand_in_the_joined_text() {
        let signals = [
            signal(Observed::Alias("Anna".to_owned()), Field::Title, 0, 4),
            signal(age(23, About::Advertised), Field::Title, 6, 8),
            signal(place("Utrecht"), Field::Text, 0, 7),
            signal(
                phone("+31612340001", PhoneOwner::Advertiser),
                Field::Text,
                9,
                21,
            ),
            signal(Observed::SeeksPersons, Field::Text, 0, 21),
        ];
        let item = item_of(&version(), &signals);
        let masked: Vec<&str> = item
            .masks
            .iter()
            .map(|mask| &item.text[mask.clone()])
            .collect();
        assert_eq!(masked, ["Anna", "23", "Utrecht", "06 1234 0001"]);
        assert_eq!(item.names, ["anna"]);
        assert_eq!(item.ages, [23]);
        assert_eq!(item.offer, Offer::Seeks);
        assert_eq!(item.contacts, [KEY.fingerprint("phone", "+31612340001")]);
    }

    /// The masked words of a listing without signals, joined by `|`.
    #[track_caller]
    fn check_forbidden(title: &str, text: &str, expected: &str) {
        let mut version = version();
        title.clone_into(&mut version.title);
        text.clone_into(&mut version.text);
        let item = item_of(&version, &[]);
        let masked: Vec<&str> = item
            .masks
            .iter()
            .map(|mask| &item.text[mask.clone()])
            .collect();
        assert_eq!(masked.join("|"), expected);
    }

    #[test]
    fn words_of_origin_and_their_like_are_masked() {
        check_forbidden(
            "Poolse Anna",
            "accent, ziet er jong uit",
            "Poolse|accent|jong uit",
        );
        check_forbidden("Anna", "Rumänische Dame, Köln", "Rumänische");
        // Places have a mask of their own; the other words only look alike.
        check_forbidden("Jong en uit Polen", "transport, accentverlichting", "");
    }

    #[test]
    fn only_the_advertisers_own_contacts_and_ages_link() {
        let signals = [
            signal(
                phone("+31612340001", PhoneOwner::HelpLine),
                Field::Text,
                9,
                21,
            ),
            signal(phone("+31612340002", PhoneOwner::Site), Field::Text, 9, 21),
            signal(
                phone("+31612340003", PhoneOwner::ThirdParty),
                Field::Text,
                9,
                21,
            ),
            signal(age(16, About::Other), Field::Title, 6, 8),
        ];
        let item = item_of(&version(), &signals);
        assert!(item.contacts.is_empty());
        assert!(item.ages.is_empty());
        assert_eq!(item.offer, Offer::Sells);
    }

    #[test]
    fn the_field_goes_before_the_text_for_the_place() {
        let in_text = signal(place("Utrecht"), Field::Text, 0, 7);
        let in_field = signal(place("'s-Hertogenbosch"), Field::City, 0, 8);
        let mut version = version();
        let town = |version: &ListingVersion, signals: &[Signal]| item_of(version, signals).town;
        assert_eq!(town(&version, &[]), None);
        assert_eq!(
            town(&version, std::slice::from_ref(&in_text)).as_deref(),
            Some("Utrecht")
        );
        version.city = Some("Den Bosch".to_owned());
        assert_eq!(
            town(&version, std::slice::from_ref(&in_text)).as_deref(),
            Some("Den Bosch")
        );
        assert_eq!(
            town(&version, &[in_text, in_field]).as_deref(),
            Some("'s-Hertogenbosch")
        );
    }

    #[test]
    fn without_dates_it_counts_as_seen_now() {
        let mut version = version();
        let seen = |version: &ListingVersion| {
            let item = item_of(version, &[]);
            assert_eq!(item.posted_at, version.posted_at);
            (item.first_seen.as_ms(), item.last_seen.as_ms())
        };
        assert_eq!(seen(&version), (1000, 1000));
        version.seen_at = Some(Timestamp::from_ms(500));
        assert_eq!(seen(&version), (500, 500));
        version.posted_at = Some(Timestamp::from_ms(20));
        assert_eq!(seen(&version), (20, 500));
    }

    #[test]
    fn the_platform_says_who_is_licensed() {
        let mut version = version();
        for (kind, expected) in [
            ("licensed_venue", true),
            ("private", false),
            ("unlicensed", false),
        ] {
            version.author = Some(Author {
                kind: Some(kind.to_owned()),
                name: Some(" Anna ".to_owned()),
                ..Author::default()
            });
            let item = item_of(&version, &[]);
            assert_eq!(
                (item.licensed, item.names.as_slice()),
                (expected, &["anna".to_owned()][..])
            );
        }
    }
}
