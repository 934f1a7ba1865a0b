use crate::Timestamp;

/// Where the time comes from. `cli` hands in the system's clock, or one that begins at `--as-of`;
/// nobody else reads one.
pub trait Clock: Send + Sync {
    /// The moment it is now.
    fn now(&self) -> Timestamp;
}

/// A clock that stands still, for tests.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Where randomness comes from: keys, nonces, session tokens. `cli` hands in the system's source.
pub trait Entropy: Send + Sync {
    /// Fills the bytes with random ones.
    ///
    /// # Errors
    /// The system's message when it has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String>;
}
