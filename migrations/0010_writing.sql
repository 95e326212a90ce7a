-- Thanks: one per member and post, seen by the post's author and the giver alone.
CREATE TABLE thanks (
    post_id  INTEGER NOT NULL REFERENCES post (id),
    giver_id INTEGER NOT NULL REFERENCES member (id),
    given_at INTEGER NOT NULL,
    PRIMARY KEY (post_id, giver_id)
) STRICT, WITHOUT ROWID;

-- What a new thread on a board begins with; empty: nothing.
ALTER TABLE board ADD COLUMN template TEXT NOT NULL DEFAULT '';
UPDATE board SET template = '**What I want to do**


**What I tried**


**What happened**

' WHERE kind = 'question';

-- Notes in the composer that a member has met: each comes once for what it is about ('reply:17', 'post:1').
CREATE TABLE note_met (
    member_id INTEGER NOT NULL REFERENCES member (id),
    note      TEXT    NOT NULL CHECK (note IN ('first', 'quiet', 'turns', 'share')),
    about     TEXT    NOT NULL,
    met_at    INTEGER NOT NULL,
    PRIMARY KEY (member_id, note, about)
) STRICT, WITHOUT ROWID;
