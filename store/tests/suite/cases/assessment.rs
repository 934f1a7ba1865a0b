use model::{Band, Lane};
use store::SealClass;

use crate::support::{Fresh, assessment, at, days, id};

pub(crate) fn the_newest_is_kept(store: Fresh) {
    let store = store.with_listings(1);
    let of = || store.read(|tx| tx.assessment(&id("s:1")));
    assert_eq!(of(), None);
    store.write(|tx| {
        tx.save_assessment(&assessment("s:1", Band::Low, Lane::None), days(0))?;
        tx.save_assessment(&assessment("s:1", Band::High, Lane::Organised), days(1))
    });
    assert_eq!(of(), Some(assessment("s:1", Band::High, Lane::Organised)));
    store.destroy(SealClass::Feature, days(1).day());
    assert!(of().is_some());
    store.destroy(SealClass::Feature, days(2).day());
    assert_eq!(of(), None, "it holds what was read from a text");
}

pub(crate) fn counted_by_band_and_lane(store: Fresh) {
    let store = store.with_listings(3);
    store.write(|tx| {
        tx.save_assessment(&assessment("s:1", Band::High, Lane::Minor), at(0))?;
        tx.save_assessment(&assessment("s:2", Band::High, Lane::Minor), at(0))?;
        tx.save_assessment(&assessment("s:3", Band::Low, Lane::None), at(0))?;
        tx.save_assessment(&assessment("s:3", Band::None, Lane::None), at(1))
    });
    let counts = store.read(|tx| tx.assessment_counts());
    assert_eq!(
        counts,
        [
            ((Band::High, Lane::Minor), 2),
            ((Band::None, Lane::None), 1)
        ]
        .into()
    );
}

pub(crate) fn an_unknown_listing_is_refused(store: Fresh) {
    let error =
        store.refusal(|tx| tx.save_assessment(&assessment("s:1", Band::Low, Lane::None), at(0)));
    assert_eq!(
        error,
        "listing `s:1` is not known to the store; keep it first"
    );
}
