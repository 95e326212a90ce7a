-- Whose doings a member does not want to see: their own choice, which nobody is told (P7).
CREATE TABLE member_mute (
    member_id  INTEGER NOT NULL REFERENCES member (id),  -- who mutes
    muted_id   INTEGER NOT NULL REFERENCES member (id),
    created_at INTEGER NOT NULL,
    after_message INTEGER NOT NULL,               -- the last message there was: later ones are not shown to who mutes
    PRIMARY KEY (member_id, muted_id)
) STRICT, WITHOUT ROWID;

-- Whose words a member does not see: whom they muted and whom they blocked.
CREATE VIEW unseen_by (member_id, other_id) AS
    SELECT member_id, muted_id FROM member_mute
    UNION ALL SELECT member_id, blocked_id FROM member_block;

-- Who does not reach a member: the same, and whoever blocked them.
CREATE VIEW kept_apart (member_id, other_id) AS
    SELECT member_id, muted_id FROM member_mute
    UNION ALL SELECT member_id, blocked_id FROM member_block
    UNION ALL SELECT blocked_id, member_id FROM member_block;

-- Whose lines a member does not see in rooms.
CREATE VIEW room_hidden (member_id, other_id) AS
    SELECT member_id, ignored_id FROM room_ignore
    UNION ALL SELECT member_id, other_id FROM unseen_by;

-- The place's own words (P8). What is removed stays for the record; the word is free again.
CREATE TABLE glossary_term (
    id         INTEGER PRIMARY KEY,
    word       TEXT    NOT NULL,
    fold       TEXT    NOT NULL,                  -- how it is looked up
    meaning    TEXT    NOT NULL,
    post_id    INTEGER REFERENCES post (id),      -- where it was used first, if somebody knows
    author_id  INTEGER NOT NULL REFERENCES member (id),
    created_at INTEGER NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES member (id),
    changed_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX glossary_term_fold ON glossary_term (fold) WHERE removed_at IS NULL;

-- What it meant before each change.
CREATE TABLE glossary_meaning (
    id         INTEGER PRIMARY KEY,
    term_id    INTEGER NOT NULL REFERENCES glossary_term (id),
    meaning    TEXT    NOT NULL,
    written_by INTEGER NOT NULL REFERENCES member (id),
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX glossary_meaning_term ON glossary_meaning (term_id, id);
