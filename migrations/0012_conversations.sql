-- Conversations of two to eight members. A message's number runs within its conversation and is never reused.
CREATE TABLE conversation (
    id            INTEGER PRIMARY KEY,
    title         TEXT    NOT NULL DEFAULT '',    -- empty: called after its people
    opened_by     INTEGER NOT NULL REFERENCES member (id),
    created_at    INTEGER NOT NULL,
    message_count INTEGER NOT NULL DEFAULT 0      -- the last number given
) STRICT;

-- Who takes part. Whoever was added later sees what was written from then on; whoever left sees nothing more.
CREATE TABLE participant (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    member_id       INTEGER NOT NULL REFERENCES member (id),
    from_no         INTEGER NOT NULL,             -- the first number that they see
    read_no         INTEGER NOT NULL,             -- the last number that was shown to them
    joined_at       INTEGER NOT NULL,
    left_at         INTEGER,                      -- NULL while they take part
    muted           INTEGER NOT NULL DEFAULT 0 CHECK (muted IN (0, 1)), -- never counted, never offered
    PRIMARY KEY (conversation_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_member ON participant (member_id, conversation_id) WHERE left_at IS NULL;

CREATE TABLE message (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    no              INTEGER NOT NULL,
    author_id       INTEGER NOT NULL REFERENCES member (id),
    -- A nudge is a message of one line that is shown at once to whoever is here. The others are hob's own lines:
    -- who came, who left, what it is called now; their body is the handle or the title.
    kind            TEXT    NOT NULL DEFAULT 'message' CHECK (kind IN
                        ('message', 'nudge', 'added', 'left', 'renamed')),
    body            TEXT    NOT NULL,             -- empty once it is deleted: the words are gone
    created_at      INTEGER NOT NULL,
    deleted_at      INTEGER,
    UNIQUE (conversation_id, no)
) STRICT;
CREATE INDEX message_author ON message (author_id, created_at);

-- No contact either way, not announced. What was written before the block stays where it is.
CREATE TABLE member_block (
    member_id  INTEGER NOT NULL REFERENCES member (id),  -- who blocks
    blocked_id INTEGER NOT NULL REFERENCES member (id),
    created_at INTEGER NOT NULL,
    after_message INTEGER NOT NULL,               -- the last message there was: later ones are not shown either way
    PRIMARY KEY (member_id, blocked_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_block_blocked ON member_block (blocked_id, member_id);

-- A message that a participant attaches to a report can be a case's thing. SQLite changes a CHECK only with its
-- table, and these four lean on each other: all are copied, the leaning ones dropped first.
CREATE TABLE old_case AS SELECT * FROM mod_case;
CREATE TABLE old_report AS SELECT * FROM report;
CREATE TABLE old_act AS SELECT * FROM mod_act;
CREATE TABLE old_warning AS SELECT * FROM warning;
DROP TABLE warning;
DROP TABLE mod_act;
DROP TABLE report;
DROP TABLE mod_case;

CREATE TABLE mod_case (
    id           INTEGER PRIMARY KEY,
    thing        TEXT    NOT NULL CHECK (thing IN ('post', 'thread', 'member', 'message')),
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
INSERT INTO mod_case SELECT id, thing, thing_id, author_id, snapshot, opened_at, claimed_by, claimed_at, decided_at,
    decided_by, outcome FROM old_case;
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
INSERT INTO report SELECT id, case_id, reporter_id, rule_no, note, created_at, told_at FROM old_report;
CREATE INDEX report_reporter ON report (reporter_id);

CREATE TABLE mod_act (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER REFERENCES mod_case (id),
    actor_id   INTEGER NOT NULL REFERENCES member (id),
    action     TEXT    NOT NULL,
    thing      TEXT    NOT NULL CHECK (thing IN ('post', 'thread', 'member', 'message')),
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
INSERT INTO mod_act SELECT id, case_id, actor_id, action, thing, thing_id, target_id, rule_no, reason, param, before,
    at, told_at, undone_at FROM old_act;
CREATE INDEX mod_act_target ON mod_act (target_id, at);
CREATE INDEX mod_act_thing ON mod_act (thing, thing_id);
CREATE INDEX mod_act_case ON mod_act (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE warning (
    id              INTEGER PRIMARY KEY,
    act_id          INTEGER NOT NULL UNIQUE REFERENCES mod_act (id),
    member_id       INTEGER NOT NULL REFERENCES member (id),
    acknowledged_at INTEGER,
    withdrawn_at    INTEGER
) STRICT;
INSERT INTO warning SELECT id, act_id, member_id, acknowledged_at, withdrawn_at FROM old_warning;
CREATE INDEX warning_member ON warning (member_id);

DROP TABLE old_case;
DROP TABLE old_report;
DROP TABLE old_act;
DROP TABLE old_warning;
