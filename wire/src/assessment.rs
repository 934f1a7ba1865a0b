//! Writes `assessment/v1`.
//!
//! Invariant: the same assessment and listing give the same bytes: every list comes in the order
//! of the assessment, every map is ordered (golden test in `tests/formats.rs`).

use std::collections::BTreeMap;

use model::{
    About, AgeSeen, Assessment, Evidence, Family, Field, GroupId, How, ListingId, ListingVersion,
    Localised, Observed, Signal, Span,
};
use serde::Serialize;

/// One line of `assessment/v1`, its fields in the order of the contract.
#[derive(Debug, Serialize)]
pub struct AssessmentRow<'a> {
    id: &'a str,
    schema: &'static str,
    engine: &'a str,
    rule_pack: PackRow<'a>,
    policy: PolicyRow<'a>,
    context: String,
    language: Option<&'static str>,
    extracted: Extracted<'a>,
    findings: Vec<FindingRow<'a>>,
    protective: Vec<ProtectiveRow<'a>>,
    score: ScoreRow,
    groups: GroupsRow<'a>,
    problems: &'a [String],
}

#[derive(Debug, Serialize)]
struct PackRow<'a> {
    name: &'a str,
    version: &'a str,
    digest: String,
}

#[derive(Debug, Serialize)]
struct PolicyRow<'a> {
    name: &'a str,
    digest: String,
}

#[derive(Debug, Default, Serialize)]
struct Extracted<'a> {
    phones: Vec<PhoneRow<'a>>,
    ages: Vec<AgeRow>,
    handles: Vec<HandleRow<'a>>,
    emails: Vec<EmailRow<'a>>,
    urls: Vec<UrlRow<'a>>,
    places: Vec<PlaceRow<'a>>,
    prices: Vec<ExtractedPriceRow<'a>>,
    hours: Vec<HoursRow>,
}

/// Where it stands: byte offsets into the original field; `null` for what has no place of its own.
#[derive(Clone, Copy, Debug, Serialize)]
struct At {
    field: Option<&'static str>,
    start: Option<u32>,
    end: Option<u32>,
}

#[derive(Debug, Serialize)]
struct PhoneRow<'a> {
    e164: &'a str,
    #[serde(flatten)]
    at: At,
    written_as: &'a str,
    obscured: bool,
}

