//! One rule on one listing: hits, what takes them away, conditions, points.
//!
//! Scoring and explaining run this same code; what was refused is kept on the way, so that an
//! explanation needs no second engine that could disagree.

use std::ops::Range;

use model::{Evidence, Observed, Span};

use super::borders::{Border, tokens_after, tokens_before};
use super::condition::Truth;
use super::pattern::{Pattern, whole_characters};
use super::prefilter::PatternSet;
use super::rule::{Exclude, ExcludeTest, Group, Negation, OncePer, Rule, Scope, Side};
use super::slot::{Slot, SlotKind, has_name_shape};
use super::subject::{FieldText, Subject};

/// Most hits of one pattern in one field that are looked at; a listing that repeats a cue more
/// often says nothing new, and a hostile one must not cost more.
const HITS_LIMIT: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Fires,
    Silent,
    /// A fact or field was missing.
    Unknown(String),
}

/// What a rule says of a listing.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) points: i32,
    pub(crate) evidence: Vec<Evidence>,
    /// The patterns that hit, by id.
    pub(crate) patterns: Vec<String>,
    /// What took hits or the rule away: `negated`, `exclude:ID`.
    pub(crate) refusals: Vec<String>,
}

/// A surviving hit.
#[derive(Clone, Debug)]
struct Hit {
    text: usize,
    folded: Range<usize>,
    span: Span,
    sentence: usize,
    pattern: usize,
}

/// `candidates`: for each field of the subject the patterns of the pack that can hit; `first` is
/// the number of the rule's first pattern in the pack.
pub(crate) fn evaluate(
    rule: &Rule,
    subject: &Subject<'_>,
    candidates: &[PatternSet; 2],
    first: usize,
) -> Outcome {
    let mut outcome = Outcome {
        verdict: Verdict::Silent,
        points: 0,
        evidence: Vec::new(),
        patterns: Vec::new(),
        refusals: Vec::new(),
    };
    let mut hits: Vec<Hit> = Vec::new();
    for group in &rule.groups {
        let search = Search {
            rule,
            subject,
            candidates,
            first,
        };
        let mut found = search.hits(group, &mut outcome.refusals);
        if group.same_sentence {
            found.retain(|hit| {
                hits.iter()
                    .any(|other| other.text == hit.text && other.sentence == hit.sentence)
            });
        }
        if found.len() < group.at_least {
            return outcome;
        }
        hits.extend(found);
    }
    let mut missing = None;
    for condition in &rule.conditions {
        match condition.holds(subject) {
            Truth::Yes(evidence) => outcome.evidence.extend(evidence),
            Truth::No => return outcome,
            Truth::Unknown(what) => missing = missing.or(Some(what)),
        }
    }
    if let Some(missing) = missing {
        outcome.verdict = Verdict::Unknown(missing);
        return outcome;
    }
    for exclude in &rule.excludes {
        if exclude.scope == Scope::Listing && excludes_listing(exclude, rule, subject) {
            outcome.refusals.push(format!("exclude:{}", exclude.id));
        }
    }
    if outcome
        .refusals
        .iter()
        .any(|refusal| is_listing_wide(rule, refusal))
    {
        return outcome;
    }
    outcome.verdict = Verdict::Fires;
    outcome.points = points(rule, subject, &hits);
    outcome
        .evidence
        .extend(hits.iter().map(|hit| Evidence::Span(hit.span)));
    outcome.evidence.sort();
    outcome.evidence.dedup();
    for hit in &hits {
        let id = &rule.patterns[hit.pattern].id;
        if !outcome.patterns.contains(id) {
            outcome.patterns.push(id.clone());
        }
    }
    outcome
}

fn is_listing_wide(rule: &Rule, refusal: &str) -> bool {
    rule.excludes.iter().any(|exclude| {
        exclude.scope == Scope::Listing && refusal.strip_prefix("exclude:") == Some(&exclude.id)
    })
}

