use std::time::Duration;

use crate::bench::{Bench, DELAY_MS, ad, picture, profile};
use crate::fake_site::{FakeSite, Hit, Reply};

const N_LISTINGS: usize = 25;

fn answers(hit: &Hit) -> Reply {
    match hit.path.as_str() {
        "/robots.txt" => Reply::status(404),
        "/" => Reply::html(
            (0..N_LISTINGS)
                .map(|n| format!("<a href='/ad/{n}'>x</a>"))
                .collect::<String>(),
        ),
        path if path.starts_with("/img/") => Reply::with(200, &[], picture()),
        path => {
            let n = path.rsplit('/').next().unwrap();
            Reply::html(ad(n, &format!("<img src='/img/{n}.png'>"))).late(20)
        }
    }
}

/// Killed again and again, each time with everything dropped and the store opened anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_run_goes_on_where_it_was() {
    let site = FakeSite::serve(answers).await;
    let mut bench = Bench::new();
    let profiles = [profile(&site, &[])];
    let mut n_kills = 0;
    for kill_at in [1, 5, 12, 13, 30, 44] {
        let killed = async {
            while site.paths().len() < kill_at {
                tokio::time::sleep(Duration::from_millis(3)).await;
            }
        };
        tokio::select! {
            _ = bench.round(&profiles) => {}
            () = killed => n_kills += 1,
        }
        bench.reopen();
    }
    bench.visit(&site).await;
    assert_eq!(n_kills, 6);

    // None lost.
    let n_known = bench.read(|tx| Ok(tx.listings(None, 100)?.len()));
    assert_eq!(n_known, N_LISTINGS);
    for n in 0..N_LISTINGS {
        assert!(site.count(&format!("/ad/{n}")) >= 1);
        assert!(site.count(&format!("/img/{n}.png")) >= 1);
    }
    // None twice, but for the one under way at each kill.
    let n_needed = 2 + 2 * N_LISTINGS;
    let n_twice = site.paths().len() - n_needed;
    assert!(
        n_twice <= n_kills,
        "{n_twice} asked for twice in {n_kills} kills"
    );
    // And the interval holds across the kills.
    assert!(site.shortest_interval() >= Duration::from_millis(DELAY_MS));
}

#[tokio::test]
async fn a_host_is_visited_by_one_worker_at_a_time() {
    let site = FakeSite::serve(answers).await;
    let bench = Bench::new();
    let profiles = [profile(&site, &[])];
    let mut other = bench.limits.clone();
    other.worker = "process:other".to_owned();
    let (_keep, stop) = tokio::sync::watch::channel(false);
    let second = async {
        while site.paths().len() < 3 {
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        crate::bench::round_as(&bench, &profiles, &other, stop).await
    };
    let (first, second) = tokio::join!(bench.round(&profiles), second);
    assert_eq!(first.unwrap().total().listings_new, N_LISTINGS as u64);
    let second = second.unwrap();
    assert_eq!(second.total().requests, 0);
    let left = &second.sites[&profiles[0].id].not_crawled;
    assert_eq!(left[0].reason, "visited by another worker");
    assert!(site.shortest_interval() >= Duration::from_millis(DELAY_MS));
}
