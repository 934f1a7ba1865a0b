//! The exit codes of `contract.md`. The one list.

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCode {
    /// Done.
    Done,
    /// Failed; what was wrong stands on standard error.
    Failed,
    /// The command line is wrong.
    Usage,
    /// Done, but some lines or pages were refused; each is named on standard error.
    Refused,
}

impl ExitCode {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::Failed, Self::Usage, Self::Refused];

    /// The number that the system is told.
    pub const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Refused => 3,
        }
    }

    /// What it means, for the manual.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Usage => "wrong usage",
            Self::Refused => {
                "done, but some input lines or pages were refused (each named on standard error)"
            }
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}
