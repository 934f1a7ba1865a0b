use std::fs;

use model::{Capture, Digest};
use rusqlite::Connection;
use store::{Options, Priority, StoreError, StoreUrl};

use super::{database, raw};
use crate::support::{Fresh, at, open, quick, site, site_id, sqlite};

fn refused(store: &Fresh, url: &StoreUrl) -> String {
    let error = open(url, quick(), &store.clock, &store.entropy).unwrap_err();
    error.to_string()
}

#[test]
fn a_second_process_is_refused_and_told_the_way_out() {
    let store = sqlite();
    let error = refused(&store, &store.url);
    assert!(error.contains("in use by another process"), "{error}");
    assert!(error.contains("waaklicht run"), "{error}");
    #[cfg(unix)]
    {
        let link = store.folder.path().join("other-name.db");
        std::os::unix::fs::symlink(database(&store), &link).unwrap();
        let by_link = StoreUrl::Sqlite {
            database: link,
            keys: super::keys(&store),
        };
        let error = refused(&store, &by_link);
        assert!(
            error.contains("in use"),
            "another name of the same file: {error}"
        );
    }
    store.handle.shutdown();
    open(&store.url, quick(), &store.clock, &store.entropy).unwrap();
}

#[test]
fn the_last_handle_that_goes_frees_the_database() {
    let store = sqlite();
    let clone = store.handle.clone();
    let Fresh {
        handle,
        url,
        clock,
        entropy,
        folder,
    } = store;
    drop(handle);
    assert!(
        open(&url, quick(), &clock, &entropy).is_err(),
        "a clone lives"
    );
    // Not awaited, and the handle goes: it is kept all the same.
    drop(clone.write(Priority::Bulk, |tx| tx.save_site(&site("a"))));
    drop(clone);
    let handle = open(&url, quick(), &clock, &entropy).unwrap();
    assert_eq!(handle.read(|tx| tx.sites()).wait().unwrap(), [site("a")]);
    drop(folder);
}

#[test]
fn a_handle_may_go_on_a_thread_of_the_store() {
    let store = sqlite();
    let Fresh {
        handle,
        url,
        clock,
        entropy,
        folder,
    } = store;
    let mut inner = Some(handle.clone());
    let pending = handle.write(Priority::Interactive, move |tx| {
        tx.save_site(&site("a"))?;
        drop(inner.take());
        Ok(())
    });
    drop(handle);
    // Whether the answer still comes depends on who was last; the write is kept.
    let _ = pending.wait();
    // The thread leaves by itself; nobody could wait for it.
    let patience = std::time::Instant::now();
    let handle = loop {
        match open(&url, quick(), &clock, &entropy) {
            Ok(handle) => break handle,
            Err(error) => assert!(patience.elapsed().as_secs() < 60, "{error}"),
        }
        std::thread::yield_now();
    };
    assert_eq!(handle.read(|tx| tx.sites()).wait().unwrap(), [site("a")]);
    drop(folder);
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let store = sqlite();
    store.handle.shutdown();
    raw(&store).pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(database(&store)).unwrap();
    let error = refused(&store, &store.url);
    assert!(
        error.contains("has version 99") && error.contains("newer one"),
        "{error}"
    );
    assert_eq!(fs::read(database(&store)).unwrap(), before);
}

#[test]
fn what_is_no_database_of_ours_is_refused_and_left_alone() {
    let store = sqlite();
    let folder = store.folder.path();
    fs::write(folder.join("text.db"), "not a database, ".repeat(100)).unwrap();
    Connection::open(folder.join("other.db"))
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    let marked = Connection::open(folder.join("marked.db")).unwrap();
    marked.pragma_update(None, "application_id", 7).unwrap();
    drop(marked);
    for name in ["text.db", "other.db", "marked.db"] {
        let path = folder.join(name);
        let before = fs::read(&path).unwrap();
        let error = refused(&store, &StoreUrl::sqlite(&path));
        assert!(
            error.contains(name) && error.contains("no database of waaklicht"),
            "{error}"
        );
        assert_eq!(fs::read(&path).unwrap(), before, "{name}");
        assert!(
            !path.with_extension("keys").exists(),
            "no keys are begun for it"
        );
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let store = sqlite();
    let file = store.folder.path().join("file");
    fs::write(&file, "").unwrap();
    for place in [file.join("sub/store.db"), store.folder.path().to_owned()] {
        let url = StoreUrl::Sqlite {
            database: place.clone(),
            keys: store.folder.path().join("k"),
        };
        let error = refused(&store, &url);
        assert!(
            error.contains(&*file.parent().unwrap().to_string_lossy()),
            "{error}"
        );
        assert!(error.contains("this user may write there"), "{error}");
    }
    let url = StoreUrl::Sqlite {
        database: store.folder.path().join("new.db"),
        keys: file.join("keys"),
    };
    let error = refused(&store, &url);
    assert!(error.contains("keys folder"), "{error}");
}

#[test]
fn a_new_folder_is_made() {
    let store = sqlite();
    let url = StoreUrl::sqlite(store.folder.path().join("a/b/store.db"));
    let handle = open(&url, quick(), &store.clock, &store.entropy).unwrap();
    assert_eq!(handle.read(|tx| tx.n_users()).wait().unwrap(), 0);
}

#[test]
fn another_program_that_holds_the_database_is_waited_for_then_named() {
    let store = sqlite();
    let other = raw(&store);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let outcome = store.try_write(|tx| tx.save_site(&site("a")));
    assert!(matches!(outcome, Err(StoreError::Busy)), "{outcome:?}");
    assert_eq!(store.read(|tx| tx.sites()), [], "reads go on");
    other.execute_batch("ROLLBACK").unwrap();
    store.write(|tx| tx.save_site(&site("a")));
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let store = sqlite().reopen(Options {
        size_limit_bytes: Some(1_000_000),
        ..quick()
    });
    store.write(|tx| tx.save_site(&site("s")));
    let pending: Vec<_> = (0..40u8)
        .map(|n| {
            let record = vec![n; 50_000];
            let capture = Capture {
                site: site_id("s"),
                url: format!("http://s.test/{n}"),
                fetched_at: at(i64::from(n)),
                status: 200,
                record_digest: Digest::of(&record),
                record: Some(record),
            };
            let bulk = Priority::Bulk;
            store.handle.write(bulk, move |tx| tx.add_capture(&capture))
        })
        .collect();
    let (mut kept, mut refusals) = (Vec::new(), Vec::new());
    for (n, pending) in (0..).zip(pending) {
        match pending.wait() {
            Ok(id) => kept.push((n, id)),
            Err(error) => refusals.push(error.to_string()),
        }
    }
    assert!(
        kept.len() >= 10 && refusals.len() >= 10,
        "{} kept",
        kept.len()
    );
    for error in refusals {
        assert!(
            error.contains("no room for") && error.contains("store.db"),
            "{error}"
        );
    }
    let store = store.reopen(quick());
    let n_kept = kept.len() as u64;
    for (n, id) in kept {
        let capture = store.read(move |tx| tx.capture(id)).unwrap();
        assert_eq!(capture.url, format!("http://s.test/{n}"));
    }
    assert_eq!(
        store.handle.stats().wait().unwrap().rows["captures"],
        n_kept
    );
    store.write(|tx| tx.save_site(&site("t")));
}

#[test]
fn what_is_set_holds_on_every_connection() {
    let store = sqlite();
    let journal: String = raw(&store)
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(journal, "wal");
    let check: String = raw(&store)
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    let lax: i64 = raw(&store)
        .query_row(
            "SELECT count(*) FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND strict = 0
                AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(lax, 0, "all tables are strict");
}
