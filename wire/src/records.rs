//! CSV records by RFC 4180 out of physical lines, under a limit and with a way on after a quote
//! that never closes.
//!
//! A parser that takes quotes as they come reads everything after an open quote into one cell.
//! Here a quote that closes in the middle of a cell, or a record beyond the limit, refuses the
//! line on which the record began, and reading goes on at the line after it. Each line is looked
//! at twice at most, so that no file can make this slow.
//!
//! Invariant: well-formed CSV is read as the `csv` crate reads it (property test below).

use std::collections::VecDeque;
use std::io::{self, BufRead};

use crate::LineError;
use crate::lines::{Line, Lines};

/// A record: its first line and its cells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The number of its first line.
    pub(crate) line: u64,
    /// Its cells, as bytes.
    pub(crate) cells: Vec<Vec<u8>>,
}

/// Splits lines into records.
#[derive(Debug)]
pub(crate) struct Records<R> {
    lines: Lines<R>,
    delimiter: u8,
    max_record_bytes: usize,
    /// Lines of a refused record, to be looked at again.
    waiting: VecDeque<Line>,
    /// Lines up to this one were looked at twice already.
    second_look_until: u64,
}

impl<R: BufRead> Records<R> {
    pub(crate) const fn new(lines: Lines<R>, delimiter: u8, max_record_bytes: usize) -> Self {
        Self {
            lines,
            delimiter,
            max_record_bytes,
            waiting: VecDeque::new(),
            second_look_until: 0,
        }
    }

