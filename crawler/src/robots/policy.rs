//! What an answer to `/robots.txt` means, and the pass for one address.

use model::Timestamp;
use store::StoredRobots;
use url::Url;

use super::rules::{Reading, RobotsTxt};
use crate::PRODUCT_TOKEN;

/// Longest life of a copy: 24 hours (RFC 9309 section 2.4).
const LIFE_MS: i64 = 24 * 3_600_000;
/// Life of a failed attempt, so that a host in trouble is asked again soon but not at once. Ten
/// minutes: our own choice.
const FAILED_LIFE_MS: i64 = 10 * 60_000;

/// What a host's robots.txt lets us do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RobotsPolicy {
    /// The file's rules.
    Rules(RobotsTxt),
    /// There is no file: everything is allowed (RFC 9309 section 2.3.1.3).
    AllowAll,
    /// The file could not be had: nothing is allowed (RFC 9309 section 2.3.1.4).
    Closed {
        /// Why, for people.
        reason: String,
    },
    /// The host shut the file away: nothing is fetched until the operator has looked.
    AskOperator {
        /// 401 or 403.
        status: u16,
    },
}

/// Whether an address may be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RobotsVerdict {
    /// It may.
    Allowed(RobotsPass),
    /// A rule forbids it.
    Forbidden {
        /// The line of the rule, from 1.
        line: usize,
    },
    /// Nothing of the host may be fetched now.
    Closed {
        /// Why, for people.
        reason: String,
    },
}

/// A verdict that allows one address. Made by [`RobotsPolicy::verdict`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotsPass {
    url: Url,
}

impl RobotsPass {
    /// For robots.txt itself and the redirects on the way to it, which no robots.txt governs.
    pub(crate) const fn for_robots_txt(url: Url) -> Self {
        Self { url }
    }

    /// The address that it is good for.
    pub const fn url(&self) -> &Url {
        &self.url
    }
}

impl RobotsPolicy {
    /// What the answer means.
    pub fn of(stored: &StoredRobots) -> Self {
        match stored.http_status {
            Some(200..=299) => Self::Rules(RobotsTxt::parse(&stored.body)),
            Some(status @ (401 | 403)) => Self::AskOperator { status },
            // 429 is a 4xx by number only: the host says that it is too busy.
            Some(429) => Self::Closed {
                reason: "robots.txt was answered with 429, too many requests".to_owned(),
            },
            Some(400..=499) => Self::AllowAll,
            Some(status) => Self::Closed {
                reason: format!("robots.txt was answered with {status}"),
            },
            None => Self::Closed {
                reason: "robots.txt could not be fetched".to_owned(),
            },
        }
    }

    /// Until when the answer counts.
    pub fn good_until(stored: &StoredRobots) -> Timestamp {
        let life = match Self::of(stored) {
            Self::Rules(_) | Self::AllowAll | Self::AskOperator { .. } => LIFE_MS,
            Self::Closed { .. } => FAILED_LIFE_MS,
        };
        stored.fetched_at.plus_ms(life)
    }

    /// Whether this address may be fetched. Both readings are asked; the stricter counts.
    pub fn verdict(&self, url: &Url) -> RobotsVerdict {
        let robots = match self {
            Self::AllowAll => return RobotsVerdict::Allowed(RobotsPass { url: url.clone() }),
            Self::Closed { reason } => {
                return RobotsVerdict::Closed {
                    reason: reason.clone(),
                };
            }
            Self::AskOperator { status } => {
                return RobotsVerdict::Closed {
                    reason: format!(
                        "robots.txt was answered with {status}: the operator must ask the site \
                         before anything is fetched"
                    ),
                };
            }
            Self::Rules(robots) => robots,
        };
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        for reading in [Reading::Rfc, Reading::Google] {
            let decision = robots.decide(reading, PRODUCT_TOKEN, &path);
            if !decision.allowed {
                return RobotsVerdict::Forbidden {
                    line: decision.line.unwrap_or_default(),
                };
            }
        }
        RobotsVerdict::Allowed(RobotsPass { url: url.clone() })
    }

    /// The delay that it asks of us.
    pub fn crawl_delay_ms(&self) -> Option<u64> {
        match self {
            Self::Rules(robots) => robots.crawl_delay_ms(PRODUCT_TOKEN),
            _ => None,
        }
    }

    /// The sitemaps that it names, as written.
    pub fn sitemaps(&self) -> &[String] {
        match self {
            Self::Rules(robots) => robots.sitemaps(),
            _ => &[],
        }
    }
}
