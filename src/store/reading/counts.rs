//! What is unread: counts and lists.

use sqlx::SqliteConnection;

use super::{lowest_floor, mark_joins, read_to_sql, unread_addresses, unread_threads};
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::policy::Clearance;
use crate::domain::time::Timestamp;

/// SQL: who wrote last, as the row `author`. Whom the member `?1` does not want to see is not named.
macro_rules! last_author {
    () => {
        "iif(EXISTS (SELECT 1 FROM unseen_by WHERE unseen_by.member_id = ?1 AND unseen_by.other_id = author.id),
             'muted', author.handle)"
    };
}

/// A member's unread threads and posts on one board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unread {
    /// The board.
    pub board_id: BoardId,
    /// Threads with something unread.
    pub threads: i64,
    /// Unread posts in them.
    pub posts: i64,
}

/// A thread with something unread.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnreadThread {
    /// The thread.
    pub id: ThreadId,
    /// Its title.
    pub title: String,
    /// Its board.
    pub board_id: BoardId,
    /// The board's name.
    pub board: String,
    /// How many posts are unread.
    pub unread: i64,
    /// The first of them.
    pub first_no: PostNo,
    /// When it was last written in.
    pub last_at: Timestamp,
    /// By whom.
    pub last_author: String,
}

/// An unread post that speaks to a member.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Addressed {
    /// Whether it mentions the member; otherwise it answers a post of theirs.
    pub mention: bool,
    /// The thread.
    pub thread_id: ThreadId,
    /// The thread's title.
    pub title: String,
    /// The post's number.
    pub no: PostNo,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
}

/// The number up to which a member has read a thread, by mark and floor.
///
/// # Errors
/// When it cannot be read. A thread that is not there is read up to 0.
pub async fn read_to(
    conn: &mut SqliteConnection,
    member: MemberId,
    thread: ThreadId,
) -> sqlx::Result<PostNo> {
    let upto: Option<PostNo> = sqlx::query_scalar(concat!(
        "SELECT ",
        read_to_sql!(),
        " FROM thread ",
        mark_joins!(),
        " WHERE thread.id = ?2"
    ))
    .bind(member)
    .bind(thread)
    .fetch_optional(conn)
    .await?;
    Ok(upto.unwrap_or(PostNo(0)))
}

