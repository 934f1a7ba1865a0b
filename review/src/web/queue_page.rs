//! The queue: cases by lane and priority, a page at a time.
//!
//! Who: every role that may see the queue; the minor lane only for those who may see its cases.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use model::{
    AuditAction, AuditObject, Case, CaseId, CaseState, Lane, Permission, Timestamp, Triaged,
};
use store::{Priority, QueueQuery, StoreError};

use super::badge::{band_badge, lane_badge, lane_sign};
use super::layout;
use super::problem::{Problem, Refusal, refused};
use super::session::Reader;
use super::state::ReviewState;
use super::visit::Visit;
use super::words::Words;

/// The lanes of which cases are made, most urgent first.
const LANES: [Lane; 4] = [
    Lane::Minor,
    Lane::VictimHelp,
    Lane::Recruitment,
    Lane::Organised,
];

/// The states of which there are lists; a withdrawn case is in none.
const STATES: [CaseState; 3] = [CaseState::Open, CaseState::Held, CaseState::Decided];

type Counts = BTreeMap<(Lane, CaseState), u64>;

/// What is asked for: one lane or all, one state.
#[derive(Clone, Copy)]
struct Filter {
    lane: Option<Lane>,
    state: CaseState,
}

impl Filter {
    fn asked(visit: &Visit) -> Self {
        Self {
            lane: visit
                .asked("lane")
                .and_then(Lane::from_name)
                .filter(|lane| LANES.contains(lane)),
            state: visit
                .asked("state")
                .and_then(CaseState::from_name)
                .filter(|state| STATES.contains(state))
                .unwrap_or(CaseState::Open),
        }
    }

    fn address(self) -> String {
        let lane = self.lane.map_or("all", Lane::name);
        format!("/queue?lane={lane}&state={}", self.state)
    }
}

/// `GET /queue?lane=…&state=…&after=…`
pub(super) async fn show(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    reader: Reader,
) -> Result<Response, Refusal> {
    let refuse = |problem| Refusal::new(&visit, problem);
    let filter = Filter::asked(&visit);
    let lanes: Vec<Lane> = LANES
        .into_iter()
        .filter(|lane| *lane != Lane::Minor || reader.may(Permission::SeeMinorCase))
        .collect();
    let object = AuditObject::Queue(filter.lane.map_or("all", Lane::name).to_owned());
    let allowed =
        reader.may(Permission::SeeQueue) && filter.lane.is_none_or(|lane| lanes.contains(&lane));
    if !allowed {
        let permission = match filter.lane {
            Some(Lane::Minor) if reader.may(Permission::SeeQueue) => Permission::SeeMinorCase,
            _ => Permission::SeeQueue,
        };
        return Err(refused(&state, &visit, &reader, permission, object).await);
    }

    let page_rows = state.options.page_rows;
    let query = QueueQuery {
        lanes: lanes
            .iter()
            .copied()
            .filter(|lane| filter.lane.is_none_or(|asked| asked == *lane))
            .collect(),
        states: vec![filter.state],
        after: visit.asked("after").and_then(|id| CaseId::new(id).ok()),
        limit: page_rows.saturating_add(1),
    };
    let further = query.after.is_some();
    let look = state.audit(&reader.user.name, AuditAction::Consult, object, "review");
    let (mut cases, counts) = state
        .store
        .write(Priority::Interactive, move |tx| {
            Ok((tx.queue(&query, &look)?, tx.case_counts()?))
        })
        .await
        .map_err(|error| match error {
            // The case that the page before ended with, or one that somebody typed.
            StoreError::Unknown { .. } => refuse(Problem::NotFound),
            error => refuse(Problem::broken("read the queue", &error)),
        })?;
    let rows = page_rows as usize;
    let next = (cases.len() > rows).then(|| cases.truncate(rows));
    let next = next.and(cases.last()).map(|case| case.triaged.id.clone());

    let place = Place {
        visit: &visit,
        filter,
        lanes: &lanes,
        counts: &counts,
        now: state.now(),
        further,
    };
    Ok(page(&place, &reader, &cases, next.as_ref()).into_response())
}

struct Place<'a> {
    visit: &'a Visit,
    filter: Filter,
    lanes: &'a [Lane],
    counts: &'a Counts,
    now: Timestamp,
    further: bool,
}

