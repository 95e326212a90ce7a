//! Writing what was read: marks, floors, and what undoing them needs.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::policy::{Clearance, Grant, KeepMarks};
use crate::domain::time::Timestamp;

/// A member's mark in a thread as it was, to be put back by an undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mark {
    /// The thread.
    pub thread_id: ThreadId,
    /// The last number read.
    pub last_no: i64,
    /// The mark alone counts, whatever the floor.
    pub held: bool,
}

/// A member's marks and floor in a board as they were, to be put back by an undo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardMarks {
    /// The floor; none where there was no row.
    pub floor: Option<PostId>,
    /// The marks that the board's new floor passed, or let go.
    pub marks: Vec<Mark>,
    /// The marks that it put in their place, or into threads that had none, where a thread goes on above it.
    pub lifted: Vec<Mark>,
}

/// Marks a thread as read up to a number. A mark never goes down here, and never past the last post.
///
/// # Errors
/// When it cannot be written.
pub async fn mark_read(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    thread: ThreadId,
    upto: PostNo,
) -> sqlx::Result<()> {
    // A held mark that has reached the end is an ordinary one again: what comes later lies above every floor.
    sqlx::query(concat!(
        "INSERT INTO read_thread (member_id, thread_id, last_no)
         SELECT ?1, thread.id, max(min(?3, thread.post_count), ",
        super::read_to_sql!(),
        ") FROM thread ",
        super::mark_joins!(),
        " WHERE thread.id = ?2
         ON CONFLICT (member_id, thread_id) DO UPDATE SET
             held = held AND max(last_no, excluded.last_no) <
                        (SELECT post_count FROM thread WHERE thread.id = ?2),
             last_no = max(last_no, excluded.last_no)"
    ))
    .bind(member)
    .bind(thread)
    .bind(upto)
    .execute(conn)
    .await?;
    Ok(())
}

/// Marks a thread as unread from a post on, whatever the floor. Gives the mark there was before.
///
/// # Errors
/// When it cannot be written.
pub async fn hold(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    thread: ThreadId,
    from: PostNo,
) -> sqlx::Result<Option<Mark>> {
    let before = mark(conn, member, thread).await?;
    put(conn, member, Mark { thread_id: thread, last_no: (from.0 - 1).max(0), held: true }).await?;
    Ok(before)
}

/// Puts a mark back as it was; `None` takes it away.
///
/// # Errors
/// When it cannot be written.
pub async fn restore_mark(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    thread: ThreadId,
    before: Option<Mark>,
) -> sqlx::Result<()> {
    match before {
        Some(mark) => put(conn, member, Mark { thread_id: thread, ..mark }).await?,
        None => drop_mark(conn, member, thread).await?,
    }
    // The floor may have passed it meanwhile.
    let board: Option<BoardId> = sqlx::query_scalar("SELECT board_id FROM thread WHERE id = ?")
        .bind(thread)
        .fetch_optional(&mut *conn)
        .await?;
    settle(conn, member, board).await
}

/// Marks a board as read up to a post that the member's list was made after: its floor goes up, and the marks below
/// go. Gives what an undo needs.
///
/// # Errors
/// When it cannot be written.
pub async fn mark_board_read(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    board: BoardId,
    upto: PostId,
) -> sqlx::Result<BoardMarks> {
    let floor = sqlx::query_scalar("SELECT upto_post FROM read_board WHERE member_id = ? AND board_id = ?")
        .bind(member)
        .bind(board)
        .fetch_optional(&mut *conn)
        .await?;
    let marks = marks_below(conn, member, board, upto).await?;
    put_floor(conn, member, board, upto).await?;
    // What was written later stays unread, and what of it was read already stays read.
    sqlx::query(
        "UPDATE read_thread SET held = 0
          WHERE member_id = ?1 AND held = 1 AND thread_id IN (SELECT id FROM thread WHERE board_id = ?2)",
    )
    .bind(member)
    .bind(board)
    .execute(&mut *conn)
    .await?;
    settle(conn, member, Some(board)).await?;
    let lifted = marks_below(conn, member, board, upto).await?;
    Ok(BoardMarks { floor, marks, lifted })
}

/// Undoes [`mark_board_read`]. What was read since stays read.
///
/// # Errors
/// When it cannot be written.
pub async fn restore_board(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    board: BoardId,
    before: &BoardMarks,
) -> sqlx::Result<()> {
    let query = match before.floor {
        Some(floor) => {
            sqlx::query("UPDATE read_board SET upto_post = ?3 WHERE member_id = ?1 AND board_id = ?2")
                .bind(member)
                .bind(board)
                .bind(floor)
        }
        None => sqlx::query("DELETE FROM read_board WHERE member_id = ?1 AND board_id = ?2")
            .bind(member)
            .bind(board),
    };
    query.execute(&mut *conn).await?;
    for lifted in &before.lifted {
        if mark(conn, member, lifted.thread_id).await? == Some(*lifted) {
            drop_mark(conn, member, lifted.thread_id).await?;
        }
    }
    for old in &before.marks {
        match mark(conn, member, old.thread_id).await? {
            Some(newer) if newer.last_no > old.last_no => {}
            _ => put(conn, member, *old).await?,
        }
    }
    settle(conn, member, Some(board)).await
}

/// A member's marks in the threads of a board that began below a post, and the held ones.
async fn marks_below(
    conn: &mut SqliteConnection,
    member: MemberId,
    board: BoardId,
    upto: PostId,
) -> sqlx::Result<Vec<Mark>> {
    sqlx::query_as(
        "SELECT mark.thread_id, mark.last_no, mark.held
           FROM read_thread AS mark JOIN thread ON thread.id = mark.thread_id
          WHERE mark.member_id = ?1 AND thread.board_id = ?2 AND (thread.first_post_id <= ?3 OR mark.held = 1)",
    )
    .bind(member)
    .bind(board)
    .bind(upto)
    .fetch_all(conn)
    .await
}

/// SQL: a mark at the floor, by a condition on `floor`, in each thread that began below it and goes on above it. Older
/// posts may stand behind newer ones where threads were merged: the first one above the floor stays unread. Of a thread
/// that was merged away there is no post, and nothing unread.
macro_rules! lift {
    ($floors:literal) => {
        concat!(
            "INSERT INTO read_thread (member_id, thread_id, last_no, held)
             SELECT floor.member_id, thread.id,
                    coalesce((SELECT above.no - 1 FROM post AS above
                               WHERE above.thread_id = thread.id AND above.id > floor.upto_post
                               ORDER BY above.no LIMIT 1), thread.post_count), 0
               FROM read_board AS floor CROSS JOIN thread ON thread.board_id = floor.board_id
              WHERE ",
            $floors,
            " AND thread.last_post_id > floor.upto_post AND thread.first_post_id <= floor.upto_post
             ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = max(last_no, excluded.last_no)
                 WHERE held = 0"
        )
    };
}

/// Makes a member's marks agree with the floors of a board, or of all boards: those that a floor has passed go, or are
/// lifted to it where the thread goes on above it, and a thread that does so gets a mark if it had none. Held marks
/// stay. Changes nothing of what is unread.
async fn settle(conn: &mut SqliteConnection, member: MemberId, board: Option<BoardId>) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM read_thread WHERE member_id = ?1 AND held = 0 AND thread_id IN
             (SELECT thread.id FROM read_board AS floor CROSS JOIN thread ON thread.board_id = floor.board_id
               WHERE floor.member_id = ?1 AND floor.board_id = coalesce(?2, floor.board_id)
                 AND thread.last_post_id <= floor.upto_post)",
    )
    .bind(member)
    .bind(board)
    .execute(&mut *conn)
    .await?;
    sqlx::query(lift!("floor.member_id = ?1 AND floor.board_id = coalesce(?2, floor.board_id)"))
        .bind(member)
        .bind(board)
        .execute(conn)
        .await?;
    Ok(())
}

