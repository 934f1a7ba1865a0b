-- Moments are milliseconds since 1970 (UTC), days are days since then. `sealed` columns are
-- written by `seal`; every other column holds ids, addresses, digests and counts only.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sites (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    ground TEXT NOT NULL,
    purpose TEXT NOT NULL,
    approver TEXT NOT NULL,
    contact TEXT NOT NULL,
    review_by INTEGER NOT NULL,
    text_days INTEGER NOT NULL,
    feature_days INTEGER NOT NULL,
    photo_hash_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    fence INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    lease_until INTEGER,
    next_permitted INTEGER,
    robots_at INTEGER,
    robots_status INTEGER,
    robots_body BLOB
) STRICT, WITHOUT ROWID;

-- `kind`: 0 list, 1 listing, 2 photo: the order of visits due at the same moment.
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES sites (id),
    url TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    depth INTEGER NOT NULL,
    status TEXT NOT NULL,
    due_at INTEGER,
    n_failures INTEGER NOT NULL DEFAULT 0,
    visited_at INTEGER,
    http_status INTEGER,
    etag BLOB,
    last_modified BLOB,
    content BLOB,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX frontier_due ON frontier (host, due_at, kind, id) WHERE due_at IS NOT NULL;
CREATE INDEX frontier_status ON frontier (site, status);

CREATE TABLE traffic (
    site TEXT NOT NULL REFERENCES sites (id),
    day INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES sites (id),
    url TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    record_digest BLOB NOT NULL CHECK (length(record_digest) = 32),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE listings (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL REFERENCES sites (id),
    url TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    gone_at INTEGER,
    n_versions INTEGER NOT NULL
) STRICT;
CREATE INDEX listings_url ON listings (url);

CREATE TABLE versions (
    listing INTEGER NOT NULL REFERENCES listings (number),
    ordinal INTEGER NOT NULL,
    content BLOB NOT NULL CHECK (length(content) = 32),
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    capture INTEGER REFERENCES captures (id),
    sealed BLOB NOT NULL,
    PRIMARY KEY (listing, ordinal)
) STRICT;
CREATE INDEX versions_capture ON versions (capture) WHERE capture IS NOT NULL;

CREATE TABLE photos (
    url TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
    a INTEGER NOT NULL REFERENCES listings (number),
    b INTEGER NOT NULL REFERENCES listings (number),
    kind TEXT NOT NULL,
    measure INTEGER NOT NULL,
    PRIMARY KEY (a, b, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_b ON links (b);

CREATE TABLE contexts (
    listing INTEGER PRIMARY KEY REFERENCES listings (number),
    context TEXT NOT NULL
) STRICT;

CREATE TABLE assessments (
    listing INTEGER PRIMARY KEY REFERENCES listings (number),
    at INTEGER NOT NULL,
    band TEXT NOT NULL,
    lane TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX assessments_band ON assessments (band, lane);

-- `points_down` is the points with the sign turned, so that the queue's order is one direction of
-- one index.
CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    lane TEXT NOT NULL,
    state TEXT NOT NULL,
    points_down INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    triaged TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_queue ON cases (lane, state, points_down, opened_at, id);
CREATE INDEX cases_state ON cases (state);

CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    disposition TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence BLOB NOT NULL CHECK (length(evidence) = 32),
    bound_kinds TEXT NOT NULL,
    bound_hard_minor INTEGER NOT NULL CHECK (bound_hard_minor IN (0, 1)),
    sealed_note BLOB NOT NULL
) STRICT;
CREATE INDEX decisions_case ON decisions (case_id, number);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    chain TEXT NOT NULL,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    purpose TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    UNIQUE (chain, position)
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TABLE users (
    name TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    user TEXT NOT NULL REFERENCES users (name),
    began_at INTEGER NOT NULL,
    idle_until INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (user);
CREATE INDEX sessions_end ON sessions (ends_at);
