-- Live talk: rooms with their lines, and the wall. Lines live for a day, unless they are kept as a thread by those who
-- said them; what is on the wall fades after thirty days.
CREATE TABLE room (
    id         INTEGER PRIMARY KEY,
    board_id   INTEGER UNIQUE REFERENCES board (id),  -- NULL: the hall
    open       INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX room_hall ON room (ifnull(board_id, 0)) WHERE board_id IS NULL;
INSERT INTO room (id, board_id, created_at) VALUES (1, NULL, 0);

-- AUTOINCREMENT: the marks below compare ids, so the id of a line that is gone must not come back.
CREATE TABLE room_line (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    room_id   INTEGER NOT NULL REFERENCES room (id),
    author_id INTEGER NOT NULL REFERENCES member (id),
    kind      TEXT    NOT NULL CHECK (kind IN ('says', 'does')),
    body      TEXT    NOT NULL,
    said_at   INTEGER NOT NULL,
    edited_at INTEGER,
    removed   INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))  -- by staff; its author deletes the row
) STRICT;
CREATE INDEX room_line_room ON room_line (room_id, id);
CREATE INDEX room_line_author ON room_line (author_id, id);
CREATE INDEX room_line_said ON room_line (said_at);

-- Up to where a member has seen a room.
CREATE TABLE room_mark (
    member_id INTEGER NOT NULL REFERENCES member (id),
    room_id   INTEGER NOT NULL REFERENCES room (id),
    last_line INTEGER NOT NULL,
    PRIMARY KEY (member_id, room_id)
) STRICT, WITHOUT ROWID;

-- Whose lines a member does not want to see in rooms: their own choice, which nobody is told.
CREATE TABLE room_ignore (
    member_id  INTEGER NOT NULL REFERENCES member (id),
    ignored_id INTEGER NOT NULL REFERENCES member (id),
    PRIMARY KEY (member_id, ignored_id)
) STRICT, WITHOUT ROWID;

-- Somebody proposes to keep lines as a thread. Until it is settled the lines are kept where they are; then only the
-- lines of those who agreed go into the thread.
CREATE TABLE room_keep (
    id          INTEGER PRIMARY KEY,
    room_id     INTEGER NOT NULL REFERENCES room (id),
    board_id    INTEGER NOT NULL REFERENCES board (id),  -- where the thread is to be
    proposed_by INTEGER NOT NULL REFERENCES member (id),
    title       TEXT    NOT NULL,
    proposed_at INTEGER NOT NULL,
    closes_at   INTEGER NOT NULL,
    settled_at  INTEGER,                                 -- NULL while it is open
    thread_id   INTEGER REFERENCES thread (id)           -- NULL: nothing was kept
) STRICT;
CREATE INDEX room_keep_open ON room_keep (closes_at) WHERE settled_at IS NULL;

CREATE TABLE room_keep_line (
    keep_id INTEGER NOT NULL REFERENCES room_keep (id),
    line_id INTEGER NOT NULL REFERENCES room_line (id) ON DELETE CASCADE,
    PRIMARY KEY (keep_id, line_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_keep_line_line ON room_keep_line (line_id);

-- What everybody who is quoted said to it; this consent stays on record.
CREATE TABLE room_keep_answer (
    keep_id     INTEGER NOT NULL REFERENCES room_keep (id),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    agrees      INTEGER CHECK (agrees IN (0, 1)),        -- NULL until there is an answer
    answered_at INTEGER,
    PRIMARY KEY (keep_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_keep_answer_member ON room_keep_answer (member_id) WHERE agrees IS NULL;

CREATE TABLE wall_line (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id  INTEGER NOT NULL REFERENCES member (id),
    body       TEXT    NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX wall_line_written ON wall_line (written_at);
CREATE INDEX wall_line_author ON wall_line (author_id, written_at);
