use std::collections::{BTreeMap, BTreeSet};

use model::{
    Actor, AuditEntry, Case, CaseId, CaseState, Decision, Disposition, DispositionReason,
    EvidenceKind, Lane, ListingId, Timestamp, Triaged,
};
use rusqlite::{Row, params};

use super::row::{digest, json, moment, named, parsed, to_json, unreadable};
use super::tx::SqliteTx;
use crate::reopening::{Bound, Change, Kept, found_again};
use crate::seal::{Place, SealClass};
use crate::{
    AssessmentStore, AuditStore, CaseFile, CaseMember, CaseStore, Combined, LinkStore,
    ListingStore, QueueQuery, Result, StoreError,
};

const OPEN: &str = "SELECT id FROM cases WHERE state = 'open'";

const ONE: &str = "
    SELECT lane, state, opened_at, updated_at, triaged FROM cases WHERE id = ?1";

const LANE: &str = "SELECT lane FROM cases WHERE id = ?1";

const SAVE: &str = "
    INSERT INTO cases (id, lane, state, points_down, opened_at, updated_at, triaged)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
    ON CONFLICT (id) DO UPDATE SET
        lane = excluded.lane, state = excluded.state, points_down = excluded.points_down,
        updated_at = excluded.updated_at, triaged = excluded.triaged";

const SET_STATE: &str = "UPDATE cases SET state = ?2 WHERE id = ?1";

const WITHDRAW: &str = "UPDATE cases SET state = 'withdrawn', updated_at = ?2 WHERE id = ?1";

// One lane and one state: a range of the index `cases_queue`, in its order.
pub(super) const PAGE: &str = "
    SELECT lane, state, opened_at, updated_at, triaged, points_down, id FROM cases
    WHERE lane = ?1 AND state = ?2 AND (points_down, opened_at, id) > (?3, ?4, ?5)
    ORDER BY points_down, opened_at, id
    LIMIT ?6";

const KEY: &str = "SELECT lane, points_down, opened_at FROM cases WHERE id = ?1";

pub(super) const COUNTS: &str = "SELECT lane, state, count(*) AS n FROM cases GROUP BY lane, state";

pub(super) const DECISIONS: &str = "
    SELECT at, by, disposition, reason, evidence, bound_kinds, bound_hard_minor, sealed_note
    FROM decisions WHERE case_id = ?1 ORDER BY number";

const DECIDE: &str = "
    INSERT INTO decisions (case_id, at, by, disposition, reason, evidence, bound_kinds,
        bound_hard_minor, sealed_note)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

