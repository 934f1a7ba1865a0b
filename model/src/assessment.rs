use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::closed_list;
use crate::{
    Digest, EvidenceKind, Family, Finding, Groups, Language, ListingId, ProtectiveFinding, RuleId,
    Signal,
};

closed_list!(
    /// How much there is to look at, by the lines of the policy.
    Band {
        /// Nothing that counts.
        None = "none",
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Much.
        High = "high",
    }
);

closed_list!(
    /// Which people should look, if any.
    Lane {
        /// Nobody.
        None = "none",
        /// Signs of a minor: minutes, and a role of its own.
        Minor = "minor",
        /// Signs of organisation by others.
        Organised = "organised",
        /// Recruitment.
        Recruitment = "recruitment",
        /// Help first: extortion.
        VictimHelp = "victim-help",
        /// Not an advertisement of this kind.
        Spam = "spam",
        /// A breach of a platform's own rules; no sign of risk.
        Door = "door",
    }
);

impl Lane {
    /// All lanes, most urgent first: minutes for a minor, help before investigation, then those
    /// who are being drawn in before those who are in. The queue is in this order.
    pub const BY_URGENCY: [Self; 7] = [
        Self::Minor,
        Self::VictimHelp,
        Self::Recruitment,
        Self::Organised,
        Self::Door,
        Self::Spam,
        Self::None,
    ];
}

/// A rule pack, by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// Its name, `core`.
    pub name: String,
    /// Its version, `1.0.0`.
    pub version: String,
    /// The digest of its rules.
    pub digest: Digest,
}

/// A policy, by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// Its name, `police`.
    pub name: String,
    /// The digest of its content.
    pub digest: Digest,
}

/// What was found in a listing and what follows from it. The same engine, rule pack, policy and
/// context give the same value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The listing.
    pub listing: ListingId,
    /// Version of the engine.
    pub engine: String,
    /// The rules.
    pub pack: PackRef,
    /// The policy.
    pub policy: PolicyRef,
    /// Digest of everything else that it rests on.
    pub context: Digest,
    /// The language; `None` when it cannot be told.
    pub language: Option<Language>,
    /// What was observed, by place in the listing.
    pub signals: Vec<Signal>,
    /// What the rules found, by rule id.
    pub findings: Vec<Finding>,
    /// What speaks against concern, by rule id.
    pub protective: Vec<ProtectiveFinding>,
    /// The sum.
    pub score: Score,
    /// What the gate said.
    pub gate: Gate,
    /// The groups.
    pub groups: Groups,
    /// Rules that could not be decided because a fact was missing.
    pub unknown: Vec<ConditionUnknown>,
    /// What was wrong with the input, for people; each names the field.
    pub problems: Vec<String>,
}

/// The sum of the findings under the family caps, less the protective evidence. Nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The total, not below zero.
    pub total: i32,
    /// Points by family after the cap, families without points left out.
    pub by_family: BTreeMap<Family, i32>,
    /// Kinds of evidence that carry points and rest on different facts.
    pub kinds: BTreeSet<EvidenceKind>,
    /// Points of the protective evidence that was applied, zero or below.
    pub protective: i32,
    /// By the lines of the policy.
    pub band: Band,
    /// Who should look.
    pub lane: Lane,
}

/// Whether the listing raises a case, and by which clause of the policy's gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// No clause was met; the text says what is missing for the nearest one.
    Closed {
        /// For people, in English: `60 points of 60, 1 kind of 2, 2 indicators of 3`.
        missing: String,
    },
    /// A clause was met.
    Open {
        /// The clause: `hard-minor`, `two-minor`, `extortion`, `recruitment`, `line`.
        clause: String,
        /// The rules that carry it, in ascending order.
        rules: Vec<RuleId>,
    },
}

impl Gate {
    /// Whether a case is raised.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// A rule that could not be decided, and what was missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConditionUnknown {
    /// The rule.
    pub rule: RuleId,
    /// The missing fact or field.
    pub missing: String,
}
