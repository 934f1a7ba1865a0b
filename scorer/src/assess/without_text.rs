//! Assessing again what has no text any more.
//!
//! A listing's text expires, or was never kept (`collect = "features"`); its signals and findings
//! stay a while longer. New links may say something new about it, so it is assessed again: what
//! rests on signals, fields and links is found anew, what a rule read in the words stays as it
//! was found, and what a new or changed rule would read there is unknown.

use model::{Assessment, ConditionUnknown, LinkContext, ListingVersion, RuleId};

use super::{Scorer, judge};
use crate::assess::independence::Facts;
use crate::rules::{Rule, Subject, points_of_one};

impl Scorer {
    /// Assesses a listing again without its text. `before` is the assessment made when the text
    /// was there, or the last one made by this function; `version` holds the fields that are left.
    pub fn assess_without_text(
        &self,
        before: &Assessment,
        version: &ListingVersion,
        links: &LinkContext,
    ) -> Assessment {
        let mut again = self.assess(version, before.signals.clone(), links);
        let subject = Subject::new(version, &before.signals, links);
        let same_pack = before.pack.digest == again.pack.digest;
        for rule in self.pack().rules().iter().filter(|rule| reads_words(rule)) {
            again.findings.retain(|finding| finding.rule != rule.id);
            again.protective.retain(|finding| finding.rule != rule.id);
            again.unknown.retain(|unknown| unknown.rule != rule.id);
            let is_same = |id: &RuleId, version: u32| *id == rule.id && version == rule.version;
            let finding = before
                .findings
                .iter()
                .find(|one| is_same(&one.rule, one.version));
            let protective = before
                .protective
                .iter()
                .find(|one| is_same(&one.rule, one.version));
            let was_unknown = before.unknown.iter().any(|unknown| unknown.rule == rule.id);
            if let Some(finding) = finding {
                let mut kept = finding.clone();
                // Tiers look at links, which may be new.
                if !rule.tiers.is_empty() {
                    let points = points_of_one(rule, &subject);
                    kept.points = self.counted(rule, points, &kept.evidence);
                }
                again.findings.push(kept);
            }
            if let Some(protective) = protective {
                let mut kept = protective.clone();
                kept.points = self.counted_against(rule, rule.points, links);
                again.protective.push(kept);
            }
            let is_known = finding.is_some() || protective.is_some();
            if !is_known && rule.status.runs() && (!same_pack || was_unknown) {
                again.unknown.push(ConditionUnknown {
                    rule: rule.id.clone(),
                    missing: "text".to_owned(),
                });
            }
        }
        again
            .findings
            .sort_by(|one, other| one.rule.cmp(&other.rule));
        again
            .protective
            .sort_by(|one, other| one.rule.cmp(&other.rule));
        again.unknown.sort();
        again.language = before.language;
        let facts = Facts::of(&again.findings, &again.signals);
        (again.score, again.gate) =
            judge(self.policy(), &again.findings, &again.protective, &facts);
        again
    }
}

fn reads_words(rule: &Rule) -> bool {
    !rule.groups.is_empty()
}

#[cfg(test)]
mod tests {
    use model::{Fact, FactName, ListingId, Timestamp};

    use super::*;
    use crate::{Policy, RulePack, signals};

    fn scorer() -> Scorer {
        Scorer::new(RulePack::core(), Policy::named("police").unwrap())
    }

    fn version(text: &str) -> ListingVersion {
        let mut version = ListingVersion::empty(ListingId::new("a1").unwrap());
        text.clone_into(&mut version.text);
        version
    }

    fn alone() -> LinkContext {
        LinkContext::alone(Timestamp::from_ms(0))
    }

    fn emptied(version: &ListingVersion) -> ListingVersion {
        ListingVersion {
            text: String::new(),
            ..version.clone()
        }
    }

    const TEXT: &str = "Anna, 23 jaar, Utrecht. De telefoniste neemt de telefoon op. Alleen op \
                        afspraak. Bel 06 1234 0001.";

    #[test]
    fn without_new_links_nothing_changes() {
        let scorer = scorer();
        let version = version(TEXT);
        let before = scorer.assess(&version, signals(&version), &alone());
        assert!(
            before
                .findings
                .iter()
                .any(|finding| finding.indicator.0 == "C4"),
            "{before:?}"
        );
        let again = scorer.assess_without_text(&before, &emptied(&version), &alone());
        assert_eq!(again, before);
        assert_eq!(
            scorer.assess_without_text(&again, &emptied(&version), &alone()),
            before
        );
    }

    #[test]
    fn new_links_are_found_beside_what_the_text_said() {
        let scorer = scorer();
        let version = version(TEXT);
        let before = scorer.assess(&version, signals(&version), &alone());
        let mut links = alone();
        links.facts.insert(
            FactName::ContactIdentities,
            Fact {
                value: 4,
                members: Vec::new(),
            },
        );
        let again = scorer.assess_without_text(&before, &emptied(&version), &links);
        let with_text = scorer.assess(&version, signals(&version), &links);
        assert!(again.score.total > before.score.total);
        assert_eq!(again.score.by_family, with_text.score.by_family);
    }

    #[test]
    fn what_another_pack_would_read_is_unknown() {
        let scorer = scorer();
        let version = version(TEXT);
        let mut before = scorer.assess(&version, signals(&version), &alone());
        before.pack.digest = model::Digest::of(b"another pack");
        before.findings.clear();
        let again = scorer.assess_without_text(&before, &emptied(&version), &alone());
        assert!(
            again
                .unknown
                .iter()
                .any(|unknown| unknown.missing == "text")
        );
    }
}
