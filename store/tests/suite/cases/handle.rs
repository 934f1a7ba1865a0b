use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};

use store::{Handle, Options, Priority, StoreError};

use crate::support::{Fresh, quick, site};

/// Keeps a site of this name.
fn keep(handle: &Handle, priority: Priority, name: &str) -> store::Pending<()> {
    let site = site(name);
    handle.write(priority, move |tx| tx.save_site(&site))
}

fn names(handle: &Handle) -> Vec<String> {
    let sites = handle.read(|tx| tx.sites()).wait().unwrap();
    sites.into_iter().map(|site| site.id.to_string()).collect()
}

/// Keeps the writer busy until the sender is dropped; returns once it is.
fn occupy(handle: &Handle) -> (mpsc::Sender<()>, store::Pending<()>) {
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let began = Arc::new(Barrier::new(2));
    let writer_began = Arc::clone(&began);
    let busy = handle.write(Priority::Interactive, move |_| {
        writer_began.wait();
        // Ends with an error once the sender is gone.
        let _ = released.lock().unwrap().recv();
        Ok(())
    });
    began.wait();
    (release, busy)
}

pub(crate) fn a_failed_closure_leaves_nothing(store: Fresh) {
    let outcome = store.try_write(|tx| {
        tx.save_site(&site("a"))?;
        Err::<(), _>(StoreError::Conflict("changed its mind".to_owned()))
    });
    assert!(matches!(outcome, Err(StoreError::Conflict(_))));
    assert!(names(&store.handle).is_empty());
}

pub(crate) fn a_panic_is_an_answer(store: Fresh) {
    let outcome = store.try_write(|tx| -> store::Result<()> {
        tx.save_site(&site("a"))?;
        panic!("a planted panic");
    });
    let error = outcome.unwrap_err().to_string();
    assert!(error.contains("a planted panic"), "{error}");
    let outcome = store
        .handle
        .read(|_| -> store::Result<()> { panic!("another one") })
        .wait();
    assert!(matches!(outcome, Err(StoreError::Panicked { .. })));
    assert!(names(&store.handle).is_empty(), "what it did is undone");
    keep(&store.handle, Priority::Bulk, "b").wait().unwrap();
    assert_eq!(names(&store.handle), ["b"], "the threads go on");
}

pub(crate) fn a_passing_failure_is_run_again(store: Fresh) {
    let (interactive, bulk) = (Priority::Interactive, Priority::Bulk);
    for (priority, name) in [(interactive, "a"), (bulk, "b")] {
        let mut runs = 0;
        let site = site(name);
        let outcome = store.handle.write(priority, move |tx| {
            runs += 1;
            tx.save_site(&site)?;
            match runs {
                1 | 2 => Err(StoreError::Busy),
                _ => Ok(runs),
            }
        });
        assert_eq!(outcome.wait().unwrap(), 3);
    }
    assert_eq!(names(&store.handle), ["a", "b"]);
}

pub(crate) fn a_lasting_busy_store_says_so(store: Fresh) {
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let outcome = store.try_write(move |_| -> store::Result<()> {
        counted.fetch_add(1, Ordering::Relaxed);
        Err(StoreError::Busy)
    });
    assert!(matches!(outcome, Err(StoreError::Busy)));
    // Once in a batch, once alone, then as often again as the limit says.
    assert_eq!(runs.load(Ordering::Relaxed), 2 + quick().reruns_max);
}

pub(crate) fn one_bad_write_in_a_batch_spoils_no_other(store: Fresh) {
    let (release, busy) = occupy(&store.handle);
    let first = keep(&store.handle, Priority::Bulk, "a");
    let bad = store.handle.write(Priority::Bulk, |tx| {
        tx.save_site(&site("bad"))?;
        Err::<(), _>(StoreError::Conflict("no".to_owned()))
    });
    let mut runs = 0;
    let passing = store.handle.write(Priority::Bulk, move |tx| {
        runs += 1;
        tx.save_site(&site("c"))?;
        if runs == 1 {
            Err(StoreError::Busy)
        } else {
            Ok(())
        }
    });
    let last = keep(&store.handle, Priority::Bulk, "d");
    drop(release);
    busy.wait().unwrap();
    first.wait().unwrap();
    assert!(bad.wait().is_err());
    passing.wait().unwrap();
    last.wait().unwrap();
    assert_eq!(names(&store.handle), ["a", "c", "d"]);
}

pub(crate) fn a_read_does_not_write(store: Fresh) {
    let outcome = store.handle.read(|tx| tx.save_site(&site("a"))).wait();
    let error = outcome.unwrap_err().to_string();
    assert!(error.contains("Handle::write"), "{error}");
}

