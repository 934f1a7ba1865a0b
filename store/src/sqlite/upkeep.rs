use crate::{Result, Stats, UpkeepStore};

use super::tx::SqliteTx;

const TABLES: &str = "
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";

const BYTES: &str = "
    SELECT page_count * page_size AS whole, freelist_count * page_size AS free
    FROM pragma_page_count, pragma_page_size, pragma_freelist_count";

impl UpkeepStore for SqliteTx<'_> {
    fn stats(&mut self) -> Result<Stats> {
        let mut stats = Stats::default();
        for table in self.all(TABLES, [], |row| Ok(row.get::<_, String>("name")?))? {
            // The name comes from the schema; a table cannot be a parameter.
            let count = format!("SELECT count(*) FROM \"{table}\"");
            let n: i64 = self.raw.query_row(&count, [], |row| row.get(0))?;
            stats.rows.insert(table, n.unsigned_abs());
        }
        let bytes = self.first(BYTES, [], |row| {
            let (whole, free): (i64, i64) = (row.get("whole")?, row.get("free")?);
            Ok((whole.unsigned_abs(), free.unsigned_abs()))
        })?;
        if let Some((whole, free)) = bytes {
            stats.database_bytes = whole;
            stats.free_bytes = free;
        }
        Ok(stats)
    }
}
