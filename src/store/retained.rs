//! Rows of long ago for the tests of what is kept for a time only.

/// For each rule a state of long ago, made at time 0 of the clock, and the tables in which it shows.
pub(crate) struct Kept {
    pub(crate) what: &'static str,
    pub(crate) days: i64,
    pub(crate) made: &'static str,
    pub(crate) tables: &'static [&'static str],
}

/// Noon of the tests is 1795348800: rows are written as of then.
pub(crate) const TABLE: &[Kept] = &[
    Kept {
        what: "addresses of wrong passwords",
        days: 30,
        made: "INSERT INTO login_failure (subject, count, first_at, last_at)
               VALUES ('address:192.0.2.1', 3, 1795348800, 1795348800)",
        tables: &["login_failure"],
    },
    Kept {
        what: "from where members were here",
        days: 30,
        made: "INSERT INTO seen_from (member_id, network, first_at, last_at)
               SELECT min(id), '192.0.2.1', 1795348800, 1795348800 FROM member",
        tables: &["seen_from"],
    },
    Kept {
        what: "networks that were watched",
        days: 30,
        made: "INSERT INTO watch (kind, subject, reason, made_by, made_at, until, ended_at)
               SELECT 'network', '192.0.2.1', 'why', min(id), 1795340000, 1803116000, 1795348800 FROM member",
        tables: &["watch"],
    },
    Kept {
        what: "text of removed and deleted posts",
        days: 90,
        made: "UPDATE post SET state = 'deleted', deleted_at = 1795348800 WHERE no = 2;
               UPDATE post SET state = 'removed' WHERE no = 3;
               INSERT INTO mod_act (actor_id, action, thing, thing_id, rule_no, reason, before, at)
               SELECT author_id, 'post.remove', 'post', id, 1, 'r', '{}', 1795348800 FROM post WHERE no = 3",
        tables: &["post"],
    },
    Kept {
        what: "what was taken out of posts",
        days: 90,
        made: "INSERT INTO mod_act (id, actor_id, action, thing, thing_id, rule_no, reason, before, at)
               SELECT 1, author_id, 'post.redact', 'post', id, 1, 'r', '{}', 1795348800 FROM post WHERE no = 3;
               INSERT INTO redaction (act_id, post_id, takes, body, after, at)
               SELECT 1, id, 1, 'a note', 'x', 1795348800 FROM post WHERE no = 3",
        tables: &["redaction"],
    },
    Kept {
        what: "posts that waited",
        days: 90,
        made: "INSERT INTO held_post (author_id, board_id, thread_id, body, why, held_at, state, decided_at)
               SELECT author_id, (SELECT min(id) FROM board), thread_id, 'words', 'first', 1795340000, 'declined',
                      1795348800 FROM post WHERE no = 1",
        tables: &["held_post"],
    },
    Kept {
        what: "closed reports",
        days: 365,
        made: "INSERT INTO mod_case (id, thing, thing_id, author_id, snapshot, opened_at, decided_at)
               SELECT 1, 'post', id, author_id, 'what it said', 1795340000, 1795348800 FROM post WHERE no = 1;
               INSERT INTO case_line (case_id, line_id, author_id, body, said_at)
               SELECT 1, 1, author_id, 'words around', 1795340000 FROM post WHERE no = 1;
               INSERT INTO report (case_id, reporter_id, rule_no, note, created_at)
               SELECT 1, author_id, 1, 'a note', 1795340000 FROM post WHERE no = 1",
        tables: &["mod_case", "report", "case_line"],
    },
    Kept {
        what: "seen notifications",
        days: 90,
        made: "INSERT INTO notification (member_id, kind, place, place_id, at, seen_at)
               SELECT author_id, 'reply', 'post', id, 1795348800, 1795348800 FROM post WHERE no = 1",
        tables: &["notification"],
    },
    Kept {
        what: "places where sessions were left",
        days: 1,
        made: "INSERT INTO left_off (member_id, places, saved_at)
               SELECT author_id, '[]', 1795348800 FROM post WHERE no = 1",
        tables: &["left_off"],
    },
];

impl Kept {
    /// Whether such words are this row's to forget.
    pub(crate) fn made_or_there(&self, words: &str) -> bool {
        self.tables.contains(&"post") || self.made.contains(words)
    }
}

/// A post that was deleted long ago, which an open case is about.
pub(crate) const DELETED_WITH_AN_OPEN_CASE: &str =
    "UPDATE post SET state = 'deleted', deleted_at = 1795348800;
         INSERT INTO mod_case (id, thing, thing_id, author_id, snapshot, opened_at)
         SELECT 1, 'post', id, author_id, 'what it said', 1795340000 FROM post";
