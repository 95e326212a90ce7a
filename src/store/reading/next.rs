//! What Space shows next (R4): threads with replies and mentions to the member, threads they follow, then boards in
//! order, in each the thread whose first unread post is oldest.

use sqlx::SqliteConnection;

use super::{unread_addresses, unread_threads};
use crate::domain::ids::{BoardId, MemberId, PostNo, TagId, ThreadId};
use crate::domain::policy::Clearance;

/// Why a thread is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A post in it answers or mentions the member.
    Addressed,
    /// The member follows it.
    Followed,
    /// It is the oldest of the first board that has any.
    InOrder,
}

/// The thread to read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The thread.
    pub thread: ThreadId,
    /// Its board.
    pub board: BoardId,
    /// Its first unread post.
    pub no: PostNo,
    /// Why this one.
    pub why: Why,
}

type Row = (ThreadId, BoardId, i64);

/// The next unread thread of a member that is neither among the skipped threads nor on a skipped board; `None` when
/// all is read.
///
/// # Errors
/// When it cannot be read.
pub async fn next(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    skipped_threads: &[ThreadId],
    skipped_boards: &[BoardId],
) -> sqlx::Result<Option<Next>> {
    let open = |row: &&Row| !skipped_threads.contains(&row.0) && !skipped_boards.contains(&row.1);
    let found = |row: &Row, why| Next { thread: row.0, board: row.1, no: PostNo(row.2 + 1), why };

    let rows = addressed(conn, member, clearance).await?;
    if let Some(row) = rows.iter().find(open) {
        return Ok(Some(found(row, Why::Addressed)));
    }
    let followed = super::followed(conn, member, clearance, i64::MAX).await?;
    let rows: Vec<Row> = followed.iter().map(|row| (row.id, row.board_id, row.first_no.0 - 1)).collect();
    if let Some(row) = rows.iter().find(open) {
        return Ok(Some(found(row, Why::Followed)));
    }
    for board in boards(conn, member, clearance).await? {
        if skipped_boards.contains(&board) {
            continue;
        }
        let rows = in_board(conn, member, clearance, board, skipped_threads.len()).await?;
        if let Some(row) = rows.iter().find(open) {
            return Ok(Some(found(row, Why::InOrder)));
        }
    }
    Ok(None)
}

/// The unread threads of a member with a tag, the one with the oldest unread post first.
///
/// # Errors
/// When they cannot be read.
pub async fn unread_of_tag(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    tag: TagId,
) -> sqlx::Result<Vec<Next>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT open.id, open.board_id, open.read_to FROM (",
        unread_threads!("true"),
        ") AS open
           JOIN thread_tag ON thread_tag.thread_id = open.id AND thread_tag.tag_id = ?3
           JOIN post AS first ON first.thread_id = open.id AND first.no = open.read_to + 1
          ORDER BY first.id"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(tag)
    .fetch_all(conn)
    .await?;
    let next = |(thread, board, read_to)| Next { thread, board, no: PostNo(read_to + 1), why: Why::InOrder };
    Ok(rows.into_iter().map(next).collect())
}

/// The first post of a thread after a number that answers or mentions a member. Tombstones speak to nobody.
///
/// # Errors
/// When it cannot be read.
pub async fn next_to(
    conn: &mut SqliteConnection,
    member: MemberId,
    thread: ThreadId,
    after: PostNo,
) -> sqlx::Result<Option<PostNo>> {
    sqlx::query_scalar(
        "SELECT post.no FROM post
          WHERE post.thread_id = ?2 AND post.no > ?3 AND post.state IN ('shown', 'collapsed')
            AND EXISTS (SELECT 1 FROM post_address AS address
                         WHERE address.member_id = ?1 AND address.post_id = post.id)
            AND NOT EXISTS (SELECT 1 FROM kept_apart
                             WHERE kept_apart.member_id = ?1 AND kept_apart.other_id = post.author_id)
          ORDER BY post.no LIMIT 1",
    )
    .bind(member)
    .bind(thread)
    .bind(after)
    .fetch_optional(conn)
    .await
}

/// Threads with unread replies and mentions, in the order of those.
async fn addressed(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(concat!(
        "SELECT thread.id, thread.board_id, ",
        super::read_to_sql!(),
        unread_addresses!(),
        " GROUP BY thread.id ORDER BY min(address.post_id)"
    ))
    .bind(member)
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// The boards with anything unread, in order.
async fn boards(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<Vec<BoardId>> {
    sqlx::query_scalar(concat!(
        "SELECT outer_board.id FROM board AS outer_board
          WHERE EXISTS (",
        unread_threads!("board.id = outer_board.id"),
        ") ORDER BY outer_board.archived, outer_board.position, outer_board.id"
    ))
    .bind(member)
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// The unread threads of a board, the one with the oldest unread post first: one more than are skipped.
async fn in_board(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    board: BoardId,
    skipped: usize,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(concat!(
        "SELECT open.id, open.board_id, open.read_to FROM (",
        unread_threads!("board.id = ?3"),
        ") AS open
           JOIN post AS first ON first.thread_id = open.id AND first.no = open.read_to + 1
          ORDER BY first.id LIMIT ?4"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(board)
    .bind(i64::try_from(skipped).unwrap_or(i64::MAX).saturating_add(1))
    .fetch_all(conn)
    .await
}
