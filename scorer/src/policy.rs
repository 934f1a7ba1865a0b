//! What a use of the product does with findings: caps, lines, lanes, the gate.
//!
//! One TOML file per use in `rules/policies`. A policy holds numbers and names only; what they
//! mean stands in `assess`.
//!
//! Invariant: every key is read or refused; a policy never falls back on a number that it does
//! not state.

use std::collections::BTreeMap;

use model::{Digest, EvidenceKind, Family, IndicatorId, PolicyRef};

use crate::rules::reader::{Document, Free, Node, canonical, unknown};
use crate::rules::{PackError, Problem, named, policy_files};

/// A policy: how findings become score, band, lane and case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    name: String,
    digest: Digest,
    /// Points from which a listing is in the bands low, medium and high.
    pub(crate) bands: [i32; 3],
    /// Most points that a family can give.
    pub(crate) caps: BTreeMap<Family, i32>,
    /// Points that replace those of the rules, by indicator; 0 makes labels of them.
    pub(crate) points: BTreeMap<IndicatorId, i32>,
    /// The least number of a fact for which findings of this indicator count.
    pub(crate) minimum: BTreeMap<IndicatorId, i64>,
    pub(crate) gate: GateLines,
    pub(crate) protective: ProtectiveLines,
}

/// The clauses of the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GateLines {
    /// Points, kinds and indicators that the clause `line` asks for.
    pub(crate) line: i32,
    pub(crate) n_kinds: usize,
    pub(crate) n_indicators: usize,
    /// Different minor indicators that the clause `two-minor` asks for.
    pub(crate) n_minor_indicators: usize,
    /// Indicators that open the gate alone, in a lane of their own.
    pub(crate) extortion_alone: Vec<IndicatorId>,
    pub(crate) recruitment_alone: Vec<IndicatorId>,
    /// One of the first with one of the second opens the recruitment lane.
    pub(crate) recruitment_lead: Vec<IndicatorId>,
    pub(crate) recruitment_with: Vec<IndicatorId>,
}

/// How protective evidence is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProtectiveLines {
    /// The most that it can take away, zero or below.
    pub(crate) floor: i32,
    /// From so many identities in one text template on, these indicators count 0.
    pub(crate) template_identities: i64,
    pub(crate) template_indicators: Vec<IndicatorId>,
    /// Works against the family `minor` only.
    pub(crate) only_minor: Vec<IndicatorId>,
    /// Works against the families of third-party control only.
    pub(crate) only_control: Vec<IndicatorId>,
}

/// Most indicators that a gate may ask for: the search over combinations stays small.
const INDICATORS_LIMIT: i64 = 5;

impl Policy {
    /// Reads a policy. `name` is what the file must call itself.
    ///
    /// # Errors
    /// All problems, each with its line.
    pub fn parse(name: &str, toml: &str) -> Result<Self, PackError> {
        let path = format!("rules/policies/{name}.toml");
        let (document, table) = Document::parse(&path, toml);
        let digest = Digest::of(&canonical(table.get_ref(), &[]));
        let policy = read(document.root(&table), name, digest);
        let problems = document.problems();
        match policy {
            Some(policy) if problems.is_empty() => Ok(policy),
            _ => Err(PackError::new(problems)),
        }
    }

    /// One of the built-in policies.
    ///
    /// # Errors
    /// Names the policies that exist when this one does not.
    pub fn named(name: &str) -> Result<Self, PackError> {
        match policy_files().find(|(known, _)| *known == name) {
            Some((_, toml)) => Self::parse(name, toml),
            None => Err(PackError::new(vec![Problem {
                path: format!("rules/policies/{name}.toml"),
                line: 1,
                why: unknown("policy", name, policy_files().map(|(known, _)| known)),
            }])),
        }
    }

    /// The names of the built-in policies, sorted.
    pub fn names() -> Vec<&'static str> {
        policy_files().map(|(name, _)| name).collect()
    }

    /// Name and digest.
    pub fn reference(&self) -> PolicyRef {
        PolicyRef {
            name: self.name.clone(),
            digest: self.digest,
        }
    }

    /// The points line of the gate, for people.
    pub const fn line(&self) -> i32 {
        self.gate.line
    }
}

