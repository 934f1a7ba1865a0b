//! Folding: nothing panics, folding twice changes nothing, and each letter leads back to whole
//! characters of the original, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let original = String::from_utf8_lossy(bytes);
    let folded = scorer::fold(&original);
    assert_eq!(scorer::fold(folded.text()).text(), folded.text());
    let mut before = 0..0;
    for (at, sign) in folded.text().char_indices() {
        let back = folded.original(at..at + sign.len_utf8());
        assert!(
            original
                .get(back.clone())
                .is_some_and(|found| !found.is_empty())
        );
        assert!(back.start >= before.start && back.end >= before.end);
        before = back;
    }
});
