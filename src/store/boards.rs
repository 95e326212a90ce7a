//! Boards and each member's choices for them.

use sqlx::SqliteConnection;

use crate::domain::board::{Audience, BoardChoice, BoardFacts, BoardKind};
use crate::domain::ids::{BoardId, MemberId};
use crate::domain::policy::{Action, Clearance, Grant, KeepMarks};
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
    /// The circle that it belongs to, from 1; 0 for none (`BoardFacts`).
    pub circle: i64,
}

impl BoardRow {
    /// What the policy needs.
    pub fn facts(&self) -> BoardFacts {
        BoardFacts {
            see: self.see,
            write: self.write,
            archived: self.archived,
            host: self.host_id,
            circle: self.circle,
        }
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

/// The boards that a clearance covers, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, clearance: Clearance) -> sqlx::Result<Vec<BoardRow>> {
    sqlx::query_as(
        "SELECT id, slug, name, purpose, category, position, kind, see, write, host_id, archived, circle
           FROM board WHERE board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1 ORDER BY archived, position, id",
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
        "SELECT id, slug, name, purpose, category, position, kind, see, write, host_id, archived, circle
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
        "SELECT id, slug, name, purpose, category, position, kind, see, write, host_id, archived, circle
           FROM board WHERE slug = ?",
    )
    .bind(slug)
    .fetch_optional(conn)
    .await
}

/// Creates a board.
///
/// # Errors
/// When it cannot be written; a slug that is taken breaks a constraint.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    new: &NewBoard<'_>,
) -> sqlx::Result<BoardId> {
    sqlx::query_scalar(
        "INSERT INTO board (slug, name, purpose, category, position, kind, template, see, write, host_id,
                created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.slug)
    .bind(new.name)
    .bind(new.purpose)
    .bind(new.category)
    .bind(new.position)
    .bind(new.kind)
    .bind(new.kind.template())
    .bind(new.see)
    .bind(new.write)
    .bind(new.host)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// The last place in the order.
///
/// # Errors
/// When it cannot be read.
pub async fn last_position(conn: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT coalesce(max(position), 0) FROM board").fetch_one(conn).await
}

/// Gives a board a circle of its own from these numbers, the lowest that no board has. False when all are taken.
///
/// # Errors
/// When it cannot be written.
pub async fn give_circle<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    board: BoardId,
    (first, last): (i64, i64),
) -> sqlx::Result<bool> {
    let taken: Vec<i64> = sqlx::query_scalar("SELECT circle FROM board WHERE circle BETWEEN ?1 AND ?2")
        .bind(first)
        .bind(last)
        .fetch_all(&mut *conn)
        .await?;
    let Some(free) = (first..=last).find(|circle| !taken.contains(circle)) else { return Ok(false) };
    sqlx::query("UPDATE board SET circle = ? WHERE id = ?").bind(free).bind(board).execute(conn).await?;
    Ok(true)
}

/// Takes a board out of its circle: its number is free for another one.
///
/// # Errors
/// When it cannot be written.
pub async fn leave_circle<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    board: BoardId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE board SET circle = 0 WHERE id = ?").bind(board).execute(conn).await?;
    Ok(())
}

/// Changes a board: everything but its name in commands.
///
/// # Errors
/// When it cannot be written.
pub async fn update<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    board: &BoardRow,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE board SET name = ?, purpose = ?, category = ?, position = ?, kind = ?, see = ?, write = ?, host_id = ?,
                archived = ? WHERE id = ?",
    )
    .bind(&board.name)
    .bind(&board.purpose)
    .bind(&board.category)
    .bind(board.position)
    .bind(board.kind)
    .bind(board.see)
    .bind(board.write)
    .bind(board.host_id)
    .bind(board.archived)
    .bind(board.id)
    .execute(conn)
    .await?;
    Ok(())
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
