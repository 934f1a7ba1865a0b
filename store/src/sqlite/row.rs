use model::{Digest, Timestamp};
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Result, StoreError};

pub(super) fn moment(row: &Row<'_>, column: &str) -> Result<Timestamp> {
    Ok(Timestamp::from_ms(row.get(column)?))
}

pub(super) fn digest(row: &Row<'_>, column: &str) -> Result<Digest> {
    Ok(Digest::from_bytes(row.get(column)?))
}

pub(super) fn digest_if(row: &Row<'_>, column: &str) -> Result<Option<Digest>> {
    let bytes: Option<[u8; 32]> = row.get(column)?;
    Ok(bytes.map(Digest::from_bytes))
}

/// A text column that a type of the model reads.
pub(super) fn parsed<T, E: std::fmt::Display>(
    table: &'static str,
    row: &Row<'_>,
    column: &str,
    parse: impl FnOnce(String) -> std::result::Result<T, E>,
) -> Result<T> {
    parse(row.get(column)?).map_err(|error| unreadable(table, error))
}

/// A text column that holds a name of a closed list.
pub(super) fn named<T>(
    table: &'static str,
    row: &Row<'_>,
    column: &str,
    from_name: impl FnOnce(&str) -> Option<T>,
) -> Result<T> {
    let name: String = row.get(column)?;
    from_name(&name).ok_or_else(|| unreadable(table, format!("unknown {column} `{name}`")))
}

/// A text column that holds JSON.
pub(super) fn json<T: DeserializeOwned>(
    table: &'static str,
    row: &Row<'_>,
    column: &str,
) -> Result<T> {
    let written: String = row.get(column)?;
    serde_json::from_str(&written).map_err(|error| unreadable(table, error))
}

pub(super) fn to_json(what: &'static str, value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Invalid {
        what,
        why: error.to_string(),
    })
}

pub(super) fn to_json_bytes(what: &'static str, value: &impl Serialize) -> Result<Vec<u8>> {
    to_json(what, value).map(String::into_bytes)
}

pub(super) fn from_json_bytes<T: DeserializeOwned>(table: &'static str, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| unreadable(table, error))
}

pub(super) fn unreadable(table: &'static str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable {
        table,
        why: why.to_string(),
    }
}
