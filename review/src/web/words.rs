//! All words of the pages, in Dutch and English, as one typed table. Those of the closed lists of
//! `model` come from `report::words`.
//!
//! Invariant: a word that one language lacks does not compile: [`Words`] has a field for each, and
//! a member of a closed list is named by a `match` without a catch-all.

mod en;
mod nl;

use model::{
    AuditAction, Band, CaseState, Disposition, DispositionReason, EvidenceKind, FactName, Family,
    Field, Lane, LinkKind, Localised, Observed,
};
use report::words::Tongue;

use super::finding::Look;
use super::problem::Problem;

/// The words of the pages in a language.
pub(super) const fn words(tongue: Tongue) -> &'static Words {
    match tongue {
        Tongue::Dutch => &nl::WORDS,
        Tongue::English => &en::WORDS,
    }
}

type Word = &'static str;

/// Every word and sentence of the pages in one language.
pub(super) struct Words {
    // every page
    pub(super) skip_to_content: Word,
    pub(super) main_navigation: Word,
    pub(super) language: Word,
    pub(super) signed_in_as: Word,
    pub(super) sign_out: Word,
    pub(super) foot: Word,
    pub(super) paging: Word,
    pub(super) first_page: Word,
    pub(super) next_page: Word,
    pub(super) n_more: fn(usize) -> String,
    /// Title and sentence.
    pub(super) problem: fn(Problem) -> (Word, Word),

    // signing in
    pub(super) sign_in: Word,
    pub(super) user_name: Word,
    pub(super) password: Word,
    pub(super) sign_in_note: Word,
    pub(super) sign_in_wrong: Word,
    pub(super) sign_in_too_often: Word,
    pub(super) session_ended: Word,
    pub(super) signed_out: Word,

    // the queue
    pub(super) queue: Word,
    pub(super) to_queue: Word,
    pub(super) to_start: Word,
    pub(super) lanes: Word,
    pub(super) all_lanes: Word,
    pub(super) states: Word,
    pub(super) queue_empty: Word,
    pub(super) queue_end: Word,
    pub(super) case: Word,
    pub(super) lane_heading: Word,
    pub(super) band_heading: Word,
    pub(super) points: Word,
    pub(super) kinds_of_evidence: Word,
    pub(super) found_heading: Word,
    pub(super) listings: Word,
    pub(super) waits: Word,
    pub(super) hard: Word,
    /// Minutes, as the largest whole unit.
    pub(super) duration: fn(u64) -> String,

    // a case
    pub(super) back: Word,
    pub(super) to_decision: Word,
    pub(super) proves_nothing: Word,
    pub(super) n_points: fn(i32) -> String,
    pub(super) n_listings: fn(usize) -> String,
    pub(super) told_decided: Word,
    pub(super) next_case: Word,
    pub(super) lane_is_done: Word,
    pub(super) told_conflict: Word,
    pub(super) told_incomplete: Word,
    pub(super) told_note_too_long: fn(usize) -> String,
    pub(super) why_here: Word,
    /// How many of how many listings.
    pub(super) raised_by: fn(usize, usize) -> String,
    pub(super) strongest: Word,
    pub(super) up_to: Word,
    /// How many of how many listings.
    pub(super) in_listings: fn(usize, usize) -> String,
    pub(super) what_listings_say: Word,
    pub(super) legend: Word,
    pub(super) n_members_not_read: fn(usize) -> String,
    pub(super) next_listings: fn(usize) -> String,
    pub(super) why_linked: Word,
    pub(super) no_links: Word,
    /// How many of how many listings.
    pub(super) linked_by: fn(LinkKind, usize, usize) -> String,
    pub(super) n_pairs: fn(usize) -> String,
    pub(super) pairs_lead: Word,
    pub(super) listing: Word,
    pub(super) link_reason: Word,
    pub(super) link: fn(LinkKind, u16) -> String,
    pub(super) timeline: Word,
    pub(super) town: Word,
    pub(super) posted: Word,
    pub(super) first_seen: Word,
    pub(super) last_seen: Word,
    pub(super) still_online: Word,
    pub(super) yes: Word,
    pub(super) gone: Word,

