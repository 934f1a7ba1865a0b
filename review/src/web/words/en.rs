//! The pages in English.

use model::{AuditAction, CaseState, Disposition, DispositionReason, LinkKind};
use report::words::en::TERMS;

use super::{Tongue, Word, Words, grouped};
use crate::web::finding::Look;
use crate::web::problem::Problem;

pub(super) static WORDS: Words = Words {
    skip_to_content: "Skip to content",
    main_navigation: "Main menu",
    language: "Language",
    signed_in_as: "Signed in as",
    sign_out: "Sign out",
    foot: "All times are in UTC. Every look and every decision is recorded.",
    paging: "Paging",
    first_page: "Back to the start",
    next_page: "Next page",
    n_more: |n| format!("and {n} more"),
    problem,

    sign_in: "Sign in",
    user_name: "User name",
    password: "Password",
    sign_in_note: "No account, or lost your password? Ask the administrator for a new one.",
    sign_in_wrong: "Name and password do not belong together. Check both and try again.",
    sign_in_too_often: "Too many attempts. Wait a minute, then try again.",
    session_ended: "The session has ended. Please sign in again.",
    signed_out: "You are signed out.",

    queue: "Queue",
    to_queue: "To the queue",
    to_start: "To the start",
    lanes: "Lanes",
    all_lanes: "All lanes",
    states: "State",
    queue_empty: "Nothing waits here.",
    queue_end: "There is nothing more.",
    case: "Case",
    lane_heading: "Lane",
    band_heading: "Weight",
    points: "Points",
    kinds_of_evidence: "Kinds of evidence",
    found_heading: "What was found",
    listings: "Listings",
    waits: "Waiting",
    hard: "hard finding",
    duration,

    back: "Back",
    to_decision: "To the decision",
    proves_nothing: "An advertisement proves nothing. What stands here are signs in texts, no judgement about a person.",
    n_points: |n| format!("{n} {}", if n == 1 { "point" } else { "points" }),
    n_listings,
    told_decided: "Your decision is recorded.",
    next_case: "To the next case in this lane",
    lane_is_done: "Nothing more waits in this lane: to the queue",
    told_conflict: "The evidence has changed since you opened this case. What you see below is the new state. Your decision is not recorded: look again, then decide.",
    told_incomplete: "Choose a decision and a reason. Nothing is recorded yet.",
    told_note_too_long: |n| {
        format!("The note is too long: use at most {n} characters. Nothing is recorded yet.")
    },
    why_here: "Why this case is here",
    raised_by,
    strongest: "What was found in them, the strongest first",
    up_to: "up to",
    in_listings: |n, of| format!("in {n} of {}", n_listings(of)),
    what_listings_say: "Listings, and what was found in them",
    legend: "Underlined:",
    n_members_not_read: |n| {
        format!(
            "{} of this case are not on this page; those that raised it are.",
            n_listings(n)
        )
    },
    next_listings: |n| format!("Next listings ({n} more)"),
    why_linked: "Why they belong together",
    no_links: "This listing stands alone: it has no links with others.",
    linked_by,
    n_pairs: |n| format!("Pair by pair ({n})"),
    pairs_lead: "Each line joins two listings. Listings with the same contact, picture or text are joined in a chain, not each with every other.",
    listing: "Listing",
    link_reason: "Link",
    link,
    timeline: "Where and when seen",
    town: "Town",
    posted: "Posted",
    first_seen: "First seen",
    last_seen: "Last seen",
    still_online: "Online at the last visit",
    yes: "yes",
    gone: "no, gone",

    raised_this: "raised the case",
    facts: "Facts: what it says",
    inferences: "Inferences of rules",
    protective: "Speaks against concern",
    finding: "Finding",
    no_findings: "No findings.",
    no_protective: "Nothing was found that speaks against concern.",
    assessment_expired: "The assessment of this listing has expired and was destroyed.",
    text_expired: "The text has expired and was destroyed, as the site's retention says.",
    text_not_kept: "No texts of this site are kept, only features.",
    age_field: "Age field",
    price: "Price",
    account: "Kind of account",
    contact_fields: "Contact fields",
    n_hidden: |n| format!("{n}, not shown"),
    contact_hidden: "[contact]",
    n_observed: |n| format!("Read in the listing, before any rule: {n}"),
    refused: "looked at and not counted",
    candidate: TERMS.candidate,
    read_as_age: |age| format!("read as age {age}"),
    together_with: "with",
    with_all_others: |n| format!("with all {n} others of this case"),
    signed_points: |n| signed(n, "point", "points"),
    gate: "Raises a case",
    gate_open: "yes,",
    gate_closed: "not by itself",
    sum: "How the points add up",
    family_heading: "Family of rules",
    points_found: "Found",
    points_counted: "Counted",
    capped: "(up to the cap)",
    not_all_applied: "(not all of it applies)",
    total: "Total",

    decide: "Decide",
    decide_lead: "Only a person decides. The decision holds for the evidence that you see now.",
    may_not_decide: "Your role may read this case, but not decide it.",
    disposition_heading: "Decision",
    second_reader_note: "A referral asks for a second reader, except when urgent in the lane for minors.",
    reason_heading: "Reason",
    choose: "Choose…",
    note: "Note (may stay empty)",
    note_hint: "Give no names or numbers.",
    record_decision: "Record decision",
    earlier_decisions: "Earlier decisions",
    same_evidence: "About the evidence of now.",
    other_evidence: "About earlier evidence; something has changed since.",

    audit: "Audit",
    audit_lead: "Who looked, decided or was refused, and when. Rows never change and are chained.",
    verify_audit: "Check that the audit is whole",
    audit_whole: |n| format!("The audit is whole: {} rows fit together.", grouped(n)),
    audit_broken: |n| {
        format!("The audit is not whole: row {n} does not fit. Keep a copy and report it.")
    },
    row_number: "No.",
    when: "When",
    who: "Who",
    what: "What",
    to_what: "Object",
    for_what: "Purpose",
    row_digest: "Digest",

    lane: TERMS.lane,
    band: TERMS.band,
    case_state,
    kind: TERMS.kind,
    family: TERMS.family,
    field: TERMS.field,
    fact: TERMS.fact,
    disposition,
    reason,
    audit_action,
    look,
    clause: TERMS.clause,
    indicator: TERMS.indicator,
    observed: TERMS.observed,
    tongue: Tongue::English,
};

