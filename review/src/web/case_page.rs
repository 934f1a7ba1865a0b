//! A case: why it is here, what its listings say, what the rules made of it, why they are linked,
//! and the form to decide.
//!
//! The page is a [`View`]; its parts stand in `case_why`, `member`, `case_links` and `case_form`.
//! Facts (quoted from the listings) and inferences (findings of rules) stand apart. No picture is
//! shown, and a phone number only where it stands in a listing's text.
//!
//! Who: roles that may see the case's lane. The look is recorded in the transaction that reads.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use model::{
    AuditAction, AuditObject, CaseId, CaseState, Disposition, DispositionReason, Lane, ListingId,
    Permission,
};
use store::{CaseFile, CaseMember, Priority, QueueQuery, StoreError};

use super::badge::{band_badge, lane_badge};
use super::layout;
use super::problem::{Problem, Refusal};
use super::queue_page::waiting;
use super::session::Reader;
use super::state::ReviewState;
use super::visit::Visit;
use super::words::Words;

/// What the page says above the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    Decided,
    Conflict,
    Incomplete,
    NoteTooLong,
}

/// What was entered in the form before, so that nobody has to type it again.
#[derive(Default)]
pub(super) struct Entered {
    pub(super) disposition: Option<Disposition>,
    pub(super) reason: Option<DispositionReason>,
    pub(super) note: String,
}

/// `GET /case/{id}`
pub(super) async fn show(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    Path(id): Path<String>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let id = CaseId::new(id).map_err(|_| Refusal::new(&visit, Problem::NotFound))?;
    let told = match visit.asked("decided") {
        Some(_) => Told::Decided,
        None => Told::Nothing,
    };
    let page = look(&state, &visit, &reader, &id, told, &Entered::default()).await?;
    Ok(page.into_response())
}

enum Looked {
    Seen(Box<CaseFile>),
    NoSuchCase,
    Refused,
}

/// Reads a case and records the look, or the refusal.
pub(super) async fn look(
    state: &ReviewState,
    visit: &Visit,
    reader: &Reader,
    id: &CaseId,
    told: Told,
    entered: &Entered,
) -> Result<Html<String>, Refusal> {
    let refuse = |problem| Refusal::new(visit, problem);
    let looked = read(state, reader, id.clone())
        .await
        .map_err(|error| refuse(Problem::broken("read a case", &error)))?;
    match looked {
        Looked::Seen(file) => {
            let next = match told {
                Told::Decided => next_case(state, reader, file.case.triaged.lane)
                    .await
                    .map_err(|error| refuse(Problem::broken("find the next case", &error)))?,
                _ => None,
            };
            let view = View {
                state,
                visit,
                words: visit.words,
                reader,
                file: &file,
                told,
                entered,
                next,
                shown: Shown::of(&file, visit.asked("after"), state.options.members_per_page),
            };
            Ok(view.page())
        }
        Looked::NoSuchCase => Err(refuse(Problem::NotFound)),
        Looked::Refused => Err(refuse(Problem::Forbidden)),
    }
}

async fn read(state: &ReviewState, reader: &Reader, id: CaseId) -> Result<Looked, StoreError> {
    let by = &reader.user.name;
    let row = |action, purpose| {
        let object = AuditObject::Case(id.clone());
        state.audit(by, action, object, purpose)
    };
    let consulted = row(AuditAction::Consult, "review");
    let refused_here = row(AuditAction::Refuse, Permission::SeeCase.name());
    let refused_minor = row(AuditAction::Refuse, Permission::SeeMinorCase.name());
    let may_here = reader.may(Permission::SeeCase);
    let may_minor = reader.may(Permission::SeeMinorCase);
    state
        .store
        .write(Priority::Interactive, move |tx| {
            let (may, refused) = match tx.case_lane(&id)? {
                None => return Ok(Looked::NoSuchCase),
                Some(Lane::Minor) => (may_minor, &refused_minor),
                Some(_) => (may_here, &refused_here),
            };
            if !may {
                tx.append_audit(refused)?;
                return Ok(Looked::Refused);
            }
            Ok(match tx.case_file(&id, &consulted)? {
                Some(file) => Looked::Seen(Box::new(file)),
                None => Looked::NoSuchCase,
            })
        })
        .await
}

