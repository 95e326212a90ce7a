-- What threads are about, which of them are solved, and what a member keeps to find again.

-- A tag is a filter over threads, never a copy: who sees a thread sees its tags. The name is what stands after the #:
-- lower case letters, digits and single hyphens.
CREATE TABLE tag (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    made_by INTEGER NOT NULL REFERENCES member (id),
    made_at INTEGER NOT NULL
) STRICT;

-- At most five for a thread (src/domain/tag.rs).
CREATE TABLE thread_tag (
    thread_id INTEGER NOT NULL REFERENCES thread (id),
    tag_id    INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (thread_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_tag_threads ON thread_tag (tag_id, thread_id);

-- On question boards: the question has its answer, in this post if one was named.
ALTER TABLE thread ADD COLUMN solved INTEGER NOT NULL DEFAULT 0 CHECK (solved IN (0, 1));
ALTER TABLE thread ADD COLUMN solved_no INTEGER;

-- A member's reading list. Nobody else ever reads it.
CREATE TABLE bookmark (
    member_id INTEGER NOT NULL REFERENCES member (id),
    post_id   INTEGER NOT NULL REFERENCES post (id),
    kept_at   INTEGER NOT NULL,
    PRIMARY KEY (member_id, post_id)
) STRICT, WITHOUT ROWID;
