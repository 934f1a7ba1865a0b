//! What the tests of laws and of the kept texts have in common.

use model::{ListingId, ListingVersion};
use scorer::signals;

/// A listing with this text.
pub(crate) fn version(text: &str) -> ListingVersion {
    let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
    version.text = text.to_owned();
    version.posted_at = Some("2026-03-03".parse().unwrap());
    version
}

/// Stops unless the signals of a listing are the same twice, sorted, and on whole characters.
#[track_caller]
pub(crate) fn check_signals(version: &ListingVersion) {
    let found = signals(version);
    assert_eq!(found, signals(version), "the same text gives the same");
    assert!(found.is_sorted_by_key(|signal| signal.span));
    for span in found.iter().filter_map(|signal| signal.span) {
        let Some(text) = version.field_text(span.field) else {
            continue;
        };
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
}