fn problem(problem: Problem) -> (Word, Word) {
    match problem {
        Problem::NotFound => ("Not found", "This page or case is not there (any more)."),
        Problem::MethodNotAllowed => (
            "This page does not work like that",
            "Open the page from the queue.",
        ),
        Problem::Forbidden => (
            "No access",
            "Your role gives no access to this. The attempt was recorded. Ask the administrator if you need it.",
        ),
        Problem::StaleForm => (
            "The form has expired",
            "The form does not belong to this session. Nothing has changed: open the page again and fill it in once more.",
        ),
        Problem::BadForm => (
            "The form cannot be read",
            "The form did not arrive well. Nothing has changed: open the page again and fill it in once more.",
        ),
        Problem::BodyTooLarge => (
            "Too much text",
            "The form is too large. Nothing has changed: shorten the note.",
        ),
        Problem::HeadTooLarge => (
            "The request is too large",
            "The browser sent too much along. Clear the cookies of this address and try again.",
        ),
        Problem::WrongHost => (
            "Another address",
            "These pages belong to another address. Open the one that the administrator gave you.",
        ),
        Problem::TooSlow => (
            "Too busy",
            "The answer took too long. Try again in a moment.",
        ),
        Problem::NoPages => (
            "No pages",
            "Your role has no pages here. Users are managed with the program itself.",
        ),
        Problem::Broken => (
            "Something went wrong",
            "The failure was recorded. Try again; if it stays, tell the administrator.",
        ),
    }
}

fn n_listings(n: usize) -> String {
    format!("{n} {}", if n == 1 { "listing" } else { "listings" })
}

