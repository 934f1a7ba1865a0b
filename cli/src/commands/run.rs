//! `waaklicht run`: crawls, links and serves the review pages in one process.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;

use super::crawl::{fit_profiles, is_over, round};
use super::review::{announce, socket};
use crate::pages::Pages;
use crate::stages::stages;
use crate::{CliError, Context, ExitCode, interrupt};

/// Crawl the configured sites and serve the review pages, until Ctrl-C.
///
/// The way to run on SQLite, which one process writes at a time: a round of crawling and linking,
/// a pause, and the next round, while people read and decide.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Address and port of the review pages, instead of `review.listen` in the configuration.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

impl super::Run for Run {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let socket = socket(self.listen, &config)?;
        let found = fit_profiles(context, &config, &[])?;
        let store = context.store(&config)?;
        let stages = stages(context, &config, store.clone())?;
        let pause = Duration::from_secs(config.crawl.pause_seconds);
        let ran = context.runtime()?.block_on(async {
            let stop = interrupt::watched(|| {})?;
            let pages = Pages::open(context, &config, store.clone(), socket).await?;
            announce(context, &store, &pages).await?;
            let rounds = async {
                loop {
                    round(context.messages, &stages, &found.fit, &stop).await?;
                    if is_over(&stop, pause).await {
                        return Ok::<(), CliError>(());
                    }
                }
            };
            tokio::try_join!(pages.serve(stop.clone()), rounds).map(|_| ())
        });
        store.shutdown();
        ran.map(|()| ExitCode::Done)
    }
}
