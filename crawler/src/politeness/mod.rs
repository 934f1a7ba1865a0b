//! The one gate through which every request passes: robots.txt, sitemaps, redirects, photos and
//! retries too.
//!
//! A [`Permit`] is good for one request. While it lives, nobody else gets one for the same host or
//! the same address. The delay to the next is counted from the arrival of the answer's head (or
//! from the error), as the server sees it: counted from dispatch, 8.8 % of the intervals were too
//! short at 2,000 hosts (measured).
//!
//! Invariant: between two requests to a host, and to an address, lies at least the delay. Tests
//! count at the server.
//! Invariant: the moment of the next request is stored before this one is sent, late enough to
//! hold when the process dies in between.
//! Invariant: the address that is connected to is the one that was checked: the permit carries it.

mod names;
mod public_address;

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::{Clock, Timestamp};
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until};
use url::{Host, Url};

use crate::address::host_key;
use crate::limits::Limits;
use crate::robots::RobotsPass;
pub(crate) use public_address::may_connect;

pub use names::{Lookup, Names, SystemNames};

/// Slots above which those that nobody waits for are forgotten.
const SLOTS_LIMIT: usize = 50_000;

/// Makes permits.
pub struct Politeness {
    slots: Mutex<BTreeMap<String, Slot>>,
    all_hosts: DefaultDirectRateLimiter,
    names: Arc<dyn Names>,
    clock: Arc<dyn Clock>,
    head_ms: u64,
}

/// When a host or an address may next be asked; `None`: now.
type Slot = Arc<tokio::sync::Mutex<Option<Instant>>>;

/// How a site wants to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Time between two requests.
    pub delay_ms: u64,
    /// Whether loopback addresses may be connected to.
    pub allow_loopback: bool,
}

/// Where the moment of the next request is kept before this one is sent.
pub trait AccessLog: Send + Sync {
    /// Keeps it.
    ///
    /// The error, for people, means that nothing may be sent.
    fn note<'a>(
        &'a self,
        next_permitted: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;
}

/// Keeps nothing: for single requests by hand (`site try`), where there is no store.
#[derive(Clone, Copy, Debug)]
pub struct NoAccessLog;

impl AccessLog for NoAccessLog {
    fn note<'a>(
        &'a self,
        _: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Why there is no permit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermitError {
    /// The address has no host.
    #[error("address without a host")]
    NoHost,
    /// Its name has no address.
    #[error("name cannot be resolved: {0}")]
    Unresolved(String),
    /// The port is one of another service (mail, names, files).
    #[error("port {0} is refused: web pages stand at 80, 443 and from 1024 on")]
    Port(u16),
    /// None of its addresses is public.
    #[error("host has no public address: private, loopback and special addresses are refused")]
    NotPublic,
    /// The moment of the next request could not be kept.
    #[error("next access could not be stored: {0}")]
    NotStored(String),
}

/// The right to send one request. Made by [`Politeness::permit`] only.
///
/// ```
/// # async fn show(fetcher: crawler::Fetcher, request: crawler::Request, permit: crawler::Permit) {
/// fetcher.fetch(permit, request).await;
/// # }
/// ```
///
/// A fetch without a permit does not compile:
///
/// ```compile_fail,E0061
/// # async fn show(fetcher: crawler::Fetcher, request: crawler::Request, permit: crawler::Permit) {
/// fetcher.fetch(request).await;
/// # }
/// ```
///
/// Nor does a second one under the same permit:
///
/// ```compile_fail,E0382
/// # async fn show(fetcher: crawler::Fetcher, request: crawler::Request, permit: crawler::Permit) {
/// fetcher.fetch(permit, request.clone()).await;
/// fetcher.fetch(permit, request).await;
/// # }
/// ```
///
/// And nobody else can make one:
///
/// ```compile_fail,E0451
/// # fn show(permit: crawler::Permit, url: url::Url) {
/// let other = crawler::Permit { url, ..permit };
/// # }
/// ```
pub struct Permit {
    url: Url,
    address: SocketAddr,
    allow_loopback: bool,
    delay: Duration,
    host: OwnedMutexGuard<Option<Instant>>,
    peer: OwnedMutexGuard<Option<Instant>>,
    counted: bool,
}

impl Permit {
    /// The address that may be asked for.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Where to connect.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) const fn allow_loopback(&self) -> bool {
        self.allow_loopback
    }

    /// The head has arrived, or the request has failed: the delay begins.
    pub(crate) fn count_from_now(&mut self) {
        let next = Some(Instant::now() + self.delay);
        *self.host = (*self.host).max(next);
        *self.peer = (*self.peer).max(next);
        self.counted = true;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if !self.counted {
            self.count_from_now();
        }
    }
}