fn read(node: Node<'_>, name: &str, digest: Digest) -> Option<Policy> {
    if node.need_whole("schema") != 1 {
        node.refuse("schema", "unknown schema; known: `1`");
    }
    let stated = node.need_text("name");
    if stated != name {
        node.refuse(
            "name",
            format!("the policy is loaded as `{name}`, not `{stated}`"),
        );
    }
    let bands = need_table(&node, "bands").map(|bands| {
        let lines = ["low", "medium", "high"].map(|key| whole(&bands, key));
        if !lines.is_sorted() {
            bands.refuse("low", "bands must rise from `low` to `high`");
        }
        bands.done();
        lines
    });
    let caps = need_table(&node, "caps").map(|caps| {
        let families = named(Family::ALL, Family::name);
        let mut read = BTreeMap::new();
        for (name, family) in families {
            read.insert(family, whole(&caps, name));
        }
        caps.done();
        read
    });
    let points = node.table("points").map(|table| {
        let entries = by_indicator(&table);
        entries.map(|(id, number)| (id, narrow(number))).collect()
    });
    let minimum = node
        .table("minimum")
        .map(|table| by_indicator(&table).collect());
    let gate = need_table(&node, "gate").map(read_gate);
    let protective = need_table(&node, "protective").map(read_protective);
    node.done();
    Some(Policy {
        name: stated,
        digest,
        bands: bands?,
        caps: caps?,
        points: points.unwrap_or_default(),
        minimum: minimum.unwrap_or_default(),
        gate: gate?,
        protective: protective?,
    })
}

fn read_gate(node: Node<'_>) -> GateLines {
    let n_indicators = node.need_whole("n_indicators");
    if !(1..=INDICATORS_LIMIT).contains(&n_indicators) {
        node.refuse(
            "n_indicators",
            format!("`n_indicators` must be from 1 to {INDICATORS_LIMIT}"),
        );
    }
    let n_kinds = node.need_whole("n_kinds");
    let most = EvidenceKind::ALL.len();
    if !usize::try_from(n_kinds).is_ok_and(|kinds| (1..=most).contains(&kinds)) {
        node.refuse("n_kinds", format!("`n_kinds` must be from 1 to {most}"));
    }
    let n_minor = node.need_whole("n_minor_indicators");
    if !(2..=INDICATORS_LIMIT).contains(&n_minor) {
        node.refuse(
            "n_minor_indicators",
            format!("`n_minor_indicators` must be from 2 to {INDICATORS_LIMIT}"),
        );
    }
    let gate = GateLines {
        line: whole(&node, "line"),
        n_kinds: usize::try_from(n_kinds).unwrap_or(1),
        n_indicators: usize::try_from(n_indicators).unwrap_or(1),
        n_minor_indicators: usize::try_from(n_minor).unwrap_or(2),
        extortion_alone: indicators(&node, "extortion_alone"),
        recruitment_alone: indicators(&node, "recruitment_alone"),
        recruitment_lead: indicators(&node, "recruitment_lead"),
        recruitment_with: indicators(&node, "recruitment_with"),
    };
    node.done();
    gate
}

fn read_protective(node: Node<'_>) -> ProtectiveLines {
    let lines = ProtectiveLines {
        floor: whole(&node, "floor"),
        template_identities: node.need_whole("template_identities"),
        template_indicators: indicators(&node, "template_indicators"),
        only_minor: indicators(&node, "only_minor"),
        only_control: indicators(&node, "only_control"),
    };
    if lines.floor > 0 {
        node.refuse("floor", "`floor` is zero or below");
    }
    node.done();
    lines
}

fn need_table<'r>(node: &Node<'r>, key: &'static str) -> Option<Node<'r>> {
    let table = node.table(key);
    if table.is_none() && !node.has(key) {
        node.refuse(key, format!("missing table `[{key}]`"));
    }
    table
}

