use model::AuditAction;
use store::AuditVerdict;

use super::raw;
use crate::support::{Fresh, audit, quick, sqlite};

/// Two chains of five rows.
fn two_chains() -> Fresh {
    let five = |store: &Fresh| {
        for _ in 0..5 {
            store.write(|tx| tx.append_audit(&audit(AuditAction::Consult, "review")));
        }
    };
    let store = sqlite();
    five(&store);
    let store = store.reopen(quick());
    five(&store);
    store
}

fn verdict(store: &Fresh) -> AuditVerdict {
    store.read(|tx| tx.verify_audit())
}

#[test]
fn no_statement_changes_or_removes_a_row() {
    let store = two_chains();
    for statement in [
        "UPDATE audit SET purpose = 'other' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit",
    ] {
        let error = raw(&store).execute(statement, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
    assert_eq!(verdict(&store), AuditVerdict::Whole { rows: 10 });
}

#[test]
fn whoever_gets_around_that_is_found() {
    let zeros = "zeroblob(32)";
    let fields = [
        ("at", "at + 1"),
        ("by", "'bob'"),
        ("action", "'change'"),
        ("action", "'nonsense'"),
        ("object", r#"'{"kind":"queue","id":"minor"}'"#),
        ("object", "'broken'"),
        ("purpose", "'other'"),
        ("chain", "'other'"),
        ("position", "position + 100"),
        ("number", "number + 100"),
        ("previous", zeros),
        ("digest", zeros),
    ];
    let store = two_chains();
    let raw = raw(&store);
    raw.execute_batch(
        "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened;
         CREATE TEMP TABLE as_it_was AS SELECT * FROM audit;",
    )
    .unwrap();
    let found = |statement: &str| {
        raw.execute_batch(statement).unwrap();
        let verdict = verdict(&store);
        let broken = matches!(verdict, AuditVerdict::Broken { .. });
        assert!(broken, "{statement}: {verdict:?}");
        raw.execute_batch("DELETE FROM audit; INSERT INTO audit SELECT * FROM as_it_was;")
            .unwrap();
    };
    for number in 1..=10 {
        for (field, value) in fields {
            if field == "previous" && matches!(number, 1 | 6) {
                // The first row of a chain has zeros there already.
                continue;
            }
            found(&format!(
                "UPDATE audit SET {field} = {value} WHERE number = {number}"
            ));
        }
        found(&format!("DELETE FROM audit WHERE number = {number}"));
    }
    found("DELETE FROM audit WHERE number > 5");
    found("DELETE FROM audit WHERE number < 6");
    assert_eq!(verdict(&store), AuditVerdict::Whole { rows: 10 });
}

#[test]
fn no_row_holds_more_than_ids() {
    let store = two_chains();
    let columns: Vec<String> = raw(&store)
        .prepare("SELECT name FROM pragma_table_info('audit') ORDER BY cid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let expected = "number chain position at by action object purpose previous digest";
    assert_eq!(
        columns.join(" "),
        expected,
        "a new column needs a look at what it may hold"
    );
}
