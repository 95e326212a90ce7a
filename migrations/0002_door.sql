-- How people come in: the charter they accept, their application, the invite they hold.
CREATE TABLE charter (
    version    INTEGER PRIMARY KEY,
    purpose    TEXT    NOT NULL,
    audience   TEXT    NOT NULL,
    gives      TEXT    NOT NULL,               -- what members give
    gets       TEXT    NOT NULL,               -- what members get
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE charter_rule (
    version INTEGER NOT NULL REFERENCES charter (version),
    no      INTEGER NOT NULL,
    title   TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (version, no)
) STRICT, WITHOUT ROWID;

-- Accepted rule by rule, so that a dropped line never asks for a rule twice.
CREATE TABLE charter_acceptance (
    member_id INTEGER NOT NULL REFERENCES member (id),
    version   INTEGER NOT NULL,
    no        INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (member_id, version, no),
    FOREIGN KEY (version, no) REFERENCES charter_rule (version, no)
) STRICT, WITHOUT ROWID;

-- One application per account. The columns fill step by step while the applicant goes on.
CREATE TABLE application (
    id           INTEGER PRIMARY KEY,
    member_id    INTEGER NOT NULL UNIQUE REFERENCES member (id),
    invite_id    INTEGER REFERENCES invite (id),
    why          TEXT    NOT NULL DEFAULT '',  -- "What brings you here?"
    introduction TEXT    NOT NULL DEFAULT '',  -- becomes the first post in the introductions board
    started_at   INTEGER NOT NULL,
    submitted_at INTEGER,
    decided_at   INTEGER,
    decided_by   INTEGER REFERENCES member (id),
    approved     INTEGER,                      -- 1 approved, 0 declined
    answer       TEXT    NOT NULL DEFAULT '',  -- the staff's words to the applicant
    claimed_by   INTEGER REFERENCES member (id),
    claimed_at   INTEGER
) STRICT;
CREATE INDEX application_waiting ON application (submitted_at) WHERE decided_at IS NULL;

-- What staff asked back before they decided, and what the applicant answered; the last one may be open.
CREATE TABLE application_question (
    id             INTEGER PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES application (id),
    asked_by       INTEGER NOT NULL REFERENCES member (id),
    asked_at       INTEGER NOT NULL,
    question       TEXT    NOT NULL,
    reply          TEXT    NOT NULL DEFAULT '',  -- '' while it is open
    replied_at     INTEGER
) STRICT;
CREATE INDEX application_question_application ON application_question (application_id);

CREATE TABLE invite (
    id         INTEGER PRIMARY KEY,
    code_hash  TEXT    NOT NULL UNIQUE,        -- SHA-256 of the code, hex; the code itself is never stored
    role       TEXT    NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'moderator', 'sysop')),
    created_by INTEGER REFERENCES member (id), -- NULL: made on the host
    note       TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by    INTEGER REFERENCES member (id),
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX invite_creator ON invite (created_by);
