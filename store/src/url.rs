use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::StoreError;

/// Where a store is.
///
/// Written `sqlite:PATH`, or `sqlite:PATH?keys=FOLDER`. Without `keys` the keys folder is the
/// database's path with `keys` for its last extension.
///
/// ```
/// use store::StoreUrl;
/// let url: StoreUrl = "sqlite:/var/lib/waaklicht/waaklicht.db".parse()?;
/// let StoreUrl::Sqlite { keys, .. } = &url;
/// assert_eq!(keys.to_str(), Some("/var/lib/waaklicht/waaklicht.keys"));
/// assert_eq!(url.to_string(), "sqlite:/var/lib/waaklicht/waaklicht.db");
/// # Ok::<(), store::StoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreUrl {
    /// One file, one writing process.
    Sqlite {
        /// The database.
        database: PathBuf,
        /// The folder of its keys. It belongs to the database, and into other backups than it.
        keys: PathBuf,
    },
}

const FORM: &str = "write `sqlite:PATH` or `sqlite:PATH?keys=FOLDER`";

impl StoreUrl {
    /// An SQLite database with its keys folder beside it.
    pub fn sqlite(database: impl Into<PathBuf>) -> Self {
        let database = database.into();
        let keys = default_keys(&database);
        Self::Sqlite { database, keys }
    }
}

fn default_keys(database: &Path) -> PathBuf {
    database.with_extension("keys")
}

impl FromStr for StoreUrl {
    type Err = StoreError;

    fn from_str(written: &str) -> Result<Self, StoreError> {
        let refused = |why: String| StoreError::Url {
            written: hide_password(written),
            why,
        };
        let Some((scheme, rest)) = written.split_once(':') else {
            return Err(refused(format!("it names no kind of store; {FORM}")));
        };
        match scheme {
            "sqlite" => {}
            "postgres" | "postgresql" => {
                return Err(refused(format!(
                    "PostgreSQL is not built into this version; {FORM}"
                )));
            }
            other => {
                return Err(refused(format!(
                    "`{other}` is no kind of store that is known; {FORM}"
                )));
            }
        }
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, keys) = match rest.split_once('?') {
            None => (rest, None),
            Some((path, query)) => match query.strip_prefix("keys=") {
                Some(keys) if !keys.is_empty() => (path, Some(PathBuf::from(keys))),
                _ => {
                    return Err(refused(format!(
                        "`?{query}` is not understood, and a path cannot hold a `?`; {FORM}"
                    )));
                }
            },
        };
        if path.is_empty() || path == ":memory:" || path.ends_with('/') {
            return Err(refused(format!("it names no file; {FORM}")));
        }
        let database = PathBuf::from(path);
        let keys = keys.unwrap_or_else(|| default_keys(&database));
        if keys == database {
            return Err(refused(
                "database and keys folder are the same path; give the database another extension, such as `.db`"
                    .to_owned(),
            ));
        }
        Ok(Self::Sqlite { database, keys })
    }
}

/// An address that was refused may hold a password; the message is printed.
fn hide_password(written: &str) -> String {
    match (written.find("://"), written.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            format!("{}://…{}", &written[..scheme], &written[at..])
        }
        _ => written.to_owned(),
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Sqlite { database, keys } = self;
        write!(f, "sqlite:{}", database.display())?;
        if *keys != default_keys(database) {
            write!(f, "?keys={}", keys.display())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(written: &str, expected: &str) {
        let error = written.parse::<StoreUrl>().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(
            error.contains("sqlite:PATH") || error.contains(".db"),
            "the way out: {error}"
        );
    }

    #[test]
    fn written_and_read_back() {
        for written in [
            "sqlite:waaklicht.db",
            "sqlite:/a b/c.sqlite3",
            "sqlite:data/w.db?keys=/safe/keys",
        ] {
            let url: StoreUrl = written.parse().unwrap();
            assert_eq!(url.to_string(), written);
            assert_eq!(url.to_string().parse::<StoreUrl>().unwrap(), url);
        }
        assert_eq!(
            "sqlite:///var/w.db".parse::<StoreUrl>().unwrap(),
            StoreUrl::sqlite("/var/w.db")
        );
    }

    #[test]
    fn refuses_with_the_way_out() {
        refused("waaklicht.db", "names no kind");
        refused("mysql:x", "`mysql` is no kind");
        refused("postgres://ann:secret@host/db", "PostgreSQL is not built");
        refused("sqlite:", "names no file");
        refused("sqlite::memory:", "names no file");
        refused("sqlite:a.db?mode=ro", "`?mode=ro`");
        refused("sqlite:a.keys", "same path");
    }

    #[test]
    fn a_refusal_does_not_tell_the_password() {
        let error = "postgres://ann:secret@host/db"
            .parse::<StoreUrl>()
            .unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}