pub(crate) fn waiting_inside_a_closure_is_refused(store: Fresh) {
    let handle = store.handle.clone();
    let outcome = store.try_write(move |_| handle.read(|tx| tx.sites()).wait());
    assert!(matches!(outcome, Err(StoreError::Nested)), "{outcome:?}");
}

pub(crate) fn a_full_queue_makes_others_wait(store: Fresh) {
    let store = store.reopen(Options {
        bulk_queue_max: 1,
        ..quick()
    });
    let (release, busy) = occupy(&store.handle);
    let pending: Vec<_> = ["a", "b", "c"]
        .map(|name| keep(&store.handle, Priority::Bulk, name))
        .into();
    drop(release);
    busy.wait().unwrap();
    pending.into_iter().for_each(|write| write.wait().unwrap());
    assert_eq!(names(&store.handle), ["a", "b", "c"]);
}

pub(crate) fn people_go_before_bulk(store: Fresh) {
    let (release, busy) = occupy(&store.handle);
    let order = Arc::new(Mutex::new(Vec::new()));
    let note = |priority, name: &'static str| {
        let order = Arc::clone(&order);
        store.handle.write(priority, move |_| {
            order.lock().unwrap().push(name);
            Ok(())
        })
    };
    let pending = [
        note(Priority::Bulk, "bulk 1"),
        note(Priority::Bulk, "bulk 2"),
        note(Priority::Interactive, "a person"),
    ];
    drop(release);
    busy.wait().unwrap();
    pending.into_iter().for_each(|write| write.wait().unwrap());
    assert_eq!(*order.lock().unwrap(), ["a person", "bulk 1", "bulk 2"]);
}

pub(crate) fn answers_can_be_awaited(store: Fresh) {
    let store = store.reopen(Options {
        interactive_queue_max: 1,
        ..quick()
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let writes: Vec<_> = (0..20)
            .map(|n| keep(&store.handle, Priority::Interactive, &format!("s{n}")))
            .collect();
        for write in writes {
            write.await.unwrap();
        }
        assert_eq!(store.handle.read(|tx| tx.sites()).await.unwrap().len(), 20);
    });
}

pub(crate) fn shutdown_does_what_is_queued_and_then_refuses(store: Fresh) {
    let (release, busy) = occupy(&store.handle);
    let queued = keep(&store.handle, Priority::Bulk, "a");
    let other = store.handle.clone();
    let ending = std::thread::spawn(move || other.shutdown());
    drop(release);
    ending.join().unwrap();
    busy.wait().unwrap();
    queued.wait().unwrap();
    let late = keep(&store.handle, Priority::Interactive, "b").wait();
    assert!(matches!(late, Err(StoreError::Closed)));
    let late = store.handle.read(|tx| tx.sites()).wait();
    assert!(matches!(late, Err(StoreError::Closed)));
    let store = store.reopen(quick());
    assert_eq!(names(&store.handle), ["a"]);
}

pub(crate) fn many_writers_at_once(store: Fresh) {
    const WRITERS: u32 = 8;
    const WRITES: u32 = 50;
    store.write(|tx| tx.save_site(&site("s")));
    let handle = &store.handle;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                for n in 0..WRITES {
                    let priority = match n % 2 {
                        0 => Priority::Interactive,
                        _ => Priority::Bulk,
                    };
                    // Reads and writes in one closure: a lost update would show in the sum.
                    let outcome = handle.write(priority, move |tx| {
                        let id = crate::support::site_id("s");
                        let traffic = store::Traffic {
                            requests: 1,
                            bytes: u64::from(writer),
                        };
                        tx.add_traffic(&id, 0, traffic)
                    });
                    outcome.wait().unwrap();
                }
            });
        }
    });
    let id = crate::support::site_id("s");
    let total = store.write(move |tx| tx.add_traffic(&id, 0, store::Traffic::default()));
    assert_eq!(total.requests, u64::from(WRITERS * WRITES));
    assert_eq!(total.bytes, u64::from(WRITES * (0..WRITERS).sum::<u32>()));
}

pub(crate) fn rows_are_counted(store: Fresh) {
    let store = store.with_listings(3);
    let stats = store.handle.stats().wait().unwrap();
    assert_eq!(stats.rows["listings"], 3);
    assert_eq!(stats.rows["versions"], 3);
    assert_eq!(stats.rows["cases"], 0);
    assert!(stats.database_bytes > 0);
}
