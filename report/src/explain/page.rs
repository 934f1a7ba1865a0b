//! An explanation as a web page of its own: no script, nothing from elsewhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::neutral::neutral;
use super::theme::Theme;
use super::{Entry, Explanation, Mark, Passage};
use crate::lighting::{Piece, light};

const STYLE: &str = include_str!("page.css");

/// A browser that is handed the page asks nobody for anything.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

pub(super) fn written(explanation: &Explanation<'_>) -> String {
    let labels = explanation.labels();
    let title = format!(
        "{} {}",
        labels.explained,
        neutral(explanation.version.id.as_str())
    );
    let page = html! {
        (DOCTYPE)
        html lang=(explanation.tongue.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (title) " · waaklicht" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p.notice { (labels.proves_nothing) }
                    (explanation.head())
                    @for passage in &explanation.passages { (explanation.passage(passage)) }
                    (explanation.whole())
                    section {
                        h2 { (labels.findings) }
                        (explanation.entries(&explanation.findings(), labels.no_findings))
                    }
                    section {
                        h2 { (labels.protective) }
                        (explanation.entries(&explanation.protective(), labels.no_protective))
                    }
                    (explanation.sum())
                }
            }
        }
    };
    let mut page = page.into_string();
    page.push('\n');
    page
}

impl Explanation<'_> {
    fn head(&self) -> Markup {
        let labels = self.labels();
        let mut themes: Vec<Theme> = self
            .passages
            .iter()
            .flat_map(|passage| &passage.marks)
            .map(Mark::theme)
            .collect();
        themes.sort_unstable();
        themes.dedup();
        html! {
            dl {
                @for (name, value) in self.facts() {
                    div { dt { (name) } dd { bdi { (value) } } }
                }
            }
            @if self.version.title.is_empty() && self.version.text.is_empty() {
                p { (labels.no_words) }
            }
            @if !themes.is_empty() {
                p.legend {
                    (labels.legend) " "
                    @for theme in themes {
                        mark class=(theme.name()) { ((labels.theme)(theme)) } " "
                    }
                }
            }
        }
    }

    fn passage(&self, passage: &Passage<'_>) -> Markup {
        let labels = self.labels();
        let language = self
            .assessment
            .language
            .map(|language| language.code().to_owned());
        html! {
            section {
                h2 { ((labels.heading)(passage.field)) }
                blockquote dir="auto" lang=[language] {
                    @for piece in light(&passage.text, &passage.stretches()) {
                        (self.piece(passage, &piece))
                    }
                }
                @if passage.marks.is_empty() { p.quiet { (labels.nothing_observed) } }
                @if passage.found().next().is_some() {
                    ol {
                        @for mark in passage.found() {
                            (self.mark(passage, mark, &html! { (self.told(mark.signal)) }))
                        }
                    }
                }
                @if passage.refused().next().is_some() {
                    h3 { (labels.refused) }
                    ol {
                        @for mark in passage.refused() {
                            @let ([taken_for, reason], tongue) = self.refusal(mark);
                            @let told = html! { (taken_for) ": " span lang=(tongue.code()) { (reason) } };
                            (self.mark(passage, mark, &told))
                        }
                    }
                }
            }
        }
    }

    /// A piece of the text; behind it the numbers of the signals that end there.
    fn piece(&self, passage: &Passage<'_>, piece: &Piece<'_>) -> Markup {
        let words = neutral(piece.text);
        let marks: Vec<&Mark<'_>> = piece.lit_by.iter().map(|at| &passage.marks[*at]).collect();
        let Some(strongest) = marks.iter().map(|mark| mark.theme()).min() else {
            return html! { (words) };
        };
        let several = if marks.len() > 1 { " several" } else { "" };
        let names: Vec<String> = marks.iter().map(|mark| self.named(mark)).collect();
        html! {
            mark class={ (strongest.name()) (several) } title=(names.join(" · ")) { (words) }
            @for at in &piece.ends {
                @let mark = &passage.marks[*at];
                sup {
                    a href={ "#s" (mark.number) } lang=(self.tongue.code()) aria-label=(self.named(mark)) {
                        (mark.number)
                    }
                }
            }
        }
    }

    /// `2: age 17 (…)`
    fn named(&self, mark: &Mark<'_>) -> String {
        if mark.is_refused() {
            let refused = self.labels().refused;
            return format!(
                "{}: {refused}: {}",
                mark.number,
                self.refusal(mark).0.join(": ")
            );
        }
        format!("{}: {}", mark.number, self.told(mark.signal))
    }

    fn mark(&self, passage: &Passage<'_>, mark: &Mark<'_>, told: &Markup) -> Markup {
        html! {
            li id={ "s" (mark.number) } value=(mark.number) class=(mark.theme().name()) {
                q { bdi { (passage.quote(mark)) } } " " (told)
            }
        }
    }

    fn whole(&self) -> Markup {
        html! {
            @if !self.whole.is_empty() {
                section {
                    h2 { (self.labels().whole) }
                    ul { @for signal in &self.whole { li { bdi { (self.told_of_whole(signal)) } } } }
                }
            }
        }
    }

    fn entries(&self, entries: &[Entry<'_>], none: &str) -> Markup {
        let labels = self.labels();
        if entries.is_empty() {
            return html! { p.quiet { (none) } };
        }
        html! {
            ul.findings {
                @for entry in entries {
                    li {
                        p {
                            strong { ((labels.points)(entry.points)) }
                            @if entry.hard { " " span.hard { (labels.hard) } }
                            " " (neutral(self.tongue.why(entry.why)))
                        }
                        ul {
                            @for line in self.rests_on(entry.evidence) { li { bdi { (line) } } }
                        }
                        p.quiet { (self.origin(entry)) }
                    }
                }
            }
        }
    }

    fn sum(&self) -> Markup {
        let labels = self.labels();
        let (n_links, lacking) = self.undecided();
        let lists = [
            (labels.undecided, lacking),
            (labels.problems, self.problems()),
        ];
        let [gate, by] = self.gate();
        html! {
            section {
                h2 { (labels.score) }
                p { strong { (self.score()) } }
                p { (labels.gate) ": " (gate) " (" span lang="en" { (by) } ")" }
                p { ((labels.alone)(n_links)) }
                @for (heading, lines) in &lists {
                    @if !lines.is_empty() {
                        h3 { (heading) }
                        ul lang="en" { @for line in lines { li { (line) } } }
                    }
                }
                p.quiet { (labels.rules_and_policy) ": " (self.made_with()) }
            }
        }
    }
}
