//! The review pages as commands start them.

use std::net::SocketAddr;
use std::sync::Arc;

use review::{Options, ReviewState};
use store::Handle;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::error::ErrorContext;
use crate::{CliError, Config, Context};

/// The review pages on a socket that is bound but not yet served.
pub(crate) struct Pages {
    listener: TcpListener,
    state: Arc<ReviewState>,
    /// Where people on this machine find them, `http://127.0.0.1:8517/`.
    pub(crate) address: String,
}

impl Pages {
    /// Binds the socket; port 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken or may not be bound, or an option cannot be used; the message names
    /// the way out.
    pub(crate) async fn open(
        context: &Context,
        config: &Config,
        store: Handle,
        socket: SocketAddr,
    ) -> Result<Self, CliError> {
        let taken = || {
            format!(
                "cannot serve the review pages on `{socket}` (choose another port, or 0 for a \
                 free one)"
            )
        };
        let listener = TcpListener::bind(socket).await.context(taken)?;
        let address = format!("http://{}/", listener.local_addr().context(taken)?);
        let options: Options = config
            .review_limits
            .limits(config.review.address(), config.review.password_cost());
        let (clock, entropy) = (Arc::clone(&context.clock), Arc::clone(&context.entropy));
        let state =
            tokio::task::spawn_blocking(move || ReviewState::new(store, clock, entropy, options))
                .await?
                .context(|| "cannot open the review pages".to_owned())?;
        Ok(Self {
            listener,
            state: Arc::new(state),
            address,
        })
    }

    /// Serves them until `stop` is true.
    ///
    /// # Errors
    /// When the socket fails.
    pub(crate) async fn serve(self, mut stop: watch::Receiver<bool>) -> Result<(), CliError> {
        let until = async move {
            // An error means that the sender is gone: then, too, it is over.
            let _ = stop.wait_for(|stop| *stop).await;
        };
        review::serve(self.listener, self.state, until)
            .await
            .context(|| "the review pages failed".to_owned())
    }
}
