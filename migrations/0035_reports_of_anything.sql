-- Anything can be a case's thing (M1): a line in a room or on the wall, a tag, an invite. What things there are is a
-- closed set of words in src/domain/moderation, as it is for notifications. Taking a CHECK away changes nothing that is
-- stored, and copying these tables would mean copying all that lean on them; this is SQLite's own way for it
-- (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, ' CHECK (thing IN (''post'', ''thread'', ''member'', ''message''))', '')
 WHERE type = 'table' AND name IN ('mod_case', 'mod_act');
PRAGMA writable_schema = RESET;

-- The board of the room that a line was said in: the line itself is over within a day.
ALTER TABLE mod_case ADD COLUMN board_id INTEGER REFERENCES board (id);

-- What was said around a line, as it was when it was reported; the line itself among it.
CREATE TABLE case_line (
    case_id   INTEGER NOT NULL REFERENCES mod_case (id),
    line_id   INTEGER NOT NULL,                -- for the order; the line may be gone
    author_id INTEGER NOT NULL REFERENCES member (id),
    body      TEXT    NOT NULL,
    said_at   INTEGER NOT NULL,
    PRIMARY KEY (case_id, line_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_line_author ON case_line (author_id);

-- Staff take a line off the wall; its author deletes the row.
ALTER TABLE wall_line ADD COLUMN removed_at INTEGER;

-- Staff take a tag away: nobody uses it, and nobody makes it again. What it stood on is kept for when it comes back.
ALTER TABLE tag ADD COLUMN removed_at INTEGER;
CREATE TABLE tag_taken_thread (
    tag_id    INTEGER NOT NULL REFERENCES tag (id),
    thread_id INTEGER NOT NULL REFERENCES thread (id),
    PRIMARY KEY (tag_id, thread_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE tag_taken_member (
    tag_id    INTEGER NOT NULL REFERENCES tag (id),
    member_id INTEGER NOT NULL REFERENCES member (id),
    joined_at INTEGER NOT NULL,
    shown     INTEGER NOT NULL CHECK (shown IN (0, 1)), -- it stood by their handle
    PRIMARY KEY (tag_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_taken_member_member ON tag_taken_member (member_id);
