use model::FixedClock;

use super::*;

struct Table(BTreeMap<&'static str, Vec<&'static str>>);

impl Names for Table {
    fn look_up<'a>(&'a self, name: &'a str) -> Lookup<'a> {
        let found = self
            .0
            .get(name)
            .map_or(Err("unknown name".to_owned()), |addresses| {
                Ok(addresses
                    .iter()
                    .map(|written| written.parse().unwrap())
                    .collect())
            });
        Box::pin(std::future::ready(found))
    }
}

fn gate(names: &[(&'static str, &[&'static str])]) -> Politeness {
    let table = names
        .iter()
        .map(|(name, all)| (*name, all.to_vec()))
        .collect();
    let limits = Limits {
        requests_per_second: 1_000_000,
        ..Limits::default()
    };
    Politeness::new(
        Arc::new(Table(table)),
        Arc::new(FixedClock(Timestamp::from_ms(0))),
        &limits,
    )
}

fn pass(url: &str) -> RobotsPass {
    RobotsPass::for_robots_txt(Url::parse(url).unwrap())
}

const PACE: Pace = Pace {
    delay_ms: 1_000,
    allow_loopback: false,
};

async fn permit(gate: &Politeness, url: &str) -> Result<Permit, PermitError> {
    gate.permit(pass(url), PACE, &NoAccessLog).await
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap()
}

#[test]
fn the_delay_is_counted_from_the_head() {
    runtime().block_on(async {
        let gate = gate(&[("a.example", &["1.0.0.1"])]);
        let begin = Instant::now();
        let mut first = permit(&gate, "https://a.example/1").await.unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        first.count_from_now();
        // The body still comes in: the permit is held, the delay runs.
        tokio::time::sleep(Duration::from_millis(200)).await;
        drop(first);
        let second = permit(&gate, "https://a.example/2").await.unwrap();
        assert_eq!(begin.elapsed().as_millis(), 1_300);
        // Given up without an answer: counted all the same.
        drop(second);
        permit(&gate, "https://a.example/3").await.unwrap();
        assert_eq!(begin.elapsed().as_millis(), 2_300);
    });
}

#[test]
fn hosts_on_one_address_share_its_delay() {
    runtime().block_on(async {
        let gate = gate(&[
            ("a.example", &["1.0.0.1"]),
            ("b.example", &["1.0.0.1"]),
            ("c.example", &["1.0.0.2"]),
        ]);
        let begin = Instant::now();
        drop(permit(&gate, "https://a.example/").await.unwrap());
        drop(permit(&gate, "https://c.example/").await.unwrap());
        assert_eq!(begin.elapsed().as_millis(), 0);
        drop(permit(&gate, "http://b.example/").await.unwrap());
        assert_eq!(begin.elapsed().as_millis(), 1_000);
    });
}

#[test]
fn a_host_may_be_held() {
    runtime().block_on(async {
        let gate = gate(&[("a.example", &["1.0.0.1"])]);
        let begin = Instant::now();
        gate.hold("a.example:443", 5_000).await;
        assert_eq!(gate.wait_ms("a.example:443"), Some(5_000));
        let asking = permit(&gate, "https://a.example/").await.unwrap();
        assert_eq!(begin.elapsed().as_millis(), 5_000);
        assert_eq!(gate.wait_ms("a.example:443"), None);
        drop(asking);
        assert_eq!(gate.wait_ms("a.example:443"), Some(1_000));
    });
}

#[track_caller]
fn check(url: &str, expected: &str) {
    runtime().block_on(async {
        let gate = gate(&[
            ("inside.example", &["10.0.0.1", "127.0.0.1"]),
            ("mixed.example", &["10.0.0.1", "2606::1", "1.0.0.1"]),
        ]);
        let said = match permit(&gate, url).await {
            Ok(permit) => permit.address().to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected, "{url}");
    });
}

#[test]
fn only_public_addresses() {
    let refused = "host has no public address: private, loopback and special addresses are refused";
    check("https://inside.example/", refused);
    check("http://127.0.0.1/", refused);
    check("http://2130706433/", refused);
    check("http://0177.1/", refused);
    check("http://[::ffff:10.0.0.1]/", refused);
    check("http://[::1]:8080/", refused);
    check("https://mixed.example/", "1.0.0.1:443");
    check("http://mixed.example:8080/", "1.0.0.1:8080");
    check(
        "http://mixed.example:25/",
        "port 25 is refused: web pages stand at 80, 443 and from 1024 on",
    );
    check(
        "https://nowhere.example/",
        "name cannot be resolved: unknown name",
    );
}

#[test]
fn what_cannot_be_stored_is_not_sent() {
    struct Broken;
    impl AccessLog for Broken {
        fn note<'a>(
            &'a self,
            next: Timestamp,
        ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
            // 1 s delay and 15 s for the head: a kill in between does not shorten the interval.
            assert_eq!(next.as_ms(), 16_000);
            Box::pin(std::future::ready(Err("disk full".to_owned())))
        }
    }
    runtime().block_on(async {
        let gate = gate(&[("a.example", &["1.0.0.1"])]);
        let refused = gate.permit(pass("https://a.example/"), PACE, &Broken).await;
        assert_eq!(
            refused.err().unwrap().to_string(),
            "next access could not be stored: disk full"
        );
    });
}
