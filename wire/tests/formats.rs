//! The formats as a whole: written lines against golden files, and written listings read back.

#![expect(
    clippy::unwrap_used,
    reason = "these functions are called by tests only; clippy sees the tests alone"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use model::{
    About, AgeField, AgeSeen, Assessment, Author, Band, ConditionUnknown, Digest, Evidence,
    EvidenceKind, FactName, Family, Field, Finding, Gate, GroupId, Groups, How, IndicatorId, Lane,
    Language, ListingId, ListingVersion, Localised, Observed, PackRef, Phone, PhoneOwner,
    PhoneSeen, PolicyRef, Price, ProtectiveFinding, RuleId, Score, Signal, SiteId, Span, Timestamp,
};
use proptest::prelude::*;
use serde_json::Value;
use wire::{AssessmentRow, Format, Limits, ListingReader, ListingRow};

/// Compares with a golden file; `UPDATE_GOLDEN=1` rewrites it.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite its golden file"
)]
fn check_golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found,
        expected,
        "{} differs; UPDATE_GOLDEN=1 rewrites it",
        path.display()
    );
}

fn id(written: &str) -> ListingId {
    ListingId::new(written).unwrap()
}

/// The listing of the contract's example.
fn version() -> ListingVersion {
    let mut version = ListingVersion::empty(id("a1"));
    "16 jaar, nul zes 12 34 00 01, é".clone_into(&mut version.text);
    version.phones = vec!["06 1234 0002".to_owned(), "0612340003".to_owned()];
    version.age = Some(AgeField::Number(18));
    version
}

fn span(field: Field, start: usize, end: usize) -> Option<Span> {
    Some(Span::new(field, start, end))
}

fn observed(observed: Observed, span: Option<Span>) -> Signal {
    Signal { observed, span }
}

fn phone(e164: &str, written_as: &str, obscured: bool, owner: PhoneOwner) -> Observed {
    Observed::Phone(PhoneSeen {
        phone: Phone::from_e164(e164).unwrap(),
        written_as: written_as.to_owned(),
        obscured,
        owner,
    })
}

fn age(value: u8, about: About, how: How) -> Observed {
    Observed::Age(AgeSeen { value, about, how })
}

