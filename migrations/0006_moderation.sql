-- Moderation: reports make cases, acts settle them, two logs remember. mod_case because CASE is a keyword.
CREATE TABLE mod_case (
    id           INTEGER PRIMARY KEY,
    thing        TEXT    NOT NULL CHECK (thing IN ('post', 'thread', 'member')),
    thing_id     INTEGER NOT NULL,
    author_id    INTEGER NOT NULL REFERENCES member (id),  -- whose thing it is
    snapshot     TEXT    NOT NULL,             -- the thing's text when it was first reported
    opened_at    INTEGER NOT NULL,
    claimed_by   INTEGER REFERENCES member (id),
    claimed_at   INTEGER,
    decided_at   INTEGER,
    decided_by   INTEGER REFERENCES member (id),
    outcome      TEXT    NOT NULL DEFAULT ''   -- what the reporters are told
) STRICT;
CREATE UNIQUE INDEX mod_case_open ON mod_case (thing, thing_id) WHERE decided_at IS NULL;
CREATE INDEX mod_case_waiting ON mod_case (opened_at) WHERE decided_at IS NULL;

CREATE TABLE report (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES mod_case (id),
    reporter_id INTEGER NOT NULL REFERENCES member (id),
    rule_no     INTEGER NOT NULL,
    note        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    told_at     INTEGER,                       -- when the reporter saw the outcome
    UNIQUE (case_id, reporter_id)
) STRICT;
CREATE INDEX report_reporter ON report (reporter_id);

-- One moderation act with what its inverse needs. undone_at is set by the undo, which is an act of its own.
CREATE TABLE mod_act (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER REFERENCES mod_case (id),
    actor_id   INTEGER NOT NULL REFERENCES member (id),
    action     TEXT    NOT NULL,
    thing      TEXT    NOT NULL CHECK (thing IN ('post', 'thread', 'member')),
    thing_id   INTEGER NOT NULL,
    target_id  INTEGER REFERENCES member (id), -- the member concerned
    rule_no    INTEGER NOT NULL,
    reason     TEXT    NOT NULL,
    param      INTEGER,                        -- hours of a suspension, the board a thread went to, the post a warning is about
    before     TEXT    NOT NULL,               -- the state that the undo brings back, JSON
    at         INTEGER NOT NULL,
    told_at    INTEGER,                        -- when the member concerned saw it
    undone_at  INTEGER
) STRICT;
CREATE INDEX mod_act_target ON mod_act (target_id, at);
CREATE INDEX mod_act_thing ON mod_act (thing, thing_id);
CREATE INDEX mod_act_case ON mod_act (case_id) WHERE case_id IS NOT NULL;

-- A warning is shown at the next login until it is acknowledged.
CREATE TABLE warning (
    id              INTEGER PRIMARY KEY,
    act_id          INTEGER NOT NULL UNIQUE REFERENCES mod_act (id),
    member_id       INTEGER NOT NULL REFERENCES member (id),
    acknowledged_at INTEGER,
    withdrawn_at    INTEGER
) STRICT;
CREATE INDEX warning_member ON warning (member_id);

-- Everything that staff and the machine did, append-only and hash-chained: hash = SHA-256 over the row's
-- fields and the hash before it. The mod log that members see is the rows with public = 1.
CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    actor_id  INTEGER REFERENCES member (id),  -- NULL: the host or the machine
    action    TEXT    NOT NULL,
    thing     TEXT    NOT NULL,
    thing_id  INTEGER NOT NULL,
    target_id INTEGER REFERENCES member (id),
    rule_no   INTEGER,
    reason    TEXT    NOT NULL,
    detail    TEXT    NOT NULL,
    public    INTEGER NOT NULL CHECK (public IN (0, 1)),
    prev_hash TEXT    NOT NULL,
    hash      TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_public ON audit (id) WHERE public = 1;
CREATE INDEX audit_target ON audit (target_id);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE (ABORT, 'audit rows are append-only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE (ABORT, 'audit rows are append-only');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) BEGIN
    SELECT RAISE (ABORT, 'audit rows are append-only');
END;
