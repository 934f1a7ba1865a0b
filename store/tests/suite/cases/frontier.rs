use model::{Digest, Timestamp};
use store::{
    FrontierStore, FrontierUrl, HostLease, OfferedUrl, Result, StoreError, StoredRobots, Traffic,
    Tx, UrlKind, UrlStatus, Validators, Visit,
};

use crate::support::{Fresh, actor, at, site, site_id};

const HOST: &str = "s.test:80";

fn offered(path: &str, kind: UrlKind) -> OfferedUrl {
    OfferedUrl {
        url: format!("http://s.test/{path}"),
        host: HOST.to_owned(),
        kind,
        depth: 1,
    }
}

fn offer(tx: &mut dyn Tx, path: &str, kind: UrlKind, now: Timestamp) -> Result<u32> {
    tx.offer(&site_id("s"), &[offered(path, kind)], now)
}

/// Leases the host from second `now` for a minute.
fn lease(tx: &mut dyn Tx, worker: &str, now: i64) -> Result<Option<HostLease>> {
    tx.lease_host(HOST, &actor(worker), at(now), at(now + 60))
}

fn held(store: &Fresh) -> HostLease {
    store.write(|tx| {
        tx.save_site(&site("s"))?;
        Ok(lease(tx, "one", 0)?.unwrap())
    })
}

fn visit(status: UrlStatus, http_status: Option<u16>) -> Visit {
    Visit {
        status,
        at: at(1),
        http_status,
        due_at: Some(at(100)),
        validators: Validators::default(),
        content: None,
        reason: String::new(),
    }
}

fn due(store: &Fresh, lease: &HostLease, before: i64) -> Option<FrontierUrl> {
    let lease = lease.clone();
    store.read(move |tx| tx.next_due(&lease, at(before)))
}

pub(crate) fn offered_once(store: Fresh) {
    let lease = held(&store);
    let n_new = store.write(|tx| {
        let urls = [
            offered("a", UrlKind::List),
            offered("b", UrlKind::Listing),
            offered("a", UrlKind::Listing),
        ];
        Ok((
            tx.offer(&site_id("s"), &urls, at(0))?,
            tx.offer(&site_id("s"), &urls, at(9))?,
        ))
    });
    assert_eq!(n_new, (2, 0));
    let first = due(&store, &lease, 1).unwrap();
    assert_eq!(first.url, "http://s.test/a");
    assert_eq!(
        (first.kind, first.depth, first.n_failures),
        (UrlKind::List, 1, 0)
    );
    assert_eq!(
        due(&store, &lease, 0),
        None,
        "due at a moment is not due before it"
    );
}

pub(crate) fn an_unknown_site_is_refused(store: Fresh) {
    let error = store.refusal(|tx| offer(tx, "a", UrlKind::List, at(0)));
    assert_eq!(error, "site `s` is not known to the store; keep it first");
    let error = store.refusal(|tx| tx.add_traffic(&site_id("s"), 0, Traffic::default()));
    assert_eq!(error, "site `s` is not known to the store; keep it first");
}

pub(crate) fn a_long_address_is_refused(store: Fresh) {
    held(&store);
    let error = store.refusal(|tx| offer(tx, &"x".repeat(2_048), UrlKind::List, at(0)));
    assert!(error.contains("2048"), "{error}");
}

pub(crate) fn visits_in_order(store: Fresh) {
    let lease = held(&store);
    store.write(|tx| {
        offer(tx, "late-list", UrlKind::List, at(1))?;
        offer(tx, "photo", UrlKind::Photo, at(0))?;
        offer(tx, "listing-1", UrlKind::Listing, at(0))?;
        offer(tx, "listing-2", UrlKind::Listing, at(0))?;
        offer(tx, "list", UrlKind::List, at(0))
    });
    let mut order = Vec::new();
    while let Some(next) = due(&store, &lease, 50) {
        order.push(next.url.rsplit('/').next().unwrap().to_owned());
        let lease = lease.clone();
        store.write(move |tx| tx.record_visit(&lease, next.id, &visit(UrlStatus::Live, Some(200))));
    }
    assert_eq!(
        order,
        ["list", "listing-1", "listing-2", "photo", "late-list"]
    );
    let never = Visit {
        due_at: None,
        ..visit(UrlStatus::Gone, Some(410))
    };
    let next = due(&store, &lease, 101).unwrap();
    assert_eq!(next.last_http_status, Some(200));
    let (gone, of) = (next.id, lease.clone());
    store.write(move |tx| tx.record_visit(&of, gone, &never));
    assert_ne!(due(&store, &lease, 101).unwrap().id, gone);
}

