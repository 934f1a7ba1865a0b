//! The only place where two stages meet: scan, crawl to case, re-score.

mod error;
mod items;
pub mod scan;

pub use error::PipelineError;
pub use items::item;
