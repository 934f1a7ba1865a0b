use model::{Capture, Digest};
use store::SealClass;

use crate::support::{Fresh, at, days, site, site_id};

fn capture() -> Capture {
    let record = b"WARC/1.1\r\n\r\nAnna, 23, Utrecht".to_vec();
    Capture {
        site: site_id("s"),
        url: "http://s.test/1".to_owned(),
        fetched_at: at(0),
        status: 200,
        record_digest: Digest::of(&record),
        record: Some(record),
    }
}

pub(crate) fn written_and_read_back(store: Fresh) {
    let (one, two) = store.write(|tx| {
        tx.save_site(&site("s"))?;
        Ok((tx.add_capture(&capture())?, tx.add_capture(&capture())?))
    });
    assert_ne!(one, two, "the same bytes captured twice are two captures");
    for id in [one, two] {
        assert_eq!(store.read(move |tx| tx.capture(id)), Some(capture()));
    }
    let none = model::CaptureId(two.0 + 1);
    assert_eq!(store.read(move |tx| tx.capture(none)), None);
}

pub(crate) fn a_wrong_digest_is_refused(store: Fresh) {
    store.write(|tx| tx.save_site(&site("s")));
    for wrong in [
        Capture {
            record_digest: Digest::of(b"another"),
            ..capture()
        },
        Capture {
            record: None,
            ..capture()
        },
        Capture {
            site: site_id("t"),
            ..capture()
        },
    ] {
        assert!(store.try_write(move |tx| tx.add_capture(&wrong)).is_err());
    }
}

pub(crate) fn it_expires_with_its_key(store: Fresh) {
    let id = store.write(|tx| {
        tx.save_site(&site("s"))?;
        tx.add_capture(&capture())
    });
    store.destroy(SealClass::Archive, days(0).day());
    assert!(
        store
            .read(move |tx| tx.capture(id))
            .unwrap()
            .record
            .is_some()
    );
    store.destroy(SealClass::Archive, days(1).day());
    let expired = Capture {
        record: None,
        ..capture()
    };
    assert_eq!(store.read(move |tx| tx.capture(id)), Some(expired));
}
