//! From assessments to cases: which listings one reader should look at together, and in whose lane.
//!
//! Place in the flow: after `assess`, before the queue. Pure.
//!
//! Invariant: a case is one group or one listing, never a person; it is raised only when a
//! member's own gate is open; the order of the assessments changes nothing (tests below).

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Assessment, CaseId, Digest, Evidence, Finding, Gate, IndicatorId, Lane, ListingId,
    ProtectiveFinding, Triaged,
};

/// Makes cases of assessments: one for each group (`groups.case`) and one for each listing without
/// a group, as far as a member raises it. Sorted by case id.
///
/// `members` holds the listings of the group that are among `assessments`. A listing stands in
/// them once: its newest assessment.
pub fn triage(assessments: &[Assessment]) -> Vec<Triaged> {
    let mut groups: BTreeMap<CaseId, BTreeMap<&ListingId, &Assessment>> = BTreeMap::new();
    for assessment in assessments {
        groups
            .entry(case_of(assessment))
            .or_default()
            .insert(&assessment.listing, assessment);
    }
    groups
        .into_iter()
        .filter_map(|(id, members)| case(id, &members))
        .collect()
}

fn case_of(assessment: &Assessment) -> CaseId {
    match &assessment.groups.case {
        Some(group) => CaseId::of_group(group),
        None => CaseId::of_listing(&assessment.listing),
    }
}

fn case(id: CaseId, members: &BTreeMap<&ListingId, &Assessment>) -> Option<Triaged> {
    let raising: Vec<(&Assessment, Lane)> = members
        .values()
        .filter_map(|assessment| Some((*assessment, lane_raised(assessment)?)))
        .collect();
    let lane = raising
        .iter()
        .map(|(_, lane)| *lane)
        .min_by_key(|lane| urgency(*lane))?;
    let raised = || raising.iter().map(|(assessment, _)| *assessment);
    let kinds: BTreeSet<_> = raised()
        .flat_map(|one| one.score.kinds.iter().copied())
        .collect();
    let indicators: BTreeSet<_> = raised().flat_map(counting_indicators).collect();
    Some(Triaged {
        id,
        lane,
        band: raised().map(|one| one.score.band).max()?,
        hard_minor: raised().any(has_hard_finding),
        points: raised().map(|one| one.score.total).max()?,
        members: members.keys().map(|listing| (*listing).clone()).collect(),
        raised_by: raised().map(|one| one.listing.clone()).collect(),
        kinds: kinds.into_iter().collect(),
        indicators: indicators.into_iter().collect(),
        evidence: evidence_digest(members),
    })
}

/// The lane that this assessment asks for; `None` when it raises nothing.
///
/// A hard minor finding always asks for the minor lane, and an open gate without a lane for the
/// least urgent one that people read: nothing that opened the gate is lost.
fn lane_raised(assessment: &Assessment) -> Option<Lane> {
    if !assessment.gate.is_open() {
        return None;
    }
    if has_hard_finding(assessment) {
        return Some(Lane::Minor);
    }
    match assessment.score.lane {
        Lane::Spam | Lane::Door => None,
        Lane::None => Some(Lane::Organised),
        lane => Some(lane),
    }
}

/// Lower is more urgent.
fn urgency(lane: Lane) -> Option<usize> {
    Lane::BY_URGENCY.iter().position(|known| *known == lane)
}

fn has_hard_finding(assessment: &Assessment) -> bool {
    assessment.findings.iter().any(|finding| finding.hard)
}

/// Indicators of the findings that count: with points, hard, or named by the gate's clause. A
/// label of 0 points never counts towards a case.
fn counting_indicators(assessment: &Assessment) -> impl Iterator<Item = IndicatorId> {
    let carrying: &[model::RuleId] = match &assessment.gate {
        Gate::Open { rules, .. } => rules,
        Gate::Closed { .. } => &[],
    };
    assessment
        .findings
        .iter()
        .filter(move |finding| {
            finding.points > 0 || finding.hard || carrying.contains(&finding.rule)
        })
        .map(|finding| finding.indicator.clone())
}