#[derive(Debug, Serialize)]
struct AgeRow {
    value: u8,
    about: &'static str,
    how: &'static str,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct HandleRow<'a> {
    service: &'a str,
    name: &'a str,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct EmailRow<'a> {
    address: &'a str,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct UrlRow<'a> {
    url: &'a str,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct PlaceRow<'a> {
    town: &'a str,
    country: &'a str,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct ExtractedPriceRow<'a> {
    amount: u32,
    currency: &'a str,
    /// `30 min`, `night`; absent where the listing does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<String>,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct HoursRow {
    round_the_clock: bool,
    #[serde(flatten)]
    at: At,
}

#[derive(Debug, Serialize)]
struct FindingRow<'a> {
    rule: &'a str,
    version: u32,
    indicator: &'a str,
    kind: &'static str,
    family: &'static str,
    points: i32,
    hard: bool,
    evidence: Vec<EvidenceRow<'a>>,
    why: WhyRow<'a>,
}

#[derive(Debug, Serialize)]
struct ProtectiveRow<'a> {
    rule: &'a str,
    indicator: &'a str,
    points: i32,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum EvidenceRow<'a> {
    /// A stretch of the listing.
    Stretch {
        field: &'static str,
        start: u32,
        end: u32,
        /// Cut from the original; `null` where the text has expired.
        text: Option<String>,
    },
    /// A field that has no text of its own.
    Field { field: &'static str },
    /// A fact about linked listings.
    Linked {
        fact: &'static str,
        value: i64,
        members: Vec<&'a str>,
    },
}

#[derive(Debug, Serialize)]
struct WhyRow<'a> {
    nl: &'a str,
    en: &'a str,
}

#[derive(Debug, Serialize)]
struct ScoreRow {
    total: i32,
    by_family: BTreeMap<FamilyKey, i32>,
    kinds: Vec<&'static str>,
    band: &'static str,
    lane: &'static str,
}

/// A family as a key, in the order of the contract.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FamilyKey(Family);

impl Serialize for FamilyKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

#[derive(Debug, Serialize)]
struct GroupsRow<'a> {
    contact: Option<&'a str>,
    photo: Option<&'a str>,
    text: Option<&'a str>,
    identity: Option<&'a str>,
}

/// The families that stand in every row, also with 0 points, as in the contract's example: the two
/// that the product is about. The others stand there when they have points.
const ALWAYS: [Family; 2] = [Family::Minor, Family::Organisation];

impl<'a> AssessmentRow<'a> {
    /// The row of an assessment. Evidence is cut from `version`, which must be the one that was
    /// assessed; where its text has expired, pass [`ListingVersion::empty`] and the evidence text
    /// is `null`.
    pub fn of(assessment: &'a Assessment, version: &ListingVersion) -> Self {
        let by_family = ALWAYS
            .into_iter()
            .map(|family| (FamilyKey(family), 0))
            .chain(
                assessment
                    .score
                    .by_family
                    .iter()
                    .map(|(family, points)| (FamilyKey(*family), *points)),
            )
            .collect();
        let group = |group: &'a Option<GroupId>| group.as_ref().map(GroupId::as_str);
        Self {
            id: assessment.listing.as_str(),
            schema: "assessment/v1",
            engine: &assessment.engine,
            rule_pack: PackRow {
                name: &assessment.pack.name,
                version: &assessment.pack.version,
                digest: assessment.pack.digest.to_string(),
            },
            policy: PolicyRow {
                name: &assessment.policy.name,
                digest: assessment.policy.digest.to_string(),
            },
            context: assessment.context.to_string(),
            language: assessment.language.map(model::Language::code),
            extracted: Extracted::of(&assessment.signals),
            findings: assessment
                .findings
                .iter()
                .map(|finding| FindingRow {
                    rule: &finding.rule.0,
                    version: finding.version,
                    indicator: &finding.indicator.0,
                    kind: finding.kind.name(),
                    family: finding.family.name(),
                    points: finding.points,
                    hard: finding.hard,
                    evidence: evidence(&finding.evidence, version),
                    why: WhyRow::of(&finding.why),
                })
                .collect(),
            protective: assessment
                .protective
                .iter()
                .map(|finding| ProtectiveRow {
                    rule: &finding.rule.0,
                    indicator: &finding.indicator.0,
                    points: finding.points,
                    evidence: evidence(&finding.evidence, version),
                })
                .collect(),
            score: ScoreRow {
                total: assessment.score.total,
                by_family,
                kinds: assessment
                    .score
                    .kinds
                    .iter()
                    .map(|kind| kind.name())
                    .collect(),
                band: assessment.score.band.name(),
                lane: assessment.score.lane.name(),
            },
            groups: GroupsRow {
                contact: group(&assessment.groups.contact),
                photo: group(&assessment.groups.photo),
                text: group(&assessment.groups.text),
                identity: group(&assessment.groups.identity),
            },
            problems: &assessment.problems,
        }
    }

    /// The row as one line of JSON, its line feed included.
    pub fn to_line(&self) -> String {
        crate::listing::line(self)
    }
}

impl<'a> Extracted<'a> {
    fn of(signals: &'a [Signal]) -> Self {
        let mut extracted = Self::default();
        for signal in signals {
            let at = At::of(signal.span);
            match &signal.observed {
                Observed::Phone(seen) => extracted.phones.push(PhoneRow {
                    e164: seen.phone.as_str(),
                    at,
                    written_as: &seen.written_as,
                    obscured: seen.obscured,
                }),
                Observed::Age(seen) => extracted.ages.push(AgeRow::of(*seen, at)),
                Observed::Handle { service, name } => {
                    extracted.handles.push(HandleRow { service, name, at });
                }
                Observed::Email(address) => extracted.emails.push(EmailRow { address, at }),
                Observed::Url(url) => extracted.urls.push(UrlRow { url, at }),
                Observed::Place { town, country } => {
                    extracted.places.push(PlaceRow { town, country, at });
                }
                Observed::Price {
                    amount,
                    currency,
                    per,
                } => {
                    extracted.prices.push(ExtractedPriceRow {
                        amount: *amount,
                        currency,
                        per: per.map(|per| per.to_string()),
                        at,
                    });
                }
                Observed::Hours { round_the_clock } => extracted.hours.push(HoursRow {
                    round_the_clock: *round_the_clock,
                    at,
                }),
                // Not part of the format; findings cite them where they count.
                Observed::Language(_)
                | Observed::Alias(_)
                | Observed::Persons(_)
                | Observed::Speaker(_)
                | Observed::Answers(_)
                | Observed::SeeksPersons
                | Observed::Statement(_)
                | Observed::AgeConflict { .. }
                | Observed::OtherTrade(_)
                | Observed::Refused(_) => {}
            }
        }
        extracted
    }
}

impl At {
    fn of(span: Option<Span>) -> Self {
        Self {
            field: span.map(|span| span.field.name()),
            start: span.map(|span| span.start),
            end: span.map(|span| span.end),
        }
    }
}

impl AgeRow {
    const fn of(seen: AgeSeen, at: At) -> Self {
        Self {
            value: seen.value,
            about: match seen.about {
                About::Advertised => "advertised",
                About::Other => "other",
                About::Unknown => "unknown",
            },
            how: match seen.how {
                How::Field => "field",
                How::Digits => "digits",
                How::Words => "words",
                How::Disguised => "disguised",
                How::Puzzle => "puzzle",
                How::Birth => "birth",
                How::School => "school",
                How::Limit => "limit",
            },
            at,
        }
    }
}

impl<'a> WhyRow<'a> {
    fn of(why: &'a Localised) -> Self {
        Self {
            nl: &why.nl,
            en: &why.en,
        }
    }
}

fn evidence<'a>(evidence: &'a [Evidence], version: &ListingVersion) -> Vec<EvidenceRow<'a>> {
    let row = |evidence: &'a Evidence| match evidence {
        Evidence::Span(span) => stretch(*span, version),
        Evidence::Field(field) => whole_field(*field, version),
        Evidence::Linked {
            fact,
            value,
            members,
        } => EvidenceRow::Linked {
            fact: fact.name(),
            value: *value,
            members: members.iter().map(ListingId::as_str).collect(),
        },
    };
    evidence.iter().map(row).collect()
}

fn stretch<'a>(span: Span, version: &ListingVersion) -> EvidenceRow<'a> {
    let original = version.field_text(span.field);
    EvidenceRow::Stretch {
        field: span.field.name(),
        start: span.start,
        end: span.end,
        text: original.and_then(|text| text.get(span.range()).map(str::to_owned)),
    }
}

fn whole_field<'a>(field: Field, version: &ListingVersion) -> EvidenceRow<'a> {
    match version.field_text(field) {
        Some(text) => stretch(Span::new(field, 0, text.len()), version),
        None => EvidenceRow::Field {
            field: field.name(),
        },
    }
}
