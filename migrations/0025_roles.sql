-- Who looks after what, for how long (P4): roles are offered, accepted or declined, held for a term, and end. What a role
-- lets one do still follows from member.role, board.host_id and tag.champion_id; a term here says since when and until
-- when. Hosts and moderators from before, and those made on the host, have no term.
CREATE TABLE role_term (
    id          INTEGER PRIMARY KEY,
    member_id   INTEGER NOT NULL REFERENCES member (id),
    duty        TEXT    NOT NULL CHECK (duty IN ('moderator', 'host', 'champion')),
    of_id       INTEGER NOT NULL DEFAULT 0,    -- the host's board, the champion's tag; 0 for a moderator
    offered_by  INTEGER REFERENCES member (id),
    offered_at  INTEGER NOT NULL,
    days        INTEGER NOT NULL,              -- how long the term is to be
    answered_at INTEGER,
    ends_at     INTEGER,                       -- once accepted
    told_at     INTEGER,                       -- when the member was told that it ends soon
    ended_at    INTEGER,                       -- also of offers: declined or taken back
    ended_how   TEXT CHECK (ended_how IN ('declined', 'taken back', 'renewed', 'stepped down', 'ended', 'term over'))
) STRICT;
CREATE INDEX role_term_open ON role_term (member_id) WHERE ended_at IS NULL;
-- One offer at a time for a duty, and one holder.
CREATE UNIQUE INDEX role_term_offer ON role_term (member_id, duty, of_id) WHERE answered_at IS NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX role_term_held ON role_term (member_id, duty, of_id) WHERE answered_at IS NOT NULL AND ended_at IS NULL;

ALTER TABLE tag ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE tag ADD COLUMN champion_id INTEGER REFERENCES member (id);
-- The tag that stands by the handle, of those that the member has joined.
ALTER TABLE member ADD COLUMN shown_tag INTEGER REFERENCES tag (id);