impl CaseStore for SqliteTx<'_> {
    fn combine(&mut self, triaged: &[Triaged], look: &AuditEntry) -> Result<Combined> {
        self.append_audit(look)?;
        let mut combined = Combined::default();
        let open = self.all(OPEN, [], |row| parsed("cases", row, "id", CaseId::new))?;
        let mut not_found: BTreeSet<CaseId> = open.into_iter().collect();
        for found in triaged {
            not_found.remove(&found.id);
            let Some(kept) = self.case(&found.id)? else {
                self.save_case(found, CaseState::Open, look.at)?;
                combined.opened += 1;
                continue;
            };
            let bound = self.bound(&found.id)?;
            let kept = Kept {
                state: kept.state,
                triaged: &kept.triaged,
                bound: &bound,
            };
            match found_again(&kept, found) {
                Change::Renewed => {
                    self.save_case(found, CaseState::Open, look.at)?;
                    combined.renewed += 1;
                }
                Change::Reopened => {
                    self.save_case(found, CaseState::Open, look.at)?;
                    combined.reopened += 1;
                }
                Change::Stands(state) => {
                    if kept.triaged != found || kept.state != state {
                        self.save_case(found, state, look.at)?;
                    }
                    combined.unchanged += 1;
                }
            }
        }
        for id in not_found {
            self.change(WITHDRAW, params![id.as_str(), look.at.as_ms()])?;
            combined.withdrawn += 1;
        }
        Ok(combined)
    }

    fn case_lane(&mut self, id: &CaseId) -> Result<Option<Lane>> {
        self.first(LANE, [id.as_str()], |row| {
            named("cases", row, "lane", Lane::from_name)
        })
    }

    fn queue(&mut self, query: &QueueQuery, look: &AuditEntry) -> Result<Vec<Case>> {
        self.append_audit(look)?;
        let limit = self.options.page(query.limit)? as usize;
        let after = query
            .after
            .as_ref()
            .map(|id| self.queue_key(id))
            .transpose()?;
        let mut page = Vec::new();
        for lane in Lane::BY_URGENCY {
            if page.len() >= limit {
                break;
            }
            let from = match &after {
                Some((last, key)) if urgency(*last) == urgency(lane) => key.clone(),
                Some((last, _)) if urgency(*last) > urgency(lane) => continue,
                _ => Key::FIRST,
            };
            if query.lanes.contains(&lane) {
                page.extend(self.lane_page(lane, &query.states, &from, limit - page.len())?);
            }
        }
        Ok(page)
    }

    fn case_counts(&mut self) -> Result<BTreeMap<(Lane, CaseState), u64>> {
        let counts = self.all(COUNTS, [], |row| {
            let lane = named("cases", row, "lane", Lane::from_name)?;
            let state = named("cases", row, "state", CaseState::from_name)?;
            Ok(((lane, state), row.get::<_, i64>("n")?.unsigned_abs()))
        })?;
        Ok(counts.into_iter().collect())
    }

    fn case_file(&mut self, id: &CaseId, look: &AuditEntry) -> Result<Option<CaseFile>> {
        self.append_audit(look)?;
        let Some(case) = self.case(id)? else {
            return Ok(None);
        };
        let ids = shown(&case.triaged, self.options.case_members_max);
        let mut members = Vec::with_capacity(ids.len());
        for id in &ids {
            if let Some(listing) = self.listing(id)? {
                members.push(CaseMember {
                    listing,
                    version: self.latest_version(id)?,
                    assessment: self.assessment(id)?,
                });
            }
        }
        let links = self.links_among(&ids)?;
        let decisions = self.decisions(id)?;
        Ok(Some(CaseFile {
            case,
            members,
            links,
            decisions,
        }))
    }

    fn decide(&mut self, decision: &Decision, audit: &AuditEntry) -> Result<()> {
        let id = &decision.case;
        let case = self.case(id)?.ok_or_else(|| StoreError::Unknown {
            what: "case",
            id: id.to_string(),
        })?;
        let conflict = |why: &str| {
            Err(StoreError::Conflict(format!(
                "case `{id}` {why}; open it again and decide on what it shows now"
            )))
        };
        match case.state {
            CaseState::Decided => return conflict("was decided in the meantime"),
            CaseState::Withdrawn => return conflict("was withdrawn in the meantime"),
            CaseState::Open | CaseState::Held => {}
        }
        if case.triaged.evidence != decision.evidence {
            return conflict("shows other evidence than when it was read");
        }
        let place = identity(id, &decision.by, decision.at);
        let sealed = self
            .sealer
            .seal(note(&place), decision.at, decision.note.as_bytes())?;
        let row = params![
            id.as_str(),
            decision.at.as_ms(),
            decision.by.as_str(),
            decision.disposition.name(),
            decision.reason.name(),
            decision.evidence.as_bytes(),
            to_json("a decision", &case.triaged.kinds)?,
            case.triaged.hard_minor,
            sealed
        ];
        self.change(DECIDE, row)?;
        let state = decision.disposition.state();
        self.change(SET_STATE, [id.as_str(), state.name()])?;
        self.append_audit(audit)
    }
}

/// A place in the queue within one lane.
#[derive(Clone)]
struct Key {
    points_down: i64,
    opened_at: i64,
    id: String,
}

impl Key {
    /// Before all cases.
    const FIRST: Self = Self {
        points_down: i64::MIN,
        opened_at: i64::MIN,
        id: String::new(),
    };

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            points_down: row.get("points_down")?,
            opened_at: row.get("opened_at")?,
            id: row.get("id")?,
        })
    }

    fn in_order(&self) -> (i64, i64, &str) {
        (self.points_down, self.opened_at, &self.id)
    }
}

fn urgency(lane: Lane) -> Option<usize> {
    Lane::BY_URGENCY.iter().position(|known| *known == lane)
}

