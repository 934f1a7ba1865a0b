//! What the benchmarks share: measuring, printing, peers, and made-up input.
//!
//! `cargo bench -p benches --bench AREA` prints one line a measure, `name value unit`. With
//! `WAAKLICHT_PEERS=1` a line `peer-name value unit ratio` follows where a peer is installed,
//! taken in the same run on the same input; the top of each file says what to install. The ratio
//! is ours to the peer's.
//!
//! Rates and seconds are processor time of the measuring thread where the system tells it (Linux),
//! so that a busy machine changes little; elsewhere they are elapsed time.
//!
//! Invariant: input is made from fixed seeds, so that every run measures the same work.

pub mod made;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Prints one measure.
#[expect(clippy::print_stdout, reason = "benchmarks print their measures")]
pub fn report(name: &str, value: f64, unit: &str) {
    println!("{name} {} {unit}", short(value));
}

/// Runs `work` once and reports how many of `n` things it does in a second. Returns that number
/// and what the work returned.
pub fn rate<T>(name: &str, n: usize, unit: &str, work: impl FnOnce() -> T) -> (f64, T) {
    let (seconds, result) = seconds_of(work);
    let rate = n as f64 / seconds;
    report(name, rate, unit);
    (rate, result)
}

/// Runs `work` and reports its seconds.
pub fn seconds<T>(name: &str, work: impl FnOnce() -> T) -> (f64, T) {
    let (seconds, result) = seconds_of(work);
    report(name, seconds, "s");
    (seconds, result)
}

/// Seconds of this thread's processor time that `work` takes, and what it returns.
pub fn seconds_of<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (started, used) = (Instant::now(), thread_seconds());
    let result = work();
    let seconds = match (used, thread_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => started.elapsed().as_secs_f64(),
    };
    (seconds.max(1e-9), result)
}

/// Processor time of this thread so far; `None` where the system does not tell.
fn thread_seconds() -> Option<f64> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = spent.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Whether peers are to be measured too.
#[expect(
    clippy::disallowed_methods,
    reason = "the contract names this variable for benchmarks"
)]
pub fn with_peers() -> bool {
    std::env::var_os("WAAKLICHT_PEERS").is_some_and(|value| value == "1")
}

/// Measures a peer that is a Python script, if peers are wanted: the script gets the folder as its
/// argument and prints one number, the same measure as `ours`. One thread, as ours.
#[expect(clippy::print_stdout, reason = "benchmarks print their measures")]
#[expect(
    clippy::print_stderr,
    reason = "a missing peer is said beside the measures"
)]
pub fn peer(name: &str, ours: f64, unit: &str, script: &str, folder: &Path) {
    if !with_peers() {
        return;
    }
    let ran = Command::new("python3")
        .arg("-c")
        .arg(script)
        .arg(folder)
        .env("OMP_NUM_THREADS", "1")
        .stderr(Stdio::piped())
        .output();
    let output = match ran {
        Ok(output) if output.status.success() => output,
        Ok(output) => {
            let words = String::from_utf8_lossy(&output.stderr);
            let last = words.lines().last().unwrap_or_default();
            return eprintln!("peer `{name}` is not measured: {last}");
        }
        Err(error) => return eprintln!("peer `{name}` is not measured: `python3`: {error}"),
    };
    let written = String::from_utf8_lossy(&output.stdout);
    match written.trim().parse::<f64>() {
        Ok(theirs) => println!("{name} {} {unit} {}", short(theirs), short(ours / theirs)),
        Err(error) => eprintln!("peer `{name}` printed no number: {error}"),
    }
}

/// Most memory that this process has held, in MiB; `None` where the system does not tell.
pub fn peak_memory_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// From here on `peak_memory_mib` speaks of what is held from now on, where the system can do that.
pub fn forget_peak_memory() {
    // Where it cannot, the most ever held is an upper bound all the same.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Reports the most memory held, where the system tells.
pub fn report_peak_memory(name: &str) {
    if let Some(mib) = peak_memory_mib() {
        report(name, mib, "MiB");
    }
}

/// Precision and recall of pairs: of those that stand in one group, how many should, and of those
/// that should, how many do. `truth` and `found` give each thing its group, `None` for none.
pub fn pair_quality(truth: &[Option<u32>], found: &[Option<u32>]) -> (f64, f64) {
    let n_pairs = |groups: Vec<(Option<u32>, Option<u32>)>, both: bool| -> f64 {
        let mut groups: Vec<(u32, u32)> = groups
            .into_iter()
            .filter_map(|(one, other)| Some((one?, if both { other? } else { 0 })))
            .collect();
        groups.sort_unstable();
        groups
            .chunk_by(|one, other| one == other)
            .map(|same| same.len() as f64 * (same.len() - 1) as f64 / 2.0)
            .sum()
    };
    let pair = |one: &[Option<u32>], other: &[Option<u32>]| -> Vec<_> {
        one.iter().copied().zip(other.iter().copied()).collect()
    };
    let right = n_pairs(pair(truth, found), true);
    let (should, does) = (
        n_pairs(pair(truth, truth), false),
        n_pairs(pair(found, found), false),
    );
    let share = |of: f64| if of == 0.0 { 1.0 } else { right / of };
    (share(does), share(should))
}

/// Four digits that count.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let truth = [Some(1), Some(1), Some(1), Some(2), None];
        let found = [Some(7), Some(7), None, Some(7), None];
        let (precision, recall) = pair_quality(&truth, &found);
        assert!((precision - 1.0 / 3.0).abs() < 1e-9);
        assert!((recall - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            [0.00012, 2.34567, 23.4567, 23456.7].map(short),
            ["0.0001", "2.3457", "23.5", "23457"]
        );
    }
}
