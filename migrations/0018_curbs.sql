-- What staff have taken from a member for a time or until it is given back. A row whose time is over counts for nothing.
CREATE TABLE curb (
    member_id INTEGER NOT NULL REFERENCES member (id),
    kind      TEXT    NOT NULL CHECK (kind IN ('read-only', 'no invites', 'no messages')),
    until     INTEGER,                         -- NULL: until it is given back
    PRIMARY KEY (member_id, kind)
) STRICT, WITHOUT ROWID;

-- What a post said before a part of it was taken out, or put back: for the staff and the undo; kept 90 days.
CREATE TABLE redaction (
    act_id  INTEGER PRIMARY KEY REFERENCES mod_act (id),
    post_id INTEGER NOT NULL REFERENCES post (id),
    takes   INTEGER NOT NULL CHECK (takes IN (0, 1)), -- 0: it was put back
    body    TEXT,                              -- the whole text before; NULL once its time is over
    after   TEXT,                              -- the whole text after: an undo asks whether it still stands
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX redaction_post ON redaction (post_id, at);

-- Posts that were split off or merged: an old number leads on to the post, wherever it is now.
CREATE TABLE post_trail (
    thread_id INTEGER NOT NULL REFERENCES thread (id),
    no        INTEGER NOT NULL,
    post_id   INTEGER NOT NULL REFERENCES post (id),
    PRIMARY KEY (thread_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_trail_post ON post_trail (post_id);

-- What a split or a merge took where, and everything that its undo brings back.
CREATE TABLE thread_cut (
    act_id      INTEGER PRIMARY KEY REFERENCES mod_act (id),
    from_thread INTEGER NOT NULL,
    first_no    INTEGER NOT NULL,              -- 1: the whole thread was merged
    to_thread   INTEGER NOT NULL,
    after_count INTEGER NOT NULL,              -- the last number there after it
    before      TEXT    NOT NULL               -- JSON: threads, posts, marks and choices as they were
) STRICT;
CREATE INDEX thread_cut_from ON thread_cut (from_thread);