/// Unread threads and posts of a member for every board that has any; muted boards and threads are left out.
///
/// # Errors
/// When they cannot be read.
pub async fn unread(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<Vec<Unread>> {
    sqlx::query_as(concat!(
        "SELECT board_id, count(*) AS threads, sum(post_count - read_to) AS posts FROM (",
        unread_threads!("true"),
        ") GROUP BY board_id"
    ))
    .bind(member)
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// SQL: what is counted, not followed by the member `?1`, and not begun by somebody they do not want to see.
macro_rules! unfollowed {
    () => {
        concat!(
            super::counted!(),
            " AND thread.id NOT IN (SELECT thread_id FROM thread_choice WHERE member_id = ?1 AND choice = 'followed')
              AND thread.author_id NOT IN (SELECT other_id FROM unseen_by WHERE unseen_by.member_id = ?1) "
        )
    };
}

/// The unread threads that were written in last, newest first; followed ones are left out, and those that somebody
/// began whom the member does not want to see.
///
/// # Errors
/// When they cannot be read.
pub async fn newest(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<UnreadThread>> {
    sqlx::query_as(concat!(
        "SELECT thread.id, thread.title, thread.board_id, board.name AS board, thread.last_at,
                thread.post_count - ",
        read_to_sql!(),
        " AS unread, 1 + ",
        read_to_sql!(),
        " AS first_no, ",
        last_author!(),
        " AS last_author
           FROM (SELECT id FROM (",
        // Down from the newest until there are enough: of thousands of unread threads only these are met.
        "SELECT * FROM (SELECT thread.id AS id, thread.last_post_id AS last_post_id
                          FROM thread INDEXED BY thread_newest
                          CROSS JOIN board ON board.id = thread.board_id ",
        mark_joins!(),
        "WHERE thread.last_post_id > ",
        lowest_floor!(),
        " AND thread.last_post_id > coalesce(floor.upto_post, 0)
                           AND thread.post_count > coalesce(mark.last_no, 0) AND coalesce(mark.held, 0) = 0 AND ",
        unfollowed!(),
        " ORDER BY thread.last_post_id DESC LIMIT ?3)
                 UNION ALL
                 SELECT thread.id, thread.last_post_id
                   FROM read_thread AS mark INDEXED BY read_thread_held
                   JOIN thread ON thread.id = mark.thread_id
                   JOIN board ON board.id = thread.board_id
                  WHERE mark.member_id = ?1 AND mark.held = 1 AND thread.post_count > mark.last_no AND ",
        unfollowed!(),
        ") ORDER BY last_post_id DESC LIMIT ?3) AS open
           CROSS JOIN thread ON thread.id = open.id
           JOIN board ON board.id = thread.board_id
           JOIN member AS author ON author.id = thread.last_author_id ",
        mark_joins!(),
        " ORDER BY thread.last_post_id DESC"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// All unread threads of a member, board by board in order, in each the one with the oldest unread post first.
///
/// # Errors
/// When they cannot be read.
pub async fn by_board(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<UnreadThread>> {
    sqlx::query_as(concat!(
        "SELECT thread.id, thread.title, thread.board_id, board.name AS board, thread.last_at,
                open.post_count - open.read_to AS unread, open.read_to + 1 AS first_no,
                ",
        last_author!(),
        " AS last_author
           FROM (",
        unread_threads!("true"),
        ") AS open
           JOIN thread ON thread.id = open.id
           JOIN board ON board.id = thread.board_id
           JOIN member AS author ON author.id = thread.last_author_id
           JOIN post AS first ON first.thread_id = open.id AND first.no = open.read_to + 1
          ORDER BY board.archived, board.position, board.id, first.id LIMIT ?3"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The threads that a member follows with something unread, in the order in which they are read on.
///
/// # Errors
/// When they cannot be read.
pub async fn followed(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<UnreadThread>> {
    sqlx::query_as(concat!(
        "SELECT open.id, open.title, open.board_id, board.name AS board, open.last_at,
                open.post_count - open.read_to AS unread, open.read_to + 1 AS first_no,
                ",
        last_author!(),
        " AS last_author
           FROM (SELECT thread.*, ",
        read_to_sql!(),
        " AS read_to
                   FROM thread_choice AS choice
                   CROSS JOIN thread ON thread.id = choice.thread_id
                   CROSS JOIN board ON board.id = thread.board_id ",
        mark_joins!(),
        "         WHERE choice.member_id = ?1 AND choice.choice = 'followed' AND ",
        super::counted!(),
        ") AS open
           JOIN board ON board.id = open.board_id
           JOIN member AS author ON author.id = open.last_author_id
           JOIN post AS first ON first.thread_id = open.id AND first.no = open.read_to + 1
          ORDER BY board.archived, board.position, board.id, first.id LIMIT ?3"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Unread replies and mentions to a member, oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn addressed(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<Addressed>> {
    sqlx::query_as(concat!(
        "SELECT address.kind = 'mention' AS mention, thread.id AS thread_id, thread.title, post.no,
                (SELECT handle FROM member WHERE member.id = post.author_id) AS author, post.created_at ",
        unread_addresses!(),
        " ORDER BY address.post_id LIMIT ?3"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// A post that speaks to a member, announced or not.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AddressedLately {
    /// The post.
    #[sqlx(flatten)]
    pub post: Addressed,
    /// It is unread, and was not seen yet.
    pub unseen: bool,
}

/// The newest replies and mentions to a member, read or not, newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn addressed_lately(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<AddressedLately>> {
    sqlx::query_as(concat!(
        "SELECT address.kind = 'mention' AS mention, thread.id AS thread_id, thread.title, post.no,
                (SELECT handle FROM member WHERE member.id = post.author_id) AS author, post.created_at,
                address.seen = 0 AND post.no > coalesce(mark.last_no, 0)
                    AND (coalesce(mark.held, 0) = 1 OR post.id > coalesce(floor.upto_post, 0)) AS unseen
           FROM post_address AS address
           CROSS JOIN post ON post.id = address.post_id
           CROSS JOIN thread ON thread.id = post.thread_id
           CROSS JOIN board ON board.id = thread.board_id ",
        mark_joins!(),
        "WHERE address.member_id = ?1 AND post.state IN ('shown', 'collapsed')
           AND NOT EXISTS (SELECT 1 FROM kept_apart
                            WHERE kept_apart.member_id = ?1 AND kept_apart.other_id = post.author_id) AND ",
        super::counted!(),
        " ORDER BY address.post_id DESC LIMIT ?3"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// How many unread replies and mentions to a member there are, counted up to a bound.
///
/// # Errors
/// When they cannot be read.
pub async fn count_addressed(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    bound: i64,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(concat!("SELECT count(*) FROM (SELECT 1 ", unread_addresses!(), " LIMIT ?3)"))
        .bind(member)
        .bind(clearance.rank())
        .bind(bound)
        .fetch_one(conn)
        .await
}

/// The newest post there is: what is marked as read later is marked up to the one that was newest when it was shown.
///
/// # Errors
/// When it cannot be read.
pub async fn newest_post(conn: &mut SqliteConnection) -> sqlx::Result<PostId> {
    let newest: Option<PostId> = sqlx::query_scalar("SELECT max(id) FROM post").fetch_one(conn).await?;
    Ok(newest.unwrap_or(PostId(0)))
}
