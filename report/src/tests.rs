//! Every export as a whole, out of a real store, against golden files.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{
    Actor, Assessment, AuditAction, AuditEntry, AuditObject, Band, CaseId, Decision, Digest,
    Disposition, DispositionReason, Entropy, Evidence, EvidenceKind, Family, Field, Finding,
    FixedClock, Gate, Groups, IndicatorId, Lane, LegalGround, ListingId, ListingVersion, Localised,
    PackRef, PolicyRef, Retention, RuleId, Score, Site, SiteId, Span, Timestamp, Triaged,
};
use store::{Handle, Priority, SealClass, StoreUrl};
use tempfile::TempDir;

use crate::{Export, ExportSummary, ReportError, Request};

/// Digests of a counter: the same in every run.
struct Counted(AtomicU64);

impl Entropy for Counted {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String> {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let digest = Digest::of(&count.to_le_bytes());
            chunk.copy_from_slice(&digest.as_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

fn at(written: &str) -> Timestamp {
    written.parse().unwrap()
}

fn entry(action: AuditAction, object: AuditObject) -> AuditEntry {
    AuditEntry {
        at: at("2026-03-03T08:00:00Z"),
        by: Actor::process("test"),
        action,
        object,
        purpose: "test".into(),
    }
}

fn site(name: &str) -> Site {
    Site {
        id: SiteId::new(name).unwrap(),
        name: name.to_uppercase(),
        legal: LegalGround {
            ground: format!("article 1 for {name}"),
            purpose: "signs of minors".into(),
            approver: "a. approver".into(),
            contact: "crawl@example.org".into(),
            review_by: at("2027-01-01"),
        },
        retention: Retention {
            text_days: 7,
            feature_days: 90,
            photo_hash_days: 30,
        },
    }
}

fn version(site: &str, key: &str, text: &str) -> ListingVersion {
    let mut version = ListingVersion::empty(ListingId::new(format!("{site}:{key}")).unwrap());
    version.site = Some(SiteId::new(site).unwrap());
    version.url = Some(format!("http://127.0.0.1/{site}/{key}"));
    version.title = "Lena".into();
    version.text = text.into();
    version.city = Some("Utrecht".into());
    version.posted_at = Some(at("2026-02-27T12:00:00Z"));
    version.seen_at = Some(at("2026-03-01T10:00:00Z"));
    version.phones = vec!["06 1234 5678".into()];
    version
}

fn assessment(version: &ListingVersion) -> Assessment {
    let listing = version.id.clone();
    let digest = Digest::of(b"pack");
    Assessment {
        listing,
        engine: "0.1.0".into(),
        pack: PackRef {
            name: "core".into(),
            version: "1.0.0".into(),
            digest,
        },
        policy: PolicyRef {
            name: "police".into(),
            digest,
        },
        context: digest,
        language: None,
        signals: Vec::new(),
        findings: vec![Finding {
            rule: RuleId("WL-MIN-0001".into()),
            version: 1,
            indicator: IndicatorId("M1".into()),
            kind: EvidenceKind::Text,
            family: Family::Minor,
            points: 100,
            hard: true,
            evidence: vec![Evidence::Span(Span::new(Field::Text, 0, 7))],
            why: Localised {
                nl: "leeftijd onder 18".into(),
                en: "age under 18".into(),
            },
        }],
        protective: Vec::new(),
        score: Score {
            total: 100,
            by_family: [(Family::Minor, 100)].into(),
            kinds: [EvidenceKind::Text].into(),
            protective: 0,
            band: Band::High,
            lane: Lane::Minor,
        },
        gate: Gate::Open {
            clause: "hard-minor".into(),
            rules: vec![RuleId("WL-MIN-0001".into())],
        },
        groups: Groups::default(),
        unknown: Vec::new(),
        problems: Vec::new(),
    }
}

fn triaged(assessment: &Assessment) -> Triaged {
    Triaged {
        id: CaseId::of_listing(&assessment.listing),
        lane: Lane::Minor,
        band: Band::High,
        hard_minor: true,
        points: 100,
        members: vec![assessment.listing.clone()],
        raised_by: vec![assessment.listing.clone()],
        kinds: vec![EvidenceKind::Text],
        indicators: vec![IndicatorId("M1".into())],
        evidence: Digest::of(assessment.listing.as_str().as_bytes()),
    }
}

/// Two sites, three listings, two cases, one of them decided.
fn filled() -> (Handle, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let handle = store::open(
        &StoreUrl::sqlite(folder.path().join("waaklicht.db")),
        store::Options::default(),
        Arc::new(FixedClock(at("2026-03-03T09:00:00Z"))),
        Arc::new(Counted(AtomicU64::new(0))),
    )
    .unwrap();
    handle
        .write(Priority::Interactive, |tx| {
            let mut cases = Vec::new();
            for name in ["beta", "alfa"] {
                tx.save_site(&site(name))?;
            }
            for (site, key, text) in [
                ("beta", "7", "16 jaar, Utrecht"),
                ("alfa", "2", "16 jaar, Zwolle: \"nieuw\"\n22 uur"),
                ("alfa", "1", "31 jaar, Zwolle"),
            ] {
                let version = version(site, key, text);
                let seen = at("2026-03-01T10:00:00Z");
                let content = Digest::of(version.text.as_bytes());
                tx.record_version(&version, content, None, seen)?;
                if text.starts_with("16") {
                    let assessment = assessment(&version);
                    tx.save_assessment(&assessment, seen)?;
                    cases.push(triaged(&assessment));
                }
            }
            let combined = entry(AuditAction::Combine, AuditObject::Class("cases".into()));
            tx.combine(&cases, &combined)?;
            let decision = Decision {
                case: cases[0].id.clone(),
                disposition: Disposition::ReferHelp,
                reason: DispositionReason::MinorStated,
                note: "words of a reader".into(),
                by: Actor::new("ans").unwrap(),
                at: at("2026-03-03T08:30:00Z"),
                evidence: cases[0].evidence,
            };
            let decided = entry(
                AuditAction::Decide,
                AuditObject::Case(decision.case.clone()),
            );
            tx.decide(&decision, &decided)
        })
        .wait()
        .unwrap();
    (handle, folder)
}

fn request(page_rows: u32) -> Request {
    Request {
        by: Actor::new("process:export").unwrap(),
        at: at("2026-03-03T09:30:00Z"),
        page_rows,
    }
}

fn written(handle: &Handle, name: &str, page_rows: u32) -> (String, ExportSummary) {
    let mut out = Vec::new();
    let summary = Export::named(name)
        .unwrap()
        .write(handle, &request(page_rows), &mut out)
        .unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

#[expect(
    clippy::disallowed_methods,
    reason = "UPDATE_GOLDEN=1 rewrites golden files (conventions)"
)]
#[track_caller]
pub(crate) fn check_golden(file: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, expected,
        "{file} differs; UPDATE_GOLDEN=1 rewrites it"
    );
}

/// The audit's digests and chain names are the store's own and may change with it.
fn without_chain(rows: &str) -> String {
    let mut out = String::new();
    for line in rows.split_inclusive('\n') {
        match line.split_once("\"chain\":\"") {
            Some((before, after)) => {
                let (_, after) = after.split_once('"').unwrap();
                let (after, _) = after.split_once("blake3:").unwrap();
                out.push_str(&format!("{before}\"chain\":\"…\"{after}…\"}}\n"));
            }
            None => out.push_str(line),
        }
    }
    out
}

#[test]
fn every_export_gives_its_golden_file() {
    for export in Export::ALL {
        let (handle, _folder) = filled();
        let (rows, summary) = written(&handle, export.name, 500);
        check_golden(&format!("{}.jsonl", export.name), &without_chain(&rows));
        check_golden(
            &format!("{}.ground.json", export.name),
            &summary.ground_json().unwrap(),
        );
        assert_eq!(summary.rows, rows.lines().count() as u64, "{}", export.name);
    }
}

#[test]
fn the_size_of_the_pages_changes_nothing() {
    for export in ["listings", "assessments", "cases"] {
        let (handle, _folder) = filled();
        let (whole, _) = written(&handle, export, 500);
        for page_rows in [0, 1, 2, 3] {
            assert_eq!(
                written(&handle, export, page_rows).0,
                whole,
                "{export} by {page_rows}"
            );
        }
    }
    // The audit grows by the row of each export, so its pages are compared on stores of their own.
    let [whole, by_one] = [500, 1].map(|page_rows| written(&filled().0, "audit", page_rows).0);
    assert_eq!(by_one, whole);
}

fn audit(handle: &Handle) -> Vec<String> {
    let rows = handle.read(|tx| tx.audit(None, 100)).wait().unwrap();
    rows.iter()
        .map(|row| &row.entry)
        .filter(|entry| entry.action == AuditAction::Disclose)
        .map(|entry| format!("{} {} {}", entry.by, entry.object, entry.purpose))
        .collect()
}

/// Takes nothing.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("no room"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_export_is_recorded_before_a_row_leaves() {
    let (handle, _folder) = filled();
    let error = Export::named("listings")
        .unwrap()
        .write(&handle, &request(2), &mut Full)
        .unwrap_err();
    assert_eq!(error.to_string(), "cannot write `listings` after 0 rows");
    assert_eq!(audit(&handle), ["process:export class:listings export"]);