fn whole(node: &Node<'_>, key: &'static str) -> i32 {
    narrow(node.need_whole(key))
}

fn narrow(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

fn indicators(node: &Node<'_>, key: &'static str) -> Vec<IndicatorId> {
    if !node.has(key) {
        node.refuse(key, format!("missing key `{key}`"));
    }
    let names = node.texts(key).unwrap_or_default();
    names
        .into_iter()
        .filter(|name| known_indicator(node, key, name))
        .map(IndicatorId)
        .collect()
}

fn known_indicator(node: &Node<'_>, key: &str, name: &str) -> bool {
    let known = crate::rules::INDICATORS.contains(&name);
    if !known {
        let names = crate::rules::INDICATORS.iter().copied();
        node.refuse(key, unknown("indicator", name, names));
    }
    known
}

fn by_indicator(node: &Node<'_>) -> impl Iterator<Item = (IndicatorId, i64)> {
    let mut read = Vec::new();
    for (name, line, value) in node.entries() {
        match value {
            Free::Whole(number) if crate::rules::INDICATORS.contains(&name.as_str()) => {
                read.push((IndicatorId(name), number));
            }
            Free::Whole(_) => {
                let names = crate::rules::INDICATORS.iter().copied();
                node.document()
                    .refuse_line(line, unknown("indicator", &name, names));
            }
            _ => node
                .document()
                .refuse_line(line, format!("`{name}` must be a whole number")),
        }
    }
    read.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn police() -> &'static str {
        policy_files()
            .find(|(name, _)| *name == "police")
            .map(|(_, toml)| toml)
            .unwrap()
    }

    #[track_caller]
    fn refused(toml: &str, expected: &str) {
        let error = Policy::parse("police", toml).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn the_built_in_policies_are_read() {
        assert_eq!(Policy::names(), ["platform", "police", "research"]);
        let digests: std::collections::BTreeSet<String> = Policy::names()
            .into_iter()
            .map(|name| Policy::named(name).unwrap().reference().digest.hex())
            .collect();
        assert_eq!(digests.len(), 3);
    }

    #[test]
    fn the_police_policy_is_the_catalogue() {
        let police = Policy::named("police").unwrap();
        assert_eq!(police.points[&IndicatorId("H6".to_owned())], 0);
        assert_eq!(police.minimum[&IndicatorId("C1".to_owned())], 3);
        let platform = Policy::named("platform").unwrap();
        assert_eq!(platform.minimum[&IndicatorId("C1".to_owned())], 2);
        for policy in [&police, &platform] {
            assert_eq!(
                (
                    policy.gate.line,
                    policy.gate.n_kinds,
                    policy.gate.n_indicators
                ),
                (60, 2, 3)
            );
            assert_eq!(policy.protective.floor, -30);
        }
    }

    #[test]
    fn mistakes_are_named_with_line_and_way_out() {
        refused(
            &police().replace("[bands]", "[bands]\ntop = 90"),
            "unknown key `top`; known: `high`, `low`, `medium`",
        );
        refused(&police().replace("line = 60", ""), "missing key `line`");
        refused(
            &police().replace("H6 = 0", "H66 = 0"),
            "unknown indicator `H66`; known: `M1`",
        );
        refused(
            &police().replace("line = 60", "line = \"60\""),
            "`line` must be a whole number, not string",
        );
        refused(
            &police().replace("\"police\"", "\"politie\""),
            "loaded as `police`, not `politie`",
        );
        let error = Policy::named("politie").unwrap_err().to_string();
        assert!(
            error.contains("unknown policy `politie`; known: `platform`, `police`, `research`"),
            "{error}"
        );
    }

    #[test]
    fn layout_does_not_change_the_digest_but_numbers_do() {
        let plain = Policy::parse("police", police()).unwrap();
        let spaced = Policy::parse("police", &format!("# note\n\n{}", police())).unwrap();
        assert_eq!(plain.reference(), spaced.reference());
        let other = Policy::parse("police", &police().replace("line = 60", "line = 61")).unwrap();
        assert_ne!(plain.reference(), other.reference());
    }
}
