//! `waaklicht crawl`: visits the configured sites, politely, and makes cases of what is found.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use crawler::SiteProfile;
use pipeline::Stages;
use tokio::sync::watch;

use super::Run;
use crate::message::{counted, grouped};
use crate::progress::CrawlProgress;
use crate::stages::{Profiles, profiles, stages};
use crate::{CliError, Context, ExitCode, Messages, interrupt};

/// Visit the configured sites and make cases of what is found.
///
/// Only sites with a profile are visited, and a profile without a legal ground, or past its review
/// date, is refused. What is due is visited once; a run that was stopped goes on where it was.
#[derive(Debug, Args)]
pub(crate) struct Crawl {
    /// The sites, by the names in their profiles; all of them without a name.
    #[arg(value_name = "SITE")]
    sites: Vec<String>,

    /// Go on: begin another round when the last one is over.
    #[arg(long)]
    follow: bool,
}

impl Run for Crawl {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let found = fit_profiles(context, &config, &self.sites)?;
        let store = context.store(&config)?;
        let stages = stages(context, &config, store.clone())?;
        let pause = Duration::from_secs(config.crawl.pause_seconds);
        let crawled = context.runtime()?.block_on(async {
            let stop = interrupt::watched(|| {})?;
            let mut clean = true;
            loop {
                clean &= round(context.messages, &stages, &found.fit, &stop).await?;
                if !self.follow || is_over(&stop, pause).await {
                    return Ok::<_, CliError>(clean);
                }
            }
        });
        store.shutdown();
        let clean = crawled? && found.refused.is_empty();
        Ok(if clean {
            ExitCode::Done
        } else {
            ExitCode::Refused
        })
    }
}

/// The profiles that may be used; those refused are named on standard error.
///
/// # Errors
/// When none is left.
pub(crate) fn fit_profiles(
    context: &Context,
    config: &crate::Config,
    wanted: &[String],
) -> Result<Profiles, CliError> {
    let found = profiles(context, config, wanted)?;
    for problem in &found.refused {
        context.messages.refused(problem);
    }
    if found.fit.is_empty() {
        return Err(CliError::failed(
            "every site profile was refused; no site is visited",
        ));
    }
    Ok(found)
}

/// Crawls and links once, and says what came of it. Whether no page was refused or failed.
///
/// # Errors
/// When the store fails.
pub(crate) async fn round(
    messages: Messages,
    stages: &Stages,
    profiles: &[SiteProfile],
    stop: &watch::Receiver<bool>,
) -> Result<bool, CliError> {
    let report = stages
        .crawl(
            profiles,
            Arc::new(CrawlProgress::new(messages)),
            stop.clone(),
        )
        .await?;
    let mut clean = true;
    for (site, found) in &report.sites {
        for left in &found.not_crawled {
            messages.refused(format!("{site}: {}: {}", left.host, left.reason));
        }
        for failure in &found.failures {
            messages.refused(format!("{site}: {}: {}", failure.url, failure.reason));
        }
        clean &= found.not_crawled.is_empty() && found.n_failures == 0;
    }
    let total = report.total();
    messages.note(format!(
        "{} ({} refused by robots.txt): {} new, {} changed, {} unchanged, {} gone; {} hashed",
        counted(total.requests, "request", "requests"),
        grouped(total.refused_by_robots),
        counted(total.listings_new, "listing", "listings"),
        grouped(total.listings_changed),
        grouped(total.listings_unchanged),
        grouped(total.listings_gone),
        counted(total.photos, "photo", "photos"),
    ));
    if report.stopped {
        messages.note("stopped; the next run goes on from here");
        return Ok(clean);
    }
    let linked = stages.relink().await?.report;
    messages.note(format!(
        "{} linked and assessed; cases: {} opened, {} renewed, {} reopened, {} withdrawn",
        counted(linked.n_listings, "listing", "listings"),
        linked.cases.opened,
        linked.cases.renewed,
        linked.cases.reopened,
        linked.cases.withdrawn,
    ));
    Ok(clean)
}

/// Waits for the next round; whether somebody asked to stop instead.
pub(crate) async fn is_over(stop: &watch::Receiver<bool>, pause: Duration) -> bool {
    let mut stop = stop.clone();
    tokio::time::timeout(pause, async move {
        if stop.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    })
    .await
    .is_ok()
}
