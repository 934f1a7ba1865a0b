//! A crawl as a person sees it while it runs: a bar a site, on a terminal.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crawler::{CrawlEvent, Observer};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use model::SiteId;
use store::UrlKind;

use crate::Messages;

/// The bars of a round; without a terminal it draws nothing and failures still go to the log.
pub(crate) struct CrawlProgress {
    all: Option<MultiProgress>,
    bars: Mutex<BTreeMap<SiteId, Bar>>,
}

struct Bar {
    drawn: ProgressBar,
    n_listings: u64,
    n_photos: u64,
    n_refused: u64,
}

impl Bar {
    /// One address more. Addresses of earlier rounds are visited too, though nobody offered them in
    /// this one: the whole is never less than what was done of it.
    fn advance(&self) {
        self.drawn.inc(1);
        let n_visited = self.drawn.position();
        if self.drawn.length().is_some_and(|length| length < n_visited) {
            self.drawn.set_length(n_visited);
        }
    }
}

impl CrawlProgress {
    /// Bars on standard error when it is a terminal and notes are wanted.
    pub(crate) fn new(messages: Messages) -> Self {
        Self {
            all: messages.may_move().then(MultiProgress::new),
            bars: Mutex::new(BTreeMap::new()),
        }
    }

    fn with_bar(&self, site: &SiteId, change: impl FnOnce(&mut Bar)) {
        let Some(all) = &self.all else {
            return;
        };
        let mut bars = self.bars.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bars.entry(site.clone()).or_insert_with(|| Bar {
            drawn: all.add(
                ProgressBar::new(0)
                    .with_style(style())
                    .with_prefix(site.to_string()),
            ),
            n_listings: 0,
            n_photos: 0,
            n_refused: 0,
        });
        change(bar);
        bar.drawn.set_message(format!(
            "{} listings, {} photos hashed, {} refused by robots",
            bar.n_listings, bar.n_photos, bar.n_refused
        ));
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{prefix:14} {bar:24} {pos:>4}/{len:4} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("█▉▊▋▌▍▎▏ ")
}

impl Observer for CrawlProgress {
    fn event(&self, event: &CrawlEvent) {
        match event {
            CrawlEvent::SiteStarted { site } => self.with_bar(site, |_| {}),
            CrawlEvent::Offered { site, n_new } => {
                self.with_bar(site, |bar| bar.drawn.inc_length(u64::from(*n_new)));
            }
            CrawlEvent::Visited { site, kind, .. } => self.with_bar(site, |bar| {
                bar.advance();
                if *kind == UrlKind::Listing {
                    bar.n_listings += 1;
                }
            }),
            CrawlEvent::RefusedByRobots { site } => self.with_bar(site, |bar| {
                bar.advance();
                bar.n_refused += 1;
            }),
            CrawlEvent::PhotoHashed { site } => self.with_bar(site, |bar| bar.n_photos += 1),
            CrawlEvent::SiteFinished { site } => self.with_bar(site, |bar| {
                bar.drawn.set_length(bar.drawn.position());
                bar.drawn.finish();
            }),
            CrawlEvent::Failed { site, reason } => {
                tracing::info!(site.id = %site, reason, "an address failed");
            }
            CrawlEvent::NotCrawled { site, host, reason } => {
                tracing::warn!(site.id = %site, host, reason, "a host was left alone");
            }
            CrawlEvent::Listing { .. } | CrawlEvent::ListingGone { .. } => {}
        }
    }
}