/// What `settle` does, for everybody at once, where marks and floors were filled in bulk: no mark lies below a floor.
///
/// # Errors
/// When it cannot be written.
pub async fn settle_everybody(conn: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::query(lift!("true")).execute(conn).await?;
    Ok(())
}

/// What `settle` does, for everybody in two threads, where marks were put back that are older than some floors.
///
/// # Errors
/// When it cannot be written.
pub async fn settle_threads(conn: &mut SqliteConnection, one: ThreadId, other: ThreadId) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM read_thread WHERE held = 0 AND thread_id IN (?1, ?2) AND EXISTS (
             SELECT 1 FROM thread JOIN read_board AS floor ON floor.board_id = thread.board_id
              WHERE thread.id = read_thread.thread_id AND floor.member_id = read_thread.member_id
                AND thread.last_post_id <= floor.upto_post)",
    )
    .bind(one)
    .bind(other)
    .execute(&mut *conn)
    .await?;
    sqlx::query(lift!("thread.id IN (?1, ?2)")).bind(one).bind(other).execute(conn).await?;
    Ok(())
}

async fn drop_mark(conn: &mut SqliteConnection, member: MemberId, thread: ThreadId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM read_thread WHERE member_id = ? AND thread_id = ?")
        .bind(member)
        .bind(thread)
        .execute(conn)
        .await?;
    Ok(())
}