fn assessment() -> Assessment {
    Assessment {
        listing: id("a1"),
        engine: "0.1.0".to_owned(),
        pack: PackRef {
            name: "core".to_owned(),
            version: "1.0.0".to_owned(),
            digest: Digest::of(b"pack"),
        },
        policy: PolicyRef {
            name: "police".to_owned(),
            digest: Digest::of(b"policy"),
        },
        context: Digest::of(b"context"),
        language: Some(Language::Nl),
        signals: vec![
            observed(Observed::Language(Language::Nl), None),
            observed(
                age(16, About::Advertised, How::Digits),
                span(Field::Text, 0, 7),
            ),
            observed(
                phone(
                    "+31612340001",
                    "nul zes 12 34 00 01",
                    true,
                    PhoneOwner::Advertiser,
                ),
                span(Field::Text, 9, 28),
            ),
            observed(age(18, About::Unknown, How::Field), span(Field::Age, 0, 2)),
            observed(
                Observed::Handle {
                    service: "telegram".to_owned(),
                    name: "anna_nl".to_owned(),
                },
                span(Field::Handles, 0, 7),
            ),
            observed(
                Observed::Email("a@example.org".to_owned()),
                span(Field::Emails, 0, 13),
            ),
            observed(
                Observed::Url("https://example.org/".to_owned()),
                span(Field::Text, 0, 4),
            ),
            observed(
                Observed::Place {
                    town: "Utrecht".to_owned(),
                    country: "NL".to_owned(),
                },
                span(Field::City, 0, 7),
            ),
            observed(
                Observed::Price {
                    amount: 150,
                    currency: "EUR".to_owned(),
                    per: Some(model::Per::Minutes(60)),
                },
                None,
            ),
            observed(
                Observed::Hours {
                    round_the_clock: true,
                },
                span(Field::Text, 2, 4),
            ),
            observed(Observed::Alias("Anna".to_owned()), span(Field::Title, 0, 4)),
            observed(Observed::SeeksPersons, None),
        ],
        findings: vec![
            Finding {
                rule: RuleId("WL-CON-0001".to_owned()),
                version: 1,
                indicator: IndicatorId("C1".to_owned()),
                kind: EvidenceKind::Contact,
                family: Family::Contact,
                points: 20,
                hard: false,
                evidence: vec![
                    Evidence::Span(Span::new(Field::Phones, 13, 23)),
                    Evidence::Field(Field::Author),
                    Evidence::Field(Field::Age),
                    Evidence::Linked {
                        fact: FactName::ContactIdentities,
                        value: 3,
                        members: vec![id("a2"), id("b.csv#a1")],
                    },
                ],
                why: Localised {
                    nl: "één nummer, drie adverteerders".to_owned(),
                    en: "one number, three advertisers".to_owned(),
                },
            },
            Finding {
                rule: RuleId("WL-MIN-0001".to_owned()),
                version: 2,
                indicator: IndicatorId("M1".to_owned()),
                kind: EvidenceKind::Text,
                family: Family::Minor,
                points: 100,
                hard: true,
                evidence: vec![
                    Evidence::Span(Span::new(Field::Text, 0, 7)),
                    Evidence::Span(Span::new(Field::Text, 30, 32)),
                ],
                why: Localised::default(),
            },
        ],
        protective: vec![ProtectiveFinding {
            rule: RuleId("WL-PRO-0002".to_owned()),
            version: 1,
            indicator: IndicatorId("P2".to_owned()),
            points: -10,
            evidence: Vec::new(),
            why: Localised::default(),
        }],
        score: Score {
            total: 110,
            by_family: BTreeMap::from([(Family::Minor, 100), (Family::Contact, 20)]),
            kinds: BTreeSet::from([EvidenceKind::Contact, EvidenceKind::Text]),
            protective: -10,
            band: Band::High,
            lane: Lane::VictimHelp,
        },
        gate: Gate::Closed {
            missing: "nothing that the format shows".to_owned(),
        },
        groups: Groups {
            contact: Some(GroupId::of_smallest('c', &id("a1"))),
            case: Some(GroupId::of_smallest('g', &id("a1"))),
            ..Groups::default()
        },
        unknown: vec![ConditionUnknown {
            rule: RuleId("WL-CON-0002".to_owned()),
            missing: "photo.names".to_owned(),
        }],
        problems: vec!["`posted_at` cannot be read".to_owned()],
    }
}

#[test]
fn assessment_rows() {
    let (assessment, version) = (assessment(), version());
    let mut lines = AssessmentRow::of(&assessment, &version).to_line();
    // The same once the text has expired: the evidence keeps its place and loses its words.
    let expired = ListingVersion::empty(version.id.clone());
    lines.push_str(&AssessmentRow::of(&assessment, &expired).to_line());
    check_golden("assessment.jsonl", &lines);
}

#[test]
fn a_span_outside_the_text_gives_no_text() {
    let mut assessment = assessment();
    assessment.findings.truncate(1);
    // The middle of the last letter, and beyond the end.
    for (start, end) in [(31, 32), (0, 4000)] {
        assessment.findings[0].evidence = vec![Evidence::Span(Span::new(Field::Text, start, end))];
        let line = AssessmentRow::of(&assessment, &version()).to_line();
        let row: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(row["findings"][0]["evidence"][0]["text"], Value::Null);
    }
}

#[test]
fn fields_stand_in_the_order_of_the_contract() {
    let line = AssessmentRow::of(&assessment(), &version()).to_line();
    let mut last = 0;
    for name in [
        "id",
        "schema",
        "engine",
        "rule_pack",
        "policy",
        "context",
        "language",
        "extracted",
        "phones",
        "ages",
        "handles",
        "emails",
        "urls",
        "places",
        "prices",
        "hours",
        "findings",
        "protective",
        "score",
        "groups",
        "problems",
    ] {
        let at = line[last..].find(&format!("\"{name}\":"));
        last += at.unwrap_or_else(|| panic!("`{name}` is not where it belongs"));
    }
}

