//! The statements that are run most, or over most rows, walk along an index: none sorts, none reads
//! a whole table.

use rusqlite::Connection;

use super::{assessment, audit, case, frontier, link, listing, migrate};

#[track_caller]
fn check(sql: &str, expected: &str) {
    let mut raw = Connection::open_in_memory().unwrap();
    let known = migrate::look(&raw, "plans".as_ref()).unwrap();
    migrate::run(&mut raw, "plans".as_ref(), known, "keys").unwrap();
    let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let n_parameters = statement.parameter_count();
    let none = std::iter::repeat_n(rusqlite::types::Null, n_parameters);
    let plan: Vec<String> = statement
        .query_map(rusqlite::params_from_iter(none), |row| row.get("detail"))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let plan = plan.join("; ");
    assert!(plan.contains(expected), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "it sorts: {plan}");
    let whole = plan.contains("SCAN")
        && !plan.contains("USING COVERING INDEX")
        && !plan.contains("USING INDEX");
    assert!(!whole, "it reads a whole table: {plan}");
}

#[test]
fn the_next_address() {
    check(
        frontier::NEXT_DUE,
        "USING INDEX frontier_due (host=? AND due_at<?)",
    );
}

#[test]
fn a_page_of_the_queue() {
    check(case::PAGE, "USING INDEX cases_queue (lane=? AND state=?");
}

#[test]
fn counts_of_cases_and_assessments() {
    check(case::COUNTS, "COVERING INDEX cases_queue");
    check(assessment::COUNTS, "COVERING INDEX assessments_band");
}

#[test]
fn decisions_of_a_case() {
    check(case::DECISIONS, "USING INDEX decisions_case (case_id=?)");
}

#[test]
fn versions_of_a_listing() {
    check(
        listing::LATEST,
        "USING INDEX sqlite_autoindex_versions_1 (listing=?)",
    );
    check(
        listing::VERSIONS,
        "USING INDEX sqlite_autoindex_versions_1 (listing=?)",
    );
}

#[test]
fn a_page_of_listings() {
    check(
        listing::PAGE,
        "USING INDEX sqlite_autoindex_listings_1 (id>?)",
    );
}

#[test]
fn links_of_a_listing() {
    check(link::LINKS_FROM, "USING PRIMARY KEY (a=?)");
}

#[test]
fn the_head_and_the_walk_of_the_audit() {
    check(
        audit::HEAD,
        "USING INDEX sqlite_autoindex_audit_1 (chain=?)",
    );
    check(audit::BY_CHAIN, "USING INDEX sqlite_autoindex_audit_1");
}