pub(crate) fn a_lease_is_held_by_one_worker(store: Fresh) {
    let first = held(&store);
    assert_eq!(store.write(|tx| lease(tx, "two", 59)), None, "it lives");
    let of_first = first.clone();
    store.write(move |tx| tx.renew_host(&of_first, at(120)));
    assert_eq!(
        store.write(|tx| lease(tx, "two", 60)),
        None,
        "it was prolonged"
    );
    let of_first = first.clone();
    store.write(move |tx| tx.release_host(&of_first));
    let second = store.write(|tx| lease(tx, "two", 61)).unwrap();
    assert!(second.fence > first.fence);
    let other = store.write(|tx| tx.lease_host("t.test", &actor("one"), at(0), at(9)));
    assert!(other.is_some(), "hosts are leased one by one");
}

pub(crate) fn a_late_worker_is_fenced_off(store: Fresh) {
    let late = held(&store);
    store.write(|tx| offer(tx, "a", UrlKind::List, at(0)));
    let url = due(&store, &late, 1).unwrap();
    let now = store.write(|tx| lease(tx, "two", 60)).unwrap();
    type Act = fn(&mut dyn Tx, &HostLease, &FrontierUrl) -> Result<()>;
    let acts: [(&str, Act); 4] = [
        ("renew", |tx, lease, _| tx.renew_host(lease, at(200))),
        ("note", |tx, lease, _| tx.note_access(lease, at(200))),
        ("robots", |tx, lease, _| {
            let robots = StoredRobots {
                fetched_at: at(61),
                http_status: Some(200),
                body: b"late".to_vec(),
            };
            tx.save_robots(lease, &robots)
        }),
        ("visit", |tx, lease, url| {
            tx.record_visit(lease, url.id, &visit(UrlStatus::Gone, Some(404)))
        }),
    ];
    for (name, act) in acts {
        let (lease, url) = (late.clone(), url.clone());
        let outcome = store.try_write(move |tx| act(tx, &lease, &url));
        assert!(
            matches!(outcome, Err(StoreError::Fenced { .. })),
            "{name}: {outcome:?}"
        );
    }
    let of_late = late.clone();
    store.write(move |tx| tx.release_host(&of_late));
    assert_eq!(
        store.write(|tx| lease(tx, "three", 61)),
        None,
        "two still holds it"
    );
    assert_eq!(due(&store, &now, 1), Some(url), "nothing was changed");
    let state = store.read(|tx| tx.host(HOST)).unwrap();
    assert_eq!((state.next_permitted, state.robots), (None, None));
}

pub(crate) fn a_name_used_twice_fences_the_earlier(store: Fresh) {
    let earlier = held(&store);
    let later = store.write(|tx| lease(tx, "one", 1)).unwrap();
    let outcome = store.try_write(move |tx| tx.note_access(&earlier, at(5)));
    assert!(matches!(outcome, Err(StoreError::Fenced { .. })));
    store.write(move |tx| tx.note_access(&later, at(5)));
}

pub(crate) fn the_interval_outlives_the_lease(store: Fresh) {
    let first = held(&store);
    store.write(move |tx| {
        tx.note_access(&first, at(30))?;
        tx.release_host(&first)
    });
    store.write(|tx| lease(tx, "two", 1)).unwrap();
    let state = store.read(|tx| tx.host(HOST)).unwrap();
    assert_eq!(state.next_permitted, Some(at(30)));
    assert_eq!(store.read(|tx| tx.host("unknown.test")), None);
}

