-- Posts that wait for a moderator (M6). They are no posts yet: a number and a time are given when one is published, so
-- that numbers have no gaps and nothing that was not shown counts as read or unread.
CREATE TABLE held_post (
    id          INTEGER PRIMARY KEY,
    author_id   INTEGER NOT NULL REFERENCES member (id),
    board_id    INTEGER NOT NULL REFERENCES board (id),
    thread_id   INTEGER REFERENCES thread (id), -- NULL: it starts one
    title       TEXT    NOT NULL DEFAULT '',    -- of the thread that it starts
    reply_to_no INTEGER,
    body        TEXT    NOT NULL,
    why         TEXT    NOT NULL,               -- a closed set of words in src/domain/prevention/hold.rs
    note        TEXT    NOT NULL DEFAULT '',    -- for the staff: which filter, which other posts
    held_at     INTEGER NOT NULL,
    claimed_by  INTEGER REFERENCES member (id),
    claimed_at  INTEGER,
    state       TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'published', 'declined', 'withdrawn')),
    decided_at  INTEGER,
    decided_by  INTEGER REFERENCES member (id),
    reason      TEXT    NOT NULL DEFAULT '',    -- kind words to the author
    post_id     INTEGER REFERENCES post (id)
) STRICT;
CREATE INDEX held_post_waiting ON held_post (held_at) WHERE state = 'waiting';
CREATE INDEX held_post_author ON held_post (author_id, id);
