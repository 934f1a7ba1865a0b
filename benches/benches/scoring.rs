//! `waaklicht scan` of 50,000 listings of 500 characters, reading and writing included: how many a
//! second, the seconds of each stage, and the most memory. All cores work at it, so that the clock
//! on the wall counts here: run it on a machine that does nothing else.
//!
//! No peer does the same work: those that are known score one text or link contacts, none does both
//! from a file.
//!
//! The listings are made from a fixed seed: near-equal texts are planted among them as for `texts`;
//! each states an age, a town and hours, and a number out of the 10,000 of the fixture range, so
//! that five listings share one.

#![expect(
    clippy::expect_used,
    reason = "a benchmark may stop when its input is wrong"
)]

use std::fmt::Write;
use std::io::Cursor;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use benches::made::{Numbers, texts};
use benches::{report, report_peak_memory};
use pipeline::scan::{Event, Input, Setup, Source, Stage, scan};
use scorer::{Policy, RulePack, Scorer};

const N_LISTINGS: usize = 50_000;
const CHARACTERS: usize = 500;

fn main() {
    let lines = listings();
    report_peak_memory("scan-memory-before");
    let policy = Policy::named("police").expect("the policy is built in");
    let scorer = Scorer::new(RulePack::core(), policy);
    let stop = AtomicBool::new(false);
    let setup = Setup {
        scorer: &scorer,
        linking: &linker::Params::default(),
        photo_limits: &photo::Limits::default(),
        line_limits: wire::Limits::default(),
        limits: pipeline::scan::Limits::default(),
        as_of: None,
        language: None,
        country: Some("NL".to_owned()),
        n_threads: 0,
        stop: &stop,
    };
    let inputs = vec![Input {
        name: "listings.jsonl".to_owned(),
        source: Source::Stream(Box::new(Cursor::new(lines.into_bytes()))),
        format: None,
    }];
    let mut output = Counted(0);
    let mut stages = Stages::begin();
    let began = Instant::now();
    let summary = scan(inputs, &setup, &mut output, &mut |event| {
        if let Event::Progress { stage, .. } = event {
            stages.reached(Some(stage));
        }
    })
    .expect("the listings are well formed");
    stages.reached(None);
    let seconds = began.elapsed().as_secs_f64();
    report("scan", N_LISTINGS as f64 / seconds, "listings/s");
    assert_eq!(summary.n_listings, N_LISTINGS as u64);
    report("scan-links", summary.n_links as f64, "links");
    report("scan-output", output.0 as f64 / 1e6, "MB");
    report_peak_memory("scan-memory-peak");
}

/// Reports the seconds of each stage when the next one begins.
struct Stages {
    stage: Option<Stage>,
    began: Instant,
}

impl Stages {
    fn begin() -> Self {
        Self {
            stage: Some(Stage::Read),
            began: Instant::now(),
        }
    }

    fn reached(&mut self, stage: Option<Stage>) {
        if stage == self.stage {
            return;
        }
        if let Some(done) = self.stage {
            let name = match done {
                Stage::Read => "scan-read",
                Stage::Photos => "scan-photos",
                Stage::Signals => "scan-signals",
                Stage::Link => "scan-link",
                Stage::Assess => "scan-assess",
            };
            report(name, self.began.elapsed().as_secs_f64(), "s");
        }
        (self.stage, self.began) = (stage, Instant::now());
    }
}

/// Counts bytes and drops them.
struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const NAMES: [&str; 8] = [
    "Anna", "Bo", "Cato", "Dana", "Eva", "Fleur", "Gwen", "Hanna",
];
const TOWNS: [&str; 8] = [
    "Utrecht", "Zwolle", "Breda", "Gent", "Venlo", "Arnhem", "Leiden", "Almere",
];

/// The listings as JSON Lines.
fn listings() -> String {
    let mut numbers = Numbers(42);
    let mut lines = String::new();
    for (n, (text, _)) in texts(N_LISTINGS, 70..90).into_iter().enumerate() {
        let name = NAMES[numbers.below(8) as usize];
        let town = TOWNS[numbers.below(8) as usize];
        let (age, phone) = (20 + numbers.below(30), numbers.below(10_000));
        let head = format!("{name}, {age} jaar, in {town}. ");
        let tail = format!(" Bel 06 1234 {phone:04}, elke dag van tien tot tien.");
        let middle: String = text
            .chars()
            .take(CHARACTERS - head.chars().count() - tail.chars().count())
            .collect();
        let middle = middle.replace('\n', "\\n");
        let day = 1 + numbers.below(28);
        writeln!(
            lines,
            "{{\"id\":\"n{n}\",\"site\":\"bench\",\"title\":\"{name} {town}\",\
             \"text\":\"{head}{middle}{tail}\",\"city\":\"{town}\",\
             \"posted_at\":\"2026-02-{day:02}\"}}"
        )
        .expect("memory takes it");
    }
    lines
}