/// For a member who is new here: everything older than a time counts as read, on every board. Floors only go up.
///
/// # Errors
/// When it cannot be written.
pub async fn set_floors(
    conn: &mut SqliteConnection,
    member: MemberId,
    before: Timestamp,
) -> sqlx::Result<()> {
    // Posts are numbered in the order of writing: only those after `before` are passed over on the way down.
    let last: Option<PostId> =
        sqlx::query_scalar("SELECT id FROM post WHERE created_at < ? ORDER BY id DESC LIMIT 1")
            .bind(before)
            .fetch_optional(&mut *conn)
            .await?;
    sqlx::query(
        "INSERT INTO read_board (member_id, board_id, upto_post) SELECT ?1, id, ?2 FROM board WHERE true
         ON CONFLICT (member_id, board_id) DO UPDATE SET upto_post = max(upto_post, excluded.upto_post)",
    )
    .bind(member)
    .bind(last.unwrap_or(PostId(0)))
    .execute(&mut *conn)
    .await?;
    settle(conn, member, None).await
}

/// Raises a member's floors to just below the oldest thing unread on each board, and drops the marks that are then
/// needless. Changes nothing of what is unread; it keeps the counts cheap for members who never mark a board read.
///
/// # Errors
/// When it cannot be written.
pub async fn raise_floors(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<()> {
    // Counted for the highest clearance, and muted things too: what is not seen now may be seen later.
    let floors: Vec<(BoardId, i64, i64)> = sqlx::query_as(concat!(
        "SELECT board.id, coalesce(floor.upto_post, 0),
                coalesce(
                    (SELECT min(first.id) - 1
                       FROM (SELECT thread.id AS thread_id, ",
        super::read_to_sql!(),
        " AS read_to
                               FROM thread
                               LEFT JOIN read_thread AS mark ON mark.member_id = ?1 AND mark.thread_id = thread.id
                              WHERE thread.board_id = board.id AND thread.last_post_id > coalesce(floor.upto_post, 0)
                                AND thread.post_count > coalesce(mark.last_no, 0) AND coalesce(mark.held, 0) = 0
                            ) AS open
                       JOIN post AS first ON first.thread_id = open.thread_id AND first.no = open.read_to + 1),
                    (SELECT max(last_post_id) FROM thread WHERE thread.board_id = board.id), 0)
           FROM board
           LEFT JOIN read_board AS floor ON floor.member_id = ?1 AND floor.board_id = board.id"
    ))
    .bind(member)
    .fetch_all(&mut *conn)
    .await?;
    for (board, _, new) in floors.into_iter().filter(|(_, old, new)| new > old) {
        put_floor(conn, member, board, PostId(new)).await?;
    }
    settle(conn, member, None).await
}

/// Keeps what is unread in a thread the same for everybody when it moves to another board, which has other floors.
/// Call it before the thread's board is changed.
///
/// # Errors
/// When it cannot be written.
pub async fn keep_over_move(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    to_board: BoardId,
) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO read_thread (member_id, thread_id, last_no, held)
         SELECT member_id, thread_id, read_to, coalesce(next_id, 9223372036854775807) <= floor_there
           FROM (SELECT member.id AS member_id, thread.id AS thread_id, ",
        super::read_to_sql!(),
        " AS read_to, coalesce(there.upto_post, 0) AS floor_there, coalesce(floor.upto_post, 0) AS floor_here,
                        (SELECT next.id FROM post AS next
                          WHERE next.thread_id = thread.id AND next.no = 1 + ",
        super::read_to_sql!(),
        ") AS next_id
                   FROM member
                   JOIN thread ON thread.id = ?1
                   LEFT JOIN read_thread AS mark ON mark.member_id = member.id AND mark.thread_id = thread.id
                   LEFT JOIN read_board AS floor
                          ON floor.member_id = member.id AND floor.board_id = thread.board_id
                   LEFT JOIN read_board AS there ON there.member_id = member.id AND there.board_id = ?2)
          WHERE floor_here <> floor_there
         ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = excluded.last_no, held = excluded.held"
    ))
    .bind(thread)
    .bind(to_board)
    .execute(conn)
    .await?;
    Ok(())
}

