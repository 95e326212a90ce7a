-- Cohorts (P5): a group with a start and an end, a board of its own, a checkpoint every week, and buddies. What is over
-- stays: the board as an archive, the people as a tag.
CREATE TABLE cohort (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL,
    purpose       TEXT    NOT NULL,
    host_id       INTEGER NOT NULL REFERENCES member (id),   -- who looks after it
    board_id      INTEGER NOT NULL UNIQUE REFERENCES board (id),
    tag_id        INTEGER REFERENCES tag (id),               -- of those who were in it, once it is over
    places        INTEGER NOT NULL,
    weekday       TEXT    NOT NULL,                          -- of the checkpoints (src/domain/cohort.rs)
    starts_at     INTEGER NOT NULL,                          -- the beginning of a day in UTC
    ends_at       INTEGER NOT NULL,                          -- the same; whole weeks later
    seed          INTEGER NOT NULL,                          -- who is whose buddy follows from it
    made_at       INTEGER NOT NULL,
    started_at    INTEGER,
    ended_at      INTEGER,
    called_off_at INTEGER                                    -- before it started
) STRICT;

-- Who is invited, and who is or was in it.
CREATE TABLE cohort_member (
    cohort_id  INTEGER NOT NULL REFERENCES cohort (id),
    member_id  INTEGER NOT NULL REFERENCES member (id),
    invited_by INTEGER REFERENCES member (id),
    invited_at INTEGER,
    joined_at  INTEGER,                                      -- NULL: invited only
    left_at    INTEGER,                                      -- once it had started
    pair       INTEGER,                                      -- those with the same number are buddies
    PRIMARY KEY (cohort_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cohort_member_of ON cohort_member (member_id);

-- One a week. The text of an empty prompt is the standard one.
CREATE TABLE cohort_checkpoint (
    cohort_id INTEGER NOT NULL REFERENCES cohort (id),
    week      INTEGER NOT NULL,                              -- from 1
    opens_at  INTEGER NOT NULL,
    prompt    TEXT    NOT NULL DEFAULT '',
    told_at   INTEGER,                                       -- when its people were told that it comes
    thread_id INTEGER REFERENCES thread (id),                -- once it is open
    PRIMARY KEY (cohort_id, week)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX cohort_checkpoint_thread ON cohort_checkpoint (thread_id) WHERE thread_id IS NOT NULL;

-- A board for the people of one cohort has a circle of its own, from 1; 0: for everybody whom `see` names. A reader's rank
-- holds a bit for each circle that they belong to (src/domain/policy/mod.rs, Clearance).
ALTER TABLE board ADD COLUMN circle INTEGER NOT NULL DEFAULT 0 CHECK (circle BETWEEN 0 AND 59);
