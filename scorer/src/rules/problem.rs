//! What is wrong with a rule pack or a policy file, by file and line.

use std::fmt;

/// One thing that is wrong in one place, with the way out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as it was handed in.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right; lowercase, no full stop.
    pub why: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.why)
    }
}

/// Everything that is wrong with a pack or policy. One broken file refuses the whole: a pack
/// without one of its rules would score silently otherwise than its author thinks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.problems))]
pub struct PackError {
    /// All problems, in ascending order; never empty.
    pub problems: Vec<Problem>,
}

impl PackError {
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        Self { problems }
    }
}

fn lines(problems: &[Problem]) -> String {
    let written: Vec<String> = problems.iter().map(ToString::to_string).collect();
    written.join("\n")
}
