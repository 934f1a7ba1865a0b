//! One listing of a case: its text with the stretches lit, beside it what the rules found.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use model::{Assessment, CaseId, Evidence, Field, Gate, ListingId, ListingVersion, Span};
use store::CaseMember;

use super::badge::band_badge;
use super::finding::{Item, Look, items};
use super::quote::{is_contact, quote};
use super::score;
use super::words::Words;
use crate::lighting::{Stretch, light};

/// So many linked listings are named for a finding; the table of links has them all.
const LINKED_SHOWN: usize = 12;

/// The name of a listing's place on the page: a letter and hex digits.
pub(super) fn anchor(id: &ListingId) -> String {
    CaseId::of_listing(id).to_string()
}

/// What stands above the listings: how the stretches are drawn and what that means.
pub(super) fn legend(words: &Words) -> Markup {
    html! {
        p.legend {
            (words.legend) " "
            @for look in Look::ALL {
                mark class={ "lit " (look.class()) } { ((words.look)(look)) } " "
            }
        }
    }
}

/// What all listings of a page share.
pub(super) struct Context<'a> {
    pub(super) words: &'static Words,
    /// All members of the case: a link to one of them stays on the page.
    pub(super) here: &'a [CaseMember],
    pub(super) signals_shown: usize,
}

