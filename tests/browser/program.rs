//! A program that runs beside a test and is ended with it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::NamedTempFile;

/// Ended on drop.
pub(super) struct Program(Child);

impl Program {
    /// Starts it and reads its output up to the line for which `found` gives something.
    pub(super) fn start<T>(
        command: &mut Command,
        timeout: Duration,
        found: impl Fn(&str) -> Option<T>,
    ) -> (Self, T) {
        let errors = NamedTempFile::new().unwrap();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(errors.path()).unwrap())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let output = child.stdout.take().unwrap();
        let program = Self(child);
        let (send, receive) = mpsc::channel();
        // The output is read to its end, or else the program would wait for a reader.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens any more once the line is found.
                let _ = send.send(line);
            }
        });
        let mut seen = String::new();
        loop {
            let Ok(line) = receive.recv_timeout(timeout) else {
                let errors = std::fs::read_to_string(errors.path()).unwrap_or_default();
                panic!("{command:?} ended, or said only, in {timeout:?}:\n{seen}{errors}");
            };
            if let Some(value) = found(&line) {
                return (program, value);
            }
            seen.push_str(&line);
            seen.push('\n');
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
