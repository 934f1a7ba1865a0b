//! How often somebody may try to sign in: so many times a minute for one name, and for all names
//! together. Names are kept as digests, for a minute, in memory.
//!
//! Invariant: the list never holds more than the attempts of one minute (test below).

use std::collections::VecDeque;

use model::{Digest, Timestamp};

const WINDOW_MS: i64 = 60_000;

/// The attempts of the last minute.
pub(super) struct Attempts {
    per_name: usize,
    in_all: usize,
    recent: VecDeque<(Timestamp, Digest)>,
}

impl Attempts {
    pub(super) const fn new(per_name: usize, in_all: usize) -> Self {
        Self {
            per_name,
            in_all,
            recent: VecDeque::new(),
        }
    }

    /// Counts an attempt, whether it will succeed or not. `false`: too many, and not counted.
    pub(super) fn admit(&mut self, name: &str, now: Timestamp) -> bool {
        let still_counts = |at: Timestamp| now.as_ms().saturating_sub(at.as_ms()) < WINDOW_MS;
        while self
            .recent
            .front()
            .is_some_and(|(at, _)| !still_counts(*at))
        {
            self.recent.pop_front();
        }
        let name = Digest::of(name.as_bytes());
        let for_name = self
            .recent
            .iter()
            .filter(|(_, known)| *known == name)
            .count();
        if for_name >= self.per_name || self.recent.len() >= self.in_all {
            return false;
        }
        self.recent.push_back((now, name));
        true
    }
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn each_name_has_its_own_limit_and_all_together_one() {
        let mut attempts = Attempts::new(2, 3);
        let at = Timestamp::from_ms;
        assert!(attempts.admit("ans", at(0)));
        assert!(attempts.admit("ans", at(1)));
        assert!(!attempts.admit("ans", at(2)), "a third time in a minute");
        assert!(attempts.admit("bob", at(3)));
        assert!(!attempts.admit("cor", at(4)), "a fourth attempt in all");
        assert_eq!(attempts.recent.len(), 3);
        assert!(
            attempts.admit("ans", at(60_000)),
            "the first one is a minute old"
        );
        assert!(!attempts.admit("ans", at(60_000)));
        assert!(attempts.admit("ans", at(120_000)));
        assert_eq!(attempts.recent.len(), 1, "older ones are forgotten");
    }
}
