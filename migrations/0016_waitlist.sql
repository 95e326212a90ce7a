-- Seats (D7): who is approved and waits for one, how those who are in came, and whose seat sleeps.
ALTER TABLE member ADD COLUMN asleep_at INTEGER;   -- since when the seat of an active member sleeps; NULL: awake

-- The line. First in first out within a turn; those who come back go before the invited, and these before the rest.
CREATE TABLE waitlist (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL UNIQUE REFERENCES member (id),
    turn      TEXT    NOT NULL CHECK (turn IN ('returning', 'invited', 'applicant')),
    since     INTEGER NOT NULL
) STRICT;

-- Who came in through the door, and how: the governor counts those of the last seven days. A code from the host is
-- not subject to it and leaves no row.
CREATE TABLE admission (
    member_id INTEGER NOT NULL PRIMARY KEY REFERENCES member (id),
    at        INTEGER NOT NULL,
    way       TEXT    NOT NULL CHECK (way IN ('line', 'sysop'))   -- in turn, or by a sysop's word
) STRICT, WITHOUT ROWID;
CREATE INDEX admission_at ON admission (at);

-- What somebody who waited is told at the next login: in, or awake again. The visit takes the row away.
CREATE TABLE seat_news (
    member_id INTEGER NOT NULL PRIMARY KEY REFERENCES member (id),
    turn      TEXT    NOT NULL CHECK (turn IN ('returning', 'invited', 'applicant'))
) STRICT, WITHOUT ROWID;
