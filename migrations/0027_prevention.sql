-- Calm: for some hours newcomers only read, posts with links wait, rooms are slow, nobody is let in (M6). It ends by
-- itself at until; rows stay as the record.
CREATE TABLE calm (
    id       INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    began_by INTEGER REFERENCES member (id),   -- NULL: the host
    until    INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    ended_at INTEGER,                          -- ended before its time
    ended_by INTEGER REFERENCES member (id)
) STRICT;

-- Filters of the staff over what is written (M6). A text is looked at for words, or for a pattern.
CREATE TABLE text_filter (
    id         INTEGER PRIMARY KEY,
    pattern    TEXT    NOT NULL,               -- a regular expression, or words with spaces between them
    is_words   INTEGER NOT NULL CHECK (is_words IN (0, 1)),
    action     TEXT    NOT NULL CHECK (action IN ('note', 'hold', 'refuse')),
    scope      TEXT    NOT NULL CHECK (scope IN ('newcomers', 'all')),
    board_id   INTEGER REFERENCES board (id),  -- NULL: everywhere
    reason     TEXT    NOT NULL,               -- what the author reads
    rule_no    INTEGER NOT NULL,
    enabled    INTEGER NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
    made_by    INTEGER REFERENCES member (id),
    made_at    INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

-- What the staff note about a member: part of that member's own export (M7). A note that was changed or taken out stays
-- as history.
CREATE TABLE staff_note (
    id         INTEGER PRIMARY KEY,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    author_id  INTEGER NOT NULL REFERENCES member (id),
    body       TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    removed_at INTEGER,
    removed_by INTEGER REFERENCES member (id)
) STRICT;
CREATE INDEX staff_note_member ON staff_note (member_id, id);