/// Points of one hit: those of the last tier that holds, else the rule's own.
pub(crate) fn points_of_one(rule: &Rule, subject: &Subject<'_>) -> i32 {
    let tiers = rule.tiers.iter().rev();
    tiers
        .filter(|tier| matches!(tier.when.holds(subject), Truth::Yes(_)))
        .map(|tier| tier.points)
        .next()
        .unwrap_or(rule.points)
}

fn points(rule: &Rule, subject: &Subject<'_>, hits: &[Hit]) -> i32 {
    let points = points_of_one(rule, subject);
    let times = match rule.once_per {
        OncePer::Listing => 1,
        OncePer::Match => hits.len(),
        OncePer::Sentence => {
            let mut sentences: Vec<_> = hits.iter().map(|hit| (hit.text, hit.sentence)).collect();
            sentences.sort_unstable();
            sentences.dedup();
            sentences.len()
        }
    };
    points.saturating_mul(i32::try_from(times.max(1)).unwrap_or(i32::MAX))
}

struct Search<'s> {
    rule: &'s Rule,
    subject: &'s Subject<'s>,
    candidates: &'s [PatternSet; 2],
    first: usize,
}

impl Search<'_> {
    /// The hits of a group that nothing takes away, without overlaps, in order; of two that
    /// overlap the earlier, then the longer one stays.
    fn hits(&self, group: &Group, refusals: &mut Vec<String>) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, text) in self.subject.texts.iter().enumerate() {
            if !self.rule.fields.contains(&text.field) {
                continue;
            }
            for number in group.patterns.clone() {
                let pattern = &self.rule.patterns[number];
                if pattern.applies_to(&self.subject.languages)
                    && self.candidates[at].contains(self.first + number)
                {
                    for folded in self.raw_hits(pattern, text) {
                        match self.refusal(pattern, text, &folded) {
                            Some(refusal) => refusals.push(refusal),
                            None => hits.push(Hit {
                                text: at,
                                span: text.span(folded.clone()),
                                sentence: text.borders().sentence(folded.start),
                                folded,
                                pattern: number,
                            }),
                        }
                    }
                }
            }
        }
        hits.sort_by_key(|hit| {
            let length = hit.folded.end - hit.folded.start;
            (hit.text, hit.folded.start, usize::MAX - length, hit.pattern)
        });
        let mut end = (0, 0);
        hits.retain(|hit| {
            let free = (hit.text, hit.folded.start) >= end;
            if free {
                end = (hit.text, hit.folded.end);
            }
            free
        });
        hits
    }

    fn raw_hits(&self, pattern: &Pattern, text: &FieldText<'_>) -> Vec<Range<usize>> {
        let folded = text.text();
        let ranges: Vec<Range<usize>> = if pattern.slots.is_empty() {
            pattern
                .regex
                .get()
                .find_iter(folded.as_bytes())
                .take(HITS_LIMIT)
                .map(|hit| hit.range())
                .collect()
        } else {
            pattern
                .regex
                .get()
                .captures_iter(folded.as_bytes())
                .take(HITS_LIMIT)
                .filter(|captures| {
                    pattern.slots.iter().all(|slot| {
                        captures
                            .name(&slot.group)
                            .is_none_or(|group| self.slot_holds(slot, text, group.range()))
                    })
                })
                .filter_map(|captures| captures.get(0).map(|hit| hit.range()))
                .collect()
        };
        ranges
            .into_iter()
            .map(|range| whole_characters(folded, range))
            .filter(|range| {
                pattern.exact.as_ref().is_none_or(|exact| {
                    let original = text.folded.original(range.clone());
                    exact.get().is_match(text.original[original].as_bytes())
                })
            })
            .collect()
    }

    fn slot_holds(&self, slot: &Slot, text: &FieldText<'_>, range: Range<usize>) -> bool {
        let range = whole_characters(text.text(), range);
        let span = text.span(range.clone());
        match slot.kind {
            SlotKind::Number => true,
            SlotKind::City => self.subject.signals.iter().any(|signal| {
                matches!(signal.observed, Observed::Place { .. })
                    && signal.span.is_some_and(|place| place.overlaps(&span))
            }),
            SlotKind::FirstName => {
                let alias = self.subject.signals.iter().any(|signal| {
                    matches!(signal.observed, Observed::Alias(_))
                        && signal.span.is_some_and(|alias| alias.overlaps(&span))
                });
                let written = &text.original[text.folded.original(range.clone())];
                alias || has_name_shape(&text.text()[range], written, text.lower_case)
            }
        }
    }

    /// Why a hit is taken away, if it is.
    fn refusal(
        &self,
        pattern: &Pattern,
        text: &FieldText<'_>,
        hit: &Range<usize>,
    ) -> Option<String> {
        for negation in &self.rule.negations {
            if negates(negation, pattern, text, hit) {
                return Some("negated".to_owned());
            }
        }
        for exclude in &self.rule.excludes {
            if exclude.scope == Scope::Listing {
                continue;
            }
            let reach = match exclude.scope {
                Scope::Sentence => {
                    let len = text.text().len();
                    text.borders().around(Border::Sentence, hit.start, len)
                }
                _ => hit.clone(),
            };
            let found = match &exclude.test {
                ExcludeTest::Text(regexes) => regexes.iter().any(|regex| {
                    let within = match exclude.scope {
                        Scope::Sentence => reach.clone(),
                        _ => 0..text.text().len(),
                    };
                    regex
                        .get()
                        .find_iter(text.text()[within.clone()].as_bytes())
                        .take(HITS_LIMIT)
                        .any(|found| {
                            within.start + found.start() < reach.end
                                && reach.start < within.start + found.end()
                        })
                }),
                ExcludeTest::When(condition) => match condition.holds(self.subject) {
                    Truth::Yes(evidence) => {
                        let reach = text.span(reach);
                        evidence.iter().any(|item| match item {
                            Evidence::Span(span) => span.overlaps(&reach),
                            _ => false,
                        })
                    }
                    _ => false,
                },
            };
            if found {
                return Some(format!("exclude:{}", exclude.id));
            }
        }
        None
    }
}

