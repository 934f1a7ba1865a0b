//! The system's clock, randomness and environment: the only file that asks for them.

use std::env::VarError;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use directories::ProjectDirs;
use model::{Clock, Entropy, Timestamp};

use crate::CliError;

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the time enters; everything else takes a `Clock`"
    )]
    fn now(&self) -> Timestamp {
        let since_epoch = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        Timestamp::from_ms(since_epoch)
    }
}

/// A clock that is set to a moment when it is made and runs on from there: `--as-of`. One that stood
/// still would let no lease, no session and no interval between two visits ever end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SetClock {
    ahead_ms: i64,
}

impl SetClock {
    /// Set to this moment now.
    pub(crate) fn to(moment: Timestamp) -> Self {
        let ahead_ms = moment.as_ms().saturating_sub(SystemClock.now().as_ms());
        Self { ahead_ms }
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus_ms(self.ahead_ms)
    }
}

/// The system's randomness.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where randomness enters; everything else takes an `Entropy`"
    )]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String> {
        getrandom::fill(bytes).map_err(|error| error.to_string())
    }
}

/// An environment variable; empty is the same as unset.
pub(crate) fn variable(name: &str) -> Result<Option<String>, CliError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the environment enters"
    )]
    let value = std::env::var(name);
    match value {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(CliError::usage(format!(
            "the variable `{name}` is not UTF-8"
        ))),
    }
}

/// Where this system keeps configuration and data of programs.
pub(crate) struct Folders {
    /// `~/.config/waaklicht` on Linux, `~/Library/Application Support/waaklicht` on macOS.
    pub(crate) config: PathBuf,
    /// `~/.local/share/waaklicht` on Linux, the same as for configuration on macOS.
    pub(crate) data: PathBuf,
}

/// The folders of this user; `None` for a user without a home.
pub(crate) fn folders() -> Option<Folders> {
    let folders = ProjectDirs::from("", "", "waaklicht")?;
    Some(Folders {
        config: folders.config_dir().to_path_buf(),
        data: folders.data_dir().to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_runs_in_this_century() {
        assert!((2024..2100).contains(&SystemClock.now().year()));
    }

    #[test]
    fn a_clock_that_is_set_runs_on() {
        let moment = Timestamp::from_ms(1_000_000);
        let clock = SetClock::to(moment);
        let first = clock.now();
        assert!((0..60_000).contains(&(first.as_ms() - moment.as_ms())));
        while clock.now() == first {
            std::thread::yield_now();
        }
        assert!(clock.now() > first);
    }

    #[test]
    fn two_draws_differ() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        SystemEntropy.fill(&mut one).unwrap();
        SystemEntropy.fill(&mut other).unwrap();
        assert_ne!(one, other);
    }
}
