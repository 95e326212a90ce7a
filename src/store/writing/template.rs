//! What a new thread on a board begins with.

use sqlx::SqliteConnection;

use crate::domain::ids::BoardId;
use crate::domain::policy::{Grant, TidyBoard};

/// A board's template; empty when it has none, or there is no such board.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, board: BoardId) -> sqlx::Result<String> {
    let found = sqlx::query_scalar("SELECT template FROM board WHERE id = ?");
    Ok(found.bind(board).fetch_optional(conn).await?.unwrap_or_default())
}

/// Gives a board another template; an empty one is none.
///
/// # Errors
/// When it cannot be written.
pub async fn set(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    board: BoardId,
    template: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE board SET template = ? WHERE id = ?")
        .bind(template)
        .bind(board)
        .execute(conn)
        .await?;
    Ok(())
}
