-- What happened that is for one member, besides replies and mentions in posts (post_address) and what the staff did
-- (mod_act, report), which are kept where they belong and read from there. Kinds and places are closed sets of words in
-- src/domain/notification.rs, without a CHECK: a later kind must not need this table made anew.
CREATE TABLE notification (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    kind      TEXT    NOT NULL,
    place     TEXT    NOT NULL,                -- what it leads to: 'post', 'conversation', 'room' …
    place_id  INTEGER NOT NULL,
    actor_id  INTEGER REFERENCES member (id),  -- who caused it last; NULL: the staff or the machine
    times     INTEGER NOT NULL DEFAULT 1,      -- how often that happened since it was seen last
    at        INTEGER NOT NULL,                -- the last time
    seen_at   INTEGER
) STRICT;
-- One line for each place as long as it is unseen, however much happens there.
CREATE UNIQUE INDEX notification_unseen ON notification (member_id, kind, place, place_id) WHERE seen_at IS NULL;
CREATE INDEX notification_member ON notification (member_id, at);

-- Where a member's session was, to come back to after a dropped line: one row a session, taken over by the next one.
CREATE TABLE left_off (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    places    TEXT    NOT NULL,                -- JSON: the screens from home up
    saved_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX left_off_member ON left_off (member_id, saved_at);

-- When the nightly upkeep ran last, by task.
CREATE TABLE upkeep (
    task   TEXT    NOT NULL PRIMARY KEY,
    ran_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whom a post speaks to is asked by the post as well as by the member.
CREATE INDEX post_address_post ON post_address (post_id);
