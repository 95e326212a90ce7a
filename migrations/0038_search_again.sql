-- What staff took down stayed in the search index, and was lost to it or left in it for good where its thread was changed,
-- or its text forgotten, before it was shown again. Posts are queued now whenever staff change how they are shown; here
-- what is wrong already is put right.

-- A post that is in the index has a row in post_mark, and one in the index's own list, post_fts_docsize. Where those
-- differ the index holds words of which nobody knows any more which they are: then it is made anew, behind the others'
-- backs, by the queue; until that is through a search does not find everything. Elsewhere only what is wrong is queued.
CREATE TABLE search_anew AS SELECT 1 AS anew
     WHERE EXISTS (SELECT 1 FROM post_fts_docsize WHERE id NOT IN (SELECT post_id FROM post_mark))
        OR EXISTS (SELECT 1 FROM post_mark WHERE post_id NOT IN (SELECT id FROM post_fts_docsize))
        OR EXISTS (SELECT 1 FROM search_queue
                    WHERE indexed_body IS NULL AND post_id IN (SELECT id FROM post_fts_docsize));
INSERT INTO post_fts (post_fts) SELECT 'delete-all' FROM search_anew;
DELETE FROM post_mark WHERE EXISTS (SELECT 1 FROM search_anew);
INSERT INTO search_queue (post_id)
     SELECT id FROM post WHERE state IN ('shown', 'collapsed') AND EXISTS (SELECT 1 FROM search_anew)
         ON CONFLICT (post_id) DO NOTHING;
DROP TABLE search_anew;

-- Of what waits, the index is told to forget only what it holds.
UPDATE search_queue SET indexed_title = NULL, indexed_body = NULL
 WHERE indexed_body IS NOT NULL AND post_id NOT IN (SELECT id FROM post_fts_docsize);

-- What was taken down and is held, and what was shown again and is not.
INSERT INTO search_queue (post_id, indexed_title, indexed_body)
     SELECT text.id, CASE WHEN mark.post_id IS NOT NULL THEN text.title END,
            CASE WHEN mark.post_id IS NOT NULL THEN text.body END
       FROM (SELECT DISTINCT thing_id FROM mod_act WHERE thing = 'post') AS acted
      CROSS JOIN post ON post.id = acted.thing_id
      CROSS JOIN post_text AS text ON text.id = post.id
       LEFT JOIN post_mark AS mark ON mark.post_id = post.id
      WHERE (post.state IN ('shown', 'collapsed')) <> (mark.post_id IS NOT NULL)
         ON CONFLICT (post_id) DO NOTHING;

-- Posts that went to another thread have its tags, and no longer those of the one that they came from.
INSERT INTO search_queue (post_id, indexed_title, indexed_body)
     SELECT text.id, text.title, text.body
       FROM (SELECT DISTINCT post_id FROM post_trail) AS went
      CROSS JOIN post_mark ON post_mark.post_id = went.post_id
      CROSS JOIN post_text AS text ON text.id = went.post_id
      WHERE true
         ON CONFLICT (post_id) DO NOTHING;
