//! What becomes of a case when triage runs again; the same for every backend.
//!
//! Invariant: a decision holds until the evidence shows a kind that no decision about the case
//! bound, or a hard minor finding that none bound. More of the same does not bring a case back;
//! under watch, any other evidence does.

use std::collections::BTreeSet;

use model::{CaseState, Digest, Disposition, EvidenceKind, Triaged};

/// What is kept of a case.
pub(crate) struct Kept<'a> {
    pub(crate) state: CaseState,
    pub(crate) triaged: &'a Triaged,
    pub(crate) bound: &'a Bound,
}

/// What the decisions about a case bound, all together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bound {
    /// The last disposition; `None` when nobody decided yet.
    pub(crate) last: Option<Disposition>,
    /// The evidence that the last disposition was given on.
    pub(crate) evidence: Option<Digest>,
    pub(crate) kinds: BTreeSet<EvidenceKind>,
    pub(crate) hard_minor: bool,
}

impl Bound {
    fn covers(&self, found: &Triaged) -> bool {
        let known_kinds = found.kinds.iter().all(|kind| self.kinds.contains(kind));
        // Under watch means: look again when it changes.
        let still_watched =
            self.last != Some(Disposition::Watch) || self.evidence == Some(found.evidence);
        known_kinds && (self.hard_minor || !found.hard_minor) && still_watched
    }
}

/// What becomes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Waits, with other evidence than before.
    Renewed,
    /// Waits again.
    Reopened,
    /// Stands as it did, in this state; its evidence may have changed within what is bound.
    Stands(CaseState),
}

/// What becomes of a case that triage finds again.
pub(crate) fn found_again(kept: &Kept<'_>, found: &Triaged) -> Change {
    let same = kept.triaged == found;
    match kept.state {
        CaseState::Open if same => Change::Stands(CaseState::Open),
        CaseState::Open => Change::Renewed,
        CaseState::Held if same => Change::Stands(CaseState::Held),
        CaseState::Held if kept.bound.covers(found) => Change::Stands(CaseState::Held),
        CaseState::Held => Change::Reopened,
        CaseState::Decided if kept.bound.covers(found) => Change::Stands(CaseState::Decided),
        CaseState::Decided => Change::Reopened,
        // Nobody looked at what was withdrawn, so it waits again; unless a decision made before it
        // last waited covers what is found now.
        CaseState::Withdrawn => match kept.bound.last {
            Some(last) if kept.bound.covers(found) => Change::Stands(last.state()),
            _ => Change::Reopened,
        },
    }
}

#[cfg(test)]
mod tests {
    use model::{Band, CaseId, Lane};

    use super::*;

    /// `text contact +minor #2`: kinds, a hard minor finding, and a number for the evidence.
    fn triaged(written: &str) -> Triaged {
        let words: Vec<&str> = written.split_whitespace().collect();
        Triaged {
            id: CaseId::new("g1").unwrap(),
            lane: Lane::Organised,
            band: Band::High,
            hard_minor: words.contains(&"+minor"),
            points: 60,
            members: Vec::new(),
            raised_by: Vec::new(),
            kinds: words
                .iter()
                .filter_map(|word| EvidenceKind::from_name(word))
                .collect(),
            indicators: Vec::new(),
            evidence: Digest::of(written.as_bytes()),
        }
    }

    fn bound(last: &str, kinds: &str) -> Bound {
        let of = triaged(kinds);
        Bound {
            last: Disposition::from_name(last),
            evidence: Some(of.evidence),
            kinds: of.kinds.into_iter().collect(),
            hard_minor: of.hard_minor,
        }
    }

    #[track_caller]
    fn check(state: &str, kept: &str, decided: (&str, &str), found: &str, expected: &str) {
        let kept = Kept {
            state: CaseState::from_name(state).unwrap(),
            triaged: &triaged(kept),
            bound: &bound(decided.0, decided.1),
        };
        let change = match found_again(&kept, &triaged(found)) {
            Change::Renewed => "renewed".to_owned(),
            Change::Reopened => "reopened".to_owned(),
            Change::Stands(state) => format!("stands {state}"),
        };
        assert_eq!(change, expected);
    }

    const NOBODY: (&str, &str) = ("", "");

    #[test]
    fn an_open_case_is_renewed_by_any_change() {
        check("open", "text", NOBODY, "text", "stands open");
        check("open", "text", NOBODY, "text #2", "renewed");
    }

    #[test]
    fn a_decision_holds_against_more_of_the_same() {
        let decided = ("no-concern", "text contact");
        check(
            "decided",
            "text contact",
            decided,
            "text contact",
            "stands decided",
        );
        check(
            "decided",
            "text contact",
            decided,
            "text contact #2",
            "stands decided",
        );
        check(
            "decided",
            "text contact",
            decided,
            "contact",
            "stands decided",
        );
    }

    #[test]
    fn a_new_kind_or_a_hard_minor_finding_reopens() {
        let decided = ("no-concern", "text contact");
        check(
            "decided",
            "text contact",
            decided,
            "text contact photo",
            "reopened",
        );
        check(
            "decided",
            "text contact",
            decided,
            "text +minor",
            "reopened",
        );
        let bound = ("refer-help", "text +minor");
        check(
            "decided",
            "text +minor",
            bound,
            "text +minor #2",
            "stands decided",
        );
    }

    #[test]
    fn a_watched_case_comes_back_with_any_other_evidence() {
        check("held", "text", ("watch", "text"), "text", "stands held");
        check("held", "text", ("watch", "text"), "text #2", "reopened");
    }

    #[test]
    fn a_second_reading_waits_for_its_reader() {
        let second = ("needs-second-reader", "text");
        check("held", "text", second, "text #2", "stands held");
        check("held", "text", second, "text photo", "reopened");
    }

    #[test]
    fn a_withdrawn_case_waits_again_or_keeps_its_decision() {
        check("withdrawn", "text", NOBODY, "text", "reopened");
        let decided = ("no-concern", "text");
        check("withdrawn", "text photo", decided, "text", "stands decided");
        check("withdrawn", "text photo", decided, "text photo", "reopened");
        let watched = ("watch", "text");
        check("withdrawn", "text #2", watched, "text", "stands held");
        check("withdrawn", "text #2", watched, "text #2", "reopened");
    }
}
