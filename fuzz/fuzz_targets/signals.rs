//! All detectors: nothing panics, the same text gives the same signals, sorted and on whole
//! characters. What stands before the first line feed is the title.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{ListingId, ListingVersion};

fuzz_target!(|bytes: &[u8]| {
    let written = String::from_utf8_lossy(bytes);
    let (title, text) = written.split_once('\n').unwrap_or(("", &written));
    let mut version = ListingVersion::empty(ListingId::new("t").expect("a letter"));
    version.title = title.to_owned();
    version.text = text.to_owned();
    version.phones = vec![title.to_owned()];
    let found = scorer::signals(&version);
    assert_eq!(found, scorer::signals(&version));
    assert!(found.is_sorted_by_key(|signal| signal.span));
    for span in found.iter().filter_map(|signal| signal.span) {
        if let Some(text) = version.field_text(span.field) {
            assert!(text.get(span.range()).is_some(), "{span:?}");
        }
    }
});