fn page(place: &Place<'_>, reader: &Reader, cases: &[Case], next: Option<&CaseId>) -> Html<String> {
    let words = place.visit.words;
    let body = html! {
        h1 { (words.queue) }
        div.queue {
            (lanes(place))
            section.cases aria-labelledby="cases" {
                h2 #cases {
                    (place.filter.lane.map_or(words.all_lanes, |lane| (words.lane)(lane)))
                }
                (states(place))
                @if cases.is_empty() {
                    p.empty { (if place.further { words.queue_end } else { words.queue_empty }) }
                } @else {
                    (table(words, cases, place.now))
                }
                @if place.further || next.is_some() {
                    nav.paging aria-label=(words.paging) {
                        @if place.further {
                            a.button href=(place.filter.address()) { (words.first_page) }
                        }
                        @if let Some(next) = next {
                            a.button rel="next" href={ (place.filter.address()) "&after=" (next) } {
                                (words.next_page)
                            }
                        }
                    }
                }
            }
        }
    };
    layout::page(place.visit, Some(reader), words.queue, body)
}

fn lanes(place: &Place<'_>) -> Markup {
    let words = place.visit.words;
    let count = |lane: Lane| count(place.counts, lane, place.filter.state);
    let all: u64 = place.lanes.iter().copied().map(count).sum();
    let choices = std::iter::once((None, words.all_lanes, all)).chain(
        place
            .lanes
            .iter()
            .map(|lane| (Some(*lane), (words.lane)(*lane), count(*lane))),
    );
    html! {
        nav.lanes aria-label=(words.lanes) {
            ul {
                @for (lane, name, count) in choices {
                    @let target = Filter { lane, ..place.filter };
                    li {
                        a href=(target.address())
                            aria-current=[(lane == place.filter.lane).then_some("page")] {
                            @if let Some(lane) = lane { (lane_sign(lane)) }
                            span.name { (name) }
                            span.count { (count) }
                        }
                    }
                }
            }
        }
    }
}

fn states(place: &Place<'_>) -> Markup {
    let words = place.visit.words;
    html! {
        nav.states aria-label=(words.states) {
            ul {
                @for state in STATES {
                    @let count: u64 = place.lanes.iter()
                        .filter(|lane| place.filter.lane.is_none_or(|asked| asked == **lane))
                        .map(|lane| count(place.counts, *lane, state))
                        .sum();
                    li {
                        a href=(Filter { state, ..place.filter }.address())
                            aria-current=[(state == place.filter.state).then_some("page")] {
                            span.name { ((words.case_state)(state)) }
                            span.count { (count) }
                        }
                    }
                }
            }
        }
    }
}

fn count(counts: &Counts, lane: Lane, state: CaseState) -> u64 {
    counts.get(&(lane, state)).copied().unwrap_or_default()
}

fn table(words: &Words, cases: &[Case], now: Timestamp) -> Markup {
    html! {
            div.scroll tabindex="0" role="group" aria-labelledby="cases" {
                table {
                    thead {
                        tr {
                            th scope="col" { (words.case) }
                            th scope="col" { (words.lane_heading) }
                            th scope="col" { (words.band_heading) }
                            th scope="col" { (words.found_heading) }
                            th.number scope="col" { (words.listings) }
                            th scope="col" { (words.waits) }
                        }
                    }
                    tbody {
                        @for case in cases {
                            tr {
                                th scope="row" {
                                    a href={ "/case/" (case.triaged.id) } { (case.triaged.id) }
                                }
                                td { (lane_badge(words, case.triaged.lane, case.triaged.hard_minor)) }
                                td {
                                    (band_badge(words, case.triaged.band)) " "
                                    span.quiet { (case.triaged.points) }
                                }
                                td.what {
    (found(words, &case.triaged)) " "
                                    span.quiet {
                                        "· "
                                        (case.triaged.kinds.iter().map(|kind| (words.kind)(*kind))
                                            .collect::<Vec<_>>().join(", "))
                                    }
                                }
                                td.number { (case.triaged.members.len()) }
                                td {
                                    time datetime=(case.opened_at) { (waiting(words, case, now)) }
                                }
                            }
                        }
                    }
                }
            }
        }
}

/// The indicators of a case by name, those first that its lane is about.
fn found(words: &Words, triaged: &Triaged) -> String {
    // The groups of the catalogue: M minors, R recruitment and extortion, C control by others.
    let lead = match triaged.lane {
        Lane::Minor => 'M',
        Lane::Recruitment | Lane::VictimHelp => 'R',
        _ => 'C',
    };
    let mut indicators: Vec<&str> = triaged.indicators.iter().map(|id| id.0.as_str()).collect();
    indicators.sort_by_key(|id| !id.starts_with(lead));
    let names: Vec<&str> = indicators
        .into_iter()
        .map(|id| (words.indicator)(id))
        .collect();
    names.join("; ")
}

/// How long the case has been there, in the largest whole unit.
pub(super) fn waiting(words: &Words, case: &Case, now: Timestamp) -> String {
    let minutes = now.as_ms().saturating_sub(case.opened_at.as_ms()).max(0) / 60_000;
    (words.duration)(minutes.unsigned_abs())
}