/// What a decision binds: the members, and each one's findings and protective evidence with rule,
/// version, points and the place they rest on. Engine, pack and policy names are left out: a new
/// pack that finds the same is the same evidence.
fn evidence_digest(members: &BTreeMap<&ListingId, &Assessment>) -> Digest {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for (listing, assessment) in members {
        let mut findings: Vec<Digest> = assessment.findings.iter().map(finding_digest).collect();
        findings.extend(assessment.protective.iter().map(protective_digest));
        findings.sort_unstable();
        parts.push(listing.as_str().as_bytes().to_vec());
        parts.push((findings.len() as u64).to_le_bytes().to_vec());
        parts.extend(findings.iter().map(|digest| digest.as_bytes().to_vec()));
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}

fn finding_digest(finding: &Finding) -> Digest {
    let mut parts = vec![
        finding.rule.0.clone(),
        finding.version.to_string(),
        finding.points.to_string(),
        finding.kind.name().to_owned(),
        if finding.hard { "hard" } else { "soft" }.to_owned(),
    ];
    parts.extend(finding.evidence.iter().map(written));
    Digest::of_parts(parts.iter().map(String::as_bytes))
}

fn protective_digest(finding: &ProtectiveFinding) -> Digest {
    let mut parts = vec![
        finding.rule.0.clone(),
        finding.version.to_string(),
        finding.points.to_string(),
        "protective".to_owned(),
    ];
    parts.extend(finding.evidence.iter().map(written));
    Digest::of_parts(parts.iter().map(String::as_bytes))
}

fn written(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Span(span) => format!("span {} {} {}", span.field, span.start, span.end),
        Evidence::Field(field) => format!("field {field}"),
        Evidence::Linked {
            fact,
            value,
            members,
        } => {
            let members: Vec<String> = members
                .iter()
                .map(|listing| format!("{}:{listing}", listing.as_str().len()))
                .collect();
            format!("fact {fact} {value} {}", members.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{
        Band, EvidenceKind, FactName, Family, Field, GroupId, Groups, Localised, PackRef,
        PolicyRef, RuleId, Score, Span,
    };

    use super::*;

    /// One assessment as `id group gate lane points findings`: group `-` for none; gate `open` or
    /// `shut`; findings as `M1!` (hard), `C4`, `x0` (a label), joined by `+`, `-` for none.
    fn assessment(line: &str) -> Assessment {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [id, group, gate, lane, points, findings] = words[..] else {
            panic!("six words: {line}");
        };
        let points: i32 = points.parse().unwrap();
        let findings: Vec<Finding> = findings
            .split('+')
            .filter(|written| *written != "-")
            .map(finding)
            .collect();
        Assessment {
            listing: ListingId::new(id).unwrap(),
            engine: "0".into(),
            pack: PackRef {
                name: "core".into(),
                version: "1".into(),
                digest: Digest::of(b""),
            },
            policy: PolicyRef {
                name: "police".into(),
                digest: Digest::of(b""),
            },
            context: Digest::of(b""),
            language: None,
            signals: Vec::new(),
            score: Score {
                total: points,
                by_family: BTreeMap::new(),
                kinds: findings.iter().map(|finding| finding.kind).collect(),
                protective: 0,
                band: if points >= 60 { Band::High } else { Band::Low },
                lane: Lane::from_name(lane).unwrap(),
            },
            gate: match gate {
                "open" => Gate::Open {
                    clause: "line".into(),
                    rules: Vec::new(),
                },
                _ => Gate::Closed {
                    missing: "points".into(),
                },
            },
            findings,
            protective: Vec::new(),
            groups: Groups {
                case: (group != "-").then(|| GroupId::new(group).unwrap()),
                ..Groups::default()
            },
            unknown: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn finding(written: &str) -> Finding {
        let indicator = written.trim_end_matches('!');
        let contact = indicator.starts_with('C');
        Finding {
            rule: RuleId(format!("WL-{indicator}")),
            version: 1,
            indicator: IndicatorId(indicator.into()),
            kind: if contact {
                EvidenceKind::Contact
            } else {
                EvidenceKind::Text
            },
            family: if contact {
                Family::Organisation
            } else {
                Family::Minor
            },
            points: if indicator.ends_with('0') { 0 } else { 20 },
            hard: written.ends_with('!'),
            evidence: vec![Evidence::Span(Span::new(Field::Text, 0, 2))],
            why: Localised::default(),
        }
    }

    fn rendered(triaged: &[Triaged]) -> String {
        let joined = |items: &[String]| items.join(",");
        triaged
            .iter()
            .map(|case| {
                format!(
                    "{} {}{} {} members={} raised={} kinds={} indicators={}",
                    case.lane,
                    if case.hard_minor { "!" } else { "" },
                    case.band,
                    case.points,
                    joined(
                        &case
                            .members
                            .iter()
                            .map(ToString::to_string)
                            .collect::<Vec<_>>()
                    ),
                    joined(
                        &case
                            .raised_by
                            .iter()
                            .map(ToString::to_string)
                            .collect::<Vec<_>>()
                    ),
                    joined(
                        &case
                            .kinds
                            .iter()
                            .map(ToString::to_string)
                            .collect::<Vec<_>>()
                    ),
                    joined(
                        &case
                            .indicators
                            .iter()
                            .map(ToString::to_string)
                            .collect::<Vec<_>>()
                    ),
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let mut assessments: Vec<_> = lines.iter().map(|line| assessment(line)).collect();
        let forward = triage(&assessments);
        assert_eq!(rendered(&forward), expected.join("\n"));
        assessments.reverse();
        assert_eq!(
            triage(&assessments),
            forward,
            "the order changed the result"
        );
    }

    #[test]
    fn a_listing_alone_is_its_own_case() {
        check(
            &["a1 - open organised 70 C4+M5"],
            &["organised high 70 members=a1 raised=a1 kinds=text,contact indicators=C4,M5"],
        );
    }

    #[test]
    fn a_closed_gate_raises_nothing_whatever_the_points() {
        check(
            &["a1 - shut organised 95 C4", "a2 g1 shut minor 70 M5"],
            &[],
        );
    }

    #[test]
    fn a_group_is_one_case_and_quiet_members_come_along() {
        check(
            &[
                "a1 g1 open organised 60 C4",
                "a2 g1 shut none 0 -",
                "a3 g1 open organised 80 C1",
                "b1 g2 shut organised 20 C4",
            ],
            &["organised high 80 members=a1,a2,a3 raised=a1,a3 kinds=contact indicators=C1,C4"],
        );
    }

    #[test]
    fn the_most_urgent_raising_member_gives_the_lane() {
        for (lines, lane) in [
            (["open organised", "open recruitment"], "recruitment"),
            (["open victim-help", "open recruitment"], "victim-help"),
            (["open victim-help", "open minor"], "minor"),
            // A near miss: the urgent member did not raise it.
            (["open organised", "shut minor"], "organised"),
        ] {
            let assessments: Vec<_> = lines
                .iter()
                .enumerate()
                .map(|(at, line)| assessment(&format!("a{at} g1 {line} 60 M5")))
                .collect();
            assert_eq!(triage(&assessments)[0].lane.name(), lane, "{lines:?}");
        }
    }

    #[test]
    fn spam_and_door_never_raise() {
        check(&["a1 - open spam 90 C4", "a2 - open door 90 C4"], &[]);
    }

    #[test]
    fn a_hard_minor_finding_goes_to_the_minor_lane_in_any_case() {
        check(
            &["a1 - open spam 90 M1!"],
            &["minor !high 90 members=a1 raised=a1 kinds=text indicators=M1"],
        );
    }

    #[test]
    fn an_open_gate_without_a_lane_is_not_lost() {
        check(
            &["a1 - open none 60 C4"],
            &["organised high 60 members=a1 raised=a1 kinds=contact indicators=C4"],
        );
    }

    #[test]
    fn a_label_is_no_indicator_unless_the_clause_names_it() {
        let mut label = assessment("a1 - open victim-help 0 R50");
        assert_eq!(triage(std::slice::from_ref(&label))[0].indicators, []);
        label.gate = Gate::Open {
            clause: "extortion".into(),
            rules: vec![RuleId("WL-R50".into())],
        };
        assert_eq!(triage(&[label])[0].indicators[0].0, "R50");
    }

    #[test]
    fn the_evidence_digest_moves_with_what_a_reader_saw_and_with_nothing_else() {
        let base = assessment("a1 - open organised 70 C4");
        let digest = |changed: &Assessment| triage(std::slice::from_ref(changed))[0].evidence;
        let before = digest(&base);
        let changed = |change: fn(&mut Assessment)| {
            let mut copy = base.clone();
            change(&mut copy);
            digest(&copy)
        };
        assert_ne!(before, changed(|it| it.findings.clear()));
        assert_ne!(before, changed(|it| it.findings[0].version = 2));
        assert_ne!(before, changed(|it| it.findings[0].points = 21));
        assert_ne!(before, changed(|it| it.findings[0].hard = true));
        assert_ne!(
            before,
            changed(|it| it.findings[0].evidence = vec![Evidence::Linked {
                fact: FactName::ContactNames,
                value: 3,
                members: vec![ListingId::new("b").unwrap()],
            }])
        );
        assert_ne!(
            before,
            changed(|it| it.protective.push(ProtectiveFinding {
                rule: RuleId("WL-P1".into()),
                version: 1,
                indicator: IndicatorId("P1".into()),
                points: -10,
                evidence: Vec::new(),
                why: Localised::default(),
            }))
        );
        assert_eq!(before, changed(|it| it.pack.version = "2".into()));
        assert_eq!(before, changed(|it| it.context = Digest::of(b"other")));

        let grouped = |lines: &[&str]| {
            let all: Vec<_> = lines.iter().map(|line| assessment(line)).collect();
            triage(&all)[0].evidence
        };
        assert_ne!(
            grouped(&["a1 g1 open organised 70 C4"]),
            grouped(&["a1 g1 open organised 70 C4", "a2 g1 shut none 0 -"]),
        );
    }
}
