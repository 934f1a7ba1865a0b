use std::collections::BTreeMap;

use model::{Actor, SiteId, Timestamp};
use rusqlite::{Row, named_params, params};

use super::row::{digest_if, named, parsed, unreadable};
use super::tx::{SqliteTx, unknown_if_foreign_key};
use crate::{
    FrontierId, FrontierStore, FrontierUrl, HostLease, HostState, OfferedUrl, Result, StoreError,
    StoredRobots, Traffic, UrlKind, UrlStatus, Validators, Visit,
};

const OFFER: &str = "
    INSERT INTO frontier (site, url, host, kind, depth, status, due_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (url) DO NOTHING";

const LEASE: &str = "
    INSERT INTO hosts (host, fence, holder, lease_until) VALUES (:host, 1, :worker, :until)
    ON CONFLICT (host) DO UPDATE SET
        fence = fence + 1, holder = excluded.holder, lease_until = excluded.lease_until
    WHERE holder IS NULL OR holder = excluded.holder OR lease_until <= :now
    RETURNING fence";

const RENEW: &str =
    "UPDATE hosts SET lease_until = ?4 WHERE host = ?1 AND holder = ?2 AND fence = ?3";

const RELEASE: &str = "
    UPDATE hosts SET holder = NULL, lease_until = NULL
    WHERE host = ?1 AND holder = ?2 AND fence = ?3";

const HELD: &str = "SELECT 1 FROM hosts WHERE host = ?1 AND holder = ?2 AND fence = ?3";

const HOST: &str = "
    SELECT next_permitted, robots_at, robots_status, robots_body FROM hosts WHERE host = ?1";

const NOTE_ACCESS: &str = "
    UPDATE hosts SET next_permitted = ?4 WHERE host = ?1 AND holder = ?2 AND fence = ?3";

const SAVE_ROBOTS: &str = "
    UPDATE hosts SET robots_at = ?4, robots_status = ?5, robots_body = ?6
    WHERE host = ?1 AND holder = ?2 AND fence = ?3";

pub(super) const NEXT_DUE: &str = "
    SELECT id, site, url, kind, depth, n_failures, http_status, etag, last_modified, content
    FROM frontier
    WHERE host = ?1 AND due_at < ?2
    ORDER BY due_at, kind, id
    LIMIT 1";

// What is known of a page stays known when a visit brought nothing new to put in its place.
const RECORD_VISIT: &str = "
    UPDATE frontier SET
        status = :status,
        due_at = :due_at,
        n_failures = CASE WHEN :failed THEN n_failures + 1 ELSE 0 END,
        visited_at = :at,
        http_status = :http_status,
        etag = CASE WHEN :keeps THEN coalesce(:etag, etag) ELSE :etag END,
        last_modified = CASE WHEN :keeps
            THEN coalesce(:last_modified, last_modified) ELSE :last_modified END,
        content = CASE WHEN :keeps THEN coalesce(:content, content) ELSE :content END,
        reason = :reason
    WHERE id = :id AND host = :host";

const ADD_TRAFFIC: &str = "
    INSERT INTO traffic (site, day, requests, bytes) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (site, day) DO UPDATE SET
        requests = requests + excluded.requests, bytes = bytes + excluded.bytes
    RETURNING requests, bytes";

const COUNTS: &str = "SELECT status, count(*) AS n FROM frontier WHERE site = ?1 GROUP BY status";

/// Longest address that is kept, in bytes (`OfferedUrl::url`).
const URL_BYTES_MAX: usize = 2_048;

const NOT_MODIFIED: u16 = 304;

impl FrontierStore for SqliteTx<'_> {
    fn offer(&mut self, site: &SiteId, urls: &[OfferedUrl], now: Timestamp) -> Result<u32> {
        let mut n_new = 0;
        for offered in urls {
            if offered.url.len() > URL_BYTES_MAX {
                return Err(StoreError::Invalid {
                    what: "an address",
                    why: format!(
                        "it has {} bytes and at most {URL_BYTES_MAX} are kept; leave it out",
                        offered.url.len()
                    ),
                });
            }
            let row = params![
                site.as_str(),
                offered.url,
                offered.host,
                kind_number(offered.kind),
                offered.depth,
                UrlStatus::New.name(),
                now.as_ms()
            ];
            n_new += self.change_of("site", site.as_str(), OFFER, row)?;
        }
        Ok(u32::try_from(n_new).unwrap_or(u32::MAX))
    }

    fn lease_host(
        &mut self,
        host: &str,
        worker: &Actor,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<HostLease>> {
        self.needs_write("a lease")?;
        let row = named_params! {
            ":host": host,
            ":worker": worker.as_str(),
            ":now": now.as_ms(),
            ":until": until.as_ms(),
        };
        let fence = self.first(LEASE, row, |row| Ok(row.get("fence")?))?;
        Ok(fence.map(|fence| HostLease {
            host: host.to_owned(),
            worker: worker.clone(),
            fence,
        }))
    }

    fn renew_host(&mut self, lease: &HostLease, until: Timestamp) -> Result<()> {
        let row = params![
            lease.host,
            lease.worker.as_str(),
            lease.fence,
            until.as_ms()
        ];
        let n_changed = self.change(RENEW, row)?;
        still_held(lease, n_changed)
    }

    fn release_host(&mut self, lease: &HostLease) -> Result<()> {
        self.change(RELEASE, of_lease(lease)).map(drop)
    }

    fn host(&mut self, host: &str) -> Result<Option<HostState>> {
        self.first(HOST, [host], |row| {
            let next_permitted: Option<i64> = row.get("next_permitted")?;
            let robots_at: Option<i64> = row.get("robots_at")?;
            let body: Option<Vec<u8>> = row.get("robots_body")?;
            let http_status = row.get("robots_status")?;
            Ok(HostState {
                next_permitted: next_permitted.map(Timestamp::from_ms),
                robots: robots_at.zip(body).map(|(at, body)| StoredRobots {
                    fetched_at: Timestamp::from_ms(at),
                    http_status,
                    body,
                }),
            })
        })
    }

    fn note_access(&mut self, lease: &HostLease, next_permitted: Timestamp) -> Result<()> {
        let row = params![
            lease.host,
            lease.worker.as_str(),
            lease.fence,
            next_permitted.as_ms()
        ];
        let n_changed = self.change(NOTE_ACCESS, row)?;
        still_held(lease, n_changed)
    }

    fn save_robots(&mut self, lease: &HostLease, robots: &StoredRobots) -> Result<()> {
        let row = params![
            lease.host,
            lease.worker.as_str(),
            lease.fence,
            robots.fetched_at.as_ms(),
            robots.http_status,
            robots.body
        ];
        let n_changed = self.change(SAVE_ROBOTS, row)?;
        still_held(lease, n_changed)
    }

    fn next_due(
        &mut self,
        lease: &HostLease,
        due_before: Timestamp,
    ) -> Result<Option<FrontierUrl>> {
        self.first(NEXT_DUE, params![lease.host, due_before.as_ms()], |row| {
            Ok(FrontierUrl {
                id: FrontierId(row.get("id")?),
                site: parsed("frontier", row, "site", SiteId::new)?,
                url: row.get("url")?,
                kind: read_kind(row)?,
                depth: row.get("depth")?,
                n_failures: row.get("n_failures")?,
                last_http_status: row.get("http_status")?,
                validators: Validators {
                    etag: row.get("etag")?,
                    last_modified: row.get("last_modified")?,
                },
                content: digest_if(row, "content")?,
            })
        })
    }

    fn record_visit(&mut self, lease: &HostLease, id: FrontierId, visit: &Visit) -> Result<()> {
        self.needs_write("a visit")?;
        let held = self.first(HELD, of_lease(lease), |_| Ok(()))?;
        still_held(lease, usize::from(held.is_some()))?;
        let failed = visit.status == UrlStatus::Failed;
        let row = named_params! {
            ":id": id.0,
            ":host": lease.host,
            ":status": visit.status.name(),
            ":due_at": visit.due_at.map(Timestamp::as_ms),
            ":failed": failed,
            ":keeps": failed || visit.http_status == Some(NOT_MODIFIED),
            ":at": visit.at.as_ms(),
            ":http_status": visit.http_status,
            ":etag": visit.validators.etag,
            ":last_modified": visit.validators.last_modified,
            ":content": visit.content.as_ref().map(|digest| digest.as_bytes().as_slice()),
            ":reason": visit.reason,
        };
        match self.change(RECORD_VISIT, row)? {
            0 => Err(StoreError::Unknown {
                what: "address on the leased host",
                id: id.0.to_string(),
            }),
            _ => Ok(()),
        }
    }

    fn add_traffic(&mut self, site: &SiteId, day: i64, traffic: Traffic) -> Result<Traffic> {
        self.needs_write("traffic")?;
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let row = params![
            site.as_str(),
            day,
            signed(traffic.requests),
            signed(traffic.bytes)
        ];
        let total = self
            .first(ADD_TRAFFIC, row, |row| {
                let (requests, bytes): (i64, i64) = (row.get("requests")?, row.get("bytes")?);
                Ok(Traffic {
                    requests: requests.unsigned_abs(),
                    bytes: bytes.unsigned_abs(),
                })
            })
            .map_err(|error| unknown_if_foreign_key(error, "site", site.as_str()))?;
        total.ok_or_else(|| unreadable("traffic", "an upsert gave no row"))
    }

    fn frontier_counts(&mut self, site: &SiteId) -> Result<BTreeMap<UrlStatus, u64>> {
        let counts = self.all(COUNTS, [site.as_str()], |row| {
            let n: i64 = row.get("n")?;
            let status = named("frontier", row, "status", UrlStatus::from_name)?;
            Ok((status, n.unsigned_abs()))
        })?;
        Ok(counts.into_iter().collect())
    }
}

fn of_lease(lease: &HostLease) -> (&str, &str, i64) {
    (&lease.host, lease.worker.as_str(), lease.fence)
}

fn still_held(lease: &HostLease, n_changed: usize) -> Result<()> {
    if n_changed == 0 {
        return Err(StoreError::Fenced {
            host: lease.host.clone(),
        });
    }
    Ok(())
}

const fn kind_number(kind: UrlKind) -> i64 {
    match kind {
        UrlKind::List => 0,
        UrlKind::Listing => 1,
        UrlKind::Photo => 2,
    }
}

fn read_kind(row: &Row<'_>) -> Result<UrlKind> {
    match row.get("kind")? {
        0 => Ok(UrlKind::List),
        1 => Ok(UrlKind::Listing),
        2 => Ok(UrlKind::Photo),
        other => Err(unreadable("frontier", format!("unknown kind {other}"))),
    }
}