impl SqliteTx<'_> {
    fn case(&self, id: &CaseId) -> Result<Option<Case>> {
        self.first(ONE, [id.as_str()], read)
    }

    fn save_case(&self, found: &Triaged, state: CaseState, at: Timestamp) -> Result<()> {
        let row = params![
            found.id.as_str(),
            found.lane.name(),
            state.name(),
            -i64::from(found.points),
            at.as_ms(),
            to_json("a case", found)?
        ];
        self.change(SAVE, row).map(drop)
    }

    fn queue_key(&self, id: &CaseId) -> Result<(Lane, Key)> {
        let found = self.first(KEY, [id.as_str()], |row| {
            let key = Key {
                points_down: row.get("points_down")?,
                opened_at: row.get("opened_at")?,
                id: id.to_string(),
            };
            Ok((named("cases", row, "lane", Lane::from_name)?, key))
        })?;
        found.ok_or_else(|| StoreError::Unknown {
            what: "case",
            id: id.to_string(),
        })
    }

    /// The cases of a lane after a key, over several states in one order.
    fn lane_page(
        &self,
        lane: Lane,
        states: &[CaseState],
        from: &Key,
        limit: usize,
    ) -> Result<Vec<Case>> {
        let states: BTreeSet<CaseState> = states.iter().copied().collect();
        let mut found: Vec<(Key, Case)> = Vec::new();
        for state in states {
            let range = params![
                lane.name(),
                state.name(),
                from.points_down,
                from.opened_at,
                from.id,
                i64::try_from(limit).unwrap_or(i64::MAX)
            ];
            found.extend(self.all(PAGE, range, |row| Ok((Key::read(row)?, read(row)?)))?);
        }
        found.sort_by(|(one, _), (other, _)| one.in_order().cmp(&other.in_order()));
        found.truncate(limit);
        Ok(found.into_iter().map(|(_, case)| case).collect())
    }

    fn bound(&self, id: &CaseId) -> Result<Bound> {
        let mut bound = Bound::default();
        self.all(DECISIONS, [id.as_str()], |row| {
            let kinds: Vec<EvidenceKind> = json("decisions", row, "bound_kinds")?;
            bound.kinds.extend(kinds);
            bound.hard_minor |= row.get::<_, bool>("bound_hard_minor")?;
            bound.evidence = Some(digest(row, "evidence")?);
            bound.last = Some(named(
                "decisions",
                row,
                "disposition",
                Disposition::from_name,
            )?);
            Ok(())
        })?;
        Ok(bound)
    }

    fn decisions(&self, id: &CaseId) -> Result<Vec<Decision>> {
        self.all(DECISIONS, [id.as_str()], |row| {
            let by = parsed("decisions", row, "by", Actor::new)?;
            let at = moment(row, "at")?;
            let place = identity(id, &by, at);
            let sealed: Vec<u8> = row.get("sealed_note")?;
            let note = self.sealer.open(note(&place), &sealed)?.unwrap_or_default();
            Ok(Decision {
                case: id.clone(),
                disposition: named("decisions", row, "disposition", Disposition::from_name)?,
                reason: named("decisions", row, "reason", DispositionReason::from_name)?,
                note: String::from_utf8(note).map_err(|error| unreadable("decisions", error))?,
                by,
                at,
                evidence: digest(row, "evidence")?,
            })
        })
    }
}

/// The members that a case file shows: those first that raised it; by id.
fn shown(triaged: &Triaged, max: usize) -> Vec<ListingId> {
    let mut ids: BTreeSet<&ListingId> = BTreeSet::new();
    for id in triaged.raised_by.iter().chain(&triaged.members) {
        if ids.len() == max {
            break;
        }
        ids.insert(id);
    }
    ids.into_iter().cloned().collect()
}

fn read(row: &Row<'_>) -> Result<Case> {
    Ok(Case {
        triaged: json("cases", row, "triaged")?,
        state: named("cases", row, "state", CaseState::from_name)?,
        opened_at: moment(row, "opened_at")?,
        updated_at: moment(row, "updated_at")?,
    })
}

fn identity(case: &CaseId, by: &Actor, at: Timestamp) -> String {
    format!("{case} {by} {}", at.as_ms())
}

/// What a reader wrote. `Case` is the class: it is kept as long as the case is.
fn note(row: &str) -> Place<'_> {
    Place {
        class: SealClass::Case,
        table: "decisions",
        row,
    }
}
