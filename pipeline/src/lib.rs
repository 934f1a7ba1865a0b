//! The only place where two stages meet: scan, crawl to case, re-score.