/// Announces a reply or mention to a member no longer: it was shown. Whether it is unread is the mark's business.
///
/// # Errors
/// When it cannot be written. True when it was announced until now.
pub async fn see_addressed(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    thread: ThreadId,
    no: PostNo,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE post_address SET seen = 1
          WHERE member_id = ? AND seen = 0 AND post_id = (SELECT id FROM post WHERE thread_id = ? AND no = ?)",
    )
    .bind(member)
    .bind(thread)
    .bind(no)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Announces none of the replies and mentions to a member any longer; they stay unread. Gives those that were announced,
/// for [`unsee_addressed`].
///
/// # Errors
/// When it cannot be written.
pub async fn see_all_addressed(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar(concat!(
        "UPDATE post_address SET seen = 1 WHERE member_id = ?1 AND post_id IN (SELECT address.post_id",
        super::unread_addresses!(),
        ") RETURNING post_id"
    ))
    .bind(member)
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// Announces these replies and mentions again.
///
/// # Errors
/// When it cannot be written.
pub async fn unsee_addressed(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    posts: &[PostId],
) -> sqlx::Result<()> {
    let posts = serde_json::Value::from(posts.iter().map(|post| post.0).collect::<Vec<_>>()).to_string();
    sqlx::query(
        "UPDATE post_address SET seen = 0
          WHERE member_id = ? AND post_id IN (SELECT value FROM json_each(?))",
    )
    .bind(member)
    .bind(posts)
    .execute(conn)
    .await?;
    Ok(())
}

/// A member's mark in a thread.
///
/// # Errors
/// When it cannot be read.
pub async fn mark(
    conn: &mut SqliteConnection,
    member: MemberId,
    thread: ThreadId,
) -> sqlx::Result<Option<Mark>> {
    sqlx::query_as("SELECT thread_id, last_no, held FROM read_thread WHERE member_id = ? AND thread_id = ?")
        .bind(member)
        .bind(thread)
        .fetch_optional(conn)
        .await
}

async fn put(conn: &mut SqliteConnection, member: MemberId, mark: Mark) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO read_thread (member_id, thread_id, last_no, held) VALUES (?, ?, ?, ?)
         ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = excluded.last_no, held = excluded.held",
    )
    .bind(member)
    .bind(mark.thread_id)
    .bind(mark.last_no)
    .bind(mark.held)
    .execute(conn)
    .await?;
    Ok(())
}

async fn put_floor(
    conn: &mut SqliteConnection,
    member: MemberId,
    board: BoardId,
    upto: PostId,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO read_board (member_id, board_id, upto_post) VALUES (?, ?, ?)
         ON CONFLICT (member_id, board_id) DO UPDATE SET upto_post = max(upto_post, excluded.upto_post)",
    )
    .bind(member)
    .bind(board)
    .bind(upto)
    .execute(conn)
    .await?;
    Ok(())
}
