//! What holds the listings of a case together, and where and when each was seen.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use model::{Link, LinkKind, ListingId, ListingState};
use store::CaseMember;

use super::case_page::{View, anchor};
use super::layout::moment;

/// A table of more pairs than this is folded.
const PAIRS_OPEN: usize = 12;

impl View<'_> {
    /// How many listings each kind of link joins; below, which pairs.
    pub(super) fn links(&self) -> Markup {
        let words = self.words;
        let n_members = self.file.case.triaged.members.len();
        if n_members < 2 {
            return html! {
                section aria-labelledby="links" {
                    h2 #links { (words.why_linked) }
                    p { (words.no_links) }
                }
            };
        }
        let mut joined: BTreeMap<LinkKind, BTreeSet<&ListingId>> = BTreeMap::new();
        let mut pairs: BTreeMap<(&ListingId, &ListingId), Vec<&Link>> = BTreeMap::new();
        for link in &self.file.links {
            joined
                .entry(link.kind)
                .or_default()
                .extend([&link.a, &link.b]);
            pairs.entry((&link.a, &link.b)).or_default().push(link);
        }
        html! {
            section aria-labelledby="links" {
                h2 #links { (words.why_linked) }
                ul {
                    @for (kind, listings) in &joined {
                        li { ((words.linked_by)(*kind, listings.len(), n_members)) }
                    }
                }
                details.fold open[pairs.len() <= PAIRS_OPEN] {
                    summary { ((words.n_pairs)(pairs.len())) }
                    p.quiet { (words.pairs_lead) }
                    (self.pairs(&pairs))
                }
            }
        }
    }

    fn pairs(&self, pairs: &BTreeMap<(&ListingId, &ListingId), Vec<&Link>>) -> Markup {
        let words = self.words;
        let limit = self.state.options.links_shown;
        let more = pairs.len().saturating_sub(limit);
        html! {
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
                        @for ((one, other), links) in pairs.iter().take(limit) {
                            tr {
                                td { (self.link_to(one)) }
                                td { (self.link_to(other)) }
                                td {
                                    (links.iter().map(|link| (words.link)(link.kind, link.measure))
                                        .collect::<Vec<_>>().join("; "))
                                }
                            }
                        }
                    }
                }
            }
            @if more > 0 { p.quiet { ((words.n_more)(more)) } }
        }
    }

    /// When and where each listing was seen, the earliest first.
    pub(super) fn timeline(&self) -> Markup {
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
                                th scope="col" { (words.town) }
                                th scope="col" { (words.posted) }
                                th scope="col" { (words.first_seen) }
                                th scope="col" { (words.last_seen) }
                                th scope="col" { (words.still_online) }
                            }
                        }
                        tbody {
                            @for member in members {
                                @let listing = &member.listing;
                                tr id={ "row-" (anchor(&listing.id)) } {
                                    th scope="row" { (listing.id) }
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
                                            ListingState::Live => words.yes,
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
