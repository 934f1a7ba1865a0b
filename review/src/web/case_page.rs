//! A case: what its listings say, what the rules made of it, why they are linked, and the form to
//! decide.
//!
//! Facts (quoted from the listings) and inferences (findings of rules) stand apart. No picture is
//! shown, and a phone number only where it stands in a listing's text.
//!
//! Who: roles that may see the case's lane. The look is recorded in the transaction that reads.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use model::{
    AuditAction, AuditObject, CaseId, Disposition, DispositionReason, Gate, Lane, Link, ListingId,
    ListingState, Permission,
};
use store::{CaseFile, CaseMember, Priority, StoreError};

use super::badge::{band_badge, lane_badge};
use super::layout::{self, moment};
use super::member::{self, anchor};
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
            let view = View {
                state,
                visit,
                words: visit.words,
                reader,
                file: &file,
                told,
                entered,
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

pub(super) struct View<'a> {
    pub(super) state: &'a ReviewState,
    pub(super) visit: &'a Visit,
    pub(super) words: &'static Words,
    pub(super) reader: &'a Reader,
    pub(super) file: &'a CaseFile,
    pub(super) told: Told,
    pub(super) entered: &'a Entered,
}

impl View<'_> {
    fn page(&self) -> Html<String> {
        let words = self.words;
        let id = &self.file.case.triaged.id;
        let body = html! {
            (self.head())
            (self.message())
            p.notice role="note" { (words.proves_nothing) }
            div.case {
                div.evidence {
                    (self.why())
                    (self.listings())
                    (self.links())
                    (self.timeline())
                }
                aside.decide aria-labelledby="decide" {
                    (self.form())
                    (self.decisions())
                }
            }
        };
        let title = format!("{} {id}", words.case);
        layout::page(self.visit, Some(self.reader), &title, body)
    }

    fn head(&self) -> Markup {
        let words = self.words;
        let case = &self.file.case;
        let triaged = &case.triaged;
        html! {
            nav.back aria-label=(words.back) {
                a href={ "/queue?lane=" (triaged.lane) "&state=" (case.state) } { "← " (words.to_queue) }
                a.to-decision href="#decide" { (words.to_decision) " ↓" }
            }
            header.case-head {
                h1 { (words.case) " " (triaged.id) }
                p.facts {
                    (lane_badge(words, triaged.lane, triaged.hard_minor)) " "
                    (band_badge(words, triaged.band)) " "
                    span { ((words.n_points)(triaged.points)) } " "
                    span { ((words.n_listings)(triaged.members.len())) } " "
                    span.badge { ((words.case_state)(case.state)) } " "
                    span { (words.waits) " " time datetime=(case.opened_at) {
                        (waiting(words, case, self.state.now()))
                    } }
                }
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
        html! { p.message.error[is_error] role=(role) { (said) } }
    }

    /// Which listings raised the case and by which clause of the gate.
    fn why(&self) -> Markup {
        let words = self.words;
        let triaged = &self.file.case.triaged;
        let indicators: Vec<&str> = triaged.indicators.iter().map(|id| id.0.as_str()).collect();
        html! {
            section aria-labelledby="why" {
                h2 #why { (words.why_here) }
                p { ((words.raised_by)(triaged.raised_by.len(), triaged.members.len())) }
                ul {
                    @for member in self.raising() {
                        @if let Some(Gate::Open { clause, rules }) = gate(member) {
                            li {
                                a href={ "#" (anchor(&member.listing.id)) } { (member.listing.id) }
                                ": " ((words.clause)(clause)) " "
                                span.quiet {
                                    "(" (rules.iter().map(|rule| rule.0.as_str())
                                        .collect::<Vec<_>>().join(", ")) ")"
                                }
                            }
                        }
                    }
                }
                dl.inline {
                    div {
                        dt { (words.kinds_of_evidence) }
                        dd {
                            (triaged.kinds.iter().map(|kind| (words.kind)(*kind))
                                .collect::<Vec<_>>().join(", "))
                        }
                    }
                    div {
                        dt { (words.indicators) }
                        dd { (indicators.join(", ")) }
                    }
                }
            }
        }
    }

    fn raising(&self) -> impl Iterator<Item = &CaseMember> {
        let raised_by = &self.file.case.triaged.raised_by;
        self.file
            .members
            .iter()
            .filter(move |member| raised_by.contains(&member.listing.id))
    }

    /// The members of this page: those that raised the case first, the highest score first.
    fn listings(&self) -> Markup {
        let words = self.words;
        let mut members: Vec<&CaseMember> = self.file.members.iter().collect();
        members.sort_by_cached_key(|member| {
            let raised = self.raised(&member.listing.id);
            let points = member.assessment.as_ref().map_or(0, |it| it.score.total);
            (!raised, -points, member.listing.id.clone())
        });
        let begin = self
            .visit
            .asked("after")
            .and_then(|key| {
                members
                    .iter()
                    .position(|member| anchor(&member.listing.id) == key)
            })
            .map_or(0, |at| at + 1);
        let per_page = self.state.options.members_per_page;
        let shown = members.iter().skip(begin).take(per_page);
        let rest = members.len().saturating_sub(begin + per_page);
        let last = members.get((begin + per_page).saturating_sub(1));
        let beyond = self
            .file
            .case
            .triaged
            .members
            .len()
            .saturating_sub(members.len());
        let context = member::Context {
            words,
            here: &self.file.members,
            signals_shown: self.state.options.signals_shown,
        };
        let case = &self.file.case.triaged.id;
        html! {
            section aria-labelledby="listings" {
                h2 #listings { (words.what_listings_say) }
                (member::legend(words))
                @for (at, member) in shown.enumerate() {
                    (context.member(member, self.raised(&member.listing.id), at == 0))
                }
                @if beyond > 0 { p.quiet { ((words.n_members_not_read)(beyond)) } }
                @if begin > 0 || rest > 0 {
                    nav.paging aria-label=(words.paging) {
                        @if begin > 0 { a.button href={ "/case/" (case) } { (words.first_page) } }
                        @if let (Some(last), true) = (last, rest > 0) {
                            a.button rel="next"
                                href={ "/case/" (case) "?after=" (anchor(&last.listing.id)) "#listings" } {
                                ((words.next_listings)(rest))
                            }
                        }
                    }
                }
            }
        }
    }

    fn raised(&self, listing: &ListingId) -> bool {
        self.file.case.triaged.raised_by.contains(listing)
    }

    fn links(&self) -> Markup {
        let words = self.words;
        let mut links: Vec<&Link> = self.file.links.iter().collect();
        links.sort();
        let limit = self.state.options.links_shown;
        let more = links.len().saturating_sub(limit);
        html! {
            section aria-labelledby="links" {
                h2 #links { (words.why_linked) }
                @if links.is_empty() {
                    p { (words.no_links) }
                } @else {
                    div.scroll tabindex="0" role="group" aria-labelledby="links" {
                        table {
                            thead {
                                tr {
                                    th scope="col" { (words.listing) }
                                    th scope="col" { (words.listing) }
                                    th scope="col" { (words.link_reason) }
                                }
                            }
                            tbody {
                                @for link in links.iter().take(limit) {
                                    tr {
                                        td { (self.listing_link(&link.a)) }
                                        td { (self.listing_link(&link.b)) }
                                        td { ((words.link)(link.kind, link.measure)) }
                                    }
                                }
                            }
                        }
                    }
                    @if more > 0 { p.quiet { ((words.n_more)(more)) } }
                }
            }
        }
    }

    fn listing_link(&self, id: &ListingId) -> Markup {
        html! { a href={ "#row-" (anchor(id)) } { (id) } }
    }

    /// When and where each listing was seen, the earliest first.
    fn timeline(&self) -> Markup {
        let words = self.words;
        let mut members: Vec<&CaseMember> = self.file.members.iter().collect();
        let posted = |member: &CaseMember| member.version.as_ref().and_then(|it| it.posted_at);
        members.sort_by_cached_key(|member| {
            let began = posted(member).unwrap_or(member.listing.first_seen);
            (began, member.listing.id.clone())
        });
        html! {
            section aria-labelledby="timeline" {
                h2 #timeline { (words.timeline) }
                div.scroll tabindex="0" role="group" aria-labelledby="timeline" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (words.listing) }
                                th scope="col" { (words.site) }
                                th scope="col" { (words.town) }
                                th scope="col" { (words.posted) }
                                th scope="col" { (words.first_seen) }
                                th scope="col" { (words.last_seen) }
                                th scope="col" { (words.online) }
                            }
                        }
                        tbody {
                            @for member in members {
                                @let listing = &member.listing;
                                tr id={ "row-" (anchor(&listing.id)) } {
                                    th scope="row" { (listing.id) }
                                    td { (listing.site) }
                                    td {
                                        (member.version.as_ref()
                                            .and_then(|version| version.city.as_deref())
                                            .unwrap_or("–"))
                                    }
                                    td {
                                        @match posted(member) {
                                            Some(at) => (moment(at)),
                                            None => "–",
                                        }
                                    }
                                    td { (moment(listing.first_seen)) }
                                    td { (moment(listing.last_seen)) }
                                    td {
                                        (match listing.state {
                                            ListingState::Live => words.still_online,
                                            ListingState::Gone => words.gone,
                                        })
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn gate(member: &CaseMember) -> Option<&Gate> {
    Some(&member.assessment.as_ref()?.gate)
}
