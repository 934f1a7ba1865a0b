//! Reads a body under its caps.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::Failure;
use crate::limits::FetchLimits;
use crate::warc::Truncated;

/// A body as far as it was read.
pub(super) struct Received {
    pub(super) bytes: Vec<u8>,
    pub(super) end: End,
}

/// How reading ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    TooLarge,
    Failed(Failure),
}

impl End {
    pub(super) const fn truncated(&self) -> Option<Truncated> {
        match self {
            Self::Whole => None,
            Self::TooLarge => Some(Truncated::Length),
            Self::Failed(Failure::BodyTimeout | Failure::TooSlow) => Some(Truncated::Time),
            Self::Failed(_) => Some(Truncated::Disconnect),
        }
    }
}

pub(super) async fn read(mut response: Response, limits: &FetchLimits) -> Received {
    let deadline = Instant::now() + Duration::from_millis(limits.body_ms);
    let window = Duration::from_millis(limits.rate_window_ms);
    let least = limits
        .body_bytes_per_second
        .saturating_mul(limits.rate_window_ms)
        / 1_000;
    let (mut window_end, mut in_window) = (Instant::now() + window, 0_u64);
    let mut bytes = Vec::new();
    let end = loop {
        let next = timeout_at(deadline.min(window_end), response.chunk()).await;
        match next {
            Ok(Ok(None)) => break End::Whole,
            Ok(Err(_)) => break End::Failed(Failure::Broken),
            Ok(Ok(Some(chunk))) => {
                in_window = in_window.saturating_add(chunk.len() as u64);
                let room = limits.body_bytes - bytes.len();
                bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    break End::TooLarge;
                }
            }
            Err(_) if Instant::now() >= deadline => break End::Failed(Failure::BodyTimeout),
            Err(_) => {}
        }
        if Instant::now() >= deadline {
            break End::Failed(Failure::BodyTimeout);
        }
        if Instant::now() >= window_end {
            if in_window < least {
                break End::Failed(Failure::TooSlow);
            }
            (window_end, in_window) = (Instant::now() + window, 0);
        }
    };
    Received { bytes, end }
}
