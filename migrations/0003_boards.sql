-- Boards, threads and posts. A post's number runs within its thread and is never reused.
CREATE TABLE board (
    id         INTEGER PRIMARY KEY,
    slug       TEXT    NOT NULL UNIQUE,        -- the name in commands: hob, post general …
    name       TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    category   TEXT    NOT NULL DEFAULT '',
    position   INTEGER NOT NULL,
    kind       TEXT    NOT NULL DEFAULT 'talk' CHECK (kind IN
                   ('talk', 'question', 'library', 'events', 'decisions', 'journal')),
    see        TEXT    NOT NULL DEFAULT 'members' CHECK (see IN
                   ('guests', 'members', 'regulars', 'staff', 'sysops')),
    write      TEXT    NOT NULL DEFAULT 'members' CHECK (write IN
                   ('members', 'regulars', 'staff', 'sysops')),
    host_id    INTEGER REFERENCES member (id),
    archived   INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    -- The audiences nest; a reader with clearance n sees every board with see_rank <= n.
    see_rank   INTEGER NOT NULL GENERATED ALWAYS AS (CASE see
                   WHEN 'guests' THEN 0 WHEN 'members' THEN 1 WHEN 'regulars' THEN 2
                   WHEN 'staff' THEN 3 ELSE 4 END) STORED,
    created_at INTEGER NOT NULL
) STRICT;

-- A member's own choice; absent means subscribed.
CREATE TABLE board_choice (
    member_id INTEGER NOT NULL REFERENCES member (id),
    board_id  INTEGER NOT NULL REFERENCES board (id),
    choice    TEXT    NOT NULL CHECK (choice IN ('subscribed', 'muted')),
    PRIMARY KEY (member_id, board_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE thread (
    id             INTEGER PRIMARY KEY,
    board_id       INTEGER NOT NULL REFERENCES board (id),
    title          TEXT    NOT NULL,
    author_id      INTEGER NOT NULL REFERENCES member (id),
    created_at     INTEGER NOT NULL,
    post_count     INTEGER NOT NULL DEFAULT 0, -- the last number given; removed posts keep theirs
    last_post_id   INTEGER NOT NULL DEFAULT 0,
    last_author_id INTEGER NOT NULL REFERENCES member (id),
    last_at        INTEGER NOT NULL,
    pinned         INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    locked         INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    slow_s         INTEGER NOT NULL DEFAULT 0, -- slow mode: seconds between two posts of one member
    removed        INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    origin         TEXT    NOT NULL DEFAULT 'human' CHECK (origin IN ('human', 'import', 'bot', 'machine'))
) STRICT;
CREATE INDEX thread_list ON thread (board_id, pinned DESC, last_post_id DESC);
CREATE INDEX thread_count ON thread (board_id, last_post_id, id, post_count, removed);

-- Where a thread has been: an old link leads on.
CREATE TABLE thread_trail (
    thread_id  INTEGER NOT NULL REFERENCES thread (id),
    from_board INTEGER NOT NULL REFERENCES board (id),
    to_board   INTEGER NOT NULL REFERENCES board (id),
    moved_at   INTEGER NOT NULL,
    moved_by   INTEGER NOT NULL REFERENCES member (id)
) STRICT;
CREATE INDEX thread_trail_thread ON thread_trail (thread_id);

CREATE TABLE post (
    id          INTEGER PRIMARY KEY,
    thread_id   INTEGER NOT NULL REFERENCES thread (id),
    no          INTEGER NOT NULL,
    author_id   INTEGER NOT NULL REFERENCES member (id),
    reply_to_no INTEGER,                       -- the parent's number in the same thread
    body        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    edited_at   INTEGER,                       -- set only once the silent minutes are over
    deleted_at  INTEGER,                       -- when its author deleted it: undoing is open for some minutes
    deleted_from TEXT,                         -- the state that this undoing brings back
    state       TEXT    NOT NULL DEFAULT 'shown' CHECK (state IN
                    ('shown', 'collapsed', 'removed', 'deleted')), -- removed: by staff; deleted: by its author
    origin      TEXT    NOT NULL DEFAULT 'human' CHECK (origin IN ('human', 'import', 'bot', 'machine')),
    UNIQUE (thread_id, no)
) STRICT;
CREATE INDEX post_author ON post (author_id, id);

-- What a post said before an edit that came after the silent minutes.
CREATE TABLE post_revision (
    id         INTEGER PRIMARY KEY,
    post_id    INTEGER NOT NULL REFERENCES post (id),
    body       TEXT    NOT NULL,
    written_at INTEGER NOT NULL                -- when this older text was written
) STRICT;
CREATE INDEX post_revision_post ON post_revision (post_id);

-- Who a post speaks to: a reply's parent author, a mentioned member.
CREATE TABLE post_address (
    member_id INTEGER NOT NULL REFERENCES member (id),
    post_id   INTEGER NOT NULL REFERENCES post (id),
    kind      TEXT    NOT NULL CHECK (kind IN ('reply', 'mention')),
    -- It was shown, though not all before it in its thread was: it is no longer announced, and still unread.
    seen      INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    PRIMARY KEY (member_id, post_id)
) STRICT, WITHOUT ROWID;
