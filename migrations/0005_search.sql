-- Full-text search. The index is filled from search_queue in short batches by a background task, because
-- FTS5 segment merges inside a member's own write cost tens of milliseconds.
CREATE VIEW post_text AS
    SELECT post.id AS id,
           CASE WHEN post.no = 1 THEN thread.title ELSE '' END AS title,
           post.body AS body
      FROM post JOIN thread ON thread.id = post.thread_id;

CREATE VIRTUAL TABLE post_fts USING fts5 (
    title, body,
    content = 'post_text', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- indexed_*: what the index holds for this post now (NULL: nothing), which an external-content index must
-- be told in order to forget it.
CREATE TABLE search_queue (
    post_id       INTEGER PRIMARY KEY REFERENCES post (id),
    indexed_title TEXT,
    indexed_body  TEXT
) STRICT;
