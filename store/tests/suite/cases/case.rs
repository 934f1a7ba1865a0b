use model::{
    AuditAction, AuditEntry, Band, Case, CaseId, CaseState, Decision, Digest, Disposition,
    DispositionReason, EvidenceKind, Lane, Link, LinkKind, ListingId, Triaged,
};
use store::{Combined, Options, QueueQuery, SealClass, StoreError};

use crate::support::{Fresh, actor, assessment, at, audit, days, id, look, quick, version};

fn case_id(written: &str) -> CaseId {
    CaseId::new(written).unwrap()
}

/// Reads `c1 organised 60 text,contact minor #2`: id, lane, points, kinds, whether there is a hard
/// minor finding, and a mark that makes the evidence another.
fn triaged(written: &str) -> Triaged {
    let words: Vec<&str> = written.split_whitespace().collect();
    let [name, lane, points, kinds, rest @ ..] = words.as_slice() else {
        panic!("`{written}` lacks a word");
    };
    Triaged {
        id: case_id(name),
        lane: Lane::from_name(lane).unwrap(),
        band: Band::High,
        hard_minor: rest.contains(&"minor"),
        points: points.parse().unwrap(),
        members: vec![id("s:1"), id("s:2")],
        raised_by: vec![id("s:2")],
        kinds: kinds
            .split(',')
            .map(|kind| EvidenceKind::from_name(kind).unwrap())
            .collect(),
        indicators: Vec::new(),
        evidence: Digest::of(format!("{kinds} {rest:?}").as_bytes()),
    }
}

/// Combines at this second.
fn combine(store: &Fresh, seconds: i64, found: &[&str]) -> Combined {
    let found: Vec<Triaged> = found.iter().map(|written| triaged(written)).collect();
    let entry = AuditEntry {
        at: at(seconds),
        ..audit(AuditAction::Combine, "triage")
    };
    store.write(move |tx| tx.combine(&found, &entry))
}

fn query(states: &[CaseState], after: Option<&str>, limit: u32) -> QueueQuery {
    QueueQuery {
        lanes: Lane::ALL.to_vec(),
        states: states.to_vec(),
        after: after.map(case_id),
        limit,
    }
}

fn page(store: &Fresh, query: QueueQuery) -> Vec<Case> {
    store.write(move |tx| tx.queue(&query, &look()))
}

fn ids(cases: &[Case]) -> String {
    let ids: Vec<&str> = cases.iter().map(|case| case.triaged.id.as_str()).collect();
    ids.join(" ")
}

/// All cases as `id state`, in the order of the queue.
fn states(store: &Fresh) -> Vec<String> {
    page(store, query(CaseState::ALL, None, 100))
        .iter()
        .map(|case| format!("{} {}", case.triaged.id, case.state))
        .collect()
}

fn decision(case: &Triaged, disposition: Disposition) -> Decision {
    Decision {
        case: case.id.clone(),
        disposition,
        reason: DispositionReason::TooLittle,
        note: "rang twice, no answer".to_owned(),
        by: actor("anna"),
        at: at(50),
        evidence: case.evidence,
    }
}

fn decide(store: &Fresh, seen: &str, disposition: Disposition) -> store::Result<()> {
    let decision = decision(&triaged(seen), disposition);
    let entry = audit(AuditAction::Decide, disposition.name());
    store.try_write(move |tx| tx.decide(&decision, &entry))
}

pub(crate) fn combined_by_the_rules(store: Fresh) {
    let first = combine(&store, 0, &["c1 organised 60 text", "c2 organised 50 text"]);
    assert_eq!(
        first,
        Combined {
            opened: 2,
            ..Combined::default()
        }
    );
    let same = combine(&store, 1, &["c1 organised 60 text", "c2 organised 50 text"]);
    assert_eq!(
        same,
        Combined {
            unchanged: 2,
            ..Combined::default()
        }
    );

    let second = combine(&store, 2, &["c1 organised 70 text #2"]);
    assert_eq!(
        second,
        Combined {
            renewed: 1,
            withdrawn: 1,
            ..Combined::default()
        }
    );
    assert_eq!(states(&store), ["c1 open", "c2 withdrawn"]);

    decide(&store, "c1 organised 70 text #2", Disposition::NoConcern).unwrap();
    let more = combine(
        &store,
        3,
        &["c1 organised 90 text #3", "c2 organised 50 text"],
    );
    assert_eq!(
        more,
        Combined {
            reopened: 1,
            unchanged: 1,
            ..Combined::default()
        }
    );
    assert_eq!(
        states(&store),
        ["c1 decided", "c2 open"],
        "more of the same holds"
    );

    let new_kind = combine(
        &store,
        4,
        &["c1 organised 90 text,photo", "c2 organised 50 text"],
    );
    assert_eq!(
        new_kind,
        Combined {
            reopened: 1,
            unchanged: 1,
            ..Combined::default()
        }
    );
    decide(&store, "c1 organised 90 text,photo", Disposition::ReferHelp).unwrap();
    let hard = combine(&store, 5, &["c1 minor 90 text minor"]);
    assert_eq!(
        hard,
        Combined {
            reopened: 1,
            withdrawn: 1,
            ..Combined::default()
        }
    );

    let gone = combine(&store, 6, &[]);
    assert_eq!(
        gone,
        Combined {
            withdrawn: 1,
            ..Combined::default()
        }
    );
    let back = combine(&store, 7, &["c1 organised 90 text,photo"]);
    assert_eq!(
        back,
        Combined {
            unchanged: 1,
            ..Combined::default()
        }
    );
    assert_eq!(
        states(&store),
        ["c1 decided", "c2 withdrawn"],
        "its decision stands again"
    );

    let cases = page(&store, query(CaseState::ALL, None, 1));
    assert_eq!((cases[0].opened_at, cases[0].updated_at), (at(0), at(7)));
    let counts = store.read(|tx| tx.case_counts());
    assert_eq!(
        counts,
        [
            ((Lane::Organised, CaseState::Decided), 1),
            ((Lane::Organised, CaseState::Withdrawn), 1)
        ]
        .into()
    );
    assert_eq!(
        store.read(|tx| tx.case_lane(&case_id("c1"))),
        Some(Lane::Organised)
    );
    assert_eq!(store.read(|tx| tx.case_lane(&case_id("c9"))), None);
}

