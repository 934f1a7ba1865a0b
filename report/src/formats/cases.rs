//! `cases`: every case with its decisions, in `case/v1`, most urgent first. No text, no contact and
//! no note of a reader leaves with it.

use model::{AuditObject, Case, CaseId, CaseState, Decision, Lane};
use serde::Serialize;
use store::{QueueQuery, Tx};

use crate::export::{Export, Grounds, Page, PageQuery};
use crate::formats::{json_line, next, wrong_key};

pub(crate) const EXPORT: Export = Export {
    name: "cases",
    format: "case/v1",
    about: "every case with its members, kinds of evidence and decisions; no text and no notes",
    grounds: Grounds::OfRows,
    page,
};

/// A line of `case/v1`.
#[derive(Serialize)]
struct CaseRow<'a> {
    id: &'a str,
    schema: &'static str,
    lane: &'static str,
    state: &'static str,
    band: &'static str,
    points: i32,
    hard_minor: bool,
    opened_at: String,
    updated_at: String,
    members: Vec<&'a str>,
    raised_by: Vec<&'a str>,
    kinds: Vec<&'static str>,
    indicators: Vec<&'a str>,
    evidence: String,
    decisions: Vec<DecisionRow<'a>>,
}

#[derive(Serialize)]
struct DecisionRow<'a> {
    disposition: &'static str,
    reason: &'static str,
    by: &'a str,
    at: String,
    evidence: String,
}

fn page(tx: &mut dyn Tx, query: &PageQuery) -> store::Result<Page> {
    let after = match &query.after {
        Some(key) => Some(CaseId::new(key.clone()).map_err(|error| wrong_key(&error))?),
        None => None,
    };
    let all = QueueQuery {
        lanes: Lane::ALL.to_vec(),
        states: CaseState::ALL.to_vec(),
        after,
        limit: query.limit,
    };
    let look = query.disclosed(AuditObject::Queue("all".to_owned()));
    let cases = tx.queue(&all, &look)?;
    let mut page = Page::default();
    for case in &cases {
        let look = query.disclosed(AuditObject::Case(case.triaged.id.clone()));
        let Some(file) = tx.case_file(&case.triaged.id, &look)? else {
            continue;
        };
        page.sites.extend(
            file.members
                .iter()
                .map(|member| member.listing.site.clone()),
        );
        page.lines
            .push_str(&json_line(&CaseRow::of(case, &file.decisions))?);
        page.rows += 1;
    }
    page.next = next(&cases, query, |case| case.triaged.id.to_string());
    Ok(page)
}

impl<'a> CaseRow<'a> {
    fn of(case: &'a Case, decisions: &'a [Decision]) -> Self {
        let triaged = &case.triaged;
        Self {
            id: triaged.id.as_str(),
            schema: "case/v1",
            lane: triaged.lane.name(),
            state: case.state.name(),
            band: triaged.band.name(),
            points: triaged.points,
            hard_minor: triaged.hard_minor,
            opened_at: case.opened_at.to_string(),
            updated_at: case.updated_at.to_string(),
            members: triaged.members.iter().map(|id| id.as_str()).collect(),
            raised_by: triaged.raised_by.iter().map(|id| id.as_str()).collect(),
            kinds: triaged.kinds.iter().map(|kind| kind.name()).collect(),
            indicators: triaged.indicators.iter().map(|id| id.0.as_str()).collect(),
            evidence: triaged.evidence.to_string(),
            decisions: decisions
                .iter()
                .map(|decision| DecisionRow {
                    disposition: decision.disposition.name(),
                    reason: decision.reason.name(),
                    by: decision.by.as_str(),
                    at: decision.at.to_string(),
                    evidence: decision.evidence.to_string(),
                })
                .collect(),
        }
    }
}
