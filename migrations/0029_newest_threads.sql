-- The threads that were written in last, over all boards: home names the newest unread ones.
CREATE INDEX thread_newest ON thread (last_post_id);
