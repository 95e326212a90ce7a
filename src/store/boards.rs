//! Boards and each member's choices for them.

use sqlx::SqliteConnection;

use crate::domain::board::{Audience, BoardChoice, BoardFacts, BoardKind};
use crate::domain::ids::{BoardId, MemberId};
use crate::domain::policy::{ArrangeBoards, Clearance, Grant, KeepMarks};
use crate::domain::time::Timestamp;

/// A board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BoardRow {
    /// Its id.
    pub id: BoardId,
    /// Its name in commands.
    pub slug: String,
    /// Its name on screens.
    pub name: String,
    /// What it is for, one line.
    pub purpose: String,
    /// The heading it stands under.
    pub category: String,
    /// Its place in the order.
    pub position: i64,
    /// Its type.
    pub kind: BoardKind,
    /// Who may see it.
    pub see: Audience,
    /// Who may write in it.
    pub write: Audience,
    /// The member who looks after it.
    pub host_id: Option<MemberId>,
    /// Closed for good.
    pub archived: bool,
}

impl BoardRow {
    /// What the policy needs.
    pub fn facts(&self) -> BoardFacts {
        BoardFacts { see: self.see, write: self.write, archived: self.archived, host: self.host_id }
    }
}

/// A board to create.
#[derive(Clone, Debug)]
pub struct NewBoard<'a> {
    /// Its name in commands.
    pub slug: &'a str,
    /// Its name on screens.
    pub name: &'a str,
    /// What it is for.
    pub purpose: &'a str,
    /// The heading it stands under.
    pub category: &'a str,
    /// Its place in the order.
    pub position: i64,
    /// Its type.
    pub kind: BoardKind,
    /// Who may see it.
    pub see: Audience,
    /// Who may write in it.
    pub write: Audience,
    /// The member who looks after it.
    pub host: Option<MemberId>,
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

/// The boards that a clearance covers, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, clearance: Clearance) -> sqlx::Result<Vec<BoardRow>> {
    sqlx::query_as(
        "SELECT id, slug, name, purpose, category, position, kind, see, write, host_id, archived
           FROM board WHERE see_rank <= ? ORDER BY archived, position, id",
    )
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// One board by id. What is shown of it is for the policy.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, board: BoardId) -> sqlx::Result<Option<BoardRow>> {
    sqlx::query_as(
        "SELECT id, slug, name, purpose, category, position, kind, see, write, host_id, archived
           FROM board WHERE id = ?",
    )
    .bind(board)
    .fetch_optional(conn)
    .await
}

/// One board by its name in commands.
///
/// # Errors
/// When it cannot be read.
pub async fn by_slug(conn: &mut SqliteConnection, slug: &str) -> sqlx::Result<Option<BoardRow>> {
    sqlx::query_as(
        "SELECT id, slug, name, purpose, category, position, kind, see, write, host_id, archived
           FROM board WHERE slug = ?",
    )
    .bind(slug)
    .fetch_optional(conn)
    .await
}

/// Unread counts of a member for every board that has any, muted boards and threads left out.
///
/// A thread's unread posts are those after its mark and above the board's floor. Floors are global post ids,
/// and a thread that was last written above its floor but never opened may hold older posts below it: those
/// count as read, so they are counted out with the floor's own number in the thread.
///
/// # Errors
/// When they cannot be read.
pub async fn unread(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<Vec<Unread>> {
    sqlx::query_as(
        "SELECT thread.board_id AS board_id, count(*) AS threads,
                sum(thread.post_count - coalesce(mark.last_no,
                    (SELECT max(no) FROM post WHERE post.thread_id = thread.id AND post.id <= floor.upto_post), 0))
                    AS posts
           FROM board
           JOIN read_board AS floor ON floor.board_id = board.id AND floor.member_id = ?1
           JOIN thread ON thread.board_id = board.id AND thread.last_post_id > floor.upto_post AND thread.removed = 0
           LEFT JOIN read_thread AS mark ON mark.thread_id = thread.id AND mark.member_id = ?1
           LEFT JOIN board_choice ON board_choice.board_id = board.id AND board_choice.member_id = ?1
           LEFT JOIN thread_choice ON thread_choice.thread_id = thread.id AND thread_choice.member_id = ?1
          WHERE board.see_rank <= ?2
            AND thread.post_count > coalesce(mark.last_no, 0)
            AND coalesce(board_choice.choice, '') <> 'muted'
            AND coalesce(thread_choice.choice, '') <> 'muted'
          GROUP BY thread.board_id",
    )
    .bind(member)
    .bind(clearance.rank())
    .fetch_all(conn)
    .await
}

/// Creates a board.
///
/// # Errors
/// When it cannot be written; a slug that is taken breaks a constraint.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<ArrangeBoards>,
    now: Timestamp,
    new: &NewBoard<'_>,
) -> sqlx::Result<BoardId> {
    sqlx::query_scalar(
        "INSERT INTO board (slug, name, purpose, category, position, kind, see, write, host_id, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.slug)
    .bind(new.name)
    .bind(new.purpose)
    .bind(new.category)
    .bind(new.position)
    .bind(new.kind)
    .bind(new.see)
    .bind(new.write)
    .bind(new.host)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Sets a member's choice for a board.
///
/// # Errors
/// When it cannot be written.
pub async fn choose(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    board: BoardId,
    choice: BoardChoice,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO board_choice (member_id, board_id, choice) VALUES (?, ?, ?)
         ON CONFLICT (member_id, board_id) DO UPDATE SET choice = excluded.choice",
    )
    .bind(member)
    .bind(board)
    .bind(choice)
    .execute(conn)
    .await?;
    Ok(())
}

/// The boards that a member muted.
///
/// # Errors
/// When they cannot be read.
pub async fn muted(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<BoardId>> {
    sqlx::query_scalar("SELECT board_id FROM board_choice WHERE member_id = ? AND choice = 'muted'")
        .bind(member)
        .fetch_all(conn)
        .await
}
