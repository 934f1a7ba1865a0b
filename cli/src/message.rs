//! What is said to a person, on standard error.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use crate::CliError;
use crate::args::Color;
use crate::system;

/// The way to standard error. Copies are one and the same.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    quiet: bool,
    coloured: bool,
    terminal: bool,
}

const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[33m";
const PLAIN: &str = "\x1b[0m";

impl Messages {
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            quiet,
            coloured: is_coloured(color, terminal),
            terminal,
        }
    }

    /// An error, `waaklicht: what: why`. Printed always.
    pub fn error(self, error: &CliError) {
        let (red, plain) = self.signs(RED);
        self.write(&format!("{red}waaklicht:{plain} {error}"));
    }

    /// A line of an input that was refused, or not read as a whole. Printed always.
    pub fn refused(self, line: impl Display) {
        let (yellow, plain) = self.signs(YELLOW);
        self.write(&format!("{yellow}{line}{plain}"));
    }

    /// Something that may be meant otherwise. Not printed when quiet.
    pub fn warn(self, line: impl Display) {
        if !self.quiet {
            self.refused(line);
        }
    }

    /// What was done. Not printed when quiet.
    pub fn note(self, line: impl Display) {
        if !self.quiet {
            self.write(&line.to_string());
        }
    }

    /// Whether bars that move may be drawn: on a terminal, and not when quiet.
    pub const fn may_move(self) -> bool {
        self.terminal && !self.quiet
    }

    /// Whether notes are printed at all.
    pub const fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Whether colour is wanted.
    pub const fn is_coloured(self) -> bool {
        self.coloured
    }

    fn signs(self, colour: &'static str) -> (&'static str, &'static str) {
        if self.coloured {
            (colour, PLAIN)
        } else {
            ("", "")
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "the one way to standard error goes through this type"
    )]
    fn write(self, line: &str) {
        // When standard error is closed there is nobody left to tell.
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }
}

/// Whether to colour what goes to this place.
pub(crate) fn is_coloured(color: Color, terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !matches!(system::variable("NO_COLOR"), Ok(Some(_))),
    }
}

/// A number with its thousands apart: `10,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 listing`, `2 listings`.
pub(crate) fn counted(number: u64, one: &str, more: &str) -> String {
    let word = if number == 1 { one } else { more };
    format!("{} {word}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(counted(1, "line", "lines"), "1 line");
        assert_eq!(counted(0, "line", "lines"), "0 lines");
    }
}
