//! Statements that a cue makes by itself: what they have in common.
//!
//! Place in the flow: asked by the detectors of single statements, each a file beside this one. A
//! statement that needs to know of whom it speaks asks `ages/subject.rs` besides.

use model::{Observed, Signal, Statement};

use super::lexicon::{Hit, Kind};
use super::reading::{Passage, Reading};

/// A statement and the cues for it.
pub(super) struct Cued {
    /// What is said.
    pub(super) statement: Statement,
    /// The rows of cues that say it.
    pub(super) cue: Kind,
    /// The rows of near misses: a cue that shares a byte with one is refused, with its note as the
    /// reason.
    pub(super) near_miss: Kind,
}

/// Bytes before a cue in which a near miss that covers it may begin: more than any cue has.
const NEAR_MISS_BYTES: usize = 96;

/// Why a cue says nothing in a listing of another trade.
pub(super) const OTHER_TRADE: &str = "listing about something else";

impl Cued {
    /// Adds every statement that the cues make, and what was refused.
    pub(super) fn detect(&self, reading: &Reading<'_>, found: &mut Vec<Signal>) {
        for passage in &reading.passages {
            for hit in self.hits(passage) {
                let range = hit.start..hit.end;
                let refused = if reading.is_other_trade() {
                    Some(OTHER_TRADE)
                } else {
                    self.near_miss(passage, hit)
                };
                found.push(match refused {
                    Some(reason) => passage.refusal(
                        self.statement.name(),
                        &passage.flat[range.clone()],
                        reason,
                        range,
                    ),
                    None => passage.signal(Observed::Statement(self.statement), range),
                });
            }
        }
    }

    /// The cues of a passage, the longest of those that overlap.
    pub(super) fn hits<'p>(&self, passage: &'p Passage<'_>) -> Vec<&'p Hit> {
        let mut hits: Vec<&Hit> = passage.hits_of(self.cue).collect();
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let mut free_from = 0;
        hits.retain(|hit| {
            let is_free = hit.start >= free_from;
            if is_free {
                free_from = hit.end;
            }
            is_free
        });
        hits
    }

    /// Why this cue is a near miss, if it is one.
    pub(super) fn near_miss(&self, passage: &Passage<'_>, hit: &Hit) -> Option<&'static str> {
        let from = hit.start.saturating_sub(NEAR_MISS_BYTES);
        passage
            .hits_in(from..hit.end)
            .iter()
            .find(|other| other.kind == self.near_miss && hit.start < other.end)
            .map(|other| other.note)
    }
}
