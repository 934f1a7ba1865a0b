//! One listing of a case: its text with the stretches lit, beside it what the rules found.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use model::{Assessment, Evidence, Field, Gate, ListingVersion, Observed, Signal, Span};
use store::CaseMember;

use super::badge::band_badge;
use super::case_page::{View, anchor};
use super::finding::{Item, Look, items};
use super::quote::is_contact;
use super::rests_on::Source;
use super::score;
use super::words::Words;
use report::lighting::{Stretch, light};

/// So many listings of a page stand open: enough to see a pattern, without a wall of text where
/// twenty say the same.
const LISTINGS_OPEN: usize = 3;

/// So many characters of its heading name a listing that is folded.
const HEADING_CHARS: usize = 60;

impl View<'_> {
    /// What stands above the listings: how the stretches in them are drawn and what that means.
    pub(super) fn legend(&self, members: &[&CaseMember]) -> Markup {
        let words = self.words;
        let mut looks: Vec<Look> = members
            .iter()
            .filter_map(|member| member.assessment.as_ref())
            .flat_map(|assessment| items(words, assessment))
            .filter(|item| item.evidence.iter().any(lights))
            .map(|item| item.look)
            .collect();
        looks.sort_unstable();
        looks.dedup();
        if looks.is_empty() {
            return PreEscaped(String::new());
        }
        html! {
            p.legend {
                (words.legend) " "
                @for look in looks {
                    mark class={ "lit " (look.class()) } { ((words.look)(look)) } " "
                }
            }
        }
    }

    /// A listing, the `at`-th of its page. The first is open, and of those that raised the case a
    /// few more.
    pub(super) fn member(&self, member: &CaseMember, at: usize) -> Markup {
        let words = self.words;
        let id = &member.listing.id;
        let place = anchor(id);
        let raised = self.raised(id);
        let source = Source::of(self, member);
        let language = member
            .version
            .as_ref()
            .and_then(|it| it.language.as_deref());
        html! {
            details.member id=(place) open[at == 0 || raised && at < LISTINGS_OPEN] {
                summary {
                    h3 { (id) }
                    @if let Some(heading) = source.as_ref().and_then(heading) {
                        span.heading lang=[language] { (heading) }
                    }
                    @if let Some(assessment) = &member.assessment {
                        (band_badge(words, assessment.score.band))
                        span { ((words.n_points)(assessment.score.total)) }
                    }
                    @if raised { span.badge { (words.raised_this) } }
                }
                @match (&member.assessment, source) {
                    (Some(assessment), Some(source)) => (self.read(member, assessment, &source)),
                    _ => {
                        p.empty { (words.assessment_expired) }
                        (self.text(member.version.as_ref(), &[], &place))
                    }
                }
            }
        }
    }

    fn read(&self, member: &CaseMember, assessment: &Assessment, source: &Source<'_>) -> Markup {
        let words = self.words;
        let place = anchor(&member.listing.id);
        let items = items(words, assessment);
        let (findings, protective): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
            items.iter().partition(|item| item.look != Look::Protective);
        html! {
            div.two {
                div.said {
                    h4 { (words.facts) }
                    (self.text(member.version.as_ref(), &items, &place))
                    (self.observed(assessment, source))
                }
                div.found {
                    h4 { (words.inferences) }
                    (self.list(&findings, words.no_findings, &place, source))
                    h4 { (words.protective) }
                    (self.list(&protective, words.no_protective, &place, source))
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

    fn list(&self, items: &[&Item<'_>], none: &str, place: &str, source: &Source<'_>) -> Markup {
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
                        ul.rests-on {
                            @for line in source.lines(item.evidence, item.number) { li { (line) } }
                        }
                        p.quiet {
                            @if !item.heading.is_empty() { (item.heading) " · " }
                            (item.rule) " v" (item.version) " · " (item.indicator)
                        }
                    }
                }
            }
        }
    }

    /// What was read in the listing before any rule, with what was looked at and refused.
    fn observed(&self, assessment: &Assessment, source: &Source<'_>) -> Markup {
        let words = self.words;
        let signals = &assessment.signals;
        if signals.is_empty() {
            return PreEscaped(String::new());
        }
        let more = signals
            .len()
            .saturating_sub(self.state.options.signals_shown);
        html! {
            details.fold {
                summary { ((words.n_observed)(signals.len())) }
                ul {
                    @for signal in signals.iter().take(self.state.options.signals_shown) {
                        li {
                            (seen(words, signal))
                            @if let Some(quoted) = signal.span.as_ref()
                                .filter(|_| !is_contact(signal))
                                .and_then(|span| source.quote(span)) {
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
                        (words.gate_open) " " ((words.clause)(clause)) " "
                        span.quiet {
                            "(" (rules.iter().map(|rule| rule.0.as_str())
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

fn lights(evidence: &Evidence) -> bool {
    matches!(evidence, Evidence::Span(span) if matches!(span.field, Field::Title | Field::Text))
}

/// The start of the listing's title, contacts hidden.
fn heading(source: &Source<'_>) -> Option<String> {
    let length = source.title_bytes()?;
    let mut heading = source.quote(&Span::new(Field::Title, 0, length))?;
    if let Some((cut, _)) = heading.char_indices().nth(HEADING_CHARS) {
        heading.truncate(cut);
        heading.push('…');
    }
    Some(heading)
}

/// An observation in words.
fn seen(words: &Words, signal: &Signal) -> Markup {
    let Observed::Refused(refused) = &signal.observed else {
        return html! { ((words.observed)(&signal.observed)) };
    };
    html! {
        (words.refused) ": " ((words.candidate)(&refused.candidate))
        // A number that was refused may still be somebody's.
        @if !is_contact(signal) { " " (refused.read_as) }
        @let (reason, tongue) = words.tongue.reason(&refused.reason);
        " (" span lang=(tongue.code()) { (reason) } ")"
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
