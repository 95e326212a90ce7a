-- How people grow here (P4). The rule is src/domain/level.rs; these are the facts that are kept nowhere else, and a
-- dated history of every change.

-- The days on which a member was here, as days since 1970 in UTC. Written at the first visit of a day; days that no rule
-- asks for any more are forgotten at night.
CREATE TABLE member_day (
    member_id INTEGER NOT NULL REFERENCES member (id),
    day       INTEGER NOT NULL,
    PRIMARY KEY (member_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_day_day ON member_day (day);

CREATE TABLE progress (
    member_id   INTEGER PRIMARY KEY REFERENCES member (id),
    -- Posts whose reading moved a mark. Marks themselves go when a board is marked as read; this stays.
    posts_read  INTEGER NOT NULL DEFAULT 0,
    below_since INTEGER                        -- since when the numbers lie under what keeps the level; NULL: they do not
) STRICT;

-- Every rise and fall, with its date. Whoever came in above newcomer (staff, members made on the host) has no row for it.
CREATE TABLE level_change (
    id         INTEGER PRIMARY KEY,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    from_level TEXT    NOT NULL CHECK (from_level IN ('newcomer', 'member', 'regular')),
    to_level   TEXT    NOT NULL CHECK (to_level IN ('newcomer', 'member', 'regular')),
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX level_change_member ON level_change (member_id, at);
CREATE INDEX level_change_to ON level_change (to_level, at);

-- What can be known of the time before: days on which somebody wrote or was here last, and the marks there are.
INSERT INTO member_day (member_id, day)
     SELECT author_id, created_at / 86400 FROM post WHERE origin = 'human'
      UNION SELECT id, last_seen_at / 86400 FROM member WHERE last_seen_at IS NOT NULL;
INSERT INTO progress (member_id, posts_read)
     SELECT member_id, sum(last_no) FROM read_thread GROUP BY member_id;
