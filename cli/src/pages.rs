//! The review pages as commands start them: a socket, its address, and an end on Ctrl-C.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use review::ReviewState;
use store::Handle;
use tokio::net::TcpListener;

use crate::error::ErrorContext;
use crate::{CliError, Config, Context};

/// Binds the socket of the review pages. Port 0 takes a free one.
///
/// # Errors
/// When the port is taken or may not be bound; the message names the way out.
pub(crate) async fn listen(address: IpAddr, port: u16) -> Result<TcpListener, CliError> {
    let socket = SocketAddr::new(address, port);
    TcpListener::bind(socket).await.context(|| {
        format!(
            "cannot serve the review pages on `{socket}` (choose another port, or 0 for a free one)"
        )
    })
}

/// What the pages work with.
///
/// # Errors
/// When an option of the configuration cannot be used.
pub(crate) fn state(
    context: &Context,
    config: &Config,
    store: Handle,
    public_origin: Option<String>,
) -> Result<Arc<ReviewState>, CliError> {
    let mut options = config.review_limits.options();
    if let Some(origin) = public_origin {
        options.address = review::Address::Public { origin };
    }
    let state = ReviewState::new(
        store,
        Arc::clone(&context.clock),
        Arc::clone(&context.entropy),
        options,
    )
    .context(|| "cannot open the review pages".to_owned())?;
    Ok(Arc::new(state))
}
