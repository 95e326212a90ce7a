-- The sysop's own questions at the door. What is asked is kept in versions: whoever answered one keeps the words that
-- they answered, whatever becomes of the question.
CREATE TABLE door_question (
    id         INTEGER PRIMARY KEY,
    position   INTEGER NOT NULL,              -- the order in which they are asked
    retired_at INTEGER                        -- no longer asked since; its answers stay
) STRICT;

CREATE TABLE door_question_version (
    id          INTEGER PRIMARY KEY,
    question_id INTEGER NOT NULL REFERENCES door_question (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('text', 'one', 'many')),
    words       TEXT    NOT NULL,
    required    INTEGER NOT NULL CHECK (required IN (0, 1)),
    asked_of    TEXT    NOT NULL CHECK (asked_of IN ('all', 'applicants')),  -- whether invited people are asked, too
    made_by     INTEGER REFERENCES member (id),                              -- NULL: came with the place
    made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX door_question_version_question ON door_question_version (question_id, id);

CREATE TABLE door_question_choice (
    version_id INTEGER NOT NULL REFERENCES door_question_version (id),
    no         INTEGER NOT NULL,
    words      TEXT    NOT NULL,
    tag        TEXT    NOT NULL DEFAULT '',   -- the tag that who chooses this joins; '' for none
    PRIMARY KEY (version_id, no)
) STRICT, WITHOUT ROWID;

-- One answer for each question and application. An empty one means: asked, and left out.
CREATE TABLE application_answer (
    application_id INTEGER NOT NULL REFERENCES application (id),
    question_id    INTEGER NOT NULL REFERENCES door_question (id),
    version_id     INTEGER NOT NULL REFERENCES door_question_version (id),
    body           TEXT    NOT NULL DEFAULT '',
    answered_at    INTEGER NOT NULL,
    PRIMARY KEY (application_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE application_choice (
    application_id INTEGER NOT NULL,
    question_id    INTEGER NOT NULL,
    no             INTEGER NOT NULL,          -- of the version that was answered
    PRIMARY KEY (application_id, question_id, no),
    FOREIGN KEY (application_id, question_id) REFERENCES application_answer (application_id, question_id)
) STRICT, WITHOUT ROWID;

-- The tags that members have joined.
CREATE TABLE member_tag (
    member_id INTEGER NOT NULL REFERENCES member (id),
    tag_id    INTEGER NOT NULL REFERENCES tag (id),
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_tag_tag ON member_tag (tag_id);