pub(crate) fn robots_are_kept_byte_for_byte(store: Fresh) {
    let lease = held(&store);
    for (http_status, body) in [
        (Some(200), b"User-agent: *\r\n\xff".to_vec()),
        (None, vec![]),
    ] {
        let robots = StoredRobots {
            fetched_at: at(3),
            http_status,
            body,
        };
        let (of, kept) = (lease.clone(), robots.clone());
        store.write(move |tx| tx.save_robots(&of, &kept));
        let state = store.read(|tx| tx.host(HOST)).unwrap();
        assert_eq!(state.robots, Some(robots));
    }
}

pub(crate) fn failures_are_counted_and_knowledge_kept(store: Fresh) {
    let lease = held(&store);
    store.write(|tx| offer(tx, "a", UrlKind::Listing, at(0)));
    let id = due(&store, &lease, 1).unwrap().id;
    let validators = Validators {
        etag: Some(b"\"\xe9\"".to_vec()),
        last_modified: Some(b"Tue, 03 Mar 2026 12:00:00 GMT".to_vec()),
    };
    let known = Visit {
        validators: validators.clone(),
        content: Some(Digest::of(b"page")),
        ..visit(UrlStatus::Live, Some(200))
    };
    // Each visit, then: failures, whether validators and content are still known.
    let steps = [
        (known, 0, true),
        (visit(UrlStatus::Live, Some(304)), 0, true),
        (visit(UrlStatus::Failed, None), 1, true),
        (visit(UrlStatus::Failed, Some(503)), 2, true),
        (visit(UrlStatus::Live, Some(200)), 0, false),
    ];
    for (visit, n_failures, is_known) in steps {
        let of = lease.clone();
        store.write(move |tx| tx.record_visit(&of, id, &visit));
        let url = due(&store, &lease, 101).unwrap();
        assert_eq!(url.n_failures, n_failures);
        let expected = if is_known {
            validators.clone()
        } else {
            Validators::default()
        };
        assert_eq!(url.validators, expected);
        assert_eq!(url.content.is_some(), is_known);
    }
}

pub(crate) fn an_address_of_another_host_is_refused(store: Fresh) {
    let lease = held(&store);
    let elsewhere = OfferedUrl {
        host: "t.test".to_owned(),
        ..offered("a", UrlKind::List)
    };
    let id = store.write(move |tx| {
        tx.offer(&site_id("s"), std::slice::from_ref(&elsewhere), at(0))?;
        let there = tx
            .lease_host("t.test", &actor("one"), at(0), at(60))?
            .unwrap();
        Ok(tx.next_due(&there, at(1))?.unwrap().id)
    });
    let outcome =
        store.try_write(move |tx| tx.record_visit(&lease, id, &visit(UrlStatus::Live, None)));
    assert!(matches!(outcome, Err(StoreError::Unknown { .. })));
}

pub(crate) fn traffic_adds_up(store: Fresh) {
    held(&store);
    let add = |day, requests, bytes| {
        store.write(move |tx| tx.add_traffic(&site_id("s"), day, Traffic { requests, bytes }))
    };
    add(5, 1, 100);
    let total = add(5, 2, 50);
    assert_eq!((total.requests, total.bytes), (3, 150));
    assert_eq!(add(6, 1, 1).requests, 1, "each day by itself");
}

pub(crate) fn statuses_are_counted(store: Fresh) {
    let lease = held(&store);
    store.write(move |tx| {
        for path in ["a", "b", "c"] {
            offer(tx, path, UrlKind::Listing, at(0))?;
        }
        let url = FrontierStore::next_due(tx, &lease, at(1))?.unwrap();
        tx.record_visit(&lease, url.id, &visit(UrlStatus::Refused, None))
    });
    let counts = store.read(|tx| tx.frontier_counts(&site_id("s")));
    assert_eq!(
        counts,
        [(UrlStatus::New, 2), (UrlStatus::Refused, 1)].into()
    );
}
