use model::{
    About, AgeSeen, Band, Capture, DHash, Decision, Digest, Disposition, DispositionReason, How,
    Lane, Observed, Phone, PhoneOwner, PhoneSeen, PhotoHash, PhotoHashes, Signal, Triaged,
};
use store::SealClass;

use super::{all_files, raw};
use crate::support::{
    Fresh, actor, assessment, at, days, id, look, quick, site, site_id, sqlite, version,
};

/// Words that stand in nothing else than sealed values.
const SECRET: [&str; 9] = [
    "kruidenthee",
    "06 1234 5678",
    "+31612345678",
    "31612345678",
    "612345678",
    "nul zes 12 34",
    "blauwe deur",
    "rang twice",
    "5a5a5a5a5a5a5a5a",
];

fn record() -> Vec<u8> {
    b"WARC/1.1\r\n\r\nkruidenthee 06 1234 5678".to_vec()
}

/// Writes a text, a number, signals, a note and a picture hash, everywhere they can be written.
fn fill(store: &Fresh) {
    store.write(|tx| {
        tx.save_site(&site("s"))?;
        let capture = tx.add_capture(&Capture {
            site: site_id("s"),
            url: "http://s.test/1".to_owned(),
            fetched_at: at(0),
            status: 200,
            record_digest: Digest::of(&record()),
            record: Some(record()),
        })?;
        let mut listing = version("s:1", "kruidenthee, nul zes 12 34, +31612345678");
        listing.title = "kruidenthee".to_owned();
        listing
            .attributes
            .insert("door".into(), "blauwe deur".into());
        tx.record_version(&listing, Digest::of(b"1"), Some(capture), at(0))?;

        let mut found = assessment("s:1", Band::High, Lane::Organised);
        let phone = Phone::from_e164("+31612345678").unwrap();
        found.signals = vec![
            Signal {
                observed: Observed::Phone(PhoneSeen {
                    phone,
                    written_as: "nul zes 12 34".to_owned(),
                    obscured: true,
                    owner: PhoneOwner::Advertiser,
                }),
                span: None,
            },
            Signal {
                observed: Observed::Age(AgeSeen {
                    value: 23,
                    about: About::Advertised,
                    how: How::Digits,
                }),
                span: None,
            },
            Signal {
                observed: Observed::Alias("kruidenthee".to_owned()),
                span: None,
            },
        ];
        tx.save_assessment(&found, at(0))?;
        let hashes = PhotoHashes {
            pdq: Some(PhotoHash::from_bytes([0x5a; 32])),
            quality: 90,
            dhash: DHash(0x5a5a_5a5a_5a5a_5a5a),
            width: 1,
            height: 1,
            version: 1,
        };
        tx.save_photo("http://s.test/1.png", &hashes, at(0))?;
        tx.combine(&[case()], &look())?;
        tx.decide(
            &Decision {
                case: case().id,
                disposition: Disposition::Watch,
                reason: DispositionReason::TooLittle,
                note: "rang twice, 06 1234 5678".to_owned(),
                by: actor("anna"),
                at: at(0),
                evidence: case().evidence,
            },
            &look(),
        )
    });
}

fn case() -> Triaged {
    Triaged {
        id: model::CaseId::new("l1").unwrap(),
        lane: Lane::Organised,
        band: Band::High,
        hard_minor: false,
        points: 60,
        members: vec![id("s:1")],
        raised_by: vec![id("s:1")],
        kinds: Vec::new(),
        indicators: Vec::new(),
        evidence: Digest::of(b"evidence"),
    }
}

#[track_caller]
fn nothing_in_plain(store: &Fresh, stage: &str) {
    let files = all_files(store.folder.path());
    assert!(files.len() > 3, "database, lock and keys at least");
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        for secret in SECRET {
            assert!(!text.contains(secret), "{stage}: `{secret}` in {path:?}");
        }
        let hash = bytes.windows(8).any(|window| window == [0x5a; 8]);
        assert!(!hash, "{stage}: a picture hash in {path:?}");
    }
}

#[test]
fn no_text_stands_in_plain_at_any_stage() {
    let store = sqlite();
    nothing_in_plain(&store, "opened");
    fill(&store);
    nothing_in_plain(&store, "committed");
    let journal = store.folder.path().join("store.db-wal");
    let journal_bytes = std::fs::metadata(&journal).unwrap().len();
    assert!(
        journal_bytes > 0,
        "the journal was looked at with something in it"
    );
    raw(&store)
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    nothing_in_plain(&store, "checkpointed");
    let store = store.reopen(quick());
    nothing_in_plain(&store, "closed and opened");
    let latest = store.read(|tx| tx.latest_version(&id("s:1"))).unwrap();
    assert!(
        latest.text.contains("kruidenthee"),
        "it was there to be found"
    );
    store.handle.shutdown();
    nothing_in_plain(&store, "closed");
}

#[test]
fn the_search_finds_what_is_there() {
    let store = sqlite();
    raw(&store)
        .execute("INSERT INTO meta VALUES ('planted', '06 1234 5678')", [])
        .unwrap();
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        nothing_in_plain(&store, "planted");
    }));
    assert!(caught.is_err());
}

#[test]
fn without_its_keys_nothing_opens() {
    let store = sqlite();
    fill(&store);
    for class in SealClass::ALL {
        store.destroy(class, days(1).day());
    }
    let store = store.reopen(quick());
    nothing_opens(&store);
    // Nor when the folder is brought back without them.
    nothing_opens(&store.reopen(quick()));
}

fn nothing_opens(store: &Fresh) {
    let file = store.write(|tx| tx.case_file(&case().id, &look())).unwrap();
    let member = &file.members[0];
    assert_eq!((&member.version, &member.assessment), (&None, &None));
    assert_eq!(file.decisions[0].note, "");
    let versions = store.read(|tx| tx.versions(&id("s:1")));
    assert_eq!(versions[0].version, None);
    let capture = versions[0].capture.unwrap();
    let capture = store.read(move |tx| tx.capture(capture)).unwrap();
    assert_eq!(capture.record, None);
    let photos = store.read(|tx| tx.photos(&["http://s.test/1.png".to_owned()]));
    assert!(photos.is_empty());
    let left = all_files(&super::keys(store));
    assert!(
        left.iter()
            .all(|(path, _)| !path.to_string_lossy().contains("2026-03-03")),
        "{left:?}"
    );
}
