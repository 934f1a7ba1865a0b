//! Why a case is here, before anything else: the clause that raised it, and of a group what the
//! rules found in it, each rule once, the strongest first, with what speaks against concern.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use model::{Evidence, FactName, Gate};
use store::CaseMember;

use super::case_page::View;
use super::finding::{Item, Look, items};
use super::rests_on::Source;

/// So many different quotes stand beside a rule; the listings have them all.
const QUOTES_SHOWN: usize = 3;

/// What one rule found in the listings of a case.
struct Merged<'a> {
    /// Each with the listing it is of; the one with the most points first, by listing.
    found: Vec<(&'a CaseMember, &'a Item<'a>)>,
}

impl Merged<'_> {
    fn top(&self) -> &Item<'_> {
        self.found[0].1
    }

    fn has_equal_points(&self) -> bool {
        let points = self.top().points;
        self.found.iter().all(|(_, item)| item.points == points)
    }

    /// The facts about linked listings, each with its highest number.
    fn facts(&self) -> BTreeMap<FactName, i64> {
        let mut facts = BTreeMap::new();
        for (_, item) in &self.found {
            for evidence in item.evidence {
                if let Evidence::Linked { fact, value, .. } = evidence {
                    let highest = facts.entry(*fact).or_insert(*value);
                    *highest = (*highest).max(*value);
                }
            }
        }
        facts
    }
}

impl View<'_> {
    /// Which listings raised the case, by which clause of the gate, and on what.
    pub(super) fn why(&self) -> Markup {
        let words = self.words;
        let triaged = &self.file.case.triaged;
        let n_members = triaged.members.len();
        html! {
            section aria-labelledby="why" {
                h2 #why { (words.why_here) }
                @for (clause, n_raising) in self.clauses() {
                    p { ((words.raised_by)(n_raising, n_members)) ": " ((words.clause)(clause)) "." }
                }
                @if n_members > 1 { (self.merged()) }
                dl.inline {
                    div {
                        dt { (words.kinds_of_evidence) }
                        dd {
                            (triaged.kinds.iter().map(|kind| (words.kind)(*kind))
                                .collect::<Vec<_>>().join(", "))
                        }
                    }
                }
            }
        }
    }

    /// The clauses that raised the case, each with the number of listings that it let through.
    fn clauses(&self) -> BTreeMap<&str, usize> {
        let mut clauses = BTreeMap::new();
        for member in &self.file.members {
            if let (true, Some(Gate::Open { clause, .. })) =
                (self.raised(&member.listing.id), gate(member))
            {
                *clauses.entry(clause.as_str()).or_default() += 1;
            }
        }
        clauses
    }

    fn merged(&self) -> Markup {
        let words = self.words;
        let by_member: Vec<(&CaseMember, Vec<Item<'_>>)> = self
            .file
            .members
            .iter()
            .filter_map(|member| Some((member, items(words, member.assessment.as_ref()?))))
            .collect();
        let (protective, findings): (Vec<_>, Vec<_>) = merge(&by_member)
            .into_iter()
            .partition(|one| one.top().look == Look::Protective);
        html! {
            h3 { (words.strongest) }
            (self.rules(&findings, words.no_findings))
            h3 { (words.protective) }
            (self.rules(&protective, words.no_protective))
        }
    }

    fn rules(&self, rules: &[Merged<'_>], none: &str) -> Markup {
        let words = self.words;
        if rules.is_empty() {
            return html! { p.empty { (none) } };
        }
        html! {
            ul.findings.by-rule {
                @for rule in rules {
                    @let top = rule.top();
                    li class=(top.look.class()) {
                        p.what {
                            span.points {
                                @if !rule.has_equal_points() { (words.up_to) " " }
                                ((words.signed_points)(top.points))
                            }
                            " " (words.why(top.why))
                            @if top.hard { " " span.badge.hard { (words.hard) } }
                        }
                        ul.rests-on {
                            @for (fact, value) in rule.facts() {
                                li { ((words.fact)(fact)) ": " strong { (value) } }
                            }
                            @let quotes = self.quotes(rule);
                            @if !quotes.is_empty() {
                                li {
                                    @for (at, quote) in quotes.iter().enumerate() {
                                        @if at > 0 { ", " } (quote)
                                    }
                                }
                            }
                        }
                        p.quiet {
                            ((words.in_listings)(rule.found.len(), self.file.case.triaged.members.len()))
                            @if !top.heading.is_empty() { " · " (top.heading) }
                            " · " (top.rule) " v" (top.version) " · " (top.indicator)
                        }
                    }
                }
            }
        }
    }

    /// The first quotes of a rule that differ.
    fn quotes(&self, rule: &Merged<'_>) -> Vec<Markup> {
        let mut seen = BTreeSet::new();
        let mut quotes = Vec::new();
        for (member, item) in &rule.found {
            let Some(source) = Source::of(self, member) else {
                continue;
            };
            for evidence in item.evidence {
                let Evidence::Span(span) = evidence else {
                    continue;
                };
                let Some(quoted) = source.quote(span) else {
                    continue;
                };
                if quotes.len() < QUOTES_SHOWN && seen.insert(quoted.to_lowercase()) {
                    quotes.push(source.span(span, item.number));
                }
            }
        }
        quotes
    }
}

/// What counts in a case, by rule: findings with points, hard ones, those that the gate names, and
/// what speaks against concern.
fn merge<'a>(by_member: &'a [(&'a CaseMember, Vec<Item<'a>>)]) -> Vec<Merged<'a>> {
    let mut by_rule: BTreeMap<(&str, u32), Vec<(&CaseMember, &Item<'_>)>> = BTreeMap::new();
    for (member, items) in by_member {
        for item in items {
            let counts = item.points != 0 || item.hard || is_named_by_gate(member, item.rule);
            if counts || item.look == Look::Protective {
                let rule = (item.rule, item.version);
                by_rule.entry(rule).or_default().push((member, item));
            }
        }
    }
    let mut merged: Vec<Merged<'_>> = by_rule
        .into_values()
        .map(|mut found| {
            found.sort_by_key(|(_, item)| (!item.hard, -item.points.abs()));
            Merged { found }
        })
        .collect();
    merged.sort_by_key(|one| {
        let top = one.top();
        (!top.hard, -top.points.abs(), usize::MAX - one.found.len())
    });
    merged
}

fn is_named_by_gate(member: &CaseMember, rule: &str) -> bool {
    matches!(gate(member), Some(Gate::Open { rules, .. }) if rules.iter().any(|it| it.0 == rule))
}

fn gate(member: &CaseMember) -> Option<&Gate> {
    Some(&member.assessment.as_ref()?.gate)
}
