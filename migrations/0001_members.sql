-- People: everybody who has an account, from the first step of joining to long after leaving.
-- Times are UTC seconds everywhere. A handle is never given to a second person.
CREATE TABLE member (
    id              INTEGER PRIMARY KEY,
    handle          TEXT    NOT NULL,
    handle_fold     TEXT    NOT NULL UNIQUE,   -- lower case: what a login is looked up by
    handle_skeleton TEXT    NOT NULL UNIQUE,   -- look-alike characters folded together: alice, al1ce
    standing        TEXT    NOT NULL CHECK (standing IN
                        ('joining', 'applied', 'active', 'declined', 'suspended', 'removed')),
    level           TEXT    NOT NULL DEFAULT 'newcomer' CHECK (level IN ('newcomer', 'member', 'regular')),
    role            TEXT    NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'moderator', 'sysop')),
    origin          TEXT    NOT NULL DEFAULT 'human' CHECK (origin IN ('human', 'import', 'bot', 'machine')),
    password_hash   TEXT,                      -- Argon2id PHC string; NULL: keys only
    created_at      INTEGER NOT NULL,
    joined_at       INTEGER,                   -- when the account became a member; NULL before that
    last_seen_at    INTEGER,
    returned_at     INTEGER,                   -- when they last came back after a month or more
    invited_by      INTEGER REFERENCES member (id),
    suspended_until INTEGER,                   -- with standing 'suspended'; NULL: until lifted
    pronouns        TEXT    NOT NULL DEFAULT '',
    zone            TEXT    NOT NULL DEFAULT 'UTC',  -- IANA name
    about           TEXT    NOT NULL DEFAULT '',
    can_help        TEXT    NOT NULL DEFAULT '',
    looking_for     TEXT    NOT NULL DEFAULT '',
    plan            TEXT    NOT NULL DEFAULT '',     -- one line, as finger had
    home_seen_at    INTEGER NOT NULL DEFAULT 0       -- when home was last left: "since you were here"
) STRICT;
CREATE INDEX member_standing ON member (standing, handle_fold);

-- A member's choices; absent means the default that the screen shows.
CREATE TABLE setting (
    member_id INTEGER NOT NULL REFERENCES member (id),
    name      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    PRIMARY KEY (member_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE member_key (
    id           INTEGER PRIMARY KEY,
    member_id    INTEGER NOT NULL REFERENCES member (id),
    fingerprint  TEXT    NOT NULL,             -- SHA256:… as ssh-keygen -l prints it
    algorithm    TEXT    NOT NULL,
    public_key   TEXT    NOT NULL,             -- one authorized_keys line without its comment
    name         TEXT    NOT NULL,
    added_at     INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER
) STRICT;
-- One live owner per key; a revoked key may be added again, by anybody who proves it.
CREATE UNIQUE INDEX member_key_live ON member_key (fingerprint) WHERE revoked_at IS NULL;
CREATE INDEX member_key_member ON member_key (member_id);

-- Failed logins by account and by address (an IPv6 address counts as its /64), kept over a restart.
CREATE TABLE login_failure (
    subject  TEXT    NOT NULL PRIMARY KEY,     -- 'handle:alice' or 'address:192.0.2.1'
    count    INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
