//! The stages joined around one store: a crawl round, then linking and assessing.

use std::sync::Arc;

use crawler::{CrawlReport, Observer, SiteProfile};
use model::Clock;
use scorer::Scorer;
use store::Handle;
use tokio::sync::watch;

use crate::{LiveJudge, PipelineError, RelinkLimits, Relinked, relink};

/// What the stages share. Cheap to clone.
#[derive(Clone)]
pub struct Stages {
    /// Where everything is kept.
    pub store: Handle,
    /// The rule pack and the policy.
    pub scorer: Arc<Scorer>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Limits of the crawl.
    pub crawl: crawler::Limits,
    /// How listings are linked.
    pub linking: linker::Params,
    /// Limits of linking.
    pub relink: RelinkLimits,
}

impl Stages {
    /// Visits everything that is due on these sites, once. What a page says is assessed before its
    /// pictures are fetched; links wait for [`Stages::relink`].
    ///
    /// # Errors
    /// When the store fails or no client can be made; what a site does wrong stands in the report.
    pub async fn crawl(
        &self,
        profiles: &[SiteProfile],
        observer: Arc<dyn Observer>,
        stop: watch::Receiver<bool>,
    ) -> Result<CrawlReport, PipelineError> {
        let judge = LiveJudge::new(Arc::clone(&self.scorer), Arc::clone(&self.clock));
        let report = crawler::crawl(
            profiles,
            &self.store,
            Arc::new(judge),
            observer,
            Arc::clone(&self.clock),
            &self.crawl,
            stop,
        )
        .await?;
        Ok(report)
    }

    /// Links and assesses everything in the store, and hands the result to triage, on a thread of
    /// its own.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn relink(&self) -> Result<Relinked, PipelineError> {
        let stages = self.clone();
        let linking = tokio::task::spawn_blocking(move || {
            let as_of = stages.clock.now();
            relink(
                &stages.store,
                &stages.scorer,
                as_of,
                &stages.linking,
                stages.relink,
            )
        });
        match linking.await {
            Ok(result) => result,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(PipelineError::Stopped),
        }
    }
}
