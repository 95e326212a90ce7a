-- Search by who, where, what about and what in it, besides words (R7); and what a member looked for and opened lately.

-- What the full-text index holds for a post besides its words, one word for each: 0p every post, 0a17 its author, 0b3 its
-- board, 0t5 a tag of its thread, 0link 0code 0quote 0image what is in it. They stand in the same index, so that words
-- and filters are one walk through sorted lists that begins with the rarest. A post has a row here while it is indexed.
CREATE TABLE post_mark (
    post_id INTEGER PRIMARY KEY REFERENCES post (id),
    marks   TEXT NOT NULL
) STRICT;

-- The marks that a post has now.
CREATE VIEW post_mark_now AS
    SELECT post.id AS id,
           '0p 0a' || post.author_id || ' 0b' || thread.board_id
           || coalesce((SELECT ' ' || group_concat('0t' || tag_id, ' ') FROM thread_tag WHERE thread_id = thread.id), '')
           || iif(instr(post.body, 'http://') OR instr(post.body, 'https://'), ' 0link', '')
           || iif(instr(post.body, '`') OR instr(post.body, '~~~'), ' 0code', '')
           || iif(post.body LIKE '>%' OR instr(post.body, char(10) || '>'), ' 0quote', '')
           || iif(instr(post.body, '://') AND (post.body LIKE '%.png%' OR post.body LIKE '%.jpg%'
                  OR post.body LIKE '%.jpeg%' OR post.body LIKE '%.gif%' OR post.body LIKE '%.webp%'
                  OR post.body LIKE '%.svg%'), ' 0image', '') AS marks
      FROM post JOIN thread ON thread.id = post.thread_id;

DROP TABLE post_fts;
DROP VIEW post_text;
CREATE VIEW post_text AS
    SELECT post.id AS id,
           CASE WHEN post.no = 1 THEN thread.title ELSE '' END AS title,
           post.body AS body,
           coalesce(post_mark.marks, '') AS marks
      FROM post JOIN thread ON thread.id = post.thread_id LEFT JOIN post_mark ON post_mark.post_id = post.id;

CREATE VIRTUAL TABLE post_fts USING fts5 (
    title, body, marks,
    content = 'post_text', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- What was indexed is indexed again; what waits in the queue is found there as new.
UPDATE search_queue SET indexed_title = NULL, indexed_body = NULL;
INSERT INTO post_mark (post_id, marks)
     SELECT now.id, now.marks FROM post_mark_now AS now JOIN post ON post.id = now.id
      WHERE post.state IN ('shown', 'collapsed') AND post.id NOT IN (SELECT post_id FROM search_queue);
INSERT INTO post_fts (rowid, title, body, marks)
     SELECT text.id, text.title, text.body, text.marks FROM post_mark CROSS JOIN post_text AS text ON text.id = post_mark.post_id;

-- Whoever changes what stands in the index, the queue is told what to forget.
CREATE TRIGGER search_thread_moved AFTER UPDATE OF board_id ON thread WHEN new.board_id <> old.board_id BEGIN
    INSERT INTO search_queue (post_id, indexed_title, indexed_body)
         SELECT text.id, text.title, text.body FROM post CROSS JOIN post_text AS text ON text.id = post.id
          WHERE post.thread_id = new.id AND EXISTS (SELECT 1 FROM post_mark WHERE post_id = post.id)
             ON CONFLICT (post_id) DO NOTHING;
END;
CREATE TRIGGER search_thread_renamed BEFORE UPDATE OF title ON thread WHEN new.title <> old.title BEGIN
    INSERT INTO search_queue (post_id, indexed_title, indexed_body)
         SELECT text.id, text.title, text.body FROM post CROSS JOIN post_text AS text ON text.id = post.id
          WHERE post.thread_id = new.id AND post.no = 1 AND EXISTS (SELECT 1 FROM post_mark WHERE post_id = post.id)
             ON CONFLICT (post_id) DO NOTHING;
END;
CREATE TRIGGER search_thread_tagged AFTER INSERT ON thread_tag BEGIN
    INSERT INTO search_queue (post_id, indexed_title, indexed_body)
         SELECT text.id, text.title, text.body FROM post CROSS JOIN post_text AS text ON text.id = post.id
          WHERE post.thread_id = new.thread_id AND EXISTS (SELECT 1 FROM post_mark WHERE post_id = post.id)
             ON CONFLICT (post_id) DO NOTHING;
END;
CREATE TRIGGER search_thread_untagged AFTER DELETE ON thread_tag BEGIN
    INSERT INTO search_queue (post_id, indexed_title, indexed_body)
         SELECT text.id, text.title, text.body FROM post CROSS JOIN post_text AS text ON text.id = post.id
          WHERE post.thread_id = old.thread_id AND EXISTS (SELECT 1 FROM post_mark WHERE post_id = post.id)
             ON CONFLICT (post_id) DO NOTHING;
END;
CREATE TRIGGER search_author_changed AFTER UPDATE OF author_id ON post WHEN new.author_id <> old.author_id BEGIN
    INSERT INTO search_queue (post_id, indexed_title, indexed_body)
         SELECT id, title, body FROM post_text
          WHERE id = new.id AND EXISTS (SELECT 1 FROM post_mark WHERE post_id = new.id)
             ON CONFLICT (post_id) DO NOTHING;
END;

-- What a member searched for (search) and opened by name in the palette (go), the newest first. Nobody else reads it.
CREATE TABLE recent (
    member_id INTEGER NOT NULL REFERENCES member (id),
    what      TEXT    NOT NULL CHECK (what IN ('search', 'go')),
    text      TEXT    NOT NULL,
    used_at   INTEGER NOT NULL,
    PRIMARY KEY (member_id, what, text)
) STRICT, WITHOUT ROWID;
