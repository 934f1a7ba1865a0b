//! The HTTP client: nothing automatic, no name resolved but the one a permit pinned.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::error::CrawlError;
use crate::limits::FetchLimits;

/// Idle connections of a host that are kept for its next request.
const IDLE_CONNECTIONS: usize = 1;
/// How long they are kept: longer than most delays, shorter than most servers' patience.
const IDLE_MS: u64 = 30_000;

/// Names that may be resolved just now, and to what. Given to the client as its resolver: a socket
/// that no permit pinned cannot be opened.
#[derive(Clone, Default)]
pub(super) struct Pins(Arc<Mutex<BTreeMap<String, Vec<IpAddr>>>>);

/// A name that is pinned while this lives.
pub(super) struct Pin {
    pins: Pins,
    name: String,
    address: IpAddr,
}

impl Pins {
    pub(super) fn pin(&self, name: &str, address: IpAddr) -> Pin {
        let mut pins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pins.entry(name.to_owned()).or_default().push(address);
        Pin {
            pins: self.clone(),
            name: name.to_owned(),
            address,
        }
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut pins = self.pins.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(addresses) = pins.get_mut(&self.name) {
            if let Some(at) = addresses
                .iter()
                .position(|address| *address == self.address)
            {
                addresses.remove(at);
            }
            if addresses.is_empty() {
                pins.remove(&self.name);
            }
        }
    }
}

impl Resolve for Pins {
    fn resolve(&self, name: Name) -> Resolving {
        let pinned = {
            let pins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            pins.get(name.as_str()).and_then(|all| all.last().copied())
        };
        Box::pin(async move {
            let address = pinned.ok_or("no permit pinned this name")?;
            // Port 0 is replaced by the address's own.
            let addresses: Addrs = Box::new(std::iter::once(SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

pub(super) fn client(limits: &FetchLimits, pins: Pins) -> Result<reqwest::Client, CrawlError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .dns_resolver(pins)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .connect_timeout(Duration::from_millis(limits.head_ms))
        .http1_max_headers(limits.headers)
        .http2_max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .pool_idle_timeout(Duration::from_millis(IDLE_MS))
        .build()
        .map_err(|error| CrawlError::Client(error.to_string()))
}

/// TLS 1.2 and 1.3 with ring and the system's trust roots. Where the system has none, nothing is
/// trusted: `https` fails, loopback works.
fn tls() -> Result<rustls::ClientConfig, CrawlError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = || {
        rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| CrawlError::Client(error.to_string()))
    };
    let mut config = match builder()?.with_platform_verifier() {
        Ok(builder) => builder.with_no_client_auth(),
        Err(error) => {
            tracing::warn!(%error, "no trust roots on this system: https sites cannot be visited");
            builder()?
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth()
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