    written(&handle, "audit", 2);
    assert_eq!(
        audit(&handle).len(),
        2,
        "one row for each export, not for each page"
    );
    written(&handle, "cases", 500);
    let rows = audit(&handle);
    assert_eq!(rows[2], "process:export class:cases export");
    assert_eq!(rows[3], "process:export queue:all export");
    assert!(rows[4].starts_with("process:export case:l"), "{rows:?}");
    assert_eq!(rows.len(), 6, "and one for each case");
}

#[test]
fn what_has_expired_is_counted_and_left_out() {
    let (handle, _folder) = filled();
    for class in SealClass::ALL {
        handle
            .destroy_keys_before(class, at("2026-04-01").day(), Actor::process("test"))
            .wait()
            .unwrap();
    }
    let (rows, summary) = written(&handle, "listings", 2);
    assert_eq!((rows.as_str(), summary.rows, summary.left_out), ("", 0, 3));
}

#[test]
fn notes_of_readers_and_texts_stay_out_of_the_cases() {
    let (handle, _folder) = filled();
    let (rows, _) = written(&handle, "cases", 500);
    assert!(rows.contains("\"disposition\":\"refer-help\""), "{rows}");
    for inside in ["words of a reader", "16 jaar", "1234", "Utrecht"] {
        assert!(!rows.contains(inside), "{inside}: {rows}");
    }
}

