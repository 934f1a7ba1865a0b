use model::{Actor, AuditAction, AuditEntry, AuditObject};
use rusqlite::{Row, params};

use super::row::{digest, json, moment, named, parsed, to_json};
use super::tx::SqliteTx;
use crate::{AuditRow, AuditStore, AuditVerdict, Result, chain};

pub(super) const HEAD: &str = "
    SELECT position, digest FROM audit WHERE chain = ?1 ORDER BY position DESC LIMIT 1";

const LAST_NUMBER: &str = "SELECT seq FROM sqlite_sequence WHERE name = 'audit'";

const APPEND: &str = "
    INSERT INTO audit (number, chain, position, at, by, action, object, purpose, previous, digest)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

const PAGE: &str = "SELECT * FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2";

pub(super) const BY_CHAIN: &str = "SELECT * FROM audit ORDER BY chain, position";

impl AuditStore for SqliteTx<'_> {
    fn append_audit(&mut self, entry: &AuditEntry) -> Result<()> {
        self.needs_write("a look at case data, which leaves an audit row,")?;
        chain::check_purpose(&entry.purpose)?;
        let head = self.first(HEAD, [self.chain], |row| {
            Ok((row.get::<_, i64>("position")?, digest(row, "digest")?))
        })?;
        let (position, previous) = match head {
            Some((position, digest)) => (position + 1, digest),
            None => (1, chain::START),
        };
        let number = self.last_number()? + 1;
        let digest = chain::digest(self.chain, position, number, entry, previous);
        let row = params![
            number,
            self.chain,
            position,
            entry.at.as_ms(),
            entry.by.as_str(),
            entry.action.name(),
            to_json("an audit row", &entry.object)?,
            entry.purpose,
            previous.as_bytes(),
            digest.as_bytes()
        ];
        self.change(APPEND, row).map(drop)
    }

    fn audit(&mut self, after: Option<i64>, limit: u32) -> Result<Vec<AuditRow>> {
        let limit = self.options.page(limit)?;
        self.all(PAGE, params![after.unwrap_or(0), limit], read)
    }

    fn verify_audit(&mut self) -> Result<AuditVerdict> {
        let mut check = chain::Check::default();
        let mut last_number = 0;
        let mut statement = self.raw.prepare_cached(BY_CHAIN)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = match read(row) {
                Ok(row) => row,
                // A field that no longer reads is a field that was changed.
                Err(error) => {
                    return Ok(AuditVerdict::Broken {
                        number: row.get("number")?,
                        reason: error.to_string(),
                    });
                }
            };
            if let Some(broken) = check.next(&row) {
                return Ok(broken);
            }
            last_number = last_number.max(row.number);
        }
        // SQLite counts the rows that were ever there; with one writer no number is left out.
        let given = self.last_number()?;
        if i64::try_from(check.rows()) != Ok(given) {
            return Ok(AuditVerdict::Broken {
                number: last_number,
                reason: format!("{given} rows were written and {} are there", check.rows()),
            });
        }
        Ok(AuditVerdict::Whole { rows: check.rows() })
    }
}

impl SqliteTx<'_> {
    fn last_number(&self) -> Result<i64> {
        let last = self.first(LAST_NUMBER, [], |row| Ok(row.get::<_, i64>("seq")?))?;
        Ok(last.unwrap_or(0))
    }
}

fn read(row: &Row<'_>) -> Result<AuditRow> {
    Ok(AuditRow {
        number: row.get("number")?,
        chain: row.get("chain")?,
        position: row.get("position")?,
        entry: AuditEntry {
            at: moment(row, "at")?,
            by: parsed("audit", row, "by", Actor::new)?,
            action: named("audit", row, "action", AuditAction::from_name)?,
            object: json::<AuditObject>("audit", row, "object")?,
            purpose: row.get("purpose")?,
        },
        previous: digest(row, "previous")?,
        digest: digest(row, "digest")?,
    })
}