/// The case that waits first in a lane, for somebody who has just decided one there.
async fn next_case(
    state: &ReviewState,
    reader: &Reader,
    lane: Lane,
) -> Result<Option<CaseId>, StoreError> {
    if !reader.may(Permission::SeeQueue) {
        return Ok(None);
    }
    let object = AuditObject::Queue(lane.name().to_owned());
    let look = state.audit(&reader.user.name, AuditAction::Consult, object, "review");
    let query = QueueQuery {
        lanes: vec![lane],
        states: vec![CaseState::Open],
        after: None,
        limit: 1,
    };
    let waiting = state
        .store
        .write(Priority::Interactive, move |tx| tx.queue(&query, &look))
        .await?;
    Ok(waiting.into_iter().next().map(|case| case.triaged.id))
}

/// The name of a listing's place on the page: a letter and hex digits.
pub(super) fn anchor(id: &ListingId) -> String {
    CaseId::of_listing(id).to_string()
}

/// The listings that stand on this page of a case.
pub(super) struct Shown<'a> {
    members: Vec<&'a CaseMember>,
    /// So many stand on pages before.
    n_before: usize,
    /// So many stand on pages after.
    n_after: usize,
}

impl<'a> Shown<'a> {
    /// Those that raised the case first, the highest score first. `after` is the place of the last
    /// one of the page before.
    fn of(file: &'a CaseFile, after: Option<&str>, per_page: usize) -> Self {
        let mut members: Vec<&CaseMember> = file.members.iter().collect();
        members.sort_by_cached_key(|member| {
            let raised = file.case.triaged.raised_by.contains(&member.listing.id);
            let points = member.assessment.as_ref().map_or(0, |it| it.score.total);
            (!raised, -points, member.listing.id.clone())
        });
        let last_before = after.and_then(|key| {
            members
                .iter()
                .position(|member| anchor(&member.listing.id) == key)
        });
        let n_before = last_before.map_or(0, |at| at + 1);
        let n_after = members.len().saturating_sub(n_before + per_page);
        Self {
            members: members.into_iter().skip(n_before).take(per_page).collect(),
            n_before,
            n_after,
        }
    }
}

pub(super) struct View<'a> {
    pub(super) state: &'a ReviewState,
    pub(super) visit: &'a Visit,
    pub(super) words: &'static Words,
    pub(super) reader: &'a Reader,
    pub(super) file: &'a CaseFile,
    pub(super) told: Told,
    pub(super) entered: &'a Entered,
    /// The case that waits next, once this one is decided.
    next: Option<CaseId>,
    shown: Shown<'a>,
}

