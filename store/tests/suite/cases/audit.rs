use model::AuditAction;
use store::{AuditVerdict, StoreError};

use crate::support::{Fresh, audit, quick};

pub(crate) fn numbered_and_chained(store: Fresh) {
    store.write(|tx| tx.append_audit(&audit(AuditAction::Collect, "crawl")));
    store.write(|tx| {
        tx.append_audit(&audit(AuditAction::Consult, "review"))?;
        tx.append_audit(&audit(AuditAction::Disclose, "export"))
    });
    let rows = store.read(|tx| tx.audit(None, 10));
    let numbers: Vec<_> = rows.iter().map(|row| (row.number, row.position)).collect();
    assert_eq!(numbers, [(1, 1), (2, 2), (3, 3)]);
    assert_eq!(rows[1].previous, rows[0].digest);
    assert_eq!(rows[2].entry, audit(AuditAction::Disclose, "export"));
    assert_eq!(store.read(|tx| tx.audit(Some(1), 1)), rows[1..2]);
    assert_eq!(store.read(|tx| tx.audit(Some(3), 1)), []);
    let verdict = store.read(|tx| tx.verify_audit());
    assert_eq!(verdict, AuditVerdict::Whole { rows: 3 });
}

pub(crate) fn each_opening_has_a_chain(store: Fresh) {
    store.write(|tx| tx.append_audit(&audit(AuditAction::Collect, "crawl")));
    let store = store.reopen(quick());
    store.write(|tx| tx.append_audit(&audit(AuditAction::Collect, "crawl")));
    let rows = store.read(|tx| tx.audit(None, 10));
    assert_ne!(rows[0].chain, rows[1].chain);
    assert_eq!((rows[1].number, rows[1].position), (2, 1));
    let verdict = store.read(|tx| tx.verify_audit());
    assert_eq!(verdict, AuditVerdict::Whole { rows: 2 });
}

pub(crate) fn a_purpose_is_no_free_text(store: Fresh) {
    let error =
        store.refusal(|tx| tx.append_audit(&audit(AuditAction::Consult, "rang 06 1234 5678")));
    assert!(!error.contains("5678"), "{error}");
    assert!(error.contains("purpose"), "{error}");
}

pub(crate) fn an_undone_write_leaves_no_row(store: Fresh) {
    let undone = store.try_write(|tx| {
        tx.append_audit(&audit(AuditAction::Consult, "review"))?;
        Err::<(), _>(StoreError::Conflict("no".to_owned()))
    });
    assert!(undone.is_err());
    store.write(|tx| tx.append_audit(&audit(AuditAction::Consult, "review")));
    let rows = store.read(|tx| tx.audit(None, 10));
    assert_eq!((rows.len(), rows[0].number, rows[0].position), (1, 1, 1));
}