    /// Sets what stands between cells from the next record on.
    pub(crate) const fn delimit(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The next line as it stands, without taking it; `None` at the end or when it is too long.
    pub(crate) fn peek_line(&mut self) -> io::Result<Option<&[u8]>> {
        if self.waiting.is_empty() {
            let Some(line) = self.lines.next()? else {
                return Ok(None);
            };
            self.waiting.push_back(line);
        }
        Ok(self.waiting.front().and_then(|line| line.bytes.as_deref()))
    }

    /// Takes the next line away.
    pub(crate) fn skip_line(&mut self) -> io::Result<()> {
        self.next_line().map(drop)
    }

    /// The next record that is not blank, or why the record of a line was refused.
    pub(crate) fn next(&mut self) -> io::Result<Option<Result<Record, LineError>>> {
        loop {
            let Some(first) = self.next_line()? else {
                return Ok(None);
            };
            if first.bytes.as_deref().is_some_and(is_blank) {
                continue;
            }
            return self.record(first).map(Some);
        }
    }

    fn record(&mut self, first: Line) -> io::Result<Result<Record, LineError>> {
        let start = first.number;
        let mut parser = Parser::new(self.delimiter);
        let mut taken = Vec::new();
        let mut n_bytes = 0;
        let mut next = Some(first);
        loop {
            let Some(line) = next else {
                let why = "a quote that opens in this record is never closed";
                return Ok(Err(self.refuse(start, taken, why)));
            };
            let Some(bytes) = &line.bytes else {
                let why = if line.number == start {
                    format!("longer than {} bytes", self.max_record_bytes)
                } else {
                    "a quote that opens in this record does not close before a line that is too \
                     long"
                        .to_owned()
                };
                taken.push(line);
                return Ok(Err(self.refuse(start, taken, &why)));
            };
            n_bytes += bytes.len();
            let state = parser.feed(bytes);
            taken.push(line);
            match state {
                State::Complete => {
                    return Ok(Ok(Record {
                        line: start,
                        cells: parser.cells,
                    }));
                }
                State::Malformed => {
                    let why = "a quote closes in the middle of a cell; write a quote inside a \
                               quoted cell twice, or close the one that opens here";
                    return Ok(Err(self.refuse(start, taken, why)));
                }
                State::Open if n_bytes > self.max_record_bytes => {
                    let why = format!(
                        "longer than {} bytes; perhaps a quote that opens here is never closed",
                        self.max_record_bytes
                    );
                    return Ok(Err(self.refuse(start, taken, &why)));
                }
                State::Open => next = self.next_line()?,
            }
        }
    }

    /// Refuses the record; the lines after its first wait for a second look, unless they had it.
    fn refuse(&mut self, start: u64, taken: Vec<Line>, why: &str) -> LineError {
        let last = taken.last().map_or(start, |line| line.number);
        let mut dropped_until = start;
        for line in taken.into_iter().skip(1).rev() {
            if line.number > self.second_look_until {
                self.waiting.push_front(line);
            } else {
                dropped_until = dropped_until.max(line.number);
            }
        }
        self.second_look_until = self.second_look_until.max(last);
        let why = if dropped_until > start {
            format!("{why} (lines {start} to {dropped_until} are refused together)")
        } else {
            why.to_owned()
        };
        LineError { line: start, why }
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        match self.waiting.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Where a record stands after a line.
enum State {
    Complete,
    Open,
    Malformed,
}

/// Reads one record, a line at a time.
struct Parser {
    delimiter: u8,
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
    place: Place,
}

/// Where the next byte stands.
#[derive(Clone, Copy)]
enum Place {
    CellStart,
    Plain,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of two.
    Quote,
}

impl Parser {
    const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            cells: Vec::new(),
            cell: Vec::new(),
            place: Place::CellStart,
        }
    }

    fn feed(&mut self, line: &[u8]) -> State {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        for &byte in content {
            match (self.place, byte) {
                (Place::CellStart, b'"') => self.place = Place::Quoted,
                (Place::CellStart | Place::Plain | Place::Quote, byte)
                    if byte == self.delimiter =>
                {
                    self.cells.push(std::mem::take(&mut self.cell));
                    self.place = Place::CellStart;
                }
                (Place::CellStart | Place::Plain, byte) => {
                    self.cell.push(byte);
                    self.place = Place::Plain;
                }
                (Place::Quoted, b'"') => self.place = Place::Quote,
                (Place::Quoted, byte) => self.cell.push(byte),
                (Place::Quote, b'"') => {
                    self.cell.push(b'"');
                    self.place = Place::Quoted;
                }
                (Place::Quote, _) => return State::Malformed,
            }
        }
        if matches!(self.place, Place::Quoted) {
            self.cell.extend_from_slice(&line[content.len()..]);
            return State::Open;
        }
        self.cells.push(std::mem::take(&mut self.cell));
        State::Complete
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records(input: &[u8], limit: usize) -> Vec<Result<Record, LineError>> {
        let mut records = Records::new(Lines::new(input, limit), b',', limit);
        let mut found = Vec::new();
        while let Some(record) = records.next().unwrap() {
            found.push(record);
        }
        found
    }

    /// `line[cell|cell]`, or `line!why` up to the first five words.
    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        let found: Vec<String> = records(input.as_bytes(), 64)
            .into_iter()
            .map(|record| match record {
                Ok(record) => {
                    let cells: Vec<_> = record
                        .cells
                        .iter()
                        .map(|cell| String::from_utf8_lossy(cell))
                        .collect();
                    format!("{}[{}]", record.line, cells.join("|"))
                }
                Err(error) => {
                    let words: Vec<&str> = error.why.split(' ').take(4).collect();
                    format!("{}!{}", error.line, words.join(" "))
                }
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cells_and_quotes() {
        check("a,b\nc,d", &["1[a|b]", "2[c|d]"]);
        check("a,b\r\nc,d\r\n", &["1[a|b]", "2[c|d]"]);
        check("\"a,1\",b\n", &["1[a,1|b]"]);
        check("\"a\"\"b\",\"\"\n", &["1[a\"b|]"]);
        check("5\" wide,b\n", &["1[5\" wide|b]"]);
        check(",,\n", &["1[||]"]);
    }

    #[test]
    fn a_quoted_cell_runs_over_lines() {
        check("\"a\nb\r\nc\",d\ne,f\n", &["1[a\nb\r\nc|d]", "4[e|f]"]);
    }

    #[test]
    fn blank_lines_are_skipped() {
        check("\na,b\n  \n\r\nc,d\n", &["2[a|b]", "5[c|d]"]);
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        check(
            "a,\"b\nc,\"d\"\ne,f\n",
            &["1!a quote closes in", "2[c|d]", "3[e|f]"],
        );
        check("a,\"b\nc,d\n", &["1!a quote that opens", "2[c|d]"]);
        let long = format!("a,\"b\n{}", "c,d\n".repeat(40));
        let found = records(long.as_bytes(), 64);
        assert_eq!(found.iter().filter(|record| record.is_err()).count(), 1);
        assert_eq!(found.len(), 41);
    }

    #[test]
    fn a_line_beyond_the_limit_is_refused() {
        let long = format!("a,{}\nb,c\n", "x".repeat(80));
        check(&long, &["1!longer than 64 bytes", "2[b|c]"]);
        let after_open = format!("a,\"b\n{}\nb,c\n", "x".repeat(80));
        check(
            &after_open,
            &["1!a quote that opens", "2!longer than 64 bytes", "3[b|c]"],
        );
    }

    #[test]
    fn no_line_is_looked_at_a_third_time() {
        // Open after each line, whether it was open before or not.
        let hostile = "x\",\",y\n".repeat(20_000);
        let found = records(hostile.as_bytes(), 4096);
        assert!(found.len() > 1);
        assert!(found.len() < 2_000, "{} refusals", found.len());
        assert!(found.iter().all(Result::is_err));
    }

    proptest! {
        #[test]
        fn reads_as_the_csv_crate_does(
            rows in proptest::collection::vec(
                proptest::collection::vec("[ab,;\"\n\r é]{0,6}", 2..4), 0..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let written = writer.into_inner().unwrap();
            let ours: Vec<Vec<String>> = records(&written, 1 << 20)
                .into_iter()
                .map(|record| {
                    let cells = record.unwrap().cells;
                    cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect()
                })
                .collect();
            let oracle: Vec<Vec<String>> = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(written.as_slice())
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(&ours, &oracle);
            prop_assert_eq!(ours, rows);
        }
    }
}
