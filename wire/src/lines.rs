//! Physical lines of an input under a limit.
//!
//! Invariant: no more than the limit is held in memory, however long a line is.

use std::io::{self, BufRead};

/// One line, its line feed included.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Its bytes; `None` when it is longer than the limit: its end was read and dropped.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// Splits an input into lines.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    max_line_bytes: usize,
    n_read: u64,
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

impl<R: BufRead> Lines<R> {
    pub(crate) const fn new(input: R, max_line_bytes: usize) -> Self {
        Self {
            input,
            max_line_bytes,
            n_read: 0,
        }
    }

    /// The bytes that come next, without taking them; at least one unless the input has ended.
    pub(crate) fn peek(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    /// The next line; `None` at the end of the input.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut kept = Vec::new();
        let mut n_bytes = 0_usize;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            let feed = available.iter().position(|byte| *byte == b'\n');
            let taken = feed.map_or(available.len(), |at| at + 1);
            n_bytes = n_bytes.saturating_add(taken);
            if n_bytes <= self.max_line_bytes {
                kept.extend_from_slice(&available[..taken]);
            } else {
                kept = Vec::new();
            }
            self.input.consume(taken);
            if feed.is_some() {
                break;
            }
        }
        if n_bytes == 0 {
            return Ok(None);
        }
        self.n_read += 1;
        if self.n_read == 1 && kept.starts_with(BOM) {
            kept.drain(..BOM.len());
        }
        Ok(Some(Line {
            number: self.n_read,
            bytes: (n_bytes <= self.max_line_bytes).then_some(kept),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines as `number:text`, `number:-` for one that is too long.
    #[track_caller]
    fn check(input: &str, limit: usize, expected: &str) {
        for buffer in [1, 3, 4096] {
            let input = io::BufReader::with_capacity(buffer, input.as_bytes());
            let mut lines = Lines::new(input, limit);
            let mut found = Vec::new();
            while let Some(line) = lines.next().unwrap() {
                let text = line.bytes.map_or_else(
                    || "-".to_owned(),
                    |bytes| String::from_utf8(bytes).unwrap().replace('\n', "|"),
                );
                found.push(format!("{}:{text}", line.number));
            }
            assert_eq!(found.join(" "), expected, "buffer of {buffer}");
        }
    }

    #[test]
    fn feeds_end_lines() {
        check("", 9, "");
        check("a", 9, "1:a");
        check("a\nb\n", 9, "1:a| 2:b|");
        check("\n\na", 9, "1:| 2:| 3:a");
    }

    #[test]
    fn a_line_beyond_the_limit_is_dropped_and_the_next_is_read() {
        check("abcdefgh\nb\nabcdefgh", 4, "1:- 2:b| 3:-");
        check("abc\n", 4, "1:abc|");
        check("abcd\n", 4, "1:-");
    }

    #[test]
    fn the_mark_at_the_start_is_no_text() {
        check("\u{feff}a\n\u{feff}b", 9, "1:a| 2:\u{feff}b");
    }

    #[test]
    fn nothing_of_a_line_beyond_the_limit_is_held() {
        struct Endless(u64);
        impl io::Read for Endless {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let n_bytes = into.len().min(usize::try_from(self.0).unwrap());
                into[..n_bytes].fill(b'x');
                self.0 -= n_bytes as u64;
                Ok(n_bytes)
            }
        }
        // A gibibyte without a line feed, of which a kibibyte may be held.
        let mut lines = Lines::new(io::BufReader::new(Endless(1 << 30)), 1024);
        let line = lines.next().unwrap().unwrap();
        assert_eq!(line.bytes, None);
        assert_eq!(lines.next().unwrap(), None);
    }
}