/// Any listing version that the format can hold.
fn versions() -> impl Strategy<Value = ListingVersion> {
    let words = || proptest::option::of("[a-z][a-zé0-9 ;,\"\n]{0,8}[a-z]");
    let list = || proptest::collection::vec("[a-z0-9+;,\"]{1,8}", 0..3);
    // Years 1970 to 2100, in whole milliseconds.
    let moment = || proptest::option::of((0_i64..4_100_000_000_000).prop_map(Timestamp::from_ms));
    let age = proptest::option::of(prop_oneof![
        (0_i64..120).prop_map(AgeField::Number),
        "[a-z0-9+]{1,6}".prop_map(AgeField::Words),
    ]);
    let price = proptest::option::of(
        (
            proptest::num::f64::NORMAL,
            proptest::option::of("[A-Z]{3}"),
            words(),
        )
            .prop_map(|(amount, currency, per)| Price {
                amount,
                currency,
                per,
            }),
    );
    let author = (
        words(),
        words(),
        words(),
        proptest::option::of(any::<bool>()),
        words(),
        moment(),
    )
        .prop_map(|(id, name, kind, verified, payer_id, since)| {
            let author = Author {
                id,
                name,
                kind,
                verified,
                payer_id,
                since,
            };
            (author != Author::default()).then_some(author)
        });
    let attribute = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
        proptest::collection::vec(".{0,3}", 0..3).prop_map(Value::from),
    ];
    let attributes = proptest::collection::btree_map("[A-Za-z .#]{1,6}", attribute, 0..4);
    let head = (
        "[a-z0-9:#]{1,9}",
        ".{0,12}",
        any::<String>(),
        words(),
        words(),
    );
    (
        (head, moment(), moment(), age),
        (
            words(),
            proptest::option::of("[A-Z]{2}"),
            list(),
            list(),
            list(),
            list(),
        ),
        (
            price,
            author,
            attributes,
            proptest::option::of("[a-z0-9]{1,8}"),
        ),
    )
        .prop_map(
            |((head, posted_at, seen_at, age), lists, (price, author, attributes, site))| {
                let (id, title, text, url, language) = head;
                let (city, country, phones, emails, handles, images) = lists;
                ListingVersion {
                    id: ListingId::new(id).unwrap(),
                    site: site.map(|site| SiteId::new(site).unwrap()),
                    url,
                    title,
                    text,
                    language,
                    posted_at,
                    seen_at,
                    age,
                    city,
                    country,
                    phones,
                    emails,
                    handles,
                    price,
                    author,
                    images,
                    attributes,
                }
            },
        )
}

proptest! {
    #[test]
    fn written_and_read_back(version in versions()) {
        let line = ListingRow::of(&version).to_line();
        prop_assert_eq!(line.matches('\n').count(), 1);
        let mut reader =
            ListingReader::open(line.as_bytes(), Some(Format::JsonLines), Limits::default())?;
        let row = reader.next_row()?.unwrap()?;
        prop_assert_eq!(row.problems, Vec::<String>::new());
        prop_assert_eq!(&row.version, &version);
        prop_assert_eq!(ListingRow::of(&row.version).to_line(), line);
    }

    #[test]
    fn any_bytes_are_read_or_refused(input in proptest::collection::vec(any::<u8>(), 0..200)) {
        for format in [None, Some(Format::JsonLines), Some(Format::Csv)] {
            let limits = Limits { max_line_bytes: 64 };
            if let Ok(mut reader) = ListingReader::open(input.as_slice(), format, limits) {
                while reader.next_row()?.is_some() {}
            }
        }
    }
}

/// The same listings as JSON Lines and as CSV.
#[test]
fn csv_says_the_same_as_json_lines() {
    let json = r#"{"id":"1","title":"Anna","text":"23 jaar,\nUtrecht","age":23,"phones":["06 1234 0001","06 1234 0002"],"price":{"amount":150.5,"currency":"EUR"},"author":{"name":"anna","verified":true},"zip":"3511"}
{"id":"2","seen_at":"2026-03-03"}
"#;
    let csv = concat!(
        "Id;TITLE;Text;Age;Phones;Price.Amount;price.currency;Author.Name;author.verified;",
        "Seen At;zip\r\n",
        "1;Anna;\"23 jaar,\nUtrecht\";23;\"06 1234 0001;06 1234 0002\";150,50;EUR;anna;WAAR;",
        ";3511\r\n",
        "2;;;;;;;;;2026-03-03;\r\n",
    );
    let read = |input: &str| {
        let mut reader = ListingReader::open(input.as_bytes(), None, Limits::default()).unwrap();
        let mut lines = String::new();
        while let Some(row) = reader.next_row().unwrap() {
            lines.push_str(&ListingRow::of(&row.unwrap().version).to_line());
        }
        lines
    };
    assert_eq!(read(csv), read(json));
}