impl View<'_> {
    fn page(&self) -> Html<String> {
        let words = self.words;
        let triaged = &self.file.case.triaged;
        let body = html! {
            nav.back aria-label=(words.back) {
                a href=(self.queue()) { "← " (words.to_queue) }
                a.to-decision href="#decide" { (words.to_decision) " ↓" }
            }
            (self.message())
            div.case {
                div.evidence {
                    (self.head())
                    (self.why())
                    (self.listings())
                    (self.links())
                    (self.timeline())
                }
                aside.decide aria-labelledby="decide" {
                    (self.decisions())
                    (self.form())
                }
            }
        };
        let title = format!("{} {}", words.case, triaged.id);
        layout::page(self.visit, Some(self.reader), &title, body)
    }

    /// The open cases of this case's lane.
    fn queue(&self) -> String {
        let lane = self.file.case.triaged.lane;
        format!("/queue?lane={lane}&state={}", CaseState::Open)
    }

    fn head(&self) -> Markup {
        let words = self.words;
        let case = &self.file.case;
        let triaged = &case.triaged;
        html! {
            header.case-head {
                h1 { (words.case) " " (triaged.id) }
                p.facts {
                    (lane_badge(words, triaged.lane, triaged.hard_minor)) " "
                    (band_badge(words, triaged.band)) " "
                    span {
                        @if triaged.members.len() > 1 { (words.up_to) " " }
                        ((words.n_points)(triaged.points))
                    } " "
                    span { ((words.n_listings)(triaged.members.len())) } " "
                    span.badge { ((words.case_state)(case.state)) } " "
                    @if matches!(case.state, CaseState::Open | CaseState::Held) {
                        span { (words.waits) " " time datetime=(case.opened_at) {
                            (waiting(words, case, self.state.now()))
                        } }
                    }
                }
                p.notice role="note" { (words.proves_nothing) }
            }
        }
    }

    fn message(&self) -> Markup {
        let words = self.words;
        let (said, is_error) = match self.told {
            Told::Nothing => return PreEscaped(String::new()),
            Told::Decided => (words.told_decided.to_owned(), false),
            Told::Conflict => (words.told_conflict.to_owned(), true),
            Told::Incomplete => (words.told_incomplete.to_owned(), true),
            Told::NoteTooLong => (
                (words.told_note_too_long)(self.state.options.note_limit_chars),
                true,
            ),
        };
        let role = if is_error { "alert" } else { "status" };
        html! {
            p.message.error[is_error] role=(role) {
                (said)
                @match (&self.next, self.told) {
                    (Some(next), _) => { " " a href={ "/case/" (next) } { (words.next_case) " →" } }
                    (None, Told::Decided) => { " " a href=(self.queue()) { (words.lane_is_done) " →" } }
                    (None, _) => {}
                }
            }
        }
    }

    pub(super) fn raised(&self, listing: &ListingId) -> bool {
        self.file.case.triaged.raised_by.contains(listing)
    }

    pub(super) fn is_on_page(&self, listing: &ListingId) -> bool {
        let mut shown = self.shown.members.iter();
        shown.any(|member| member.listing.id == *listing)
    }

    /// A listing by its id, with a link to its text or, where that stands on another page, to its
    /// line among the times; a plain word if it is not of this case.
    pub(super) fn link_to(&self, id: &ListingId) -> Markup {
        let is_member = || self.file.members.iter().any(|it| it.listing.id == *id);
        html! {
            @if self.is_on_page(id) {
                a href={ "#" (anchor(id)) } { (id) }
            } @else if is_member() {
                a href={ "#row-" (anchor(id)) } { (id) }
            } @else {
                (id)
            }
        }
    }

    /// The members of this page.
    fn listings(&self) -> Markup {
        let words = self.words;
        let shown = &self.shown;
        let triaged = &self.file.case.triaged;
        let beyond = triaged
            .members
            .len()
            .saturating_sub(self.file.members.len());
        html! {
            section aria-labelledby="listings" {
                h2 #listings { (words.what_listings_say) }
                (self.legend(&shown.members))
                @for (at, member) in shown.members.iter().enumerate() {
                    (self.member(member, at))
                }
                @if beyond > 0 { p.quiet { ((words.n_members_not_read)(beyond)) } }
                @if shown.n_before > 0 || shown.n_after > 0 {
                    nav.paging aria-label=(words.paging) {
                        @if shown.n_before > 0 {
                            a.button href={ "/case/" (triaged.id) } { (words.first_page) }
                        }
                        @if let (Some(last), true) = (shown.members.last(), shown.n_after > 0) {
                            a.button rel="next"
                                href={ "/case/" (triaged.id) "?after=" (anchor(&last.listing.id)) "#listings" } {
                                ((words.next_listings)(shown.n_after))
                            }
                        }
                    }
                }
            }
        }
    }
}