const TEN: [&str; 7] = [
    "spam1 spam 99 text",
    "org-low organised 60 text",
    "org-b organised 80 text",
    "org-a organised 80 text",
    "rec1 recruitment 10 text",
    "minor1 minor 100 text minor",
    "help1 victim-help 5 text",
];

pub(crate) fn in_the_order_of_urgency(store: Fresh) {
    combine(&store, 0, &["old organised 80 text"]);
    let mut all = vec!["old organised 80 text"];
    all.extend(TEN);
    combine(&store, 10, &all);
    let open = [CaseState::Open];
    let whole = page(&store, query(&open, None, 100));
    assert_eq!(
        ids(&whole),
        "minor1 help1 rec1 old org-a org-b org-low spam1"
    );
    let some = QueueQuery {
        lanes: vec![Lane::Organised, Lane::Recruitment],
        ..query(&open, None, 2)
    };
    assert_eq!(ids(&page(&store, some)), "rec1 old");
    assert_eq!(ids(&page(&store, query(&[CaseState::Held], None, 9))), "");
}

pub(crate) fn paged_by_key(store: Fresh) {
    combine(&store, 0, &TEN);
    decide(&store, "org-b organised 80 text", Disposition::Watch).unwrap();
    let states = [CaseState::Open, CaseState::Held];
    for limit in 1..=8 {
        let mut read = String::new();
        let mut after: Option<String> = None;
        loop {
            let page = page(&store, query(&states, after.as_deref(), limit));
            let Some(last) = page.last() else { break };
            assert!(page.len() <= limit as usize);
            after = Some(last.triaged.id.to_string());
            read = format!("{read} {}", ids(&page));
        }
        assert_eq!(
            read.trim(),
            "minor1 help1 rec1 org-a org-b org-low spam1",
            "pages of {limit}"
        );
    }
    let error = store.refusal(move |tx| tx.queue(&query(&states, Some("none"), 1), &look()));
    assert_eq!(
        error,
        "case `none` is not known to the store; keep it first"
    );
}

pub(crate) fn a_page_goes_on_after_a_case_that_was_decided(store: Fresh) {
    combine(&store, 0, &TEN);
    decide(&store, "org-a organised 80 text", Disposition::NoConcern).unwrap();
    let next = page(&store, query(&[CaseState::Open], Some("org-a"), 2));
    assert_eq!(ids(&next), "org-b org-low");
}

pub(crate) fn the_file_shows_all(store: Fresh) {
    let store = store.with_listings(3);
    let link = Link {
        a: id("s:1"),
        b: id("s:2"),
        kind: LinkKind::Photo,
        measure: 12,
    };
    let kept = link.clone();
    store.write(move |tx| {
        tx.save_assessment(&assessment("s:1", Band::High, Lane::Organised), at(0))?;
        tx.replace_links(std::slice::from_ref(&kept), &[])
    });
    combine(&store, 0, &["c1 organised 60 text"]);
    decide(
        &store,
        "c1 organised 60 text",
        Disposition::NeedsSecondReader,
    )
    .unwrap();
    let file = |name: &'static str| store.write(move |tx| tx.case_file(&case_id(name), &look()));
    let shown = file("c1").unwrap();
    assert_eq!(shown.case.state, CaseState::Held);
    assert_eq!(shown.case.triaged, triaged("c1 organised 60 text"));
    let members: Vec<_> = shown
        .members
        .iter()
        .map(|member| &member.listing.id)
        .collect();
    assert_eq!(members, [&id("s:1"), &id("s:2")]);
    let first = &shown.members[0];
    assert_eq!(first.version, Some(version("s:1", "Anna, 23, Utrecht")));
    assert_eq!(
        first.assessment,
        Some(assessment("s:1", Band::High, Lane::Organised))
    );
    assert_eq!(shown.members[1].assessment, None);
    assert_eq!(shown.links, [link]);
    let seen = triaged("c1 organised 60 text");
    assert_eq!(
        shown.decisions,
        [decision(&seen, Disposition::NeedsSecondReader)]
    );
    assert_eq!(file("c9"), None);
}

