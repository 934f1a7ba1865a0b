use model::{Actor, AuditEntry, Digest, Role, Timestamp};

use crate::Result;

/// People who sign in, and their sessions.
pub trait UserStore {
    /// Adds a user, or changes the password, roles and state of a known one. Disabling a user ends
    /// all sessions, and so does a new password: whoever knew the old one is out.
    fn save_user(&mut self, user: &User, audit: &AuditEntry) -> Result<()>;

    /// A user by name.
    fn user(&mut self, name: &Actor) -> Result<Option<User>>;

    /// How many users there are.
    fn n_users(&mut self) -> Result<u64>;

    /// Begins a session.
    fn add_session(&mut self, session: &Session, audit: &AuditEntry) -> Result<()>;

    /// The session with this token digest, if it has not ended, and its user is not disabled.
    fn session(&mut self, token: &Digest, now: Timestamp) -> Result<Option<(Session, User)>>;

    /// Prolongs the idle limit of a session.
    fn touch_session(&mut self, token: &Digest, idle_until: Timestamp) -> Result<()>;

    /// Ends a session.
    fn end_session(&mut self, token: &Digest) -> Result<()>;
}

/// Someone who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The name; also the actor in the audit.
    pub name: Actor,
    /// PHC string of the argon2id hash.
    pub password_hash: String,
    /// What the user may do.
    pub roles: Vec<Role>,
    /// Whether the user may no longer sign in.
    pub disabled: bool,
}

/// A session. The token itself is with the browser only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Digest of the token in the cookie.
    pub token: Digest,
    /// The user.
    pub user: Actor,
    /// When it began.
    pub began_at: Timestamp,
    /// Ends when unused until then.
    pub idle_until: Timestamp,
    /// Ends then in any case.
    pub ends_at: Timestamp,
}
