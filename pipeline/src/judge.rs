//! The scorer as the crawler's judge: what a page says is assessed before its pictures are asked
//! for.

use std::sync::Arc;

use crawler::{Judge, Judgement};
use model::{Clock, Lane, LinkContext, ListingVersion};
use scorer::Scorer;

/// Assesses a listing as it comes in, by its text and fields alone; links are added when a round
/// is over ([`crate::relink`]).
pub struct LiveJudge {
    scorer: Arc<Scorer>,
    clock: Arc<dyn Clock>,
}

impl LiveJudge {
    /// A judge by this rule pack and policy.
    pub fn new(scorer: Arc<Scorer>, clock: Arc<dyn Clock>) -> Self {
        Self { scorer, clock }
    }
}

impl Judge for LiveJudge {
    fn judge(&self, version: &ListingVersion) -> Judgement {
        let alone = LinkContext::alone(self.clock.now());
        let assessment = self
            .scorer
            .assess(version, scorer::signals(version), &alone);
        // Spam needs no links, so its pictures are nobody's business. A hard minor finding is no
        // reason to leave them: hashed in memory and dropped, they lead to other listings with
        // the same picture, and nobody sees them.
        let wants_photos = assessment.score.lane != Lane::Spam;
        Judgement {
            assessment,
            wants_photos,
        }
    }
}
