use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::{Result, StoreError};

/// All migrations, in order; the number of the last is the version of the database. Released ones
/// are never edited, and every backend has the same numbers.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_first.sql")];

/// `WAAK`: says in the file's head whose database it is.
const APPLICATION_ID: i64 = 0x5741_414b;

/// What was found in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// 0: nothing yet.
    pub(super) version: i64,
}

/// Looks whose database it is and refuses what is not ours, or too new; changes nothing.
pub(super) fn look(connection: &Connection, database: &Path) -> Result<Known> {
    let foreign = || StoreError::Foreign {
        path: database.to_owned(),
    };
    let number = |pragma: &str| -> rusqlite::Result<i64> {
        connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
    };
    let application =
        number("application_id").map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => foreign(),
            _ => error.into(),
        })?;
    let version = number("user_version")?;
    let n_tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let ours = match application {
        APPLICATION_ID => version >= 1,
        0 => version == 0 && n_tables == 0,
        _ => false,
    };
    if !ours {
        return Err(foreign());
    }
    let known = MIGRATIONS.len() as i64;
    if version > known {
        return Err(StoreError::Newer {
            database: database.to_owned(),
            found: version,
            known,
        });
    }
    Ok(Known { version })
}

/// Brings the database up to date, each migration in a transaction of its own.
pub(super) fn run(
    connection: &mut Connection,
    database: &Path,
    known: Known,
    keys_id: &str,
) -> Result<()> {
    apply(&MIGRATIONS, connection, database, known, keys_id)
}

fn apply(
    migrations: &[&str],
    connection: &mut Connection,
    database: &Path,
    known: Known,
    keys_id: &str,
) -> Result<()> {
    for (number, migration) in (1i64..).zip(migrations) {
        if number <= known.version {
            continue;
        }
        let doing = |source: rusqlite::Error| StoreError::Migration {
            number,
            database: database.to_owned(),
            source: Box::new(source),
        };
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(doing)?;
        transaction.execute_batch(migration).map_err(doing)?;
        if number == 1 {
            transaction
                .execute(
                    "INSERT INTO meta (name, value) VALUES ('keys', ?1)",
                    [keys_id],
                )
                .map_err(doing)?;
        }
        transaction
            .execute_batch(&format!(
                "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number};"
            ))
            .map_err(doing)?;
        transaction.commit().map_err(doing)?;
    }
    Ok(())
}

/// The id of the keys folder that the database was begun with.
pub(super) fn keys_id(connection: &Connection) -> Result<String> {
    connection
        .query_row("SELECT value FROM meta WHERE name = 'keys'", [], |row| {
            row.get(0)
        })
        .optional()?
        .ok_or_else(|| StoreError::Unreadable {
            table: "meta",
            why: "the id of the keys folder is missing".to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AN_OLDER: &str = "CREATE TABLE meta (name TEXT, value TEXT)";

    fn version(connection: &Connection) -> i64 {
        connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap()
    }

    fn step(connection: &mut Connection, migrations: &[&str]) -> Result<()> {
        let known = look(connection, "a.db".as_ref())?;
        apply(migrations, connection, "a.db".as_ref(), known, "keys")
    }

    #[test]
    fn each_is_applied_once_and_in_order() {
        let mut connection = Connection::open_in_memory().unwrap();
        step(&mut connection, &[AN_OLDER]).unwrap();
        assert_eq!(version(&connection), 1);
        step(&mut connection, &[AN_OLDER]).unwrap();
        assert_eq!(version(&connection), 1, "not twice");
        assert_eq!(keys_id(&connection).unwrap(), "keys");
    }

    #[test]
    fn one_that_fails_is_undone_whole() {
        let mut connection = Connection::open_in_memory().unwrap();
        let bad = "CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1)";
        let error = step(&mut connection, &[AN_OLDER, bad]).unwrap_err();
        assert!(error.to_string().contains("version 2"), "{error}");
        assert_eq!(version(&connection), 1, "the one before it stands");
        let halves: i64 = connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE name = 'half'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(halves, 0);
    }
}
