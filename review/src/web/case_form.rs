//! The right-hand side of a case: the decisions so far, and the form to decide.

use maud::{Markup, PreEscaped, html};
use model::{Decision, Disposition, DispositionReason, Lane, Permission};

use super::case_page::View;
use super::layout::{self, moment};

impl View<'_> {
    /// The form; for a role that may not decide, a sentence in its place.
    pub(super) fn form(&self) -> Markup {
        let words = self.words;
        let triaged = &self.file.case.triaged;
        let needed = match triaged.lane {
            Lane::Minor => Permission::DecideMinorCase,
            _ => Permission::DecideCase,
        };
        if !self.reader.may(needed) {
            return html! {
                section.card {
                    h2 #decide { (words.decide) }
                    p { (words.may_not_decide) }
                }
            };
        }
        html! {
            form.card method="post" action={ "/case/" (triaged.id) "/decision" } {
                h2 #decide { (words.decide) }
                p.quiet { (words.decide_lead) }
                (layout::token(&self.reader.token.for_forms()))
                input type="hidden" name="evidence" value=(triaged.evidence);
                fieldset {
                    legend { (words.disposition_heading) }
                    @for choice in Disposition::ALL {
                        label.choice {
                            input type="radio" name="disposition" value=(choice.name()) required
                                checked[self.entered.disposition == Some(*choice)];
                            span { ((words.disposition)(*choice)) }
                        }
                    }
                }
                p.quiet { (words.second_reader_note) }
                div.field {
                    label for="reason" { (words.reason_heading) }
                    select #reason name="reason" required {
                        option value="" { (words.choose) }
                        @for choice in DispositionReason::ALL {
                            option value=(choice.name())
                                selected[self.entered.reason == Some(*choice)] {
                                ((words.reason)(*choice))
                            }
                        }
                    }
                }
                div.field {
                    label for="note" { (words.note) }
                    textarea #note name="note" rows="3" aria-describedby="note-hint"
                        maxlength=(self.state.options.note_limit_chars) { (self.entered.note) }
                    p.quiet #note-hint { (words.note_hint) }
                }
                button.main type="submit" { (words.record_decision) }
            }
        }
    }

    /// Earlier decisions, the newest first; before the first one nothing.
    pub(super) fn decisions(&self) -> Markup {
        if self.file.decisions.is_empty() {
            return PreEscaped(String::new());
        }
        html! {
            section.card aria-labelledby="decisions" {
                h2 #decisions { (self.words.earlier_decisions) }
                ol.decisions {
                    @for decision in self.file.decisions.iter().rev() {
                        li { (self.decision(decision)) }
                    }
                }
            }
        }
    }

    fn decision(&self, decision: &Decision) -> Markup {
        let words = self.words;
        let is_current = decision.evidence == self.file.case.triaged.evidence;
        html! {
            p {
                strong { ((words.disposition)(decision.disposition)) } " – "
                ((words.reason)(decision.reason))
            }
            @if !decision.note.is_empty() { p.note { (decision.note) } }
            p.quiet {
                (decision.by) ", " (moment(decision.at)) ". "
                (if is_current { words.same_evidence } else { words.other_evidence })
            }
        }
    }
}
