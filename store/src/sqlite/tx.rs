use model::ListingId;
use rusqlite::{Connection as Raw, ErrorCode, Params, Row};

use crate::seal::Sealer;
use crate::{Options, Result, StoreError, Tx};

/// A transaction on SQLite; each trait of [`Tx`] has a file of its own beside this one.
pub(super) struct SqliteTx<'c> {
    pub(super) raw: &'c Raw,
    pub(super) sealer: &'c Sealer,
    pub(super) options: &'c Options,
    pub(super) chain: &'c str,
    pub(super) may_write: bool,
}

impl Tx for SqliteTx<'_> {}

impl SqliteTx<'_> {
    /// Refuses inside `Handle::read`.
    pub(super) fn needs_write(&self, what: &'static str) -> Result<()> {
        match self.may_write {
            true => Ok(()),
            false => Err(StoreError::ReadOnly(what)),
        }
    }

    /// Runs a statement that changes rows; how many it changed.
    pub(super) fn change(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.needs_write("what this does")?;
        Ok(self.raw.prepare_cached(sql)?.execute(params)?)
    }

    /// Like [`Self::change`], for a row that names another: says which one is not there.
    pub(super) fn change_of(
        &self,
        what: &'static str,
        id: &str,
        sql: &str,
        params: impl Params,
    ) -> Result<usize> {
        self.change(sql, params)
            .map_err(|error| unknown_if_foreign_key(error, what, id))
    }

    /// Whether a listing is there.
    pub(super) fn listing_is_known(&self, id: &ListingId) -> Result<bool> {
        const KNOWN: &str = "SELECT 1 FROM listings WHERE id = ?1";
        let found = self.first(KNOWN, [id.as_str()], |_| Ok(()))?;
        Ok(found.is_some())
    }

    /// The first row, if there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.raw.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        rows.next()?.map(read).transpose()
    }

    /// All rows.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.raw.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

/// A row that names another which is not there.
pub(super) fn unknown_if_foreign_key(
    error: StoreError,
    what: &'static str,
    id: &str,
) -> StoreError {
    match &error {
        StoreError::Database { source } if is_foreign_key(source.as_ref()) => StoreError::Unknown {
            what,
            id: id.to_owned(),
        },
        _ => error,
    }
}

fn is_foreign_key(source: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    source
        .downcast_ref::<rusqlite::Error>()
        .and_then(rusqlite::Error::sqlite_error)
        .is_some_and(|error| {
            error.code == ErrorCode::ConstraintViolation
                && error.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY
        })
}
