//! The only place where two stages meet: scan, crawl to case, re-score.
//!
//! Two entrances. [`scan`] takes files and needs no store. [`Stages`] joins the stages around a
//! store: a crawl round, in which each page is judged as it comes in ([`LiveJudge`]), then
//! linking, assessing and triage of everything ([`relink`]). Both turn signals into what linking
//! compares by the same [`item`].

mod error;
mod items;
mod judge;
mod relink;
pub mod scan;
mod stages;

pub use error::PipelineError;
pub use items::item;
pub use judge::LiveJudge;
pub use relink::{GroupReport, RelinkLimits, RelinkReport, Relinked, relink};
pub use stages::Stages;
