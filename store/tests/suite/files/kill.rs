use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use store::{AuditVerdict, Priority, StoreUrl};

use crate::support::{Counted, Fresh, HandClock, at, audit, open, quick, site, sqlite};

/// Where the child finds its database.
const PLACE: &str = "WAAKLICHT_TEST_KILL";

/// Not a test by itself: the process that is killed. It writes sites with an audit row each and
/// prints the name of a site once it is acknowledged.
#[test]
fn child() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test process has no other way to tell its child what to do"
    )]
    let Ok(place) = std::env::var(PLACE) else {
        return;
    };
    let url: StoreUrl = place.parse().unwrap();
    let clock = Arc::new(HandClock(Mutex::new(at(0))));
    // Each child draws other bytes, and so has a chain of its own.
    let entropy = Arc::new(Counted(AtomicU64::new(u64::from(std::process::id()) << 32)));
    let handle = open(&url, quick(), &clock, &entropy).unwrap();
    let stdout = std::io::stdout();
    for n in 0.. {
        let priority = match n % 3 {
            0 => Priority::Interactive,
            _ => Priority::Bulk,
        };
        let write = handle.write(priority, move |tx| {
            tx.save_site(&site(&format!("s{n}")))?;
            tx.append_audit(&audit(model::AuditAction::Collect, "crawl"))
        });
        write.wait().unwrap();
        let mut line = stdout.lock();
        writeln!(line, "kept s{n}").unwrap();
        line.flush().unwrap();
    }
}

#[test]
fn a_killed_process_keeps_what_it_acknowledged() {
    let store = sqlite();
    store.handle.shutdown();
    let mut kept: Vec<String> = Vec::new();
    for round in 0..5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["files::kill::child", "--exact", "--nocapture"])
            .env(PLACE, store.url.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed after another number of lines each time, in the middle of whatever comes next.
        let acknowledged: Vec<String> = lines
            .map_while(Result::ok)
            .filter_map(|line| line.split_once("kept ").map(|(_, name)| name.to_owned()))
            .take(3 + round * 7)
            .collect();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(acknowledged.len(), 3 + round * 7);
        kept.extend(acknowledged);
        look_after(&store, &kept);
    }
}

fn look_after(store: &Fresh, kept: &[String]) {
    let handle = open(&store.url, quick(), &store.clock, &store.entropy).unwrap();
    let sites = handle.read(|tx| tx.sites()).wait().unwrap();
    let names: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    for name in kept {
        assert!(names.contains(&name.as_str()), "`{name}` was acknowledged");
    }
    let verdict = handle.read(|tx| tx.verify_audit()).wait().unwrap();
    let AuditVerdict::Whole { rows } = verdict else {
        panic!("{verdict:?}");
    };
    assert!(rows as usize >= kept.len(), "each with its audit row");
}
