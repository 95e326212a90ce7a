-- Members who are leaving (W6): what they chose, and when it is carried out. Whoever stays after all loses the row.
CREATE TABLE leaving (
    member_id INTEGER PRIMARY KEY REFERENCES member (id),
    way       TEXT    NOT NULL CHECK (way IN ('keep', 'former', 'withdraw')),
    asked_at  INTEGER NOT NULL,
    due_at    INTEGER NOT NULL,
    done_at   INTEGER                          -- NULL while there is time to change one's mind
) STRICT;
CREATE INDEX leaving_due ON leaving (due_at) WHERE done_at IS NULL;

-- Handles that nobody gets again: those of members who left without their name. Only a hash of the handle's skeleton is
-- kept, so that the name itself is gone.
CREATE TABLE handle_kept (
    skeleton_hash TEXT    NOT NULL PRIMARY KEY,
    kept_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