#[test]
fn the_ground_of_each_site_that_rows_come_from_goes_along() {
    let (handle, _folder) = filled();
    let (_, listings) = written(&handle, "listings", 1);
    assert_eq!(
        listings.ground_lines(),
        [
            "alfa: article 1 for alfa; for: signs of minors; approved by a. approver, to be reviewed by 2027-01-01",
            "beta: article 1 for beta; for: signs of minors; approved by a. approver, to be reviewed by 2027-01-01",
        ]
    );
    handle
        .write(Priority::Interactive, |tx| tx.save_site(&site("gamma")))
        .wait()
        .unwrap();
    let ids = |summary: &ExportSummary| -> Vec<String> {
        summary
            .sites
            .iter()
            .map(|site| site.id.to_string())
            .collect()
    };
    assert_eq!(ids(&written(&handle, "assessments", 9).1), ["alfa", "beta"]);
    assert_eq!(
        ids(&written(&handle, "audit", 9).1),
        ["alfa", "beta", "gamma"]
    );
}

#[test]
fn a_closed_store_is_said() {
    let (handle, _folder) = filled();
    handle.shutdown();
    let error = Export::named("cases")
        .unwrap()
        .write(&handle, &request(2), &mut Vec::new())
        .unwrap_err();
    assert!(
        matches!(error, ReportError::Store { rows: 0, .. }),
        "{error}"
    );
}

#[test]
fn no_ground_no_rows() {
    let (handle, _folder) = filled();
    // The store refuses a listing of a site that it has no ground of, so no export meets one.
    let error = handle
        .write(Priority::Interactive, |tx| {
            let version = version("delta", "1", "31 jaar");
            tx.record_version(&version, Digest::of(b""), None, at("2026-03-01"))
        })
        .wait();
    assert!(error.is_err());
}
