-- Lost keys (D9): somebody at the door says that they lost what opens an account; members vouch, a sysop hands out a
-- one-time code. And rotation (D2): a key that was added to take the place of another.
CREATE TABLE recovery (
    id              INTEGER PRIMARY KEY,
    member_id       INTEGER NOT NULL REFERENCES member (id),
    asked_at        INTEGER NOT NULL,
    closed_at       INTEGER,                          -- stopped, used or run out; NULL while it is open
    code_hash       TEXT UNIQUE,                      -- SHA-256 of the code, hex; the code itself is never stored
    code_by         INTEGER REFERENCES member (id),   -- the sysop who handed it out
    code_expires_at INTEGER
) STRICT;
CREATE UNIQUE INDEX recovery_open ON recovery (member_id) WHERE closed_at IS NULL;

CREATE TABLE recovery_vouch (
    recovery_id INTEGER NOT NULL REFERENCES recovery (id),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    at          INTEGER NOT NULL,
    PRIMARY KEY (recovery_id, member_id)
) STRICT, WITHOUT ROWID;

-- The key that is revoked once this one is proved.
ALTER TABLE member_key ADD COLUMN replaces INTEGER REFERENCES member_key (id);
