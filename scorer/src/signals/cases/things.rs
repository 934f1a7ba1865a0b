//! Places, prices, hours, contacts and names in our own texts.

use model::{Observed, Statement};

use super::check;

#[test]
fn places() {
    let read = |observed: &Observed| match observed {
        Observed::Place { town, .. } => Some(town.clone()),
        _ => None,
    };
    check("places", include_str!("places.tsv"), read, (0.97, 0.9));
}

#[test]
fn prices() {
    let read = |observed: &Observed| match observed {
        Observed::Price {
            amount,
            currency,
            per,
        } => Some(per.map_or_else(
            || format!("{amount} {currency}"),
            |per| format!("{amount} {currency}/{per}"),
        )),
        _ => None,
    };
    check("prices", include_str!("prices.tsv"), read, (0.95, 0.9));
}

#[test]
fn contacts() {
    let read = |observed: &Observed| match observed {
        Observed::Handle { service, name } => Some(format!("{service}:{name}")),
        Observed::Email(contact) | Observed::Url(contact) => Some(contact.clone()),
        _ => None,
    };
    check("contacts", include_str!("contacts.tsv"), read, (0.95, 0.85));
}

#[test]
fn hours() {
    let read = |observed: &Observed| match observed {
        Observed::Hours {
            round_the_clock: true,
        } => Some("always".to_owned()),
        Observed::Hours { .. } => Some("hours".to_owned()),
        _ => None,
    };
    check("hours", include_str!("hours.tsv"), read, (0.95, 0.8));
}

#[test]
fn pictures() {
    let read = |observed: &Observed| match observed {
        Observed::Statement(
            statement @ (Statement::NumberInPicture | Statement::TextInPicture),
        ) => Some(statement.name().to_owned()),
        _ => None,
    };
    check("pictures", include_str!("pictures.tsv"), read, (0.95, 0.8));
}

#[test]
fn aliases() {
    let read = |observed: &Observed| match observed {
        Observed::Alias(name) => Some(name.clone()),
        _ => None,
    };
    check("aliases", include_str!("aliases.tsv"), read, (0.95, 0.85));
}