fn negates(
    negation: &Negation,
    pattern: &Pattern,
    text: &FieldText<'_>,
    hit: &Range<usize>,
) -> bool {
    let concerned = negation.patterns.is_empty()
        || negation
            .patterns
            .iter()
            .any(|start| pattern.id.starts_with(start));
    if !concerned {
        return false;
    }
    let folded = text.text();
    let before = || {
        let around = text
            .borders()
            .around(negation.border, hit.start, folded.len());
        tokens_before(folded, around.start, hit.start, negation.tokens)..hit.start
    };
    let after = || {
        let last = hit.end.saturating_sub(1).max(hit.start);
        let around = text.borders().around(negation.border, last, folded.len());
        hit.end..tokens_after(folded, hit.end, around.end.max(hit.end), negation.tokens)
    };
    let windows = match negation.side {
        Side::Before => vec![before()],
        Side::After => vec![after()],
        Side::Around => vec![before(), after()],
    };
    windows.into_iter().any(|window| {
        let window = whole_characters(folded, window);
        negation.words.iter().any(|(language, regex)| {
            language
                .is_none_or(|one| pattern.languages.is_empty() || pattern.languages.contains(&one))
                && regex.get().is_match(folded[window.clone()].as_bytes())
        })
    })
}

fn excludes_listing(exclude: &Exclude, rule: &Rule, subject: &Subject<'_>) -> bool {
    match &exclude.test {
        ExcludeTest::When(condition) => matches!(condition.holds(subject), Truth::Yes(_)),
        ExcludeTest::Text(regexes) => subject
            .texts
            .iter()
            .filter(|text| rule.fields.is_empty() || rule.fields.contains(&text.field))
            .any(|text| {
                regexes
                    .iter()
                    .any(|regex| regex.get().is_match(text.text().as_bytes()))
            }),
    }
}
