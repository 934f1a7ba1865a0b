//! `waaklicht review`: the pages on which people read and decide.

use std::net::SocketAddr;

use clap::Args;

use super::Run;
use crate::pages::Pages;
use crate::{CliError, Config, Context, ExitCode, interrupt};

/// Serve the review pages, until Ctrl-C.
///
/// They are served on this machine only, unless the configuration says otherwise. `waaklicht user
/// add` says who may sign in.
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// Address and port, instead of `review.listen` in the configuration; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

impl Run for Review {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let config = context.config()?;
        let socket = socket(self.listen, &config)?;
        let store = context.store(&config)?;
        let served = context.runtime()?.block_on(async {
            let stop = interrupt::watched(|| {})?;
            let pages = Pages::open(context, &config, store.clone(), socket).await?;
            announce(context, &store, &pages).await?;
            pages.serve(stop).await
        });
        store.shutdown();
        served.map(|()| ExitCode::Done)
    }
}

/// Where the pages are served.
pub(crate) fn socket(stated: Option<SocketAddr>, config: &Config) -> Result<SocketAddr, CliError> {
    match stated {
        Some(socket) => Ok(socket),
        None => Ok(config.review.listen.parse()?),
    }
}

/// Says where the pages are, and when nobody may sign in yet.
pub(crate) async fn announce(
    context: &Context,
    store: &store::Handle,
    pages: &Pages,
) -> Result<(), CliError> {
    let n_users = store.read(|tx: &mut dyn store::Tx| tx.n_users()).await?;
    if n_users == 0 {
        context.messages.warn(
            "nobody may sign in yet: end this and run `waaklicht user add NAME --role reviewer`",
        );
    }
    context
        .messages
        .note(format!("review pages: {}", pages.address));
    Ok(())
}
