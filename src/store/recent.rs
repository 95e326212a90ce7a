//! What a member looked for and opened lately. Nobody else reads it.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::policy::{EditProfile, Grant};
use crate::domain::time::Timestamp;

/// How many of a kind are kept.
const KEPT: i64 = 10;

/// What is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Searches.
    Search,
    /// Where one went by name.
    Go,
}

impl What {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Go => "go",
        }
    }
}

/// Remembers something and forgets what is older than the last `KEPT`.
///
/// # Errors
/// When it cannot be written.
pub async fn keep(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditProfile>,
    member: MemberId,
    now: Timestamp,
    what: What,
    text: &str,
) -> sqlx::Result<()> {
    // Two within one second keep their order.
    sqlx::query(
        "INSERT INTO recent (member_id, what, text, used_at)
         VALUES (?1, ?2, ?3, max(?4, (SELECT coalesce(max(used_at) + 1, 0) FROM recent WHERE member_id = ?1 AND what = ?2)))
             ON CONFLICT (member_id, what, text) DO UPDATE SET used_at = excluded.used_at",
    )
    .bind(member)
    .bind(what.as_str())
    .bind(text)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "DELETE FROM recent WHERE member_id = ?1 AND what = ?2 AND text NOT IN
            (SELECT text FROM recent WHERE member_id = ?1 AND what = ?2 ORDER BY used_at DESC LIMIT ?3)",
    )
    .bind(member)
    .bind(what.as_str())
    .bind(KEPT)
    .execute(conn)
    .await?;
    Ok(())
}

/// What is remembered, the newest first.
///
/// # Errors
/// When it cannot be read.
pub async fn list(conn: &mut SqliteConnection, member: MemberId, what: What) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT text FROM recent WHERE member_id = ? AND what = ? ORDER BY used_at DESC")
        .bind(member)
        .bind(what.as_str())
        .fetch_all(conn)
        .await
}
