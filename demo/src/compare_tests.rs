use model::{
    Assessment, Band, CaseId, Digest, EvidenceKind, Family, Finding, Gate, GroupId, Groups,
    IndicatorId, Lane, ListingId, Localised, PackRef, PolicyRef, RuleId, Score, SiteId, Triaged,
};

use super::*;
use crate::situation::Expected;

fn assessment(
    key: &str,
    indicators: &[(&str, i32)],
    group: Option<&str>,
    lane: Lane,
) -> Assessment {
    let none = Digest::of(b"");
    Assessment {
        listing: ListingId::new(format!("marktplein:{key}")).unwrap(),
        engine: String::new(),
        pack: PackRef {
            name: String::new(),
            version: String::new(),
            digest: none,
        },
        policy: PolicyRef {
            name: String::new(),
            digest: none,
        },
        context: none,
        language: None,
        signals: Vec::new(),
        findings: indicators
            .iter()
            .map(|(indicator, points)| Finding {
                rule: RuleId(format!("WL-{indicator}")),
                version: 1,
                indicator: IndicatorId((*indicator).to_owned()),
                kind: EvidenceKind::Text,
                family: Family::Organisation,
                points: *points,
                hard: false,
                evidence: Vec::new(),
                why: Localised::default(),
            })
            .collect(),
        protective: Vec::new(),
        score: Score {
            total: indicators.iter().map(|(_, points)| points).sum(),
            by_family: std::collections::BTreeMap::new(),
            kinds: BTreeSet::new(),
            protective: 0,
            band: Band::None,
            lane,
        },
        gate: Gate::Closed {
            missing: "1 kind of 2".to_owned(),
        },
        groups: Groups {
            case: group.map(|id| GroupId::new(id).unwrap()),
            ..Groups::default()
        },
        unknown: Vec::new(),
        problems: Vec::new(),
    }
}

fn case(keys: &[&str], lane: Lane) -> Triaged {
    let members: Vec<ListingId> = keys
        .iter()
        .map(|key| ListingId::new(format!("marktplein:{key}")).unwrap())
        .collect();
    Triaged {
        id: CaseId::new("g1").unwrap(),
        lane,
        band: Band::High,
        hard_minor: false,
        points: 70,
        raised_by: members.clone(),
        members,
        kinds: Vec::new(),
        indicators: Vec::new(),
        evidence: Digest::of(b""),
    }
}

fn situation(case: Option<Lane>, grouping: Grouping) -> Situation {
    let member = |key: &str| Member {
        site: SiteId::new("marktplein").unwrap(),
        key: key.to_owned(),
        goes: false,
    };
    Situation {
        id: "s".to_owned(),
        title: Localised::default(),
        members: vec![member("1"), member("2")],
        expected: Expected {
            case,
            grouping,
            ..Expected::default()
        },
    }
}

#[track_caller]
fn check(situation: &Situation, assessments: &[Assessment], raised: &[Triaged], expected: &[&str]) {
    assert_eq!(situation.compare(assessments, raised), expected);
}

#[test]
fn a_case_that_should_not_be_is_named() {
    let situation = situation(None, Grouping::Free);
    let found = [
        assessment("1", &[], None, Lane::None),
        assessment("2", &[], None, Lane::None),
    ];
    check(&situation, &found, &[], &[]);
    check(
        &situation,
        &found,
        &[case(&["2", "9"], Lane::Organised)],
        &["a case was raised in lane `organised` by `marktplein:2`, `marktplein:9`"],
    );
    check(
        &situation,
        &found[..1],
        &[],
        &["`marktplein:2` was not assessed"],
    );
}

#[test]
fn a_missing_or_other_case_is_named() {
    let situation = situation(Some(Lane::Minor), Grouping::Together);
    let found = [
        assessment("1", &[("C3", 20)], Some("g1"), Lane::None),
        assessment("2", &[], Some("g1"), Lane::None),
    ];
    check(&situation, &found, &[case(&["1", "2"], Lane::Minor)], &[]);
    check(
        &situation,
        &found,
        &[],
        &["no case; nearest is `marktplein:1`: 1 kind of 2"],
    );
    check(
        &situation,
        &found,
        &[case(&["1"], Lane::Spam)],
        &[
            "lane `spam` instead of `minor`",
            "`marktplein:2` is in no case",
        ],
    );
    check(
        &situation,
        &found,
        &[case(&["1"], Lane::Minor), case(&["2"], Lane::Minor)],
        &["2 cases instead of one"],
    );
}

#[test]
fn indicators_count_with_points_only() {
    let mut situation = situation(None, Grouping::Free);
    situation.expected.found = vec![IndicatorId("C8".to_owned())];
    situation.expected.absent = vec![IndicatorId("M1".to_owned())];
    situation.expected.listing_lane = Some(Lane::Spam);
    let with = |indicators: &[(&str, i32)]| {
        [
            assessment("1", indicators, None, Lane::Spam),
            assessment("2", &[], None, Lane::Spam),
        ]
    };
    check(&situation, &with(&[("C8", 0), ("M1", 0)]), &[], &[]);
    check(
        &situation,
        &with(&[("M1", 100)]),
        &[],
        &[
            "C8 was not found",
            "M1 was found in `marktplein:1` by WL-M1",
        ],
    );
    let mut other_lane = with(&[("C8", 20)]);
    other_lane[1].score.lane = Lane::None;
    check(
        &situation,
        &other_lane,
        &[],
        &["`marktplein:2` is in lane `none` instead of `spam`"],
    );
}

#[test]
fn groups_are_compared() {
    let linked = [
        assessment("1", &[], Some("g1"), Lane::None),
        assessment("2", &[], Some("g1"), Lane::None),
        assessment("3", &[], Some("g2"), Lane::None),
    ];
    let mut loose = linked.clone();
    loose[1].groups.case = None;
    let mut crowded = linked.clone();
    crowded[2].groups.case = GroupId::new("g1").ok();
    let together = situation(None, Grouping::Together);
    let apart = situation(None, Grouping::Apart);
    check(&together, &linked, &[], &[]);
    check(
        &together,
        &loose,
        &[],
        &["1 of 2 members linked, in 1 groups instead of one"],
    );
    check(
        &together,
        &crowded,
        &[],
        &["linked with `marktplein:3` from outside"],
    );
    check(&apart, &loose, &[], &[]);
    check(
        &apart,
        &linked,
        &[],
        &["members that should stand apart are linked"],
    );
}