fn raised_by(n: usize, of: usize) -> String {
    match of {
        1 => "The listing raised it".to_owned(),
        _ => format!("{n} of {} raised it", n_listings(of)),
    }
}

fn duration(minutes: u64) -> String {
    match minutes {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        2..60 => format!("{minutes} minutes"),
        60..120 => "1 hour".to_owned(),
        120..1_440 => format!("{} hours", minutes / 60),
        1_440..2_880 => "1 day".to_owned(),
        _ => format!("{} days", minutes / 1_440),
    }
}

fn signed(points: i32, one: &str, many: &str) -> String {
    let sign = match points {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let unit = if points.abs() == 1 { one } else { many };
    format!("{sign}{} {unit}", points.unsigned_abs())
}

fn link(kind: LinkKind, measure: u16) -> String {
    match kind {
        LinkKind::Contact => "the same number or address".to_owned(),
        LinkKind::Photo => match measure {
            0 => "the same picture".to_owned(),
            1 => "the same picture or a copy (1 of 256 bits differs)".to_owned(),
            bits => format!("the same picture or a copy ({bits} of 256 bits differ)"),
        },
        LinkKind::Text => format!(
            "nearly the same text ({}% of the words equal)",
            measure / 10
        ),
    }
}

fn linked_by(kind: LinkKind, n: usize, of: usize) -> String {
    let by = match kind {
        LinkKind::Contact => "the same number or address",
        LinkKind::Photo => "the same picture or a copy of it",
        LinkKind::Text => "nearly the same text",
    };
    format!("{n} of {} are linked to another by {by}", n_listings(of))
}

const fn case_state(state: CaseState) -> Word {
    match state {
        CaseState::Open => "open",
        CaseState::Held => "held",
        CaseState::Decided => "decided",
        CaseState::Withdrawn => "withdrawn",
    }
}

const fn disposition(disposition: Disposition) -> Word {
    match disposition {
        Disposition::NoConcern => "No concern",
        Disposition::Watch => "Watch: look again when something changes",
        Disposition::ReferHelp => "Refer to a help organisation",
        Disposition::ReferPolice => "Refer to the police",
        Disposition::ReferPlatform => "Refer to the platform",
        Disposition::NeedsSecondReader => "Ask for a second reader",
        Disposition::Duplicate => "Duplicate: another case holds the same",
        Disposition::CannotTell => "Cannot tell",
    }
}

const fn reason(reason: DispositionReason) -> Word {
    match reason {
        DispositionReason::MinorStated => {
            "Somebody under 18 is stated, or follows from what is stated"
        }
        DispositionReason::MinorImplied => "Signs of somebody under 18, not explicit",
        DispositionReason::ThirdPartyControl => "Signs that others arrange the contact or the work",
        DispositionReason::Recruitment => "Signs of recruitment under false colours",
        DispositionReason::Extortion => "Somebody is threatened with publication",
        DispositionReason::IndependentAdult => "An adult who works independently",
        DispositionReason::WorkingTogether => "Adults who work together of their own choice",
        DispositionReason::LicensedBusiness => "A licensed business",
        DispositionReason::RuleWrong => "The rule misread the text",
        DispositionReason::LinkWrong => "The listings do not belong together",
        DispositionReason::NotRelevant => "Spam or something else altogether",
        DispositionReason::TooLittle => "Too little to go by",
    }
}

const fn audit_action(action: AuditAction) -> Word {
    match action {
        AuditAction::Collect => "collect",
        AuditAction::Change => "change",
        AuditAction::Consult => "consult",
        AuditAction::Disclose => "disclose",
        AuditAction::Combine => "combine",
        AuditAction::Erase => "erase",
        AuditAction::Decide => "decide",
        AuditAction::SignIn => "sign in or out",
        AuditAction::Refuse => "refuse",
        AuditAction::Configure => "configure",
    }
}

const fn look(look: Look) -> Word {
    match look {
        Look::Minor => "minor",
        Look::Help => "recruitment or extortion",
        Look::Organised => "other finding with points",
        Look::Label => "label without points",
        Look::Protective => "speaks against concern",
    }
}
