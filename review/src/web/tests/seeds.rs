//! Listings with assessments made by hand.

use std::collections::BTreeMap;

use model::{
    About, AgeField, AgeSeen, Assessment, Band, CaseId, Digest, Evidence, EvidenceKind, FactName,
    Family, Field, Finding, Gate, GroupId, Groups, How, IndicatorId, Lane, LegalGround, Link,
    LinkKind, ListingId, ListingVersion, Localised, Observed, PackRef, Phone, PhoneOwner,
    PhoneSeen, PolicyRef, ProtectiveFinding, Retention, RuleId, Score, Signal, Site, SiteId, Span,
};

use super::stage::at;

/// A listing with what was found in it.
#[derive(Clone)]
pub(super) struct Seed {
    pub(super) version: ListingVersion,
    pub(super) assessment: Option<Assessment>,
}

pub(super) fn site() -> Site {
    Site {
        id: SiteId::new("proefsite").unwrap(),
        name: "Proefsite".into(),
        legal: LegalGround {
            ground: "test ground".into(),
            purpose: "test".into(),
            approver: "nobody".into(),
            contact: "test@example.org".into(),
            review_by: at("2027-01-01"),
        },
        retention: Retention {
            text_days: 7,
            feature_days: 90,
            photo_hash_days: 30,
        },
    }
}

pub(super) fn links(assessments: &[Assessment]) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, one) in assessments.iter().enumerate() {
        for other in &assessments[at + 1..] {
            if one.groups.case.is_some() && one.groups.case == other.groups.case {
                let mut pair = [one.listing.clone(), other.listing.clone()];
                pair.sort();
                let [a, b] = pair;
                links.push(Link {
                    a,
                    b,
                    kind: LinkKind::Contact,
                    measure: 0,
                });
            }
        }
    }
    links.sort();
    links
}

impl Seed {
    /// A listing of which nothing was found.
    pub(super) fn plain(id: &str, text: &str) -> Self {
        let listing = ListingId::new(id).unwrap();
        let mut version = ListingVersion::empty(listing.clone());
        version.site = Some(SiteId::new("proefsite").unwrap());
        version.url = Some(format!("http://127.0.0.1/{id}"));
        version.text = text.into();
        version.posted_at = Some(at("2026-02-27T12:00:00Z"));
        version.city = Some("Utrecht".into());
        let none = Digest::of(b"");
        Self {
            version,
            assessment: Some(Assessment {
                listing,
                engine: "0.1.0".into(),
                pack: PackRef {
                    name: "core".into(),
                    version: "1.0.0".into(),
                    digest: none,
                },
                policy: PolicyRef {
                    name: "police".into(),
                    digest: none,
                },
                context: none,
                language: None,
                signals: Vec::new(),
                findings: Vec::new(),
                protective: Vec::new(),
                score: Score {
                    total: 0,
                    by_family: BTreeMap::new(),
                    kinds: Default::default(),
                    protective: 0,
                    band: Band::None,
                    lane: Lane::None,
                },
                gate: Gate::Closed {
                    missing: "0 points of 60".into(),
                },
                groups: Groups::default(),
                unknown: Vec::new(),
                problems: Vec::new(),
            }),
        }
    }

    fn assessment(&mut self) -> &mut Assessment {
        self.assessment.as_mut().unwrap()
    }

    fn span(&self, words: &str) -> Span {
        let start = self
            .version
            .text
            .find(words)
            .unwrap_or_else(|| panic!("no `{words}`"));
        Span::new(Field::Text, start, start + words.len())
    }

    pub(super) fn in_group(mut self, group: &str) -> Self {
        self.assessment().groups.case = Some(GroupId::new(group).unwrap());
        self
    }

    /// A finding on these words of the text.
    pub(super) fn found(
        self,
        rule: &str,
        family: Family,
        points: i32,
        hard: bool,
        words: &str,
    ) -> Self {
        let evidence = Evidence::Span(self.span(words));
        self.found_on(rule, family, points, hard, evidence)
    }

    pub(super) fn found_on(
        mut self,
        rule: &str,
        family: Family,
        points: i32,
        hard: bool,
        evidence: Evidence,
    ) -> Self {
        let assessment = self.assessment();
        let kind = match evidence {
            Evidence::Linked { .. } => EvidenceKind::Contact,
            _ => EvidenceKind::Text,
        };
        assessment.findings.push(Finding {
            rule: RuleId(rule.into()),
            version: 2,
            indicator: IndicatorId(rule[3..].into()),
            kind,
            family,
            points,
            hard,
            evidence: vec![evidence],
            why: Localised {
                nl: format!("reden van {rule}"),
                en: format!("reason of {rule}"),
            },
        });
        if points > 0 {
            assessment.score.kinds.insert(kind);
            *assessment.score.by_family.entry(family).or_default() += points;
        }
        self
    }

