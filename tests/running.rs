//! The program while it runs: what it says so far, a signal, and its end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::Test;

/// Longest wait for anything: a demo takes 20 s on an idle machine, and tests run on busy ones.
const PATIENCE: Duration = Duration::from_secs(300);

/// A program that is ended when the test is.
pub(crate) struct Running {
    child: Child,
    stdout: Spoken,
    stderr: Spoken,
}

/// How it ended.
pub(crate) struct Ended {
    /// Its exit code; `None` when a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Where something is said.
#[derive(Clone, Copy)]
pub(crate) enum On {
    Stdout,
    Stderr,
}

/// What was said so far, and the thread that listens.
struct Spoken {
    text: Arc<Mutex<String>>,
    listening: Option<std::thread::JoinHandle<()>>,
}

impl Spoken {
    fn of(from: impl Read + Send + 'static) -> Self {
        let text: Arc<Mutex<String>> = Arc::default();
        let written = Arc::clone(&text);
        let listening = std::thread::spawn(move || {
            let mut from = BufReader::new(from);
            let mut line = String::new();
            while from.read_line(&mut line).is_ok_and(|length| length > 0) {
                written.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        Self {
            text,
            listening: Some(listening),
        }
    }

    fn so_far(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    fn whole(&mut self) -> String {
        if let Some(listening) = self.listening.take() {
            listening.join().unwrap();
        }
        self.so_far()
    }
}

impl Running {
    pub(crate) fn start(test: &Test) -> Self {
        let mut child = test
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = Spoken::of(child.stdout.take().unwrap());
        let stderr = Spoken::of(child.stderr.take().unwrap());
        Self {
            child,
            stdout,
            stderr,
        }
    }

    /// Waits until something holds.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, mut holds: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !holds() {
            let over = self.child.try_wait().unwrap();
            assert!(
                over.is_none() && begun.elapsed() < PATIENCE,
                "waited for {what}, ended: {over:?}; standard error:\n{}\nstandard output:\n{}",
                self.stderr.so_far(),
                self.stdout.so_far(),
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for a line with `mark` in it and gives what stands behind that.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, on: On, mark: &str) -> String {
        let spoken = match on {
            On::Stdout => Arc::clone(&self.stdout.text),
            On::Stderr => Arc::clone(&self.stderr.text),
        };
        let mut found = None;
        self.wait_until(mark, || {
            let spoken = spoken.lock().unwrap();
            found = spoken
                .lines()
                .find_map(|line| Some(line.split_once(mark)?.1.to_owned()));
            found.is_some()
        });
        found.unwrap()
    }

    /// Sends a signal: `INT`, `TERM`, `KILL`.
    pub(crate) fn signal(&self, name: &str) {
        let kill = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(kill.unwrap().success());
    }

    /// Waits for its end.
    #[track_caller]
    pub(crate) fn end(mut self) -> Ended {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "it does not end; standard error:\n{}",
                self.stderr.so_far()
            );
            std::thread::sleep(Duration::from_millis(5));
        };
        Ended {
            status: status.code(),
            stdout: self.stdout.whole(),
            stderr: self.stderr.whole(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The names in a test's folder, sorted.
pub(crate) fn names(test: &Test) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(test.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