pub(crate) fn a_large_case_shows_first_what_raised_it(store: Fresh) {
    let store = store
        .reopen(Options {
            case_members_max: 2,
            ..quick()
        })
        .with_listings(9);
    let large = Triaged {
        members: (1..=9).map(|n| id(&format!("s:{n}"))).collect(),
        raised_by: vec![id("s:7")],
        ..triaged("c1 organised 60 text")
    };
    let file = store.write(move |tx| {
        tx.combine(std::slice::from_ref(&large), &look())?;
        tx.case_file(&case_id("c1"), &look())
    });
    let file = file.unwrap();
    let members: Vec<ListingId> = file.members.into_iter().map(|one| one.listing.id).collect();
    assert_eq!(members, [id("s:1"), id("s:7")]);
    assert_eq!(file.case.triaged.members.len(), 9, "all are named");
}

pub(crate) fn a_decision_binds_what_was_seen(store: Fresh) {
    combine(&store, 0, &["c1 organised 60 text"]);
    combine(&store, 1, &["c1 organised 60 text #2"]);
    let outcome = decide(&store, "c1 organised 60 text", Disposition::NoConcern);
    let Err(StoreError::Conflict(why)) = outcome else {
        panic!("decided on evidence that is no more: {outcome:?}");
    };
    assert!(why.contains("other evidence"), "{why}");
    assert_eq!(states(&store), ["c1 open"]);
    decide(&store, "c1 organised 60 text #2", Disposition::NoConcern).unwrap();
    assert_eq!(states(&store), ["c1 decided"]);
    let outcome = decide(&store, "c9 organised 60 text", Disposition::NoConcern);
    assert!(matches!(outcome, Err(StoreError::Unknown { .. })));
}

pub(crate) fn nothing_is_decided_twice(store: Fresh) {
    let seen = "c1 organised 60 text";
    combine(&store, 0, &[seen]);
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| decide(&store, seen, Disposition::ReferPolice)))
            .collect();
        readers.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let kept = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(kept, 1, "{outcomes:?}");
    let file = store
        .write(|tx| tx.case_file(&case_id("c1"), &look()))
        .unwrap();
    assert_eq!(file.decisions.len(), 1);

    combine(&store, 1, &[seen, "c2 organised 60 text"]);
    combine(&store, 2, &[seen]);
    let outcome = decide(&store, "c2 organised 60 text", Disposition::NoConcern);
    assert!(matches!(outcome, Err(StoreError::Conflict(_))), "withdrawn");
}

pub(crate) fn every_look_leaves_a_row(store: Fresh) {
    let n_rows = || store.read(|tx| tx.audit(None, 100)).len();
    combine(&store, 0, &["c1 organised 60 text"]);
    assert_eq!(n_rows(), 1, "combining");
    page(&store, query(&[CaseState::Open], None, 10));
    assert_eq!(n_rows(), 2, "the queue");
    store.write(|tx| tx.case_file(&case_id("c1"), &look()));
    assert_eq!(n_rows(), 3, "a case");
    store.write(|tx| tx.case_file(&case_id("c9"), &look()));
    assert_eq!(n_rows(), 4, "a case that is not there");
    decide(&store, "c1 organised 60 text", Disposition::Watch).unwrap();
    assert_eq!(n_rows(), 5, "a decision");
    assert!(decide(&store, "c1 organised 60 text #2", Disposition::Watch).is_err());
    assert_eq!(n_rows(), 5, "what was refused did not happen");
    let outcome = store
        .handle
        .read(|tx| tx.case_file(&case_id("c1"), &look()))
        .wait();
    assert!(
        matches!(outcome, Err(StoreError::ReadOnly(_))),
        "no look beside the audit"
    );
}

pub(crate) fn a_note_expires_with_its_key(store: Fresh) {
    combine(&store, 0, &["c1 organised 60 text"]);
    decide(&store, "c1 organised 60 text", Disposition::NoConcern).unwrap();
    store.destroy(SealClass::Case, days(1).day());
    let file = store
        .write(|tx| tx.case_file(&case_id("c1"), &look()))
        .unwrap();
    assert_eq!(file.decisions[0].note, "");
    assert_eq!(file.decisions[0].disposition, Disposition::NoConcern);
}