    pub(super) fn protected(mut self, rule: &str, points: i32, words: &str) -> Self {
        let evidence = vec![Evidence::Span(self.span(words))];
        let assessment = self.assessment();
        assessment.protective.push(ProtectiveFinding {
            rule: RuleId(rule.into()),
            version: 1,
            indicator: IndicatorId(rule[3..].into()),
            points,
            evidence,
            why: Localised {
                nl: format!("reden van {rule}"),
                en: format!("reason of {rule}"),
            },
        });
        assessment.score.protective += points;
        self
    }

    pub(super) fn phone(mut self, e164: &str, written: &str) -> Self {
        let span = Some(self.span(written));
        let phone = PhoneSeen {
            phone: Phone::from_e164(e164).unwrap(),
            written_as: written.into(),
            obscured: true,
            owner: PhoneOwner::Advertiser,
        };
        self.assessment().signals.push(Signal {
            observed: Observed::Phone(phone),
            span,
        });
        self
    }

    pub(super) fn age(mut self, value: u8, words: &str) -> Self {
        let span = Some(self.span(words));
        self.assessment().signals.push(Signal {
            observed: Observed::Age(AgeSeen {
                value,
                about: About::Advertised,
                how: How::Words,
            }),
            span,
        });
        self
    }

    pub(super) fn cap(mut self, family: Family, points: i32) -> Self {
        self.assessment().score.by_family.insert(family, points);
        self
    }

    pub(super) fn raised(mut self, lane: Lane, band: Band, clause: &str) -> Self {
        let assessment = self.assessment();
        assessment.score.lane = lane;
        assessment.score.band = band;
        assessment.gate = Gate::Open {
            clause: clause.into(),
            rules: assessment
                .findings
                .iter()
                .map(|it| it.rule.clone())
                .collect(),
        };
        self.summed()
    }

    pub(super) fn summed(mut self) -> Self {
        let score = &mut self.assessment().score;
        let found: i32 = score.by_family.values().sum();
        score.total = (found + score.protective).max(0);
        self
    }

    pub(super) fn case(&self) -> CaseId {
        crate::triage(&[self.assessment.clone().unwrap()])[0]
            .id
            .clone()
    }
}

pub(super) fn minor() -> Seed {
    let mut seed = Seed::plain(
        "proefsite:16",
        "Lena, zestien jaar, Utrecht. Bel nul zes 1234 5678, ik bepaal zelf.",
    )
    .phone("+31612345678", "nul zes 1234 5678")
    .age(16, "zestien jaar")
    .found("WL-M1", Family::Minor, 100, true, "zestien jaar")
    .found("WL-C3", Family::Contact, 20, false, "nul zes 1234 5678")
    .protected("WL-P1", -10, "ik bepaal zelf")
    .raised(Lane::Minor, Band::High, "hard-minor");
    seed.version.age = Some(AgeField::Number(18));
    seed.version.phones = vec!["06 1234 5678".into()];
    seed
}

pub(super) fn driver() -> Seed {
    let linked = Evidence::Linked {
        fact: FactName::ContactIdentities,
        value: 3,
        members: vec![
            ListingId::new("proefsite:21").unwrap(),
            ListingId::new("elders:9").unwrap(),
        ],
    };
    Seed::plain(
        "proefsite:20",
        "Mira, 24 jaar. Onze telefoniste plant alles, de chauffeur brengt haar.",
    )
    .in_group("g1")
    .found(
        "WL-C4",
        Family::Organisation,
        35,
        false,
        "Onze telefoniste plant alles",
    )
    .found(
        "WL-C20",
        Family::Organisation,
        20,
        false,
        "de chauffeur brengt haar",
    )
    .found_on("WL-C1", Family::Contact, 30, false, linked)
    .cap(Family::Organisation, 45)
    .raised(Lane::Organised, Band::Medium, "line")
}

pub(super) fn office() -> Seed {
    Seed::plain(
        "proefsite:21",
        "Nora, 26 jaar. Onze telefoniste plant alles.",
    )
    .in_group("g1")
    .found(
        "WL-C4",
        Family::Organisation,
        35,
        false,
        "Onze telefoniste plant alles",
    )
    .summed()
}

pub(super) fn quiet() -> Seed {
    Seed::plain("proefsite:22", "Ida, 31 jaar, Zwolle.").in_group("g1")
}