impl Context<'_> {
    /// The listing, folded unless it raised the case or comes first.
    pub(super) fn member(&self, member: &CaseMember, raised: bool, is_first: bool) -> Markup {
        let words = self.words;
        let id = &member.listing.id;
        let place = anchor(id);
        let total = member.assessment.as_ref().map(|it| &it.score);
        html! {
            details.member id=(place) open[raised || is_first] {
                summary {
                    h3 { (id) }
                    span.quiet { (member.listing.site) }
                    @if let Some(score) = total {
                        (band_badge(words, score.band))
                        span { ((words.n_points)(score.total)) }
                    }
                    @if raised { span.badge { (words.raised_this) } }
                }
                @match &member.assessment {
                    Some(assessment) => (self.read(member, assessment, &place)),
                    None => {
                        p.empty { (words.assessment_expired) }
                        (self.text(member.version.as_ref(), &[], &place))
                    }
                }
            }
        }
    }

    fn read(&self, member: &CaseMember, assessment: &Assessment, place: &str) -> Markup {
        let words = self.words;
        let version = member.version.as_ref();
        let items = items(words, assessment);
        let (findings, protective): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
            items.iter().partition(|item| item.look != Look::Protective);
        let quote = |span: &Span| quote(words, version, assessment, span);
        html! {
            div.two {
                div.said {
                    h4 { (words.facts) }
                    (self.text(version, &items, place))
                    (self.observed(assessment, &quote))
                }
                div.found {
                    h4 { (words.inferences) }
                    (self.list(&findings, words.no_findings, place, &quote))
                    h4 { (words.protective) }
                    (self.list(&protective, words.no_protective, place, &quote))
                    @if !items.is_empty() { (score::explained(words, assessment)) }
                    (self.gate(assessment))
                }
            }
        }
    }

    /// Title, text and the site's own fields. Contact fields are counted, never shown.
    fn text(&self, version: Option<&ListingVersion>, items: &[Item<'_>], place: &str) -> Markup {
        let words = self.words;
        let Some(version) = version else {
            return html! { p.empty { (words.text_expired) } };
        };
        let mut first_marks = BTreeSet::new();
        let title = lit(
            words,
            items,
            Field::Title,
            &version.title,
            place,
            &mut first_marks,
        );
        let text = lit(
            words,
            items,
            Field::Text,
            &version.text,
            place,
            &mut first_marks,
        );
        let language = version.language.as_deref();
        let age = version.age.as_ref().map(model::AgeField::written);
        let price = version.price.as_ref().map(|price| {
            let parts = [
                Some(price.amount.to_string()),
                price.currency.clone(),
                price.per.clone(),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        let fields: [(&str, Option<&str>); 4] = [
            (words.age_field, age.as_deref()),
            (words.town, version.city.as_deref()),
            (words.price, price.as_deref()),
            (
                words.account,
                version.author.as_ref().and_then(|it| it.kind.as_deref()),
            ),
        ];
        let n_contacts = version.phones.len() + version.emails.len() + version.handles.len();
        html! {
            @if version.title.is_empty() && version.text.is_empty() {
                p.empty { (words.text_not_kept) }
            } @else {
                blockquote lang=[language] {
                    @if !version.title.is_empty() { p.title { (title) } }
                    p.body { (text) }
                }
            }
            dl.inline {
                @for (name, value) in fields {
                    @if let Some(value) = value { div { dt { (name) } dd { (value) } } }
                }
                @if n_contacts > 0 {
                    div { dt { (words.contact_fields) } dd { ((words.n_hidden)(n_contacts)) } }
                }
            }
        }
    }

    fn list(
        &self,
        items: &[&Item<'_>],
        none: &str,
        place: &str,
        quote: &dyn Fn(&Span) -> Option<String>,
    ) -> Markup {
        let words = self.words;
        if items.is_empty() {
            return html! { p.empty { (none) } };
        }
        html! {
            ol.findings {
                @for item in items {
                    li class=(item.look.class()) id={ (place) "-f" (item.number) } value=(item.number) {
                        p.what {
                            span.points { ((words.signed_points)(item.points)) }
                            " " (words.why(item.why))
                            @if item.hard { " " span.badge.hard { (words.hard) } }
                        }
                        p.quiet {
                            @if !item.heading.is_empty() { (item.heading) " · " }
                            (item.rule) " v" (item.version) " · " (item.indicator)
                        }
                        ul.rests-on {
                            @for evidence in item.evidence {
                                li { (self.rests_on(evidence, item.number, place, quote)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn rests_on(
        &self,
        evidence: &Evidence,
        number: usize,
        place: &str,
        quote: &dyn Fn(&Span) -> Option<String>,
    ) -> Markup {
        let words = self.words;
        match evidence {
            Evidence::Span(span) => {
                let in_text = matches!(span.field, Field::Title | Field::Text);
                match quote(span) {
                    Some(quoted) if in_text => html! {
                        a href={ "#" (place) "-m" (number) } { q { (quoted) } }
                    },
                    Some(quoted) => html! { ((words.field)(span.field)) ": " q { (quoted) } },
                    None => html! { ((words.field)(span.field)) },
                }
            }
            Evidence::Field(field) => html! { ((words.field)(*field)) },
            Evidence::Linked {
                fact,
                value,
                members,
            } => {
                let more = members.len().saturating_sub(LINKED_SHOWN);
                html! {
                    ((words.fact)(*fact)) ": " strong { (value) }
                    @if !members.is_empty() {
                        span.quiet {
                            " ("
                            @for (at, id) in members.iter().take(LINKED_SHOWN).enumerate() {
                                @if at > 0 { ", " }
                                (self.linked(id))
                            }
                            @if more > 0 { ", " ((words.n_more)(more)) }
                            ")"
                        }
                    }
                }
            }
        }
    }

    fn linked(&self, id: &ListingId) -> Markup {
        if self.here.iter().any(|member| member.listing.id == *id) {
            html! { a href={ "#row-" (anchor(id)) } { (id) } }
        } else {
            html! { (id) }
        }
    }

    /// What was read in the listing before any rule, with what was looked at and refused.
    fn observed(&self, assessment: &Assessment, quote: &dyn Fn(&Span) -> Option<String>) -> Markup {
        let words = self.words;
        let signals = &assessment.signals;
        if signals.is_empty() {
            return PreEscaped(String::new());
        }
        let more = signals.len().saturating_sub(self.signals_shown);
        html! {
            details.observed {
                summary { ((words.n_observed)(signals.len())) }
                ul {
                    @for signal in signals.iter().take(self.signals_shown) {
                        li {
                            ((words.observed)(&signal.observed))
                            @if let Some(quoted) = signal.span.as_ref()
                                .filter(|_| !is_contact(signal)).and_then(quote) {
                                ": " q { (quoted) }
                            }
                        }
                    }
                }
                @if more > 0 { p.quiet { ((words.n_more)(more)) } }
            }
        }
    }

    fn gate(&self, assessment: &Assessment) -> Markup {
        let words = self.words;
        html! {
            p.gate {
                strong { (words.gate) ": " }
                @match &assessment.gate {
                    Gate::Open { clause, rules } => {
                        ((words.clause)(clause))
                        span.quiet {
                            " (" (rules.iter().map(|rule| rule.0.as_str())
                                .collect::<Vec<_>>().join(", ")) ")"
                        }
                    }
                    Gate::Closed { missing } => {
                        (words.gate_closed) " " span.quiet lang="en" { "(" (missing) ")" }
                    }
                }
            }
        }
    }
}

/// A field with its stretches lit. Where a stretch ends stands the number of its finding as a
/// link; the first mark of each finding in the listing is the place that the finding links to.
fn lit(
    words: &Words,
    items: &[Item<'_>],
    field: Field,
    text: &str,
    place: &str,
    first_marks: &mut BTreeSet<usize>,
) -> Markup {
    let stretches: Vec<Stretch> = items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| item.evidence.iter().map(move |evidence| (at, evidence)))
        .filter_map(|(at, evidence)| match evidence {
            Evidence::Span(span) if span.field == field => Some(Stretch {
                range: span.range(),
                finding: at,
            }),
            _ => None,
        })
        .collect();
    html! {
        @for piece in light(text, &stretches) {
            @if let Some(strongest) = piece.lit_by.first().map(|at| &items[*at]) {
                @let several = if piece.lit_by.len() > 1 { " several" } else { "" };
                @let title = piece.lit_by.iter()
                    .map(|at| named(words, &items[*at])).collect::<Vec<_>>().join(" · ");
                @for at in &piece.lit_by {
                    @if first_marks.insert(*at) {
                        span.mark-place id={ (place) "-m" (items[*at].number) } {}
                    }
                }
                mark class={ "lit " (strongest.look.class()) (several) } title=(title) {
                    (piece.text)
                }
                @for at in &piece.ends {
                    @let item = &items[*at];
                    sup.ref {
                        a href={ "#" (place) "-f" (item.number) } aria-label=(named(words, item)) {
                            (item.number)
                        }
                    }
                }
            } @else {
                (piece.text)
            }
        }
    }
}

fn named(words: &Words, item: &Item<'_>) -> String {
    format!(
        "{} {}: {} ({})",
        words.finding,
        item.number,
        words.why(item.why),
        item.rule
    )
}
