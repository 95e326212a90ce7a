//! What was taken from members: to write, to invite, to send messages.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::moderation::Curb;
use crate::domain::policy::{Grant, Sanction};
use crate::domain::time::Timestamp;

/// How long a curb lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CurbTerm {
    /// When it ends by itself; none: once it is given back.
    pub until: Option<Timestamp>,
}

impl CurbTerm {
    /// Whether it still counts at `now`.
    pub fn stands(self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

/// The curb of a kind that a member is under, or was until it ran out.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    member: MemberId,
    curb: Curb,
) -> sqlx::Result<Option<CurbTerm>> {
    sqlx::query_as("SELECT until FROM curb WHERE member_id = ? AND kind = ?")
        .bind(member)
        .bind(curb)
        .fetch_optional(conn)
        .await
}

/// Puts a member under a curb, or ends it with none.
///
/// # Errors
/// When it cannot be written.
pub async fn set(
    conn: &mut SqliteConnection,
    _grant: &Grant<Sanction>,
    member: MemberId,
    curb: Curb,
    term: Option<CurbTerm>,
) -> sqlx::Result<()> {
    write(conn, member, curb, term).await
}

/// The same for an undo, which has its own grant.
pub(super) async fn write(
    conn: &mut SqliteConnection,
    member: MemberId,
    curb: Curb,
    term: Option<CurbTerm>,
) -> sqlx::Result<()> {
    match term {
        Some(term) => {
            sqlx::query(
                "INSERT INTO curb (member_id, kind, until) VALUES (?, ?, ?)
                 ON CONFLICT (member_id, kind) DO UPDATE SET until = excluded.until",
            )
            .bind(member)
            .bind(curb)
            .bind(term.until)
            .execute(conn)
            .await?
        }
        None => {
            sqlx::query("DELETE FROM curb WHERE member_id = ? AND kind = ?")
                .bind(member)
                .bind(curb)
                .execute(conn)
                .await?
        }
    };
    Ok(())
}
