-- What each member has read. A thread mark holds the last number read; a board floor says that everything
-- up to that global post id is read. A post is unread when its number is above the mark and its id above the
-- floor; where a member marked a thread unread from some post on (held), the mark alone counts, so that this
-- also works below the floor. src/store/reading/mod.rs has the whole rule.
CREATE TABLE read_thread (
    member_id INTEGER NOT NULL REFERENCES member (id),
    thread_id INTEGER NOT NULL REFERENCES thread (id),
    last_no   INTEGER NOT NULL,
    held      INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    PRIMARY KEY (member_id, thread_id)
) STRICT, WITHOUT ROWID;
-- Held threads may lie below the floor, where no range of posts finds them.
CREATE INDEX read_thread_held ON read_thread (member_id) WHERE held = 1;

CREATE TABLE read_board (
    member_id INTEGER NOT NULL REFERENCES member (id),
    board_id  INTEGER NOT NULL REFERENCES board (id),
    upto_post INTEGER NOT NULL,
    PRIMARY KEY (member_id, board_id)
) STRICT, WITHOUT ROWID;

-- Followed: comes first when Space reads on. Muted: never counted, never offered.
CREATE TABLE thread_choice (
    member_id INTEGER NOT NULL REFERENCES member (id),
    thread_id INTEGER NOT NULL REFERENCES thread (id),
    choice    TEXT    NOT NULL CHECK (choice IN ('followed', 'muted')),
    PRIMARY KEY (member_id, thread_id)
) STRICT, WITHOUT ROWID;

-- Unfinished writing, one per target ('board:3', 'reply:17', 'edit:17.4', 'form:profile' …).
CREATE TABLE draft (
    member_id   INTEGER NOT NULL REFERENCES member (id),
    target      TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    reply_to_no INTEGER,
    saved_at    INTEGER NOT NULL,
    PRIMARY KEY (member_id, target)
) STRICT, WITHOUT ROWID;
