use std::fs;

use model::Digest;
use store::{SealClass, StoreError, StoreUrl};

use super::{all_files, keys, raw};
use crate::support::{Fresh, at, days, id, open, quick, sqlite, version};

fn refused(store: &Fresh) -> StoreError {
    store.handle.shutdown();
    open(&store.url, quick(), &store.clock, &store.entropy).unwrap_err()
}

fn latest(store: &Fresh) -> store::Result<Option<model::ListingVersion>> {
    store.handle.read(|tx| tx.latest_version(&id("s:1"))).wait()
}

#[cfg(unix)]
#[test]
fn keys_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let store = sqlite().with_listings(1);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&keys(&store)), 0o700);
    let files = all_files(&keys(&store));
    assert!(files.len() >= 3, "{files:?}");
    for (path, _) in files {
        assert_eq!(mode(&path), 0o600, "{path:?}");
    }
    assert_eq!(mode(&super::database(&store)), 0o600);
    fs::set_permissions(keys(&store), fs::Permissions::from_mode(0o755)).unwrap();
    let store = store.reopen(quick());
    assert_eq!(mode(&keys(&store)), 0o700, "closed again");
}

#[test]
fn lost_keys_are_told_apart_from_destroyed_ones() {
    let store = sqlite().with_listings(1);
    let key = keys(&store).join("text-2026-03-03.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let store = store.reopen(quick());
    let error = latest(&store).unwrap_err().to_string();
    assert!(
        error.contains("text-2026-03-03.key") && error.contains("bring it back"),
        "{error}"
    );

    fs::write(&key, &kept[1..]).unwrap();
    assert!(matches!(latest(&store), Err(StoreError::KeyDamaged { .. })));
    fs::write(&key, [7; 32]).unwrap();
    let store = store.reopen(quick());
    assert!(matches!(latest(&store), Err(StoreError::Damaged { .. })));
    fs::write(&key, &kept).unwrap();
    let store = store.reopen(quick());
    assert!(latest(&store).unwrap().is_some());
    store.destroy(SealClass::Text, days(1).day());
    assert_eq!(latest(&store).unwrap(), None);
}

#[test]
fn a_lost_or_foreign_keys_folder_is_refused() {
    let store = sqlite().with_listings(1);
    let (folder, aside) = (keys(&store), store.folder.path().join("aside"));
    fs::rename(&folder, &aside).unwrap();
    let error = refused(&store).to_string();
    assert!(
        error.contains("store.keys") && error.contains("bring that folder back"),
        "{error}"
    );
    assert!(!folder.exists(), "no new one is begun");

    let other = sqlite();
    fs::create_dir(&folder).unwrap();
    for (path, bytes) in all_files(&keys(&other)) {
        fs::write(folder.join(path.file_name().unwrap()), bytes).unwrap();
    }
    // Both stores draw the same bytes in tests; two real ones do not.
    fs::write(folder.join("folder.id"), "another").unwrap();
    let error = refused(&store).to_string();
    assert!(error.contains("belongs to another database"), "{error}");

    fs::remove_dir_all(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    assert!(latest(&store.reopen(quick())).unwrap().is_some());
}

#[test]
fn a_folder_of_something_else_is_not_taken_over() {
    let store = sqlite();
    let folder = store.folder.path().join("letters");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("letter.txt"), "dear").unwrap();
    let url = StoreUrl::Sqlite {
        database: store.folder.path().join("new.db"),
        keys: folder.clone(),
    };
    let begin = || open(&url, quick(), &store.clock, &store.entropy);
    let error = begin().unwrap_err().to_string();
    assert!(
        error.contains("letters") && error.contains("?keys=FOLDER"),
        "{error}"
    );
    assert_eq!(all_files(&folder).len(), 1, "nothing was put there");
    fs::remove_file(folder.join("letter.txt")).unwrap();
    begin().unwrap();
}

/// A purge of the one would destroy the keys of the other.
#[test]
fn two_databases_do_not_share_a_keys_folder() {
    let store = sqlite().with_listings(1);
    let url = StoreUrl::Sqlite {
        database: store.folder.path().join("new.db"),
        keys: keys(&store),
    };
    let error = open(&url, quick(), &store.clock, &store.entropy).unwrap_err();
    assert!(matches!(error, StoreError::KeysFolder { .. }), "{error}");
    assert!(latest(&store).unwrap().is_some());
}

#[test]
fn a_lost_fingerprint_key_is_refused() {
    let store = sqlite();
    let before = store
        .handle
        .fingerprint_key()
        .fingerprint("phone", "+31612345678");
    let store = store.reopen(quick());
    let after = store
        .handle
        .fingerprint_key()
        .fingerprint("phone", "+31612345678");
    assert_eq!(before, after, "the same in every run");
    fs::remove_file(keys(&store).join("fingerprint.key")).unwrap();
    let error = refused(&store).to_string();
    assert!(error.contains("`fingerprint.key` is missing"), "{error}");
}

#[test]
fn changed_or_moved_values_do_not_open() {
    let store = sqlite().with_listings(2);
    let swap = "
        UPDATE versions SET sealed = (SELECT other.sealed FROM versions AS other
            WHERE other.listing <> versions.listing)";
    raw(&store).execute(swap, []).unwrap();
    let error = latest(&store).unwrap_err().to_string();
    assert!(
        error.contains("`versions` row `1 s:1` does not open"),
        "{error}"
    );

    let sealed: Vec<u8> = {
        store.write(|tx| {
            let changed = version("s:1", "Anna, 24, Utrecht");
            tx.record_version(&changed, Digest::of(b"two"), None, at(0))
        });
        let newest = "SELECT sealed FROM versions WHERE ordinal = 2";
        raw(&store).query_row(newest, [], |row| row.get(0)).unwrap()
    };
    assert!(latest(&store).unwrap().is_some());
    for at_byte in [0, 1, 10, 40, sealed.len() - 1] {
        let mut flipped = sealed.clone();
        flipped[at_byte] ^= 1;
        let update = "UPDATE versions SET sealed = ?1 WHERE ordinal = 2";
        raw(&store).execute(update, [flipped]).unwrap();
        assert!(
            matches!(latest(&store), Err(StoreError::Damaged { .. })),
            "byte {at_byte}"
        );
    }
    let update = "UPDATE versions SET sealed = ?1 WHERE ordinal = 2";
    raw(&store).execute(update, [&sealed[..20]]).unwrap();
    assert!(
        matches!(latest(&store), Err(StoreError::Damaged { .. })),
        "cut short"
    );
}

#[test]
fn destroying_leaves_a_receipt_and_an_audit_row() {
    let store = sqlite().with_listings(1);
    let destroy = || {
        let by = crate::support::actor("process:purge");
        store
            .handle
            .destroy_keys_before(SealClass::Text, days(1).day(), by)
            .wait()
    };
    let key = fs::read(keys(&store).join("text-2026-03-03.key")).unwrap();
    let receipt = destroy().unwrap();
    assert_eq!(
        (receipt.class, receipt.before_day),
        (SealClass::Text, days(1).day())
    );
    assert_eq!(receipt.at, at(0));
    assert_eq!(receipt.destroyed.len(), 1);
    assert_eq!(receipt.destroyed[0].day, days(0).day());
    let expected = Digest::of_parts([b"waaklicht destroyed key".as_slice(), &key]);
    assert_eq!(
        receipt.destroyed[0].check, expected,
        "whoever kept the key can check it"
    );
    assert!(
        destroy().unwrap().destroyed.is_empty(),
        "twice does no harm"
    );
    let rows = store.read(|tx| tx.audit(None, 10));
    let written: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row.entry.action, row.entry.object, row.entry.purpose
            )
        })
        .collect();
    assert_eq!(written, ["erase class:text retention"; 2]);
    let other = keys(&store).join("fingerprint.key");
    assert!(other.exists(), "nothing else goes");
}

#[test]
fn destroying_that_was_broken_off_goes_on() {
    let store = sqlite().with_listings(1);
    store.handle.shutdown();
    fs::write(keys(&store).join("text.destroyed-before"), "2026-03-04").unwrap();
    fs::write(keys(&store).join("text-2026-03-04.key.unfinished"), [1; 5]).unwrap();
    let store = store.reopen(quick());
    let left: Vec<_> = all_files(&keys(&store))
        .into_iter()
        .filter(|(path, _)| path.to_string_lossy().contains("text-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(latest(&store).unwrap(), None);
}
