//! Lanes and bands as words with a sign of their own, so that neither is told by colour alone.

use maud::{Markup, html};
use model::{Band, Lane};

use super::words::Words;

/// A lane with its sign, and whether a hard minor finding is in it.
pub(super) fn lane_badge(words: &Words, lane: Lane, hard: bool) -> Markup {
    html! {
        span class={ "badge lane-" (lane) } { (lane_sign(lane)) ((words.lane)(lane)) }
        @if hard { " " span.badge.hard { (words.hard) } }
    }
}

pub(super) fn lane_sign(lane: Lane) -> Markup {
    let sign = match lane {
        Lane::Minor => "▲",
        Lane::VictimHelp => "✚",
        Lane::Recruitment => "◆",
        Lane::Organised => "●",
        Lane::Spam | Lane::Door | Lane::None => "○",
    };
    html! { span class={ "sign lane-" (lane) } aria-hidden="true" { (sign) } }
}

/// A band as a word with so many of three bars filled.
pub(super) fn band_badge(words: &Words, band: Band) -> Markup {
    let bars = match band {
        Band::None => "▱▱▱",
        Band::Low => "▰▱▱",
        Band::Medium => "▰▰▱",
        Band::High => "▰▰▰",
    };
    html! {
        span class={ "band band-" (band) } {
            span.bars aria-hidden="true" { (bars) } " " ((words.band)(band))
        }
    }
}
