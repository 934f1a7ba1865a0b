use model::{Actor, AuditEntry, Digest, Role, Timestamp};
use rusqlite::{Row, params};

use super::row::{digest, moment, parsed, unreadable};
use super::tx::SqliteTx;
use crate::{AuditStore, Result, Session, User, UserStore};

const SAVE: &str = "
    INSERT INTO users (name, password_hash, roles, disabled) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (name) DO UPDATE SET
        password_hash = excluded.password_hash, roles = excluded.roles,
        disabled = excluded.disabled";

const END_ALL: &str = "DELETE FROM sessions WHERE user = ?1";

const ONE: &str = "SELECT name, password_hash, roles, disabled FROM users WHERE name = ?1";

const N_USERS: &str = "SELECT count(*) AS n FROM users";

const FORGET_ENDED: &str = "DELETE FROM sessions WHERE ends_at <= ?1";

const ADD_SESSION: &str = "
    INSERT INTO sessions (token, user, began_at, idle_until, ends_at) VALUES (?1, ?2, ?3, ?4, ?5)";

const SESSION: &str = "
    SELECT token, user, began_at, idle_until, ends_at, name, password_hash, roles, disabled
    FROM sessions JOIN users ON users.name = sessions.user
    WHERE token = ?1 AND ?2 < idle_until AND ?2 < ends_at AND disabled = 0";

const TOUCH: &str = "UPDATE sessions SET idle_until = ?2 WHERE token = ?1";

const END: &str = "DELETE FROM sessions WHERE token = ?1";

impl UserStore for SqliteTx<'_> {
    fn save_user(&mut self, user: &User, audit: &AuditEntry) -> Result<()> {
        let roles: Vec<&str> = user.roles.iter().map(|role| role.name()).collect();
        let name = user.name.as_str();
        let known = self.user(&user.name)?;
        let is_new_password = known.is_some_and(|known| known.password_hash != user.password_hash);
        let row = params![name, user.password_hash, roles.join(" "), user.disabled];
        self.change(SAVE, row)?;
        if user.disabled || is_new_password {
            self.change(END_ALL, [name])?;
        }
        self.append_audit(audit)
    }

    fn user(&mut self, name: &Actor) -> Result<Option<User>> {
        self.first(ONE, [name.as_str()], read)
    }

    fn n_users(&mut self) -> Result<u64> {
        let n = self.first(N_USERS, [], |row| Ok(row.get::<_, i64>("n")?))?;
        Ok(n.unwrap_or(0).unsigned_abs())
    }

    fn add_session(&mut self, session: &Session, audit: &AuditEntry) -> Result<()> {
        // The table holds no more than what may still be used.
        self.change(FORGET_ENDED, [session.began_at.as_ms()])?;
        let row = params![
            session.token.as_bytes(),
            session.user.as_str(),
            session.began_at.as_ms(),
            session.idle_until.as_ms(),
            session.ends_at.as_ms()
        ];
        self.change_of("user", session.user.as_str(), ADD_SESSION, row)?;
        self.append_audit(audit)
    }

    fn session(&mut self, token: &Digest, now: Timestamp) -> Result<Option<(Session, User)>> {
        let key = params![token.as_bytes(), now.as_ms()];
        self.first(SESSION, key, |row| {
            let session = Session {
                token: digest(row, "token")?,
                user: parsed("sessions", row, "user", Actor::new)?,
                began_at: moment(row, "began_at")?,
                idle_until: moment(row, "idle_until")?,
                ends_at: moment(row, "ends_at")?,
            };
            Ok((session, read(row)?))
        })
    }

    fn touch_session(&mut self, token: &Digest, idle_until: Timestamp) -> Result<()> {
        let row = params![token.as_bytes(), idle_until.as_ms()];
        self.change(TOUCH, row).map(drop)
    }

    fn end_session(&mut self, token: &Digest) -> Result<()> {
        self.change(END, [token.as_bytes()]).map(drop)
    }
}

fn read(row: &Row<'_>) -> Result<User> {
    let roles: String = row.get("roles")?;
    let roles = roles
        .split_whitespace()
        .map(|name| {
            Role::from_name(name)
                .ok_or_else(|| unreadable("users", format!("unknown role `{name}`")))
        })
        .collect::<Result<_>>()?;
    Ok(User {
        name: parsed("users", row, "name", Actor::new)?,
        password_hash: row.get("password_hash")?,
        roles,
        disabled: row.get("disabled")?,
    })
}
