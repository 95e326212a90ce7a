-- Whom the staff watch, and why (M6). It ends by itself at until unless it is renewed; rows stay as history, and are part of
-- the member's own export.
CREATE TABLE watch (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    reason    TEXT    NOT NULL,
    made_by   INTEGER NOT NULL REFERENCES member (id),
    made_at   INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    ended_at  INTEGER,
    ended_by  INTEGER REFERENCES member (id)
) STRICT;
CREATE INDEX watch_member ON watch (member_id, id);

-- What speaks for it, as it said when it was added.
CREATE TABLE watch_evidence (
    id       INTEGER PRIMARY KEY,
    watch_id INTEGER NOT NULL REFERENCES watch (id),
    label    TEXT    NOT NULL,                -- what it is: case 3, a post in "Trains"
    body     TEXT    NOT NULL,
    added_by INTEGER NOT NULL REFERENCES member (id),
    added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX watch_evidence_watch ON watch_evidence (watch_id, id);
