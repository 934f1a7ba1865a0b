use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::closed_list;
use crate::{Actor, Band, CaseId, Digest, EvidenceKind, IndicatorId, Lane, ListingId, Timestamp};

/// What triage makes of assessments: the listings that one reader should look at together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triaged {
    /// The case: the group's id, or the listing's when it is in no group.
    pub id: CaseId,
    /// The most urgent lane among the members that raised it.
    pub lane: Lane,
    /// The highest band among them.
    pub band: Band,
    /// Whether a hard minor finding is among them.
    pub hard_minor: bool,
    /// The highest score among them.
    pub points: i32,
    /// All members of the group, in ascending order.
    pub members: Vec<ListingId>,
    /// Those whose own assessment opened the gate, in ascending order.
    pub raised_by: Vec<ListingId>,
    /// Kinds of evidence over all members that raised it.
    pub kinds: Vec<EvidenceKind>,
    /// Indicators over all members that raised it.
    pub indicators: Vec<IndicatorId>,
    /// Digest of the evidence: members, findings and their rules. A decision binds it.
    pub evidence: Digest,
}

/// A case in the queue. One group or one listing; never one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What triage made.
    pub triaged: Triaged,
    /// Whether it waits.
    pub state: CaseState,
    /// When it first came up.
    pub opened_at: Timestamp,
    /// When triage last changed it.
    pub updated_at: Timestamp,
}

closed_list!(
    /// Whether a case waits for a reader.
    CaseState {
        /// It waits.
        Open = "open",
        /// A reader asked for a second one, or put it under watch.
        Held = "held",
        /// It is decided.
        Decided = "decided",
        /// Triage found it no more before anybody decided; it is not in the queue.
        Withdrawn = "withdrawn",
    }
);

closed_list!(
    /// What a reader decides. Only a person sets one.
    Disposition {
        /// Nothing that needs anybody.
        NoConcern = "no-concern",
        /// Look again when it changes.
        Watch = "watch",
        /// To a help organisation.
        ReferHelp = "refer-help",
        /// To the police.
        ReferPolice = "refer-police",
        /// To the platform.
        ReferPlatform = "refer-platform",
        /// Somebody else should read it too.
        NeedsSecondReader = "needs-second-reader",
        /// Another case holds the same.
        Duplicate = "duplicate",
        /// It cannot be told from this.
        CannotTell = "cannot-tell",
    }
);

impl Disposition {
    /// Whether it sends the case to somebody outside, which needs two readers.
    pub const fn is_referral(self) -> bool {
        matches!(
            self,
            Self::ReferHelp | Self::ReferPolice | Self::ReferPlatform
        )
    }

    /// The state a case is in after it.
    pub const fn state(self) -> CaseState {
        match self {
            Self::Watch | Self::NeedsSecondReader => CaseState::Held,
            _ => CaseState::Decided,
        }
    }
}

closed_list!(
    /// Why a reader decided so.
    DispositionReason {
        /// A person under 18 is stated, or follows from what is stated.
        MinorStated = "minor-stated",
        /// Signs of a minor that are not explicit.
        MinorImplied = "minor-implied",
        /// Signs that others control the contact or the work.
        ThirdPartyControl = "third-party-control",
        /// Signs of recruitment under false colours.
        Recruitment = "recruitment",
        /// Somebody is threatened with publication.
        Extortion = "extortion",
        /// An adult who works for herself or himself.
        IndependentAdult = "independent-adult",
        /// Adults who work together of their own choice.
        WorkingTogether = "working-together",
        /// A licensed business.
        LicensedBusiness = "licensed-business",
        /// The rule misread the text.
        RuleWrong = "rule-wrong",
        /// The listings do not belong together.
        LinkWrong = "link-wrong",
        /// Spam or something else altogether.
        NotRelevant = "not-relevant",
        /// Too little to go by.
        TooLittle = "too-little",
    }
);

/// A person's decision about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The case.
    pub case: CaseId,
    /// What was decided.
    pub disposition: Disposition,
    /// Why.
    pub reason: DispositionReason,
    /// In the reader's words; may be empty.
    pub note: String,
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// The evidence that the reader saw.
    pub evidence: Digest,
}

closed_list!(
    /// What somebody may do. A user has one or more.
    Role {
        /// Sees the queue and cases, decides nothing.
        Reader = "reader",
        /// Decides cases outside the minor lane.
        Reviewer = "reviewer",
        /// Sees and decides the minor lane too.
        MinorReviewer = "minor-reviewer",
        /// Second readings, merges, erasures.
        Lead = "lead",
        /// Works on rules.
        RuleEditor = "rule-editor",
        /// Reads the audit.
        Auditor = "auditor",
        /// Manages users.
        Admin = "admin",
    }
);

closed_list!(
    /// What a page or action asks for.
    Permission {
        /// See the queue.
        SeeQueue = "see-queue",
        /// See a case outside the minor lane.
        SeeCase = "see-case",
        /// See a case of the minor lane.
        SeeMinorCase = "see-minor-case",
        /// Decide a case outside the minor lane.
        DecideCase = "decide-case",
        /// Decide a case of the minor lane.
        DecideMinorCase = "decide-minor-case",
        /// Read the audit.
        ReadAudit = "read-audit",
        /// Manage users.
        ManageUsers = "manage-users",
    }
);

impl Role {
    /// Whether this role carries the permission. The one table of who may what.
    pub const fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Reader => matches!(permission, P::SeeQueue | P::SeeCase),
            Self::Reviewer => matches!(permission, P::SeeQueue | P::SeeCase | P::DecideCase),
            Self::MinorReviewer | Self::Lead => matches!(
                permission,
                P::SeeQueue | P::SeeCase | P::SeeMinorCase | P::DecideCase | P::DecideMinorCase
            ),
            Self::RuleEditor => matches!(permission, P::SeeQueue),
            Self::Auditor => matches!(permission, P::ReadAudit),
            Self::Admin => matches!(permission, P::ManageUsers),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_roles_see_the_minor_lane() {
        let seeing: Vec<_> = Role::ALL
            .iter()
            .filter(|role| role.may(Permission::SeeMinorCase))
            .collect();
        assert_eq!(seeing, [&Role::MinorReviewer, &Role::Lead]);
    }

    #[test]
    fn who_manages_users_sees_no_case() {
        assert!(!Role::Admin.may(Permission::SeeCase));
        assert!(!Role::Auditor.may(Permission::SeeCase));
    }
}