    // a listing of a case
    pub(super) raised_this: Word,
    pub(super) facts: Word,
    pub(super) inferences: Word,
    pub(super) protective: Word,
    pub(super) finding: Word,
    pub(super) no_findings: Word,
    pub(super) no_protective: Word,
    pub(super) assessment_expired: Word,
    pub(super) text_expired: Word,
    pub(super) text_not_kept: Word,
    pub(super) age_field: Word,
    pub(super) price: Word,
    pub(super) account: Word,
    pub(super) contact_fields: Word,
    pub(super) n_hidden: fn(usize) -> String,
    pub(super) contact_hidden: Word,
    pub(super) n_observed: fn(usize) -> String,
    pub(super) refused: Word,
    /// What the scorer took it for, by the scorer's word for it.
    pub(super) candidate: fn(&str) -> &str,
    pub(super) read_as_age: fn(u8) -> String,
    pub(super) together_with: Word,
    pub(super) with_all_others: fn(usize) -> String,
    pub(super) signed_points: fn(i32) -> String,
    pub(super) gate: Word,
    pub(super) gate_open: Word,
    pub(super) gate_closed: Word,
    pub(super) sum: Word,
    pub(super) family_heading: Word,
    pub(super) points_found: Word,
    pub(super) points_counted: Word,
    pub(super) capped: Word,
    pub(super) not_all_applied: Word,
    pub(super) total: Word,

    // deciding
    pub(super) decide: Word,
    pub(super) decide_lead: Word,
    pub(super) may_not_decide: Word,
    pub(super) disposition_heading: Word,
    pub(super) second_reader_note: Word,
    pub(super) reason_heading: Word,
    pub(super) choose: Word,
    pub(super) note: Word,
    pub(super) note_hint: Word,
    pub(super) record_decision: Word,
    pub(super) earlier_decisions: Word,
    pub(super) same_evidence: Word,
    pub(super) other_evidence: Word,

    // the audit
    pub(super) audit: Word,
    pub(super) audit_lead: Word,
    pub(super) verify_audit: Word,
    pub(super) audit_whole: fn(u64) -> String,
    pub(super) audit_broken: fn(i64) -> String,
    pub(super) row_number: Word,
    pub(super) when: Word,
    pub(super) who: Word,
    pub(super) what: Word,
    pub(super) to_what: Word,
    pub(super) for_what: Word,
    pub(super) row_digest: Word,

    // closed lists
    pub(super) lane: fn(Lane) -> Word,
    pub(super) band: fn(Band) -> Word,
    pub(super) case_state: fn(CaseState) -> Word,
    pub(super) kind: fn(EvidenceKind) -> Word,
    pub(super) family: fn(Family) -> Word,
    pub(super) field: fn(Field) -> Word,
    pub(super) fact: fn(FactName) -> Word,
    pub(super) disposition: fn(Disposition) -> Word,
    pub(super) reason: fn(DispositionReason) -> Word,
    pub(super) audit_action: fn(AuditAction) -> Word,
    pub(super) look: fn(Look) -> Word,
    /// A clause of the policy's gate; one that is not known is given by its name.
    pub(super) clause: fn(&str) -> String,
    pub(super) indicator: fn(&str) -> &str,
    pub(super) observed: fn(&Observed) -> String,
    pub(super) tongue: Tongue,
}

impl Words {
    /// What a rule says, in this language or, where it lacks the text, in the other one.
    pub(super) fn why<'a>(&self, text: &'a Localised) -> &'a str {
        self.tongue.why(text)
    }
}

/// A number with a thin gap between thousands in both languages alike.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn durations_in_the_largest_whole_unit() {
        for (minutes, dutch, english) in [
            (0, "minder dan een minuut", "less than a minute"),
            (1, "1 minuut", "1 minute"),
            (59, "59 minuten", "59 minutes"),
            (60, "1 uur", "1 hour"),
            (150, "2 uur", "2 hours"),
            (24 * 60, "1 dag", "1 day"),
            (24 * 60 * 40, "40 dagen", "40 days"),
        ] {
            assert_eq!((nl::WORDS.duration)(minutes), dutch);
            assert_eq!((en::WORDS.duration)(minutes), english);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(100_000), "100\u{202f}000");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
