//! What each member has read, and what follows from it: marks, floors, counts, the next unread thing, choices.
//!
//! The rule, once: a member's *mark* in a thread is the last number read there; the *floor* of a board says that
//! everything up to that global post id is read. A post is unread when its number is above the mark **and** its id
//! above the floor. A thread that was marked unread from some post on is *held*: its mark alone counts until it is
//! read to the end, so that this also works below the floor. A missing mark or floor is 0.
//!
//! A mark that is not held never lies below its board's floor: whoever writes a floor calls `marks::settle`, which
//! lifts the marks that the floor has passed, and writes one for each thread that goes on above it. So a mark can be
//! trusted without a look at the posts; only a thread that was quiet when the floor was written and was answered since
//! is looked into.
//!
//! So every thread has one number, `read_to`, up to which it is read, and unread is `post_count - read_to`. The SQL
//! for it is `read_to_sql`; every count and list here is made from it, which is why they always agree (R3).

mod bookmarks;
mod choices;
mod counts;
mod marks;
mod next;

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;

pub use bookmarks::{BookmarkRow, bookmarks, keep};
pub use choices::{choose_thread, thread_choice};
pub use counts::{
    Addressed, AddressedLately, Unread, UnreadThread, addressed, addressed_lately, by_board, count_addressed,
    followed, newest, newest_post, read_to, unread,
};
pub use marks::{
    BoardMarks, Mark, hold, keep_over_move, mark, mark_board_read, mark_read, raise_floors, restore_board,
    restore_mark, see_addressed, see_all_addressed, set_floors, settle_everybody, settle_threads,
    unsee_addressed,
};
pub use next::{Next, Why, next, next_to, unread_of_tag};

/// SQL: the number up to which `thread` is read, given the member's row `mark` and the board's row `floor` (both from
/// left joins). Only in a thread without a mark, begun below the floor and gone on above it, are the posts above the
/// floor walked, newest first.
macro_rules! read_to_sql {
    () => {
        "CASE
            WHEN mark.held = 1 THEN mark.last_no
            WHEN thread.last_post_id <= coalesce(floor.upto_post, 0) THEN thread.post_count
            WHEN mark.last_no IS NOT NULL THEN mark.last_no
            WHEN thread.first_post_id > coalesce(floor.upto_post, 0) THEN 0
            ELSE coalesce((SELECT below.no FROM post AS below
                            WHERE below.thread_id = thread.id AND below.id <= floor.upto_post
                            ORDER BY below.no DESC LIMIT 1), 0)
         END"
    };
}

/// SQL: joins that `read_to_sql!` needs, for the member `?1`, after `thread`.
macro_rules! mark_joins {
    () => {
        " LEFT JOIN read_thread AS mark ON mark.member_id = ?1 AND mark.thread_id = thread.id
          LEFT JOIN read_board AS floor ON floor.member_id = ?1 AND floor.board_id = thread.board_id "
    };
}

/// SQL: what the member `?1` with clearance `?2` does not see counted: removed threads, muted threads and boards. A
/// condition on `thread` and `board`. The two lists are made once for a statement, and not asked for each thread.
macro_rules! counted {
    () => {
        " thread.removed = 0 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1
          AND board.id NOT IN (SELECT muted.board_id FROM board_choice AS muted
                                WHERE muted.member_id = ?1 AND muted.choice = 'muted')
          AND thread.id NOT IN (SELECT muted.thread_id FROM thread_choice AS muted
                                 WHERE muted.member_id = ?1 AND muted.choice = 'muted') "
    };
}

/// SQL: every thread with something unread for the member `?1` with clearance `?2`, as `id`, `board_id`, `post_count`,
/// `read_to`: those written in above their board's floor, by the index on boards, and the held ones. The argument is
/// one more condition on `board`.
macro_rules! unread_threads {
    ($boards:literal) => {
        concat!(
            "SELECT thread.id AS id, thread.board_id AS board_id, thread.post_count AS post_count, ",
            crate::store::reading::read_to_sql!(),
            " AS read_to
                FROM board
                LEFT JOIN read_board AS floor ON floor.member_id = ?1 AND floor.board_id = board.id
                CROSS JOIN thread
                LEFT JOIN read_thread AS mark ON mark.member_id = ?1 AND mark.thread_id = thread.id
               WHERE ",
            $boards,
            " AND thread.board_id = board.id AND thread.last_post_id > coalesce(floor.upto_post, 0)
                 AND thread.post_count > coalesce(mark.last_no, 0) AND coalesce(mark.held, 0) = 0
                 AND ",
            crate::store::reading::counted!(),
            "UNION ALL
              SELECT thread.id, thread.board_id, thread.post_count, mark.last_no
                FROM read_thread AS mark INDEXED BY read_thread_held
                JOIN thread ON thread.id = mark.thread_id
                JOIN board ON board.id = thread.board_id
               WHERE mark.member_id = ?1 AND mark.held = 1 AND thread.post_count > mark.last_no
                 AND ",
            $boards,
            " AND ",
            crate::store::reading::counted!()
        )
    };
}

/// SQL: the lowest floor of the member `?1` on the boards that a clearance `?2` sees: nothing up to it is unread, but in
/// held threads.
macro_rules! lowest_floor {
    () => {
        "(SELECT coalesce(min(coalesce(lowest.upto_post, 0)), 0)
            FROM board LEFT JOIN read_board AS lowest ON lowest.member_id = ?1 AND lowest.board_id = board.id
           WHERE board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1)"
    };
}

/// SQL: replies and mentions to the member `?1` that are unread; `address`, `post`, `thread`, `board`, `mark` and
/// `floor` can be named. No floor and no held thread of theirs begins below the bound on `post_id`, so that years of
/// read replies are not walked. Tombstones speak to nobody, nor do people between whom a mute or a block stands.
macro_rules! unread_addresses {
    () => {
        concat!(
            " FROM post_address AS address
              CROSS JOIN post ON post.id = address.post_id
              CROSS JOIN thread ON thread.id = post.thread_id
              CROSS JOIN board ON board.id = thread.board_id ",
            crate::store::reading::mark_joins!(),
            "WHERE address.member_id = ?1
               AND address.post_id >
                   min(",
            crate::store::reading::lowest_floor!(),
            ", (SELECT coalesce(min(next.id - 1), 9223372036854775807)
                          FROM read_thread AS held
                          JOIN post AS next ON next.thread_id = held.thread_id AND next.no = held.last_no + 1
                         WHERE held.member_id = ?1 AND held.held = 1))
               AND address.seen = 0
               AND post.state IN ('shown', 'collapsed')
               AND NOT EXISTS (SELECT 1 FROM kept_apart
                                WHERE kept_apart.member_id = ?1 AND kept_apart.other_id = post.author_id)
               AND post.no > coalesce(mark.last_no, 0)
               AND (coalesce(mark.held, 0) = 1 OR post.id > coalesce(floor.upto_post, 0))
               AND ",
            crate::store::reading::counted!()
        )
    };
}

pub(crate) use {counted, lowest_floor, mark_joins, read_to_sql, unread_addresses, unread_threads};
