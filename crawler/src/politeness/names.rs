//! Names to addresses, with a deadline.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::time::Duration;

/// What a lookup gives: addresses, or why there are none.
pub type Lookup<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, String>> + Send + 'a>>;

/// Where names are looked up. A trait so that tests can play a hostile name server.
pub trait Names: Send + Sync {
    /// The addresses of a name.
    fn look_up<'a>(&'a self, name: &'a str) -> Lookup<'a>;
}

/// The system's resolver.
#[derive(Clone, Copy, Debug)]
pub struct SystemNames {
    /// Longest time for one lookup.
    pub deadline_ms: u64,
}

impl Names for SystemNames {
    fn look_up<'a>(&'a self, name: &'a str) -> Lookup<'a> {
        Box::pin(async move {
            let deadline = Duration::from_millis(self.deadline_ms);
            match tokio::time::timeout(deadline, tokio::net::lookup_host((name, 0))).await {
                Err(_) => Err(format!("no address within {} ms", self.deadline_ms)),
                Ok(Err(error)) => Err(error.to_string()),
                Ok(Ok(found)) => Ok(found.map(|address: SocketAddr| address.ip()).collect()),
            }
        })
    }
}
