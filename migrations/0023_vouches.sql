-- What members say for those who wait at the door, and what they are shown of them.

-- A line of a member who knows the applicant, for the staff to read.
CREATE TABLE vouch (
    application_id INTEGER NOT NULL REFERENCES application (id),
    member_id      INTEGER NOT NULL REFERENCES member (id),
    words          TEXT    NOT NULL,
    at             INTEGER NOT NULL,
    PRIMARY KEY (application_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX vouch_member ON vouch (member_id);

-- Whether members see the applicant's handle and introduction while the application waits: the applicant says so.
ALTER TABLE application ADD COLUMN shown INTEGER NOT NULL DEFAULT 1 CHECK (shown IN (0, 1));

-- When the last text on the way in was written: whoever takes no step for long is forgotten (service/upkeep.rs).
ALTER TABLE application ADD COLUMN stepped_at INTEGER;
