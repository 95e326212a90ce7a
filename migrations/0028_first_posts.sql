-- Where a thread begins: told by the thread itself, so that counting what is unread does not look into its posts.
ALTER TABLE thread ADD COLUMN first_post_id INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET first_post_id =
    coalesce((SELECT post.id FROM post WHERE post.thread_id = thread.id AND post.no = 1), 0);
CREATE TRIGGER post_begins_thread AFTER INSERT ON post WHEN NEW.no = 1 BEGIN
    UPDATE thread SET first_post_id = NEW.id WHERE id = NEW.thread_id;
END;
CREATE TRIGGER post_comes_to_begin_thread AFTER UPDATE OF thread_id, no ON post WHEN NEW.no = 1 BEGIN
    UPDATE thread SET first_post_id = NEW.id WHERE id = NEW.thread_id;
END;
DROP INDEX thread_count;
CREATE INDEX thread_count ON thread (board_id, last_post_id, id, post_count, removed, first_post_id);

-- From here on a mark that is not held never lies below its board's floor (src/store/reading/mod.rs).
DELETE FROM read_thread WHERE held = 0 AND EXISTS
    (SELECT 1 FROM thread JOIN read_board AS floor ON floor.board_id = thread.board_id
      WHERE thread.id = read_thread.thread_id AND floor.member_id = read_thread.member_id
        AND thread.last_post_id <= floor.upto_post);
INSERT INTO read_thread (member_id, thread_id, last_no, held)
SELECT floor.member_id, thread.id,
       (SELECT below.no FROM post AS below WHERE below.thread_id = thread.id AND below.id <= floor.upto_post
         ORDER BY below.no DESC LIMIT 1), 0
  FROM read_board AS floor JOIN thread ON thread.board_id = floor.board_id
 WHERE thread.last_post_id > floor.upto_post AND thread.first_post_id <= floor.upto_post
    ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = max(last_no, excluded.last_no) WHERE held = 0;