impl Politeness {
    /// A gate. One for the whole process: two would not know of each other.
    pub fn new(names: Arc<dyn Names>, clock: Arc<dyn Clock>, limits: &Limits) -> Self {
        let per_second = NonZeroU32::new(limits.requests_per_second).unwrap_or(NonZeroU32::MIN);
        let burst = NonZeroU32::MIN;
        Self {
            slots: Mutex::default(),
            all_hosts: RateLimiter::direct(Quota::per_second(per_second).allow_burst(burst)),
            names,
            clock,
            head_ms: limits.fetch.head_ms,
        }
    }

    /// Waits until the address of the pass may be asked for. Dropping the future gives up the
    /// place.
    ///
    /// # Errors
    /// When it may not be asked for at all.
    pub async fn permit(
        &self,
        pass: RobotsPass,
        pace: Pace,
        log: &dyn AccessLog,
    ) -> Result<Permit, PermitError> {
        let url = pass.url().clone();
        let key = host_key(&url).ok_or(PermitError::NoHost)?;
        let host = self.slot(format!("host {key}")).lock_owned().await;
        let address = self.checked_address(&url, pace.allow_loopback).await?;
        let peer = self.slot(peer_key(address)).lock_owned().await;
        if let Some(next) = (*host).max(*peer) {
            sleep_until(next).await;
        }
        self.all_hosts.until_ready().await;
        let held_ms = pace.delay_ms.saturating_add(self.head_ms);
        let next = self.clock.now().plus_ms(saturating_ms(held_ms));
        log.note(next).await.map_err(PermitError::NotStored)?;
        Ok(Permit {
            url,
            address,
            allow_loopback: pace.allow_loopback,
            delay: Duration::from_millis(pace.delay_ms),
            host,
            peer,
            counted: false,
        })
    }

    /// Lets nobody ask the host before so much time has passed.
    pub async fn hold(&self, host: &str, wait_ms: i64) {
        let wait = Duration::from_millis(u64::try_from(wait_ms).unwrap_or_default());
        let slot = self.slot(format!("host {host}"));
        let mut next = slot.lock().await;
        *next = (*next).max(Some(Instant::now() + wait));
    }

    /// How long the host must still be left alone; `None` while a request is under way, whose
    /// answer will say.
    pub fn wait_ms(&self, host: &str) -> Option<i64> {
        let slot = self.slot(format!("host {host}"));
        let next = *slot.try_lock().ok()?;
        Some(next.map_or(0, |next| {
            let left = next.saturating_duration_since(Instant::now());
            // Rounded up: a stored moment must not come before the one that is waited for here.
            i64::try_from(left.as_micros().div_ceil(1_000)).unwrap_or(i64::MAX)
        }))
    }

    fn slot(&self, key: String) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= SLOTS_LIMIT {
            let now = Instant::now();
            slots.retain(|_, slot| {
                let is_over = slot
                    .try_lock()
                    .is_ok_and(|next| next.is_none_or(|next| next <= now));
                !(is_over && Arc::strong_count(slot) == 1)
            });
        }
        Arc::clone(slots.entry(key).or_default())
    }

    /// Where to connect: an address of the host that is allowed, IPv4 first, the smallest of its
    /// kind, so that a host is met at one address and its delay is counted there.
    async fn checked_address(
        &self,
        url: &Url,
        allow_loopback: bool,
    ) -> Result<SocketAddr, PermitError> {
        let port = url.port_or_known_default().ok_or(PermitError::NoHost)?;
        if !matches!(port, 80 | 443 | 1024..) {
            return Err(PermitError::Port(port));
        }
        let mut found = match url.host().ok_or(PermitError::NoHost)? {
            Host::Ipv4(address) => vec![IpAddr::V4(address)],
            Host::Ipv6(address) => vec![IpAddr::V6(address)],
            Host::Domain(name) => self
                .names
                .look_up(name)
                .await
                .map_err(PermitError::Unresolved)?,
        };
        if found.is_empty() {
            return Err(PermitError::Unresolved("no address".to_owned()));
        }
        found.retain(|address| may_connect(*address, allow_loopback));
        let address = found.into_iter().min().ok_or(PermitError::NotPublic)?;
        Ok(SocketAddr::new(address, port))
    }
}

/// Servers on one machine share their machine, so the delay is by address; on loopback, where
/// every test has the same one, by address and port.
fn peer_key(address: SocketAddr) -> String {
    if address.ip().is_loopback() {
        format!("peer {address}")
    } else {
        format!("peer {}", address.ip())
    }
}

fn saturating_ms(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
