//! What a finding rests on, as people read it: words of the listing, a field, or a number about
//! linked listings with their names.

use std::collections::BTreeSet;

use maud::{Markup, html};
use model::{About, Assessment, Evidence, Field, ListingId, Observed, Span};
use store::CaseMember;

use super::case_page::{View, anchor};
use super::quote::quote;

/// So many linked listings are named for a finding; the table of links has them all.
const LINKED_SHOWN: usize = 6;

/// A listing whose findings are told.
pub(super) struct Source<'a> {
    view: &'a View<'a>,
    member: &'a CaseMember,
    assessment: &'a Assessment,
    place: String,
}

impl<'a> Source<'a> {
    /// `None` once the assessment has expired.
    pub(super) fn of(view: &'a View<'a>, member: &'a CaseMember) -> Option<Self> {
        Some(Self {
            view,
            member,
            assessment: member.assessment.as_ref()?,
            place: anchor(&member.listing.id),
        })
    }

    /// Length of the listing's title; `None` once the text has expired.
    pub(super) fn title_bytes(&self) -> Option<usize> {
        Some(self.member.version.as_ref()?.title.len())
    }

    /// The words of a stretch, contacts hidden.
    pub(super) fn quote(&self, span: &Span) -> Option<String> {
        let version = self.member.version.as_ref();
        quote(self.view.words, version, self.assessment, span)
    }

    /// The evidence of the finding of this number, a line each. What was said before is left out:
    /// the same words a second time, and the same listings for a second number.
    pub(super) fn lines(&self, evidence: &[Evidence], number: usize) -> Vec<Markup> {
        let words = self.view.words;
        let mut lines = Vec::new();
        let mut linked: Vec<&[ListingId]> = Vec::new();
        for one in evidence {
            match one {
                Evidence::Span(span) => lines.push(self.span(span, number)),
                Evidence::Field(field) => lines.push(html! { ((words.field)(*field)) }),
                Evidence::Linked {
                    fact,
                    value,
                    members,
                } => {
                    lines.push(html! { ((words.fact)(*fact)) ": " strong { (value) } });
                    if !members.is_empty() && !linked.contains(&members.as_slice()) {
                        linked.push(members);
                    }
                }
            }
        }
        lines.extend(linked.into_iter().map(|members| self.linked(members)));
        let mut seen = BTreeSet::new();
        lines.retain(|line| seen.insert(line.0.clone()));
        lines
    }

    /// A stretch: its words, a link to them where they stand in the text, and the age that was read
    /// out of them where its digits do not stand there.
    pub(super) fn span(&self, span: &Span, number: usize) -> Markup {
        let words = self.view.words;
        let name = (words.field)(span.field);
        let Some(quoted) = self.quote(span) else {
            return html! { (name) };
        };
        let language = self.member.version.as_ref();
        let language = language.and_then(|version| version.language.as_deref());
        let in_text = matches!(span.field, Field::Title | Field::Text);
        let on_page = self.view.is_on_page(&self.member.listing.id);
        html! {
            @if !in_text { (name) ": " }
            @if in_text && on_page {
                a href={ "#" (self.place) "-m" (number) } { q lang=[language] { (quoted) } }
            } @else {
                q lang=[language] { (quoted) }
            }
            @for age in self.ages_in(span).filter(|age| !quoted.contains(&age.to_string())) {
                " " span.quiet { "(" ((words.read_as_age)(age)) ")" }
            }
        }
    }

    /// The ages that were read in a stretch, as of the person advertised or of nobody clear.
    fn ages_in(&self, span: &Span) -> impl Iterator<Item = u8> {
        let ages: BTreeSet<u8> = self
            .assessment
            .signals
            .iter()
            .filter(|signal| signal.span.is_some_and(|other| other.overlaps(span)))
            .filter_map(|signal| match &signal.observed {
                Observed::Age(seen) if seen.about != About::Other => Some(seen.value),
                _ => None,
            })
            .collect();
        ages.into_iter()
    }

    fn linked(&self, members: &[ListingId]) -> Markup {
        let words = self.view.words;
        let more = members.len().saturating_sub(LINKED_SHOWN);
        let own = &self.member.listing.id;
        let mut others = self.view.file.case.triaged.members.iter();
        if more > 0 && others.all(|id| id == own || members.contains(id)) {
            return html! { span.quiet { ((words.with_all_others)(members.len())) } };
        }
        html! {
            span.quiet {
                (words.together_with) " "
                @for (at, id) in members.iter().take(LINKED_SHOWN).enumerate() {
                    @if at > 0 { ", " }
                    (self.view.link_to(id))
                }
                @if more > 0 { " " ((words.n_more)(more)) }
            }
        }
    }
}
